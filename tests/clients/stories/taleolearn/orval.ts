import {
  addMappedItem,
  addMember,
  createGroup,
  getGroup,
  ItemTypeRequest,
  listGroups,
  removeMappedItem,
  SelfServiceRequest,
  updateGroup,
  updateMember,
} from '../../generated/taleolearn/orval/client.js';
import { assert, clientId, makeUser, present, secret } from '../support.js';

const ann = await makeUser();
const basic = { headers: { Authorization: `Basic ${btoa(`${clientId}:${secret}`)}` } };

const made = await createGroup(
  1,
  { name: 'New managers', code: 'managers', selfServiceOptions: SelfServiceRequest.private, owners: [ann] },
  basic,
);
assert.ok(made.status === 201);
assert.equal(made.data.selfServiceOptions, 'open');
assert.equal(made.data.owners.items[0]?.id, ann);

// Every answer to HTTP Basic carries a token, which opens the same doors.
const token = present(made.headers.get('X-Learn-Access-Token'));
const options = { headers: { 'X-Learn-Access-Token': token } };
const id = made.data.id;
const read = await getGroup(1, id, options);
assert.ok(read.status === 200);
assert.deepEqual(read.data, made.data);
const listed = await listGroups(1, { totalResults: true, limit: 10 }, options);
assert.ok(listed.status === 200);
assert.equal(listed.data.totalResults, 1);
assert.equal(listed.data.items[0]?.code, 'managers');

const changed = await updateGroup(1, id, { name: 'Managers' }, options);
assert.ok(changed.status === 200);
assert.equal(changed.data.name, 'Managers');
const added = await addMember(1, id, { UserId: ann }, options);
assert.ok(added.status === 201);
const excluded = await updateMember(1, id, ann, { ExcludeFlag: true }, options);
assert.ok(excluded.status === 200);
assert.equal(excluded.data.excludeFlag, true);

const item = { itemid: 'LP-1', itemtype: ItemTypeRequest.learningplan };
const mapped = await addMappedItem(1, id, item, options);
assert.ok(mapped.status === 201);
assert.equal(mapped.data.itemType, 'learningPlan');
assert.equal((await removeMappedItem(1, id, item, options)).status, 200);

const nothing = await getGroup(1, 99, options);
assert.ok(nothing.status === 404);
assert.equal(nothing.data['o:errorCode'], 'NOT_FOUND');
const retired = await updateGroup(1, id, { statusFlag: 'inactive' }, options);
assert.ok(retired.status === 200);
assert.equal(retired.data.statusFlag, 'inactive');

import { client } from '../../generated/taleolearn/hey-api/client.gen.js';
import {
  addMappedItem,
  addMember,
  createGroup,
  getGroup,
  type Group,
  listGroups,
  listMemberships,
  removeMappedItem,
  updateGroup,
  updateMember,
} from '../../generated/taleolearn/hey-api/index.js';
import { assert, clientId, makeUser, present, secret, url } from '../support.js';

const ann = await makeUser();
client.setConfig({ baseUrl: `${url}/learn.rest/v1`, auth: `${clientId}:${secret}` });

const center = { learnCenterId: 1 };
const made = await createGroup({
  path: center,
  body: { name: 'New managers', code: 'managers', selfServiceOptions: 'private', owners: [ann] },
});
const group: Group = present(made.data);
assert.equal(group.selfServiceOptions, 'open');
assert.equal(group.owners.items[0]?.id, ann);

// Every answer to HTTP Basic carries a token, which opens the same doors.
const token = present(made.response?.headers.get('X-Learn-Access-Token'));
client.setConfig({ auth: ({ type }) => (type === 'apiKey' ? token : undefined) });
const path = { ...center, groupId: group.id };
assert.deepEqual((await getGroup({ path })).data, group);
const listed = await listGroups({ path: center, query: { totalResults: true, limit: 10 } });
assert.equal(listed.data?.totalResults, 1);
assert.equal(listed.data.items[0]?.code, 'managers');

const changed = await updateGroup({ path, body: { name: 'Managers' } });
assert.equal(changed.data?.name, 'Managers');
await addMember({ path, body: { UserId: ann }, throwOnError: true });
const excluded = await updateMember({ path: { ...path, userId: ann }, body: { ExcludeFlag: true } });
assert.equal(excluded.data?.excludeFlag, true);
const memberships = await listMemberships({ path: { userId: ann } });
assert.equal(memberships.data?.items[0]?.groupId, group.id);

const item = { itemid: 'LP-1', itemtype: 'learningplan' } as const;
const mapped = await addMappedItem({ path, body: item });
assert.equal(mapped.data?.itemType, 'learningPlan');
await removeMappedItem({ path, body: item, throwOnError: true });

const nothing = await getGroup({ path: { ...center, groupId: 99 } });
assert.equal(nothing.error?.['o:errorCode'], 'NOT_FOUND');
const retired = await updateGroup({ path, body: { statusFlag: 'inactive' } });
assert.equal(retired.data?.statusFlag, 'inactive');

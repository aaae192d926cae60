import {
  bulkUsergroupsBySourceId,
  createToken,
  createUser,
  createUsergroup,
  deleteUsergroup,
  getUsergroup,
  searchUsergroups,
  updateUsergroup,
} from '../../generated/propeller/orval/client.js';
import { assert, clientId, secret } from '../support.js';

const token = await createToken({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: secret,
});
assert.ok(token.status === 200);
const options = { headers: { Authorization: `Bearer ${token.data.access_token}` } };

const made = await createUsergroup(
  { name: 'Wholesale', sourceId: 'erp-1000', source: 'erp', budget: 'H', language: 'EN' },
  options,
);
assert.ok(made.status === 201);
const id = made.data.data.id;
assert.equal(made.data.data.budget, 'H');

const source = { source: 'erp' };
const read = await getUsergroup('sourceId', 'erp-1000', source, options);
assert.ok(read.status === 200);
assert.equal(read.data.data.id, id);
const found = await searchUsergroups({ name: 'whole', page: 1, offset: 10 }, {}, options);
assert.ok(found.status === 200);
assert.equal(found.data.itemsFound, 1);
assert.equal(found.data.data[0]?.name, 'Wholesale');

const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', parent: { id } };
const user = await createUser(ann, options);
assert.ok(user.status === 201);
assert.equal(user.data.data.parent.id, id);
const changed = await updateUsergroup('sourceId', 'erp-1000', { name: 'Retail' }, source, options);
assert.ok(changed.status === 200);
assert.equal(changed.data.data.name, 'Retail');
const bulk = await bulkUsergroupsBySourceId(
  { usergroups: [{ sourceId: 'erp-1001', source: 'erp', name: 'New' }, { name: 'Nobody' }] },
  options,
);
assert.ok(bulk.status === 200);
assert.deepEqual(
  bulk.data.data.map((item) => item.action ?? item.error?.code),
  ['create', 10016],
);

const gone = await deleteUsergroup('id', String(id), {}, options);
assert.equal(gone.status, 200);
const nothing = await getUsergroup('id', String(id), {}, options);
assert.ok(nothing.status === 404);
assert.equal(nothing.data.error.code, 20006);

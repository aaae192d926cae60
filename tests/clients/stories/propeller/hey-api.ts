import { client } from '../../generated/propeller/hey-api/client.gen.js';
import {
  bulkUsergroupsBySourceId,
  createToken,
  createUser,
  createUsergroup,
  deleteUsergroup,
  getUsergroup,
  searchUsergroups,
  updateUsergroup,
  type Usergroup,
} from '../../generated/propeller/hey-api/index.js';
import { assert, clientId, present, secret, url } from '../support.js';

client.setConfig({ baseUrl: url });
const token = await createToken({
  body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
  throwOnError: true,
});
client.setConfig({ auth: token.data.access_token });

const made = await createUsergroup({
  body: { name: 'Wholesale', sourceId: 'erp-1000', source: 'erp', budget: 'H', language: 'EN' },
});
const group: Usergroup = present(made.data).data;
assert.equal(group.budget, 'H');

const path = { lookupKey: 'sourceId', lookupValue: 'erp-1000' } as const;
const read = await getUsergroup({ path, query: { source: 'erp', expands: ['sources'] } });
assert.equal(read.data?.data.id, group.id);
assert.deepEqual(read.data.data.sources, [{ sourceId: 'erp-1000', source: 'erp' }]);
const found = await searchUsergroups({ body: { name: 'whole', page: 1, offset: 10 } });
assert.equal(found.data?.itemsFound, 1);
assert.equal(found.data.data[0]?.name, 'Wholesale');

const user = await createUser({
  body: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', parent: { id: group.id } },
});
assert.equal(user.data?.data.parent.id, group.id);
const changed = await updateUsergroup({ path, query: { source: 'erp' }, body: { name: 'Retail' } });
assert.equal(changed.data?.data.name, 'Retail');
const bulk = await bulkUsergroupsBySourceId({
  body: { usergroups: [{ sourceId: 'erp-1001', source: 'erp', name: 'New' }, { name: 'Nobody' }] },
});
assert.deepEqual(
  bulk.data?.data.map((item) => item.action ?? item.error?.code),
  ['create', 10016],
);

await deleteUsergroup({ path, query: { source: 'erp' }, throwOnError: true });
const nothing = await getUsergroup({ path });
assert.equal(nothing.error?.error.code, 20006);

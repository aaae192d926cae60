import { client } from '../../generated/kibo/hey-api/client.gen.js';
import {
  type AdminGroup,
  createGroup,
  createOAuthTicket,
  deleteGroup,
  getGroup,
  listGroups,
  updateGroup,
} from '../../generated/kibo/hey-api/index.js';
import { assert, clientId, present, secret, url } from '../support.js';

client.setConfig({ baseUrl: url });
const ticket = await createOAuthTicket({
  body: { client_id: clientId, client_secret: secret, grant_type: 'client_credentials' },
  throwOnError: true,
});
client.setConfig({ auth: ticket.data.access_token });

const made = await createGroup({
  body: {
    groupCode: 'staff',
    name: 'Staff',
    users: [{ emailAddress: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }],
  },
});
const group: AdminGroup = present(made.data);
assert.equal(group.users?.[0]?.lastName, 'Lee');

const path = { groupCode: 'staff' };
const read = await getGroup({ path });
assert.deepEqual(read.data, group);

const found = await listGroups({ query: { filter: 'name sw Sta', pageSize: 10 } });
assert.equal(found.data?.totalCount, 1);
assert.equal(found.data.items?.[0]?.groupCode, 'staff');

const headers = { 'If-Match': present(read.response?.headers.get('ETag')) };
const changed = await updateGroup({ path, headers, body: { ...group, name: 'Everybody' } });
assert.equal(changed.data?.name, 'Everybody');
const stale = await updateGroup({ path, headers, body: { ...group, name: 'Nobody' } });
assert.equal(stale.error?.errorCode, 'VALIDATION_CONFLICT');

await deleteGroup({ path, throwOnError: true });
const nothing = await getGroup({ path });
assert.equal(nothing.response?.status, 404);
assert.equal(nothing.error?.errorCode, 'ITEM_NOT_FOUND');

import {
  createGroup,
  createOAuthTicket,
  deleteGroup,
  getGroup,
  listGroups,
  updateGroup,
} from '../../generated/kibo/orval/client.js';
import { assert, clientId, secret } from '../support.js';

const ticket = await createOAuthTicket({
  client_id: clientId,
  client_secret: secret,
  grant_type: 'client_credentials',
});
assert.ok(ticket.status === 200);
const options = { headers: { Authorization: `Bearer ${ticket.data.access_token}` } };

const made = await createGroup(
  {
    groupCode: 'staff',
    name: 'Staff',
    users: [{ emailAddress: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }],
  },
  {},
  options,
);
assert.ok(made.status === 200);
assert.equal(made.data.users?.[0]?.lastName, 'Lee');

const read = await getGroup('staff', {}, options);
assert.ok(read.status === 200);
assert.deepEqual(read.data, made.data);

const found = await listGroups({ filter: 'name sw Sta', pageSize: 10 }, options);
assert.ok(found.status === 200);
assert.equal(found.data.totalCount, 1);
assert.equal(found.data.items?.[0]?.groupCode, 'staff');

const changed = await updateGroup('staff', { ...read.data, name: 'Everybody' }, {}, options);
assert.ok(changed.status === 200);
assert.equal(changed.data.name, 'Everybody');

const gone = await deleteGroup('staff', options);
assert.equal(gone.status, 200);
const nothing = await getGroup('staff', {}, options);
assert.ok(nothing.status === 404);
assert.equal(nothing.data.errorCode, 'ITEM_NOT_FOUND');

import createClient from 'openapi-fetch';
import type { AdminGroup, paths } from '../../generated/kibo/openapi-fetch/schema.js';
import { assert, clientId, present, secret, url } from '../support.js';

const kibo = createClient<paths>({ baseUrl: url });

const ticket = await kibo.POST('/platform/applications/authtickets/oauth', {
  body: { client_id: clientId, client_secret: secret, grant_type: 'client_credentials' },
});
const token = present(ticket.data);
assert.equal(token.token_type, 'bearer');
kibo.use({
  onRequest: ({ request }) => request.headers.set('Authorization', `Bearer ${token.access_token}`),
});

const made = await kibo.POST('/platform/adminuser/groups', {
  body: {
    groupCode: 'staff',
    name: 'Staff',
    users: [{ emailAddress: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }],
  },
});
const group: AdminGroup = present(made.data);
assert.equal(group.users?.[0]?.lastName, 'Lee');

const path = { groupCode: 'staff' };
const read = await kibo.GET('/platform/adminuser/groups/{groupCode}', { params: { path } });
assert.deepEqual(read.data, group);

const found = await kibo.GET('/platform/adminuser/groups', {
  params: { query: { filter: 'name sw Sta', pageSize: 10 } },
});
assert.equal(found.data?.totalCount, 1);
assert.equal(found.data.items?.[0]?.groupCode, 'staff');

const changed = await kibo.PUT('/platform/adminuser/groups/{groupCode}', {
  params: { path, header: { 'If-Match': present(read.response.headers.get('ETag')) } },
  body: { ...group, name: 'Everybody' },
});
assert.equal(changed.data?.name, 'Everybody');
assert.equal(changed.data.users?.length, 1);

const stale = await kibo.PUT('/platform/adminuser/groups/{groupCode}', {
  params: { path, header: { 'If-Match': present(read.response.headers.get('ETag')) } },
  body: { ...group, name: 'Nobody' },
});
assert.equal(stale.error?.errorCode, 'VALIDATION_CONFLICT');

const gone = await kibo.DELETE('/platform/adminuser/groups/{groupCode}', { params: { path } });
assert.equal(gone.response.status, 200);
const nothing = await kibo.GET('/platform/adminuser/groups/{groupCode}', { params: { path } });
assert.equal(nothing.response.status, 404);
assert.equal(nothing.error?.errorCode, 'ITEM_NOT_FOUND');

import {
  Configuration,
  ErrorResponseFromJSON,
  GrantType,
  GroupsApi,
  ResponseError,
  TicketsApi,
} from '../../generated/kibo/typescript-fetch/index.js';
import { assert, clientId, refusal, secret, url } from '../support.js';

const ticket = await new TicketsApi(new Configuration({ basePath: url })).createOAuthTicket({
  oAuthTicketRequest: { clientId, clientSecret: secret, grantType: GrantType.ClientCredentials },
});
const groups = new GroupsApi(new Configuration({ basePath: url, accessToken: ticket.accessToken }));

const group = await groups.createGroup({
  adminGroup: {
    groupCode: 'staff',
    name: 'Staff',
    users: [{ emailAddress: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }],
  },
});
assert.equal(group.users?.[0]?.lastName, 'Lee');
assert.ok(group.auditInfo?.createDate instanceof Date);
assert.deepEqual(await groups.getGroup({ groupCode: 'staff' }), group);

const found = await groups.listGroups({ filter: 'name sw Sta', pageSize: 10 });
assert.equal(found.totalCount, 1);
assert.equal(found.items?.[0]?.groupCode, 'staff');

const changed = await groups.updateGroup({ groupCode: 'staff', adminGroup: { ...group, name: 'Everybody' } });
assert.equal(changed.name, 'Everybody');
assert.equal(changed.users?.length, 1);

await groups.deleteGroup({ groupCode: 'staff' });
const error = await refusal(groups.getGroup({ groupCode: 'staff' }));
assert.ok(error instanceof ResponseError);
assert.equal(error.response.status, 404);
assert.equal(ErrorResponseFromJSON(await error.response.json()).errorCode, 'ITEM_NOT_FOUND');

import { client } from '../../generated/formsonfire/hey-api/client.gen.js';
import {
  createUser,
  createUserGroup,
  deleteUserGroup,
  getUserGroup,
  searchUserGroups,
  updateUserGroup,
  type UserGroup,
} from '../../generated/formsonfire/hey-api/index.js';
import { assert, present, secret, url } from '../support.js';

const credential = { CompanyId: 1, IntegrationKey: secret };
client.setConfig({
  baseUrl: url,
  headers: { Accept: 'application/json' },
  auth: ({ name }) => (name === 'CompanyId' ? '1' : secret),
});

const user = await createUser({
  body: { ...credential, FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' },
  throwOnError: true,
});
const ann = user.data.User.Id;
const body = { ...credential, Name: 'Inspectors', ExternalId: 'grp-inspectors', UserIds: [ann] };
const made = await createUserGroup({ body });
const group: UserGroup = present(made.data).UserGroup;
assert.deepEqual(group.UserIds, [ann]);

const query = { Id: group.Id };
assert.deepEqual((await getUserGroup({ query })).data?.UserGroup, group);
const found = await searchUserGroups({ query: { Name: 'inspectors' } });
assert.equal(found.data?.UserGroups[0]?.Id, group.Id);

const changed = await updateUserGroup({ body: { ...credential, Id: group.Id, Name: 'Staff' } });
assert.equal(changed.data?.UserGroup.Name, 'Staff');
const taken = await createUserGroup({ body });
assert.equal(taken.response?.status, 400);
assert.equal(taken.error?.ResponseStatus.ErrorCode, 'AlreadyExists');

await deleteUserGroup({ query, throwOnError: true });
const nothing = await getUserGroup({ query });
assert.equal(nothing.error?.ResponseStatus.ErrorCode, 'NotFound');

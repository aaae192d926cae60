import {
  AnswerFormat,
  Configuration,
  ErrorResponseFromJSON,
  ResponseError,
  UserGroupsApi,
  UsersApi,
} from '../../generated/formsonfire/typescript-fetch/index.js';
import { assert, refusal, secret, url } from '../support.js';

const credential = { companyId: 1, integrationKey: secret };
const format = AnswerFormat.Json;
const configuration = new Configuration({
  basePath: url,
  apiKey: (name) => (name === 'CompanyId' ? '1' : secret),
});
const users = new UsersApi(configuration);
const groups = new UserGroupsApi(configuration);

const user = await users.createUser({
  userCreate: { ...credential, firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' },
});
const ann = user.user.id;
const userGroupCreate = { ...credential, name: 'Inspectors', externalId: 'grp-inspectors', userIds: [ann] };
const made = await groups.createUserGroup({ userGroupCreate });
const id = made.userGroup.id;
assert.deepEqual(made.userGroup.userIds, [ann]);

assert.deepEqual(await groups.getUserGroup({ id, format }), made);
const found = await groups.searchUserGroups({ name: 'inspectors', format });
assert.equal(found.userGroups[0]?.id, id);

const changed = await groups.updateUserGroup({ userGroupUpdate: { ...credential, id, name: 'Staff' } });
assert.equal(changed.userGroup.name, 'Staff');
const taken = await refusal(groups.createUserGroup({ userGroupCreate }));
assert.ok(taken instanceof ResponseError);
assert.equal(taken.response.status, 400);
const problem = ErrorResponseFromJSON(await taken.response.json());
assert.equal(problem.responseStatus.errorCode, 'AlreadyExists');

await groups.deleteUserGroup({ id, format });
const nothing = await refusal(groups.getUserGroup({ id, format }));
assert.ok(nothing instanceof ResponseError);
assert.equal(nothing.response.status, 400);

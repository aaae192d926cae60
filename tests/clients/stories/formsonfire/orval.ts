import {
  AnswerFormat,
  createUser,
  createUserGroup,
  deleteUserGroup,
  getUserGroup,
  searchUserGroups,
  updateUserGroup,
} from '../../generated/formsonfire/orval/client.js';
import { assert, secret } from '../support.js';

const credential = { CompanyId: 1, IntegrationKey: secret };
const format = AnswerFormat.json;

const user = await createUser({
  ...credential,
  FirstName: 'Ann',
  LastName: 'Lee',
  Email: 'ann@example.com',
});
assert.ok(user.status === 200);
const ann = user.data.User.Id;
const group = { ...credential, Name: 'Inspectors', ExternalId: 'grp-inspectors', UserIds: [ann] };
const made = await createUserGroup(group);
assert.ok(made.status === 200);
const id = made.data.UserGroup.Id;
assert.deepEqual(made.data.UserGroup.UserIds, [ann]);

const read = await getUserGroup({ Id: id, format });
assert.ok(read.status === 200);
assert.deepEqual(read.data, made.data);
const found = await searchUserGroups({ Name: 'inspectors', format });
assert.ok(found.status === 200);
assert.equal(found.data.UserGroups[0]?.Id, id);

const changed = await updateUserGroup({ ...credential, Id: id, Name: 'Staff' });
assert.ok(changed.status === 200);
assert.equal(changed.data.UserGroup.Name, 'Staff');
const taken = await createUserGroup(group);
assert.ok(taken.status === 400);
assert.equal(taken.data.ResponseStatus.ErrorCode, 'AlreadyExists');

const gone = await deleteUserGroup({ Id: id, format });
assert.equal(gone.status, 200);
const nothing = await getUserGroup({ Id: id, format });
assert.ok(nothing.status === 400);
assert.equal(nothing.data.ResponseStatus.ErrorCode, 'NotFound');

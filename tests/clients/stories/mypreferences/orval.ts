import {
  createGroupTypes,
  createProfile,
  createToken,
  getProfile,
  listGroupNames,
  listGroupProfiles,
  patchProfile,
  PatchOperationKind,
  renameGroup,
} from '../../generated/mypreferences/orval/client.js';
import { assert, clientId, present, secret } from '../support.js';

const token = await createToken({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: secret,
});
assert.ok(token.status === 200);
const options = { headers: { Authorization: `Bearer ${token.data.access_token}` } };

const types = await createGroupTypes(
  'default',
  { GroupTypes: [{ TypeName: 'Household', LocalizedFields: [{ Locale: 'en-us', Name: 'Household' }] }] },
  options,
);
assert.ok(types.status === 201);
assert.equal(types.data.GroupTypes[0]?.IsActive, true);

const made = await createProfile(
  'default',
  {
    CustomerName: { FirstName: 'Jo', LastName: 'Smith' },
    EmailAddresses: [{ EmailAddress: 'jo@example.com', IsPrimary: true }],
    Groups: [{ GroupType: 'Household', GroupName: 'Smith' }],
  },
  options,
);
assert.ok(made.status === 201);
const id = present(made.data.ProfileId);
const read = await getProfile('default', id, options);
assert.ok(read.status === 200);
assert.deepEqual(read.data, made.data);

const query = { emailAddress: 'jo@example.com', groupType: 'household' };
const found = await listGroupProfiles('default', query, options);
assert.ok(found.status === 200);
assert.equal(found.data.Profiles[0]?.CustomerName?.FirstName, 'Jo');
const names = { OldGroupName: 'Smith', NewGroupName: 'Jones' };
const renamed = await renameGroup('default', 'Household', names, options);
assert.ok(renamed.status === 200);
assert.equal(renamed.data.GroupName, 'Jones');
const listed = await listGroupNames('default', {}, options);
assert.ok(listed.status === 200);
assert.deepEqual(listed.data.GroupTypeNames[0]?.GroupNames, ['Jones']);

const unknown = await getProfile('default', 99, options);
assert.ok(unknown.status === 404);
assert.ok(unknown.data.Message);
const removal = [{ op: PatchOperationKind.remove, path: '/Groups/0' }];
const left = await patchProfile('default', id, removal, options);
assert.ok(left.status === 200);
assert.deepEqual(left.data.Groups, []);

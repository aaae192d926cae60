import {
  Configuration,
  ErrorResponseFromJSON,
  GrantType,
  GroupsApi,
  GroupTypesApi,
  PatchOperationKind,
  ProfilesApi,
  ResponseError,
  TokensApi,
} from '../../generated/mypreferences/typescript-fetch/index.js';
import { assert, clientId, present, refusal, secret, url } from '../support.js';

const token = await new TokensApi(new Configuration({ basePath: url })).createToken({
  grantType: GrantType.ClientCredentials,
  clientId,
  clientSecret: secret,
});
const configuration = new Configuration({ basePath: url, accessToken: token.accessToken });
const groupTypes = new GroupTypesApi(configuration);
const groups = new GroupsApi(configuration);
const profiles = new ProfilesApi(configuration);

const account = { clientId: 'default' };
const household = { typeName: 'Household', localizedFields: [{ locale: 'en-us', name: 'Household' }] };
const types = await groupTypes.createGroupTypes({ ...account, groupTypeBatch: { groupTypes: [household] } });
assert.equal(types.groupTypes[0]?.isActive, true);

const made = await profiles.createProfile({
  ...account,
  profile: {
    customerName: { firstName: 'Jo', lastName: 'Smith' },
    emailAddresses: [{ emailAddress: 'jo@example.com', isPrimary: true }],
    groups: [{ groupType: 'Household', groupName: 'Smith' }],
  },
});
const profileId = present(made.profileId);
assert.ok(made.edited?.createDate instanceof Date);
assert.deepEqual(await profiles.getProfile({ ...account, profileId }), made);

const query = { emailAddress: 'jo@example.com', groupType: 'household' };
const found = await groups.listGroupProfiles({ ...account, ...query });
assert.equal(found.profiles[0]?.customerName?.firstName, 'Jo');
const groupRename = { oldGroupName: 'Smith', newGroupName: 'Jones' };
const renamed = await groups.renameGroup({ ...account, groupType: 'Household', groupRename });
assert.equal(renamed.groupName, 'Jones');
const names = await groups.listGroupNames(account);
assert.deepEqual(names.groupTypeNames[0]?.groupNames, ['Jones']);

const unknown = await refusal(profiles.getProfile({ ...account, profileId: 99 }));
assert.ok(unknown instanceof ResponseError);
assert.equal(unknown.response.status, 404);
assert.ok(ErrorResponseFromJSON(await unknown.response.json()).message);
const removal = { op: PatchOperationKind.Remove, path: '/Groups/0' };
const left = await profiles.patchProfile({ ...account, profileId, patchOperation: [removal] });
assert.deepEqual(left.groups, []);

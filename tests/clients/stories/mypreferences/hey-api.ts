import { client } from '../../generated/mypreferences/hey-api/client.gen.js';
import {
  createGroupTypes,
  createProfile,
  createToken,
  getProfile,
  listGroupNames,
  listGroupProfiles,
  patchProfile,
  type Profile,
  renameGroup,
} from '../../generated/mypreferences/hey-api/index.js';
import { assert, clientId, present, secret, url } from '../support.js';

client.setConfig({ baseUrl: url });
const token = await createToken({
  body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
  throwOnError: true,
});
client.setConfig({ auth: token.data.access_token });

const account = { clientId: 'default' };
const types = await createGroupTypes({
  path: account,
  body: { GroupTypes: [{ TypeName: 'Household', LocalizedFields: [{ Locale: 'en-us', Name: 'Household' }] }] },
});
assert.equal(types.data?.GroupTypes[0]?.IsActive, true);

const made = await createProfile({
  path: account,
  body: {
    CustomerName: { FirstName: 'Jo', LastName: 'Smith' },
    EmailAddresses: [{ EmailAddress: 'jo@example.com', IsPrimary: true }],
    Groups: [{ GroupType: 'Household', GroupName: 'Smith' }],
  },
});
const profile: Profile = present(made.data);
const path = { ...account, profileId: present(profile.ProfileId) };
assert.deepEqual((await getProfile({ path })).data, profile);

const query = { emailAddress: 'jo@example.com', groupType: 'household' };
const found = await listGroupProfiles({ path: account, query });
assert.equal(found.data?.Profiles[0]?.CustomerName?.FirstName, 'Jo');
const renamed = await renameGroup({
  path: { ...account, groupType: 'Household' },
  body: { OldGroupName: 'Smith', NewGroupName: 'Jones' },
});
assert.equal(renamed.data?.GroupName, 'Jones');
const names = await listGroupNames({ path: account });
assert.deepEqual(names.data?.GroupTypeNames[0]?.GroupNames, ['Jones']);

const changed = await patchProfile({
  path,
  body: [{ op: 'replace', path: '/CustomerName/LastName', value: 'Jones' }],
});
assert.equal(changed.data?.CustomerName?.LastName, 'Jones');
const unknown = await getProfile({ path: { ...account, profileId: 99 } });
assert.equal(unknown.response?.status, 404);
assert.ok(unknown.error?.Message);

const left = await patchProfile({ path, body: [{ op: 'remove', path: '/Groups/0' }] });
assert.deepEqual(left.data?.Groups, []);

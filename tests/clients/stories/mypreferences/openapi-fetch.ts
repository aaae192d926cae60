import { createHmac } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { paths, Profile } from '../../generated/mypreferences/openapi-fetch/schema.js';
import { assert, clientId, present, secret, url } from '../support.js';

const preferences = createClient<paths>({ baseUrl: url });
const asked = await preferences.POST('/oauth/token', {
  body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
  bodySerializer: (body) => new URLSearchParams(body),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});
const token = present(asked.data);
assert.equal(token.token_type, 'Bearer');
preferences.use({
  onRequest: ({ request }) => request.headers.set('Authorization', `Bearer ${token.access_token}`),
});

const account = { clientId: 'default' };
const types = await preferences.POST('/Profiles/v4/{clientId}/GroupTypes', {
  params: { path: account },
  body: { GroupTypes: [{ TypeName: 'Household', LocalizedFields: [{ Locale: 'en-us', Name: 'Household' }] }] },
});
const type = present(types.data?.GroupTypes[0]);
assert.equal(type.IsActive, true);

const made = await preferences.POST('/Profiles/v4/{clientId}/Profile', {
  params: { path: account },
  body: {
    CustomerName: { FirstName: 'Jo', LastName: 'Smith' },
    EmailAddresses: [{ EmailAddress: 'jo@example.com', IsPrimary: true }],
    Groups: [{ GroupType: 'Household', GroupName: 'Smith' }],
  },
});
const profile: Profile = present(made.data);
const path = { ...account, profileId: present(profile.ProfileId) };
const read = await preferences.GET('/Profiles/v4/{clientId}/Profile/{profileId}', { params: { path } });
assert.deepEqual(read.data, profile);

const query = { emailAddress: 'jo@example.com', groupType: 'household' };
const found = await preferences.GET('/Profiles/v4/{clientId}/GroupProfiles', {
  params: { path: account, query },
});
assert.equal(found.data?.Profiles[0]?.CustomerName?.FirstName, 'Jo');
const renamed = await preferences.POST('/Profiles/v4/{clientId}/GroupTypes/{groupType}/RenameGroup', {
  params: { path: { ...account, groupType: 'Household' } },
  body: { OldGroupName: 'Smith', NewGroupName: 'Jones' },
});
assert.equal(renamed.data?.GroupName, 'Jones');

const changed = await preferences.PATCH('/Profiles/v4/{clientId}/Profile/{profileId}', {
  params: { path },
  headers: { 'Content-Type': 'application/json-patch+json' },
  body: [
    { op: 'test', path: '/Groups/0/GroupName', value: 'Jones' },
    { op: 'replace', path: '/CustomerName/LastName', value: 'Jones' },
  ],
});
assert.equal(changed.data?.CustomerName?.LastName, 'Jones');

const unknown = await preferences.GET('/Profiles/v4/{clientId}/Profile/{profileId}', {
  params: { path: { ...account, profileId: 99 } },
});
assert.equal(unknown.response.status, 404);
assert.ok(unknown.error?.Message);

// The other way to be known: a signature, made for each request.
const at = `${new Date(Date.now() - 1000).toISOString().slice(0, 19)}Z`;
const signature = createHmac('sha256', secret).update(`default:${clientId}:${at}`).digest('base64');
const signed = createClient<paths>({
  baseUrl: url,
  headers: {
    Authorization: `PNAUTHINFO3-HMAC-SHA256 Credential=${clientId}/${at} Signature=${signature}`,
  },
});
const names = await signed.GET('/Profiles/v4/{clientId}/GroupNames', { params: { path: account } });
assert.deepEqual(names.data?.GroupTypeNames[0]?.GroupNames, ['Jones']);

const left = await preferences.PATCH('/Profiles/v4/{clientId}/Profile/{profileId}', {
  params: { path },
  body: [{ op: 'remove', path: '/Groups/0' }],
});
assert.deepEqual(left.data?.Groups, []);

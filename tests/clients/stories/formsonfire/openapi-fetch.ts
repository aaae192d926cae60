import createClient from 'openapi-fetch';
import type { paths, UserGroup } from '../../generated/formsonfire/openapi-fetch/schema.js';
import { assert, present, secret, url } from '../support.js';

// Credentials stand in the query of GET and DELETE, and in the body of POST and PUT.
const credential = { CompanyId: 1, IntegrationKey: secret };
const forms = createClient<paths>({ baseUrl: url, headers: { Accept: 'application/json' } });
forms.use({
  onRequest: ({ request }) => {
    if (request.method !== 'GET' && request.method !== 'DELETE') return undefined;
    const signed = new URL(request.url);
    signed.searchParams.set('CompanyId', '1');
    signed.searchParams.set('IntegrationKey', secret);
    return new Request(signed, request);
  },
});

const user = await forms.POST('/api/v2/user', {
  body: { ...credential, FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' },
});
const ann = present(user.data).User.Id;
const body = { ...credential, Name: 'Inspectors', ExternalId: 'grp-inspectors', UserIds: [ann] };
const made = await forms.POST('/api/v2/usergroup', { body });
const group: UserGroup = present(made.data).UserGroup;
assert.deepEqual(group.UserIds, [ann]);

const query = { Id: group.Id };
const read = await forms.GET('/api/v2/usergroup', { params: { query } });
assert.deepEqual(read.data?.UserGroup, group);
const found = await forms.GET('/api/v2/usergroup/search', { params: { query: { Name: 'inspectors' } } });
assert.equal(found.data?.UserGroups[0]?.Id, group.Id);

const changed = await forms.PUT('/api/v2/usergroup', { body: { ...credential, Id: group.Id, Name: 'Staff' } });
assert.equal(changed.data?.UserGroup.Name, 'Staff');
assert.deepEqual(changed.data.UserGroup.UserIds, [ann]);
const taken = await forms.POST('/api/v2/usergroup', { body });
assert.equal(taken.response.status, 400);
assert.equal(taken.error?.ResponseStatus.ErrorCode, 'AlreadyExists');
assert.equal(taken.error.ResponseStatus.Errors[0]?.FieldName, 'ExternalId');

const gone = await forms.DELETE('/api/v2/usergroup', { params: { query } });
assert.equal(gone.response.status, 200);
const nothing = await forms.GET('/api/v2/usergroup', { params: { query } });
assert.equal(nothing.error?.ResponseStatus.ErrorCode, 'NotFound');

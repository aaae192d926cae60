import createClient from 'openapi-fetch';
import type { paths, Usergroup } from '../../generated/propeller/openapi-fetch/schema.js';
import { assert, clientId, present, secret, url } from '../support.js';

const shop = createClient<paths>({ baseUrl: url });
const asked = await shop.POST('/oauth2/token', {
  body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
  bodySerializer: (body) => new URLSearchParams(body),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});
const token = present(asked.data);
assert.equal(token.token_type, 'BearerToken');
shop.use({
  onRequest: ({ request }) => request.headers.set('Authorization', `Bearer ${token.access_token}`),
});

const made = await shop.POST('/usergroups', {
  body: { name: 'Wholesale', sourceId: 'erp-1000', source: 'erp', budget: 'H', language: 'EN' },
});
const group: Usergroup = present(made.data).data;
assert.equal(group.budget, 'H');

const path = { lookupKey: 'sourceId', lookupValue: 'erp-1000' } as const;
const key = { path, query: { source: 'erp' } };
const read = await shop.GET('/usergroups/{lookupKey}/{lookupValue}', {
  params: { path, query: { source: 'erp', expands: ['sources'] } },
});
assert.equal(read.data?.data.id, group.id);
assert.deepEqual(read.data.data.sources, [{ sourceId: 'erp-1000', source: 'erp' }]);
const found = await shop.POST('/usergroups/search', { body: { name: 'whole', page: 1, offset: 10 } });
assert.equal(found.data?.itemsFound, 1);
assert.equal(found.data.data[0]?.name, 'Wholesale');

const user = await shop.POST('/users', {
  body: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', parent: { id: group.id } },
});
assert.equal(user.data?.data.parent.id, group.id);

const changed = await shop.PATCH('/usergroups/{lookupKey}/{lookupValue}', {
  params: key,
  body: { name: 'Retail' },
});
assert.equal(changed.data?.data.name, 'Retail');
assert.equal(changed.data.data.language, 'EN');
const bulk = await shop.POST('/usergroups/bulk/sourceId', {
  body: {
    usergroups: [
      { sourceId: 'erp-1000', source: 'erp', name: 'Everybody' },
      { sourceId: 'erp-1001', source: 'erp', name: 'New' },
      { name: 'Nobody' },
    ],
  },
});
assert.deepEqual(
  bulk.data?.data.map((item) => item.action ?? item.error?.code),
  ['update', 'create', 10016],
);

const gone = await shop.DELETE('/usergroups/{lookupKey}/{lookupValue}', { params: key });
assert.equal(gone.response.status, 200);
const nothing = await shop.GET('/usergroups/{lookupKey}/{lookupValue}', { params: key });
assert.equal(nothing.error?.error.code, 20006);
assert.ok(nothing.error.error.moreInfo.endsWith('20006'));

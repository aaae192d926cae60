import {
  Budget,
  BulkAction,
  Configuration,
  ErrorResponseFromJSON,
  GrantType,
  LookupKey,
  ResponseError,
  TokensApi,
  UsergroupsApi,
  UsersApi,
} from '../../generated/propeller/typescript-fetch/index.js';
import { assert, clientId, refusal, secret, url } from '../support.js';

const token = await new TokensApi(new Configuration({ basePath: url })).createToken({
  grantType: GrantType.ClientCredentials,
  clientId,
  clientSecret: secret,
});
const configuration = new Configuration({ basePath: url, accessToken: token.accessToken });
const usergroups = new UsergroupsApi(configuration);

const made = await usergroups.createUsergroup({
  usergroupInput: {
    name: 'Wholesale',
    sourceId: 'erp-1000',
    source: 'erp',
    budget: Budget.H,
    language: 'EN',
  },
});
const id = made.data.id;
assert.equal(made.data.budget, Budget.H);

const key = { lookupKey: LookupKey.SourceId, lookupValue: 'erp-1000', source: 'erp' };
const read = await usergroups.getUsergroup({ ...key, expands: ['sources'] });
assert.equal(read.data.id, id);
assert.deepEqual(read.data.sources, [{ sourceId: 'erp-1000', source: 'erp' }]);
const found = await usergroups.searchUsergroups({ usergroupSearch: { name: 'whole', page: 1, offset: 10 } });
assert.equal(found.itemsFound, 1);
assert.equal(found.data[0]?.name, 'Wholesale');

const user = await new UsersApi(configuration).createUser({
  userInput: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', parent: { id } },
});
assert.equal(user.data.parent.id, id);
const changed = await usergroups.updateUsergroup({ ...key, usergroupInput: { name: 'Retail' } });
assert.equal(changed.data.name, 'Retail');
const bulk = await usergroups.bulkUsergroupsBySourceId({
  bulkUsergroups: {
    usergroups: [{ sourceId: 'erp-1001', source: 'erp', name: 'New' }, { name: 'Nobody' }],
  },
});
assert.deepEqual(
  bulk.data.map((item) => item.action ?? item.error?.code),
  [BulkAction.Create, 10016],
);

await usergroups.deleteUsergroup(key);
const nothing = await refusal(usergroups.getUsergroup(key));
assert.ok(nothing instanceof ResponseError);
assert.equal(nothing.response.status, 404);
assert.equal(ErrorResponseFromJSON(await nothing.response.json()).error.code, 20006);

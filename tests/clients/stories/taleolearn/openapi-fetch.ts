import createClient from 'openapi-fetch';
import type { Group, paths } from '../../generated/taleolearn/openapi-fetch/schema.js';
import { assert, clientId, makeUser, present, secret, url } from '../support.js';

const ann = await makeUser();
const baseUrl = `${url}/learn.rest/v1`;
const basic = createClient<paths>({
  baseUrl,
  headers: { Authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
});

const center = { learnCenterId: 1 };
const made = await basic.POST('/learnCenters/{learnCenterId}/groups', {
  params: { path: center },
  body: { name: 'New managers', code: 'managers', selfServiceOptions: 'private', owners: [ann] },
});
const group: Group = present(made.data);
assert.equal(group.selfServiceOptions, 'open');
assert.equal(group.owners.items[0]?.id, ann);

// Every answer to HTTP Basic carries a token, which opens the same doors.
const token = present(made.response.headers.get('X-Learn-Access-Token'));
const learn = createClient<paths>({ baseUrl, headers: { 'X-Learn-Access-Token': token } });
const path = { ...center, groupId: group.id };
const read = await learn.GET('/learnCenters/{learnCenterId}/groups/{groupId}', { params: { path } });
assert.deepEqual(read.data, group);
const listed = await learn.GET('/learnCenters/{learnCenterId}/groups', {
  params: { path: center, query: { totalResults: true, limit: 10 } },
});
assert.equal(listed.data?.totalResults, 1);
assert.equal(listed.data.items[0]?.code, 'managers');

const changed = await learn.PATCH('/learnCenters/{learnCenterId}/groups/{groupId}', {
  params: { path },
  body: { name: 'Managers', activeUntilDate: '2030-12-31T00:00:00' },
});
assert.equal(changed.data?.name, 'Managers');
assert.equal(changed.data.activeUntilDate, '2030-12-31T00:00:00');

const added = await learn.POST('/learnCenters/{learnCenterId}/groups/{groupId}/users', {
  params: { path },
  body: { UserId: ann },
});
assert.equal(added.data?.excludeFlag, false);
const excluded = await learn.PUT('/learnCenters/{learnCenterId}/groups/{groupId}/Users/{userId}', {
  params: { path: { ...path, userId: ann } },
  body: { ExcludeFlag: true },
});
assert.equal(excluded.data?.excludeFlag, true);
const memberships = await learn.GET('/users/{userId}/memberships', { params: { path: { userId: ann } } });
assert.equal(memberships.data?.items[0]?.groupId, group.id);

const items = '/learnCenters/{learnCenterId}/groups/{groupId}/mappedItems';
const item = { itemid: 'LP-1', itemtype: 'learningplan' } as const;
const mapped = await learn.POST(items, { params: { path }, body: item });
assert.equal(mapped.data?.itemType, 'learningPlan');
const unmapped = await learn.DELETE(items, { params: { path }, body: item });
assert.equal(unmapped.response.status, 200);

const nothing = await learn.GET('/learnCenters/{learnCenterId}/groups/{groupId}', {
  params: { path: { ...center, groupId: 99 } },
});
assert.equal(nothing.error?.['o:errorCode'], 'NOT_FOUND');
const retired = await learn.PATCH('/learnCenters/{learnCenterId}/groups/{groupId}', {
  params: { path },
  body: { statusFlag: 'inactive' },
});
assert.equal(retired.data?.statusFlag, 'inactive');

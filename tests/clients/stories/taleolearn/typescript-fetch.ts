import {
  Configuration,
  ErrorResponseFromJSON,
  GroupsApi,
  ItemTypeRequest,
  MappedItemsApi,
  MembersApi,
  ResponseError,
  SelfServiceAnswer,
  SelfServiceRequest,
  StatusFlag,
  UsersApi,
} from '../../generated/taleolearn/typescript-fetch/index.js';
import { assert, clientId, makeUser, refusal, secret, url } from '../support.js';

const ann = await makeUser();
const configuration = new Configuration({
  basePath: `${url}/learn.rest/v1`,
  username: clientId,
  password: secret,
});
const groups = new GroupsApi(configuration);
const members = new MembersApi(configuration);
const mappedItems = new MappedItemsApi(configuration);

const learnCenterId = 1;
const group = await groups.createGroup({
  learnCenterId,
  groupCreate: {
    name: 'New managers',
    code: 'managers',
    selfServiceOptions: SelfServiceRequest.Private,
    owners: [ann],
  },
});
assert.equal(group.selfServiceOptions, SelfServiceAnswer.Open);
assert.equal(group.owners.items[0]?.id, ann);

const groupId = group.id;
assert.deepEqual(await groups.getGroup({ learnCenterId, groupId }), group);
const listed = await groups.listGroups({ learnCenterId, totalResults: true, limit: 10 });
assert.equal(listed.totalResults, 1);
assert.equal(listed.items[0]?.code, 'managers');

const changed = await groups.updateGroup({ learnCenterId, groupId, groupPatch: { name: 'Managers' } });
assert.equal(changed.name, 'Managers');
await members.addMember({ learnCenterId, groupId, memberCreate: { userId: ann } });
const memberUpdate = { excludeFlag: true };
const excluded = await members.updateMember({ learnCenterId, groupId, userId: ann, memberUpdate });
assert.equal(excluded.excludeFlag, true);
const memberships = await new UsersApi(configuration).listMemberships({ userId: ann });
assert.equal(memberships.items[0]?.groupId, groupId);

const mappedItemInput = { itemid: 'LP-1', itemtype: ItemTypeRequest.Learningplan };
const mapped = await mappedItems.addMappedItem({ learnCenterId, groupId, mappedItemInput });
assert.equal(mapped.itemId, 'LP-1');
await mappedItems.removeMappedItem({ learnCenterId, groupId, mappedItemInput });

const nothing = await refusal(groups.getGroup({ learnCenterId, groupId: 99 }));
assert.ok(nothing instanceof ResponseError);
assert.equal(ErrorResponseFromJSON(await nothing.response.json()).oErrorCode, 'NOT_FOUND');
const retired = await groups.updateGroup({
  learnCenterId,
  groupId,
  groupPatch: { statusFlag: StatusFlag.Inactive },
});
assert.equal(retired.statusFlag, StatusFlag.Inactive);

from taleolearn_client import ApiClient, Configuration, ErrorResponse, GroupCreate, GroupPatch, GroupsApi
from taleolearn_client import ItemTypeAnswer, ItemTypeRequest, MappedItemInput, MappedItemsApi, MemberCreate
from taleolearn_client import MembersApi, MemberUpdate, SelfServiceAnswer, SelfServiceRequest, StatusFlag
from taleolearn_client import UsersApi
from taleolearn_client.exceptions import NotFoundException

from support import CLIENT_ID, SECRET, URL, make_user

ann = make_user()
host = f"{URL}/learn.rest/v1"
client = ApiClient(Configuration(host=host, username=CLIENT_ID, password=SECRET))
groups, members, mapped_items = GroupsApi(client), MembersApi(client), MappedItemsApi(client)

group = groups.create_group(
    1,
    GroupCreate(
        name="New managers", code="managers", selfServiceOptions=SelfServiceRequest.PRIVATE, owners=[ann]
    ),
)
assert group.self_service_options == SelfServiceAnswer.OPEN
assert group.owners.items[0].id == ann

assert groups.get_group(1, group.id) == group
listed = groups.list_groups(1, total_results=True, limit=10)
assert listed.total_results == 1
assert listed.items[0].code == "managers"

changed = groups.update_group(1, group.id, GroupPatch(name="Managers"))
assert changed.name == "Managers"
members.add_member(1, group.id, MemberCreate(UserId=ann))
excluded = members.update_member(1, group.id, ann, MemberUpdate(ExcludeFlag=True))
assert excluded.exclude_flag is True
memberships = UsersApi(client).list_memberships(ann)
assert memberships.items[0].group_id == group.id

item = MappedItemInput(itemid="LP-1", itemtype=ItemTypeRequest.LEARNINGPLAN)
mapped = mapped_items.add_mapped_item(1, group.id, item)
assert mapped.item_type == ItemTypeAnswer.LEARNINGPLAN
mapped_items.remove_mapped_item(1, group.id, item)

try:
    groups.get_group(1, 99)
    raise AssertionError("an unknown group was answered")
except NotFoundException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.o_error_code == "NOT_FOUND"
retired = groups.update_group(1, group.id, GroupPatch(statusFlag=StatusFlag.INACTIVE))
assert retired.status_flag == StatusFlag.INACTIVE

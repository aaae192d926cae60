from base64 import b64encode

from taleolearn_client import AuthenticatedClient
from taleolearn_client.api.groups import create_group, get_group, list_groups, update_group
from taleolearn_client.api.mapped_items import add_mapped_item, remove_mapped_item
from taleolearn_client.api.members import add_member, update_member
from taleolearn_client.models import (
    ErrorResponse,
    Group,
    GroupCreate,
    GroupMember,
    GroupPage,
    GroupPatch,
    ItemTypeAnswer,
    ItemTypeRequest,
    MappedItem,
    MappedItemInput,
    MemberCreate,
    MemberUpdate,
    SelfServiceAnswer,
    SelfServiceRequest,
    StatusFlag,
)

from support import CLIENT_ID, SECRET, URL, make_user

ann = make_user()
host = f"{URL}/learn.rest/v1"
pair = b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
basic = AuthenticatedClient(base_url=host, prefix="Basic", token=pair)

new = GroupCreate(
    name="New managers",
    code="managers",
    self_service_options=SelfServiceRequest.PRIVATE,
    owners=[ann],
)
made = create_group.sync_detailed(1, client=basic, body=new)
group = made.parsed
assert isinstance(group, Group)
assert group.self_service_options == SelfServiceAnswer.OPEN
assert group.owners.items[0].id == ann

# Every answer to HTTP Basic carries a token, which opens the same doors.
client = AuthenticatedClient(
    base_url=host,
    prefix="",
    auth_header_name="X-Learn-Access-Token",
    token=made.headers["X-Learn-Access-Token"],
)
assert get_group.sync(1, group.id, client=client) == group
listed = list_groups.sync(1, client=client, total_results=True, limit=10)
assert isinstance(listed, GroupPage)
assert listed.total_results == 1
assert listed.items[0].code == "managers"

changed = update_group.sync(1, group.id, client=client, body=GroupPatch(name="Managers"))
assert isinstance(changed, Group)
assert changed.name == "Managers"
added = add_member.sync(1, group.id, client=client, body=MemberCreate(user_id=ann))
assert isinstance(added, GroupMember)
excluded = update_member.sync(1, group.id, ann, client=client, body=MemberUpdate(exclude_flag=True))
assert isinstance(excluded, GroupMember)
assert excluded.exclude_flag is True

item = MappedItemInput(itemid="LP-1", itemtype=ItemTypeRequest.LEARNINGPLAN)
mapped = add_mapped_item.sync(1, group.id, client=client, body=item)
assert isinstance(mapped, MappedItem)
assert mapped.item_type == ItemTypeAnswer.LEARNINGPLAN
assert remove_mapped_item.sync_detailed(1, group.id, client=client, body=item).status_code == 200

nothing = get_group.sync(1, 99, client=client)
assert isinstance(nothing, ErrorResponse)
assert nothing.oerror_code == "NOT_FOUND"
patch = GroupPatch(status_flag=StatusFlag.INACTIVE)
retired = update_group.sync(1, group.id, client=client, body=patch)
assert isinstance(retired, Group)
assert retired.status_flag == StatusFlag.INACTIVE

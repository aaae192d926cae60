from kibo_client import AdminGroup, ApiClient, Configuration, ErrorResponse, GrantType
from kibo_client import GroupsApi, OAuthTicketRequest, TicketsApi, TokenType, User
from kibo_client.exceptions import NotFoundException

from support import CLIENT_ID, SECRET, URL

ticket = TicketsApi(ApiClient(Configuration(host=URL))).create_o_auth_ticket(
    OAuthTicketRequest(client_id=CLIENT_ID, client_secret=SECRET, grant_type=GrantType.CLIENT_CREDENTIALS)
)
assert ticket.token_type == TokenType.BEARER
groups = GroupsApi(ApiClient(Configuration(host=URL, access_token=ticket.access_token)))

ann = User(emailAddress="ann@example.com", firstName="Ann", lastName="Lee")
group = groups.create_group(AdminGroup(groupCode="staff", name="Staff", users=[ann]))
assert group.users is not None and group.users[0].last_name == "Lee"
assert group.audit_info is not None and group.audit_info.create_date is not None
assert group.audit_info.create_date.tzinfo is not None
assert groups.get_group("staff") == group

found = groups.list_groups(filter="name sw Sta", page_size=10)
assert found.total_count == 1
assert found.items is not None and found.items[0].group_code == "staff"

group.name = "Everybody"
changed = groups.update_group("staff", group)
assert changed.name == "Everybody"
assert changed.users is not None and len(changed.users) == 1

groups.delete_group("staff")
try:
    groups.get_group("staff")
    raise AssertionError("a deleted group was answered")
except NotFoundException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.error_code == "ITEM_NOT_FOUND"

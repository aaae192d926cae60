from datetime import datetime

from kibo_client import AuthenticatedClient, Client
from kibo_client.api.groups import create_group, delete_group, get_group, list_groups, update_group
from kibo_client.api.tickets import create_o_auth_ticket
from kibo_client.models import (
    AdminGroup,
    AdminGroupCollection,
    AdminUserAuditInfo,
    ErrorResponse,
    GrantType,
    OAuthTicket,
    OAuthTicketRequest,
    TokenType,
    User,
)

from support import CLIENT_ID, SECRET, URL

request = OAuthTicketRequest(
    client_id=CLIENT_ID, client_secret=SECRET, grant_type=GrantType.CLIENT_CREDENTIALS
)
ticket = create_o_auth_ticket.sync(client=Client(base_url=URL), body=request)
assert isinstance(ticket, OAuthTicket)
assert ticket.token_type == TokenType.BEARER
client = AuthenticatedClient(base_url=URL, token=ticket.access_token)

ann = User(email_address="ann@example.com", first_name="Ann", last_name="Lee")
group = create_group.sync(client=client, body=AdminGroup(group_code="staff", name="Staff", users=[ann]))
assert isinstance(group, AdminGroup) and group.users
assert group.users[0].last_name == "Lee"
assert isinstance(group.audit_info, AdminUserAuditInfo)
assert isinstance(group.audit_info.create_date, datetime)
assert get_group.sync("staff", client=client) == group

found = list_groups.sync(client=client, filter_="name sw Sta", page_size=10)
assert isinstance(found, AdminGroupCollection) and found.items
assert found.total_count == 1
assert found.items[0].group_code == "staff"

group.name = "Everybody"
changed = update_group.sync("staff", client=client, body=group)
assert isinstance(changed, AdminGroup) and changed.users
assert changed.name == "Everybody"
assert len(changed.users) == 1

assert delete_group.sync_detailed("staff", client=client).status_code == 200
nothing = get_group.sync_detailed("staff", client=client)
assert nothing.status_code == 404
assert isinstance(nothing.parsed, ErrorResponse)
assert nothing.parsed.error_code == "ITEM_NOT_FOUND"

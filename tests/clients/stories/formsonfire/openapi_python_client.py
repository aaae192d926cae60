from formsonfire_client import Client
from formsonfire_client.api.user_groups import create_user_group, delete_user_group, get_user_group
from formsonfire_client.api.user_groups import search_user_groups, update_user_group
from formsonfire_client.api.users import create_user
from formsonfire_client.models import (
    AnswerFormat,
    ErrorResponse,
    UserCreate,
    UserGroupCreate,
    UserGroupResponse,
    UserGroupsResponse,
    UserGroupUpdate,
    UserResponse,
)

from support import SECRET, URL

JSON = AnswerFormat.JSON
client = Client(base_url=URL, httpx_args={"params": {"CompanyId": "1", "IntegrationKey": SECRET}})

user = create_user.sync(
    client=client,
    body=UserCreate(
        company_id=1, integration_key=SECRET, first_name="Ann", last_name="Lee", email="ann@example.com"
    ),
)
assert isinstance(user, UserResponse)
ann = user.user.id
new = UserGroupCreate(
    company_id=1, integration_key=SECRET, name="Inspectors", external_id="grp-inspectors", user_ids=[ann]
)
made = create_user_group.sync(client=client, body=new)
assert isinstance(made, UserGroupResponse)
assert made.user_group.user_ids == [ann]
id = made.user_group.id

assert get_user_group.sync(client=client, id=id, format_=JSON) == made
found = search_user_groups.sync(client=client, name="inspectors", format_=JSON)
assert isinstance(found, UserGroupsResponse)
assert found.user_groups[0].id == id

changed = update_user_group.sync(
    client=client, body=UserGroupUpdate(company_id=1, integration_key=SECRET, id=id, name="Staff")
)
assert isinstance(changed, UserGroupResponse)
assert changed.user_group.name == "Staff"
taken = create_user_group.sync_detailed(client=client, body=new)
assert taken.status_code == 400
assert isinstance(taken.parsed, ErrorResponse)
assert taken.parsed.response_status.error_code == "AlreadyExists"

assert delete_user_group.sync_detailed(client=client, id=id, format_=JSON).status_code == 200
nothing = get_user_group.sync(client=client, id=id, format_=JSON)
assert isinstance(nothing, ErrorResponse)
assert nothing.response_status.error_code == "NotFound"

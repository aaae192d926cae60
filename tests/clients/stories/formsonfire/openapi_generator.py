from formsonfire_client import ApiClient, Configuration, ErrorResponse, UserCreate
from formsonfire_client import UserGroupCreate, UserGroupsApi, UserGroupUpdate, UsersApi
from formsonfire_client.exceptions import BadRequestException

from support import SECRET, URL

client = ApiClient(Configuration(host=URL, api_key={"companyId": "1", "integrationKey": SECRET}))
users, groups = UsersApi(client), UserGroupsApi(client)

user = users.create_user(
    UserCreate(CompanyId=1, IntegrationKey=SECRET, FirstName="Ann", LastName="Lee", Email="ann@example.com")
)
ann = user.user.id
new = UserGroupCreate(
    CompanyId=1, IntegrationKey=SECRET, Name="Inspectors", ExternalId="grp-inspectors", UserIds=[ann]
)
made = groups.create_user_group(new)
assert made.user_group.user_ids == [ann]
id = made.user_group.id

assert groups.get_user_group(id) == made
found = groups.search_user_groups(name="inspectors")
assert found.user_groups[0].id == id

changed = groups.update_user_group(UserGroupUpdate(CompanyId=1, IntegrationKey=SECRET, Id=id, Name="Staff"))
assert changed.user_group.name == "Staff"
assert changed.user_group.user_ids == [ann]
try:
    groups.create_user_group(new)
    raise AssertionError("a second group got the identifier")
except BadRequestException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.response_status.error_code == "AlreadyExists"
    assert error.data.response_status.errors[0].field_name == "ExternalId"

groups.delete_user_group(id)
try:
    groups.get_user_group(id)
    raise AssertionError("a deleted group was answered")
except BadRequestException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.response_status.error_code == "NotFound"

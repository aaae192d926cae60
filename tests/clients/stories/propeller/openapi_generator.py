from propeller_client import ApiClient, Budget, BulkAction, BulkUsergroup, BulkUsergroups, Configuration
from propeller_client import ErrorResponse, GrantType, LookupKey, TokensApi, UserInput, UsersApi
from propeller_client import UsergroupInput, UsergroupReference, UsergroupsApi, UsergroupSearch
from propeller_client.exceptions import NotFoundException

from support import CLIENT_ID, SECRET, URL

token = TokensApi(ApiClient(Configuration(host=URL))).create_token(
    GrantType.CLIENT_CREDENTIALS, CLIENT_ID, SECRET
)
client = ApiClient(Configuration(host=URL, access_token=token.access_token))
usergroups = UsergroupsApi(client)

made = usergroups.create_usergroup(
    UsergroupInput(name="Wholesale", sourceId="erp-1000", source="erp", budget=Budget.H, language="EN")
)
assert made.data.budget == Budget.H
id = made.data.id

by_key = LookupKey.SOURCEID
read = usergroups.get_usergroup(by_key, "erp-1000", source="erp", expands=["sources"])
assert read.data.id == id
assert read.data.sources is not None and read.data.sources[0].source_id == "erp-1000"
found = usergroups.search_usergroups(UsergroupSearch(name="whole", page=1, offset=10))
assert found.items_found == 1
assert found.data[0].name == "Wholesale"

ann = UserInput(
    firstName="Ann", lastName="Lee", email="ann@example.com", parent=UsergroupReference(id=id)
)
user = UsersApi(client).create_user(ann)
assert user.data.parent.id == id
changed = usergroups.update_usergroup(by_key, "erp-1000", UsergroupInput(name="Retail"), source="erp")
assert changed.data.name == "Retail"
items = [BulkUsergroup(sourceId="erp-1001", source="erp", name="New"), BulkUsergroup(name="Nobody")]
bulk = usergroups.bulk_usergroups_by_source_id(BulkUsergroups(usergroups=items))
assert bulk.data[0].action == BulkAction.CREATE
assert bulk.data[1].error is not None and bulk.data[1].error.code == 10016

usergroups.delete_usergroup(LookupKey.ID, str(id))
try:
    usergroups.get_usergroup(LookupKey.ID, str(id))
    raise AssertionError("a deleted usergroup was answered")
except NotFoundException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.error.code == 20006

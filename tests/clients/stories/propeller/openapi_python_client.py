from propeller_client import AuthenticatedClient, Client
from propeller_client.api.tokens import create_token
from propeller_client.api.usergroups import bulk_usergroups_by_source_id, create_usergroup
from propeller_client.api.usergroups import delete_usergroup, get_usergroup, search_usergroups
from propeller_client.api.usergroups import update_usergroup
from propeller_client.api.users import create_user
from propeller_client.models import (
    Budget,
    BulkAction,
    BulkResult,
    BulkUsergroup,
    BulkUsergroups,
    ErrorDetail,
    ErrorResponse,
    GrantType,
    LookupKey,
    Token,
    TokenRequest,
    UsergroupInput,
    UsergroupPage,
    UsergroupReference,
    UsergroupResult,
    UsergroupSearch,
    UserInput,
    UserResult,
)

from support import CLIENT_ID, SECRET, URL

request = TokenRequest(
    grant_type=GrantType.CLIENT_CREDENTIALS, client_id=CLIENT_ID, client_secret=SECRET
)
token = create_token.sync(client=Client(base_url=URL), body=request)
assert isinstance(token, Token)
client = AuthenticatedClient(base_url=URL, token=token.access_token)

new = UsergroupInput(name="Wholesale", source_id="erp-1000", source="erp", budget=Budget.H, language="EN")
made = create_usergroup.sync(client=client, body=new)
assert isinstance(made, UsergroupResult)
assert made.data.budget == Budget.H
id = made.data.id

by_key = LookupKey.SOURCEID
read = get_usergroup.sync(by_key, "erp-1000", client=client, source="erp", expands=["sources"])
assert isinstance(read, UsergroupResult) and read.data.sources
assert read.data.id == id
assert read.data.sources[0].source_id == "erp-1000"
found = search_usergroups.sync(client=client, body=UsergroupSearch(name="whole", page=1, offset=10))
assert isinstance(found, UsergroupPage)
assert found.items_found == 1
assert found.data[0].name == "Wholesale"

ann = UserInput(
    first_name="Ann", last_name="Lee", email="ann@example.com", parent=UsergroupReference(id=id)
)
user = create_user.sync(client=client, body=ann)
assert isinstance(user, UserResult)
assert user.data.parent.id == id
patch = UsergroupInput(name="Retail")
changed = update_usergroup.sync(by_key, "erp-1000", client=client, body=patch, source="erp")
assert isinstance(changed, UsergroupResult)
assert changed.data.name == "Retail"
items = [BulkUsergroup(source_id="erp-1001", source="erp", name="New"), BulkUsergroup(name="Nobody")]
bulk = bulk_usergroups_by_source_id.sync(client=client, body=BulkUsergroups(usergroups=items))
assert isinstance(bulk, BulkResult)
assert bulk.data[0].action == BulkAction.CREATE
assert isinstance(bulk.data[1].error, ErrorDetail)
assert bulk.data[1].error.code == 10016

assert delete_usergroup.sync_detailed(LookupKey.ID, str(id), client=client).status_code == 200
nothing = get_usergroup.sync(LookupKey.ID, str(id), client=client)
assert isinstance(nothing, ErrorResponse)
assert nothing.error.code == 20006

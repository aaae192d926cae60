from mypreferences_client import AuthenticatedClient, Client
from mypreferences_client.api.group_types import create_group_types
from mypreferences_client.api.groups import list_group_names, list_group_profiles, rename_group
from mypreferences_client.api.profiles import create_profile, get_profile, patch_profile
from mypreferences_client.api.tokens import create_token
from mypreferences_client.models import (
    CustomerName,
    EmailEntry,
    ErrorResponse,
    GrantType,
    GroupEntry,
    GroupRename,
    GroupType,
    GroupTypeBatch,
    GroupTypeList,
    GroupTypeNameList,
    LocalizedField,
    PatchOperation,
    PatchOperationKind,
    Profile,
    ProfileList,
    Token,
    TokenRequest,
)

from support import CLIENT_ID, SECRET, URL

request = TokenRequest(
    grant_type=GrantType.CLIENT_CREDENTIALS, client_id=CLIENT_ID, client_secret=SECRET
)
token = create_token.sync(client=Client(base_url=URL), body=request)
assert isinstance(token, Token)
client = AuthenticatedClient(base_url=URL, token=token.access_token)

household = GroupType(
    type_name="Household", localized_fields=[LocalizedField(locale="en-us", name="Household")]
)
types = create_group_types.sync("default", client=client, body=GroupTypeBatch(group_types=[household]))
assert isinstance(types, GroupTypeList)
assert types.group_types[0].is_active is True

new = Profile(
    customer_name=CustomerName(first_name="Jo", last_name="Smith"),
    email_addresses=[EmailEntry(email_address="jo@example.com", is_primary=True)],
    groups=[GroupEntry(group_type="Household", group_name="Smith")],
)
made = create_profile.sync("default", client=client, body=new)
assert isinstance(made, Profile) and isinstance(made.profile_id, int)
assert get_profile.sync("default", made.profile_id, client=client) == made

found = list_group_profiles.sync(
    "default", client=client, email_address="jo@example.com", group_type="household"
)
assert isinstance(found, ProfileList)
name = found.profiles[0].customer_name
assert isinstance(name, CustomerName) and name.first_name == "Jo"
rename = GroupRename(old_group_name="Smith", new_group_name="Jones")
renamed = rename_group.sync("default", "Household", client=client, body=rename)
assert isinstance(renamed, GroupEntry)
assert renamed.group_name == "Jones"
names = list_group_names.sync("default", client=client)
assert isinstance(names, GroupTypeNameList)
assert names.group_type_names[0].group_names == ["Jones"]

unknown = get_profile.sync_detailed("default", 99, client=client)
assert unknown.status_code == 404
assert isinstance(unknown.parsed, ErrorResponse)
assert unknown.parsed.message
removal = PatchOperation(op=PatchOperationKind.REMOVE, path="/Groups/0")
left = patch_profile.sync("default", made.profile_id, client=client, body=[removal])
assert isinstance(left, Profile)
assert left.groups == []

from mypreferences_client import ApiClient, Configuration, CustomerName, EmailEntry, ErrorResponse, GrantType
from mypreferences_client import GroupEntry, GroupRename, GroupsApi, GroupType, GroupTypeBatch, GroupTypesApi
from mypreferences_client import LocalizedField, PatchOperation, PatchOperationKind, Profile, ProfilesApi
from mypreferences_client import TokensApi
from mypreferences_client.exceptions import NotFoundException

from support import CLIENT_ID, SECRET, URL

token = TokensApi(ApiClient(Configuration(host=URL))).create_token(
    GrantType.CLIENT_CREDENTIALS, client_id=CLIENT_ID, client_secret=SECRET
)
client = ApiClient(Configuration(host=URL, access_token=token.access_token))
group_types, groups, profiles = GroupTypesApi(client), GroupsApi(client), ProfilesApi(client)

household = GroupType(
    TypeName="Household", LocalizedFields=[LocalizedField(Locale="en-us", Name="Household")]
)
types = group_types.create_group_types("default", GroupTypeBatch(GroupTypes=[household]))
assert types.group_types[0].is_active is True

new = Profile(
    CustomerName=CustomerName(FirstName="Jo", LastName="Smith"),
    EmailAddresses=[EmailEntry(EmailAddress="jo@example.com", IsPrimary=True)],
    Groups=[GroupEntry(GroupType="Household", GroupName="Smith")],
)
made = profiles.create_profile("default", new)
assert made.profile_id is not None
assert profiles.get_profile("default", made.profile_id) == made

found = groups.list_group_profiles("default", "household", email_address="jo@example.com")
name = found.profiles[0].customer_name
assert name is not None and name.first_name == "Jo"
renamed = groups.rename_group("default", "Household", GroupRename(OldGroupName="Smith", NewGroupName="Jones"))
assert renamed.group_name == "Jones"
assert groups.list_group_names("default").group_type_names[0].group_names == ["Jones"]

try:
    profiles.get_profile("default", 99)
    raise AssertionError("an unknown profile was answered")
except NotFoundException as error:
    assert isinstance(error.data, ErrorResponse)
    assert error.data.message
removal = PatchOperation(op=PatchOperationKind.REMOVE, path="/Groups/0")
left = profiles.patch_profile("default", made.profile_id, [removal])
assert left.groups == []

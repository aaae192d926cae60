//! Users: the persons or profiles that groups have as members and owners.

use crate::Instant;
use crate::access::Actor;
use crate::group_types::TypedGroups;
use crate::groups::{ExternalId, ExternalIdChange, GroupEntry, GroupKey};
use crate::ids::{GroupId, GroupNumber, TenantNumber, UserId, UserNumber};
use crate::lookup::Lookup;
use crate::patch::Patch;
use crate::roles::Grant;
use crate::text::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One e-mail address or phone number. At most one of a user's is primary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// E-mail: at most 254 characters; phone: at most 64.
    pub value: String,
    /// The dialect's own word, `""` when it has none; at most 64 characters.
    pub kind: String,
    pub primary: bool,
}

/// What a user says about himself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserFields {
    /// Unique per tenant without regard to case, 1 to 255 characters.
    pub user_name: String,
    pub emails: Vec<Contact>,
    pub phones: Vec<Contact>,
    pub given_name: Option<Name>,
    pub middle_name: Option<Name>,
    pub family_name: Option<Name>,
    pub display_name: Option<Name>,
    /// At most 35 characters.
    pub locale: Option<String>,
    /// At most 64 characters.
    pub time_zone: Option<String>,
    pub active: bool,
    /// What one dialect alone knows: dialect name -> JSON object. Bounded by the dialect's document.
    pub extras: BTreeMap<String, serde_json::Value>,
}

/// A stored user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub number: UserNumber,
    pub id: UserId,
    pub tenant: TenantNumber,
    pub fields: UserFields,
    /// Moves with the user's fields, contacts, external identifiers and grants.
    pub version: i64,
    pub created_at: Instant,
    pub created_by: Actor,
    pub updated_at: Instant,
    pub updated_by: Actor,
}

/// Changes of a user, field by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserPatch {
    /// `Set(None)` falls back to the primary e-mail address, else the user's UUID.
    pub user_name: Patch<Option<String>>,
    /// Replaces all addresses.
    pub emails: Patch<Vec<Contact>>,
    /// Replaces all numbers.
    pub phones: Patch<Vec<Contact>>,
    /// Sets the primary address and keeps the others; `Set(None)` removes the primary one. Comes after `emails`.
    pub primary_email: Patch<Option<String>>,
    /// As `primary_email`.
    pub primary_phone: Patch<Option<String>>,
    pub given_name: Patch<Option<Name>>,
    pub middle_name: Patch<Option<Name>>,
    pub family_name: Patch<Option<Name>>,
    pub display_name: Patch<Option<Name>>,
    pub locale: Patch<Option<String>>,
    pub time_zone: Patch<Option<String>>,
    pub active: Patch<bool>,
    /// Replaces the object of one dialect; `None` removes it.
    pub extra: Patch<(String, Option<serde_json::Value>)>,
    /// Writes these members over the object of one dialect and keeps its others; null removes a member. An object
    /// that is left without members goes, too. Comes after `extra`.
    pub extra_members: Patch<(String, serde_json::Map<String, serde_json::Value>)>,
    /// Each source at most once; the identifiers of other sources stay.
    pub external_ids: Vec<ExternalIdChange>,
    /// Replaces the grants.
    pub grants: Patch<Vec<Grant>>,
    /// Replaces the groups that the user is in; an excluded membership stays unless it is named. The groups' versions
    /// move, not the user's.
    pub groups: Patch<Vec<GroupEntry>>,
    /// Moves the one membership that is the user's parent, or ends it. Excludes `groups` and `typed_groups`. An unknown group is
    /// invalid input. The groups' versions move, not the user's.
    pub parent: Patch<Option<GroupKey>>,
    /// Sets the groups with a type, their own or the default one, that the user is in; the others stay. Excludes `groups`.
    pub typed_groups: Patch<TypedGroups>,
}

/// A user to be made. `active` is true unless set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewUser {
    pub patch: UserPatch,
}

/// How a user is named by its callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserKey {
    Number(UserNumber),
    Id(UserId),
    External(ExternalId),
    Lookup(Lookup),
}

/// Which parts of a user an answer needs beside its own fields and contacts; each costs a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UserParts {
    pub external_ids: bool,
    pub grants: bool,
    pub groups: UserGroupParts,
    pub parent: bool,
}

/// What an answer needs of the groups that a user is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserGroupParts {
    #[default]
    None,
    /// Their numbers, ids and names.
    Names,
    /// Also their external identifiers.
    ExternalIds,
    /// Only groups with a type, and what their type is called; those with a name and no type count as of the default type.
    Typed,
}

/// A user as an answer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    pub user: User,
    /// Empty when not asked for.
    pub external_ids: Vec<ExternalId>,
    /// Empty when not asked for.
    pub grants: Vec<GrantView>,
    pub groups: UserGroups,
    /// None when not asked for, and while the group excludes the user or lies in the recycle bin.
    pub parent: Option<GroupNumber>,
}

/// The groups that a user is in, in an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum UserGroups {
    /// Not asked for.
    #[default]
    Unread,
    /// More than an answer may show.
    TooMany,
    /// All that do not exclude the user, by group number.
    All(Vec<UserGroup>),
}

/// A group as the answer about one of its members shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserGroup {
    pub number: GroupNumber,
    pub id: GroupId,
    pub name: Name,
    /// What the group's type is called; none when not asked for.
    pub type_name: Option<Name>,
    /// By source; empty when not asked for.
    pub external_ids: Vec<ExternalId>,
}

/// Most e-mail addresses, and most phone numbers, of a user.
pub const MAX_CONTACTS: usize = 50;
/// A user in more groups than this is answered without them; one write names at most as many.
pub const MAX_USER_GROUPS: usize = 1000;
/// The users of one page are shown with at most this many groups together.
pub const MAX_USER_GROUPS_OF_PAGE: usize = 10_000;

/// A grant as an answer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantView {
    pub grant: Grant,
    pub role_name: String,
    pub created_at: Instant,
    pub created_by: Actor,
    pub updated_at: Instant,
    pub updated_by: Actor,
}

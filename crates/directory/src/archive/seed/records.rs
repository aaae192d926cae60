//! The objects of a seed as they are written, and what they ask of the directory.

use crate::bootstrap;
use crate::changes::new_user;
use model::group_types::{GroupTypeFields, Localized};
use model::groups::{
    Budget, ExternalId, ExternalIdChange, GroupKey, GroupPatch, NewGroup, OrderListAllowAll, SelfService,
    Status,
};
use model::ids::{GroupTypeNumber, RoleNumber};
use model::items::{ItemKey, ItemType, MappedItem};
use model::roles::{Grant, Resource, Role, Scope};
use model::text::{Code, MAX_NAME, Name, bounded, fold};
use model::users::{Contact, UserFields, UserPatch};
use model::{Access, Dialect, Error, Instant, Patch, Result, Violation};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleRecord {
    number: i64,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupTypeRecord {
    name: String,
    #[serde(default)]
    localized: Vec<LocalizedRecord>,
    #[serde(default)]
    is_default: bool,
    active: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalizedRecord {
    locale: String,
    name: String,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactRecord {
    value: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    primary: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct UserRecord {
    user_name: Option<String>,
    /// The primary address, where `emails` would say too much.
    email: Option<String>,
    emails: Vec<ContactRecord>,
    phone: Option<String>,
    phones: Vec<ContactRecord>,
    given_name: Option<String>,
    middle_name: Option<String>,
    family_name: Option<String>,
    display_name: Option<String>,
    locale: Option<String>,
    time_zone: Option<String>,
    active: Option<bool>,
    extras: BTreeMap<String, Value>,
    external_ids: BTreeMap<String, String>,
    grants: Vec<GrantRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantRecord {
    role: RoleKey,
    scope: Option<ScopeRecord>,
    #[serde(default)]
    resources: Vec<ResourceRecord>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected the name or the number of a role")]
enum RoleKey {
    Number(i64),
    Name(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeRecord {
    kind: Option<String>,
    id: Option<i32>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceRecord {
    kind: Option<String>,
    id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GroupRecord {
    code: Option<String>,
    name: Option<String>,
    description: Option<String>,
    /// The code of a group above.
    parent: Option<String>,
    /// The name of a group type of this tenant.
    group_type: Option<String>,
    status: Option<Status>,
    active_from: Option<Instant>,
    active_until: Option<Instant>,
    language: Option<String>,
    company: Option<String>,
    department: Option<String>,
    office: Option<String>,
    notes: Option<String>,
    inherit_product_list: Option<bool>,
    inherit_order_list: Option<bool>,
    budget: Option<Budget>,
    budget_inherit: Option<bool>,
    order_list_allow_all: Option<OrderListAllowAll>,
    only_owners_edit: Option<bool>,
    self_service: Option<SelfService>,
    scope_type_id: Option<i32>,
    scope_id: Option<i32>,
    external_ids: BTreeMap<String, String>,
    items: Vec<ItemRecord>,
    /// User names.
    pub owners: Vec<String>,
    pub members: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemRecord {
    kind: ItemType,
    id: String,
    #[serde(default)]
    retain: bool,
}

/// A member: a user name, or an object that says more.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a user name, or an object with `user`, `excluded`, `isParent`"
)]
pub enum Member {
    Name(String),
    More(MemberRecord),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberRecord {
    user: String,
    #[serde(default)]
    excluded: bool,
    #[serde(default)]
    is_parent: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    pub client_id: String,
    pub access: Access,
    pub secret: String,
    /// A user name.
    pub user: Option<String>,
}

impl Member {
    pub fn user(&self) -> &str {
        match self {
            Self::Name(user) | Self::More(MemberRecord { user, .. }) => user,
        }
    }

    pub fn excluded(&self) -> bool {
        matches!(self, Self::More(record) if record.excluded)
    }

    pub fn is_parent(&self) -> bool {
        matches!(self, Self::More(record) if record.is_parent)
    }
}

/// What the dialects call the tenant; tenant `default` without a word about it gets what the first start gives.
pub fn aliases(tenant: &str, given: Option<BTreeMap<String, String>>) -> Result<Vec<(Dialect, String)>> {
    let Some(given) = given else {
        let is_default = tenant == crate::tenants::DEFAULT;
        return Ok(is_default
            .then(bootstrap::aliases)
            .into_iter()
            .flatten()
            .collect());
    };
    let alias = |(dialect, value): (String, String)| match Dialect::parse(&dialect) {
        Some(known) => Ok((known, value)),
        None => Err(Error::invalid(
            format!("aliases/{dialect}"),
            "unknown",
            "must name a vendor's dialect",
        )),
    };
    given.into_iter().map(alias).collect()
}

/// The catalogue of roles, numbers and names each once.
pub fn roles(records: Vec<RoleRecord>) -> Result<Vec<Role>> {
    let mut seen = HashSet::new();
    let mut roles = Vec::with_capacity(records.len());
    for (i, record) in records.into_iter().enumerate() {
        let field = |name: &str| format!("roles/{i}/{name}");
        let number = i32::try_from(record.number)
            .ok()
            .map(i64::from)
            .and_then(RoleNumber::new);
        let number =
            number.ok_or_else(|| Error::invalid(field("number"), "range", "must be from 1 to 2147483647"))?;
        if !seen.insert(number) {
            return Err(Error::invalid(field("number"), "uniqueItems", "is there already"));
        }
        let name = bounded(&field("name"), record.name, 1, MAX_NAME)?;
        roles.push(Role { number, name });
    }
    Ok(roles)
}

impl GroupTypeRecord {
    pub fn fields(self) -> Result<GroupTypeFields> {
        let localized = self.localized.into_iter().map(|one| Localized {
            locale: one.locale,
            name: one.name,
            description: one.description,
        });
        Ok(GroupTypeFields {
            name: Name::parse("name", self.name)?,
            localized: localized.collect(),
            is_default: self.is_default,
            active: self.active.unwrap_or(true),
        })
    }
}

impl UserRecord {
    /// The fields to begin with, and what is written over them.
    pub fn patch(self, roles: &[Role]) -> Result<(UserFields, UserPatch)> {
        let fields = UserFields {
            extras: {
                check_extras(&self.extras)?;
                self.extras
            },
            ..new_user()
        };
        let name = |field: &str, text: Option<String>| -> Result<Patch<Option<Name>>, Violation> {
            Ok(Patch::Set(text.map(|text| Name::parse(field, text)).transpose()?))
        };
        let grants = self.grants.into_iter().enumerate();
        let grants: Vec<Grant> = grants
            .map(|(i, grant)| grant.grant(i, roles))
            .collect::<Result<_>>()?;
        let set = |text: Option<String>| text.map_or(Patch::Keep, |text| Patch::Set(Some(text)));
        let patch = UserPatch {
            user_name: set(self.user_name),
            emails: Patch::Set(contacts(self.emails)),
            phones: Patch::Set(contacts(self.phones)),
            primary_email: set(self.email),
            primary_phone: set(self.phone),
            given_name: name("givenName", self.given_name)?,
            middle_name: name("middleName", self.middle_name)?,
            family_name: name("familyName", self.family_name)?,
            display_name: name("displayName", self.display_name)?,
            locale: Patch::Set(self.locale),
            time_zone: Patch::Set(self.time_zone),
            active: self.active.map_or(Patch::Keep, Patch::Set),
            external_ids: changes(self.external_ids),
            grants: Patch::Set(grants),
            ..UserPatch::default()
        };
        Ok((fields, patch))
    }
}

/// What the dialects alone know, each an object of a known dialect.
pub fn check_extras(all: &BTreeMap<String, Value>) -> Result<()> {
    for (dialect, value) in all {
        let field = format!("extras/{dialect}");
        if Dialect::parse(dialect).is_none_or(|dialect| dialect == Dialect::Roster) {
            return Err(Error::invalid(field, "unknown", "must name a vendor's dialect"));
        }
        let one = UserPatch {
            extra: Patch::Set((dialect.clone(), Some(value.clone()))),
            ..UserPatch::default()
        };
        if let Some(violation) = one.violations("").into_iter().next() {
            return Err(Error::invalid(field, violation.rule, violation.message));
        }
    }
    Ok(())
}

fn contacts(records: Vec<ContactRecord>) -> Vec<Contact> {
    let contact = |one: ContactRecord| Contact {
        value: one.value,
        kind: one.kind,
        primary: one.primary,
    };
    records.into_iter().map(contact).collect()
}

fn changes(ids: BTreeMap<String, String>) -> Vec<ExternalIdChange> {
    let change = |(source, value)| ExternalIdChange {
        source,
        value: Some(value),
    };
    ids.into_iter().map(change).collect()
}

impl GrantRecord {
    fn grant(self, i: usize, roles: &[Role]) -> Result<Grant> {
        let known = roles.iter().find(|role| match &self.role {
            RoleKey::Number(number) => role.number.get() == *number,
            RoleKey::Name(name) => fold(&role.name) == fold(name),
        });
        let field = format!("grants/{i}/role");
        let role =
            known.ok_or_else(|| Error::invalid(field, "unknown", "must be a role of the catalogue"))?;
        Ok(Grant {
            role: role.number,
            scope: self.scope.map(|scope| Scope {
                kind: scope.kind,
                id: scope.id,
                name: scope.name,
            }),
            resources: self
                .resources
                .into_iter()
                .map(|one| Resource {
                    kind: one.kind,
                    id: one.id,
                })
                .collect(),
            tags: self.tags,
        })
    }
}

impl GroupRecord {
    /// The items, within their bounds.
    pub fn items(&self) -> Result<Vec<MappedItem>> {
        let item = |one: &ItemRecord| MappedItem {
            key: ItemKey {
                kind: one.kind,
                id: one.id.clone(),
            },
            retain: one.retain,
        };
        let items: Vec<MappedItem> = self.items.iter().map(item).collect();
        super::check_items(&items)?;
        Ok(items)
    }

    /// The group without owners, members and items.
    pub fn new_group(self, types: &HashMap<String, GroupTypeNumber>) -> Result<NewGroup> {
        let group_type = match self.group_type {
            Some(name) => {
                let known = types.get(&fold(&name)).copied();
                let unknown =
                    || Error::invalid("groupType", "unknown", "must be the name of a group type above");
                Some(known.ok_or_else(unknown)?)
            }
            None => None,
        };
        let parent = self.parent.map(|code| Code::parse("parent", code)).transpose()?;
        let name = Name::parse("name", self.name.unwrap_or_default())?;
        let external = |(source, value)| ExternalId { source, value };
        Ok(NewGroup {
            code: self.code.map(|code| Code::parse("code", code)).transpose()?,
            patch: GroupPatch {
                name: Patch::Set(name),
                description: Patch::Set(self.description),
                parent: parent.map_or(Patch::Keep, |code| Patch::Set(Some(GroupKey::Code(code)))),
                group_type: Patch::Set(group_type),
                status: set(self.status),
                active_from: Patch::Set(self.active_from),
                active_until: Patch::Set(self.active_until),
                language: Patch::Set(self.language),
                company: Patch::Set(self.company),
                department: Patch::Set(self.department),
                office: Patch::Set(self.office),
                notes: Patch::Set(self.notes),
                inherit_product_list: set(self.inherit_product_list),
                inherit_order_list: set(self.inherit_order_list),
                budget: set(self.budget),
                budget_inherit: set(self.budget_inherit),
                order_list_allow_all: set(self.order_list_allow_all),
                only_owners_edit: set(self.only_owners_edit),
                self_service: set(self.self_service),
                scope_type_id: Patch::Set(self.scope_type_id),
                scope_id: Patch::Set(self.scope_id),
            },
            external_ids: self.external_ids.into_iter().map(external).collect(),
            ..NewGroup::default()
        })
    }
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Keep, Patch::Set)
}

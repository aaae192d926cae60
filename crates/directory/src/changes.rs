//! Objects as flat fields, and what differs between two of them: the changes of an audit event.
//!
//! A field that has the value of a new object's default is left out, so an event names only what was said. The
//! defaults are therefore part of the trail and must never change; a test pins them.

use crate::hex;
use model::audit::Change;
use model::credentials::Credential;
use model::error::Kind;
use model::group_types::GroupTypeFields;
use model::groups::{ExternalId, Group, GroupFields, Membership};
use model::ids::UserNumber;
use model::items::MappedItem;
use model::roles::Grant;
use model::tenants::Tenant;
use model::users::{User, UserFields};
use model::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The fields of one object, by name.
pub type Fields = BTreeMap<String, Value>;

const EXTRAS: &str = "extras";

static NEW_GROUP: LazyLock<Map<String, Value>> = LazyLock::new(|| map(&GroupFields::default()));
static NEW_GROUP_TYPE: LazyLock<Map<String, Value>> = LazyLock::new(|| map(&GroupTypeFields::default()));
static NEW_USER: LazyLock<Map<String, Value>> = LazyLock::new(|| map(&new_user()));

/// What a user is before anything is said about him.
pub fn new_user() -> UserFields {
    UserFields {
        active: true,
        ..UserFields::default()
    }
}

/// A group without its rows: `id`, `code`, its fields, `deletedAt` while it is in the recycle bin.
pub fn of_group(group: &Group) -> Fields {
    let mut fields = differing(map(&group.fields), &NEW_GROUP);
    fields.insert("id".into(), json!(group.id));
    fields.insert("code".into(), json!(group.code));
    if let Some(at) = group.deleted_at {
        fields.insert("deletedAt".into(), json!(at));
    }
    fields
}

/// A user without his rows: `id`, his fields, one field `extras/<dialect>` for what one dialect alone knows.
pub fn of_user(user: &User) -> Fields {
    let mut all = map(&user.fields);
    let extras = all.remove(EXTRAS);
    let mut fields = differing(all, &NEW_USER);
    if let Some(Value::Object(extras)) = extras {
        fields.extend(
            extras
                .into_iter()
                .map(|(dialect, value)| (format!("{EXTRAS}/{dialect}"), value)),
        );
    }
    fields.insert("id".into(), json!(user.id));
    fields
}

/// A group type: its fields.
pub fn of_group_type(fields: &GroupTypeFields) -> Fields {
    differing(map(fields), &NEW_GROUP_TYPE)
}

/// A tenant: `name` and one field `aliases/<dialect>` per dialect.
pub fn of_tenant(tenant: &Tenant) -> Fields {
    let aliases = tenant.aliases.iter();
    let mut fields: Fields = aliases
        .map(|(dialect, value)| (format!("aliases/{}", dialect.as_str()), json!(value)))
        .collect();
    fields.insert("name".into(), json!(tenant.name));
    fields
}

/// A credential without its secrets: `clientId`, `access`, `user`, `secrets` (how many), `revokedAt`.
pub fn of_credential(credential: &Credential) -> Fields {
    let mut fields = Fields::from([
        ("clientId".into(), json!(credential.client_id)),
        ("access".into(), json!(credential.access)),
        ("secrets".into(), json!(credential.secrets)),
    ]);
    if let Some(user) = credential.user {
        fields.insert("user".into(), json!(user));
    }
    if let Some(at) = credential.revoked_at {
        fields.insert("revokedAt".into(), json!(at));
    }
    fields
}

/// External identifiers: `externalIds/<source>`.
pub fn of_external_ids<'a>(ids: impl IntoIterator<Item = &'a ExternalId>) -> Fields {
    ids.into_iter()
        .map(|id| (format!("externalIds/{}", id.source), json!(id.value)))
        .collect()
}

/// Owners: `owners/<number>`.
pub fn of_owners<'a>(owners: impl IntoIterator<Item = &'a UserNumber>) -> Fields {
    owners
        .into_iter()
        .map(|owner| (format!("owners/{owner}"), json!(true)))
        .collect()
}

/// Members: `members/<number>`.
pub fn of_members<'a>(members: impl IntoIterator<Item = &'a Membership>) -> Fields {
    let row = |member: &Membership| json!({ "excluded": member.excluded, "isParent": member.is_parent });
    members
        .into_iter()
        .map(|member| (format!("members/{}", member.user), row(member)))
        .collect()
}

/// Mapped items: `items/<kind>/<identifier>`.
pub fn of_items<'a>(items: impl IntoIterator<Item = &'a MappedItem>) -> Fields {
    let field = |item: &MappedItem| format!("items/{}/{}", item.key.kind.as_str(), item.key.id);
    items
        .into_iter()
        .map(|item| (field(item), json!({ "retain": item.retain })))
        .collect()
}

/// Grants: `grants/<role>` without a scope, `grants/<role>/<16 hexadecimal digits for the scope>` with one.
pub fn of_grants<'a>(grants: impl IntoIterator<Item = &'a Grant>) -> Fields {
    grants
        .into_iter()
        .map(|grant| (grant_field(grant), json!(grant)))
        .collect()
}

fn grant_field(grant: &Grant) -> String {
    let role = grant.role;
    match &grant.scope {
        None => format!("grants/{role}"),
        Some(scope) => {
            let text = json!([scope.kind, scope.id, scope.name]).to_string();
            let digest = Sha256::digest(text);
            format!("grants/{role}/{}", hex(&digest[..8]))
        }
    }
}

/// What differs, in the order of the fields' names.
pub fn diff(kind: Kind, number: i64, before: Fields, mut after: Fields) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |field, before, after| {
        changes.push(Change {
            kind,
            number,
            field,
            before,
            after,
        });
    };
    for (field, old) in before {
        match after.remove(&field) {
            Some(new) if new == old => {}
            new => add(field, Some(old), new),
        }
    }
    for (field, new) in after {
        add(field, None, Some(new));
    }
    changes.sort_by(|a, b| a.field.cmp(&b.field));
    changes
}

/// The group's fields that [`of_group`] took apart.
pub fn group_fields(fields: &Fields) -> Result<GroupFields> {
    overlay(&NEW_GROUP, fields.clone())
}

/// The group type's fields that [`of_group_type`] took apart.
pub fn group_type_fields(fields: &Fields) -> Result<GroupTypeFields> {
    overlay(&NEW_GROUP_TYPE, fields.clone())
}

/// The user's fields that [`of_user`] took apart.
pub fn user_fields(fields: &Fields) -> Result<UserFields> {
    let mut plain = fields.clone();
    let prefix = format!("{EXTRAS}/");
    let extras: Map<String, Value> = fields
        .iter()
        .filter_map(|(field, value)| Some((field.strip_prefix(&prefix)?.to_owned(), value.clone())))
        .collect();
    plain.insert(EXTRAS.to_owned(), Value::Object(extras));
    overlay(&NEW_USER, plain)
}

fn overlay<T: DeserializeOwned>(base: &Map<String, Value>, fields: Fields) -> Result<T> {
    let mut all = base.clone();
    for (field, value) in fields {
        if let Some(slot) = all.get_mut(&field) {
            *slot = value;
        }
    }
    serde_json::from_value(Value::Object(all))
        .map_err(|error| Error::internal(format!("an audit event does not read as an object: {error}")))
}

/// An object's members. Our structs of plain fields always serialise to an object.
fn map(object: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(object) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn differing(object: Map<String, Value>, base: &Map<String, Value>) -> Fields {
    object
        .into_iter()
        .filter(|(field, value)| base.get(field) != Some(value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::RoleNumber;
    use model::roles::Scope;

    /// Changing a default would change the meaning of every event that left it out.
    #[test]
    fn defaults_are_pinned() {
        assert_eq!(
            Value::Object(NEW_GROUP.clone()),
            json!({
                "name": "", "description": null, "parent": null, "groupType": null, "status": "active",
                "activeFrom": null, "activeUntil": null, "language": null, "company": null,
                "department": null, "office": null, "notes": null, "inheritProductList": true,
                "inheritOrderList": true, "budget": "N", "budgetInherit": true, "orderListAllowAll": "U",
                "onlyOwnersEdit": false, "selfService": "private", "scopeTypeId": null, "scopeId": null,
            })
        );
        assert_eq!(
            Value::Object(NEW_GROUP_TYPE.clone()),
            json!({ "name": "", "localized": [], "isDefault": false, "active": true })
        );
        assert_eq!(
            Value::Object(NEW_USER.clone()),
            json!({
                "userName": "", "emails": [], "phones": [], "givenName": null, "middleName": null,
                "familyName": null, "displayName": null, "locale": null, "timeZone": null, "active": true,
                "extras": {},
            })
        );
    }

    #[test]
    fn a_difference_names_what_came_went_and_changed() {
        let before = Fields::from([
            ("a".into(), json!(1)),
            ("b".into(), json!(2)),
            ("d".into(), json!(4)),
        ]);
        let after = Fields::from([
            ("a".into(), json!(1)),
            ("c".into(), json!(3)),
            ("d".into(), json!(5)),
        ]);
        let changes = diff(Kind::Group, 7, before, after);
        let seen: Vec<_> = changes
            .into_iter()
            .map(|c| (c.field, c.before, c.after))
            .collect();
        assert_eq!(
            seen,
            [
                ("b".to_owned(), Some(json!(2)), None),
                ("c".to_owned(), None, Some(json!(3))),
                ("d".to_owned(), Some(json!(4)), Some(json!(5))),
            ]
        );
    }

    #[test]
    fn fields_come_back() {
        let user = UserFields {
            user_name: "a".into(),
            locale: Some("en".into()),
            extras: [("kibo".to_owned(), json!({ "x": [1] }))].into(),
            active: false,
            ..UserFields::default()
        };
        let mut fields = differing(map(&user), &NEW_USER);
        fields.remove(EXTRAS);
        fields.insert("extras/kibo".into(), json!({ "x": [1] }));
        assert_eq!(user_fields(&fields).unwrap(), user);
        assert_eq!(group_fields(&Fields::new()).unwrap(), GroupFields::default());
    }

    #[test]
    fn grants_of_one_role_have_a_field_per_scope() {
        let grant = |scope| Grant {
            role: RoleNumber::new(2).unwrap(),
            scope,
            resources: Vec::new(),
            tags: Vec::new(),
        };
        let site = |id| {
            Some(Scope {
                kind: None,
                id: Some(id),
                name: None,
            })
        };
        let grants = [
            grant(None),
            grant(site(1)),
            grant(site(2)),
            grant(Some(Scope::default())),
        ];
        let fields = of_grants(&grants);
        assert_eq!(fields.len(), 4);
        assert!(fields.contains_key("grants/2"));
    }
}

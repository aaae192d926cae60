//! Builds a tenant's content from its audit events and from nothing else.

use crate::content::{Content, GroupRows};
use directory::changes::{Fields, group_fields, group_type_fields, user_fields};
use model::access::Actor;
use model::audit::Event;
use model::credentials::Credential;
use model::error::Kind;
use model::group_types::GroupType;
use model::groups::{ExternalId, Group, Membership};
use model::ids::{CredentialNumber, GroupNumber, GroupTypeNumber, TenantNumber, UserNumber};
use model::items::{ItemKey, ItemType, MappedItem};
use model::roles::Grant;
use model::tenants::Tenant;
use model::users::{GrantView, User, UserGroups, UserView};
use model::{Dialect, Instant};
use serde_json::{Value, from_value};
use std::collections::{BTreeMap, BTreeSet};

type Touch = (Instant, Actor);

/// What the events say about one object so far.
struct Object {
    fields: Fields,
    version: i64,
    created: Touch,
    updated: Touch,
    /// When and by whom each field came and was last changed.
    touched: BTreeMap<String, (Touch, Touch)>,
}

type Objects = BTreeMap<(Kind, i64), Object>;

/// The content after these events. Fails when an event contradicts those before it.
pub fn rebuild(tenant: TenantNumber, events: &[Event]) -> Content {
    let mut objects = Objects::new();
    for event in events {
        apply(&mut objects, event);
    }
    let of = |kind| {
        objects
            .iter()
            .filter(move |((one, _), _)| *one == kind)
            .map(|((_, number), object)| (*number, object))
    };
    let names = |kind| {
        of(kind)
            .map(|(number, object)| (number, text(&object.fields, "name")))
            .collect()
    };
    let roles: Vec<(i64, String)> = names(Kind::Role);
    let (number, object) = of(Kind::Tenant).next().unwrap();
    assert_eq!(number, tenant.get());
    Content {
        tenant: to_tenant(tenant, object),
        group_types: of(Kind::GroupType)
            .map(|(number, object)| to_type(tenant, number, object))
            .collect(),
        users: of(Kind::User)
            .map(|(number, object)| to_user(tenant, number, object, &roles))
            .collect(),
        groups: of(Kind::Group)
            .map(|(number, object)| to_group(tenant, number, object))
            .collect(),
        credentials: of(Kind::Credential)
            .map(|(number, object)| to_credential(tenant, number, object))
            .collect(),
        roles,
    }
    .sorted()
}

fn apply(objects: &mut Objects, event: &Event) {
    let now: Touch = (event.at, event.actor.clone());
    let mut seen = BTreeSet::new();
    for change in &event.changes {
        let key = (change.kind, change.number);
        let object = objects.entry(key).or_insert_with(|| Object {
            fields: Fields::new(),
            version: 0,
            created: now.clone(),
            updated: now.clone(),
            touched: BTreeMap::new(),
        });
        if seen.insert(key) {
            object.version += 1;
            object.updated = now.clone();
        }
        assert_ne!(change.before, change.after, "{change:?} changes nothing");
        assert_eq!(
            object.fields.remove(&change.field),
            change.before,
            "{change:?} contradicts the trail"
        );
        match &change.after {
            None => {
                object.touched.remove(&change.field);
            }
            Some(value) => {
                object.fields.insert(change.field.clone(), value.clone());
                let touched = object
                    .touched
                    .entry(change.field.clone())
                    .or_insert_with(|| (now.clone(), now.clone()));
                touched.1 = now.clone();
            }
        }
    }
    objects.retain(|_, object| !object.fields.is_empty());
}

/// The fields of the form `prefix/rest`, by rest.
fn below<'a>(fields: &'a Fields, prefix: &str) -> Vec<(&'a str, &'a Value)> {
    let rest = |field: &'a str| field.strip_prefix(prefix)?.strip_prefix('/');
    fields
        .iter()
        .filter_map(|(field, value)| Some((rest(field)?, value)))
        .collect()
}

fn text(fields: &Fields, field: &str) -> String {
    fields[field].as_str().unwrap().to_owned()
}

fn optional<T: serde::de::DeserializeOwned>(fields: &Fields, field: &str) -> Option<T> {
    fields.get(field).map(|value| from_value(value.clone()).unwrap())
}

fn external_ids(fields: &Fields) -> Vec<ExternalId> {
    let id = |(source, value): (&str, &Value)| ExternalId {
        source: source.to_owned(),
        value: value.as_str().unwrap().to_owned(),
    };
    below(fields, "externalIds").into_iter().map(id).collect()
}

fn to_tenant(number: TenantNumber, object: &Object) -> Tenant {
    let alias = |(dialect, value): (&str, &Value)| {
        (
            Dialect::parse(dialect).unwrap(),
            value.as_str().unwrap().to_owned(),
        )
    };
    Tenant {
        number,
        name: text(&object.fields, "name"),
        created_at: object.created.0,
        aliases: below(&object.fields, "aliases").into_iter().map(alias).collect(),
    }
}

fn to_type(tenant: TenantNumber, number: i64, object: &Object) -> GroupType {
    GroupType {
        number: GroupTypeNumber::new(number).unwrap(),
        tenant,
        fields: group_type_fields(&object.fields).unwrap(),
        created_at: object.created.0,
        created_by: object.created.1.clone(),
        updated_at: object.updated.0,
        updated_by: object.updated.1.clone(),
    }
}

fn to_user(tenant: TenantNumber, number: i64, object: &Object, roles: &[(i64, String)]) -> UserView {
    let fields = &object.fields;
    let grants = below(fields, "grants").into_iter().map(|(rest, value)| {
        let grant: Grant = from_value(value.clone()).unwrap();
        let (created, updated) = object.touched[&format!("grants/{rest}")].clone();
        let role = roles.iter().find(|(number, _)| *number == grant.role.get());
        GrantView {
            role_name: role.unwrap().1.clone(),
            grant,
            created_at: created.0,
            created_by: created.1,
            updated_at: updated.0,
            updated_by: updated.1,
        }
    });
    UserView {
        external_ids: external_ids(fields),
        grants: grants.collect(),
        groups: UserGroups::Unread,
        parent: None,
        user: User {
            number: UserNumber::new(number).unwrap(),
            id: optional(fields, "id").unwrap(),
            tenant,
            fields: user_fields(fields).unwrap(),
            version: object.version,
            created_at: object.created.0,
            created_by: object.created.1.clone(),
            updated_at: object.updated.0,
            updated_by: object.updated.1.clone(),
        },
    }
}

fn to_group(tenant: TenantNumber, number: i64, object: &Object) -> GroupRows {
    let (fields, number) = (&object.fields, GroupNumber::new(number).unwrap());
    let user = |text: &str| UserNumber::new(text.parse().unwrap()).unwrap();
    let mut members: Vec<Membership> = below(fields, "members")
        .into_iter()
        .map(|(rest, value)| Membership {
            group: number,
            user: user(rest),
            excluded: value["excluded"].as_bool().unwrap(),
            is_parent: value["isParent"].as_bool().unwrap(),
        })
        .collect();
    members.sort_by_key(|member| member.user);
    let mut owners: Vec<UserNumber> = below(fields, "owners")
        .into_iter()
        .map(|(rest, _)| user(rest))
        .collect();
    owners.sort();
    let counted = members.iter().filter(|member| !member.excluded).count();
    let mut items: Vec<MappedItem> = below(fields, "items")
        .into_iter()
        .map(|(rest, value)| {
            let (kind, id) = rest.split_once('/').unwrap();
            let kind = ItemType::parse(kind).unwrap();
            MappedItem {
                key: ItemKey {
                    kind,
                    id: id.to_owned(),
                },
                retain: value["retain"].as_bool().unwrap(),
            }
        })
        .collect();
    items.sort_by_key(|item| (item.key.kind.as_str(), item.key.id.clone()));
    GroupRows {
        external_ids: external_ids(fields),
        items,
        owners,
        group: Group {
            number,
            id: optional(fields, "id").unwrap(),
            tenant,
            code: optional(fields, "code").unwrap(),
            fields: group_fields(fields).unwrap(),
            version: object.version,
            member_count: i64::try_from(counted).unwrap(),
            created_at: object.created.0,
            created_by: object.created.1.clone(),
            updated_at: object.updated.0,
            updated_by: object.updated.1.clone(),
            deleted_at: optional(fields, "deletedAt"),
        },
        members,
    }
}

fn to_credential(tenant: TenantNumber, number: i64, object: &Object) -> Credential {
    let fields = &object.fields;
    Credential {
        number: CredentialNumber::new(number).unwrap(),
        tenant,
        client_id: text(fields, "clientId"),
        access: optional(fields, "access").unwrap(),
        user: optional(fields, "user"),
        created_at: object.created.0,
        revoked_at: optional(fields, "revokedAt"),
        secrets: optional(fields, "secrets").unwrap(),
    }
}

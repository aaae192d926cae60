//! Kibo's groups and accounts to and from the directory's.

use contract::kibo::models::{
    AccountCreate, AdminGroup, AdminUserAuditInfo, AdminUserTenant, Role, User, UserIdList, UserRole,
    UserRoleResource, UserRoleScope, UserSystemData,
};
use model::groups::{ExternalIdChange, GroupChange, GroupPatch, GroupView, MemberEntry, Members, NewGroup};
use model::ids::{RoleNumber, UserId};
use model::roles::{Grant, Resource, Scope};
use model::tenants::Tenant;
use model::text::{Code, Name};
use model::users::{GrantView, NewUser, UserKey, UserPatch, UserView};
use model::{Actor, Dialect, Instant, Patch, Result, Violation, roles};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The dialect's name in a user's extras.
const EXTRA: &str = "kibo";
/// Kibo's own external identifiers have no source.
const SOURCE: &str = "";
/// Nobody signs in here, so nobody is ever near a lock.
const REMAINING_LOGIN_ATTEMPTS: i32 = 5;

// ---- from the wire

/// The group that a POST describes.
pub fn new_group(body: AdminGroup) -> Result<NewGroup> {
    let code = body
        .group_code
        .as_ref()
        .map(|code| Code::parse("groupCode", code))
        .transpose()?;
    let members = members(body.users.clone().unwrap_or_default())?;
    Ok(NewGroup {
        code,
        patch: group_patch(body)?,
        members,
        ..NewGroup::default()
    })
}

/// What a PUT of the group `code` changes: everything that the dialect knows, and the users if it names them.
pub fn group_change(code: &str, mut body: AdminGroup) -> Result<GroupChange> {
    if body.group_code.as_deref().is_some_and(|other| other != code) {
        return Err(Violation::new("groupCode", "conflict", "must equal the path").into());
    }
    let members = body.users.take().map(members).transpose()?;
    Ok(GroupChange {
        patch: group_patch(body)?,
        members,
        ..GroupChange::default()
    })
}

fn group_patch(body: AdminGroup) -> Result<GroupPatch> {
    Ok(GroupPatch {
        name: Patch::Set(Name::parse("name", body.name.unwrap_or_default())?),
        description: Patch::Set(body.description),
        scope_type_id: Patch::Set(body.scope_type_id),
        scope_id: Patch::Set(body.scope_id),
        ..GroupPatch::default()
    })
}

fn members(users: Vec<User>) -> Result<Vec<MemberEntry>> {
    users
        .into_iter()
        .enumerate()
        .map(|(at, user)| {
            if let Some(id) = user.id {
                let field = format!("users/{at}/id");
                return Ok(MemberEntry::Existing {
                    field,
                    user: UserId(id),
                });
            }
            let field = format!("users/{at}");
            let patch = user_patch(&format!("{field}/"), user)?;
            Ok(MemberEntry::New {
                field,
                user: Box::new(NewUser { patch }),
            })
        })
        .collect()
}

/// The entries of addusers.
pub fn member_ids(body: UserIdList) -> Vec<MemberEntry> {
    let entry = |(at, id): (usize, Uuid)| MemberEntry::Existing {
        field: at.to_string(),
        user: UserId(id),
    };
    body.0.into_iter().enumerate().map(entry).collect()
}

/// The users of removeusers.
pub fn user_keys(body: UserIdList) -> Vec<UserKey> {
    body.0.into_iter().map(|id| UserKey::Id(UserId(id))).collect()
}

/// The account that a POST describes.
pub fn new_account(body: AccountCreate) -> Result<NewUser> {
    let user = User {
        email_address: Some(body.email_address),
        user_name: body.user_name,
        phone_number: body.phone_number,
        external_id: body.external_id,
        locale_code: body.locale_code,
        first_name: Some(body.first_name),
        last_name: Some(body.last_name),
        opt_in_to_email: body.opt_in_to_email,
        opt_in_to_text_message: body.opt_in_to_text_message,
        roles: body.roles,
        is_active: body.is_active,
        identity_provider_id: body.identity_provider_id,
        ..User::default()
    };
    Ok(NewUser {
        patch: user_patch("", user)?,
    })
}

/// What a PUT of the account `id` changes: everything that the dialect knows, and the roles if it names them.
pub fn account_change(id: Uuid, body: User) -> Result<UserPatch> {
    if body.id.is_some_and(|other| other != id) {
        return Err(Violation::new("id", "conflict", "must equal the path").into());
    }
    user_patch("", body)
}

fn user_patch(at: &str, user: User) -> Result<UserPatch> {
    let extra = extra(&user);
    let name = |field: &str, text: Option<String>| -> Result<Patch<Option<Name>>> {
        Ok(Patch::Set(
            text.map(|text| Name::parse(&format!("{at}{field}"), text))
                .transpose()?,
        ))
    };
    Ok(UserPatch {
        user_name: Patch::Set(user.user_name),
        primary_email: Patch::Set(user.email_address),
        primary_phone: Patch::Set(user.phone_number.filter(|text| !text.is_empty())),
        given_name: name("firstName", user.first_name)?,
        family_name: name("lastName", user.last_name)?,
        locale: Patch::Set(user.locale_code.filter(|text| !text.is_empty())),
        active: Patch::Set(user.is_active.unwrap_or(true)),
        extra: Patch::Set((EXTRA.to_owned(), extra)),
        external_ids: vec![ExternalIdChange {
            source: SOURCE.to_owned(),
            value: user.external_id,
        }],
        grants: match user.roles {
            None => Patch::Keep,
            Some(roles) => Patch::Set(grants(at, roles)?),
        },
        ..UserPatch::default()
    })
}

/// What only this dialect knows of a user; none if it is nothing.
fn extra(user: &User) -> Option<Value> {
    let mut members = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    put("optInToEmail", user.opt_in_to_email.map(|flag| json!(flag)));
    put(
        "optInToTextMessage",
        user.opt_in_to_text_message.map(|flag| json!(flag)),
    );
    put(
        "identityProviderId",
        user.identity_provider_id.as_ref().map(|id| json!(id)),
    );
    (!members.is_empty()).then_some(Value::Object(members))
}

fn grants(at: &str, roles: Vec<UserRole>) -> Result<Vec<Grant>> {
    let mut seen: Vec<Grant> = Vec::new();
    for (index, role) in roles.into_iter().enumerate() {
        let field = format!("{at}roles/{index}");
        let Some(number) = role.role_id.and_then(|id| RoleNumber::new(i64::from(id))) else {
            return Err(Violation::new(
                format!("{field}/roleId"),
                "unknown",
                "must be a role of the catalogue",
            )
            .into());
        };
        let scope = role.assigned_in_scope.map(|scope| Scope {
            kind: scope.type_,
            id: scope.id,
            name: scope.name,
        });
        if seen
            .iter()
            .any(|other| other.role == number && other.scope == scope)
        {
            return Err(Violation::new(field, "conflict", "names a role twice in the same scope").into());
        }
        let resource = |resource: UserRoleResource| Resource {
            kind: resource.type_,
            id: resource.id,
        };
        let resources = role
            .role_resources
            .unwrap_or_default()
            .into_iter()
            .map(resource)
            .collect();
        seen.push(Grant {
            role: number,
            scope,
            resources,
            tags: role.role_tags.unwrap_or_default(),
        });
    }
    Ok(seen)
}

// ---- to the wire

/// A group as the dialect shows it.
pub fn group(view: GroupView) -> AdminGroup {
    let group = view.group;
    AdminGroup {
        group_code: Some(group.code.as_str().to_owned()),
        scope_type_id: group.fields.scope_type_id,
        scope_id: group.fields.scope_id,
        name: Some(group.fields.name.as_str().to_owned()),
        description: group.fields.description,
        users: match view.members {
            Members::All(users) => Some(users.into_iter().map(account).collect()),
            Members::Unread | Members::TooMany | Members::Ids(_) => None,
        },
        audit_info: Some(audit_info(
            (group.created_at, &group.created_by),
            (group.updated_at, &group.updated_by),
        )),
    }
}

/// A user as the dialect shows it.
pub fn account(view: UserView) -> User {
    let id = view.user.id.0;
    let fields = view.user.fields;
    let primary = |contacts: Vec<model::users::Contact>| {
        contacts
            .into_iter()
            .find(|contact| contact.primary)
            .map(|contact| contact.value)
    };
    let extra = fields.extras.get(EXTRA);
    let flag = |name: &str| extra.and_then(|extra| extra.get(name)).and_then(Value::as_bool);
    User {
        email_address: primary(fields.emails),
        user_name: Some(fields.user_name),
        phone_number: primary(fields.phones),
        external_id: view
            .external_ids
            .into_iter()
            .find(|id| id.source == SOURCE)
            .map(|id| id.value),
        locale_code: fields.locale,
        first_name: fields.given_name.map(|name| name.as_str().to_owned()),
        last_name: fields.family_name.map(|name| name.as_str().to_owned()),
        password: None,
        opt_in_to_email: flag("optInToEmail"),
        opt_in_to_text_message: flag("optInToTextMessage"),
        id: Some(id),
        system_data: Some(system_data(view.user.created_at, view.user.updated_at)),
        roles: Some(view.grants.into_iter().map(|grant| role(id, grant)).collect()),
        is_active: Some(fields.active),
        identity_provider_id: extra
            .and_then(|extra| extra.get("identityProviderId"))
            .and_then(Value::as_str)
            .map(str::to_owned),
    }
}

/// A tenant as the dialect shows it: its number and name, the rest as it always is.
pub fn tenant(tenant: Tenant) -> AdminUserTenant {
    let alias = tenant
        .aliases
        .iter()
        .find(|(dialect, _)| *dialect == Dialect::Kibo);
    AdminUserTenant {
        id: alias.and_then(|(_, number)| number.parse().ok()),
        name: Some(tenant.name),
        is_dev_tenant: Some(false),
        sites: Some(Vec::new()),
        master_catalogs: Some(Vec::new()),
        domain: None,
        attributes: Some(Vec::new()),
        expiry: None,
        is_unified: Some(false),
    }
}

/// A role of the catalogue as the dialect shows it: its number and name, the rest as it always is.
pub fn catalogue_role(role: roles::Role) -> Role {
    Role {
        name: Some(role.name),
        is_system_role: Some(true),
        behaviors: Some(Vec::new()),
        resources: Some(Vec::new()),
        tags: Some(Vec::new()),
        id: i32::try_from(role.number.get()).ok(),
        user_scope: None,
        owners: Some(Vec::new()),
        audit_info: None,
    }
}

/// A role of a user as the dialect shows it.
pub fn role(user: Uuid, view: GrantView) -> UserRole {
    let scope = |scope: Scope| UserRoleScope {
        type_: scope.kind,
        id: scope.id,
        name: scope.name,
    };
    let resource = |resource: Resource| UserRoleResource {
        type_: resource.kind,
        id: resource.id,
    };
    UserRole {
        user_id: Some(user),
        assigned_in_scope: view.grant.scope.map(scope),
        role_id: i32::try_from(view.grant.role.get()).ok(),
        role_name: Some(view.role_name),
        role_resources: Some(view.grant.resources.into_iter().map(resource).collect()),
        role_tags: Some(view.grant.tags),
        audit_info: Some(audit_info(
            (view.created_at, &view.created_by),
            (view.updated_at, &view.updated_by),
        )),
    }
}

fn system_data(created: Instant, updated: Instant) -> UserSystemData {
    UserSystemData {
        is_password_change_required: Some(false),
        is_locked: Some(false),
        failed_login_attempt_count: Some(0),
        remaining_login_attempts: Some(REMAINING_LOGIN_ATTEMPTS),
        created_on: Some(created),
        updated_on: Some(updated),
        ..UserSystemData::default()
    }
}

fn audit_info(created: (Instant, &Actor), updated: (Instant, &Actor)) -> AdminUserAuditInfo {
    AdminUserAuditInfo {
        update_date: Some(updated.0),
        create_date: Some(created.0),
        update_by: Some(name(updated.1)),
        create_by: Some(name(created.1)),
    }
}

/// The user that the credential was bound to, else its client id.
fn name(actor: &Actor) -> String {
    actor
        .user
        .map_or_else(|| actor.client_id.clone(), |(_, id)| id.to_string())
}

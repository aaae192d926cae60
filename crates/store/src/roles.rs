//! The role catalogue and its grants.

use crate::db::Db;
use crate::entities::{role, role_grant};
use crate::faults::{affected, inconsistent, internal};
use crate::rows::{actor, actor_columns, in_lists, insert_all, user_number};
use model::ids::{RoleNumber, TenantNumber, UserNumber};
use model::roles::{Grant, Role, Scope};
use model::users::GrantView;
use model::{Actor, Error, Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

/// The tenant's roles, by number.
pub async fn list(db: &Db, tenant: TenantNumber) -> Result<Vec<Role>> {
    let select = role::Entity::find()
        .filter(role::Column::Tenant.eq(tenant.get()))
        .order_by_asc(role::Column::Number);
    let rows = db.all(select).await.map_err(internal)?;
    rows.into_iter()
        .map(|row| {
            Ok(Role {
                number: role_number(row.number)?,
                name: row.name,
            })
        })
        .collect()
}

/// Adds roles to the tenant's catalogue; none of the numbers may be taken.
pub async fn insert(tx: &Db, tenant: TenantNumber, roles: &[Role]) -> Result<()> {
    let rows = roles
        .iter()
        .map(|role| role::ActiveModel {
            tenant: Set(tenant.get()),
            number: Set(role.number.get()),
            name: Set(role.name.clone()),
        })
        .collect();
    insert_all(tx, rows).await.map_err(internal)
}

/// The grants of these users, each user's by role and scope. Users without any are left out.
pub async fn grants(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
) -> Result<HashMap<UserNumber, Vec<GrantView>>> {
    let numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    let mut rows = Vec::new();
    for list in in_lists(&numbers) {
        let select = role_grant::Entity::find()
            .filter(role_grant::Column::UserNumber.is_in(list))
            .filter(role_grant::Column::Tenant.eq(tenant.get()))
            .order_by_asc(role_grant::Column::UserNumber)
            .order_by_asc(role_grant::Column::RoleNumber)
            .order_by_asc(role_grant::Column::Scope);
        rows.extend(db.all(select).await.map_err(internal)?);
    }
    let mut found: HashMap<UserNumber, Vec<GrantView>> = HashMap::new();
    if rows.is_empty() {
        return Ok(found);
    }
    // The catalogue is short: one read of it costs less than a join with every row.
    let names: HashMap<i64, String> = list(db, tenant)
        .await?
        .into_iter()
        .map(|role| (role.number.get(), role.name))
        .collect();
    for row in rows {
        let name = names.get(&row.role_number).cloned().unwrap_or_default();
        let user = user_number(row.user_number)?;
        found.entry(user).or_default().push(grant(row, name)?);
    }
    Ok(found)
}

/// Grants a role, or gives the grant of this role and scope other resources and tags; `created` is kept then.
/// The role has to be in the catalogue.
pub async fn put_grant(
    tx: &Db,
    tenant: TenantNumber,
    user: UserNumber,
    grant: &Grant,
    at: Instant,
    by: &Actor,
) -> Result<()> {
    let (client, actor_user, actor_id) = actor_columns(by);
    let row = role_grant::ActiveModel {
        tenant: Set(tenant.get()),
        user_number: Set(user.get()),
        role_number: Set(grant.role.get()),
        scope: Set(scope_key(grant.scope.as_ref())?),
        resources: Set(json(&grant.resources)?),
        tags: Set(json(&grant.tags)?),
        created_at: Set(at),
        created_by: Set(client.clone()),
        created_by_user: Set(actor_user),
        created_by_user_id: Set(actor_id),
        updated_at: Set(at),
        updated_by: Set(client),
        updated_by_user: Set(actor_user),
        updated_by_user_id: Set(actor_id),
    };
    let key = [
        role_grant::Column::Tenant,
        role_grant::Column::UserNumber,
        role_grant::Column::RoleNumber,
        role_grant::Column::Scope,
    ];
    let changed = [
        role_grant::Column::Resources,
        role_grant::Column::Tags,
        role_grant::Column::UpdatedAt,
        role_grant::Column::UpdatedBy,
        role_grant::Column::UpdatedByUser,
        role_grant::Column::UpdatedByUserId,
    ];
    role_grant::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).update_columns(changed).to_owned())
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(internal)
}

/// Takes the grant of this role and scope back; the user has to have it.
pub async fn remove_grant(
    tx: &Db,
    tenant: TenantNumber,
    user: UserNumber,
    role: RoleNumber,
    scope: Option<&Scope>,
) -> Result<()> {
    let done = role_grant::Entity::delete_many()
        .filter(role_grant::Column::UserNumber.eq(user.get()))
        .filter(role_grant::Column::RoleNumber.eq(role.get()))
        .filter(role_grant::Column::Scope.eq(scope_key(scope)?))
        .filter(role_grant::Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("remove a grant", 1, done.rows_affected)
}

/// Takes all grants of a user back.
pub(crate) async fn clear_grants(tx: &Db, tenant: TenantNumber, user: UserNumber) -> Result<()> {
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::UserNumber.eq(user.get()))
        .filter(role_grant::Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

fn grant(row: role_grant::Model, role_name: String) -> Result<GrantView> {
    let wrong = |column| inconsistent("role_grant", column, row.user_number);
    let scope = if row.scope.is_empty() {
        None
    } else {
        Some(serde_json::from_str(&row.scope).map_err(|_| wrong("scope"))?)
    };
    Ok(GrantView {
        grant: Grant {
            role: role_number(row.role_number)?,
            scope,
            resources: parsed(row.resources).ok_or_else(|| wrong("resources"))?,
            tags: parsed(row.tags).ok_or_else(|| wrong("tags"))?,
        },
        role_name,
        created_at: row.created_at,
        created_by: actor(row.created_by, row.created_by_user, row.created_by_user_id),
        updated_at: row.updated_at,
        updated_by: actor(row.updated_by, row.updated_by_user, row.updated_by_user_id),
    })
}

fn parsed<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::internal(error.to_string()))
}

/// A scope as a part of the key: its members are always written in the same order.
pub(crate) fn scope_key(scope: Option<&Scope>) -> Result<String> {
    let Some(scope) = scope else {
        return Ok(String::new());
    };
    serde_json::to_string(scope).map_err(|error| Error::internal(error.to_string()))
}

fn role_number(number: i64) -> Result<RoleNumber> {
    RoleNumber::new(number).ok_or_else(|| inconsistent("role", "number", number))
}

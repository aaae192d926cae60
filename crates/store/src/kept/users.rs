//! Users and their grants.

use crate::db::Db;
use crate::entities::role_grant;
use crate::entities::user_account::{Column, Entity};
use crate::faults::{internal, refused};
use crate::roles::{json, scope_key};
use crate::rows::actor_columns;
use crate::users::{self, contacts, rows};
use model::Result;
use model::ids::{TenantNumber, UserNumber};
use model::users::{GrantView, UserParts, UserView};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Users with a number higher than `after`, by number, at most `limit`, with their external identifiers and grants.
pub async fn users(db: &Db, tenant: TenantNumber, after: i64, limit: u64) -> Result<Vec<UserView>> {
    let parts = UserParts {
        external_ids: true,
        grants: true,
        ..UserParts::default()
    };
    let select = Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::Number.gt(after))
        .order_by_asc(Column::Number)
        .limit(limit);
    let rows = db.all(select).await.map_err(internal)?;
    let users = users::with_contacts(db, tenant, rows).await?;
    users::parts::read(db, tenant, users, parts).await
}

/// Puts a user with his contacts and external identifiers, but without grants.
pub async fn put_user(tx: &Db, kept: &UserView) -> Result<()> {
    let user = &kept.user;
    let mut row = rows::changeable(user)?;
    let (client, by, by_id) = actor_columns(&user.created_by);
    row.number = Set(user.number.get());
    row.tenant = Set(user.tenant.get());
    row.id = Set(user.id.0);
    row.created_at = Set(user.created_at);
    row.created_by = Set(client);
    row.created_by_user = Set(by);
    row.created_by_user_id = Set(by_id);
    Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map_err(refused)?;
    let (tenant, number, fields) = (user.tenant, user.number.get(), &user.fields);
    contacts::EMAILS
        .replace(tx, tenant, number, &[], &fields.emails)
        .await?;
    contacts::PHONES
        .replace(tx, tenant, number, &[], &fields.phones)
        .await?;
    for id in &kept.external_ids {
        users::put_external_id(tx, tenant, user.number, id).await?;
    }
    Ok(())
}

/// Puts a grant of a user. The role has to be in the catalogue.
pub async fn put_grant(tx: &Db, tenant: TenantNumber, user: UserNumber, kept: &GrantView) -> Result<()> {
    let (created, created_user, created_id) = actor_columns(&kept.created_by);
    let (updated, updated_user, updated_id) = actor_columns(&kept.updated_by);
    let row = role_grant::ActiveModel {
        tenant: Set(tenant.get()),
        user_number: Set(user.get()),
        role_number: Set(kept.grant.role.get()),
        scope: Set(scope_key(kept.grant.scope.as_ref())?),
        resources: Set(json(&kept.grant.resources)?),
        tags: Set(json(&kept.grant.tags)?),
        created_at: Set(kept.created_at),
        created_by: Set(created),
        created_by_user: Set(created_user),
        created_by_user_id: Set(created_id),
        updated_at: Set(kept.updated_at),
        updated_by: Set(updated),
        updated_by_user: Set(updated_user),
        updated_by_user_id: Set(updated_id),
    };
    role_grant::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

//! What other systems call a user. The identifier without source is copied into the user's row, for lists.

use crate::db::Db;
use crate::entities::user_account::{Column, Entity};
use crate::external_ids::USER;
use crate::faults::{affected, internal};
use crate::rows::user_number;
use model::Result;
use model::groups::ExternalId;
use model::ids::{TenantNumber, UserNumber};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// The external identifiers of these users, each user's by source. Users without any are left out.
pub async fn external_ids(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
) -> Result<HashMap<UserNumber, Vec<ExternalId>>> {
    let numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    let found = USER.read(db, tenant, &numbers).await?;
    found
        .into_iter()
        .map(|(number, ids)| Ok((user_number(number)?, ids)))
        .collect()
}

/// Gives the user this identifier, in place of the one he had from the same source.
/// One that another user has is [`model::Error::Exists`].
pub async fn put_external_id(tx: &Db, tenant: TenantNumber, user: UserNumber, id: &ExternalId) -> Result<()> {
    USER.put(tx, tenant, user.get(), id).await?;
    if id.source.is_empty() {
        copy(tx, tenant, user, Some(id.value.clone())).await?;
    }
    Ok(())
}

/// Takes the user's identifier of this source away; he has to have one.
pub async fn remove_external_id(tx: &Db, tenant: TenantNumber, user: UserNumber, source: &str) -> Result<()> {
    USER.remove(tx, tenant, user.get(), source).await?;
    if source.is_empty() {
        copy(tx, tenant, user, None).await?;
    }
    Ok(())
}

async fn copy(tx: &Db, tenant: TenantNumber, user: UserNumber, value: Option<String>) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::SortExternalId, Expr::value(value))
        .filter(Column::Number.eq(user.get()))
        .filter(Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("copy an external identifier", 1, done.rows_affected)
}

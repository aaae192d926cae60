//! What other systems call a group. The identifier without source is copied into the group's row, for lists.

use crate::db::Db;
use crate::entities::directory_group::{Column, Entity};
use crate::external_ids::GROUP;
use crate::faults::{affected, internal};
use crate::rows::group_number;
use model::Result;
use model::groups::ExternalId;
use model::ids::{GroupNumber, TenantNumber};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// The external identifiers of these groups, each group's by source. Groups without any are left out.
pub async fn external_ids(
    db: &Db,
    tenant: TenantNumber,
    groups: &[GroupNumber],
) -> Result<HashMap<GroupNumber, Vec<ExternalId>>> {
    let numbers: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let found = GROUP.read(db, tenant, &numbers).await?;
    found
        .into_iter()
        .map(|(number, ids)| Ok((group_number(number)?, ids)))
        .collect()
}

/// Gives the group this identifier, in place of the one it had from the same source.
/// One that another group has is [`model::Error::Exists`].
pub async fn put_external_id(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    id: &ExternalId,
) -> Result<()> {
    GROUP.put(tx, tenant, group.get(), id).await?;
    if id.source.is_empty() {
        copy(tx, tenant, group, Some(id.value.clone())).await?;
    }
    Ok(())
}

/// Takes the group's identifier of this source away; it has to have one.
pub async fn remove_external_id(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    source: &str,
) -> Result<()> {
    GROUP.remove(tx, tenant, group.get(), source).await?;
    if source.is_empty() {
        copy(tx, tenant, group, None).await?;
    }
    Ok(())
}

async fn copy(tx: &Db, tenant: TenantNumber, group: GroupNumber, value: Option<String>) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::SortExternalId, Expr::value(value))
        .filter(Column::Number.eq(group.get()))
        .filter(Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("copy an external identifier", 1, done.rows_affected)
}

//! Groups in the recycle bin.

use super::{Column, Entity, rows};
use crate::db::Db;
use crate::faults::internal;
use crate::list;
use model::Result;
use model::groups::Group;
use model::ids::{GroupNumber, TenantNumber};
use model::query::{Stretch, Window};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// A stretch of the groups in the recycle bin, those that were deleted last first.
pub async fn binned(db: &Db, tenant: TenantNumber, window: Window) -> Result<Stretch<Group>> {
    let by = |all: Select<Entity>| all.order_by_desc(Column::DeletedAt).order_by_desc(Column::Number);
    let found = list::stretch(db, in_bin(tenant), by, window).await?;
    Ok(Stretch {
        items: found.items.into_iter().map(rows::group).collect::<Result<_>>()?,
        has_more: found.has_more,
        total: found.total,
    })
}

/// The group in the recycle bin that has this number, locked until the unit ends.
pub async fn lock_binned(tx: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<Option<Group>> {
    let select = in_bin(tenant)
        .filter(Column::Number.eq(group.get()))
        .lock_exclusive();
    let row = tx.one(select).await.map_err(internal)?;
    row.map(rows::group).transpose()
}

fn in_bin(tenant: TenantNumber) -> Select<Entity> {
    Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::DeletedAt.is_not_null())
}

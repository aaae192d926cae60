//! Learning items that groups are mapped to. The group's version is not touched here: `groups::update` writes it.

use crate::db::Db;
use crate::entities::group_item::{ActiveModel, Column, Entity, Model};
use crate::faults::{affected, inconsistent, internal};
use crate::list;
use model::Result;
use model::ids::{GroupNumber, TenantNumber};
use model::items::{ItemKey, ItemType, MappedItem};
use model::query::{Stretch, Window};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// A stretch of a group's items, by kind and identifier.
pub async fn list(
    db: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    window: Window,
) -> Result<Stretch<MappedItem>> {
    let found = list::stretch(db, of(tenant, group), ordered, window).await?;
    Ok(Stretch {
        items: found.items.into_iter().map(mapped).collect::<Result<_>>()?,
        has_more: found.has_more,
        total: found.total,
    })
}

/// All items of a group, by kind and identifier; never more than a group may have.
pub async fn of_group(db: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<Vec<MappedItem>> {
    let rows = db.all(ordered(of(tenant, group))).await.map_err(internal)?;
    rows.into_iter().map(mapped).collect()
}

/// How many items a group has.
pub async fn count(tx: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<u64> {
    of(tenant, group).count(tx).await.map_err(internal)
}

/// The item of this key, locked until the unit ends.
pub async fn lock(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    key: &ItemKey,
) -> Result<Option<MappedItem>> {
    let select = of(tenant, group).filter(named(key)).lock_exclusive();
    let row = tx.one(select).await.map_err(internal)?;
    row.map(mapped).transpose()
}

/// Maps the group to an item; it may not be mapped yet.
pub async fn insert(tx: &Db, tenant: TenantNumber, group: GroupNumber, item: &MappedItem) -> Result<()> {
    let row = ActiveModel {
        tenant: Set(tenant.get()),
        group_number: Set(group.get()),
        kind: Set(item.key.kind.as_str().to_owned()),
        item: Set(item.key.id.clone()),
        retain: Set(item.retain),
    };
    Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(internal)
}

/// Changes a mapping, which has to be there.
pub async fn set_retain(tx: &Db, tenant: TenantNumber, group: GroupNumber, item: &MappedItem) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(Column::Retain, Expr::value(item.retain))
        .filter(in_group(tenant, group))
        .filter(named(&item.key))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("change a mapped item", 1, done.rows_affected)
}

/// Ends a mapping, which has to be there.
pub async fn delete(tx: &Db, tenant: TenantNumber, group: GroupNumber, key: &ItemKey) -> Result<()> {
    let done = Entity::delete_many()
        .filter(in_group(tenant, group))
        .filter(named(key))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("unmap an item", 1, done.rows_affected)
}

/// Ends all mappings of a group.
pub async fn clear(tx: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<()> {
    Entity::delete_many()
        .filter(in_group(tenant, group))
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

fn of(tenant: TenantNumber, group: GroupNumber) -> Select<Entity> {
    Entity::find().filter(in_group(tenant, group))
}

fn ordered(select: Select<Entity>) -> Select<Entity> {
    select.order_by_asc(Column::Kind).order_by_asc(Column::Item)
}

fn in_group(tenant: TenantNumber, group: GroupNumber) -> SimpleExpr {
    Column::Tenant
        .eq(tenant.get())
        .and(Column::GroupNumber.eq(group.get()))
}

fn named(key: &ItemKey) -> SimpleExpr {
    Column::Kind
        .eq(key.kind.as_str())
        .and(Column::Item.eq(key.id.as_str()))
}

pub(crate) fn mapped(row: Model) -> Result<MappedItem> {
    let kind =
        ItemType::parse(&row.kind).ok_or_else(|| inconsistent("group_item", "kind", row.group_number))?;
    Ok(MappedItem {
        key: ItemKey { kind, id: row.item },
        retain: row.retain,
    })
}

//! Group types, groups with those in the recycle bin, and memberships.

use crate::db::Db;
use crate::entities::{directory_group, group_item, group_owner, group_type, membership};
use crate::faults::{affected, internal, refused};
use crate::group_types::rows as type_rows;
use crate::groups::rows;
use crate::items::mapped;
use crate::members;
use crate::rows::{actor_columns, group_number, in_lists};
use model::Result;
use model::group_types::GroupType;
use model::groups::{Group, Membership};
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use model::items::MappedItem;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Puts a group type.
pub async fn put_group_type(tx: &Db, kept: &GroupType) -> Result<()> {
    let mut row = type_rows::changeable(kept)?;
    let (client, by, by_id) = actor_columns(&kept.created_by);
    row.number = Set(kept.number.get());
    row.tenant = Set(kept.tenant.get());
    row.created_at = Set(kept.created_at);
    row.created_by = Set(client);
    row.created_by_user = Set(by);
    row.created_by_user_id = Set(by_id);
    group_type::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

/// Groups with a number higher than `after`, by number, at most `limit`.
pub async fn groups(db: &Db, tenant: TenantNumber, after: i64, limit: u64) -> Result<Vec<Group>> {
    use directory_group::Column;
    let select = directory_group::Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::Number.gt(after))
        .order_by_asc(Column::Number)
        .limit(limit);
    let found = db.all(select).await.map_err(internal)?;
    found.into_iter().map(rows::group).collect()
}

/// Puts a group without its parent, which may not be there yet.
pub async fn put_group(tx: &Db, kept: &Group) -> Result<()> {
    let mut row = rows::changeable(kept);
    let (client, by, by_id) = actor_columns(&kept.created_by);
    row.number = Set(kept.number.get());
    row.tenant = Set(kept.tenant.get());
    row.id = Set(kept.id.0);
    row.parent = Set(None);
    row.created_at = Set(kept.created_at);
    row.created_by = Set(client);
    row.created_by_user = Set(by);
    row.created_by_user_id = Set(by_id);
    directory_group::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

/// Puts a group below another one.
pub async fn put_parent(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    parent: GroupNumber,
) -> Result<()> {
    use directory_group::Column;
    let done = directory_group::Entity::update_many()
        .col_expr(Column::Parent, Expr::value(parent.get()))
        .filter(Column::Number.eq(group.get()))
        .filter(Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map_err(refused)?;
    affected("put a parent", 1, done.rows_affected)
}

/// Makes a user an owner.
pub async fn put_owner(tx: &Db, tenant: TenantNumber, group: GroupNumber, user: UserNumber) -> Result<()> {
    let row = group_owner::ActiveModel {
        tenant: Set(tenant.get()),
        group_number: Set(group.get()),
        user_number: Set(user.get()),
    };
    group_owner::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

/// Maps a group to an item.
pub async fn put_item(tx: &Db, tenant: TenantNumber, group: GroupNumber, item: &MappedItem) -> Result<()> {
    let row = group_item::ActiveModel {
        tenant: Set(tenant.get()),
        group_number: Set(group.get()),
        kind: Set(item.key.kind.as_str().to_owned()),
        item: Set(item.key.id.clone()),
        retain: Set(item.retain),
    };
    group_item::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

/// The items of these groups, each group's by kind and identifier. Groups without any are left out.
pub async fn items(
    db: &Db,
    tenant: TenantNumber,
    groups: &[GroupNumber],
) -> Result<HashMap<GroupNumber, Vec<MappedItem>>> {
    use group_item::Column;
    let numbers: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let mut found: HashMap<GroupNumber, Vec<MappedItem>> = HashMap::new();
    for list in in_lists(&numbers) {
        let select = group_item::Entity::find()
            .filter(Column::Tenant.eq(tenant.get()))
            .filter(Column::GroupNumber.is_in(list))
            .order_by_asc(Column::GroupNumber)
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Item);
        for row in db.all(select).await.map_err(internal)? {
            let group = group_number(row.group_number)?;
            found.entry(group).or_default().push(mapped(row)?);
        }
    }
    Ok(found)
}

/// Memberships behind that of this user in this group, by group and user, at most `limit`.
pub async fn memberships(
    db: &Db,
    tenant: TenantNumber,
    (group, user): (i64, i64),
    limit: u64,
) -> Result<Vec<Membership>> {
    use membership::Column;
    let all = || membership::Entity::find().filter(Column::Tenant.eq(tenant.get()));
    let rest = all()
        .filter(Column::GroupNumber.eq(group))
        .filter(Column::UserNumber.gt(user))
        .order_by_asc(Column::UserNumber)
        .limit(limit);
    let mut found = db.all(rest).await.map_err(internal)?;
    let missing = limit.saturating_sub(found.len() as u64);
    if missing > 0 {
        let others = all()
            .filter(Column::GroupNumber.gt(group))
            .order_by_asc(Column::GroupNumber)
            .order_by_asc(Column::UserNumber)
            .limit(missing);
        found.extend(db.all(others).await.map_err(internal)?);
    }
    members::memberships(found)
}

/// Puts a membership.
pub async fn put_membership(tx: &Db, tenant: TenantNumber, kept: &Membership) -> Result<()> {
    let row = membership::ActiveModel {
        tenant: Set(tenant.get()),
        group_number: Set(kept.group.get()),
        user_number: Set(kept.user.get()),
        excluded: Set(kept.excluded),
        is_parent: Set(kept.is_parent),
    };
    membership::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(refused)
}

/// Has each group of the tenant know how many members it has.
pub async fn count_members(tx: &Db, tenant: TenantNumber) -> Result<()> {
    let counted = Query::select()
        .expr(Expr::col("user_number").count())
        .from("membership")
        .and_where(Expr::col(("membership", "tenant")).equals(("directory_group", "tenant")))
        .and_where(Expr::col(("membership", "group_number")).equals(("directory_group", "number")))
        .and_where(Expr::col("excluded").eq(false))
        .take();
    let update = Query::update()
        .table("directory_group")
        .value(
            "member_count",
            sea_orm::sea_query::SimpleExpr::SubQuery(None, Box::new(counted.into())),
        )
        .and_where(Expr::col(("directory_group", "tenant")).eq(tenant.get()))
        .take();
    tx.execute(&update).await.map(drop).map_err(internal)
}

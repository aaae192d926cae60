//! Memberships. The group's version and count of members are not touched here: `groups::update` writes them.

mod parents;
mod sharing;

pub use parents::{parent, parents};
pub use sharing::{exists, sharing};

use crate::cells::{FromRow, from_row};
use crate::db::Db;
use crate::entities::membership::{ActiveModel, Column, Entity, Model};
use crate::faults::{affected, internal};
use crate::rows::{group_number, in_lists, insert_all, user_number};
use crate::{list, users};
use model::Result;
use model::groups::{MemberView, Membership};
use model::ids::{GroupNumber, TenantNumber, UserId, UserNumber};
use model::query::{Stretch, Window};
use model::users::{UserParts, UserView};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany,
};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Pair {
    group_number: i64,
    user_number: i64,
}

from_row!(Pair {
    group_number,
    user_number,
});

/// All memberships of a group, excluded ones too, by user.
pub async fn of_group(db: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<Vec<Membership>> {
    let select = of_tenant(tenant)
        .filter(Column::GroupNumber.eq(group.get()))
        .order_by_asc(Column::UserNumber);
    memberships(db.all(select).await.map_err(internal)?)
}

/// All memberships of a user, excluded ones too, by group.
pub async fn of_user(db: &Db, tenant: TenantNumber, user: UserNumber) -> Result<Vec<Membership>> {
    let select = of_tenant(tenant)
        .filter(Column::UserNumber.eq(user.get()))
        .order_by_asc(Column::GroupNumber);
    memberships(db.all(select).await.map_err(internal)?)
}

/// A stretch of a group's memberships, excluded ones too, by user.
pub async fn list(
    db: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    window: Window,
) -> Result<Stretch<MemberView>> {
    let all = of_tenant(tenant).filter(Column::GroupNumber.eq(group.get()));
    let found = list::stretch(db, all, |all| all.order_by_asc(Column::UserNumber), window).await?;
    shown(db, tenant, found).await
}

/// A stretch of a user's memberships, excluded ones too, by group; without groups in the recycle bin.
pub async fn list_of_user(
    db: &Db,
    tenant: TenantNumber,
    user: UserNumber,
    window: Window,
) -> Result<Stretch<MemberView>> {
    let live = Query::select()
        .expr(Expr::val(1))
        .from_as("directory_group", "g")
        .and_where(Expr::col(("g", "number")).equals(("membership", "group_number")))
        .and_where(Expr::col(("g", "tenant")).equals(("membership", "tenant")))
        .and_where(Expr::col(("g", "deleted_at")).is_null())
        .take();
    let all = of_tenant(tenant)
        .filter(Column::UserNumber.eq(user.get()))
        .filter(Expr::exists(live));
    let found = list::stretch(db, all, |all| all.order_by_asc(Column::GroupNumber), window).await?;
    shown(db, tenant, found).await
}

/// The membership of one user in a group.
pub async fn view(
    db: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    user: UserNumber,
) -> Result<Option<MemberView>> {
    let one = of_tenant(tenant)
        .filter(Column::GroupNumber.eq(group.get()))
        .filter(Column::UserNumber.eq(user.get()));
    let items = db.all(one).await.map_err(internal)?;
    let found = Stretch {
        items,
        has_more: false,
        total: None,
    };
    Ok(shown(db, tenant, found).await?.items.pop())
}

async fn shown(db: &Db, tenant: TenantNumber, found: Stretch<Model>) -> Result<Stretch<MemberView>> {
    let items = memberships(found.items)?;
    let of: Vec<UserNumber> = items.iter().map(|membership| membership.user).collect();
    let active = users::active_among(db, tenant, &of).await?;
    let view = |membership: Membership| MemberView {
        active: active.contains(&membership.user),
        membership,
    };
    Ok(Stretch {
        items: items.into_iter().map(view).collect(),
        has_more: found.has_more,
        total: found.total,
    })
}

/// The memberships that these users have in the group, by user, locked until the unit ends. What it costs does not
/// depend on the size of the group.
pub async fn among(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    users: &[UserNumber],
) -> Result<Vec<Membership>> {
    let mut found = Vec::with_capacity(users.len());
    for list in in_lists(&numbers(users)) {
        let select = of_tenant(tenant)
            .filter(Column::GroupNumber.eq(group.get()))
            .filter(Column::UserNumber.is_in(list))
            .lock_exclusive();
        found.extend(memberships(tx.all(select).await.map_err(internal)?)?);
    }
    found.sort_by_key(|membership| membership.user);
    found.dedup();
    Ok(found)
}

/// Makes memberships; none of them may exist.
pub async fn insert(tx: &Db, tenant: TenantNumber, memberships: &[Membership]) -> Result<()> {
    let rows = memberships
        .iter()
        .map(|membership| ActiveModel {
            tenant: Set(tenant.get()),
            group_number: Set(membership.group.get()),
            user_number: Set(membership.user.get()),
            excluded: Set(membership.excluded),
            is_parent: Set(membership.is_parent),
        })
        .collect();
    insert_all(tx, rows).await.map_err(internal)
}

/// Excludes or includes users who all have a membership in the group.
pub async fn set_excluded(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    users: &[UserNumber],
    excluded: bool,
) -> Result<()> {
    let mut changed = 0;
    for list in in_lists(&numbers(users)) {
        changed += in_group(tenant, group)
            .col_expr(Column::Excluded, Expr::value(excluded))
            .filter(Column::UserNumber.is_in(list))
            .exec(tx)
            .await
            .map_err(internal)?
            .rows_affected;
    }
    affected("exclude or include members", users.len(), changed)
}

/// Makes the group the user's parent, or takes that back. A user has one parent at most: take it from the old one first.
pub async fn set_parent(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    user: UserNumber,
    is_parent: bool,
) -> Result<()> {
    let done = in_group(tenant, group)
        .col_expr(Column::IsParent, Expr::value(is_parent))
        .filter(Column::UserNumber.eq(user.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("mark a membership as parent", 1, done.rows_affected)
}

/// Ends the memberships of users who all have one in the group.
pub async fn delete(tx: &Db, tenant: TenantNumber, group: GroupNumber, users: &[UserNumber]) -> Result<()> {
    let mut removed = 0;
    for list in in_lists(&numbers(users)) {
        removed += Entity::delete_many()
            .filter(Column::GroupNumber.eq(group.get()))
            .filter(Column::UserNumber.is_in(list))
            .filter(Column::Tenant.eq(tenant.get()))
            .exec(tx)
            .await
            .map_err(internal)?
            .rows_affected;
    }
    affected("end memberships", users.len(), removed)
}

/// The members of these groups that are not excluded, each group's by number. Groups without any are left out.
///
/// Reads all of them: how many there are is known beforehand from the groups' counts of members.
pub async fn users(
    db: &Db,
    tenant: TenantNumber,
    groups: &[GroupNumber],
    parts: UserParts,
) -> Result<HashMap<GroupNumber, Vec<UserView>>> {
    let groups: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let mut pairs = Vec::new();
    for list in in_lists(&groups) {
        let select = Query::select()
            .columns(Pair::COLUMNS.iter().copied())
            .from("membership")
            .and_where(Expr::col("group_number").is_in(list))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("excluded").eq(false))
            .order_by("group_number", Order::Asc)
            .order_by("user_number", Order::Asc)
            .take();
        for pair in db.all_as::<Pair>(&select).await.map_err(internal)? {
            pairs.push((group_number(pair.group_number)?, user_number(pair.user_number)?));
        }
    }
    let members: Vec<UserNumber> = pairs.iter().map(|(_, user)| *user).collect();
    let views = users::views(db, tenant, &members, parts).await?;
    let views: HashMap<UserNumber, UserView> =
        views.into_iter().map(|view| (view.user.number, view)).collect();
    let mut found: HashMap<GroupNumber, Vec<UserView>> = HashMap::new();
    for (group, user) in pairs {
        if let Some(view) = views.get(&user) {
            found.entry(group).or_default().push(view.clone());
        }
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Member {
    group_number: i64,
    id: Uuid,
}

from_row!(Member { group_number, id });

/// The ids of the members of these groups that are not excluded, each group's by user number. Groups without any are
/// left out. As [`users`], it reads all of them.
pub async fn ids(
    db: &Db,
    tenant: TenantNumber,
    groups: &[GroupNumber],
) -> Result<HashMap<GroupNumber, Vec<UserId>>> {
    let groups: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let same = Expr::col(("u", "number"))
        .equals(("m", "user_number"))
        .and(Expr::col(("u", "tenant")).equals(("m", "tenant")));
    let mut found: HashMap<GroupNumber, Vec<UserId>> = HashMap::new();
    for list in in_lists(&groups) {
        let select = Query::select()
            .column(("m", "group_number"))
            .column(("u", "id"))
            .from_as("membership", "m")
            .join_as(JoinType::InnerJoin, "user_account", "u", same.clone())
            .and_where(Expr::col(("m", "tenant")).eq(tenant.get()))
            .and_where(Expr::col(("m", "group_number")).is_in(list))
            .and_where(Expr::col(("m", "excluded")).eq(false))
            .order_by(("m", "group_number"), Order::Asc)
            .order_by(("m", "user_number"), Order::Asc)
            .take();
        for row in db.all_as::<Member>(&select).await.map_err(internal)? {
            let group = group_number(row.group_number)?;
            found.entry(group).or_default().push(UserId(row.id));
        }
    }
    Ok(found)
}

fn numbers(users: &[UserNumber]) -> Vec<i64> {
    users.iter().map(|user| user.get()).collect()
}

fn of_tenant(tenant: TenantNumber) -> Select<Entity> {
    Entity::find().filter(Column::Tenant.eq(tenant.get()))
}

fn in_group(tenant: TenantNumber, group: GroupNumber) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::GroupNumber.eq(group.get()))
        .filter(Column::Tenant.eq(tenant.get()))
}

pub(crate) fn memberships(rows: Vec<Model>) -> Result<Vec<Membership>> {
    rows.into_iter()
        .map(|row| {
            Ok(Membership {
                group: group_number(row.group_number)?,
                user: user_number(row.user_number)?,
                excluded: row.excluded,
                is_parent: row.is_parent,
            })
        })
        .collect()
}

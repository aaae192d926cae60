//! The one group of a user that is his parent.

use super::{Column, Membership, memberships, of_tenant};
use crate::cells::from_row;
use crate::db::Db;
use crate::faults::internal;
use crate::rows::{group_number, in_lists, user_number};
use model::Result;
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QuerySelect};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Row {
    user_number: i64,
    group_number: i64,
}

from_row!(Row {
    user_number,
    group_number,
});

/// The membership that is the user's parent, locked until the unit ends; also one in the recycle bin.
pub async fn parent(tx: &Db, tenant: TenantNumber, user: UserNumber) -> Result<Option<Membership>> {
    let select = of_tenant(tenant)
        .filter(Column::UserNumber.eq(user.get()))
        .filter(Column::IsParent.eq(true))
        .lock_exclusive();
    let row = tx.one(select).await.map_err(internal)?;
    Ok(memberships(row.into_iter().collect())?.pop())
}

/// The parents of these users that they are shown with. Users without one are left out.
pub async fn parents(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
) -> Result<HashMap<UserNumber, GroupNumber>> {
    let users: Vec<i64> = users.iter().map(|user| user.get()).collect();
    let same = Expr::col(("g", "number"))
        .equals(("m", "group_number"))
        .and(Expr::col(("g", "tenant")).equals(("m", "tenant")));
    let mut found = HashMap::new();
    for list in in_lists(&users) {
        let select = Query::select()
            .columns([("m", "user_number"), ("m", "group_number")])
            .from_as("membership", "m")
            .join_as(JoinType::InnerJoin, "directory_group", "g", same.clone())
            .and_where(Expr::col(("m", "user_number")).is_in(list))
            .and_where(Expr::col(("m", "is_parent")).eq(true))
            .and_where(Expr::col(("m", "tenant")).eq(tenant.get()))
            .and_where(Expr::col(("m", "excluded")).eq(false))
            .and_where(Expr::col(("g", "deleted_at")).is_null())
            .take();
        for row in db.all_as::<Row>(&select).await.map_err(internal)? {
            found.insert(user_number(row.user_number)?, group_number(row.group_number)?);
        }
    }
    Ok(found)
}

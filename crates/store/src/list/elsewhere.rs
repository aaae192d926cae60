//! Conditions of lists that look at other tables than the listed one.

use crate::external_ids::Owner;
use model::ids::TenantNumber;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement, SimpleExpr};

/// The object has an external identifier with this value, from this source, or both.
pub fn identified(
    owner: &Owner,
    tenant: TenantNumber,
    value: Option<&str>,
    source: Option<&str>,
) -> SimpleExpr {
    let mut held = Query::select()
        .column(owner.number)
        .from(owner.table)
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .take();
    if let Some(value) = value {
        held.and_where(Expr::col("value").eq(value));
    }
    if let Some(source) = source {
        held.and_where(Expr::col("source").eq(source));
    }
    Expr::col("number").in_subquery(held)
}

/// The group is shown without a parent: it has none, or one in the recycle bin.
pub fn top() -> SimpleExpr {
    let parent = Query::select()
        .expr(Expr::val(1))
        .from_as("directory_group", "p")
        .and_where(Expr::col(("p", "number")).equals(("directory_group", "parent")))
        .and_where(Expr::col(("p", "tenant")).equals(("directory_group", "tenant")))
        .and_where(Expr::col(("p", "deleted_at")).is_null())
        .take();
    Expr::exists(parent).not()
}

/// The group is the user's parent.
pub fn child_of(tenant: TenantNumber, group: i64) -> SimpleExpr {
    let children = parent_rows()
        .column(("m", "user_number"))
        .and_where(Expr::col(("m", "tenant")).eq(tenant.get()))
        .and_where(Expr::col(("m", "group_number")).eq(group))
        .take();
    Expr::col("number").in_subquery(children)
}

/// The user is shown without a parent.
pub fn nobodys_child() -> SimpleExpr {
    let own = parent_rows()
        .expr(Expr::val(1))
        .and_where(Expr::col(("m", "user_number")).equals(("user_account", "number")))
        .and_where(Expr::col(("m", "tenant")).equals(("user_account", "tenant")))
        .take();
    Expr::exists(own).not()
}

/// The memberships `m` that are shown as a user's parent.
fn parent_rows() -> SelectStatement {
    let same = Expr::col(("g", "number"))
        .equals(("m", "group_number"))
        .and(Expr::col(("g", "tenant")).equals(("m", "tenant")));
    Query::select()
        .from_as("membership", "m")
        .join_as(JoinType::InnerJoin, "directory_group", "g", same)
        .and_where(Expr::col(("m", "is_parent")).eq(true))
        .and_where(Expr::col(("m", "excluded")).eq(false))
        .and_where(Expr::col(("g", "deleted_at")).is_null())
        .take()
}

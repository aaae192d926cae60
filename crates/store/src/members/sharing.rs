//! The users who share groups of one type with somebody.

use crate::cells::from_row;
use crate::db::Db;
use crate::faults::internal;
use crate::rows::user_number;
use model::Result;
use model::group_types::Person;
use model::ids::{GroupTypeNumber, TenantNumber, UserNumber};
use model::text;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};

#[derive(FromQueryResult)]
struct Row {
    user_number: i64,
}

from_row!(Row { user_number });

/// Whether there is such a user.
pub async fn exists(db: &Db, tenant: TenantNumber, person: &Person) -> Result<bool> {
    let mut select = named(tenant, person);
    let found = db.all_as::<Row>(select.limit(1)).await.map_err(internal)?;
    Ok(!found.is_empty())
}

/// The members, not excluded, of the live groups of this type, and of this name if one is given, that such a user is
/// in himself; `most` of them, in no order. With `untyped` groups without a type that have a name count as well.
pub async fn sharing(
    db: &Db,
    tenant: TenantNumber,
    person: &Person,
    of: GroupTypeNumber,
    untyped: bool,
    name: Option<&str>,
    most: u64,
) -> Result<Vec<UserNumber>> {
    let group = Expr::col(("g", "number"))
        .equals(("own", "group_number"))
        .and(Expr::col(("g", "tenant")).equals(("own", "tenant")));
    let other = Expr::col(("m", "group_number"))
        .equals(("own", "group_number"))
        .and(Expr::col(("m", "tenant")).equals(("own", "tenant")));
    let mut wanted = Expr::col(("g", "group_type")).eq(of.get());
    if untyped {
        let named = Expr::col(("g", "name_folded")).gt("");
        wanted = wanted.or(Expr::col(("g", "group_type")).is_null().and(named));
    }
    let mut select = Query::select()
        .distinct()
        .column(("m", "user_number"))
        .from_as("membership", "own")
        .join_as(JoinType::InnerJoin, "directory_group", "g", group)
        .join_as(JoinType::InnerJoin, "membership", "m", other)
        .and_where(Expr::col(("own", "tenant")).eq(tenant.get()))
        .and_where(Expr::col(("own", "user_number")).in_subquery(named(tenant, person)))
        .and_where(Expr::col(("own", "excluded")).eq(false))
        .and_where(wanted)
        .and_where(Expr::col(("g", "deleted_at")).is_null())
        .and_where(Expr::col(("m", "excluded")).eq(false))
        .limit(most)
        .take();
    if let Some(name) = name {
        select.and_where(Expr::col(("g", "name_folded")).eq(text::fold(name)));
    }
    let rows = db.all_as::<Row>(&select).await.map_err(internal)?;
    rows.into_iter().map(|row| user_number(row.user_number)).collect()
}

/// The users that are meant.
fn named(tenant: TenantNumber, person: &Person) -> SelectStatement {
    let contact = |table: &'static str, value: &str, kind: Option<&str>| {
        let mut select = Query::select()
            .column("user_number")
            .from(table)
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("value_folded").eq(text::fold(value)))
            .take();
        if let Some(kind) = kind {
            select.and_where(Expr::col("kind_folded").eq(text::fold(kind)));
        }
        select
    };
    match person {
        Person::Number(number) => Query::select()
            .expr_as(Expr::col("number"), "user_number")
            .from("user_account")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("number").eq(number.get()))
            .take(),
        Person::Email { value, kind } => contact("user_email", value, kind.as_deref()),
        Person::Phone { value, kind } => {
            let mut select = contact("user_phone", value, kind.as_deref());
            select.and_where(Expr::col("value").eq(value.as_str()));
            select
        }
    }
}

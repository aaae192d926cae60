//! The groups of types, by name.

use super::rows::number;
use crate::cells::from_row;
use crate::db::Db;
use crate::faults::internal;
use crate::rows::{group_number, in_lists};
use model::Result;
use model::ids::{GroupNumber, GroupTypeNumber, TenantNumber};
use model::text::Name;
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Named {
    group_type: Option<i64>,
    name: String,
}

from_row!(Named { group_type, name });

/// The names of the live groups of all types, or of one, that have members who are not excluded, by type and name;
/// the first `most` of them.
///
/// `untyped` is the type that groups without a type count as: their names come last, if that type is asked for.
pub async fn names(
    db: &Db,
    tenant: TenantNumber,
    of: Option<GroupTypeNumber>,
    untyped: Option<GroupTypeNumber>,
    most: u64,
) -> Result<Vec<(GroupTypeNumber, Name)>> {
    let typed = match of {
        Some(number) => Expr::col("group_type").eq(number.get()),
        None => Expr::col("group_type").is_not_null(),
    };
    let select = with_members(tenant, most)
        .and_where(typed)
        .order_by("group_type", Order::Asc)
        .order_by("name_folded", Order::Asc)
        .take();
    let mut rows = db.all_as::<Named>(&select).await.map_err(internal)?;
    let untyped = untyped.filter(|untyped| of.is_none_or(|of| of == *untyped));
    let left = most.saturating_sub(rows.len() as u64);
    if untyped.is_some() && left > 0 {
        let select = with_members(tenant, left)
            .and_where(Expr::col("group_type").is_null())
            .and_where(Expr::col("name_folded").gt(""))
            .order_by("name_folded", Order::Asc)
            .take();
        rows.extend(db.all_as::<Named>(&select).await.map_err(internal)?);
    }
    let of = |row: &Named| match (row.group_type, untyped) {
        (None, Some(untyped)) => Ok(untyped),
        (of, _) => number(of.unwrap_or_default()),
    };
    rows.into_iter()
        .map(|row| Ok((of(&row)?, Name::stored(row.name))))
        .collect()
}

fn with_members(tenant: TenantNumber, most: u64) -> SelectStatement {
    Query::select()
        .columns(["group_type", "name"])
        .from("directory_group")
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .and_where(Expr::col("deleted_at").is_null())
        .and_where(Expr::col("member_count").gt(0))
        .limit(most)
        .take()
}

#[derive(FromQueryResult)]
struct Folded {
    number: i64,
    name_folded: String,
}

from_row!(Folded { number, name_folded });

/// The live groups of one type that have these names, which are folded already and not empty. Unknown names are left
/// out. With `untyped` the groups without a type count as well: they stand behind the one that has it, by number.
pub async fn groups(
    db: &Db,
    tenant: TenantNumber,
    of: GroupTypeNumber,
    untyped: bool,
    names: &[String],
) -> Result<HashMap<String, Vec<GroupNumber>>> {
    let mut found: HashMap<String, Vec<GroupNumber>> = HashMap::with_capacity(names.len());
    let mut wanted = vec![Expr::col("group_type").eq(of.get())];
    if untyped {
        wanted.push(Expr::col("group_type").is_null());
    }
    for of in wanted {
        for list in in_lists(names) {
            let select = Query::select()
                .columns(["number", "name_folded"])
                .from("directory_group")
                .and_where(Expr::col("tenant").eq(tenant.get()))
                .and_where(of.clone())
                .and_where(Expr::col("name_folded").is_in(list))
                .and_where(Expr::col("deleted_at").is_null())
                .order_by("name_folded", Order::Asc)
                .order_by("number", Order::Asc)
                .take();
            for row in db.all_as::<Folded>(&select).await.map_err(internal)? {
                found
                    .entry(row.name_folded)
                    .or_default()
                    .push(group_number(row.number)?);
            }
        }
    }
    Ok(found)
}

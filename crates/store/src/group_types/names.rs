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
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Named {
    group_type: i64,
    name: String,
}

from_row!(Named { group_type, name });

/// The names of the live groups of all types, or of one, that have members who are not excluded, by type and name;
/// the first `most` of them.
pub async fn names(
    db: &Db,
    tenant: TenantNumber,
    of: Option<GroupTypeNumber>,
    most: u64,
) -> Result<Vec<(GroupTypeNumber, Name)>> {
    let wanted = match of {
        Some(number) => Expr::col("group_type").eq(number.get()),
        None => Expr::col("group_type").is_not_null(),
    };
    let select = Query::select()
        .columns(["group_type", "name"])
        .from("directory_group")
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .and_where(wanted)
        .and_where(Expr::col("deleted_at").is_null())
        .and_where(Expr::col("member_count").gt(0))
        .order_by("group_type", Order::Asc)
        .order_by("name_folded", Order::Asc)
        .limit(most)
        .take();
    let rows = db.all_as::<Named>(&select).await.map_err(internal)?;
    rows.into_iter()
        .map(|row| Ok((number(row.group_type)?, Name::stored(row.name))))
        .collect()
}

#[derive(FromQueryResult)]
struct Folded {
    number: i64,
    name_folded: String,
}

from_row!(Folded { number, name_folded });

/// The live groups of one type that have these names, which are folded already. Unknown names are left out.
pub async fn groups(
    db: &Db,
    tenant: TenantNumber,
    of: GroupTypeNumber,
    names: &[String],
) -> Result<HashMap<String, GroupNumber>> {
    let mut found = HashMap::with_capacity(names.len());
    for list in in_lists(names) {
        let select = Query::select()
            .columns(["number", "name_folded"])
            .from("directory_group")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("group_type").eq(of.get()))
            .and_where(Expr::col("name_folded").is_in(list))
            .and_where(Expr::col("deleted_at").is_null())
            .take();
        for row in db.all_as::<Folded>(&select).await.map_err(internal)? {
            found.insert(row.name_folded, group_number(row.number)?);
        }
    }
    Ok(found)
}

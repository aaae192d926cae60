//! Users by their user names.

use crate::db::Db;
use crate::faults::internal;
use crate::rows::{column, in_lists, user_number};
use model::Result;
use model::ids::{TenantNumber, UserNumber};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use std::collections::HashMap;

/// The users of these names, which are folded already, by folded name. Unknown ones are left out.
pub async fn named(tx: &Db, tenant: TenantNumber, names: &[String]) -> Result<HashMap<String, UserNumber>> {
    let mut found = HashMap::with_capacity(names.len());
    for list in in_lists(names) {
        let select = Query::select()
            .columns(["number", "user_name_folded"])
            .from("user_account")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("user_name_folded").is_in(list))
            .take();
        for row in tx.query_all(&select).await.map_err(internal)? {
            found.insert(
                column(&row, "user_name_folded")?,
                user_number(column(&row, "number")?)?,
            );
        }
    }
    Ok(found)
}

//! The numbers that were given last. A number is never given twice, also when its object is gone.

use crate::db::Db;
use crate::faults::internal;
use crate::rows::column;
use model::Result;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

/// The last number of each kind of object that is counted for the whole server; 0 if there was none yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub tenant: i64,
    pub group_type: i64,
    pub user: i64,
    pub group: i64,
    pub credential: i64,
}

/// The tables, in the order of the members.
const TABLES: [&str; 5] = [
    "tenant",
    "group_type",
    "user_account",
    "directory_group",
    "credential",
];
/// Where SQLite keeps them.
const COUNTERS: &str = "sqlite_sequence";

pub async fn last_numbers(db: &Db) -> Result<Numbers> {
    let mut last = [0; TABLES.len()];
    for (last, table) in last.iter_mut().zip(TABLES) {
        *last = counter(db, table).await?.unwrap_or_default();
    }
    let [tenant, group_type, user, group, credential] = last;
    Ok(Numbers {
        tenant,
        group_type,
        user,
        group,
        credential,
    })
}

/// Sees to it that the next numbers are higher than these. They must not exceed what their columns hold.
pub async fn raise_numbers(tx: &Db, to: &Numbers) -> Result<()> {
    let wanted = [to.tenant, to.group_type, to.user, to.group, to.credential];
    for (wanted, table) in wanted.into_iter().zip(TABLES) {
        match counter(tx, table).await? {
            Some(last) if last >= wanted => {}
            Some(_) => {
                let update = Query::update()
                    .table(COUNTERS)
                    .value("seq", wanted)
                    .and_where(Expr::col("name").eq(table))
                    .take();
                tx.execute(&update).await.map_err(internal)?;
            }
            None => {
                let insert = Query::insert()
                    .into_table(COUNTERS)
                    .columns(["name", "seq"])
                    .values_panic([table.into(), wanted.into()])
                    .take();
                tx.execute(&insert).await.map_err(internal)?;
            }
        }
    }
    Ok(())
}

async fn counter(db: &Db, table: &str) -> Result<Option<i64>> {
    // The cast gives the column a type, which it lacks.
    let select = Query::select()
        .expr_as(Expr::col("seq").add(0), "seq")
        .from(COUNTERS)
        .and_where(Expr::col("name").eq(table))
        .take();
    let row = db.query_one(&select).await.map_err(internal)?;
    row.map(|row| column(&row, "seq")).transpose()
}

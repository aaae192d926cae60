//! Refresh tokens that were given back: refused although they have not expired. Known by digest only.

use crate::db::Db;
use crate::faults::internal;
use model::{Instant, Result};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

const TABLE: &str = "refused_token";

/// Refuses the token with this digest until it expires. One that is refused already stays so.
pub async fn insert(tx: &Db, digest: &[u8; 32], expires_at: Instant) -> Result<()> {
    let insert = Query::insert()
        .into_table(TABLE)
        .columns(["digest", "expires_at"])
        .values_panic([digest.to_vec().into(), expires_at.into()])
        .on_conflict(OnConflict::column("digest").do_nothing().to_owned())
        .take();
    tx.execute(&insert).await.map(drop).map_err(internal)
}

/// Is the token with this digest refused?
pub async fn contains(db: &Db, digest: &[u8; 32]) -> Result<bool> {
    let select = Query::select()
        .column("expires_at")
        .from(TABLE)
        .and_where(Expr::col("digest").eq(digest.to_vec()))
        .take();
    Ok(db.query_one(&select).await.map_err(internal)?.is_some())
}

/// Forgets the tokens that have expired by `now`, which are refused anyway.
pub async fn remove_expired(tx: &Db, now: Instant) -> Result<()> {
    let delete = Query::delete()
        .from_table(TABLE)
        .and_where(Expr::col("expires_at").lte(now))
        .take();
    tx.execute(&delete).await.map(drop).map_err(internal)
}

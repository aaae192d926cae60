//! External identifiers of users and of groups: two tables of one shape.

use crate::cells::from_row;
use crate::db::Db;
use crate::faults::{GROUP_EXTERNAL_ID, USER_EXTERNAL_ID, UniqueKey, affected, expecting, internal};
use crate::rows::{column, in_lists};
use model::Result;
use model::groups::ExternalId;
use model::ids::TenantNumber;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;

/// One of the two tables.
pub(crate) struct Owner {
    pub table: &'static str,
    /// The column with the number of the user or group.
    pub number: &'static str,
    taken: UniqueKey,
}

pub(crate) const USER: Owner = Owner {
    table: "user_external_id",
    number: "user_number",
    taken: USER_EXTERNAL_ID,
};

pub(crate) const GROUP: Owner = Owner {
    table: "group_external_id",
    number: "group_number",
    taken: GROUP_EXTERNAL_ID,
};

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    source: String,
    value: String,
}

from_row!(Row {
    number,
    source,
    value,
});

impl Owner {
    /// All identifiers of these objects, each object's by source.
    pub async fn read(
        &self,
        db: &Db,
        tenant: TenantNumber,
        numbers: &[i64],
    ) -> Result<HashMap<i64, Vec<ExternalId>>> {
        let mut found: HashMap<i64, Vec<ExternalId>> = HashMap::new();
        for list in in_lists(numbers) {
            let select = Query::select()
                .expr_as(Expr::col(self.number), "number")
                .columns(["source", "value"])
                .from(self.table)
                .and_where(Expr::col(self.number).is_in(list))
                .and_where(Expr::col("tenant").eq(tenant.get()))
                .order_by(self.number, Order::Asc)
                .order_by("source", Order::Asc)
                .take();
            for row in db.all_as::<Row>(&select).await.map_err(internal)? {
                let (source, value) = (row.source, row.value);
                found
                    .entry(row.number)
                    .or_default()
                    .push(ExternalId { source, value });
            }
        }
        Ok(found)
    }

    /// Gives the object this identifier, in place of the one it had from the same source.
    pub async fn put(&self, tx: &Db, tenant: TenantNumber, number: i64, id: &ExternalId) -> Result<()> {
        let insert = Query::insert()
            .into_table(self.table)
            .columns(["tenant", self.number, "source", "value"])
            .values_panic([
                tenant.get().into(),
                number.into(),
                id.source.as_str().into(),
                id.value.as_str().into(),
            ])
            .on_conflict(
                OnConflict::columns(["tenant", self.number, "source"])
                    .update_column("value")
                    .to_owned(),
            )
            .take();
        tx.execute(&insert)
            .await
            .map(drop)
            .map_err(expecting(&[self.taken]))
    }

    /// Takes the identifier of this source away; it has to be there.
    pub async fn remove(&self, tx: &Db, tenant: TenantNumber, number: i64, source: &str) -> Result<()> {
        let delete = Query::delete()
            .from_table(self.table)
            .and_where(Expr::col(self.number).eq(number))
            .and_where(Expr::col("source").eq(source))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .take();
        let done = tx.execute(&delete).await.map_err(internal)?;
        affected("remove an external identifier", 1, done.rows_affected())
    }

    /// Takes all identifiers of an object away.
    pub async fn clear(&self, tx: &Db, tenant: TenantNumber, number: i64) -> Result<()> {
        let delete = Query::delete()
            .from_table(self.table)
            .and_where(Expr::col(self.number).eq(number))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .take();
        tx.execute(&delete).await.map(drop).map_err(internal)
    }

    /// The number of the object with this identifier.
    pub async fn find(&self, db: &Db, tenant: TenantNumber, id: &ExternalId) -> Result<Option<i64>> {
        let select = Query::select()
            .column(self.number)
            .from(self.table)
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("source").eq(id.source.as_str()))
            .and_where(Expr::col("value").eq(id.value.as_str()))
            .take();
        let row = db.query_one(&select).await.map_err(internal)?;
        row.map(|row| column(&row, self.number)).transpose()
    }
}

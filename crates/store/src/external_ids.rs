//! External identifiers of users and of groups: two tables of one shape.

use crate::cells::from_row;
use crate::db::Db;
use crate::faults::{GROUP_EXTERNAL_ID, USER_EXTERNAL_ID, UniqueKey, affected, expecting, internal};
use crate::rows::{column, in_lists};
use model::error::Kind;
use model::groups::ExternalId;
use model::ids::TenantNumber;
use model::lookup::{Lookup, LookupBy};
use model::{Error, Result, text};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;

/// One of the two tables.
pub(crate) struct Owner {
    pub table: &'static str,
    /// The column with the number of the user or group.
    pub number: &'static str,
    taken: UniqueKey,
    kind: Kind,
    /// The table of the users or groups themselves, and its column with the folded language.
    objects: &'static str,
    language: &'static str,
    /// Its column that says since when an object is hidden, if it has one.
    hidden: Option<&'static str>,
}

pub(crate) const USER: Owner = Owner {
    table: "user_external_id",
    number: "user_number",
    taken: USER_EXTERNAL_ID,
    kind: Kind::User,
    objects: "user_account",
    language: "locale_folded",
    hidden: None,
};

pub(crate) const GROUP: Owner = Owner {
    table: "group_external_id",
    number: "group_number",
    taken: GROUP_EXTERNAL_ID,
    kind: Kind::Group,
    objects: "directory_group",
    language: "language_folded",
    hidden: Some("deleted_at"),
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

    /// The number of the one visible object that is looked up. Several are [`Error::Ambiguous`].
    pub async fn lookup(&self, db: &Db, tenant: TenantNumber, lookup: &Lookup) -> Result<Option<i64>> {
        let mut select = match &lookup.by {
            LookupBy::Number(number) => self.numbered(tenant, *number, lookup.source.as_deref()),
            LookupBy::External(value) => self.identified(tenant, value, lookup.source.as_deref()),
        };
        if let Some(language) = &lookup.language {
            select.and_where(Expr::col(("o", self.language)).eq(text::fold(language)));
        }
        if let Some(hidden) = self.hidden {
            select.and_where(Expr::col(("o", hidden)).is_null());
        }
        let rows = db.query_all(&select).await.map_err(internal)?;
        match rows.as_slice() {
            [] => Ok(None),
            [row] => column(row, "number").map(Some),
            _ => Err(Error::Ambiguous {
                kind: self.kind,
                key: lookup.key(),
            }),
        }
    }

    /// The object of a number, if it has an identifier from that source.
    fn numbered(&self, tenant: TenantNumber, number: i64, source: Option<&str>) -> SelectStatement {
        let mut select = Query::select()
            .column(("o", "number"))
            .from_as(self.objects, "o")
            .and_where(Expr::col(("o", "number")).eq(number))
            .and_where(Expr::col(("o", "tenant")).eq(tenant.get()))
            .take();
        if let Some(source) = source {
            let held = Query::select()
                .expr(Expr::val(1))
                .from(self.table)
                .and_where(Expr::col("tenant").eq(tenant.get()))
                .and_where(Expr::col(self.number).eq(number))
                .and_where(Expr::col("source").eq(source))
                .take();
            select.and_where(Expr::exists(held));
        }
        select
    }

    /// The objects that have this identifier, from that source or from any: two of them at most.
    fn identified(&self, tenant: TenantNumber, value: &str, source: Option<&str>) -> SelectStatement {
        let same = Expr::col(("o", "number"))
            .equals(("e", self.number))
            .and(Expr::col(("o", "tenant")).equals(("e", "tenant")));
        let mut select = Query::select()
            .distinct()
            .column(("o", "number"))
            .from_as(self.table, "e")
            .join_as(JoinType::InnerJoin, self.objects, "o", same)
            .and_where(Expr::col(("e", "tenant")).eq(tenant.get()))
            .and_where(Expr::col(("e", "value")).eq(value))
            .limit(2)
            .take();
        if let Some(source) = source {
            select.and_where(Expr::col(("e", "source")).eq(source));
        }
        select
    }
}

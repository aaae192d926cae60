//! E-mail addresses and phone numbers: two tables of one shape.

use crate::cells::{FromRow, from_row};
use crate::db::Db;
use crate::faults::internal;
use crate::rows::in_lists;
use model::ids::TenantNumber;
use model::users::Contact;
use model::{Result, text};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;

pub const EMAILS: Contacts = Contacts("user_email");
pub const PHONES: Contacts = Contacts("user_phone");

/// One of the two tables.
pub struct Contacts(&'static str);

#[derive(FromQueryResult)]
struct Row {
    user_number: i64,
    value: String,
    kind: String,
    is_primary: bool,
}

from_row!(Row {
    user_number,
    value,
    kind,
    is_primary,
});

impl Contacts {
    /// All contacts of these users, in the order in which they were given.
    pub async fn read(
        &self,
        db: &Db,
        tenant: TenantNumber,
        users: &[i64],
    ) -> Result<HashMap<i64, Vec<Contact>>> {
        let mut found: HashMap<i64, Vec<Contact>> = HashMap::new();
        for list in in_lists(users) {
            let select = Query::select()
                .columns(Row::COLUMNS.iter().copied())
                .from(self.0)
                .and_where(Expr::col("user_number").is_in(list))
                .and_where(Expr::col("tenant").eq(tenant.get()))
                .order_by("user_number", Order::Asc)
                .order_by("position", Order::Asc)
                .take();
            for row in db.all_as::<Row>(&select).await.map_err(internal)? {
                found.entry(row.user_number).or_default().push(Contact {
                    value: row.value,
                    kind: row.kind,
                    primary: row.is_primary,
                });
            }
        }
        Ok(found)
    }

    /// Gives a user these contacts in place of all that he had.
    pub async fn replace(
        &self,
        tx: &Db,
        tenant: TenantNumber,
        user: i64,
        before: &[Contact],
        after: &[Contact],
    ) -> Result<()> {
        if before == after {
            return Ok(());
        }
        if !before.is_empty() {
            self.clear(tx, tenant, user).await?;
        }
        for (position, contact) in (0_i64..).zip(after) {
            let insert = Query::insert()
                .into_table(self.0)
                .columns([
                    "tenant",
                    "user_number",
                    "position",
                    "value",
                    "value_folded",
                    "kind",
                    "kind_folded",
                    "is_primary",
                ])
                .values_panic([
                    tenant.get().into(),
                    user.into(),
                    position.into(),
                    contact.value.as_str().into(),
                    text::fold(&contact.value).into(),
                    contact.kind.as_str().into(),
                    text::fold(&contact.kind).into(),
                    contact.primary.into(),
                ])
                .take();
            tx.execute(&insert).await.map_err(internal)?;
        }
        Ok(())
    }

    /// Takes all contacts of a user away.
    pub async fn clear(&self, tx: &Db, tenant: TenantNumber, user: i64) -> Result<()> {
        let delete = Query::delete()
            .from_table(self.0)
            .and_where(Expr::col("user_number").eq(user))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .take();
        tx.execute(&delete).await.map(drop).map_err(internal)
    }
}

//! Who calls with a credential, as it is now: read on every request, by one statement.

use super::{TABLE, bound_user};
use crate::cells::from_row;
use crate::db::Db;
use crate::faults::{inconsistent, internal};
use crate::rows::{actor, tenant_number};
use model::ids::{CredentialNumber, TenantNumber};
use model::{Access, Caller, Result};
use sea_orm::FromQueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    tenant: i64,
    client_id: String,
    access: String,
    user_number: Option<i64>,
    id: Option<Uuid>,
}

from_row!(Row {
    number,
    tenant,
    client_id,
    access,
    user_number,
    id,
});

/// Who calls with this credential. None if it is unknown or revoked.
pub async fn caller(db: &Db, number: CredentialNumber) -> Result<Option<Caller>> {
    let mut select = callers();
    select.and_where(Expr::col((TABLE, "number")).eq(number.get()));
    one(db, &select).await
}

/// Who calls with this secret of the tenant. None if no credential has it, or one that is revoked.
pub async fn caller_by_secret(db: &Db, tenant: TenantNumber, lookup: &[u8; 32]) -> Result<Option<Caller>> {
    let owner = Expr::col(("s", "credential_number"))
        .equals((TABLE, "number"))
        .and(Expr::col(("s", "tenant")).equals((TABLE, "tenant")));
    let mut select = callers();
    select
        .join_as(JoinType::InnerJoin, "credential_secret", "s", owner)
        .and_where(Expr::col(("s", "tenant")).eq(tenant.get()))
        .and_where(Expr::col(("s", "lookup")).eq(lookup.to_vec()));
    one(db, &select).await
}

fn callers() -> SelectStatement {
    Query::select()
        .columns([
            (TABLE, "number"),
            (TABLE, "tenant"),
            (TABLE, "client_id"),
            (TABLE, "access"),
            (TABLE, "user_number"),
        ])
        .column(("u", "id"))
        .from(TABLE)
        .join_as(JoinType::LeftJoin, "user_account", "u", bound_user())
        .and_where(Expr::col((TABLE, "revoked_at")).is_null())
        .take()
}

async fn one(db: &Db, select: &SelectStatement) -> Result<Option<Caller>> {
    let found = db.all_as::<Row>(select).await.map_err(internal)?.pop();
    let Some(row) = found else {
        return Ok(None);
    };
    let wrong = |column| inconsistent(TABLE, column, row.number);
    Ok(Some(Caller {
        tenant: tenant_number(row.tenant)?,
        credential: CredentialNumber::new(row.number).ok_or_else(|| wrong("number"))?,
        access: Access::parse(&row.access).ok_or_else(|| wrong("access"))?,
        actor: actor(row.client_id, row.user_number, row.id),
    }))
}

//! Credentials and their secrets. Digests and boxes of secrets are made by the directory; here they are bytes.

mod callers;

pub use callers::{caller, caller_by_secret};

use crate::access_tokens;
use crate::db::Db;
use crate::entities::{credential, credential_secret};
use crate::faults::{CREDENTIAL_CLIENT_ID, CREDENTIAL_SECRET, affected, expecting, inconsistent, internal};
use crate::rows::{column, insert_all, tenant_number, unnumbered};
use model::credentials::Credential;
use model::ids::{CredentialNumber, TenantNumber, UserId, UserNumber};
use model::{Access, Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, LockType, Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult};

const TABLE: &str = "credential";

/// A credential that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialDraft {
    pub tenant: TenantNumber,
    /// 1 to 255 characters, unique in the server.
    pub client_id: String,
    pub access: Access,
    /// A user of the same tenant.
    pub user: Option<UserNumber>,
    pub at: Instant,
}

/// A secret as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSecret {
    /// HMAC-SHA256 under the server's key, unique per tenant.
    pub lookup: [u8; 32],
    /// The secret itself, sealed; at most 4096 bytes.
    pub sealed: Vec<u8>,
    pub created_at: Instant,
}

/// Makes a credential. A client id or secret that is taken is [`model::Error::Exists`].
pub async fn insert(tx: &Db, draft: CredentialDraft, secrets: &[StoredSecret]) -> Result<Credential> {
    let row = credential::ActiveModel {
        number: unnumbered(),
        tenant: Set(draft.tenant.get()),
        client_id: Set(draft.client_id.clone()),
        access: Set(draft.access.as_str().to_owned()),
        user_number: Set(draft.user.map(UserNumber::get)),
        created_at: Set(draft.at),
        revoked_at: Set(None),
    };
    let inserted = credential::Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[CREDENTIAL_CLIENT_ID]))?;
    let rows = secrets
        .iter()
        .map(|secret| credential_secret::ActiveModel {
            number: unnumbered(),
            tenant: Set(draft.tenant.get()),
            credential_number: Set(inserted.last_insert_id),
            lookup: Set(secret.lookup.to_vec()),
            sealed: Set(secret.sealed.clone()),
            created_at: Set(secret.created_at),
        })
        .collect();
    insert_all(tx, rows)
        .await
        .map_err(expecting(&[CREDENTIAL_SECRET]))?;
    let select = select(Expr::col((TABLE, "number")).eq(inserted.last_insert_id));
    let made = read(tx, &select).await?.pop();
    made.ok_or_else(|| inconsistent(TABLE, "number", inserted.last_insert_id))
}

/// All credentials, or a tenant's, revoked ones too, by number.
pub async fn list(db: &Db, tenant: Option<TenantNumber>) -> Result<Vec<Credential>> {
    let condition = match tenant {
        Some(tenant) => Expr::col((TABLE, "tenant")).eq(tenant.get()),
        None => Expr::val(true),
    };
    read(db, &select(condition)).await
}

/// The credential with this client id, even if it is revoked.
pub async fn find(db: &Db, client_id: &str) -> Result<Option<Credential>> {
    let select = select(Expr::col((TABLE, "client_id")).eq(client_id));
    Ok(read(db, &select).await?.pop())
}

/// As [`find`], locked until the unit ends.
pub async fn lock(tx: &Db, client_id: &str) -> Result<Option<Credential>> {
    let mut select = select(Expr::col((TABLE, "client_id")).eq(client_id));
    // Only this table: PostgreSQL cannot lock the outer side of a join.
    select.lock_with_tables(LockType::Update, [TABLE]);
    Ok(read(tx, &select).await?.pop())
}

/// The credential of this tenant with this secret, even if it is revoked.
pub async fn by_secret(db: &Db, tenant: TenantNumber, lookup: &[u8; 32]) -> Result<Option<Credential>> {
    let owner = Query::select()
        .column("credential_number")
        .from("credential_secret")
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .and_where(Expr::col("lookup").eq(lookup.to_vec()))
        .take();
    let select = select(Expr::col((TABLE, "number")).in_subquery(owner));
    Ok(read(db, &select).await?.pop())
}

/// The credential's valid secrets, oldest first.
pub async fn secrets(db: &Db, number: CredentialNumber) -> Result<Vec<StoredSecret>> {
    let valid = credential_secret::Entity::find()
        .filter(credential_secret::Column::CredentialNumber.eq(number.get()));
    let mut rows = db.all(valid).await.map_err(internal)?;
    rows.sort_by_key(|row| row.number);
    rows.into_iter()
        .map(|row| {
            let lookup = row.lookup.as_slice().try_into();
            Ok(StoredSecret {
                lookup: lookup.map_err(|_| inconsistent("credential_secret", "lookup", row.number))?,
                sealed: row.sealed,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// Revokes the credential, which must not be revoked yet, and forgets its secrets and access tokens.
pub async fn revoke(tx: &Db, number: CredentialNumber, at: Instant) -> Result<()> {
    credential_secret::Entity::delete_many()
        .filter(credential_secret::Column::CredentialNumber.eq(number.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    access_tokens::remove_of(tx, number).await?;
    let done = credential::Entity::update_many()
        .col_expr(credential::Column::RevokedAt, Expr::value(at))
        .filter(credential::Column::Number.eq(number.get()))
        .filter(credential::Column::RevokedAt.is_null())
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("revoke a credential", 1, done.rows_affected)
}

/// The credentials bound to this user that are not revoked, by number.
pub async fn bound_to(tx: &Db, tenant: TenantNumber, user: UserNumber) -> Result<Vec<Credential>> {
    let bound = Expr::col((TABLE, "tenant"))
        .eq(tenant.get())
        .and(Expr::col((TABLE, "user_number")).eq(user.get()))
        .and(Expr::col((TABLE, "revoked_at")).is_null());
    read(tx, &select(bound)).await
}

/// Revoked credentials let go of a user who is about to be deleted.
pub async fn unbind(tx: &Db, tenant: TenantNumber, user: UserNumber) -> Result<()> {
    credential::Entity::update_many()
        .col_expr(credential::Column::UserNumber, Expr::value(None::<i64>))
        .filter(credential::Column::Tenant.eq(tenant.get()))
        .filter(credential::Column::UserNumber.eq(user.get()))
        .filter(credential::Column::RevokedAt.is_not_null())
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

fn bound_user() -> SimpleExpr {
    Expr::col(("u", "number"))
        .equals((TABLE, "user_number"))
        .and(Expr::col(("u", "tenant")).equals((TABLE, "tenant")))
}

fn select(condition: SimpleExpr) -> SelectStatement {
    let secrets = Query::select()
        .expr(Expr::col(("s", "number")).count())
        .from_as("credential_secret", "s")
        .and_where(Expr::col(("s", "credential_number")).equals((TABLE, "number")))
        .and_where(Expr::col(("s", "tenant")).equals((TABLE, "tenant")))
        .take();
    Query::select()
        .columns([
            (TABLE, "number"),
            (TABLE, "tenant"),
            (TABLE, "client_id"),
            (TABLE, "access"),
            (TABLE, "created_at"),
            (TABLE, "revoked_at"),
        ])
        .column(("u", "id"))
        .expr_as(SimpleExpr::SubQuery(None, Box::new(secrets.into())), "secrets")
        .from(TABLE)
        .join_as(JoinType::LeftJoin, "user_account", "u", bound_user())
        .and_where(condition)
        .order_by((TABLE, "number"), Order::Asc)
        .take()
}

async fn read(db: &Db, select: &SelectStatement) -> Result<Vec<Credential>> {
    let rows = db.query_all(select).await.map_err(internal)?;
    rows.iter().map(credential).collect()
}

fn credential(row: &QueryResult) -> Result<Credential> {
    let number = credential_number(row)?;
    Ok(Credential {
        number,
        tenant: tenant_number(column(row, "tenant")?)?,
        client_id: column(row, "client_id")?,
        access: access(row, number)?,
        user: column::<Option<uuid::Uuid>>(row, "id")?.map(UserId),
        created_at: column(row, "created_at")?,
        revoked_at: column(row, "revoked_at")?,
        secrets: u32::try_from(column::<i64>(row, "secrets")?).unwrap_or(u32::MAX),
    })
}

fn credential_number(row: &QueryResult) -> Result<CredentialNumber> {
    let number = column(row, "number")?;
    CredentialNumber::new(number).ok_or_else(|| inconsistent(TABLE, "number", number))
}

fn access(row: &QueryResult, number: CredentialNumber) -> Result<Access> {
    let word: String = column(row, "access")?;
    Access::parse(&word).ok_or_else(|| inconsistent(TABLE, "access", number.get()))
}

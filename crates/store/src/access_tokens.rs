//! Opaque access tokens, known by digest only, with the last use that was noted.

use crate::db::Db;
use crate::entities::access_token::{ActiveModel, Column, Entity};
use crate::faults::{inconsistent, internal};
use model::ids::{CredentialNumber, TenantNumber};
use model::{Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A token of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessToken {
    pub credential: CredentialNumber,
    pub last_used_at: Instant,
}

/// Keeps a new token.
pub async fn insert(tx: &Db, tenant: TenantNumber, digest: &[u8; 32], token: AccessToken) -> Result<()> {
    let row = ActiveModel {
        digest: Set(digest.to_vec()),
        tenant: Set(tenant.get()),
        credential_number: Set(token.credential.get()),
        last_used_at: Set(token.last_used_at),
    };
    Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(internal)
}

/// The token with this digest, whether or not it has expired.
pub async fn find(db: &Db, digest: &[u8; 32]) -> Result<Option<AccessToken>> {
    let select = Entity::find().filter(Column::Digest.eq(digest.to_vec()));
    let Some(row) = db.one(select).await.map_err(internal)? else {
        return Ok(None);
    };
    let number = row.credential_number;
    Ok(Some(AccessToken {
        credential: CredentialNumber::new(number)
            .ok_or_else(|| inconsistent("access_token", "credential_number", number))?,
        last_used_at: row.last_used_at,
    }))
}

/// Notes a use, unless a later one is noted already or the token is gone.
pub async fn touch(tx: &Db, digest: &[u8; 32], at: Instant) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(at))
        .filter(Column::Digest.eq(digest.to_vec()))
        .filter(Column::LastUsedAt.lt(at))
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

/// Forgets the tokens whose last use was noted at or before `at`.
pub async fn remove_unused_since(tx: &Db, at: Instant) -> Result<()> {
    Entity::delete_many()
        .filter(Column::LastUsedAt.lte(at))
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

/// Forgets all tokens of a credential.
pub async fn remove_of(tx: &Db, credential: CredentialNumber) -> Result<()> {
    Entity::delete_many()
        .filter(Column::CredentialNumber.eq(credential.get()))
        .exec(tx)
        .await
        .map(drop)
        .map_err(internal)
}

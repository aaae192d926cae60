//! Credentials, with the secrets that a file names.

use crate::credentials::StoredSecret;
use crate::db::Db;
use crate::entities::{credential, credential_secret};
use crate::faults::refused;
use crate::rows::{insert_all, unnumbered};
use model::Result;
use model::credentials::Credential;
use model::ids::UserNumber;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

/// Puts a credential that acts for this user, if for one, with these secrets.
pub async fn put_credential(
    tx: &Db,
    kept: &Credential,
    user: Option<UserNumber>,
    secrets: &[StoredSecret],
) -> Result<()> {
    let row = credential::ActiveModel {
        number: Set(kept.number.get()),
        tenant: Set(kept.tenant.get()),
        client_id: Set(kept.client_id.clone()),
        access: Set(kept.access.as_str().to_owned()),
        user_number: Set(user.map(UserNumber::get)),
        created_at: Set(kept.created_at),
        revoked_at: Set(kept.revoked_at),
    };
    credential::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map_err(refused)?;
    let rows = secrets
        .iter()
        .map(|secret| credential_secret::ActiveModel {
            number: unnumbered(),
            tenant: Set(kept.tenant.get()),
            credential_number: Set(kept.number.get()),
            lookup: Set(secret.lookup.to_vec()),
            sealed: Set(secret.sealed.clone()),
            created_at: Set(secret.created_at),
        })
        .collect();
    insert_all(tx, rows).await.map_err(refused)
}

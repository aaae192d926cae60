//! Opaque access tokens, each good for a while after its last use. Known to the store by digest only; they leave no
//! events.

use crate::{Directory, Secret};
use chrono::Duration;
use model::ids::{CredentialNumber, TenantNumber};
use model::{Caller, Instant, Result};
use store::Db;
use store::access_tokens::AccessToken;

/// How long a token lives after its last use.
pub const LIFE: Duration = Duration::minutes(30);

/// How long after a noted use the next one is noted.
pub const NOTED_EVERY: Duration = Duration::minutes(1);

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub credential: CredentialNumber,
    /// The last use that was noted.
    pub used_at: Instant,
}

/// Whether a token that was last used then is good now.
pub fn is_good(used_at: Instant, now: Instant) -> bool {
    now < used_at + LIFE
}

/// The digest by which a token is known: under the server's key, and never that of a secret.
pub fn digest(directory: &Directory, token: &str) -> [u8; 32] {
    directory.keys().secret_digest(&format!("access token\n{token}"))
}

/// Draws and keeps a token for a verified caller; forgets those that have expired.
pub async fn issue(directory: &Directory, caller: &Caller) -> Result<(Secret, Known)> {
    let token = Secret::draw(directory.ids())?;
    let digest = digest(directory, token.reveal());
    let known = Known {
        credential: caller.credential,
        used_at: directory.now(),
    };
    let tenant: TenantNumber = caller.tenant;
    directory
        .store
        .write(async move |tx: &Db| {
            let kept = AccessToken {
                credential: known.credential,
                last_used_at: known.used_at,
            };
            // Whoever used it last may not have noted that yet.
            let expired = known.used_at - LIFE - NOTED_EVERY;
            store::access_tokens::remove_unused_since(tx, expired).await?;
            store::access_tokens::insert(tx, tenant, &digest, kept).await
        })
        .await?;
    Ok((token, known))
}

/// The token with this digest, unless nobody has used it for too long. What its credential is worth now is for
/// [`crate::credentials::caller`] to say.
pub async fn find(directory: &Directory, digest: &[u8; 32]) -> Result<Option<Known>> {
    let found = store::access_tokens::find(&directory.store.reads(), digest).await?;
    let known = found.map(|token| Known {
        credential: token.credential,
        used_at: token.last_used_at,
    });
    Ok(known.filter(|known| is_good(known.used_at, directory.now())))
}

/// Notes that the token with this digest was used at `at`.
pub async fn touch(directory: &Directory, digest: [u8; 32], at: Instant) -> Result<()> {
    directory
        .store
        .write(async move |tx: &Db| store::access_tokens::touch(tx, &digest, at).await)
        .await
}

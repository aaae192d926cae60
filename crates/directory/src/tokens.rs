//! Refresh tokens that were given back before they expired. What a token says is for the server to know; here it is a
//! digest.

use crate::Directory;
use model::{Instant, Result};
use store::Db;

/// Refuses the token with this digest from now on. Leaves no event: tokens are not part of the trail.
///
/// A token is forgotten once it has expired (`expires_at`, exclusive), since it is refused for that reason anyway; so
/// the tokens that are kept are never more than those that were given back within one life of a token.
pub async fn refuse(directory: &Directory, digest: [u8; 32], expires_at: Instant) -> Result<()> {
    let now = directory.now();
    if expires_at <= now {
        return Ok(());
    }
    directory
        .store
        .write(async move |tx: &Db| {
            store::refused_tokens::remove_expired(tx, now).await?;
            store::refused_tokens::insert(tx, &digest, expires_at).await
        })
        .await
}

/// Whether the token with this digest was given back.
pub async fn is_refused(directory: &Directory, digest: &[u8; 32]) -> Result<bool> {
    store::refused_tokens::contains(&directory.store.reads(), digest).await
}

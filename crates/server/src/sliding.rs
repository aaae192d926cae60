//! Opaque access tokens, each good for a while after its last use.
//!
//! The store knows each by digest, with a use at most once a minute. This process knows the last use exactly, and the
//! last token of each credential, so that neither a token nor a sign-in costs a durable write per request.

use chrono::Duration;
use directory::access_tokens::{self, LIFE, NOTED_EVERY, is_good};
use directory::{Directory, Secret};
use model::ids::CredentialNumber;
use model::{Caller, Error, Instant, Result};
use quick_cache::sync::Cache;
use tokio::sync::Mutex;

/// Longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 256;
/// How many tokens, and tokens of how many credentials, are remembered.
const REMEMBERED: usize = 10_000;
/// A token that would live no longer than this is not handed out once more.
const WORTH: Duration = Duration::minutes(15);

/// What this process knows of the tokens.
pub struct SlidingTokens {
    used: Cache<[u8; 32], Used>,
    /// The last token of each credential.
    last: Cache<CredentialNumber, (Secret, [u8; 32])>,
    /// One token is made at a time.
    making: Mutex<()>,
}

#[derive(Clone, Copy)]
struct Used {
    credential: CredentialNumber,
    at: Instant,
    /// The last use that the store knows.
    noted: Instant,
}

impl SlidingTokens {
    pub fn new() -> Self {
        Self {
            used: Cache::new(REMEMBERED),
            last: Cache::new(REMEMBERED),
            making: Mutex::default(),
        }
    }

    /// Forgets all of them; those that the store knows are found there again.
    pub fn forget(&self) {
        self.used.clear();
        self.last.clear();
    }

    /// The credential of a token that is used now; `Unauthenticated` for one that is unknown or has expired.
    pub async fn used(&self, directory: &Directory, token: &str) -> Result<CredentialNumber> {
        if token.len() > MAX_TOKEN {
            return Err(Error::Unauthenticated);
        }
        let digest = access_tokens::digest(directory, token);
        let now = directory.now();
        let known = match self.used.get(&digest).filter(|used| is_good(used.at, now)) {
            Some(known) => known,
            // It may be another process that knows it.
            None => match access_tokens::find(directory, &digest).await? {
                None => return Err(Error::Unauthenticated),
                Some(found) => Used {
                    credential: found.credential,
                    at: found.used_at,
                    noted: found.used_at,
                },
            },
        };
        let is_due = now - known.noted >= NOTED_EVERY;
        let used = Used {
            at: known.at.max(now),
            noted: if is_due { now } else { known.noted },
            ..known
        };
        self.used.insert(digest, used);
        if is_due && let Err(error) = access_tokens::touch(directory, digest, now).await {
            // The token is good all the same.
            tracing::warn!(?error, "the use of a token could not be noted");
        }
        Ok(known.credential)
    }

    /// A token for a verified caller: the last one while it is worth it, else a new one.
    pub async fn of(&self, directory: &Directory, caller: &Caller) -> Result<Secret> {
        if let Some(token) = self.last_of(directory, caller) {
            return Ok(token);
        }
        let _turn = self.making.lock().await;
        // Another request may have been faster.
        if let Some(token) = self.last_of(directory, caller) {
            return Ok(token);
        }
        let (token, known) = access_tokens::issue(directory, caller).await?;
        let digest = access_tokens::digest(directory, token.reveal());
        let used = Used {
            credential: known.credential,
            at: known.used_at,
            noted: known.used_at,
        };
        self.used.insert(digest, used);
        self.last.insert(known.credential, (token.clone(), digest));
        Ok(token)
    }

    fn last_of(&self, directory: &Directory, caller: &Caller) -> Option<Secret> {
        let (token, digest) = self.last.get(&caller.credential)?;
        let used = self.used.get(&digest)?;
        (used.at + LIFE - directory.now() > WORTH).then_some(token)
    }
}

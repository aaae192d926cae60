//! What every request handler reaches: the directory and the tokens.

use crate::origin::Origin;
use crate::reset::Reset;
use crate::sliding::SlidingTokens;
use crate::tokens::Tokens;
use contract::runtime::Refusal;
use directory::{Directory, Mark, credentials, tokens};
use model::{Caller, Error, Result};
use std::time::Duration;

/// Shared by all workers.
pub struct State {
    pub directory: Directory,
    pub tokens: Tokens,
    pub sliding: SlidingTokens,
    pub origin: Origin,
    /// Only a server for tests has it.
    pub reset: Option<Reset>,
    /// How long the body of a request may take.
    pub body_time: Duration,
}

impl State {
    /// With a mark, the server can be taken back to it.
    pub fn new(directory: Directory, origin: Origin, mark: Option<Mark>, body_time: Duration) -> Self {
        let tokens = Tokens::new(&directory.keys().token_key());
        Self {
            directory,
            tokens,
            sliding: SlidingTokens::new(),
            origin,
            reset: mark.map(Reset::new),
            body_time,
        }
    }

    /// The caller that a bearer token stands for, with the rights that his credential has now.
    pub async fn bearer(&self, token: &str) -> Result<Caller, Refusal> {
        let credential = self
            .tokens
            .access(token, self.directory.now())
            .ok_or(Refusal::Unauthorized {
                reason: "the access token is not valid or has expired",
            })?;
        match credentials::caller(&self.directory, credential).await {
            Ok(caller) => Ok(caller),
            Err(Error::Unauthenticated) => Err(Refusal::Unauthorized {
                reason: "the credential of this access token was revoked",
            }),
            Err(error) => {
                tracing::error!(?error, "the credential could not be read");
                Err(Refusal::Fault)
            }
        }
    }

    /// The caller that a refresh token stands for. `Unauthenticated` for one that is not valid, has expired or was
    /// given back, and for one whose credential was revoked.
    pub async fn refreshed(&self, token: &str) -> Result<Caller> {
        let refresh = self
            .tokens
            .refresh(token, self.directory.now())
            .ok_or(Error::Unauthenticated)?;
        if tokens::is_refused(&self.directory, &refresh.digest).await? {
            return Err(Error::Unauthenticated);
        }
        credentials::caller(&self.directory, refresh.credential).await
    }

    /// Refuses a refresh token from now on. One that is not valid is refused anyway.
    pub async fn give_back(&self, token: &str) -> Result<()> {
        match self.tokens.refresh(token, self.directory.now()) {
            Some(refresh) => tokens::refuse(&self.directory, refresh.digest, refresh.until).await,
            None => Ok(()),
        }
    }
}

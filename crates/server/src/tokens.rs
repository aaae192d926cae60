//! Access and refresh tokens: JWT, signed with a key derived from the server's key.
//!
//! One access token opens every dialect that takes bearer. A token names a credential; what that
//! credential may do is read anew on each request, so that a revoked one is refused at once.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use model::ids::CredentialNumber;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Life of an access token, in seconds.
pub const ACCESS_SECONDS: i64 = 3600;
/// Life of a refresh token, in seconds: 14 days.
pub const REFRESH_SECONDS: i64 = 1_209_600;
/// Longest token that is looked at, in bytes.
pub const MAX_TOKEN: usize = 4096;
/// How many verified access tokens are remembered.
const REMEMBERED: usize = 10_000;
const AUDIENCE: &str = "roster";

/// What a token is good for. One kind is never taken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    Access,
    Refresh,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    /// The client id, for people who look into a token.
    sub: String,
    /// The credential's number.
    credential: i64,
    #[serde(rename = "use")]
    purpose: Use,
    iat: i64,
    exp: i64,
    jti: Uuid,
}

/// A pair of new tokens, and until when each is valid (exclusive).
#[derive(Clone, Debug)]
pub struct Ticket {
    pub access_token: String,
    pub access_until: DateTime<Utc>,
    pub refresh_token: String,
    pub refresh_until: DateTime<Utc>,
}

/// What a valid refresh token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    pub credential: CredentialNumber,
    /// The SHA-256 of the token's own id: what is kept of a token that is given back.
    pub digest: [u8; 32],
    /// Until when it is valid (exclusive).
    pub until: DateTime<Utc>,
}

/// Issues and verifies tokens. Verified access tokens are remembered by the SHA-256 of their text.
pub struct Tokens {
    sign: EncodingKey,
    verify: DecodingKey,
    rules: Validation,
    remembered: Cache<[u8; 32], (CredentialNumber, i64)>,
}

impl Tokens {
    pub fn new(key: &[u8; 32]) -> Self {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[AUDIENCE]);
        // The expiry is compared below, with the server's own clock.
        rules.validate_exp = false;
        Self {
            sign: EncodingKey::from_secret(key),
            verify: DecodingKey::from_secret(key),
            rules,
            remembered: Cache::new(REMEMBERED),
        }
    }

    /// Makes a pair of tokens for a verified credential. `ids` are the tokens' own ids.
    pub fn issue(
        &self,
        credential: CredentialNumber,
        client_id: &str,
        now: DateTime<Utc>,
        ids: [Uuid; 2],
    ) -> Result<Ticket, model::Error> {
        let iat = now.timestamp();
        let make = |purpose, exp, jti| self.sign(credential, client_id, purpose, [iat, exp], jti);
        let (access, refresh) = (iat + ACCESS_SECONDS, iat + REFRESH_SECONDS);
        Ok(Ticket {
            access_token: make(Use::Access, access, ids[0])?,
            access_until: instant(access)?,
            refresh_token: make(Use::Refresh, refresh, ids[1])?,
            refresh_until: instant(refresh)?,
        })
    }

    /// Makes an access token alone, valid for this many seconds.
    pub fn issue_access(
        &self,
        credential: CredentialNumber,
        client_id: &str,
        now: DateTime<Utc>,
        seconds: i64,
        id: Uuid,
    ) -> Result<String, model::Error> {
        let iat = now.timestamp();
        self.sign(credential, client_id, Use::Access, [iat, iat + seconds], id)
    }

    fn sign(
        &self,
        credential: CredentialNumber,
        client_id: &str,
        purpose: Use,
        [iat, exp]: [i64; 2],
        jti: Uuid,
    ) -> Result<String, model::Error> {
        let claims = Claims {
            iss: AUDIENCE.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: client_id.to_owned(),
            credential: credential.get(),
            purpose,
            iat,
            exp,
            jti,
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.sign)
            .map_err(|error| model::Error::internal(format!("a token could not be signed: {error}")))
    }

    /// The credential that a valid access token names. Says nothing about what the credential is worth now.
    pub fn access(&self, token: &str, now: DateTime<Utc>) -> Option<CredentialNumber> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let digest: [u8; 32] = Sha256::digest(token).into();
        let (credential, expires) = if let Some(known) = self.remembered.get(&digest) {
            known
        } else {
            let claims = self.decode(token, Use::Access)?;
            let fresh = (CredentialNumber::new(claims.credential)?, claims.exp);
            self.remembered.insert(digest, fresh);
            fresh
        };
        (now.timestamp() < expires).then_some(credential)
    }

    /// What a valid refresh token says. Whether it was given back is for the directory to know.
    pub fn refresh(&self, token: &str, now: DateTime<Utc>) -> Option<Refresh> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let claims = self.decode(token, Use::Refresh)?;
        let refresh = Refresh {
            credential: CredentialNumber::new(claims.credential)?,
            digest: Sha256::digest(claims.jti.as_bytes()).into(),
            until: DateTime::from_timestamp(claims.exp, 0)?,
        };
        (now < refresh.until).then_some(refresh)
    }

    fn decode(&self, token: &str, purpose: Use) -> Option<Claims> {
        let claims = decode::<Claims>(token, &self.verify, &self.rules).ok()?.claims;
        (claims.purpose == purpose).then_some(claims)
    }
}

fn instant(seconds: i64) -> Result<DateTime<Utc>, model::Error> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| model::Error::internal("a token would outlive the calendar".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn seven() -> CredentialNumber {
        CredentialNumber::new(7).unwrap()
    }

    fn ticket(tokens: &Tokens) -> Ticket {
        tokens
            .issue(seven(), "client", at(1000), [Uuid::nil(), Uuid::max()])
            .unwrap()
    }

    #[test]
    fn a_token_lasts_until_its_expiry_also_when_remembered() {
        let tokens = Tokens::new(&[1; 32]);
        let ticket = ticket(&tokens);
        for _ in 0..2 {
            assert_eq!(
                tokens.access(&ticket.access_token, at(1000 + ACCESS_SECONDS - 1)),
                Some(seven())
            );
            assert_eq!(
                tokens.access(&ticket.access_token, at(1000 + ACCESS_SECONDS)),
                None
            );
        }
        let last = tokens
            .refresh(&ticket.refresh_token, at(1000 + REFRESH_SECONDS - 1))
            .unwrap();
        assert_eq!(
            (last.credential, last.until),
            (seven(), at(1000 + REFRESH_SECONDS))
        );
        assert_eq!(last.until, ticket.refresh_until);
        assert_eq!(ticket.access_until, at(1000 + ACCESS_SECONDS));
        assert_eq!(
            tokens.refresh(&ticket.refresh_token, at(1000 + REFRESH_SECONDS)),
            None
        );
    }

    #[test]
    fn one_kind_is_not_the_other() {
        let tokens = Tokens::new(&[1; 32]);
        let ticket = ticket(&tokens);
        assert_eq!(tokens.access(&ticket.refresh_token, at(1000)), None);
        assert_eq!(tokens.refresh(&ticket.access_token, at(1000)), None);
    }

    #[test]
    fn foreign_and_broken_tokens_are_refused() {
        let tokens = Tokens::new(&[1; 32]);
        let foreign = ticket(&Tokens::new(&[2; 32])).access_token;
        let unsigned = "eyJhbGciOiJub25lIn0.eyJjcmVkZW50aWFsIjo3fQ.";
        let cut = {
            let mut token = ticket(&tokens).access_token;
            token.pop();
            token
        };
        for token in [
            foreign.as_str(),
            unsigned,
            &cut,
            "",
            "a.b.c",
            &"x".repeat(MAX_TOKEN + 1),
        ] {
            assert_eq!(tokens.access(token, at(1000)), None);
        }
    }
}

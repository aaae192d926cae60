//! Who calls: by HTTP Basic, or by the token that an answer to that carried.

use super::hand_out::Granted;
use crate::state::State;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpMessage, HttpRequest};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use contract::runtime::Refusal;
use directory::{Directory, credentials, tenants};
use model::credentials::{MAX_CLIENT_ID, MAX_SECRET};
use model::error::Kind;
use model::{Caller, Dialect, Error, Result};

/// A caller, and the number under which this dialect knows his tenant, if it does.
#[derive(Clone, Debug)]
pub struct Learner {
    pub caller: Caller,
    pub center: Option<i64>,
}

impl Learner {
    /// The learnCenter of a path has to be the caller's own; any other does not exist for him.
    pub fn is_at(&self, center: i64) -> Result<()> {
        if self.center == Some(center) {
            Ok(())
        } else {
            Err(Error::not_found(Kind::Tenant, center.to_string()))
        }
    }

    /// The caller's own learnCenter, where the path names none.
    pub fn own(&self) -> Result<i64> {
        self.center
            .ok_or_else(|| Error::not_found(Kind::Tenant, "of this credential"))
    }
}

/// Client id and secret, still encoded. The answer to the request will carry a token.
pub async fn basic(directory: &Directory, request: &HttpRequest, encoded: &str) -> Result<Learner, Refusal> {
    let refused = Refusal::Unauthorized {
        reason: "the credential is not valid",
    };
    let Some((client_id, secret)) = decode(encoded) else {
        return Err(refused);
    };
    let caller = credentials::authenticate(directory, &client_id, &secret).await;
    let caller = verdict(caller, refused)?;
    request.extensions_mut().insert(Granted(caller.clone()));
    learner(directory, caller).await
}

/// A token, with the rights that its credential has now. It counts only where there is no `Authorization`: which of two
/// is meant is not for us to guess.
pub async fn token(state: &State, request: &HttpRequest, token: &str) -> Result<Learner, Refusal> {
    let refused = Refusal::Unauthorized {
        reason: "the access token is not valid or has expired",
    };
    if request.headers().contains_key(AUTHORIZATION) {
        return Err(refused);
    }
    let directory = &state.directory;
    let credential = verdict(state.sliding.used(directory, token).await, refused.clone())?;
    let caller = credentials::caller(directory, credential).await;
    learner(directory, verdict(caller, refused)?).await
}

async fn learner(directory: &Directory, caller: Caller) -> Result<Learner, Refusal> {
    let alias = tenants::alias(directory, caller.tenant, Dialect::TaleoLearn).await;
    let alias = alias.map_err(|error| fault(&error))?;
    Ok(Learner {
        caller,
        center: alias.and_then(|number| number.parse().ok()),
    })
}

fn verdict<T>(found: Result<T>, refused: Refusal) -> Result<T, Refusal> {
    found.map_err(|error| match error {
        Error::Unauthenticated => refused,
        error => fault(&error),
    })
}

fn fault(error: &Error) -> Refusal {
    tracing::error!(?error, "the credential could not be read");
    Refusal::Fault
}

/// `base64(id:secret)`, in UTF-8; the secret may hold colons. None where nobody can have such a pair.
fn decode(encoded: &str) -> Option<(String, String)> {
    let bytes = BASE64_STANDARD.decode(encoded).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (client_id, secret) = text.split_once(':')?;
    let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
    (fits(client_id, MAX_CLIENT_ID) && fits(secret, MAX_SECRET))
        .then(|| (client_id.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_decoded() {
        let encode = |text: &str| BASE64_STANDARD.encode(text);
        let pair = |id: &str, secret: &str| Some((id.to_owned(), secret.to_owned()));
        assert_eq!(decode(&encode("id:se:cret")), pair("id", "se:cret"));
        assert_eq!(decode(&encode("ä:ö")), pair("ä", "ö"));
        for text in ["", "id", ":secret", "id:"] {
            assert_eq!(decode(&encode(text)), None, "{text}");
        }
        let long = format!("id:{}", "x".repeat(MAX_SECRET + 1));
        for encoded in [
            "%%%",
            "aWQ6c2VjcmV",
            &BASE64_STANDARD.encode(b"id:\xFF"),
            &encode(&long),
        ] {
            assert_eq!(decode(encoded), None, "{encoded}");
        }
    }
}

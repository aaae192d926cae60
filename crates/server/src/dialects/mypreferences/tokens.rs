//! The token endpoint: client id and secret, in the form or by HTTP Basic, for an access token.

use super::MyPreferences;
use crate::tokens::ACCESS_SECONDS;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::mypreferences::models::{Token, TokenRequest, TokenType};
use contract::mypreferences::responses::CreateTokenResponse;
use contract::runtime::{Call, Secret, security};
use directory::{credentials, tenants};
use model::{Caller, Dialect, Error, Result, Violation};

/// What the answer with a token says to caches.
const NO_STORE: &str = "no-store";

pub async fn create(
    dialect: &MyPreferences,
    call: &Call<()>,
    body: TokenRequest,
) -> Result<CreateTokenResponse> {
    let state = &dialect.state;
    let (id, secret) = credential(call, &body)?;
    let caller = credentials::authenticate(&state.directory, &id, &secret).await?;
    let scope = scope(dialect, &caller, body.scope.as_deref()).await?;
    let now = state.directory.now();
    let ids = [state.directory.ids().uuid(now)?, state.directory.ids().uuid(now)?];
    let ticket = state
        .tokens
        .issue(caller.credential, &caller.actor.client_id, now, ids)?;
    let body = Token {
        access_token: ticket.access_token,
        token_type: TokenType::Bearer,
        expires_in: i32::try_from(ACCESS_SECONDS).unwrap_or(i32::MAX),
        scope,
    };
    Ok(CreateTokenResponse::Ok {
        body,
        cache_control: NO_STORE.to_owned(),
    })
}

/// Client id and secret. In both places they have to be the same.
fn credential(call: &Call<()>, body: &TokenRequest) -> Result<(String, String)> {
    let secret = body.client_secret.as_ref().map(Secret::expose);
    let Some(basic) = security::basic(&call.request) else {
        let both = body
            .client_id
            .as_deref()
            .zip(secret)
            .ok_or(Error::Unauthenticated)?;
        return Ok((both.0.to_owned(), both.1.to_owned()));
    };
    let (id, basic_secret) = decoded(basic).ok_or(Error::Unauthenticated)?;
    let mut other = Vec::new();
    for (name, given, shown) in [
        ("client_id", body.client_id.as_deref(), &id),
        ("client_secret", secret, &basic_secret),
    ] {
        if given.is_some_and(|given| given != shown.as_str()) {
            other.push(Violation::new(
                name,
                "conflict",
                "must be the one of the header `Authorization`",
            ));
        }
    }
    if other.is_empty() {
        Ok((id, basic_secret))
    } else {
        Err(Error::Invalid(other))
    }
}

fn decoded(basic: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(basic).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// `account/client id`, which is the only scope that there is.
async fn scope(dialect: &MyPreferences, caller: &Caller, wanted: Option<&str>) -> Result<String> {
    let account = tenants::alias(&dialect.state.directory, caller.tenant, Dialect::MyPreferences).await?;
    let own = format!("{}/{}", account.unwrap_or_default(), caller.actor.client_id);
    if wanted.is_some_and(|wanted| wanted != own) {
        let message = "must be the account and the client id of the credential, with a slash between them";
        return Err(Error::invalid("scope", "conflict", message));
    }
    Ok(own)
}

//! The OAuth ticket endpoint: client id and secret, or a refresh token, for a pair of tokens.

use super::Kibo;
use crate::tokens::{ACCESS_SECONDS, REFRESH_SECONDS};
use contract::kibo::models::{OAuthTicket, OAuthTicketRequest, OAuthTicketTokenType};
use contract::kibo::responses::CreateOauthTicketResponse;
use contract::runtime::Secret;
use directory::credentials;
use model::{Caller, Error, Result, Violation};

pub async fn create(kibo: &Kibo, body: OAuthTicketRequest) -> Result<CreateOauthTicketResponse> {
    let state = &kibo.state;
    let caller = caller(kibo, body).await?;
    let now = state.directory.now();
    let ids = [state.directory.ids().uuid(now)?, state.directory.ids().uuid(now)?];
    let ticket = state
        .tokens
        .issue(caller.credential, &caller.actor.client_id, now, ids)?;
    let body = OAuthTicket {
        access_token: ticket.access_token,
        token_type: OAuthTicketTokenType::Bearer,
        expires_in: seconds(ACCESS_SECONDS),
        refresh_token: ticket.refresh_token,
        refresh_token_expires_in: seconds(REFRESH_SECONDS),
    };
    Ok(CreateOauthTicketResponse::Ok {
        body,
        cache_control: "no-store".to_owned(),
    })
}

/// The credential behind the request. Both ways at once have to name the same one.
async fn caller(kibo: &Kibo, body: OAuthTicketRequest) -> Result<Caller> {
    let directory = &kibo.state.directory;
    let secret = body.client_secret.as_ref().map(Secret::expose);
    let by_secret = match (body.client_id.as_deref(), secret) {
        (Some(id), Some(secret)) => Some(credentials::authenticate(directory, id, secret).await?),
        _ => None,
    };
    let Some(token) = body.refresh_token else {
        return by_secret.ok_or_else(|| missing(body.client_id.is_none(), secret.is_none()));
    };
    let credential = kibo
        .state
        .tokens
        .refresh(token.expose(), directory.now())
        .ok_or(Error::Unauthenticated)?;
    let caller = credentials::caller(directory, credential).await?;
    let other_secret = by_secret.is_some_and(|known| known.credential != caller.credential);
    let other_id = body.client_id.is_some_and(|id| id != caller.actor.client_id);
    if other_secret || other_id {
        Err(Error::Unauthenticated)
    } else {
        Ok(caller)
    }
}

fn missing(client_id: bool, client_secret: bool) -> Error {
    let absent = [("client_id", client_id), ("client_secret", client_secret)];
    let violation = |name| Violation::new(name, "required", "is needed unless `refresh_token` is given");
    Error::Invalid(
        absent
            .into_iter()
            .filter(|(_, absent)| *absent)
            .map(|(name, _)| violation(name))
            .collect(),
    )
}

fn seconds(life: i64) -> i32 {
    i32::try_from(life).unwrap_or(i32::MAX)
}

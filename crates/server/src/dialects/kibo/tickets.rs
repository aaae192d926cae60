//! The ticket endpoints: client id and secret, or a refresh token, for a pair of tokens, in the newer and the older form.

use super::Kibo;
use crate::tokens::{ACCESS_SECONDS, REFRESH_SECONDS, Ticket};
use contract::kibo::models::{
    AppAuthInfo, AuthTicket, AuthTicketRequest, OAuthTicket, OAuthTicketRequest, TokenType,
};
use contract::kibo::params::DeleteAuthTicketParams;
use contract::kibo::responses::{
    CreateAuthTicketResponse, CreateOauthTicketResponse, DeleteAuthTicketResponse, RefreshAuthTicketResponse,
    RefreshOauthTicketResponse,
};
use contract::runtime::Secret;
use directory::credentials;
use model::{Caller, Error, Result, Violation};

/// What the answers with tokens say to caches.
const NO_STORE: &str = "no-store";

pub async fn create(kibo: &Kibo, body: OAuthTicketRequest) -> Result<CreateOauthTicketResponse> {
    let caller = caller(kibo, body).await?;
    Ok(CreateOauthTicketResponse::Ok {
        body: newer(issue(kibo, &caller)?),
        cache_control: NO_STORE.to_owned(),
    })
}

pub async fn create_older(kibo: &Kibo, body: AppAuthInfo) -> Result<CreateAuthTicketResponse> {
    let secret = body.shared_secret.expose();
    let caller = credentials::authenticate(&kibo.state.directory, &body.application_id, secret).await?;
    Ok(CreateAuthTicketResponse::Ok {
        body: older(issue(kibo, &caller)?),
        cache_control: NO_STORE.to_owned(),
    })
}

pub async fn refresh_older(kibo: &Kibo, body: AuthTicketRequest) -> Result<RefreshAuthTicketResponse> {
    let caller = kibo.state.refreshed(body.refresh_token.expose()).await?;
    Ok(RefreshAuthTicketResponse::Ok {
        body: older(issue(kibo, &caller)?),
        cache_control: NO_STORE.to_owned(),
    })
}

pub async fn refresh(kibo: &Kibo, body: AuthTicketRequest) -> Result<RefreshOauthTicketResponse> {
    let caller = kibo.state.refreshed(body.refresh_token.expose()).await?;
    Ok(RefreshOauthTicketResponse::Ok {
        body: newer(issue(kibo, &caller)?),
        cache_control: NO_STORE.to_owned(),
    })
}

pub async fn delete(kibo: &Kibo, params: DeleteAuthTicketParams) -> Result<DeleteAuthTicketResponse> {
    kibo.state.give_back(&params.refresh_token).await?;
    Ok(DeleteAuthTicketResponse::Ok)
}

fn issue(kibo: &Kibo, caller: &Caller) -> Result<Ticket> {
    let state = &kibo.state;
    let now = state.directory.now();
    let ids = [state.directory.ids().uuid(now)?, state.directory.ids().uuid(now)?];
    state
        .tokens
        .issue(caller.credential, &caller.actor.client_id, now, ids)
}

fn newer(ticket: Ticket) -> OAuthTicket {
    OAuthTicket {
        access_token: ticket.access_token,
        token_type: TokenType::Bearer,
        expires_in: seconds(ACCESS_SECONDS),
        refresh_token: ticket.refresh_token,
        refresh_token_expires_in: seconds(REFRESH_SECONDS),
    }
}

fn older(ticket: Ticket) -> AuthTicket {
    AuthTicket {
        access_token: ticket.access_token,
        access_token_expiration: ticket.access_until,
        refresh_token: ticket.refresh_token,
        refresh_token_expiration: ticket.refresh_until,
    }
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
    let caller = kibo.state.refreshed(token.expose()).await?;
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

//! `/healthz`: the process answers. `/readyz`: it can also reach its database.

use crate::state::State;
use crate::status::{Cause, page};
use actix_web::{HttpResponse, web};
use serde_json::json;

pub async fn healthz() -> HttpResponse {
    HttpResponse::build(page::SHOWN).json(json!({"status": "ok"}))
}

pub async fn readyz(state: web::Data<State>) -> HttpResponse {
    match state.directory.ready() {
        Ok(()) => HttpResponse::build(page::SHOWN).json(json!({"status": "ready"})),
        Err(error) => {
            tracing::error!(?error, "the database does not answer");
            HttpResponse::build(Cause::Unready.status()).json(json!({"status": "not ready"}))
        }
    }
}

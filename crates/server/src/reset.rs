//! `POST /_test/reset`: takes an ephemeral server back to where it stood when it began to answer. No other server has the path.

use crate::state::State;
use crate::status::{Cause, page};
use crate::{dialects, plain};
use actix_web::http::header::{FORWARDED, HeaderName, ORIGIN};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use directory::Mark;
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// Where it is called.
pub const PATH: &str = "/_test/reset";
/// How long requests under way may keep a reset waiting.
const PATIENCE: Duration = Duration::from_secs(5);
/// What a request that came through a proxy has. Its sender may be far away.
const PASSED_ON: [HeaderName; 2] = [FORWARDED, HeaderName::from_static("x-forwarded-for")];

/// What a reset needs: where to go back to, and that nobody else is on the way.
pub struct Reset {
    mark: Mark,
    turns: Arc<RwLock<()>>,
}

/// A request's place among those that a reset waits for. Whoever resets gives his own one up.
#[derive(Clone)]
pub struct Turn(Rc<RefCell<Option<OwnedRwLockReadGuard<()>>>>);

impl Reset {
    pub fn new(mark: Mark) -> Self {
        Self {
            mark,
            turns: Arc::default(),
        }
    }

    /// Waits while a reset is under way. The turn lasts until it is dropped or given up.
    pub async fn turn(&self) -> Turn {
        let guard = Arc::clone(&self.turns).read_owned().await;
        Turn(Rc::new(RefCell::new(Some(guard))))
    }
}

impl Turn {
    /// Ends it, for all who hold it.
    pub fn end(&self) {
        drop(self.0.borrow_mut().take());
    }
}

/// Adds the path if the server can be reset.
pub fn configure(state: &web::Data<State>) -> impl FnOnce(&mut web::ServiceConfig) {
    let has = state.reset.is_some();
    move |cfg| {
        if has {
            let other = |request, payload| plain::other_verb("POST", request, payload);
            let resource = web::resource(PATH).route(web::post().to(reset));
            cfg.service(resource.default_service(web::to(other)));
        }
    }
}

async fn reset(state: web::Data<State>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let Some(reset) = state.reset.as_ref().filter(|_| is_allowed(&request)) else {
        return dialects::unknown_path(state, request, payload).await;
    };
    if let Some(turn) = request.extensions().get::<Turn>() {
        turn.end();
    }
    let Ok(_alone) = tokio::time::timeout(PATIENCE, reset.turns.write()).await else {
        let text = "requests under way did not end; nothing was reset";
        return HttpResponse::build(Cause::Unready.status()).json(json!({"status": text}));
    };
    match state.directory.go_back(&reset.mark).await {
        Ok(()) => {
            state.sliding.forget();
            HttpResponse::build(page::DONE).finish()
        }
        Err(error) => {
            tracing::error!(?error, "the directory could not be reset");
            HttpResponse::build(page::BROKEN).finish()
        }
    }
}

/// Programs on the same machine: no proxy's clients, and no page in a browser, which always says where it comes from.
fn is_allowed(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let is_near = request
        .peer_addr()
        .is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    is_near && !headers.contains_key(ORIGIN) && !PASSED_ON.iter().any(|name| headers.contains_key(name))
}

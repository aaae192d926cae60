//! What surrounds every request: its id, its log line, and the head of every answer.

use crate::state::State;
use crate::{dialects, intake, plain};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::header::{DATE, HeaderName, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use contract::runtime::text::percent_decode;
use model::Instant;
use model::ids::RequestId;
use std::borrow::Cow;
use std::time;
use tracing::Instrument;

/// Behind this a path may carry a refresh token.
const TICKETS: &str = "authtickets/";
/// What stands there and is no token.
const BELOW_TICKETS: [&str; 2] = ["oauth", "refresh-ticket"];
/// Where every answer carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of this request.
pub fn id(request: &HttpRequest) -> RequestId {
    request
        .extensions()
        .get::<RequestId>()
        .copied()
        .unwrap_or(RequestId(uuid::Uuid::nil()))
}

/// Gives the request an id, its log lines a span, and its answer the headers that every answer has.
pub async fn surround(
    state: web::Data<State>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let turn = match &state.reset {
        Some(reset) => Some(reset.turn().await),
        None => None,
    };
    if let Some(turn) = &turn {
        request.extensions_mut().insert(turn.clone());
    }
    let now = state.directory.now();
    let id = RequestId(
        state
            .directory
            .ids()
            .uuid(now)
            .map_err(|_| ErrorInternalServerError("no id"))?,
    );
    let date = state.directory.clock().is_fixed().then(|| date(now));
    request.extensions_mut().insert(id);
    let dialect = dialects::owner(request.path());
    let span = tracing::info_span!(
        "request",
        request.id = %id,
        dialect = dialect.map_or("none", dialects::Owner::name),
        method = %request.method(),
        path = &*loggable(request.path()),
    );
    let started = time::Instant::now();
    let late = intake::limit(&mut request, state.body_time);
    let answer = next.call(request).instrument(span.clone()).await?;
    let mut answer = if late.explains(answer.status()) {
        let instead = plain::slow_body(answer.request());
        answer.into_response(instead).map_into_right_body()
    } else {
        answer.map_into_left_body()
    };
    span.in_scope(|| log(&answer, started));
    let text = HeaderValue::from_str(&id.to_string()).unwrap_or(HeaderValue::from_static(""));
    let status = answer.status();
    let headers = answer.headers_mut();
    for (name, value) in dialect.into_iter().flat_map(|dialect| dialect.head(status)) {
        headers.insert(name, value);
    }
    if let Some(name) = dialect.map(dialects::Owner::correlation_header) {
        headers.insert(name, text.clone());
    }
    if let Some((name, value)) = dialect.and_then(dialects::Owner::mark) {
        headers.insert(name, value);
    }
    if let Some(vary) = dialect.and_then(dialects::Owner::vary) {
        headers.insert(VARY, vary);
    }
    headers.insert(REQUEST_ID, text);
    if let Some(date) = date {
        headers.insert(DATE, date);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(turn) = turn {
        turn.end();
    }
    Ok(answer)
}

/// `Date` by a clock that stands still; where it runs, the HTTP server writes the header itself.
fn date(at: Instant) -> HeaderValue {
    let text = at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// A path without the token that it may end with: whatever is behind a ticket endpoint may be one, also where the rest
/// of the path or the verb is wrong. The router reads escapes in all of a path, so they hide nothing here.
fn loggable(path: &str) -> Cow<'_, str> {
    let read = percent_decode(path).map_or(Cow::Borrowed(path), Cow::Owned);
    let Some(at) = read.to_ascii_lowercase().find(TICKETS) else {
        return Cow::Borrowed(path);
    };
    let (head, tail) = read.split_at(at + TICKETS.len());
    if tail.is_empty() || BELOW_TICKETS.contains(&tail.trim_end_matches('/')) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(format!("{head}{{refreshToken}}"))
}

/// One line per request. The query is never logged: it may carry secrets.
fn log<B>(answer: &ServiceResponse<B>, started: time::Instant) {
    let status = answer.status().as_u16();
    let operation = dialects::operation(answer.request().method(), answer.request().path()).unwrap_or("none");
    let duration_ms = started.elapsed().as_secs_f64() * 1000.0;
    match status {
        500.. => tracing::error!(status, operation, duration_ms, "{status} {operation}"),
        400.. => tracing::info!(status, operation, duration_ms, "{status} {operation}"),
        _ => tracing::debug!(status, operation, duration_ms, "{status} {operation}"),
    }
}

#[cfg(test)]
mod tests {
    use super::loggable;

    #[test]
    fn tokens_are_masked() {
        let tickets = "/api/platform/applications/authtickets";
        for (tail, logged) in [
            ("", ""),
            ("/", "/"),
            ("/oauth", "/oauth"),
            ("/refresh-ticket/", "/refresh-ticket/"),
            ("/a.b.c", "/{refreshToken}"),
            ("/a.b.c/", "/{refreshToken}"),
            ("//a.b.c", "/{refreshToken}"),
            ("/oauth/a.b.c", "/{refreshToken}"),
        ] {
            assert_eq!(
                loggable(&format!("{tickets}{tail}")),
                format!("{tickets}{logged}")
            );
        }
        assert_eq!(
            loggable("/platform/Applications/AuthTickets/a.b.c"),
            "/platform/Applications/AuthTickets/{refreshToken}"
        );
        assert_eq!(
            loggable("/platform/applications/authticket%73/a.b.c"),
            "/platform/applications/authtickets/{refreshToken}"
        );
        for other in ["/platform/adminuser/groups/a%2Fb", "/%zz", "/"] {
            assert_eq!(loggable(other), other);
        }
    }
}

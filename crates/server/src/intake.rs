//! How the body of a request comes in: within a time, and with an end.

use crate::status::Cause;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, HeaderValue, UPGRADE};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest};
use futures_util::{Stream, StreamExt, stream};
use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long the body of a request may take, from the end of its head on.
pub const TIME: Duration = Duration::from_mins(1);

/// Whether a body did not come in time.
#[derive(Default)]
pub struct Late(Rc<Cell<bool>>);

impl Late {
    /// Whether that is why the request was answered with `status`: a refusal that needs no body stands.
    pub fn explains(&self, status: StatusCode) -> bool {
        self.0.get() && status == Cause::Invalid.status()
    }
}

/// Puts a body behind a limit of time. What is read behind it is an error, once, and then nothing.
pub fn limit(request: &mut ServiceRequest, time: Duration) -> Late {
    let late = Late::default();
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return late;
    }
    let until = Instant::now() + time;
    let timed = timed(payload, until, Rc::clone(&late.0));
    // Whoever drains a body asks once more behind its end.
    let payload = if is_endless(request.request()) {
        first(timed, announced(request.request())).fuse().boxed_local()
    } else {
        timed.fuse().boxed_local()
    };
    request.set_payload(Payload::Stream { payload });
    late
}

fn timed(
    payload: Payload,
    until: Instant,
    late: Rc<Cell<bool>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    stream::unfold(Some(payload), move |payload| {
        let late = Rc::clone(&late);
        async move {
            let mut payload = payload?;
            match timeout_at(until, payload.next()).await {
                Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(payload))),
                Ok(Some(Err(error))) => Some((Err(error), None)),
                Ok(None) => None,
                Err(_) => {
                    late.set(true);
                    let error = PayloadError::Io(io::ErrorKind::TimedOut.into());
                    Some((Err(error), None))
                }
            }
        }
    })
}

/// The first so many bytes.
fn first(
    payload: impl Stream<Item = Result<Bytes, PayloadError>>,
    length: usize,
) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let payload = Box::pin(payload);
    stream::unfold((payload, length), |(mut payload, left)| async move {
        if left == 0 {
            return None;
        }
        let chunk = payload.next().await?.map(|mut chunk| {
            chunk.truncate(left);
            chunk
        });
        let left = chunk.as_ref().map_or(0, |chunk| left - chunk.len());
        Some((chunk, (payload, left)))
    })
}

/// Whether the HTTP server takes all that follows on the connection for the body: it keeps the way open for tunnels and
/// WebSockets. There are none here, and such a request is one like any other, the last one on its connection.
fn is_endless(request: &HttpRequest) -> bool {
    let upgrade = request.headers().get(UPGRADE).map(HeaderValue::as_bytes);
    let is_socket = upgrade.is_some_and(|upgrade| upgrade.trim_ascii().eq_ignore_ascii_case(b"websocket"));
    let is_tunnel = request.method() == Method::CONNECT && announced(request) == 0;
    (is_socket || is_tunnel) && !request.chunked().unwrap_or(false)
}

fn announced(request: &HttpRequest) -> usize {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok());
    length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}

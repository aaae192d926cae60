//! Reads request bodies within a limit, and reads away those that nobody wants.

use std::time::Duration;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, BytesMut, Payload};
use actix_web::{HttpMessage, HttpRequest};
use futures_util::StreamExt;

use super::{Place, Refusal, Violation};

/// Largest JSON body of an operation that does not say `x-roster-max-body`, in bytes.
pub const DEFAULT_LIMIT: usize = 1024 * 1024;

/// How much of an unwanted body is read away, in bytes, and for how long, so that a client that writes all
/// before it reads still gets its answer. Beyond that the connection is closed.
const DRAIN_LIMIT: usize = 16 * 1024 * 1024;
const DRAIN_TIME: Duration = Duration::from_secs(5);

/// Reads a body of at most `limit` bytes.
pub async fn read(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Bytes, Refusal> {
    if announced(request).is_some_and(|length| length > limit) {
        return Err(Refusal::PayloadTooLarge { limit });
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let Ok(chunk) = chunk else {
            let message = "the body could not be read to its end";
            return Err(Refusal::Invalid(vec![Violation::new(
                Place::Body,
                "",
                "encoding",
                message,
            )]));
        };
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(Refusal::PayloadTooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads the rest of a body away.
pub async fn drain(payload: &mut Payload) {
    let all = async {
        let mut length = 0;
        while let Some(Ok(chunk)) = payload.next().await {
            length += chunk.len();
            if length > DRAIN_LIMIT {
                break;
            }
        }
    };
    // Too slow a client loses its connection, not the server its patience.
    let _ = timeout(DRAIN_TIME, all).await;
}

/// Bodies are taken as they are: a compressed one is a media type that is not supported.
pub(super) fn is_encoded(request: &HttpRequest) -> bool {
    let encoding = request.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case(b"identity"))
}

fn announced(request: &HttpRequest) -> Option<usize> {
    // A length that is no number was refused by the HTTP parser; one too large for `usize` is too large.
    let length = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?;
    Some(length.parse().unwrap_or(usize::MAX))
}

/// Whether the request says that it has a body.
pub fn is_present(request: &HttpRequest) -> bool {
    announced(request).is_some_and(|length| length > 0) || request.chunked().unwrap_or(false)
}

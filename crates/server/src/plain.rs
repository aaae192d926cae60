//! Answers that belong to no dialect: problems of RFC 9457. No document promises them; `docs/http.md` does.

use crate::requests;
use crate::status::Cause;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use contract::runtime::body;
use serde_json::json;

/// What the pages beside the dialects can be asked for.
pub const READ: &str = "GET, HEAD";

/// The answer to a path that nothing has.
pub fn unknown_path(request: &HttpRequest) -> HttpResponse {
    problem(request, Cause::UnknownPath, "there is nothing at this path")
}

/// The answer to a verb that a page beside the dialects does not have.
pub async fn other_verb(
    allow: &'static str,
    request: HttpRequest,
    mut payload: web::Payload,
) -> HttpResponse {
    body::drain(&mut payload).await;
    let detail = format!("this path offers {allow} only");
    let mut answer = problem(&request, Cause::MethodNotAllowed, &detail);
    answer
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(allow));
    answer
}

/// The answer to a body that did not come in time.
pub fn slow_body(request: &HttpRequest) -> HttpResponse {
    problem(
        request,
        Cause::Slow,
        "the body of the request did not arrive in time",
    )
}

fn problem(request: &HttpRequest, cause: Cause, detail: &str) -> HttpResponse {
    let status: StatusCode = cause.status();
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
        "code": cause.code(),
        "requestId": requests::id(request).to_string(),
    });
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .body(body.to_string())
}

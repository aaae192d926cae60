//! The dialect's error body: a code of its catalogue, messages for people, and where to read about the code.

use super::catalogue::{self, Code};
use crate::origin::Origin;
use crate::requests;
use actix_web::{HttpRequest, HttpResponse};
use contract::propeller::models::{ErrorDetail, ErrorResponse};
use contract::propeller::routes::stray;
use contract::runtime::text::percent_decode;
use contract::runtime::{Failure, Place, Refusal, Violation};
use model::Error;
use model::error::Kind;

/// How many violations one answer tells.
const MAX_MESSAGES: usize = 100;
/// Longest message, in characters.
const MAX_TEXT: usize = 4096;

/// Where codes are explained, below the server's own address.
pub const PAGES: &str = "/docs/errors/";

/// What a use case answered instead of a result.
pub fn failure(origin: &Origin, request: &HttpRequest, error: &Error) -> Failure<ErrorResponse> {
    if let Error::Internal(fault) = error {
        tracing::error!(?fault, "the request failed");
    }
    let path = lookup(request).map(|(key, _)| key);
    let (code, messages) = explained(error, path.as_deref().unwrap_or("id"));
    Failure::new(code.cause.status(), body(origin, request, code, &messages))
}

/// What the generated code refused before any handler ran.
pub fn refused(origin: &Origin, request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
    let (code, message) = match refusal {
        Refusal::Invalid(violations) => {
            let (code, messages) = invalid(request, violations);
            return body(origin, request, code, &messages);
        }
        Refusal::MethodNotAllowed { allow } => (
            catalogue::METHOD_NOT_ALLOWED,
            format!("this path offers {allow} only"),
        ),
        Refusal::Unauthorized { reason } => (catalogue::UNAUTHORIZED, (*reason).to_owned()),
        Refusal::PayloadTooLarge { limit } => (
            catalogue::TOO_LARGE,
            format!("the body is larger than {limit} bytes"),
        ),
        Refusal::UnsupportedMediaType { supported } => (
            catalogue::UNSUPPORTED_MEDIA_TYPE,
            format!("the body must be {supported}"),
        ),
        Refusal::NotAcceptable { supported } => {
            (catalogue::NOT_ACCEPTABLE, format!("answers are {supported} only"))
        }
        Refusal::Fault => (catalogue::INTERNAL, FAULT.to_owned()),
    };
    body(origin, request, code, &[message])
}

/// The answer to a path that no operation has.
pub fn unknown_path(origin: &Origin, request: &HttpRequest) -> HttpResponse {
    let code = catalogue::UNKNOWN_PATH;
    let message = "there is nothing at this path".to_owned();
    stray(
        request,
        code.cause.status(),
        &body(origin, request, code, &[message]),
    )
}

/// Why one item of a bulk request failed; `key` is the name of its lookup key.
pub fn of_item(origin: &Origin, request: &HttpRequest, error: &Error, key: &str) -> ErrorDetail {
    let (code, messages) = explained(error, key);
    detail(origin, request, code, &messages)
}

/// An item that lacks its key.
pub fn keyless(origin: &Origin, request: &HttpRequest, message: &str) -> ErrorDetail {
    detail(origin, request, catalogue::KEY_MISSING, &[message.to_owned()])
}

const FAULT: &str = "the server could not answer this request";

/// The code of an error of the directory, and its messages. `key` is the name of the lookup key.
fn explained(error: &Error, key: &str) -> (Code, Vec<String>) {
    let one = |code, message: String| (code, vec![message]);
    match error {
        Error::Invalid(violations) => {
            let said = |v: &model::Violation| format!("{} {}", translate(&v.field), v.message);
            (catalogue::INVALID_VALUE, violations.iter().map(said).collect())
        }
        Error::Unauthenticated => one(
            catalogue::UNAUTHORIZED,
            "the client id or its secret is not valid".to_owned(),
        ),
        Error::Forbidden { reason } => one(catalogue::FORBIDDEN, (*reason).to_owned()),
        Error::NotFound {
            kind: Kind::User,
            key: value,
        } => one(
            catalogue::USER_NOT_FOUND,
            format!("User with {key} [{value}] not found"),
        ),
        Error::NotFound { key: value, .. } => one(
            catalogue::USERGROUP_NOT_FOUND,
            format!("Usergroup with {key} [{value}] not found"),
        ),
        Error::Ambiguous {
            kind: Kind::User,
            key: value,
        } => one(
            catalogue::USER_SEVERAL,
            format!("Multiple users with sourceId [{value}] found"),
        ),
        Error::Ambiguous { key: value, .. } => one(
            catalogue::USERGROUP_SEVERAL,
            format!("Multiple usergroups with sourceId [{value}] found"),
        ),
        Error::Exists { kind: Kind::User, .. } => {
            one(catalogue::USER_EXISTS, "User already exists".to_owned())
        }
        Error::Exists { .. } => one(catalogue::USERGROUP_EXISTS, "Usergroup already exists".to_owned()),
        Error::Conflict { reason } => one(catalogue::INVALID_VALUE, reason.clone()),
        Error::Stale => one(
            catalogue::STALE,
            "the object has another version than `If-Match` names".to_owned(),
        ),
        Error::Internal(_) => one(catalogue::INTERNAL, FAULT.to_owned()),
    }
}

/// The code that fits all violations best, and what it says of each.
fn invalid(request: &HttpRequest, violations: &[Violation]) -> (Code, Vec<String>) {
    let of_path = |v: &Violation| v.place == Place::Path && v.pointer == "lookupKey";
    if violations.iter().any(of_path) {
        let given = lookup(request).map_or_else(String::new, |(key, _)| key);
        let message = format!(
            "Invalid lookup key [{given}], key must contain one of the following values: [id,sourceId,]"
        );
        return (catalogue::INVALID_LOOKUP_KEY, vec![message]);
    }
    // A form is not JSON, whatever is wrong with it.
    let is_form = super::is_token_path(request.path());
    if let Some(malformed) = violations.iter().find(|v| !is_form && is_malformed(v)) {
        let mut messages = vec!["Invalid JSON Payload".to_owned()];
        if malformed.rule != "json" {
            messages.push(said(malformed));
        }
        return (catalogue::INVALID_JSON, messages);
    }
    let of_page = |v: &Violation| {
        matches!(v.place, Place::Query | Place::Body)
            && matches!(v.pointer.trim_start_matches('/'), "page" | "offset")
    };
    let of_body = |v: &Violation| v.place == Place::Body;
    let code = if violations.iter().any(of_page) {
        catalogue::INVALID_PAGE
    } else if violations.iter().any(of_body) {
        catalogue::INVALID_SCHEMA
    } else {
        catalogue::INVALID_VALUE
    };
    (code, violations.iter().map(said).collect())
}

/// Nothing of such a body could be read, or not surely as it was meant.
fn is_malformed(violation: &Violation) -> bool {
    violation.place == Place::Body
        && (matches!(violation.rule, "json" | "duplicate" | "encoding")
            || violation.rule == "required" && violation.pointer.is_empty())
}

fn said(violation: &Violation) -> String {
    match violation.pointer.trim_start_matches('/') {
        "" => format!("the body {}", violation.message),
        place => format!("{place} {}", violation.message),
    }
}

fn body(origin: &Origin, request: &HttpRequest, code: Code, messages: &[String]) -> ErrorResponse {
    ErrorResponse {
        error: detail(origin, request, code, messages),
    }
}

fn detail(origin: &Origin, request: &HttpRequest, code: Code, messages: &[String]) -> ErrorDetail {
    let shown = messages.iter().take(MAX_MESSAGES);
    ErrorDetail {
        code: code.number,
        messages: shown.map(|message| printable(message)).collect(),
        more_info: format!("{}{PAGES}{}", origin.of(request), code.number),
        status: i32::from(code.cause.status().as_u16()),
        type_: code.name.to_owned(),
        request_id: (code.number == catalogue::INTERNAL.number).then(|| requests::id(request).0),
    }
}

/// The lookup key and its value in the path of a request, as they were sent.
pub fn lookup(request: &HttpRequest) -> Option<(String, String)> {
    let path = request.uri().path();
    let path = path.strip_prefix("/v2").unwrap_or(path);
    let mut steps = path.split('/').skip(2);
    let decoded = |step: &str| percent_decode(step).unwrap_or_else(|| step.to_owned());
    Some((decoded(steps.next()?), decoded(steps.next()?)))
}

/// The directory's words for members, in this dialect's.
const MEMBERS: [(&str, &str); 12] = [
    ("displayName", "fullName"),
    ("externalId", "sourceId"),
    ("externalIds", "sourceId"),
    ("familyName", "lastName"),
    ("givenName", "firstName"),
    ("items", "the list of items"),
    ("locale", "primaryLanguage"),
    ("middleName", "middleName"),
    ("primaryEmail", "email"),
    ("primaryPhone", "phone"),
    ("userName", "login"),
    ("version", "If-Match"),
];

/// A path of the directory's words as the client knows it.
fn translate(field: &str) -> String {
    let step = |step| {
        let known = MEMBERS.iter().find(|(ours, _)| *ours == step);
        known.map_or(step, |(_, theirs)| *theirs)
    };
    field.split('/').map(step).collect::<Vec<_>>().join("/")
}

/// A text that an answer may hold.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !model::text::is_forbidden(*c))
        .take(MAX_TEXT)
        .collect()
}

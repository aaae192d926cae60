//! Taleo Learn's error body: the members of RFC 9457 and the vendor's usual `o:` members.

use crate::requests;
use crate::status::Cause;
use actix_web::{HttpRequest, HttpResponse};
use contract::runtime::{Failure, Refusal};
use contract::taleolearn::models::{ErrorItem, ErrorResponse as Problem};
use contract::taleolearn::routes::stray;
use model::error::Kind;
use model::{Error, text};

/// How many violations one answer tells.
const MAX_VIOLATIONS: usize = 100;
/// Longest text, in characters.
const MAX_TEXT: usize = 4096;
/// Longest path to a member, in characters.
const MAX_PATH: usize = 1024;

/// The dialect's own codes; the vendor publishes none.
fn code(cause: Cause) -> &'static str {
    match cause {
        Cause::Invalid => "BAD_REQUEST",
        Cause::Unauthenticated => "UNAUTHORIZED",
        Cause::Forbidden => "FORBIDDEN",
        Cause::UnknownPath | Cause::NotFound => "NOT_FOUND",
        Cause::MethodNotAllowed => "METHOD_NOT_ALLOWED",
        Cause::NotAcceptable => "NOT_ACCEPTABLE",
        Cause::Exists | Cause::Conflict => "CONFLICT",
        Cause::Stale => "PRECONDITION_FAILED",
        Cause::Unprocessable => "VALIDATION_FAILED",
        Cause::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
        Cause::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
        Cause::Internal | Cause::Slow | Cause::Unready => "INTERNAL_SERVER_ERROR",
    }
}

/// What a use case answered instead of a result.
pub fn failure(request: &HttpRequest, error: &Error) -> Failure<Problem> {
    let cause = Cause::from(error);
    let body = match error {
        Error::Invalid(violations) => invalid(
            cause,
            violations
                .iter()
                .map(|violation| (translate(&violation.field), violation.message.as_str())),
        ),
        Error::Unauthenticated => unauthorized(),
        Error::Forbidden { reason } => plain(cause, reason),
        Error::NotFound { kind, key } => plain(cause, &format!("{} `{key}` not found", noun(*kind))),
        Error::Ambiguous { kind, key } => {
            plain(cause, &format!("several {}s have the key `{key}`", noun(*kind)))
        }
        Error::Exists { kind, field } => {
            let field = translate(field);
            let field = field.trim_start_matches('/');
            plain(
                cause,
                &format!("a {} with this `{field}` already exists", noun(*kind)),
            )
        }
        Error::Conflict { reason } => plain(cause, reason),
        Error::Stale => plain(cause, "the object has another version than `If-Match` names"),
        Error::Internal(fault) => {
            tracing::error!(?fault, "the request failed");
            broken(request)
        }
    };
    Failure::new(cause.status(), body)
}

/// What the generated code refused before any handler ran.
pub fn refused(request: &HttpRequest, refusal: &Refusal) -> Problem {
    let cause = Cause::from(refusal);
    match refusal {
        Refusal::Invalid(violations) => invalid(
            cause,
            violations
                .iter()
                .map(|violation| (violation.pointer.clone(), violation.message.as_str())),
        ),
        Refusal::MethodNotAllowed { allow } => plain(cause, &format!("this path offers {allow} only")),
        Refusal::Unauthorized { .. } => unauthorized(),
        Refusal::PayloadTooLarge { limit } => plain(cause, &format!("the body is larger than {limit} bytes")),
        Refusal::UnsupportedMediaType { supported } => plain(cause, &format!("the body must be {supported}")),
        Refusal::NotAcceptable { supported } => plain(cause, &format!("answers are {supported} only")),
        Refusal::Fault => broken(request),
    }
}

/// The answer to a path that no operation has.
pub fn unknown_path(request: &HttpRequest) -> HttpResponse {
    let cause = Cause::UnknownPath;
    stray(
        request,
        cause.status(),
        &plain(cause, "there is nothing at this path"),
    )
}

/// The same words whatever is wrong with the credential.
fn unauthorized() -> Problem {
    plain(
        Cause::Unauthenticated,
        "the credential or the token is missing or not valid",
    )
}

fn broken(request: &HttpRequest) -> Problem {
    Problem {
        instance: Some(format!("urn:uuid:{}", requests::id(request))),
        ..plain(Cause::Internal, "the server could not answer this request")
    }
}

fn plain(cause: Cause, detail: &str) -> Problem {
    let status = cause.status();
    Problem {
        type_: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: i32::from(status.as_u16()),
        detail: printable(detail, MAX_TEXT),
        o_error_code: code(cause).to_owned(),
        instance: None,
        o_error_details: Vec::new(),
    }
}

fn invalid<'a>(cause: Cause, violations: impl Iterator<Item = (String, &'a str)>) -> Problem {
    let items: Vec<ErrorItem> = violations
        .take(MAX_VIOLATIONS)
        .map(|(path, message)| ErrorItem {
            detail: printable(message, MAX_TEXT),
            o_error_code: code(cause).to_owned(),
            o_error_path: printable(&path, MAX_PATH),
        })
        .collect();
    let detail = items.first().map_or_else(String::new, |item| {
        let name = item.o_error_path.trim_start_matches('/');
        format!("{name} {}", item.detail).trim_start().to_owned()
    });
    Problem {
        o_error_details: items,
        ..plain(cause, &detail)
    }
}

/// The directory's words for members, in this dialect's.
const MEMBERS: [(&str, &str); 7] = [
    ("activeFrom", "activeFromDate"),
    ("activeUntil", "activeUntilDate"),
    ("itemId", "itemid"),
    ("onlyOwnersEdit", "onlyAllowOwnersToEditGroup"),
    ("parent", "parentGroupId"),
    ("selfService", "selfServiceOptions"),
    ("user", "UserId"),
];

/// A path of the directory's words as a JSON pointer into the body.
fn translate(path: &str) -> String {
    let step = |step| {
        MEMBERS
            .iter()
            .find(|(ours, _)| *ours == step)
            .map_or(step, |(_, theirs)| *theirs)
    };
    let steps: Vec<&str> = path.split('/').map(step).collect();
    format!("/{}", steps.join("/"))
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Tenant => "learnCenter",
        other => other.as_str(),
    }
}

/// Text that fits the document.
fn printable(given: &str, most: usize) -> String {
    given
        .chars()
        .filter(|c| !text::is_forbidden(*c))
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directorys_words_become_pointers() {
        for (ours, theirs) in [
            ("owners/1", "/owners/1"),
            ("parent", "/parentGroupId"),
            ("activeUntil", "/activeUntilDate"),
            ("activeFromDate", "/activeFromDate"),
            ("name", "/name"),
        ] {
            assert_eq!(translate(ours), theirs);
        }
    }

    #[test]
    fn the_first_violation_is_told_whole() {
        let told = invalid(
            Cause::Invalid,
            [("/name".to_owned(), "is required"), (String::new(), "b")].into_iter(),
        );
        assert_eq!(told.detail, "name is required");
        assert_eq!(told.o_error_details.len(), 2);
        let whole = invalid(
            Cause::Invalid,
            [(String::new(), "a body is required")].into_iter(),
        );
        assert_eq!(whole.detail, "a body is required");
    }
}

//! Forms On Fire's error body, `ResponseStatus`, and where its statuses deviate from the table.

use crate::requests;
use crate::status::Cause;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use contract::formsonfire::models::{ErrorResponse, FieldError, ResponseStatus};
use contract::formsonfire::routes::stray;
use contract::runtime::{self, Failure, Place, Refusal};
use model::error::Kind;
use model::{Error, text};
use uuid::Uuid;

/// How many violations one answer tells.
const MAX_VIOLATIONS: usize = 100;
/// Longest name or message, in characters.
const MAX_TEXT: usize = 4096;

/// Causes that have the status of another one here, and why.
const DEVIATIONS: [(Cause, Cause, &str); 5] = [
    (
        Cause::UnknownPath,
        Cause::MethodNotAllowed,
        "the vendor answers 405 where there is no endpoint",
    ),
    (
        Cause::NotFound,
        Cause::Invalid,
        "the vendor names no 404; a failed write is 400 with the reason in the body",
    ),
    (
        Cause::Exists,
        Cause::Invalid,
        "the vendor names no 409; a failed write is 400",
    ),
    (
        Cause::Conflict,
        Cause::Invalid,
        "the vendor names no 409; a failed write is 400",
    ),
    (
        Cause::Unprocessable,
        Cause::Invalid,
        "the vendor names no 422; a failed write is 400",
    ),
];

fn status(cause: Cause) -> StatusCode {
    let deviation = DEVIATIONS.iter().find(|(from, ..)| *from == cause);
    deviation.map_or(cause, |(_, to, _)| *to).status()
}

/// `ErrorCode` of the whole. The vendor publishes no values; these are in the style of its framework.
fn code(cause: Cause) -> &'static str {
    match cause {
        Cause::Invalid | Cause::Unprocessable => "ArgumentException",
        Cause::Unauthenticated => "Unauthorized",
        Cause::Forbidden => "Forbidden",
        Cause::NotFound => "NotFound",
        Cause::UnknownPath | Cause::MethodNotAllowed => "MethodNotAllowed",
        Cause::NotAcceptable => "NotAcceptable",
        Cause::Exists => "AlreadyExists",
        Cause::Conflict => "Conflict",
        Cause::Stale => "PreconditionFailed",
        Cause::PayloadTooLarge => "PayloadTooLarge",
        Cause::UnsupportedMediaType => "UnsupportedMediaType",
        Cause::Internal | Cause::Slow | Cause::Unready => "InternalServerError",
    }
}

/// `ErrorCode` of one violation, by the rule that is broken.
fn violated(rule: &str) -> &'static str {
    match rule {
        // No text has to be longer than one character, so one that is too short is empty.
        "required" | "minLength" => "NotEmpty",
        "maxLength" => "Length",
        "pattern" => "RegularExpression",
        "minimum" | "maximum" => "InclusiveBetween",
        "enum" => "Enum",
        "minItems" | "maxItems" => "Count",
        "duplicate" => "Duplicate",
        "encoding" => "Encoding",
        "unknown" => "NotFound",
        "conflict" | "syntax" | "unsupported" => "Conflict",
        _ => "Type",
    }
}

/// What a use case answered instead of a result.
pub fn failure(request: &HttpRequest, error: &Error) -> Failure<ErrorResponse> {
    let cause = Cause::from(error);
    let body = match error {
        Error::Invalid(violations) => invalid(violations.iter().map(|violation| {
            let message = printable(&violation.message);
            (translate(&violation.field), violation.rule, message)
        })),
        Error::Unauthenticated => unauthorized(),
        Error::Forbidden { reason } => plain(cause, reason),
        Error::NotFound { kind, key } => {
            let message = format!("{} `{}` not found", kind.as_str(), spelled(key));
            about(cause, if *kind == Kind::Credential { "" } else { "Id" }, &message)
        }
        Error::Ambiguous { kind, key } => {
            let message = format!("several {}s have the key `{}`", kind.as_str(), printable(key));
            about(cause, "Id", &message)
        }
        Error::Exists { kind, field } => {
            let field = translate(field);
            let message = format!("another {} has this `{field}` already", kind.as_str());
            about(cause, &field, &message)
        }
        Error::Conflict { reason } => plain(cause, reason),
        Error::Stale => plain(cause, "the object has another version than `If-Match` names"),
        Error::Internal(fault) => {
            tracing::error!(?fault, "the request failed");
            broken(request)
        }
    };
    Failure::new(status(cause), body)
}

/// What the generated code refused before any handler ran.
pub fn refused(request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
    let cause = Cause::from(refusal);
    match refusal {
        Refusal::Invalid(violations) => match violations.iter().find(|violation| is_malformed(violation)) {
            Some(violation) => whole("SerializationException", &violation.message, Vec::new()),
            None => invalid(violations.iter().map(|violation| {
                let message = printable(&violation.message);
                (field(&violation.pointer), violation.rule, message)
            })),
        },
        Refusal::MethodNotAllowed { allow } => plain(cause, &format!("this path offers {allow} only")),
        Refusal::Unauthorized { .. } => unauthorized(),
        Refusal::PayloadTooLarge { limit } => plain(cause, &format!("the body is larger than {limit} bytes")),
        Refusal::UnsupportedMediaType { supported } => plain(cause, &format!("the body must be {supported}")),
        Refusal::NotAcceptable { supported } => plain(cause, &format!("answers are {supported}")),
        Refusal::Fault => broken(request),
    }
}

/// The answer to a path that no operation has.
pub fn unknown_path(request: &HttpRequest) -> HttpResponse {
    let cause = Cause::UnknownPath;
    let body = plain(cause, "there is nothing at this path");
    let mut answer = stray(request, status(cause), &body);
    // Every 405 has the header; no verb is offered here.
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static(""));
    answer
}

/// Nothing of such a body could be read, so there is no member to tell of.
fn is_malformed(violation: &runtime::Violation) -> bool {
    match violation.rule {
        "json" | "xml" => true,
        "encoding" => violation.place == Place::Body,
        _ => false,
    }
}

/// The same words whatever is wrong with the credential.
fn unauthorized() -> ErrorResponse {
    let message = "CompanyId or IntegrationKey is missing or not valid";
    plain(Cause::Unauthenticated, message)
}

fn broken(request: &HttpRequest) -> ErrorResponse {
    let message = format!("the server could not answer request {}", requests::id(request));
    plain(Cause::Internal, &message)
}

fn plain(cause: Cause, message: &str) -> ErrorResponse {
    whole(code(cause), message, Vec::new())
}

/// A refusal that is about one member.
fn about(cause: Cause, field: &str, message: &str) -> ErrorResponse {
    let error = FieldError {
        error_code: code(cause).to_owned(),
        field_name: field.to_owned(),
        message: message.to_owned(),
    };
    whole(code(cause), message, vec![error])
}

fn invalid(violations: impl Iterator<Item = (String, &'static str, String)>) -> ErrorResponse {
    let errors: Vec<FieldError> = violations
        .take(MAX_VIOLATIONS)
        .map(|(field, rule, message)| FieldError {
            error_code: violated(rule).to_owned(),
            message: match field.as_str() {
                "" => message,
                field => printable(&format!("{field} {message}")),
            },
            field_name: field,
        })
        .collect();
    let message = errors
        .first()
        .map_or("", |error| error.message.as_str())
        .to_owned();
    whole(code(Cause::Invalid), &message, errors)
}

fn whole(code: &str, message: &str, errors: Vec<FieldError>) -> ErrorResponse {
    ErrorResponse {
        response_status: ResponseStatus {
            error_code: code.to_owned(),
            message: printable(message),
            stack_trace: String::new(),
            errors,
        },
    }
}

/// The directory's words for members, in this dialect's.
const MEMBERS: [(&str, &str); 9] = [
    ("externalId", "ExternalId"),
    ("externalIds", "ExternalId"),
    ("familyName", "LastName"),
    ("givenName", "FirstName"),
    ("groups", "Groups"),
    ("name", "Name"),
    ("primaryEmail", "Email"),
    ("timeZone", "TimeZone"),
    // A user gets his name from his address.
    ("userName", "Email"),
];

/// A path of the directory's words as the client knows it.
fn translate(path: &str) -> String {
    let step = |step| {
        MEMBERS
            .iter()
            .find(|(ours, _)| *ours == step)
            .map_or(step, |(_, theirs)| *theirs)
    };
    field(&path.split('/').map(step).collect::<Vec<_>>().join("/"))
}

/// A parameter's name as it stands; a JSON pointer as `UserIds[3]` or `Metadata[0].Key`; empty for the whole body.
fn field(pointer: &str) -> String {
    let mut name = String::new();
    for step in pointer.strip_prefix('/').unwrap_or(pointer).split('/') {
        if !name.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            name.extend(["[", step, "]"]);
        } else {
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&step.replace("~1", "/").replace("~0", "~"));
        }
    }
    printable(&name)
}

/// An id in this dialect's spelling.
fn spelled(key: &str) -> String {
    Uuid::try_parse(key).map_or_else(|_| printable(key), |id| id.as_simple().to_string())
}

/// Text that fits the document, without characters that XML cannot carry.
fn printable(given: &str) -> String {
    given
        .chars()
        .filter(|c| !text::is_forbidden(*c))
        .take(MAX_TEXT)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_become_names() {
        for (pointer, name) in [
            ("/UserIds/3", "UserIds[3]"),
            ("UserIds/3", "UserIds[3]"),
            ("/Metadata/0/Key", "Metadata[0].Key"),
            ("PageSize", "PageSize"),
            ("", ""),
        ] {
            assert_eq!(field(pointer), name);
        }
        assert_eq!(translate("primaryEmail"), "Email");
        assert_eq!(translate("Groups/2"), "Groups[2]");
    }

    #[test]
    fn each_deviation_is_listed_once() {
        for (at, (from, to, reason)) in DEVIATIONS.iter().enumerate() {
            assert!(DEVIATIONS.iter().skip(at + 1).all(|other| other.0 != *from));
            assert!(from.status() != to.status() && !reason.is_empty());
        }
        assert_eq!(status(Cause::Forbidden), Cause::Forbidden.status());
    }
}

//! Kibo's error body: `errorCode`, a message for people, and the request's id.

use crate::requests;
use crate::status::Cause;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use contract::kibo::models::{ErrorDatum, ErrorItem, ErrorResponse};
use contract::runtime::{Failure, Refusal};
use model::Error;
use model::error::Kind;

/// How many violations one answer tells.
const MAX_VIOLATIONS: usize = 100;
const APPLICATION: &str = "AdminUser";

/// Causes that have the status of another one here, and why.
const DEVIATIONS: [(Cause, Cause, &str); 1] = [(
    Cause::Unprocessable,
    Cause::Conflict,
    "the vendor names no 422; VALIDATION_CONFLICT is 409",
)];

fn status(cause: Cause) -> StatusCode {
    let deviation = DEVIATIONS.iter().find(|(from, ..)| *from == cause);
    deviation.map_or(cause, |(_, to, _)| *to).status()
}

/// The dialect's spelling of the public codes. The vendor's SDKs compare `ITEM_NOT_FOUND`.
fn code(cause: Cause) -> &'static str {
    match cause {
        Cause::Invalid => "MISSING_OR_INVALID_PARAMETER",
        Cause::Unauthenticated => "UNAUTHORIZED",
        Cause::Forbidden => "FORBIDDEN",
        Cause::UnknownPath | Cause::NotFound => "ITEM_NOT_FOUND",
        Cause::MethodNotAllowed => "METHOD_NOT_ALLOWED",
        Cause::NotAcceptable => "NOT_ACCEPTABLE",
        Cause::Exists => "ITEM_ALREADY_EXISTS",
        Cause::Conflict | Cause::Stale | Cause::Unprocessable => "VALIDATION_CONFLICT",
        Cause::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
        Cause::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
        Cause::Internal | Cause::Slow | Cause::Unready => "UNEXPECTED_ERROR",
    }
}

/// What a use case answered instead of a result.
pub fn failure(request: &HttpRequest, error: &Error) -> Failure<ErrorResponse> {
    let cause = Cause::from(error);
    let body = match error {
        Error::Invalid(violations) => invalid(
            request,
            cause,
            violations
                .iter()
                .map(|violation| (translate(&violation.field), violation.message.clone())),
        ),
        Error::Unauthenticated => plain(request, cause, "the credential is not valid"),
        Error::Forbidden { reason } => plain(request, cause, reason),
        Error::NotFound { kind, key } => plain(
            request,
            cause,
            &format!("{} `{}` does not exist", noun(*kind), printable(key)),
        ),
        Error::Ambiguous { kind, key } => plain(
            request,
            cause,
            &format!("several {}s have the key `{}`", noun(*kind), printable(key)),
        ),
        Error::Exists { kind, field } => plain(
            request,
            cause,
            &format!("another {} has this `{}` already", noun(*kind), translate(field)),
        ),
        Error::Conflict { reason } => plain(request, cause, reason),
        Error::Stale => plain(
            request,
            cause,
            "the object has another version than `If-Match` names",
        ),
        Error::Internal(fault) => {
            tracing::error!(?fault, "the request failed");
            fault_body(request)
        }
    };
    Failure {
        status: status(cause),
        body,
        headers: Vec::new(),
    }
}

/// What the generated code refused before any handler ran.
pub fn refused(request: &HttpRequest, refusal: &Refusal) -> ErrorResponse {
    let cause = Cause::from(refusal);
    match refusal {
        Refusal::Invalid(violations) => invalid(
            request,
            cause,
            violations
                .iter()
                .map(|violation| (wire(&violation.pointer), violation.message.clone())),
        ),
        Refusal::MethodNotAllowed { allow } => {
            plain(request, cause, &format!("this path offers {allow} only"))
        }
        Refusal::Unauthorized { reason } => plain(request, cause, reason),
        Refusal::PayloadTooLarge { limit } => {
            plain(request, cause, &format!("the body has more than {limit} bytes"))
        }
        Refusal::UnsupportedMediaType { supported } => {
            plain(request, cause, &format!("the body must be {supported}"))
        }
        Refusal::NotAcceptable { supported } => {
            plain(request, cause, &format!("`Accept` must allow {supported}"))
        }
        Refusal::Fault => fault_body(request),
    }
}

/// The answer to a path that no operation has.
pub fn unknown_path(request: &HttpRequest) -> HttpResponse {
    let cause = Cause::UnknownPath;
    HttpResponse::build(cause.status()).json(plain(request, cause, "there is nothing at this path"))
}

fn fault_body(request: &HttpRequest) -> ErrorResponse {
    plain(
        request,
        Cause::Internal,
        "the server failed; name the correlation id when you report it",
    )
}

fn plain(request: &HttpRequest, cause: Cause, message: &str) -> ErrorResponse {
    ErrorResponse {
        application_name: APPLICATION.to_owned(),
        error_code: code(cause).to_owned(),
        message: message.to_owned(),
        correlation_id: requests::id(request).0,
        additional_error_data: Vec::new(),
        exception_detail: None,
        items: Vec::new(),
    }
}

fn invalid(
    request: &HttpRequest,
    cause: Cause,
    violations: impl Iterator<Item = (String, String)>,
) -> ErrorResponse {
    let error_code = code(cause);
    let about = match cause {
        Cause::Invalid => "Missing or invalid parameter: ",
        _ => "",
    };
    let items: Vec<ErrorItem> = violations
        .take(MAX_VIOLATIONS)
        .map(|(parameter, detail)| ErrorItem {
            application_name: APPLICATION.to_owned(),
            error_code: error_code.to_owned(),
            message: format!("{about}{parameter} {detail}"),
            additional_error_data: vec![datum(&parameter)],
        })
        .collect();
    let message = items
        .first()
        .map_or_else(String::new, |item| item.message.clone());
    let additional_error_data = items
        .iter()
        .flat_map(|item| item.additional_error_data.clone())
        .collect();
    ErrorResponse {
        additional_error_data,
        items,
        ..plain(request, cause, &message)
    }
}

fn datum(parameter: &str) -> ErrorDatum {
    ErrorDatum {
        name: "ParameterName".to_owned(),
        value: parameter.to_owned(),
    }
}

/// The directory's words for members, in this dialect's.
const MEMBERS: [(&str, &str); 11] = [
    ("code", "groupCode"),
    ("familyName", "lastName"),
    ("givenName", "firstName"),
    ("grants", "roles"),
    ("locale", "localeCode"),
    ("primaryEmail", "emailAddress"),
    ("primaryPhone", "phoneNumber"),
    ("resources", "roleResources"),
    ("role", "roleId"),
    ("scope", "assignedInScope"),
    ("tags", "roleTags"),
];

/// A path of the directory's words as the client knows it.
fn translate(field: &str) -> String {
    let step = |step: &str| {
        MEMBERS
            .iter()
            .find(|(ours, _)| *ours == step)
            .map_or(step, |(_, theirs)| theirs)
            .to_owned()
    };
    wire(&field.split('/').map(step).collect::<Vec<_>>().join("/"))
}

/// A parameter's name as it stands; a JSON pointer without its first slash; `body` for the whole of it.
fn wire(pointer: &str) -> String {
    match printable(pointer.strip_prefix('/').unwrap_or(pointer)) {
        path if path.is_empty() => "body".to_owned(),
        path => path,
    }
}

/// At most 255 characters, none of them a control character.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !model::text::is_forbidden(*c))
        .take(255)
        .collect()
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "account",
        other => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lose_their_first_slash() {
        for (pointer, path) in [
            ("/users/0/id", "users/0/id"),
            ("pageSize", "pageSize"),
            ("", "body"),
        ] {
            assert_eq!(wire(pointer), path);
        }
    }
}

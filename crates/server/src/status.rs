//! THE status table: from every cause of a refusal to its status and public code.
//!
//! All dialects use it. A dialect gives only the body's shape and its own spelling of the codes.

use actix_web::http::StatusCode;
use contract::runtime::Refusal;
use model::{Error, Violation};

/// What the pages beside the dialects answer with.
pub mod page {
    use super::StatusCode;

    pub const SHOWN: StatusCode = StatusCode::OK;
    pub const DONE: StatusCode = StatusCode::NO_CONTENT;
    pub const UNCHANGED: StatusCode = StatusCode::NOT_MODIFIED;
    pub const ELSEWHERE: StatusCode = StatusCode::PERMANENT_REDIRECT;
    pub const ABSENT: StatusCode = StatusCode::NOT_FOUND;
    pub const BROKEN: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;
}

/// Why a request is refused, in the words of all dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    Invalid,
    Unauthenticated,
    Forbidden,
    UnknownPath,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    Exists,
    Conflict,
    Stale,
    /// It fits the document, and what the directory holds, or another value, forbids it.
    Unprocessable,
    PayloadTooLarge,
    UnsupportedMediaType,
    Internal,
    /// The body did not come in time.
    Slow,
    /// Only `/readyz` says so.
    Unready,
}

/// The table. One row per cause.
#[rustfmt::skip]
const TABLE: [(Cause, StatusCode, &str); 16] = [
    (Cause::Invalid,              StatusCode::BAD_REQUEST,            "invalid"),
    (Cause::Unauthenticated,      StatusCode::UNAUTHORIZED,           "unauthenticated"),
    (Cause::Forbidden,            StatusCode::FORBIDDEN,              "forbidden"),
    (Cause::UnknownPath,          StatusCode::NOT_FOUND,              "unknown-path"),
    (Cause::NotFound,             StatusCode::NOT_FOUND,              "not-found"),
    (Cause::MethodNotAllowed,     StatusCode::METHOD_NOT_ALLOWED,     "method-not-allowed"),
    (Cause::NotAcceptable,        StatusCode::NOT_ACCEPTABLE,         "not-acceptable"),
    (Cause::Exists,               StatusCode::CONFLICT,               "exists"),
    (Cause::Conflict,             StatusCode::CONFLICT,               "conflict"),
    (Cause::Stale,                StatusCode::PRECONDITION_FAILED,    "stale"),
    (Cause::Unprocessable,        StatusCode::UNPROCESSABLE_ENTITY,   "unprocessable"),
    (Cause::PayloadTooLarge,      StatusCode::PAYLOAD_TOO_LARGE,      "payload-too-large"),
    (Cause::UnsupportedMediaType, StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
    (Cause::Internal,             StatusCode::INTERNAL_SERVER_ERROR,  "internal"),
    (Cause::Slow,                 StatusCode::REQUEST_TIMEOUT,        "slow"),
    (Cause::Unready,              StatusCode::SERVICE_UNAVAILABLE,    "unready"),
];

impl Cause {
    fn row(self) -> (StatusCode, &'static str) {
        TABLE.iter().find(|(cause, ..)| *cause == self).map_or(
            (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            |(_, status, code)| (*status, *code),
        )
    }

    /// The HTTP status, unless the dialect lists a deviation.
    pub fn status(self) -> StatusCode {
        self.row().0
    }

    /// The public code of answers that belong to no dialect.
    pub fn code(self) -> &'static str {
        self.row().1
    }
}

impl From<&Error> for Cause {
    fn from(error: &Error) -> Self {
        match error {
            Error::Invalid(violations) if violations.iter().all(Violation::is_judged) => Self::Unprocessable,
            Error::Invalid(_) => Self::Invalid,
            Error::Unauthenticated => Self::Unauthenticated,
            Error::Forbidden { .. } => Self::Forbidden,
            Error::NotFound { .. } => Self::NotFound,
            Error::Exists { .. } => Self::Exists,
            Error::Ambiguous { .. } | Error::Conflict { .. } => Self::Conflict,
            Error::Stale => Self::Stale,
            Error::Internal(_) => Self::Internal,
        }
    }
}

impl From<&Refusal> for Cause {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::MethodNotAllowed { .. } => Self::MethodNotAllowed,
            Refusal::Unauthorized { .. } => Self::Unauthenticated,
            Refusal::PayloadTooLarge { .. } => Self::PayloadTooLarge,
            Refusal::UnsupportedMediaType { .. } => Self::UnsupportedMediaType,
            Refusal::NotAcceptable { .. } => Self::NotAcceptable,
            Refusal::Invalid(_) => Self::Invalid,
            Refusal::Fault => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_exactly_one_row() {
        let all = [
            Cause::Invalid,
            Cause::Unauthenticated,
            Cause::Forbidden,
            Cause::UnknownPath,
            Cause::NotFound,
            Cause::MethodNotAllowed,
            Cause::NotAcceptable,
            Cause::Exists,
            Cause::Conflict,
            Cause::Stale,
            Cause::Unprocessable,
            Cause::PayloadTooLarge,
            Cause::UnsupportedMediaType,
            Cause::Internal,
            Cause::Slow,
            Cause::Unready,
        ];
        for cause in all {
            assert_eq!(TABLE.iter().filter(|row| row.0 == cause).count(), 1, "{cause:?}");
        }
        assert_eq!(all.len(), TABLE.len());
    }
}

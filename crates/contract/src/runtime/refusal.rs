//! Why a request is refused before its handler runs, and how a handler refuses.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};

use super::Format;

/// The part of a request that a violation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Path,
    Query,
    Header,
    Body,
}

/// One thing that is wrong with a request. It never carries the value that was sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Where the value stands.
    pub place: Place,
    /// JSON pointer into the body (empty: the whole body), else the name of the parameter.
    pub pointer: String,
    /// The rule that is broken: the keyword of the schema (`maxLength`, `type`, `required`, …) or one of
    /// `encoding`, `duplicate`, `json`, `selection`.
    pub rule: &'static str,
    /// Says what would be right, in lower case and without a full stop.
    pub message: String,
}

impl Violation {
    pub fn new(
        place: Place,
        pointer: impl Into<String>,
        rule: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            place,
            pointer: pointer.into(),
            rule,
            message: message.into(),
        }
    }
}

/// Why a request is refused before its handler runs. The dialect gives it a body, see `problem` of its trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The path exists, the verb does not. `allow` is the value of the `Allow` header.
    MethodNotAllowed { allow: &'static str },
    /// No credential, or one that is not accepted. `reason` is safe to show.
    Unauthorized { reason: &'static str },
    /// The body is longer than `limit` bytes.
    PayloadTooLarge { limit: usize },
    /// The body's media type is not the one the operation takes.
    UnsupportedMediaType { supported: &'static str },
    /// The client accepts nothing that the operation can answer with.
    NotAcceptable { supported: &'static str },
    /// The parameters and the body together break these rules; never empty, sorted.
    Invalid(Vec<Violation>),
    /// The server itself failed while it decoded or authenticated. Whoever makes it has logged the cause.
    Fault,
}

impl Refusal {
    /// The status a refusal is answered with. `fault` is the one of the dialect for failures of the server.
    pub fn status(&self, fault: StatusCode) -> StatusCode {
        match self {
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            Self::PayloadTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Fault => fault,
        }
    }
}

/// A refusal that a handler decided. It becomes the variant of the operation's response that has its status.
#[derive(Clone, Debug)]
pub struct Failure<B> {
    pub status: StatusCode,
    pub body: B,
    /// Values for headers that the document declares for that response; others are not sent.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl<B> Failure<B> {
    pub fn new(status: StatusCode, body: B) -> Self {
        Self {
            status,
            body,
            headers: Vec::new(),
        }
    }
}

/// One operation of a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The verb, upper case.
    pub method: &'static str,
    /// The path as the document has it, with `{name}` templates and without a mount prefix.
    pub path: &'static str,
    /// Other spellings of the path.
    pub aliases: &'static [&'static str],
    /// The dialect, the name of its document.
    pub dialect: &'static str,
}

/// What a handler is called with besides its parameters and body.
#[derive(Debug)]
pub struct Call<C> {
    /// What the security scheme's method returned; `()` where the operation is open to everyone.
    pub caller: C,
    pub operation: &'static Operation,
    pub request: HttpRequest,
    /// The media type that the answer will have.
    pub format: Format,
}

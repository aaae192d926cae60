//! A client of the Forms On Fire dialect, in XML or JSON. Every answer that it gets is compared with the document.

use crate::App;
use crate::app::{Wire, secret};
use crate::document;
use crate::http::{self, Reply};
use crate::xml;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;

pub const GROUP: &str = "/api/v2/usergroup";
pub const GROUPS: &str = "/api/v2/usergroup/search";
pub const USER: &str = "/api/v2/user";
pub const USERS: &str = "/api/v2/user/search";

/// A media type of requests and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xml,
    Json,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Xml, Self::Json];

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "application/xml",
            Self::Json => "application/json",
        }
    }
}

/// A client with one credential and one media type.
#[derive(Clone)]
pub struct Client {
    wire: Arc<Wire>,
    company: i64,
    key: String,
    format: Format,
}

impl Client {
    /// A client with one of the credentials that every server of the tests has.
    pub fn of(app: &App, id: &str, format: Format) -> Self {
        Self {
            wire: app.wire().clone(),
            company: if id == "stranger" { 2 } else { 1 },
            key: secret(id),
            format,
        }
    }

    /// The same client with another pair of company number and key.
    #[must_use]
    pub fn with(&self, company: i64, key: &str) -> Self {
        Self {
            company,
            key: key.to_owned(),
            ..self.clone()
        }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// GET with the credential in the query.
    pub fn get(&self, path: &str) -> Request {
        self.credential(self.bare("GET", path))
    }

    /// DELETE with the credential in the query.
    pub fn delete(&self, path: &str) -> Request {
        self.credential(self.bare("DELETE", path))
    }

    /// POST with the credential in the body.
    pub fn post(&self, path: &str, body: &Value) -> Request {
        self.bare("POST", path).object(&self.signed(body))
    }

    /// PUT with the credential in the body.
    pub fn put(&self, path: &str, body: &Value) -> Request {
        self.bare("PUT", path).object(&self.signed(body))
    }

    /// An object with the credential beside its members.
    pub fn signed(&self, body: &Value) -> Value {
        let mut body = body.clone();
        body["CompanyId"] = json!(self.company);
        body["IntegrationKey"] = json!(self.key);
        body
    }

    fn credential(&self, request: Request) -> Request {
        let company = self.company.to_string();
        request
            .query("CompanyId", &company)
            .query("IntegrationKey", &self.key)
    }

    /// A request without a credential that wants an answer in the client's format.
    pub fn bare(&self, method: &str, path: &str) -> Request {
        let accept = ("Accept".to_owned(), self.format.media_type().to_owned());
        Request {
            wire: self.wire.clone(),
            format: self.format,
            method: method.to_owned(),
            target: path.to_owned(),
            headers: vec![accept],
            body: None,
        }
    }
}

/// A request that is not sent yet.
#[derive(Clone)]
pub struct Request {
    wire: Arc<Wire>,
    format: Format,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// Adds a query parameter; its value is percent-encoded.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let joint = if self.target.contains('?') { '&' } else { '?' };
        write!(self.target, "{joint}{name}={}", http::encode(value)).unwrap();
        self
    }

    /// Adds a header line.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a header away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self
    }

    /// Replaces a header line, or adds it.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).header(name, value)
    }

    /// An object as the body, in the client's format.
    #[must_use]
    pub fn object(self, body: &Value) -> Self {
        let root = if self.target.contains("group") {
            "UserGroup"
        } else {
            "User"
        };
        let text = match self.format {
            Format::Xml => xml::encode(root, body),
            Format::Json => body.to_string(),
        };
        let media_type = self.format.media_type();
        self.body(media_type, text)
    }

    #[must_use]
    pub fn body(self, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let mut request = self.with("Content-Type", content_type);
        request.body = Some(bytes.into());
        request
    }

    /// Puts blanks behind the body until it has this many bytes.
    #[must_use]
    pub fn padded(mut self, length: usize) -> Self {
        self.body.get_or_insert_default().resize(length, b' ');
        self
    }

    /// Sends it and compares the answer with the document.
    ///
    /// # Panics
    /// When no answer comes, or one that the document does not promise.
    #[track_caller]
    pub fn send(&self) -> Answer {
        let Self {
            method,
            target,
            headers,
            ..
        } = self;
        let reply = http::send(&self.wire.url, method, target, headers, self.body.as_deref())
            .unwrap_or_else(|error| panic!("no answer to {}: {error}", self.told()));
        let status = reply.status;
        let operation = document::FORMSONFIRE.check(method, target, &reply);
        let answer = Answer {
            request: self.told(),
            json: document::FORMSONFIRE.body(method, target, &reply),
            reply,
        };
        match operation {
            Ok(Some(operation)) => self.wire.seen.lock().unwrap().push((operation, status)),
            Ok(None) => {}
            Err(complaints) => panic!("not as documented:\n{complaints}\n{}", answer.told()),
        }
        answer
    }

    fn told(&self) -> String {
        let body = String::from_utf8_lossy(self.body.as_deref().unwrap_or_default());
        let body: String = body.chars().take(2000).collect();
        format!("{} {}\n{:?}\n{body}", self.method, self.target, self.headers)
    }
}

/// An answer, together with the request that it belongs to.
#[derive(Clone, Debug)]
pub struct Answer {
    request: String,
    pub reply: Reply,
    json: Value,
}

impl Answer {
    /// Stops the test unless the answer has this status.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the check is what it is called for"
    )]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.reply.status, status, "status of\n{}", self.told());
        self
    }

    /// Stops the test unless the answer is in this media type.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the check is what it is called for"
    )]
    pub fn in_format(self, format: Format) -> Self {
        let found = self.reply.header("content-type");
        assert_eq!(
            found.as_deref(),
            Some(format.media_type()),
            "media type of\n{}",
            self.told()
        );
        self
    }

    /// Stops the test unless this is an error with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        let found = (
            self.reply.status,
            self.json["ResponseStatus"]["ErrorCode"].as_str(),
        );
        assert_eq!(found, (status, Some(code)), "refusal of\n{}", self.told());
        self
    }

    /// Stops the test unless this is a 400 whose violations are exactly these: name and code.
    #[track_caller]
    pub fn invalid(&self, violations: &[(&str, &str)]) -> &Self {
        self.refused(400, "ArgumentException");
        assert_eq!(self.violations(), violations, "violations of\n{}", self.told());
        let first = self.json.pointer("/ResponseStatus/Errors/0/Message");
        assert_eq!(
            first,
            self.json.pointer("/ResponseStatus/Message"),
            "message of\n{}",
            self.told()
        );
        self
    }

    /// What the violations are about, and their codes.
    pub fn violations(&self) -> Vec<(&str, &str)> {
        let errors = self.json["ResponseStatus"]["Errors"].as_array();
        let text = |error: &'_ Value, name: &str| error[name].as_str().map(str::len);
        errors
            .into_iter()
            .flatten()
            .filter(|error| text(error, "Message").is_some_and(|length| length > 0))
            .filter_map(|error| Some((error["FieldName"].as_str()?, error["ErrorCode"].as_str()?)))
            .collect()
    }

    /// The body, whatever its media type is.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The member at a JSON pointer; it has to be there.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Value {
        self.json
            .pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer} in\n{}", self.told()))
    }

    /// The text at a JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> &str {
        self.at(pointer)
            .as_str()
            .unwrap_or_else(|| panic!("{pointer} is no text in\n{}", self.told()))
    }

    /// The `ETag`; it has to be there.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.reply
            .header("etag")
            .unwrap_or_else(|| panic!("no ETag in\n{}", self.told()))
    }

    /// Request and answer, for a person who has to find out what went wrong.
    pub fn told(&self) -> String {
        let Reply { status, headers, .. } = &self.reply;
        format!(
            "{}\n\n-> {status} {headers:?}\n{}",
            self.request,
            self.reply.text()
        )
    }
}

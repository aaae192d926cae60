//! Requests and answers as the clients of all dialects have them. Every answer is compared with its document, and
//! every link in it is followed.

use crate::app::Wire;
use crate::document::Document;
use crate::http::{self, Reply};
use crate::links;
use serde_json::Value;
use std::fmt::Write as _;
use std::io;
use std::marker::PhantomData;
use std::sync::Arc;

/// What a client's requests and answers depend on.
pub trait Dialect: Clone {
    /// Where the code of an error is in its body.
    const CODE: &'static str;

    fn document() -> &'static Document;
}

/// A request that is not sent yet.
#[derive(Clone)]
pub struct Request<D> {
    pub(crate) wire: Arc<Wire>,
    pub(crate) dialect: D,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

impl<D: Dialect> Request<D> {
    pub(crate) fn new(wire: &Arc<Wire>, dialect: D, method: &str, target: String) -> Self {
        Self {
            wire: wire.clone(),
            dialect,
            method: method.to_owned(),
            target,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Adds a query parameter; its value is percent-encoded.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let joint = if self.target.contains('?') { '&' } else { '?' };
        write!(self.target, "{joint}{name}={}", http::encode(value)).unwrap();
        self
    }

    /// The path and the query.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The same request for another path and query.
    #[must_use]
    pub fn at(mut self, target: &str) -> Self {
        target.clone_into(&mut self.target);
        self
    }

    /// Puts text behind the path as it is.
    #[must_use]
    pub fn tail(mut self, text: &str) -> Self {
        self.target.push_str(text);
        self
    }

    /// Adds a header line.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces a header line, or adds it.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).header(name, value)
    }

    /// Takes a header away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self
    }

    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    #[must_use]
    pub fn body(self, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let mut request = self.with("Content-Type", content_type);
        request.body = Some(bytes.into());
        request
    }

    /// Puts text behind the body.
    #[must_use]
    pub fn more(mut self, text: &str) -> Self {
        self.body
            .get_or_insert_default()
            .extend_from_slice(text.as_bytes());
        self
    }

    /// Puts blanks behind the body until it has this many bytes.
    #[must_use]
    pub fn padded(mut self, length: usize) -> Self {
        self.body.get_or_insert_default().resize(length, b' ');
        self
    }

    /// The bytes of this request.
    pub fn bytes(&self) -> Vec<u8> {
        let body = self.body.as_deref();
        http::request(&self.wire.url, &self.method, &self.target, &self.headers, body)
    }

    /// Sends it, compares the answer with the document, and follows the links in it.
    ///
    /// # Panics
    /// When no answer comes, or one that the document does not promise, or one with a link that leads nowhere.
    #[track_caller]
    pub fn send(&self) -> Answer<D> {
        self.try_send()
            .unwrap_or_else(|error| panic!("no answer to {}: {error}", self.told()))
    }

    /// Sends it to a server that may end meanwhile.
    ///
    /// # Panics
    /// When an answer comes that the document does not promise, or one with a link that leads nowhere.
    #[track_caller]
    pub fn try_send(&self) -> io::Result<Answer<D>> {
        let answer = self.ask()?;
        links::follow(self, &answer)?;
        Ok(answer)
    }

    /// Sends it and compares the answer with the document.
    #[track_caller]
    pub(crate) fn ask(&self) -> io::Result<Answer<D>> {
        let reply = self.exchange()?;
        let status = reply.status;
        let document = D::document();
        let operation = document.check(&self.method, &self.target, &reply);
        let answer = Answer {
            request: self.told(),
            json: document.body(&self.method, &self.target, &reply),
            reply,
            of: PhantomData,
        };
        match operation {
            Ok(Some(operation)) => self.wire.seen.lock().unwrap().push((operation, status)),
            Ok(None) => {}
            Err(complaints) => panic!("not as documented:\n{complaints}\n{}", answer.told()),
        }
        Ok(answer)
    }

    /// Sends it and compares the answer with nothing.
    pub(crate) fn exchange(&self) -> io::Result<Reply> {
        let body = self.body.as_deref();
        http::send(&self.wire.url, &self.method, &self.target, &self.headers, body)
    }

    /// The request, for a person.
    pub fn told(&self) -> String {
        let body = String::from_utf8_lossy(self.body.as_deref().unwrap_or_default());
        let body: String = body.chars().take(2000).collect();
        format!("{} {}\n{:?}\n{body}", self.method, self.target, self.headers)
    }
}

/// An answer, together with the request that it belongs to.
#[derive(Clone, Debug)]
pub struct Answer<D> {
    request: String,
    pub reply: Reply,
    json: Value,
    of: PhantomData<D>,
}

impl<D: Dialect> Answer<D> {
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

    /// Stops the test unless this is an error with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        let found = self.json.pointer(D::CODE).map(|code| match code {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        assert_eq!(
            (self.reply.status, found.as_deref()),
            (status, Some(code)),
            "refusal of\n{}",
            self.told()
        );
        self
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

    /// The value of a header, whose name is in lower case; it has to be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> String {
        self.reply
            .header(name)
            .unwrap_or_else(|| panic!("no {name} in\n{}", self.told()))
    }

    /// The `ETag`; it has to be there.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag")
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

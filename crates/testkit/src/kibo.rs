//! A client of the Kibo dialect. Every answer that it gets is compared with the document.

use crate::app::Wire;
use crate::document;
use crate::http::{self, Reply};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};

pub const GROUPS: &str = "/platform/adminuser/groups";
pub const ACCOUNTS: &str = "/platform/adminuser/accounts";
pub const ROLES: &str = "/platform/adminuser/roles";
pub const TICKETS: &str = "/platform/applications/authtickets/oauth";
/// The older form of the ticket endpoints.
pub const OLD_TICKETS: &str = "/platform/applications/authtickets";
pub const REFRESH_TICKETS: &str = "/platform/applications/authtickets/refresh-ticket";
pub const RESET_PASSWORD: &str = "/platform/adminuser/accounts/Reset-Password";

/// The path of a group; its code is percent-encoded.
pub fn group(code: &str) -> String {
    format!("{GROUPS}/{}", http::encode(code))
}

/// The path of an account.
pub fn account(id: &str) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// A client with one credential, whose token it gets from the token endpoint when it needs it first.
#[derive(Clone)]
pub struct Client {
    wire: Arc<Wire>,
    /// Client id and secret.
    credential: Option<(String, String)>,
    token: Arc<OnceLock<String>>,
    mount: &'static str,
}

impl Client {
    pub(crate) fn new(wire: Arc<Wire>, credential: Option<(String, String)>) -> Self {
        Self {
            wire,
            credential,
            token: Arc::default(),
            mount: "",
        }
    }

    /// A client of a server that runs elsewhere.
    pub fn connect(url: &str, id: &str, secret: &str) -> Self {
        let wire = Wire {
            url: url.to_owned(),
            seen: Mutex::default(),
        };
        Self::new(Arc::new(wire), Some((id.to_owned(), secret.to_owned())))
    }

    /// The same client with all paths below a mount point.
    #[must_use]
    pub fn under(&self, mount: &'static str) -> Self {
        Self {
            mount,
            ..self.clone()
        }
    }

    /// The same client with another access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        let cell = OnceLock::new();
        cell.set(token.to_owned()).unwrap();
        Self {
            token: Arc::new(cell),
            ..self.clone()
        }
    }

    /// Where the server answers, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.wire.url
    }

    /// The access token, or `None` for a client without a credential.
    pub fn token(&self) -> Option<&str> {
        if self.credential.is_none() && self.token.get().is_none() {
            return None;
        }
        let token = self
            .token
            .get_or_init(|| self.ticket().at("/access_token").as_str().unwrap().to_owned());
        Some(token)
    }

    /// Asks for new tokens with the client's own credential.
    pub fn ticket(&self) -> Answer {
        let (id, secret) = self.credential.as_ref().expect("this client has no credential");
        let body = json!({"client_id": id, "client_secret": secret, "grant_type": "client_credentials"});
        self.bare("POST", TICKETS).json(&body).send().expect(200)
    }

    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    pub fn put(&self, path: &str) -> Request {
        self.request("PUT", path)
    }

    pub fn delete(&self, path: &str) -> Request {
        self.request("DELETE", path)
    }

    /// A request with the client's token.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let mut request = self.bare(method, path);
        if let Some(token) = self.token() {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        request
    }

    /// A request without a token.
    pub fn bare(&self, method: &str, path: &str) -> Request {
        Request {
            wire: self.wire.clone(),
            method: method.to_owned(),
            target: format!("{}{path}", self.mount),
            headers: Vec::new(),
            body: None,
        }
    }
}

/// A request that is not sent yet.
#[derive(Clone)]
pub struct Request {
    wire: Arc<Wire>,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// Adds a query parameter; its value is percent-encoded.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.target
            .push(if self.target.contains('?') { '&' } else { '?' });
        write!(self.target, "{name}={}", http::encode(value)).unwrap();
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
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self.header(name, value)
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
        http::request(
            &self.wire.url,
            &self.method,
            &self.target,
            &self.headers,
            self.body.as_deref(),
        )
    }

    /// Sends it and compares the answer with the document.
    ///
    /// # Panics
    /// When no answer comes, or one that the document does not promise.
    #[track_caller]
    pub fn send(&self) -> Answer {
        self.try_send()
            .unwrap_or_else(|error| panic!("no answer to {}: {error}", self.told()))
    }

    /// Sends it to a server that may end meanwhile.
    ///
    /// # Panics
    /// When an answer comes that the document does not promise.
    #[track_caller]
    pub fn try_send(&self) -> io::Result<Answer> {
        let reply = http::send(
            &self.wire.url,
            &self.method,
            &self.target,
            &self.headers,
            self.body.as_deref(),
        )?;
        let status = reply.status;
        let json = serde_json::from_slice(&reply.body).unwrap_or_default();
        let operation = document::KIBO.check(&self.method, &self.target, &reply);
        let answer = Answer {
            request: self.told(),
            reply,
            json,
        };
        match operation {
            Ok(Some(operation)) => self.wire.seen.lock().unwrap().push((operation, status)),
            Ok(None) => {}
            Err(complaints) => panic!("not as documented:\n{complaints}\n{}", answer.told()),
        }
        Ok(answer)
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

    /// Stops the test unless this is an error with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        let found = (self.reply.status, self.json["errorCode"].as_str());
        assert_eq!(found, (status, Some(code)), "refusal of\n{}", self.told());
        self
    }

    /// Stops the test unless this is a 400 whose violations are about exactly these parameters; each may break
    /// several rules.
    #[track_caller]
    pub fn invalid(&self, parameters: &[&str]) -> &Self {
        self.refused(400, "MISSING_OR_INVALID_PARAMETER");
        let found = self.parameters();
        let mut once = found.clone();
        once.dedup();
        assert_eq!(once, parameters, "parameters of\n{}", self.told());
        assert_eq!(
            self.json["items"].as_array().map(Vec::len),
            Some(found.len()),
            "items of\n{}",
            self.told()
        );
        for (at, parameter) in found.iter().enumerate() {
            let item = &self.json["items"][at];
            let message = item["message"].as_str().unwrap();
            let form = format!("Missing or invalid parameter: {parameter} ");
            assert!(
                message.starts_with(&form) && message.len() > form.len(),
                "message of\n{}",
                self.told()
            );
            let datum = json!([{"name": "ParameterName", "value": parameter}]);
            assert_eq!(item["additionalErrorData"], datum, "data of\n{}", self.told());
        }
        assert_eq!(
            self.json["message"],
            self.json["items"][0]["message"],
            "message of\n{}",
            self.told()
        );
        self
    }

    /// What the violations of a 400 are about.
    pub fn parameters(&self) -> Vec<&str> {
        let data = self.json["additionalErrorData"].as_array();
        data.into_iter()
            .flatten()
            .filter_map(|datum| datum["value"].as_str())
            .collect()
    }

    /// The body.
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

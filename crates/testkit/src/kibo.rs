//! A client of the Kibo dialect. Every answer that it gets is compared with the document.

use crate::app::Wire;
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use crate::http;
use serde_json::json;
use std::sync::{Arc, OnceLock};

pub const GROUPS: &str = "/platform/adminuser/groups";
pub const ACCOUNTS: &str = "/platform/adminuser/accounts";
pub const ROLES: &str = "/platform/adminuser/roles";
pub const TICKETS: &str = "/platform/applications/authtickets/oauth";
/// The older form of the ticket endpoints.
pub const OLD_TICKETS: &str = "/platform/applications/authtickets";
pub const REFRESH_TICKETS: &str = "/platform/applications/authtickets/refresh-ticket";
pub const RESET_PASSWORD: &str = "/platform/adminuser/accounts/Reset-Password";

/// The dialect of this client.
#[derive(Clone, Copy, Debug)]
pub struct Kibo;

impl Dialect for Kibo {
    const CODE: &'static str = "/errorCode";

    fn document() -> &'static Document {
        &document::KIBO
    }
}

pub type Request = exchange::Request<Kibo>;
pub type Answer = exchange::Answer<Kibo>;

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
        Self::new(Wire::to(url), Some((id.to_owned(), secret.to_owned())))
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
        Request::new(&self.wire, Kibo, method, format!("{}{path}", self.mount))
    }
}

impl Answer {
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
            self.json()["items"].as_array().map(Vec::len),
            Some(found.len()),
            "items of\n{}",
            self.told()
        );
        for (at, parameter) in found.iter().enumerate() {
            let item = &self.json()["items"][at];
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
            self.json()["message"],
            self.json()["items"][0]["message"],
            "message of\n{}",
            self.told()
        );
        self
    }

    /// What the violations of a 400 are about.
    pub fn parameters(&self) -> Vec<&str> {
        let data = self.json()["additionalErrorData"].as_array();
        data.into_iter()
            .flatten()
            .filter_map(|datum| datum["value"].as_str())
            .collect()
    }
}

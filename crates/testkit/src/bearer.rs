//! A client that shows an access token, for every dialect that takes one.

use crate::app::Wire;
use crate::exchange::{Dialect, Request};
use std::sync::{Arc, OnceLock};

/// A dialect with a token endpoint.
pub trait Grants: Dialect + Copy {
    /// The dialect itself.
    const SELF: Self;

    /// Asks the token endpoint for an access token with the client's own credential.
    fn access_token(client: &Client<Self>) -> String;
}

/// A client with one credential, whose token it gets from the token endpoint when it needs it first.
#[derive(Clone)]
pub struct Client<D> {
    wire: Arc<Wire>,
    /// Client id and secret.
    credential: Option<(String, String)>,
    token: Arc<OnceLock<String>>,
    mount: &'static str,
    dialect: D,
}

impl<D: Grants> Client<D> {
    pub(crate) fn new(wire: Arc<Wire>, credential: Option<(String, String)>) -> Self {
        Self {
            wire,
            credential,
            token: Arc::default(),
            mount: "",
            dialect: D::SELF,
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

    /// Client id and secret.
    pub(crate) fn credential(&self) -> (&str, &str) {
        let (id, secret) = self.credential.as_ref().expect("this client has no credential");
        (id, secret)
    }

    /// The access token, or `None` for a client without a credential.
    pub fn token(&self) -> Option<&str> {
        if self.credential.is_none() && self.token.get().is_none() {
            return None;
        }
        Some(self.token.get_or_init(|| D::access_token(self)))
    }

    pub fn get(&self, path: &str) -> Request<D> {
        self.request("GET", path)
    }

    pub fn post(&self, path: &str) -> Request<D> {
        self.request("POST", path)
    }

    pub fn put(&self, path: &str) -> Request<D> {
        self.request("PUT", path)
    }

    pub fn patch(&self, path: &str) -> Request<D> {
        self.request("PATCH", path)
    }

    pub fn delete(&self, path: &str) -> Request<D> {
        self.request("DELETE", path)
    }

    /// A request with the client's token.
    pub fn request(&self, method: &str, path: &str) -> Request<D> {
        let mut request = self.bare(method, path);
        if let Some(token) = self.token() {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        request
    }

    /// A request without a token.
    pub fn bare(&self, method: &str, path: &str) -> Request<D> {
        Request::new(&self.wire, self.dialect, method, format!("{}{path}", self.mount))
    }
}

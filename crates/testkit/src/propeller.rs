//! A client of the Propeller dialect. Every answer that it gets is compared with the document.

use crate::App;
use crate::access::{self, Access, Scheme};
use crate::app::secret;
use crate::bearer::{self, Grants};
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use crate::http;

pub const USERGROUPS: &str = "/usergroups";
pub const USERS: &str = "/users";
pub const TOKEN: &str = "/oauth2/token";
const FORM: &str = "application/x-www-form-urlencoded";

/// The dialect of this client.
#[derive(Clone, Copy, Debug)]
pub struct Propeller;

impl Dialect for Propeller {
    const CODE: &'static str = "/error/code";

    fn document() -> &'static Document {
        &document::PROPELLER
    }
}

/// How clients show who they are.
pub(crate) const ACCESS: Access = Access {
    schemes: &[Scheme {
        name: "bearerAuth",
        value: |app, id, secret| {
            let client = Client::new(app.wire().clone(), Some((id.to_owned(), secret.to_owned())));
            Propeller::access_token(&client)
        },
        lives: Some(1800),
    }],
    tenant: access::name,
    user: None,
};

pub type Request = exchange::Request<Propeller>;
pub type Answer = exchange::Answer<Propeller>;
/// A client with one credential.
pub type Client = bearer::Client<Propeller>;

impl Grants for Propeller {
    const SELF: Self = Self;

    fn access_token(client: &Client) -> String {
        client
            .ask_token()
            .send()
            .expect(200)
            .text("/access_token")
            .to_owned()
    }
}

impl Client {
    /// A client with one of the credentials that every server of the tests has.
    pub fn of(app: &App, id: &str) -> Self {
        Self::new(app.wire().clone(), Some((id.to_owned(), secret(id))))
    }

    /// A client that shows no token.
    pub fn nobody(app: &App) -> Self {
        Self::new(app.wire().clone(), None)
    }

    /// The request for a token of the client's own credential.
    pub fn ask_token(&self) -> Request {
        let (id, secret) = self.credential();
        self.bare("POST", TOKEN).form(&[
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", secret),
        ])
    }
}

impl Request {
    /// A form as the body.
    #[must_use]
    pub fn form(self, pairs: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", http::encode(value)))
            .collect();
        self.body(FORM, pairs.join("&"))
    }
}

impl Answer {
    /// Stops the test unless this is an error with this code, that status and exactly these messages.
    #[track_caller]
    pub fn told_as(&self, status: u16, code: u32, messages: &[&str]) -> &Self {
        self.refused(status, &code.to_string());
        assert_eq!(
            self.at("/error/messages"),
            &serde_json::json!(messages),
            "messages of\n{}",
            self.told()
        );
        self
    }
}

/// The path of an object with this key and value, which is percent-encoded.
pub fn by(path: &str, key: &str, value: &str) -> String {
    format!("{path}/{key}/{}", http::encode(value))
}

//! A client of the MyPreferences dialect, with a token or with signatures. Every answer that it gets is compared with
//! the document.

use crate::App;
use crate::access::{self, Access, Scheme};
use crate::app::{Wire, secret};
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use crate::http;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::{Sha256, Sha384, Sha512};
use std::sync::{Arc, OnceLock};

pub const TOKEN: &str = "/oauth/token";
pub const PATCH: &str = "application/json-patch+json";
pub const FORM: &str = "application/x-www-form-urlencoded";
/// The schemes of signatures.
pub const SCHEMES: [&str; 3] = [
    "PNAUTHINFO3-HMAC-SHA256",
    "PNAUTHINFO3-HMAC-SHA384",
    "PNAUTHINFO3-HMAC-SHA512",
];

/// The dialect of this client.
#[derive(Clone, Copy, Debug)]
pub struct MyPreferences;

impl Dialect for MyPreferences {
    const CODE: &'static str = "/Message";

    fn document() -> &'static Document {
        &document::MYPREFERENCES
    }
}

/// How clients show who they are.
pub(crate) const ACCESS: Access = Access {
    schemes: &[
        Scheme {
            name: "bearerAuth",
            value: |app, id, secret| Client::with(app, id, secret).token().to_owned(),
            lives: Some(3600),
        },
        Scheme {
            name: "signature",
            value: |app, id, secret| {
                let now = app.directory().clock().now();
                let now = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
                Client::with(app, id, secret).signature(SCHEMES[0], &now)
            },
            lives: Some(900),
        },
    ],
    tenant: access::name,
    user: None,
};

pub type Request = exchange::Request<MyPreferences>;
pub type Answer = exchange::Answer<MyPreferences>;

/// A client with one credential, whose token it gets from the token endpoint when it needs it first.
#[derive(Clone)]
pub struct Client {
    wire: Arc<Wire>,
    account: String,
    id: String,
    secret: String,
    token: Arc<OnceLock<String>>,
}

impl Client {
    /// A client with one of the credentials that every server of the tests has.
    pub fn of(app: &App, id: &str) -> Self {
        Self::with(app, id, &secret(id))
    }

    /// A client with a credential that the test made in tenant `default`.
    pub fn with(app: &App, id: &str, secret: &str) -> Self {
        Self {
            wire: app.wire().clone(),
            account: if id == "stranger" { "other" } else { "default" }.to_owned(),
            id: id.to_owned(),
            secret: secret.to_owned(),
            token: Arc::default(),
        }
    }

    /// The same client with paths of another account.
    #[must_use]
    pub fn in_account(&self, account: &str) -> Self {
        Self {
            account: account.to_owned(),
            ..self.clone()
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// A path below the account.
    pub fn path(&self, tail: &str) -> String {
        format!("/Profiles/v4/{}/{tail}", http::encode(&self.account))
    }

    /// The access token.
    pub fn token(&self) -> &str {
        self.token
            .get_or_init(|| self.ticket().send().expect(200).text("/access_token").to_owned())
    }

    /// The request for a token.
    pub fn ticket(&self) -> Request {
        let (id, secret) = (http::encode(&self.id), http::encode(&self.secret));
        let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
        self.bare("POST", TOKEN).body(FORM, form)
    }

    pub fn get(&self, tail: &str) -> Request {
        self.request("GET", tail)
    }

    pub fn post(&self, tail: &str, body: &Value) -> Request {
        self.request("POST", tail).json(body)
    }

    /// A JSON Patch.
    pub fn patch(&self, tail: &str, operations: &Value) -> Request {
        self.request("PATCH", tail).body(PATCH, operations.to_string())
    }

    /// A request below the account, with the client's token.
    pub fn request(&self, method: &str, tail: &str) -> Request {
        let token = format!("Bearer {}", self.token());
        self.bare(method, &self.path(tail))
            .header("Authorization", &token)
    }

    /// A request to a path as it is, without a credential.
    pub fn bare(&self, method: &str, path: &str) -> Request {
        Request::new(&self.wire, MyPreferences, method, path.to_owned())
    }

    /// The header of a signature of this time.
    pub fn signature(&self, scheme: &str, timestamp: &str) -> String {
        sign(scheme, &self.account, &self.id, timestamp, &self.secret)
    }
}

/// The header of HTTP Basic.
pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// The header of a signature.
pub fn sign(scheme: &str, account: &str, user: &str, timestamp: &str, secret: &str) -> String {
    let text = format!("{account}:{user}:{timestamp}");
    let bytes = match scheme.to_ascii_uppercase().as_str() {
        "PNAUTHINFO3-HMAC-SHA384" => mac::<Hmac<Sha384>>(secret, &text),
        "PNAUTHINFO3-HMAC-SHA512" => mac::<Hmac<Sha512>>(secret, &text),
        _ => mac::<Hmac<Sha256>>(secret, &text),
    };
    let signature = STANDARD.encode(bytes);
    format!("{scheme} Credential={user}/{timestamp} Signature={signature}")
}

fn mac<M: Mac + KeyInit>(key: &str, text: &str) -> Vec<u8> {
    let mut mac = <M as Mac>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

impl Answer {
    /// Stops the test unless this is a 400 whose violations are about exactly these members or parameters.
    #[track_caller]
    pub fn invalid(&self, names: &[&str]) -> &Self {
        self.refused(400, "The request is invalid.");
        let mut wanted = names.to_vec();
        wanted.sort_unstable();
        assert_eq!(self.violations(), wanted, "violations of\n{}", self.told());
        self
    }

    /// What the violations of a 400 are about, in order.
    pub fn violations(&self) -> Vec<&str> {
        let state = self.json()["ModelState"].as_object();
        let told = state.into_iter().flatten();
        let told = told.filter(|(_, messages)| messages.as_array().is_some_and(|all| !all.is_empty()));
        let mut names: Vec<&str> = told.map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

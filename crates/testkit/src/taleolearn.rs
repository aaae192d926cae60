//! A client of the Taleo Learn dialect. Every answer that it gets is compared with the document.

use crate::App;
use crate::access::{self, Access, Scheme};
use crate::app::{Wire, secret};
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use directory::{credentials, users};
use model::ids::RequestId;
use model::users::{NewUser, UserParts, UserPatch};
use model::{Context, Patch};
use serde_json::{Value, json};
use std::sync::Arc;

pub const MOUNT: &str = "/learn.rest/v1";
pub const CATALOG: &str = "/learn.rest/v1/metadata-catalog";
/// The groups of tenant `default`.
pub const GROUPS: &str = "/learn.rest/v1/learnCenters/1/groups";
/// The header with the access token, in requests and in answers.
pub const TOKEN: &str = "x-learn-access-token";

/// The dialect of this client.
#[derive(Clone, Copy, Debug)]
pub struct TaleoLearn;

impl Dialect for TaleoLearn {
    const CODE: &'static str = "/o:errorCode";

    fn document() -> &'static Document {
        &document::TALEOLEARN
    }
}

/// How clients show who they are.
pub(crate) const ACCESS: Access = Access {
    schemes: &[
        Scheme {
            name: "basicAuth",
            value: |_, id, secret| BASE64_STANDARD.encode(format!("{id}:{secret}")),
            lives: None,
        },
        Scheme {
            name: "learnToken",
            value: |app, id, secret| Client::of(app, id).with(id, secret).token(),
            lives: Some(1800),
        },
    ],
    tenant: access::number,
    user: Some(user_of_admin),
};

/// Another dialect has to make users; this one cannot.
fn user_of_admin(app: &App) -> Value {
    let caller = app.wait(credentials::authenticate(
        app.directory(),
        "admin",
        &secret("admin"),
    ));
    let request = app.directory().ids().uuid(app.directory().now()).unwrap();
    let context = Context {
        caller,
        dialect: model::Dialect::Propeller,
        operation: "other",
        request: RequestId(request),
    };
    let patch = UserPatch {
        user_name: Patch::Set(Some(format!("user {request}"))),
        ..UserPatch::default()
    };
    let made = users::create(app.directory(), context, NewUser { patch }, UserParts::default());
    json!(app.wait(made).user.number.get())
}

pub type Request = exchange::Request<TaleoLearn>;
pub type Answer = exchange::Answer<TaleoLearn>;

/// The path of a group of tenant `default`.
pub fn group(group: i64) -> String {
    format!("{GROUPS}/{group}")
}

pub fn owners(of: i64) -> String {
    format!("{}/owners", group(of))
}

pub fn owner(of: i64, user: i64) -> String {
    format!("{}/{user}", owners(of))
}

pub fn members(of: i64) -> String {
    format!("{}/users", group(of))
}

pub fn member(of: i64, user: i64) -> String {
    format!("{}/Users/{user}", group(of))
}

pub fn items(of: i64) -> String {
    format!("{}/mappedItems", group(of))
}

pub fn user(user: i64) -> String {
    format!("{MOUNT}/users/{user}")
}

pub fn memberships(of: i64) -> String {
    format!("{}/memberships", user(of))
}

/// How a client shows who it is.
#[derive(Clone)]
enum Credential {
    None,
    Basic(String, String),
    Token(String),
}

/// A client with one credential.
#[derive(Clone)]
pub struct Client {
    wire: Arc<Wire>,
    credential: Credential,
}

impl Client {
    /// A client with one of the credentials that every server of the tests has, by HTTP Basic.
    pub fn of(app: &App, id: &str) -> Self {
        Self {
            wire: app.wire().clone(),
            credential: Credential::Basic(id.to_owned(), secret(id)),
        }
    }

    /// A client of a server that runs elsewhere.
    pub fn connect(url: &str, id: &str, secret: &str) -> Self {
        Self {
            wire: Wire::to(url),
            credential: Credential::Basic(id.to_owned(), secret.to_owned()),
        }
    }

    /// The same client with another pair of client id and secret.
    #[must_use]
    pub fn with(&self, id: &str, secret: &str) -> Self {
        Self {
            credential: Credential::Basic(id.to_owned(), secret.to_owned()),
            ..self.clone()
        }
    }

    /// The same client with a token instead.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            credential: Credential::Token(token.to_owned()),
            ..self.clone()
        }
    }

    /// The same client without any credential.
    #[must_use]
    pub fn nobody(&self) -> Self {
        Self {
            credential: Credential::None,
            ..self.clone()
        }
    }

    /// The token that an answer to this client's HTTP Basic carries.
    #[track_caller]
    pub fn token(&self) -> String {
        self.get(CATALOG).send().expect(200).header(TOKEN)
    }

    /// Where the server answers, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.wire.url
    }

    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    pub fn post(&self, path: &str, body: &Value) -> Request {
        self.request("POST", path).json(body)
    }

    pub fn put(&self, path: &str, body: &Value) -> Request {
        self.request("PUT", path).json(body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> Request {
        self.request("PATCH", path).json(body)
    }

    pub fn delete(&self, path: &str) -> Request {
        self.request("DELETE", path)
    }

    /// A request with the client's credential.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let request = self.bare(method, path);
        match &self.credential {
            Credential::None => request,
            Credential::Basic(id, secret) => request.header("Authorization", &basic(id, secret)),
            Credential::Token(token) => request.header(TOKEN, token),
        }
    }

    /// A request without a credential.
    pub fn bare(&self, method: &str, path: &str) -> Request {
        Request::new(&self.wire, TaleoLearn, method, path.to_owned())
    }
}

impl Answer {
    /// Stops the test unless this is a 400 whose violations are about exactly these places; each may break several
    /// rules.
    #[track_caller]
    pub fn invalid(&self, places: &[&str]) -> &Self {
        self.violations(400, "BAD_REQUEST", places)
    }

    /// As [`Answer::invalid`], for what fits its schema and not the directory.
    #[track_caller]
    pub fn unprocessable(&self, places: &[&str]) -> &Self {
        self.violations(422, "VALIDATION_FAILED", places)
    }

    #[track_caller]
    fn violations(&self, status: u16, code: &str, places: &[&str]) -> &Self {
        self.refused(status, code);
        let mut found = self.places();
        found.dedup();
        assert_eq!(found, places, "places of\n{}", self.told());
        for detail in self.json()["o:errorDetails"].as_array().into_iter().flatten() {
            assert_eq!(detail["o:errorCode"], code, "codes of\n{}", self.told());
        }
        let first = &self.json()["o:errorDetails"][0];
        let text = |member: &str| first[member].as_str().unwrap_or_default();
        let told = format!(
            "{} {}",
            text("o:errorPath").trim_start_matches('/'),
            text("detail")
        );
        assert_eq!(
            self.json()["detail"],
            json!(told.trim_start()),
            "detail of\n{}",
            self.told()
        );
        self
    }

    /// What the violations are about.
    pub fn places(&self) -> Vec<&str> {
        let details = self.json()["o:errorDetails"].as_array();
        details
            .into_iter()
            .flatten()
            .filter_map(|detail| detail["o:errorPath"].as_str())
            .collect()
    }

    /// The numbers at a member of all items of a page.
    #[track_caller]
    pub fn numbers(&self, member: &str) -> Vec<i64> {
        let items = self.at("/items").as_array();
        let numbers = items.into_iter().flatten().map(|item| item[member].as_i64());
        numbers
            .collect::<Option<_>>()
            .unwrap_or_else(|| panic!("an item without {member} in\n{}", self.told()))
    }

    /// Where a link of a page leads, without the server's address.
    pub fn link(&self, rel: &str) -> Option<&str> {
        let links = self.json()["links"].as_array()?;
        let link = links.iter().find(|link| link["rel"] == rel)?;
        let href = link["href"].as_str()?;
        href.find(MOUNT).map(|at| &href[at..])
    }
}

/// The value of `Authorization` for a client id and a secret.
pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
}

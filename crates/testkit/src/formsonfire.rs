//! A client of the Forms On Fire dialect, in XML or JSON. Every answer that it gets is compared with the document.

use crate::App;
use crate::access::{self, Access, Scheme};
use crate::app::{Wire, secret};
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use crate::xml;
use serde_json::{Value, json};
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

/// The dialect of this client, in one media type.
#[derive(Clone, Copy, Debug)]
pub struct FormsOnFire(Format);

impl Dialect for FormsOnFire {
    const CODE: &'static str = "/ResponseStatus/ErrorCode";

    fn document() -> &'static Document {
        &document::FORMSONFIRE
    }
}

/// How clients show who they are.
pub(crate) const ACCESS: Access = Access {
    schemes: &[
        Scheme {
            name: "companyId",
            value: |_, id, _| access::number(id).to_owned(),
            lives: None,
        },
        Scheme {
            name: "integrationKey",
            value: |_, _, secret| secret.to_owned(),
            lives: None,
        },
    ],
    tenant: access::number,
    user: None,
};

pub type Request = exchange::Request<FormsOnFire>;
pub type Answer = exchange::Answer<FormsOnFire>;

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
        Request::new(&self.wire, FormsOnFire(self.format), method, path.to_owned())
            .header("Accept", self.format.media_type())
    }
}

impl Request {
    /// An object as the body, in the client's format.
    #[must_use]
    pub fn object(self, body: &Value) -> Self {
        let root = if self.target.contains("group") {
            "UserGroup"
        } else {
            "User"
        };
        let text = match self.dialect.0 {
            Format::Xml => xml::encode(root, body),
            Format::Json => body.to_string(),
        };
        let media_type = self.dialect.0.media_type();
        self.body(media_type, text)
    }
}

impl Answer {
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

    /// Stops the test unless this is a 400 whose violations are exactly these: name and code.
    #[track_caller]
    pub fn invalid(&self, violations: &[(&str, &str)]) -> &Self {
        self.refused(400, "ArgumentException");
        assert_eq!(self.violations(), violations, "violations of\n{}", self.told());
        let first = self.json().pointer("/ResponseStatus/Errors/0/Message");
        assert_eq!(
            first,
            self.json().pointer("/ResponseStatus/Message"),
            "message of\n{}",
            self.told()
        );
        self
    }

    /// What the violations are about, and their codes.
    pub fn violations(&self) -> Vec<(&str, &str)> {
        let errors = self.json()["ResponseStatus"]["Errors"].as_array();
        let text = |error: &'_ Value, name: &str| error[name].as_str().map(str::len);
        errors
            .into_iter()
            .flatten()
            .filter(|error| text(error, "Message").is_some_and(|length| length > 0))
            .filter_map(|error| Some((error["FieldName"].as_str()?, error["ErrorCode"].as_str()?)))
            .collect()
    }
}

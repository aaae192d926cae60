//! A client of the Kibo dialect. Every answer that it gets is compared with the document.

use crate::App;
use crate::access::{self, Access, Scheme};
use crate::bearer::{self, Grants};
use crate::document::{self, Document};
use crate::exchange::{self, Dialect};
use crate::http;
use serde_json::json;

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

/// How clients show who they are.
pub(crate) const ACCESS: Access = Access {
    schemes: &[
        Scheme {
            name: "bearerAuth",
            value: token,
            lives: Some(3600),
        },
        Scheme {
            name: "appClaims",
            value: token,
            lives: Some(3600),
        },
    ],
    tenant: access::number,
    user: None,
};

fn token(app: &App, id: &str, secret: &str) -> String {
    app.client(id, secret).ticket().text("/access_token").to_owned()
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

/// A client with one credential.
pub type Client = bearer::Client<Kibo>;

impl Grants for Kibo {
    const SELF: Self = Self;

    fn access_token(client: &Client) -> String {
        client.ticket().text("/access_token").to_owned()
    }
}

impl Client {
    /// Asks for new tokens with the client's own credential.
    pub fn ticket(&self) -> Answer {
        let (id, secret) = self.credential();
        let body = json!({"client_id": id, "client_secret": secret, "grant_type": "client_credentials"});
        self.bare("POST", TICKETS).json(&body).send().expect(200)
    }
}

impl Answer {
    /// Stops the test unless this is a 400 whose violations are about exactly these parameters; each may break
    /// several rules.
    #[track_caller]
    pub fn invalid(&self, parameters: &[&str]) -> &Self {
        self.refused(400, "MISSING_OR_INVALID_PARAMETER");
        self.violations("Missing or invalid parameter: ", parameters)
    }

    /// As [`Answer::invalid`], for what fits the document and contradicts the directory.
    #[track_caller]
    pub fn contradicts(&self, parameters: &[&str]) -> &Self {
        self.refused(409, "VALIDATION_CONFLICT");
        self.violations("", parameters)
    }

    #[track_caller]
    fn violations(&self, about: &str, parameters: &[&str]) -> &Self {
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
            let form = format!("{about}{parameter} ");
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

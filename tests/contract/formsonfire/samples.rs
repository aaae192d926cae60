//! A small directory, and for each operation a request that succeeds on it.

use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::{Client, Format, GROUP, GROUPS, Request, USER, USERS};

/// The operations that change something.
pub const WRITES: [&str; 6] = [
    "createUserGroup",
    "updateUserGroup",
    "deleteUserGroup",
    "createUser",
    "updateUser",
    "deleteUser",
];

/// The operations that take the credential in a body.
pub const BODIES: [&str; 4] = ["createUserGroup", "updateUserGroup", "createUser", "updateUser"];

pub fn admin(app: &App, format: Format) -> Client {
    Client::of(app, "admin", format)
}

pub fn editor(app: &App, format: Format) -> Client {
    Client::of(app, "editor", format)
}

pub fn reader(app: &App, format: Format) -> Client {
    Client::of(app, "reader", format)
}

/// What a prepared directory holds.
pub struct Sample {
    pub group: String,
    /// A user who is in the group.
    pub member: String,
    /// A user who is in no group.
    pub loner: String,
}

impl Sample {
    /// Makes a group with one member, and a user outside of it.
    pub fn prepare(app: &App) -> Self {
        Self::prepare_as(&admin(app, Format::Json))
    }

    /// The same in the company of another client.
    pub fn prepare_as(client: &Client) -> Self {
        let member = create_user(client, "Ada");
        let loner = create_user(client, "Bob");
        let body = json!({"Name": "Staff", "ExternalId": "grp-staff", "UserIds": [member]});
        let group = create_group(client, &body);
        Self { group, member, loner }
    }

    /// The body of a request that the operation grants to an admin; null where there is none.
    pub fn body(&self, operation: &str) -> Value {
        match operation {
            "createUserGroup" => json!({"Name": "New"}),
            "updateUserGroup" => json!({"Id": self.group, "Name": "Crew"}),
            "createUser" => person("Cleo"),
            "updateUser" => json!({"Id": self.loner, "LastName": "Smith"}),
            _ => Value::Null,
        }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        let body = self.body(operation);
        match operation {
            "getUserGroup" => client.get(GROUP).query("Id", &self.group),
            "createUserGroup" => client.post(GROUP, &body),
            "updateUserGroup" => client.put(GROUP, &body),
            "deleteUserGroup" => client.delete(GROUP).query("Id", &self.group),
            "searchUserGroups" => client.get(GROUPS),
            "getUser" => client.get(USER).query("Id", &self.loner),
            "createUser" => client.post(USER, &body),
            "updateUser" => client.put(USER, &body),
            "deleteUser" => client.delete(USER).query("Id", &self.loner),
            "searchUsers" => client.get(USERS).query("Name", "Bob"),
            other => panic!("no sample for `{other}`"),
        }
    }
}

/// What a user needs.
pub fn person(name: &str) -> Value {
    json!({"FirstName": name, "LastName": "Doe", "Email": format!("{name}@example.com")})
}

/// Makes a user and returns the id.
#[track_caller]
pub fn create_user(client: &Client, name: &str) -> String {
    let answer = client.post(USER, &person(name)).send().expect(200);
    answer.text("/User/Id").to_owned()
}

/// Makes a group and returns the id.
#[track_caller]
pub fn create_group(client: &Client, body: &Value) -> String {
    let answer = client.post(GROUP, body).send().expect(200);
    answer.text("/UserGroup/Id").to_owned()
}

/// A group as it is answered.
#[track_caller]
pub fn group(client: &Client, id: &str) -> Value {
    let answer = client.get(GROUP).query("Id", id).send().expect(200);
    answer.at("/UserGroup").clone()
}

/// A user as answered.
#[track_caller]
pub fn user(client: &Client, id: &str) -> Value {
    let answer = client.get(USER).query("Id", id).send().expect(200);
    answer.at("/User").clone()
}

/// An id in the spelling of other dialects.
pub fn dashed(id: &str) -> String {
    let at = |from: usize, to: usize| &id[from..to];
    format!(
        "{}-{}-{}-{}-{}",
        at(0, 8),
        at(8, 12),
        at(12, 16),
        at(16, 20),
        at(20, 32)
    )
}

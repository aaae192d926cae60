//! A small directory, and for each operation a request that succeeds on it.

use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, Client, GROUPS, Request, TICKETS, account, group};

/// The group that every sample has, with one member.
pub const CODE: &str = "staff";

/// What a prepared directory holds.
pub struct Sample {
    /// The id of the user who is in the group.
    pub member: String,
    /// The id of a user who is in no group.
    pub loner: String,
}

impl Sample {
    /// Makes a group with one member, and a user outside of it.
    pub fn prepare(app: &App) -> Self {
        Self::prepare_as(app.admin())
    }

    /// The same in the tenant of another client.
    pub fn prepare_as(client: &Client) -> Self {
        let member = create_account(client, "ada");
        let loner = create_account(client, "bob");
        create_group(
            client,
            &json!({"groupCode": CODE, "name": "Staff", "users": [{"id": member}]}),
        );
        Self { member, loner }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        match operation {
            "listGroups" => client.get(GROUPS),
            "createGroup" => client
                .post(GROUPS)
                .json(&json!({"groupCode": "new", "name": "New"})),
            "getGroup" => client.get(&group(CODE)),
            "updateGroup" => client.put(&group(CODE)).json(&json!({"name": "Crew"})),
            "deleteGroup" => client.delete(&group(CODE)),
            "addGroupUsers" => client
                .post(&format!("{}/addusers", group(CODE)))
                .json(&json!([self.loner])),
            "removeGroupUsers" => client
                .post(&format!("{}/removeusers", group(CODE)))
                .json(&json!([self.member])),
            "listAccounts" => client.get(ACCOUNTS),
            "createAccount" => client.post(ACCOUNTS).json(&person("cleo")),
            "getAccount" => client.get(&account(&self.loner)),
            "updateAccount" => client.put(&account(&self.loner)).json(&person("bob the second")),
            "deleteAccount" => client.delete(&account(&self.loner)),
            "createOAuthTicket" => client.bare("POST", TICKETS).json(&ticket("admin")),
            other => panic!("no sample for `{other}`"),
        }
    }
}

/// The operations that change something.
pub const WRITES: [&str; 8] = [
    "createGroup",
    "updateGroup",
    "deleteGroup",
    "addGroupUsers",
    "removeGroupUsers",
    "createAccount",
    "updateAccount",
    "deleteAccount",
];

/// The operations that take a body.
pub const BODIES: [&str; 7] = [
    "createGroup",
    "updateGroup",
    "addGroupUsers",
    "removeGroupUsers",
    "createAccount",
    "updateAccount",
    "createOAuthTicket",
];

/// What an account needs.
pub fn person(name: &str) -> Value {
    json!({"emailAddress": format!("{}@example.com", name.replace(' ', ".")), "firstName": name, "lastName": "Doe"})
}

/// What the token endpoint needs for one of the server's credentials.
pub fn ticket(id: &str) -> Value {
    json!({"client_id": id, "client_secret": testkit::app::secret(id), "grant_type": "client_credentials"})
}

/// Makes an account and returns its id.
#[track_caller]
pub fn create_account(client: &Client, name: &str) -> String {
    client
        .post(ACCOUNTS)
        .json(&person(name))
        .send()
        .expect(200)
        .text("/id")
        .to_owned()
}

/// Makes a group and returns it as it was answered.
#[track_caller]
pub fn create_group(client: &Client, body: &Value) -> Value {
    client.post(GROUPS).json(body).send().expect(200).json().clone()
}

/// The ids of the users of a group, in the order of the answer.
#[track_caller]
pub fn members(client: &Client, code: &str) -> Vec<String> {
    let answer = client.get(&group(code)).send().expect(200);
    ids(answer.at("/users"))
}

/// The ids of users.
pub fn ids(users: &Value) -> Vec<String> {
    users
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["id"].as_str().unwrap().to_owned())
        .collect()
}

//! A small directory, and for each operation a request that succeeds on it.

use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{
    ACCOUNTS, Client, GROUPS, OLD_TICKETS, REFRESH_TICKETS, RESET_PASSWORD, ROLES, Request, TICKETS, account,
    group,
};

/// The group that every sample has, with one member.
pub const CODE: &str = "staff";

/// What a prepared directory holds.
pub struct Sample {
    /// The id of the user who is in the group.
    pub member: String,
    /// The id of a user who is in no group and has the role 1.
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
        let mut bob = person("bob");
        bob["roles"] = json!([{"roleId": 1}]);
        let bob = client.post(ACCOUNTS).json(&bob).send().expect(200);
        let loner = bob.text("/id").to_owned();
        create_group(
            client,
            &json!({"groupCode": CODE, "name": "Staff", "users": [{"id": member}]}),
        );
        Self { member, loner }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        let below = |tail: &str| format!("{}/{tail}", account(&self.loner));
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
            "getAccountById" => client.get(&below("userbyid")),
            "listAccountTenants" => client.get(&below("tenants")),
            "listAccountRoles" => client.get(&below("roles")),
            "addAccountRole" => client.post(&below("roles/2")),
            "removeAccountRole" => client.delete(&below("roles/1")),
            "changePassword" => client
                .post(&below("Change-Password"))
                .json(&json!({"oldPassword": "old", "newPassword": "new"})),
            "changeUserPassword" => client
                .post(&below("Change-User-Password"))
                .json(&json!({"newPassword": "new"})),
            "unlockAccount" => client.post(&below("unlock")),
            "resetPassword" => client
                .post(RESET_PASSWORD)
                .json(&json!({"emailAddress": "bob@example.com"})),
            "listRoles" => client.get(ROLES),
            "createAuthTicket" => client.bare("POST", OLD_TICKETS).json(&old_ticket("admin")),
            "refreshAuthTicket" => client.bare("PUT", REFRESH_TICKETS).json(&refresh_of(client)),
            "refreshOAuthTicket" => client.bare("POST", REFRESH_TICKETS).json(&refresh_of(client)),
            "deleteAuthTicket" => client.bare(
                "DELETE",
                &format!("{OLD_TICKETS}/{}", client.ticket().text("/refresh_token")),
            ),
            "createOAuthTicket" => client.bare("POST", TICKETS).json(&ticket("admin")),
            other => panic!("no sample for `{other}`"),
        }
    }
}

/// The operations that change something.
pub const WRITES: [&str; 10] = [
    "createGroup",
    "updateGroup",
    "deleteGroup",
    "addGroupUsers",
    "removeGroupUsers",
    "createAccount",
    "updateAccount",
    "deleteAccount",
    "addAccountRole",
    "removeAccountRole",
];

/// The operations that a reader may not use, although they change nothing.
pub const FORMALITIES: [&str; 4] = [
    "changePassword",
    "changeUserPassword",
    "unlockAccount",
    "resetPassword",
];

/// The operations that take a body.
pub const BODIES: [&str; 13] = [
    "createGroup",
    "updateGroup",
    "addGroupUsers",
    "removeGroupUsers",
    "createAccount",
    "updateAccount",
    "createOAuthTicket",
    "changePassword",
    "changeUserPassword",
    "resetPassword",
    "createAuthTicket",
    "refreshAuthTicket",
    "refreshOAuthTicket",
];

/// What an account needs.
pub fn person(name: &str) -> Value {
    json!({"emailAddress": format!("{}@example.com", name.replace(' ', ".")), "firstName": name, "lastName": "Doe"})
}

/// What the token endpoint needs for one of the server's credentials.
pub fn ticket(id: &str) -> Value {
    json!({"client_id": id, "client_secret": testkit::app::secret(id), "grant_type": "client_credentials"})
}

/// What the older token endpoint needs for one of the server's credentials.
pub fn old_ticket(id: &str) -> Value {
    json!({"applicationId": id, "sharedSecret": testkit::app::secret(id)})
}

/// What a new access token needs for a refresh token of this client.
#[track_caller]
fn refresh_of(client: &Client) -> Value {
    json!({"refreshToken": client.ticket().text("/refresh_token")})
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

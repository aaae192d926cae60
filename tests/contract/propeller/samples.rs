//! A small directory, and for each operation a request that succeeds on it.

use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{Client, Request, TOKEN, USERGROUPS, USERS, by};

/// The operations that change something.
pub const WRITES: [&str; 10] = [
    "createUsergroup",
    "bulkUsergroupsById",
    "bulkUsergroupsBySourceId",
    "updateUsergroup",
    "deleteUsergroup",
    "createUser",
    "bulkUsersById",
    "bulkUsersBySourceId",
    "updateUser",
    "deleteUser",
];

/// The operations that look one object up.
pub const LOOKUPS: [&str; 6] = [
    "getUsergroup",
    "updateUsergroup",
    "deleteUsergroup",
    "getUser",
    "updateUser",
    "deleteUser",
];

/// The operations that take JSON.
pub const BODIES: [&str; 10] = [
    "createUsergroup",
    "searchUsergroups",
    "bulkUsergroupsById",
    "bulkUsergroupsBySourceId",
    "updateUsergroup",
    "createUser",
    "searchUsers",
    "bulkUsersById",
    "bulkUsersBySourceId",
    "updateUser",
];

pub fn admin(app: &App) -> Client {
    Client::of(app, "admin")
}

pub fn editor(app: &App) -> Client {
    Client::of(app, "editor")
}

pub fn reader(app: &App) -> Client {
    Client::of(app, "reader")
}

pub fn stranger(app: &App) -> Client {
    Client::of(app, "stranger")
}

/// What a prepared directory holds: a usergroup below another one, and a user in it.
pub struct Sample {
    pub top: i64,
    pub group: i64,
    pub user: i64,
}

/// The keys of the group and the user; their source is `erp`.
pub const GROUP_KEY: &str = "erp-1005";
pub const USER_KEY: &str = "erp-7";

impl Sample {
    pub fn prepare(app: &App) -> Self {
        Self::prepare_as(&admin(app))
    }

    /// The same in the tenant of another client.
    pub fn prepare_as(client: &Client) -> Self {
        let top = create(client, USERGROUPS, &json!({"name": "Benelux"}));
        let group = json!({
            "name": "Netherlands", "language": "NL", "parent": {"id": top}, "sourceId": GROUP_KEY, "source": "erp",
        });
        let group = create(client, USERGROUPS, &group);
        let user = json!({
            "firstName": "Grace", "lastName": "Hopper", "login": "grace", "email": "grace@example.com",
            "parent": {"id": group}, "sourceId": USER_KEY, "source": "erp",
        });
        let user = create(client, USERS, &user);
        Self { top, group, user }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        let (group, user) = (self.group.to_string(), self.user.to_string());
        let (group, user) = (by(USERGROUPS, "id", &group), by(USERS, "id", &user));
        match operation {
            "getUsergroup" => client.get(&group),
            "updateUsergroup" => client.patch(&group).json(&json!({"name": "The Netherlands"})),
            "deleteUsergroup" => client.delete(&group),
            "getUser" => client.get(&user),
            "updateUser" => client.patch(&user).json(&json!({"title": "Dr"})),
            "deleteUser" => client.delete(&user),
            other => self.of_many(client, other),
        }
    }

    fn of_many(&self, client: &Client, operation: &str) -> Request {
        let below = |path: &str, tail: &str| client.post(&format!("{path}/{tail}"));
        match operation {
            "listUsergroups" => client.get(USERGROUPS),
            "createUsergroup" => client.post(USERGROUPS).json(&json!({"name": "Belgium"})),
            "searchUsergroups" => below(USERGROUPS, "search").json(&json!({"name": "nether"})),
            "bulkUsergroupsById" => below(USERGROUPS, "bulk/id")
                .json(&json!({"usergroups": [{"id": self.group, "name": "The Netherlands"}]})),
            "bulkUsergroupsBySourceId" => below(USERGROUPS, "bulk/sourceId")
                .json(&json!({"usergroups": [{"sourceId": "erp-1006", "source": "erp", "name": "Belgium"}]})),
            "listUsers" => client.get(USERS),
            "createUser" => client.post(USERS).json(&json!({"firstName": "Ada"})),
            "searchUsers" => below(USERS, "search").json(&json!({"firstName": "gra"})),
            "bulkUsersById" => {
                below(USERS, "bulk/id").json(&json!({"users": [{"id": self.user, "title": "Dr"}]}))
            }
            "bulkUsersBySourceId" => below(USERS, "bulk/sourceId")
                .json(&json!({"users": [{"sourceId": "erp-8", "source": "erp", "firstName": "Ada"}]})),
            "createToken" => client.bare("POST", TOKEN).form(&[
                ("grant_type", "client_credentials"),
                ("client_id", "admin"),
                ("client_secret", &testkit::app::secret("admin")),
            ]),
            other => panic!("no sample for `{other}`"),
        }
    }

    /// The same request for an object that there is not.
    pub fn absent(&self, client: &Client, operation: &str) -> Request {
        let nobody = Self {
            group: 9_007_199_254_740_991,
            user: 9_007_199_254_740_991,
            ..*self
        };
        nobody.request(client, operation)
    }
}

/// The status of an operation's good answer.
pub fn good(operation: &str) -> u16 {
    match operation {
        "createUsergroup" | "createUser" => 201,
        _ => 200,
    }
}

/// Makes a usergroup or a user and returns its number.
#[track_caller]
pub fn create(client: &Client, path: &str, body: &Value) -> i64 {
    let made = client.post(path).json(body).send().expect(201);
    made.at("/data/id").as_i64().unwrap()
}

/// The usergroup or user of a number.
#[track_caller]
pub fn read(client: &Client, path: &str, number: i64) -> Value {
    let answer = client
        .get(&by(path, "id", &number.to_string()))
        .send()
        .expect(200);
    answer.at("/data").clone()
}

/// One member of each item of a page or a bulk answer.
pub fn each(answer: &testkit::propeller::Answer, member: &str) -> Vec<Value> {
    let data = answer.at("/data").as_array().unwrap();
    data.iter().map(|item| item[member].clone()).collect()
}

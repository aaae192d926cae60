//! A small directory, and for each operation a request that succeeds on it.

use serde_json::{Value, json};
use testkit::App;
use testkit::mypreferences::{Client, Request};

/// The operations that change something.
pub const WRITES: [&str; 6] = [
    "createGroupTypes",
    "updateGroupType",
    "renameGroup",
    "createProfile",
    "updateProfile",
    "patchProfile",
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

/// What a prepared directory holds: the types Household and Team, and two persons of the household Smith.
pub struct Sample {
    /// The number of the type Household.
    pub household: i64,
    /// The number of the type Team.
    pub team: i64,
    pub jo: i64,
    pub kim: i64,
}

impl Sample {
    pub fn prepare(app: &App) -> Self {
        Self::prepare_as(&admin(app))
    }

    /// The same in the account of another client.
    pub fn prepare_as(client: &Client) -> Self {
        let types = json!({"GroupTypes": [type_named("Household"), type_named("Team")]});
        let types = client.post("GroupTypes", &types).send().expect(201);
        let number = |at: usize| types.at(&format!("/GroupTypes/{at}/TypeId")).as_i64().unwrap();
        let person = |name: &str| create(client, &person(name, &[("Household", "Smith")]));
        Self {
            household: number(0),
            team: number(1),
            jo: person("jo"),
            kim: person("kim"),
        }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        let profile = format!("Profile/{}", self.jo);
        match operation {
            "listGroupTypes" => client.get("GroupTypes"),
            "createGroupTypes" => client.post("GroupTypes", &json!({"GroupTypes": [type_named("Club")]})),
            "updateGroupType" => client.patch(
                &format!("GroupType/{}", self.household),
                &replace("/IsActive", &json!(false)),
            ),
            "listGroupNames" => client.get("GroupNames"),
            "renameGroup" => client.post(
                "GroupTypes/Household/RenameGroup",
                &json!({"OldGroupName": "Smith", "NewGroupName": "Jones"}),
            ),
            "listGroupProfiles" => client
                .get("GroupProfiles")
                .query("groupType", "Household")
                .query("profileId", &self.jo.to_string()),
            "createProfile" => client.post("Profile", &person("eve", &[("Team", "Blue")])),
            "getProfile" => client.get(&profile),
            "updateProfile" => client.post(&profile, &json!({"DefaultLocale": "de"})),
            "patchProfile" => client.patch(&profile, &replace("/DefaultLocale", &json!("de"))),
            "createToken" => client.ticket(),
            other => panic!("no sample for `{other}`"),
        }
    }
}

/// The status of an operation's good answer.
pub fn good(operation: &str) -> u16 {
    if matches!(operation, "createGroupTypes" | "createProfile") {
        201
    } else {
        200
    }
}

/// A group type with as little as possible.
pub fn type_named(name: &str) -> Value {
    json!({"TypeName": name, "LocalizedFields": [{"Locale": "en-us", "Name": name}]})
}

/// A person with an address, in these groups.
pub fn person(name: &str, groups: &[(&str, &str)]) -> Value {
    let groups: Vec<Value> = groups
        .iter()
        .map(|(of, name)| json!({"GroupType": of, "GroupName": name}))
        .collect();
    json!({
        "CustomerName": {"FirstName": name, "LastName": "Smith"},
        "EmailAddresses": [{"EmailType": "Home", "EmailAddress": format!("{name}@example.com")}],
        "Groups": groups,
    })
}

/// A patch of one replacement.
pub fn replace(path: &str, value: &Value) -> Value {
    json!([{"op": "replace", "path": path, "value": value}])
}

/// Makes a profile and returns its number.
#[track_caller]
pub fn create(client: &Client, body: &Value) -> i64 {
    let answer = client.post("Profile", body).send().expect(201);
    answer.at("/ProfileId").as_i64().unwrap()
}

/// A profile as answered.
#[track_caller]
pub fn profile(client: &Client, number: i64) -> Value {
    let answer = client.get(&format!("Profile/{number}")).send().expect(200);
    answer.json().clone()
}

/// The groups of a profile, as `type/name`.
pub fn groups(profile: &Value) -> Vec<String> {
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let all = profile["Groups"].as_array().unwrap();
    all.iter()
        .map(|entry| format!("{}/{}", text(entry, "GroupType"), text(entry, "GroupName")))
        .collect()
}

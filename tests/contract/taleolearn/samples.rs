//! A small directory, and for each operation a request that succeeds on it.

use directory::{credentials, users};
use model::ids::{RequestId, UserNumber};
use model::users::{NewUser, UserKey, UserParts, UserPatch};
use model::{Access, Caller, Context, Dialect, Patch};
use serde_json::{Value, json};
use testkit::App;
use testkit::app::secret;
use testkit::taleolearn::{
    CATALOG, Client, GROUPS, Request, group, items, member, members, memberships, owner, owners, user,
};

/// What a prepared directory holds.
pub struct Sample {
    /// The group that most requests are about. Editors may change it.
    pub group: i64,
    /// The group above it.
    pub parent: i64,
    /// Owns the group.
    pub owner: i64,
    /// Is in the group.
    pub member: i64,
    /// Is explicitly not in the group.
    pub excluded: i64,
    /// Has nothing to do with any group.
    pub loner: i64,
}

/// The item that the group is mapped to.
pub const ITEM: &str = "SQL-101";

pub fn admin(app: &App) -> Client {
    Client::of(app, "admin")
}

pub fn editor(app: &App) -> Client {
    Client::of(app, "editor")
}

pub fn reader(app: &App) -> Client {
    Client::of(app, "reader")
}

/// The caller behind one of the server's credentials.
pub fn caller(app: &App, id: &str) -> Caller {
    app.wait(credentials::authenticate(app.directory(), id, &secret(id)))
}

/// The circumstances of a write that another dialect makes.
pub fn context(app: &App, id: &str) -> Context {
    Context {
        caller: caller(app, id),
        dialect: Dialect::Propeller,
        operation: "other",
        request: RequestId(app.directory().ids().uuid(app.directory().now()).unwrap()),
    }
}

/// Makes a user; this dialect cannot.
pub fn create_user_as(app: &App, id: &str, name: &str) -> i64 {
    let new = NewUser {
        patch: UserPatch {
            user_name: Patch::Set(Some(name.to_owned())),
            primary_email: Patch::Set(Some(format!("{name}@example.com"))),
            ..UserPatch::default()
        },
    };
    let parts = UserParts::default();
    let made = users::create(app.directory(), context(app, id), new, parts);
    app.wait(made).user.number.get()
}

pub fn create_user(app: &App, name: &str) -> i64 {
    create_user_as(app, "admin", name)
}

pub fn user_key(number: i64) -> UserKey {
    UserKey::Number(UserNumber::new(number).unwrap())
}

/// A client of a new credential that is bound to a user.
pub fn bound(app: &App, id: &str, access: Access, number: i64) -> Client {
    let (caller, key) = (caller(app, "admin"), user_key(number));
    let view = users::get(app.directory(), &caller, &key, UserParts::default());
    let user = app.wait(view).user.id;
    app.wait(credentials::create(
        app.directory(),
        "default",
        Some(id.to_owned()),
        access,
        Some(user),
        Some(secret(id)),
    ));
    Client::of(app, id)
}

/// Makes a group and answers its number.
#[track_caller]
pub fn create_group(client: &Client, body: &Value) -> i64 {
    let answer = client.post(GROUPS, body).send().expect(201);
    answer.at("/id").as_i64().unwrap()
}

impl Sample {
    pub fn prepare(app: &App) -> Self {
        let [owner, member, excluded, loner] =
            ["owner", "ada", "eve", "bob"].map(|name| create_user(app, name));
        let client = admin(app);
        let parent = create_group(
            &client,
            &json!({"name": "All", "onlyAllowOwnersToEditGroup": false}),
        );
        let body = json!({
            "name": "Staff", "code": "staff", "parentGroupId": parent, "onlyAllowOwnersToEditGroup": false,
            "owners": [owner],
        });
        let number = create_group(&client, &body);
        for user in [member, excluded] {
            let add = client.post(&members(number), &json!({"UserId": user}));
            add.send().expect(201);
        }
        let exclude = client.put(
            &testkit::taleolearn::member(number, excluded),
            &json!({"ExcludeFlag": true}),
        );
        exclude.send().expect(200);
        let item = json!({"itemid": ITEM, "itemtype": "skill", "retainMapping": true});
        client.post(&items(number), &item).send().expect(201);
        // Each has its token, so that asking again writes nothing.
        editor(app).token();
        reader(app).token();
        Self {
            group: number,
            parent,
            owner,
            member,
            excluded,
            loner,
        }
    }

    /// A request that the operation grants to an admin.
    pub fn request(&self, client: &Client, operation: &str) -> Request {
        let item = json!({"itemid": ITEM, "itemtype": "skill"});
        let here = self.group;
        match operation {
            "listGroups" => client.get(GROUPS),
            "createGroup" => client.post(GROUPS, &json!({"name": "New"})),
            "getGroup" => client.get(&group(here)),
            "replaceGroup" => client.put(
                &group(here),
                &json!({"name": "Crew", "onlyAllowOwnersToEditGroup": false}),
            ),
            "updateGroup" => client.patch(&group(here), &json!({"statusFlag": "inactive"})),
            "listOwners" => client.get(&owners(here)),
            "getOwner" => client.get(&owner(here, self.owner)),
            "listMembers" => client.get(&members(here)),
            "addMember" => client.post(&members(here), &json!({"UserId": self.loner})),
            "getMember" => client.get(&member(here, self.member)),
            "updateMember" => client.put(&member(here, self.member), &json!({"ExcludeFlag": true})),
            "removeMember" => client.delete(&member(here, self.member)),
            "listMappedItems" => client.get(&items(here)),
            "addMappedItem" => client.post(
                &items(here),
                &json!({"itemid": "SQL-102", "itemtype": "jobprofile"}),
            ),
            "replaceMappedItem" => client.put(&items(here), &item),
            "updateMappedItem" => {
                let body = json!({"itemid": ITEM, "itemtype": "skill", "retainMapping": false});
                client.patch(&items(here), &body)
            }
            "removeMappedItem" => client.delete(&items(here)).json(&item),
            "getUser" => client.get(&user(self.member)),
            "listMemberships" => client.get(&memberships(self.member)),
            "getMetadataCatalog" => client.get(CATALOG),
            other => panic!("no sample for `{other}`"),
        }
    }

    /// The same request about an object that there is not.
    pub fn absent(&self, client: &Client, operation: &str) -> Request {
        let nothing = Self {
            group: 9_007_199_254_740_991,
            member: 9_007_199_254_740_991,
            ..*self
        };
        nothing.request(client, operation)
    }
}

/// The status that an operation answers with when all is well.
pub fn good(operation: &str) -> u16 {
    match operation {
        "createGroup" | "addMember" | "addMappedItem" => 201,
        _ => 200,
    }
}

/// The operations that change something.
pub const WRITES: [&str; 10] = [
    "createGroup",
    "replaceGroup",
    "updateGroup",
    "addMember",
    "updateMember",
    "removeMember",
    "addMappedItem",
    "replaceMappedItem",
    "updateMappedItem",
    "removeMappedItem",
];

/// The operations that take a body.
pub const BODIES: [&str; 9] = [
    "createGroup",
    "replaceGroup",
    "updateGroup",
    "addMember",
    "updateMember",
    "addMappedItem",
    "replaceMappedItem",
    "updateMappedItem",
    "removeMappedItem",
];

/// The operations that only read.
pub const READS: [&str; 10] = [
    "listGroups",
    "getGroup",
    "listOwners",
    "getOwner",
    "listMembers",
    "getMember",
    "listMappedItems",
    "getUser",
    "listMemberships",
    "getMetadataCatalog",
];

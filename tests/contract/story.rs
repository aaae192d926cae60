//! One directory: a group made through any dialect is read, changed and deleted through all of them, in the words of
//! each, and nothing that one of them wrote is lost.

use directory::{audit, groups};
use model::Dialect;
use model::audit::{Change, Event};
use model::ids::GroupNumber;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use testkit::formsonfire::{Format, GROUP};
use testkit::propeller::{USERGROUPS, USERS, by};
use testkit::{App, formsonfire, kibo, mypreferences, propeller, taleolearn};

/// The group type that groups without a type count as.
const TYPE: &str = "Household";

const DIALECTS: [Dialect; 5] = [
    Dialect::Kibo,
    Dialect::FormsOnFire,
    Dialect::TaleoLearn,
    Dialect::Propeller,
    Dialect::MyPreferences,
];

/// A user as the dialects name him.
struct Person {
    id: String,
    number: i64,
}

impl Person {
    fn hex(&self) -> String {
        self.id.replace('-', "")
    }
}

/// One group under many names, and what everybody has to see of it.
struct Story<'a> {
    app: &'a App,
    people: Vec<Person>,
    /// The group above all others.
    parent: i64,
    number: i64,
    code: String,
    id: String,
    name: String,
    /// Places in `people`.
    members: BTreeSet<usize>,
    /// External identifiers by source.
    keys: BTreeMap<&'static str, &'static str>,
    /// What a dialect has to answer beside name, members and identifiers.
    parts: BTreeMap<&'static str, Value>,
}

fn forms(app: &App) -> formsonfire::Client {
    formsonfire::Client::of(app, "admin", Format::Json)
}

fn learn(app: &App) -> taleolearn::Client {
    taleolearn::Client::of(app, "admin")
}

fn commerce(app: &App) -> propeller::Client {
    propeller::Client::of(app, "admin")
}

fn profiles(app: &App) -> mypreferences::Client {
    mypreferences::Client::of(app, "admin")
}

impl<'a> Story<'a> {
    /// A person for each dialect, a group above, the type of groups without one; then the group.
    fn begin(app: &'a App, dialect: Dialect) -> Self {
        let body = json!({"GroupTypes": [{
            "TypeName": TYPE, "IsDefault": true, "LocalizedFields": [{"Locale": "en", "Name": TYPE}],
        }]});
        profiles(app).post("GroupTypes", &body).send().expect(201);
        let top = commerce(app).post(USERGROUPS).json(&json!({"name": "Top"}));
        let parent = top.send().expect(201).at("/data/id").as_i64().unwrap();
        let people = (0..=DIALECTS.len()).map(|i| person(app, i)).collect();
        let mut story = Self {
            app,
            people,
            parent,
            number: 0,
            code: String::new(),
            id: String::new(),
            name: format!("Made by {}", dialect.as_str()),
            members: BTreeSet::from([0]),
            keys: BTreeMap::new(),
            parts: BTreeMap::new(),
        };
        story.make(dialect);
        let filter = format!("name eq {}", story.name);
        let list = app
            .admin()
            .get(kibo::GROUPS)
            .query("filter", &filter)
            .send()
            .expect(200);
        story.code = text(list.at("/items/0/groupCode"));
        let found = forms(app)
            .get(formsonfire::GROUPS)
            .query("Name", &story.name)
            .send()
            .expect(200);
        story.id = text(found.at("/UserGroups/0/Id"));
        let search = commerce(app)
            .post("/usergroups/search")
            .json(&json!({"name": story.name}));
        story.number = search.send().expect(200).at("/data/0/id").as_i64().unwrap();
        story
    }

    fn make(&mut self, dialect: Dialect) {
        let (app, name, first) = (self.app, self.name.clone(), &self.people[0]);
        match dialect {
            Dialect::Kibo => {
                let body = json!({"groupCode": "made/by kibo", "name": name, "users": [{"id": first.id}]});
                app.admin().post(kibo::GROUPS).json(&body).send().expect(200);
            }
            Dialect::FormsOnFire => {
                let body = json!({"Name": name, "UserIds": [first.hex()]});
                forms(app).post(GROUP, &body).send().expect(200);
            }
            Dialect::TaleoLearn => {
                let body = json!({
                    "name": name, "code": "by-taleo", "parentGroupId": self.parent, "owners": [first.number],
                    "onlyAllowOwnersToEditGroup": false,
                });
                let made = learn(app).post(taleolearn::GROUPS, &body).send().expect(201);
                let number = made.at("/id").as_i64().unwrap();
                let body = json!({"UserId": first.number});
                learn(app)
                    .post(&taleolearn::members(number), &body)
                    .send()
                    .expect(201);
                self.parts.insert(
                    "taleolearn",
                    json!({"code": "by-taleo", "parentGroupId": self.parent}),
                );
                self.parts.insert("kibo", json!({"groupCode": "by-taleo"}));
            }
            Dialect::Propeller => {
                let body =
                    json!({"name": name, "parent": {"id": self.parent}, "sourceId": "7", "source": "shop"});
                let made = commerce(app).post(USERGROUPS).json(&body).send().expect(201);
                self.join_by_parent(0, made.at("/data/id").as_i64().unwrap());
                self.parts
                    .insert("taleolearn", json!({"parentGroupId": self.parent}));
                self.parts
                    .insert("propeller", json!({"parent": {"id": self.parent}}));
                self.keys.insert("shop", "7");
            }
            Dialect::MyPreferences => self.join_by_name(0),
            Dialect::Roster => panic!("no dialect of clients"),
        }
    }

    fn join_by_parent(&self, person: usize, group: i64) {
        let user = by(USERS, "id", &self.people[person].number.to_string());
        let body = json!({"parent": {"id": group}});
        commerce(self.app).patch(&user).json(&body).send().expect(200);
    }

    fn join_by_name(&self, person: usize) {
        let body = json!({"Groups": [{"GroupType": TYPE, "GroupName": self.name}]});
        let path = format!("Profile/{}", self.people[person].number);
        profiles(self.app).post(&path, &body).send().expect(200);
    }

    /// The dialect renames the group, adds one person, and writes what only it knows; answers its operations.
    fn change(&mut self, dialect: Dialect, person: usize) -> &'static [&'static str] {
        let old = std::mem::replace(&mut self.name, format!("{} by {}", self.number, dialect.as_str()));
        self.members.insert(person);
        let (app, name, new) = (self.app, self.name.clone(), &self.people[person]);
        match dialect {
            Dialect::Kibo => {
                let own = json!({"description": "told by Kibo", "scopeTypeId": 11, "scopeId": 12});
                let path = kibo::group(&self.code);
                app.admin()
                    .put(&path)
                    .json(&with(&own, &json!({"name": name})))
                    .send()
                    .expect(200);
                let add = app
                    .admin()
                    .post(&format!("{path}/addusers"))
                    .json(&json!([new.id]));
                add.send().expect(200);
                self.knows("kibo", &own);
                &["updateGroup", "addGroupUsers"]
            }
            Dialect::FormsOnFire => {
                let ids: Vec<String> = self.members.iter().map(|i| self.people[*i].hex()).collect();
                let body = json!({"Id": self.id, "Name": name, "ExternalId": "form-1", "UserIds": ids});
                forms(app).put(GROUP, &body).send().expect(200);
                self.knows("formsonfire", &json!({"ExternalId": "form-1"}));
                self.keys.insert("", "form-1");
                &["updateUserGroup"]
            }
            Dialect::TaleoLearn => {
                let own = json!({
                    "statusFlag": "inactive", "activeFromDate": "2026-01-02T03:04:05",
                    "activeUntilDate": "2027-01-02T03:04:05", "selfServiceOptions": "requiresApproval",
                });
                let body = with(&own, &json!({"name": name, "owners": [new.number]}));
                learn(app)
                    .patch(&taleolearn::group(self.number), &body)
                    .send()
                    .expect(200);
                let body = json!({"UserId": new.number});
                learn(app)
                    .post(&taleolearn::members(self.number), &body)
                    .send()
                    .expect(201);
                self.knows("taleolearn", &own);
                &["updateGroup", "addMember"]
            }
            Dialect::Propeller => {
                let own = json!({
                    "company": "Propeller", "department": "Sales", "office": "Utrecht", "notes": "of the shop",
                    "language": "NL", "budget": "H", "inheritProductList": "N", "orderListAllowAll": "P",
                });
                let key = json!({"name": name, "sourceId": "erp-1", "source": "erp"});
                let path = by(USERGROUPS, "id", &self.number.to_string());
                commerce(app)
                    .patch(&path)
                    .json(&with(&own, &key))
                    .send()
                    .expect(200);
                self.join_by_parent(person, self.number);
                self.knows("propeller", &own);
                self.keys.insert("erp", "erp-1");
                &["updateUsergroup", "updateUser"]
            }
            Dialect::MyPreferences => {
                let body = json!({"OldGroupName": old, "NewGroupName": name});
                let path = format!("GroupTypes/{TYPE}/RenameGroup");
                profiles(app).post(&path, &body).send().expect(200);
                self.join_by_name(person);
                &["renameGroup", "updateProfile"]
            }
            Dialect::Roster => panic!("no dialect of clients"),
        }
    }

    fn knows(&mut self, dialect: &'static str, own: &Value) {
        let known = self.parts.entry(dialect).or_insert_with(|| json!({}));
        *known = with(known, own);
    }

    /// Every dialect answers the name, the members and what it knows.
    fn check(&self) {
        let numbers: BTreeSet<i64> = self.members.iter().map(|i| self.people[*i].number).collect();
        let ids: BTreeSet<String> = self.members.iter().map(|i| self.people[*i].id.clone()).collect();
        let (app, name) = (self.app, &self.name);

        let group = app.reader().get(&kibo::group(&self.code)).send().expect(200);
        let seen = group
            .at("/users")
            .as_array()
            .unwrap()
            .iter()
            .map(|user| text(&user["id"]));
        assert_eq!(seen.collect::<BTreeSet<_>>(), ids, "Kibo's members");
        self.holds("kibo", group.json(), &json!({"name": name}));

        let group = forms(app).get(GROUP).query("Id", &self.id).send().expect(200);
        let hex: BTreeSet<String> = ids.iter().map(|id| id.replace('-', "")).collect();
        let seen = group
            .at("/UserGroup/UserIds")
            .as_array()
            .unwrap()
            .iter()
            .map(text);
        assert_eq!(seen.collect::<BTreeSet<_>>(), hex, "Forms On Fire's members");
        self.holds("formsonfire", group.at("/UserGroup"), &json!({"Name": name}));

        let group = learn(app).get(&taleolearn::group(self.number)).send().expect(200);
        self.holds(
            "taleolearn",
            group.json(),
            &json!({"name": name, "code": self.code}),
        );
        let members = learn(app)
            .get(&taleolearn::members(self.number))
            .send()
            .expect(200);
        let seen: BTreeSet<i64> = members.numbers("userId").into_iter().collect();
        assert_eq!(seen, numbers, "Taleo Learn's members");

        let path = by(USERGROUPS, "id", &self.number.to_string());
        let group = commerce(app)
            .get(&path)
            .query("expands", "sources")
            .send()
            .expect(200);
        let key = |(source, id)| json!({"source": source, "sourceId": id});
        let sources: Vec<Value> = self.keys.iter().map(key).collect();
        self.holds(
            "propeller",
            group.at("/data"),
            &json!({"name": name, "sources": sources}),
        );

        let who = numbers.iter().next().unwrap().to_string();
        let mates = profiles(app)
            .get("GroupProfiles")
            .query("groupType", TYPE)
            .query("groupName", name);
        let mates = mates.query("profileId", &who).send().expect(200);
        let found = mates.at("/Profiles").as_array().unwrap().iter();
        let seen: BTreeSet<i64> = found.map(|one| one["ProfileId"].as_i64().unwrap()).collect();
        assert_eq!(seen, numbers, "MyPreferences' profiles");
        let names = profiles(app).get("GroupNames").send().expect(200);
        let names = names.at("/GroupTypeNames/0/GroupNames").as_array().unwrap();
        assert!(names.contains(&json!(name)), "{names:?}");
    }

    fn holds(&self, dialect: &str, answer: &Value, more: &Value) {
        let own = self.parts.get(dialect).cloned().unwrap_or_else(|| json!({}));
        for (member, expected) in with(&own, more).as_object().unwrap() {
            assert_eq!(&answer[member], expected, "{dialect}: {member} of {answer}");
        }
    }

    /// Nobody finds the group any more.
    fn is_gone(&self) {
        let app = self.app;
        app.admin().get(&kibo::group(&self.code)).send().expect(404);
        forms(app).get(GROUP).query("Id", &self.id).send().expect(400);
        learn(app).get(&taleolearn::group(self.number)).send().expect(404);
        commerce(app)
            .get(&by(USERGROUPS, "id", &self.number.to_string()))
            .send()
            .expect(404);
        for i in &self.members {
            let path = format!("Profile/{}", self.people[*i].number);
            let profile = profiles(app).get(&path).send().expect(200);
            assert_eq!(profile.at("/Groups"), &json!([]));
        }
    }
}

fn person(app: &App, i: usize) -> Person {
    let body =
        json!({"emailAddress": format!("p{i}@example.com"), "firstName": format!("P{i}"), "lastName": "Doe"});
    let made = app.admin().post(kibo::ACCOUNTS).json(&body).send().expect(200);
    let login = json!({"login": format!("p{i}@example.com")});
    let found = commerce(app)
        .post("/users/search")
        .json(&login)
        .send()
        .expect(200);
    Person {
        id: made.text("/id").to_owned(),
        number: found.at("/data/0/id").as_i64().unwrap(),
    }
}

fn with(value: &Value, more: &Value) -> Value {
    let mut value = value.clone();
    let members = value.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    value
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn trail(app: &App, behind: usize) -> Vec<Event> {
    let mut events = app.wait(audit::events(app.directory(), "default", 1, 1000));
    events.split_off(behind)
}

#[test]
fn what_one_dialect_makes_all_others_read_and_change() {
    for maker in DIALECTS {
        let app = App::start();
        let mut story = Story::begin(&app, maker);
        story.check();
        for (i, dialect) in DIALECTS.into_iter().enumerate() {
            let (before, name) = (trail(&app, 0).len(), story.name.clone());
            let operations = story.change(dialect, i + 1);
            story.check();
            let events = trail(&app, before);
            let told: Vec<_> = events.iter().map(|e| (e.dialect, e.operation.as_str())).collect();
            let expected: Vec<_> = operations.iter().map(|operation| (dialect, *operation)).collect();
            assert_eq!(told, expected);
            assert!(events.iter().all(|event| event.actor.client_id == "admin"));
            let renamed = |change: &&Change| change.field == "name" && change.number == story.number;
            let change = events[0].changes.iter().find(renamed).unwrap();
            let names = (change.before.clone(), change.after.clone());
            assert_eq!(names, (Some(json!(name)), Some(json!(story.name))));
        }
        for (_, verdict) in app.wait(audit::verify(app.directory(), None)) {
            assert!(verdict.holds(), "{verdict}");
        }
    }
}

#[test]
fn what_one_dialect_deletes_is_gone_for_all() {
    for dialect in [Dialect::Kibo, Dialect::FormsOnFire, Dialect::Propeller] {
        let app = App::start();
        let mut story = Story::begin(&app, Dialect::TaleoLearn);
        story.change(Dialect::Propeller, 1);
        let number = story.number.to_string();
        match dialect {
            Dialect::Kibo => drop(app.admin().delete(&kibo::group(&story.code)).send().expect(200)),
            Dialect::FormsOnFire => drop(
                forms(&app)
                    .delete(GROUP)
                    .query("Id", &story.id)
                    .send()
                    .expect(200),
            ),
            _ => drop(
                commerce(&app)
                    .delete(&by(USERGROUPS, "id", &number))
                    .send()
                    .expect(200),
            ),
        }
        story.is_gone();
        if dialect == Dialect::Propeller {
            let group = GroupNumber::new(story.number).unwrap();
            app.wait(groups::restore(app.directory(), "default", group));
            story.check();
        }
    }
}

#[test]
fn who_is_not_active_is_so_everywhere() {
    let app = App::start();
    let story = Story::begin(&app, Dialect::Kibo);
    let person = &story.people[0];
    let patch = json!([{"op": "replace", "path": "/IsActive", "value": false}]);
    profiles(&app)
        .patch(&format!("Profile/{}", person.number), &patch)
        .send()
        .expect(200);
    let account = app.reader().get(&kibo::account(&person.id)).send().expect(200);
    assert_eq!(account.at("/isActive"), false);
    let member = learn(&app)
        .get(&taleolearn::member(story.number, person.number))
        .send()
        .expect(200);
    assert_eq!(member.at("/statusFlag"), false);
    story.check();
}

//! What other dialects see of groups and profiles, and what they wrote that this one does not know.

use super::samples::{Sample, admin, create, editor, groups, person, profile, reader, replace};
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::{self, Format, GROUPS, USER};
use testkit::kibo;

/// The groups of this name, as Kibo has them.
fn in_kibo(app: &App, name: &str) -> Vec<Value> {
    let filter = format!("name eq {name}");
    let answer = app
        .reader()
        .get(kibo::GROUPS)
        .query("filter", &filter)
        .send()
        .expect(200);
    answer.at("/items").as_array().unwrap().clone()
}

#[test]
fn a_group_that_a_profile_named_is_a_group_everywhere() {
    let app = App::start();
    Sample::prepare(&app);
    let found = in_kibo(&app, "Smith");
    assert_eq!(found.len(), 1);
    let users = found[0]["users"].as_array().unwrap();
    let addresses: Vec<_> = users
        .iter()
        .map(|user| user["emailAddress"].as_str().unwrap())
        .collect();
    assert_eq!(addresses, ["jo@example.com", "kim@example.com"]);
    let client = formsonfire::Client::of(&app, "reader", Format::Json);
    let answer = client.get(GROUPS).query("Name", "smith").send().expect(200);
    assert_eq!(
        answer.at("/UserGroups/0/UserIds").as_array().map(Vec::len),
        Some(2)
    );
    let rename = json!({"OldGroupName": "Smith", "NewGroupName": "Jones"});
    editor(&app)
        .post("GroupTypes/Household/RenameGroup", &rename)
        .send()
        .expect(200);
    let renamed = in_kibo(&app, "Jones");
    assert_eq!(
        (renamed.len(), &renamed[0]["groupCode"]),
        (1, &found[0]["groupCode"]),
        "the same group"
    );
}

#[test]
fn members_that_others_add_and_remove_are_seen() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let loner = create(&editor(&app), &person("loner", &[]));
    let code = in_kibo(&app, "Smith")[0]["groupCode"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = kibo::group(&code);
    let accounts = app.reader().get(kibo::ACCOUNTS).send().expect(200);
    let id = |address: &str| {
        let all = accounts.at("/items").as_array().unwrap();
        let one = all.iter().find(|one| one["emailAddress"] == address).unwrap();
        one["id"].clone()
    };
    let add = json!([id("loner@example.com")]);
    app.editor()
        .post(&format!("{path}/addusers"))
        .json(&add)
        .send()
        .expect(200);
    assert_eq!(groups(&profile(&reader(&app), loner)), ["Household/Smith"]);
    let all = json!([
        id("loner@example.com"),
        id("jo@example.com"),
        id("kim@example.com")
    ]);
    app.editor()
        .post(&format!("{path}/removeusers"))
        .json(&all)
        .send()
        .expect(200);
    for number in [sample.jo, sample.kim, loner] {
        assert!(groups(&profile(&reader(&app), number)).is_empty());
    }
    let names = reader(&app).get("GroupNames").send().expect(200);
    assert_eq!(
        names.at("/GroupTypeNames/0/GroupNames"),
        &json!([]),
        "nobody is in it any more"
    );
    // It is still there for others, and is found again by its name.
    assert_eq!(in_kibo(&app, "Smith").len(), 1);
    let back = json!({"Groups": [{"GroupType": "Household", "GroupName": "smith"}]});
    editor(&app)
        .post(&format!("Profile/{loner}"), &back)
        .send()
        .expect(200);
    assert_eq!(
        in_kibo(&app, "Smith")[0]["users"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn groups_without_a_type_are_not_shown_and_stay() {
    let app = App::start();
    let client = formsonfire::Client::of(&app, "editor", Format::Json);
    let user = json!({"FirstName": "Ada", "LastName": "Doe", "Email": "ada@example.com", "Groups": []});
    let made = client.post(USER, &user).send().expect(200);
    let id = made.text("/User/Id").to_owned();
    let group = json!({"Name": "Inspectors", "UserIds": [id]});
    client
        .post(testkit::formsonfire::GROUP, &group)
        .send()
        .expect(200);
    let all = admin(&app).post(
        "GroupTypes",
        &json!({"GroupTypes": [super::samples::type_named("Household")]}),
    );
    all.send().expect(201);
    let mut number = 0;
    for one in 1..20 {
        let answer = reader(&app).get(&format!("Profile/{one}")).send();
        if answer.reply.status == 200 {
            number = one;
        }
    }
    let ada = profile(&reader(&app), number);
    assert_eq!(ada["CustomerName"]["FirstName"], "Ada");
    assert_eq!(
        ada["EmailAddresses"][0],
        json!({"EmailType": null, "EmailAddress": "ada@example.com", "IsPrimary": true})
    );
    assert_eq!(ada["Groups"], json!([]));
    let path = format!("Profile/{number}");
    for operations in [
        replace("/Groups", &json!([])),
        replace("/Groups", &json!([{"GroupType": "Household", "GroupName": "a"}])),
    ] {
        editor(&app).patch(&path, &operations).send().expect(200);
        let seen = client
            .get(USER)
            .query("Id", &id)
            .query("UseNames", "true")
            .send()
            .expect(200);
        let names = seen.at("/User/Groups").as_array().unwrap();
        assert!(
            names.contains(&json!("Inspectors"))
                || names.len() == 1 + usize::from(operations[0]["value"] != json!([]))
        );
    }
    // What only the other dialect knows is kept by every kind of write.
    let before = client.get(USER).query("Id", &id).send().expect(200);
    editor(&app)
        .post(&path, &json!({"CustomerType": "x", "IsActive": true}))
        .send()
        .expect(200);
    let whole = json!([{"op": "replace", "path": "", "value": ada}]);
    editor(&app).patch(&path, &whole).send().expect(200);
    let after = client.get(USER).query("Id", &id).send().expect(200);
    let without = |value: &Value| {
        let mut user = value["User"].clone();
        user.as_object_mut()
            .unwrap()
            .retain(|name, _| name != "LastUpdated" && name != "Groups");
        user
    };
    assert_eq!(without(before.json()), without(after.json()));
}

#[test]
fn only_owners_and_admins_change_a_guarded_group() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    crate::database::open(&app)
        .execute_batch("UPDATE directory_group SET only_owners_edit = 1")
        .unwrap();
    let message = "Only the group's owners and admins may change this group.";
    unchanged(&app, || {
        let none = replace("/Groups", &json!([]));
        let path = format!("Profile/{}", sample.jo);
        editor(&app).patch(&path, &none).send().refused(403, message);
        sample
            .request(&editor(&app), "renameGroup")
            .send()
            .refused(403, message);
        let body = person("eve", &[("Household", "Smith")]);
        editor(&app).post("Profile", &body).send().refused(403, message);
    });
    sample.request(&admin(&app), "renameGroup").send().expect(200);
}

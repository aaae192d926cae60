//! One directory: what this dialect and others wrote, seen from both sides.

use super::samples::{Sample, admin, create, editor, read};
use crate::database::unchanged;
use directory::{credentials, groups};
use model::groups::{GroupKey, GroupPatch, NewGroup};
use model::{Access, Context, Dialect, Patch};
use serde_json::{Value, json};
use testkit::App;
use testkit::app::secret;
use testkit::kibo::{ACCOUNTS, GROUPS};
use testkit::propeller::{Client, USERGROUPS, USERS, by};

/// The Kibo group that has this name.
fn kibo_group(app: &App, name: &str) -> Value {
    let filter = format!("name eq {name}");
    let found = app
        .reader()
        .get(GROUPS)
        .query("filter", &filter)
        .send()
        .expect(200);
    assert_eq!(found.at("/totalCount"), 1);
    found.at("/items/0").clone()
}

#[test]
fn a_usergroup_and_its_users_are_seen_by_others() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let group = kibo_group(&app, "Netherlands");
    assert_eq!(group["users"][0]["emailAddress"], "grace@example.com");
    assert_eq!(group["users"].as_array().map(Vec::len), Some(1));
    let user = by(USERS, "id", &sample.user.to_string());
    editor(&app)
        .patch(&user)
        .json(&json!({"parent": {"id": sample.top}}))
        .send()
        .expect(200);
    assert_eq!(kibo_group(&app, "Netherlands")["users"], json!([]));
    assert_eq!(kibo_group(&app, "Benelux")["users"][0]["userName"], "grace");
    // Who is taken out of the group there, has no parent here.
    let code = kibo_group(&app, "Benelux")["groupCode"]
        .as_str()
        .unwrap()
        .to_owned();
    let empty = json!({"name": "Benelux", "users": []});
    app.editor()
        .put(&testkit::kibo::group(&code))
        .json(&empty)
        .send()
        .expect(200);
    assert_eq!(read(&admin(&app), USERS, sample.user)["parent"], json!({}));
}

#[test]
fn what_this_dialect_does_not_know_stays() {
    let app = App::start();
    let made = json!({
        "emailAddress": "ann@example.com", "userName": "ann", "firstName": "Ann", "lastName": "Lee", "isActive": false,
        "localeCode": "en-GB", "phoneNumber": "1", "externalId": "hr-1", "roles": [{"roleId": 1}],
    });
    let account = app.editor().post(ACCOUNTS).json(&made).send().expect(200);
    let path = testkit::kibo::account(account.text("/id"));
    let group = json!({"groupCode": "staff", "name": "Staff", "description": "All", "users": [{"id": account.text("/id")}]});
    app.editor().post(GROUPS).json(&group).send().expect(200);
    let before = app.reader().get(&path).send().expect(200).json().clone();

    let users = editor(&app).get(USERS).send().expect(200);
    let user = users.at("/data/0");
    assert_eq!(
        (&user["login"], &user["primaryLanguage"]),
        (&json!("ann"), &json!("en-GB"))
    );
    assert_eq!((&user["sourceId"], &user["source"]), (&json!("hr-1"), &json!("")));
    assert_eq!(user["parent"], json!({}), "a membership is no parent");
    let body = json!({"title": "Dr", "lastName": "Lee-Ray", "sourceId": "7", "source": "erp"});
    let id = by(USERS, "id", &user["id"].to_string());
    editor(&app).patch(&id).json(&body).send().expect(200);
    let after = app.reader().get(&path).send().expect(200).json().clone();
    let mut expected = before;
    expected["lastName"] = "Lee-Ray".into();
    for stamp in ["updatedOn", "auditInfo"] {
        if let Some(value) = expected.get_mut(stamp) {
            *value = after[stamp].clone();
        }
    }
    assert_eq!(after, expected);

    let groups = editor(&app).get(USERGROUPS).send().expect(200);
    let number = groups.at("/data/0/id").as_i64().unwrap();
    let path = by(USERGROUPS, "id", &number.to_string());
    editor(&app)
        .patch(&path)
        .json(&json!({"notes": "x"}))
        .send()
        .expect(200);
    let staff = app
        .reader()
        .get(&testkit::kibo::group("staff"))
        .send()
        .expect(200);
    assert_eq!(
        (staff.text("/description"), staff.text("/users/0/userName")),
        ("All", "ann")
    );
}

#[test]
fn only_owners_change_what_is_theirs() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let owner = model::ids::UserNumber::new(sample.user).unwrap();
    let caller = app.wait(credentials::authenticate(
        app.directory(),
        "admin",
        &secret("admin"),
    ));
    let context = Context {
        caller: caller.clone(),
        dialect: Dialect::TaleoLearn,
        operation: "other",
        request: model::ids::RequestId(app.directory().ids().uuid(app.directory().now()).unwrap()),
    };
    let guarded = NewGroup {
        patch: GroupPatch {
            only_owners_edit: Patch::Set(true),
            parent: Patch::Set(GroupKey::Number(model::ids::GroupNumber::new(sample.top).unwrap()).into()),
            ..GroupPatch::default()
        },
        owners: vec![owner],
        ..NewGroup::default()
    };
    let made = groups::create(
        app.directory(),
        context,
        guarded,
        model::groups::GroupParts::default(),
    );
    let number = app.wait(made).group.number.get();
    let path = by(USERGROUPS, "id", &number.to_string());
    let user = app.wait(directory::users::get(
        app.directory(),
        &caller,
        &model::users::UserKey::Number(owner),
        model::users::UserParts::default(),
    ));
    let bound = Some(user.user.id);
    let id = Some("owner".to_owned());
    app.wait(credentials::create(
        app.directory(),
        "default",
        id,
        Access::Editor,
        bound,
        Some(secret("owner")),
    ));
    let told = "only the group's owners and admins may change this group";
    let enter = json!({"parent": {"id": number}});
    unchanged(&app, || {
        let stranger = editor(&app);
        stranger
            .patch(&path)
            .json(&json!({"name": "x"}))
            .send()
            .told_as(403, 10403, &[told]);
        stranger.delete(&path).send().told_as(403, 10403, &[told]);
        stranger
            .post(USERS)
            .json(&enter)
            .send()
            .told_as(403, 10403, &[told]);
        let items = json!({"usergroups": [{"id": number, "name": "x"}]});
        let answer = stranger
            .post("/usergroups/bulk/id")
            .json(&items)
            .send()
            .expect(200);
        assert_eq!(answer.at("/data/0/error/code"), 10403);
    });
    let owner = Client::of(&app, "owner");
    owner.patch(&path).json(&json!({"name": "x"})).send().expect(200);
    create(&owner, USERS, &enter);
    owner.delete(&path).send().expect(200);
}

//! One directory behind all dialects: what one writes, the others see, and none loses what only another knows.

use super::samples::{Sample, admin, context, create_group, editor, reader, user_key};
use directory::{Deletion, groups, users};
use model::Patch;
use model::groups::{Budget, GroupChange, GroupKey, GroupParts, GroupPatch, GroupView};
use model::ids::GroupNumber;
use model::text::Name;
use model::users::{UserParts, UserPatch};
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::{self, Format, GROUP};
use testkit::kibo;
use testkit::taleolearn::{GROUPS, group, items, member, members, memberships};

fn key(number: i64) -> GroupKey {
    GroupKey::Number(GroupNumber::new(number).unwrap())
}

fn patch_group(app: &App, number: i64, patch: GroupPatch) -> GroupView {
    let change = GroupChange {
        patch,
        ..GroupChange::default()
    };
    let (directory, context) = (app.directory(), context(app, "admin"));
    app.wait(groups::update(
        directory,
        context,
        key(number),
        change,
        None,
        GroupParts::default(),
    ))
}

#[test]
fn a_group_made_here_is_changed_and_deleted_there() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let path = kibo::group("staff");
    let seen = app.reader().get(&path).send().expect(200);
    assert_eq!((seen.text("/groupCode"), seen.text("/name")), ("staff", "Staff"));
    assert_eq!(
        seen.at("/users").as_array().unwrap().len(),
        1,
        "who is excluded is no member"
    );
    let before = reader(&app).get(&group(sample.group)).send().expect(200);

    let mut body = seen.json().clone();
    body["name"] = json!("Crew of a name that is longer than the fifty characters here");
    body["users"] = json!([]);
    app.editor().put(&path).json(&body).send().expect(200);
    let after = reader(&app).get(&group(sample.group)).send().expect(200);
    let mut expected = before.json().clone();
    expected["name"] = body["name"].clone();
    expected["lastUpdatedDate"] = after.at("/lastUpdatedDate").clone();
    assert_eq!(after.json(), &expected, "nothing else was lost");
    let listed = reader(&app).get(&members(sample.group)).send().expect(200);
    assert_eq!(
        listed.numbers("userId"),
        [sample.excluded],
        "who is excluded stays so"
    );
    let kept = reader(&app).get(&items(sample.group)).send().expect(200);
    assert_eq!(kept.at("/count"), &json!(1));

    // The long name may stay, and only that.
    let put = editor(&app)
        .put(&group(sample.group), after.json())
        .send()
        .expect(200);
    assert_eq!(put.json(), after.json());
    let other = json!({"name": format!("{}!", body["name"].as_str().unwrap())});
    editor(&app)
        .patch(&group(sample.group), &other)
        .send()
        .unprocessable(&["/name"]);

    app.editor().delete(&path).send().expect(200);
    reader(&app)
        .get(&group(sample.group))
        .send()
        .refused(404, "NOT_FOUND");
    let none = reader(&app).get(&memberships(sample.excluded)).send().expect(200);
    assert_eq!(none.at("/items"), &json!([]));
    create_group(&editor(&app), &json!({"name": "Staff", "code": "staff"}));
}

#[test]
fn a_group_made_there_is_changed_here() {
    let app = App::start();
    let client = formsonfire::Client::of(&app, "editor", Format::Json);
    let made = client.post(GROUP, &json!({"Name": "Inspectors", "ExternalId": "grp-1"}));
    let made = made.send().expect(200);
    let id = made.text("/UserGroup/Id").to_owned();
    let list = reader(&app).get(GROUPS).send().expect(200);
    let number = list.at("/items/0/id").as_i64().unwrap();
    assert_eq!(list.text("/items/0/name"), "Inspectors");
    assert_eq!(list.at("/items/0/onlyAllowOwnersToEditGroup"), &json!(false));
    assert_eq!(
        list.text("/items/0/code").replace('-', ""),
        id,
        "the code is the id"
    );

    let theirs = patch_group(
        &app,
        number,
        GroupPatch {
            budget: Patch::Set(Budget::Y),
            department: Patch::Set(Some("Sales".to_owned())),
            description: Patch::Set(Some("by others".to_owned())),
            ..GroupPatch::default()
        },
    );
    let put = json!({"name": "Crew", "statusFlag": "inactive", "onlyAllowOwnersToEditGroup": false});
    editor(&app).put(&group(number), &put).send().expect(200);
    let now = app.wait(groups::get(
        app.directory(),
        &context(&app, "admin").caller,
        &key(number),
        GroupParts::default(),
    ));
    let mut expected = theirs.group.fields;
    expected.name = Name::parse("name", "Crew").unwrap();
    expected.status = model::groups::Status::Inactive;
    assert_eq!(now.group.fields, expected);
    let shown = client.get(GROUP).query("Id", &id).send().expect(200);
    assert_eq!(shown.at("/UserGroup/ExternalId"), &json!("grp-1"));
    assert_eq!(shown.at("/UserGroup/Name"), &json!("Crew"));
}

#[test]
fn who_is_excluded_here_is_no_member_there_and_may_be_added_again() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let there = || {
        let answer = app.reader().get(&kibo::group("staff")).send().expect(200);
        let users = answer.at("/users").as_array().unwrap();
        users
            .iter()
            .map(|user| user["userName"].clone())
            .collect::<Vec<Value>>()
    };
    assert_eq!(there(), [json!("ada")]);
    let exclude = editor(&app).put(
        &member(sample.group, sample.member),
        &json!({"ExcludeFlag": true}),
    );
    exclude.send().expect(200);
    assert_eq!(there(), [] as [Value; 0]);
    let id = app
        .reader()
        .get(kibo::ACCOUNTS)
        .query("filter", "userName eq eve")
        .send();
    let id = id.expect(200).at("/items/0/id").clone();
    let add = app.editor().post(&format!("{}/addusers", kibo::group("staff")));
    add.json(&json!([id])).send().expect(200);
    let now = reader(&app)
        .get(&member(sample.group, sample.excluded))
        .send()
        .expect(200);
    assert_eq!(now.at("/excludeFlag"), &json!(false));
    assert_eq!(there(), [json!("eve")]);
}

#[test]
fn a_parent_in_the_recycle_bin_is_not_shown_and_not_linked() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let get = || reader(&app).get(&group(sample.group)).send().expect(200);
    let before = get();
    let (directory, other) = (app.directory(), context(&app, "admin"));
    let bin = Deletion::RecycleBin;
    app.wait(groups::delete(directory, other, key(sample.parent), None, bin));
    let after = get();
    assert_eq!(after.at("/parentGroupId"), &Value::Null);
    assert_ne!(after.etag(), before.etag(), "the tag covers it");
    reader(&app)
        .get(&group(sample.parent))
        .send()
        .refused(404, "NOT_FOUND");
    let list = reader(&app).get(GROUPS).send().expect(200);
    assert_eq!(list.numbers("id"), [sample.group]);
    let told = editor(&app)
        .patch(&group(sample.group), &json!({"parentGroupId": sample.parent}))
        .send();
    // It is the present one, so that nothing changes: it may come back.
    assert_eq!(told.expect(200).etag(), after.etag());
}

#[test]
fn owners_only_holds_through_every_dialect() {
    let app = App::start();
    create_group(&editor(&app), &json!({"name": "Closed", "code": "closed"}));
    let path = kibo::group("closed");
    app.editor()
        .put(&path)
        .json(&json!({"name": "x"}))
        .send()
        .refused(403, "FORBIDDEN");
    app.editor().delete(&path).send().refused(403, "FORBIDDEN");
    app.admin()
        .put(&path)
        .json(&json!({"name": "Open"}))
        .send()
        .expect(200);
    let change = json!({"onlyAllowOwnersToEditGroup": false});
    let list = admin(&app).get(GROUPS).send().expect(200);
    let number = list.at("/items/0/id").as_i64().unwrap();
    admin(&app).patch(&group(number), &change).send().expect(200);
    app.editor()
        .put(&path)
        .json(&json!({"name": "x"}))
        .send()
        .expect(200);
}

#[test]
fn a_user_keeps_what_this_dialect_does_not_show() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let patch = UserPatch {
        time_zone: Patch::Set(Some("Europe/Berlin".to_owned())),
        extra: Patch::Set(("propeller".to_owned(), Some(json!({"colour": "red"})))),
        ..UserPatch::default()
    };
    let parts = UserParts::default();
    let (directory, other) = (app.directory(), context(&app, "admin"));
    let user = user_key(sample.loner);
    let theirs = app.wait(users::update(directory, other, user.clone(), patch, None, parts));
    let add = editor(&app).post(&members(sample.group), &json!({"UserId": sample.loner}));
    add.send().expect(201);
    editor(&app)
        .delete(&member(sample.group, sample.loner))
        .send()
        .expect(200);
    let now = app.wait(users::get(
        app.directory(),
        &context(&app, "admin").caller,
        &user,
        parts,
    ));
    assert_eq!(now, theirs);
}

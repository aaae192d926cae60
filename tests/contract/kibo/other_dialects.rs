//! What other dialects wrote: Kibo's writes keep what Kibo does not know, and rules of others hold here, too.

use super::samples::{CODE, Sample, create_account, create_group, members};
use crate::database::unchanged;
use directory::{Deletion, credentials, groups, users};
use model::groups::{
    Budget, ExternalIdChange, GroupChange, GroupKey, GroupParts, GroupPatch, GroupView, Status,
};
use model::ids::UserId;
use model::text::{Code, Name};
use model::users::{UserKey, UserParts, UserPatch, UserView};
use model::{Access, Context, Dialect, Patch};
use serde_json::json;
use testkit::App;
use testkit::app::secret;
use testkit::kibo::{GROUPS, account, group};

/// The circumstances of a write that the admin makes through another dialect.
fn context(app: &App) -> Context {
    let caller = app.wait(credentials::authenticate(
        app.directory(),
        "admin",
        &secret("admin"),
    ));
    let request = model::ids::RequestId(app.directory().ids().uuid(app.directory().now()).unwrap());
    Context {
        caller,
        dialect: Dialect::Propeller,
        operation: "other",
        request,
    }
}

fn key(code: &str) -> GroupKey {
    GroupKey::Code(Code::parse("code", code).unwrap())
}

fn patch_group(app: &App, code: &str, patch: GroupPatch) -> GroupView {
    let change = GroupChange {
        patch,
        ..GroupChange::default()
    };
    app.wait(groups::update(
        app.directory(),
        context(app),
        key(code),
        change,
        None,
        GroupParts::default(),
    ))
}

#[test]
fn a_group_keeps_what_kibo_does_not_know() {
    let app = App::start();
    Sample::prepare(&app);
    let before = app.reader().get(&group(CODE)).send().expect(200);
    let patch = GroupPatch {
        budget: Patch::Set(Budget::Y),
        department: Patch::Set(Some("Sales".to_owned())),
        notes: Patch::Set(Some("by others".to_owned())),
        status: Patch::Set(Status::Inactive),
        ..GroupPatch::default()
    };
    let theirs = patch_group(&app, CODE, patch);
    let seen = app.reader().get(&group(CODE)).send().expect(200);
    assert_ne!(
        seen.etag(),
        before.etag(),
        "a change through another dialect makes a new version"
    );
    app.editor()
        .put(&group(CODE))
        .json(&json!({"name": "Crew", "scopeId": 4}))
        .send()
        .expect(200);
    let now = app.wait(groups::get(
        app.directory(),
        &context(&app).caller,
        &key(CODE),
        GroupParts::default(),
    ));
    let mut expected = theirs.group.fields;
    expected.name = Name::parse("name", "Crew").unwrap();
    expected.scope_id = Some(4);
    assert_eq!(now.group.fields, expected);
}

#[test]
fn an_account_keeps_what_kibo_does_not_know() {
    let app = App::start();
    let id = create_account(app.admin(), "ada");
    let user = UserKey::Id(UserId(id.parse().unwrap()));
    let extra = json!({"colour": "red"});
    let patch = UserPatch {
        middle_name: Patch::Set(Some(Name::parse("middleName", "B").unwrap())),
        time_zone: Patch::Set(Some("Europe/Berlin".to_owned())),
        extra: Patch::Set(("propeller".to_owned(), Some(extra.clone()))),
        external_ids: vec![ExternalIdChange {
            source: "erp".to_owned(),
            value: Some("7".to_owned()),
        }],
        ..UserPatch::default()
    };
    let parts = UserParts {
        external_ids: true,
        ..UserParts::default()
    };
    let write = users::update(app.directory(), context(&app), user.clone(), patch, None, parts);
    let theirs: UserView = app.wait(write);
    assert_eq!(
        app.reader()
            .get(&account(&id))
            .send()
            .expect(200)
            .at("/externalId"),
        &json!(null)
    );
    let body = json!({"firstName": "Eve", "externalId": "hr-1", "optInToEmail": true});
    app.editor().put(&account(&id)).json(&body).send().expect(200);
    let now = app.wait(users::get(app.directory(), &context(&app).caller, &user, parts));
    let (fields, before) = (now.user.fields, theirs.user.fields);
    assert_eq!(
        (fields.middle_name, fields.time_zone),
        (before.middle_name, before.time_zone)
    );
    assert_eq!(fields.extras.get("propeller"), Some(&extra));
    let ids: Vec<(&str, &str)> = now
        .external_ids
        .iter()
        .map(|id| (id.source.as_str(), id.value.as_str()))
        .collect();
    assert_eq!(ids, [("", "hr-1"), ("erp", "7")]);
    app.editor()
        .put(&account(&id))
        .json(&json!({}))
        .send()
        .expect(200);
    let now = app.wait(users::get(app.directory(), &context(&app).caller, &user, parts));
    assert_eq!(now.external_ids.len(), 1, "only Kibo's own identifier is gone");
}

/// Taleo Learn's rule: only admins and the owners of such a group may change it.
#[test]
fn groups_that_only_owners_may_edit() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    patch_group(
        &app,
        CODE,
        GroupPatch {
            only_owners_edit: Patch::Set(true),
            ..GroupPatch::default()
        },
    );
    unchanged(&app, || {
        for operation in ["updateGroup", "deleteGroup", "addGroupUsers", "removeGroupUsers"] {
            sample
                .request(app.editor(), operation)
                .send()
                .refused(403, "FORBIDDEN");
        }
    });
    app.editor().get(&group(CODE)).send().expect(200);
    sample.request(app.admin(), "updateGroup").send().expect(200);
    let put = app
        .admin()
        .put(&group(CODE))
        .json(&json!({"name": "still guarded"}));
    put.send().expect(200);
    sample
        .request(app.editor(), "updateGroup")
        .send()
        .refused(403, "FORBIDDEN");
}

/// An owner's credential may change the group that only owners may edit.
#[test]
fn owners_may_edit_their_groups() {
    let app = App::start();
    let owner = create_account(app.admin(), "olga");
    let id = UserId(owner.parse().unwrap());
    let own = Some("owner".to_owned());
    let made = credentials::create(
        app.directory(),
        "default",
        own,
        Access::Editor,
        Some(id),
        Some(secret("owner")),
    );
    app.wait(made);
    let number = app.wait(users::get(
        app.directory(),
        &context(&app).caller,
        &UserKey::Id(id),
        UserParts::default(),
    ));
    let new = model::groups::NewGroup {
        code: Some(Code::parse("code", "owned").unwrap()),
        patch: GroupPatch {
            only_owners_edit: Patch::Set(true),
            ..GroupPatch::default()
        },
        owners: vec![number.user.number],
        ..model::groups::NewGroup::default()
    };
    app.wait(groups::create(
        app.directory(),
        context(&app),
        new,
        GroupParts::default(),
    ));
    let acting = app.client("owner", &secret("owner"));
    let put = acting
        .put(&group("owned"))
        .json(&json!({"name": "mine"}))
        .send()
        .expect(200);
    assert_eq!(put.text("/auditInfo/updateBy"), owner, "the user is who did it");
    app.editor()
        .put(&group("owned"))
        .json(&json!({"name": "not mine"}))
        .send()
        .refused(403, "FORBIDDEN");
}

/// Propeller's recycle bin: the group is hidden, and its code stays taken.
#[test]
fn groups_in_the_recycle_bin_are_hidden() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let bin = groups::delete(
        app.directory(),
        context(&app),
        key(CODE),
        None,
        Deletion::RecycleBin,
    );
    app.wait(bin);
    unchanged(&app, || {
        for operation in [
            "getGroup",
            "updateGroup",
            "deleteGroup",
            "addGroupUsers",
            "removeGroupUsers",
        ] {
            sample
                .request(app.admin(), operation)
                .send()
                .refused(404, "ITEM_NOT_FOUND");
        }
        let again = app.editor().post(GROUPS).json(&json!({"groupCode": CODE}));
        again.send().refused(409, "ITEM_ALREADY_EXISTS");
    });
    assert_eq!(app.reader().get(GROUPS).send().expect(200).at("/totalCount"), 0);
    create_group(
        app.editor(),
        &json!({"groupCode": "other", "users": [{"id": sample.member}]}),
    );
    assert_eq!(members(app.reader(), "other"), [sample.member]);
}

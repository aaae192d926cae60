//! Cases of users and of the catalog.

use super::groups::bad_numbers;
use super::refusals::{absent, fault, not_acceptable, unauthorized};
use super::samples::{Sample, admin, context, create_group, editor, reader, user_key};
use crate::Case;
use directory::users;
use model::Patch;
use model::text::Name;
use model::users::{UserParts, UserPatch};
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::{CATALOG, GROUPS, group, members, memberships, user};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "getUser", status: 200, name: "what the directory knows", run: get },
    Case { operation: "getUser", status: 304, name: "still the same", run: get_again },
    Case { operation: "getUser", status: 400, name: "parameters", run: |app| bad_numbers(app, "getUser") },
    Case { operation: "getUser", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getUser") },
    Case { operation: "getUser", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "getUser") },
    Case { operation: "getUser", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getUser") },
    Case { operation: "getUser", status: 500, name: "fault", run: |app| fault(app, "getUser", "user_email") },

    Case { operation: "listMemberships", status: 200, name: "groups, those that exclude him included", run: memberships_of },
    Case { operation: "listMemberships", status: 400, name: "parameters", run: |app| bad_numbers(app, "listMemberships") },
    Case { operation: "listMemberships", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listMemberships") },
    Case { operation: "listMemberships", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "listMemberships") },
    Case { operation: "listMemberships", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listMemberships") },
    Case { operation: "listMemberships", status: 500, name: "fault", run: |app| fault(app, "listMemberships", "membership") },

    Case { operation: "getMetadataCatalog", status: 200, name: "links to all that there is", run: catalog },
    Case { operation: "getMetadataCatalog", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getMetadataCatalog") },
    Case { operation: "getMetadataCatalog", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getMetadataCatalog") },
    Case { operation: "getMetadataCatalog", status: 500, name: "fault", run: |app| fault(app, "getMetadataCatalog", "tenant_alias") },
];

fn change(app: &App, number: i64, patch: UserPatch) {
    let parts = UserParts::default();
    let (directory, context) = (app.directory(), context(app, "admin"));
    app.wait(users::update(
        directory,
        context,
        user_key(number),
        patch,
        None,
        parts,
    ));
}

fn name(text: &str) -> Patch<Option<Name>> {
    Patch::Set(Some(Name::parse("name", text).unwrap()))
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    app.advance(9);
    let patch = UserPatch {
        display_name: name("Ada L."),
        given_name: name("Ada"),
        family_name: name("Lovelace"),
        primary_phone: Patch::Set(Some("+44 20 7946 0000".to_owned())),
        ..UserPatch::default()
    };
    change(app, sample.member, patch);
    let answer = reader(app).get(&user(sample.member)).send().expect(200);
    let here = format!("{}{}", app.url(), user(sample.member));
    let link = |href: String| json!([{"rel": "canonical", "href": href}]);
    let mut expected = json!({
        "id": sample.member, "username": "ada", "nickname": "Ada L.", "firstName": "Ada", "lastName": "Lovelace",
        "phoneDaytime": "+44 20 7946 0000", "email": "ada@example.com", "email2": null,
        "createdDate": "2026-11-22T12:00:00Z", "lastAccessedDate": null, "lastUpdatedDate": "2026-11-22T12:00:09Z",
        "includeInSearchFlag": true, "memberships": {"links": link(format!("{here}/memberships"))},
        "links": link(here),
    });
    for kept_nowhere in [
        "street1",
        "street2",
        "city",
        "postalCode",
        "state",
        "country",
        "phoneEvening",
        "phoneMobile",
        "fax",
        "pager",
        "gender",
        "employeeId",
        "company",
        "officeName",
        "department",
        "jobTitle",
        "profession",
        "managerName",
    ] {
        expected[kept_nowhere] = Value::Null;
    }
    assert_eq!(answer.json(), &expected);
    assert_eq!(answer.etag(), "\"2\"");
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let get = || reader(app).get(&user(sample.member));
    let etag = get().send().etag();
    let again = get().header("If-None-Match", &etag).send().expect(304);
    assert_eq!(again.etag(), etag);
    let patch = UserPatch {
        given_name: name("Ada"),
        ..UserPatch::default()
    };
    change(app, sample.member, patch);
    get().header("If-None-Match", &etag).send().expect(200);
}

fn memberships_of(app: &App) {
    let sample = Sample::prepare(app);
    let other = create_group(
        &editor(app),
        &json!({"name": "Other", "onlyAllowOwnersToEditGroup": false}),
    );
    let add = editor(app).post(&members(other), &json!({"UserId": sample.excluded}));
    add.send().expect(201);
    let answer = reader(app).get(&memberships(sample.excluded)).send().expect(200);
    assert_eq!(answer.numbers("groupId"), [sample.group, other]);
    assert_eq!(answer.numbers("userId"), [sample.excluded; 2]);
    assert_eq!(
        (
            answer.at("/items/0/excludeFlag"),
            answer.at("/items/1/excludeFlag")
        ),
        (&json!(true), &json!(false))
    );
    let same = reader(app).get(&testkit::taleolearn::member(sample.group, sample.excluded));
    assert_eq!(answer.at("/items/0"), same.send().expect(200).json());
    let asleep = UserPatch {
        active: Patch::Set(false),
        ..UserPatch::default()
    };
    change(app, sample.excluded, asleep);
    let answer = reader(app).get(&memberships(sample.excluded)).send().expect(200);
    assert_eq!(answer.at("/items/0/statusFlag"), &json!(false));
    let none = reader(app).get(&memberships(sample.loner)).send().expect(200);
    assert_eq!(none.at("/items"), &json!([]));
}

fn catalog(app: &App) {
    let answer = reader(app).get(CATALOG).send().expect(200);
    let at = |path: &str| format!("{}{path}", app.url());
    let expected = json!({
        "items": [{"name": "groups", "links": [
            {"rel": "canonical", "href": at(GROUPS)},
            {"rel": "describedby", "href": at("/openapi/taleolearn.json")},
        ]}],
        "links": [{"rel": "canonical", "href": at(CATALOG)}],
    });
    assert_eq!(answer.json(), &expected);
}

/// Who is gone is not linked to, and the group's tag tells that.
#[test]
fn no_link_leads_to_a_user_who_is_gone() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let owner = super::samples::bound(&app, "owner", model::Access::Editor, sample.owner);
    let made = owner.post(GROUPS, &json!({"name": "Mine", "owners": [sample.owner]}));
    let made = made.send().expect(201);
    let path = group(made.at("/id").as_i64().unwrap());
    app.wait(directory::credentials::revoke(app.directory(), "owner"));
    let (directory, context) = (app.directory(), context(&app, "admin"));
    app.wait(users::delete(directory, context, user_key(sample.owner), None));
    let got = reader(&app).get(&path).header("If-None-Match", &made.etag());
    let got = got.send().expect(200);
    for absent in ["createdBy", "createdByUserId"] {
        assert_eq!(got.json().get(absent), None, "{}", got.told());
    }
    assert_eq!(got.at("/owners/items"), &json!([]));
    reader(&app)
        .get(&user(sample.owner))
        .send()
        .refused(404, "NOT_FOUND");
    admin(&app)
        .get(&memberships(sample.owner))
        .send()
        .refused(404, "NOT_FOUND");
}

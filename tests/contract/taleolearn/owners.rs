//! Cases of owners.

use super::groups::bad_numbers;
use super::refusals::{absent, fault, not_acceptable, unauthorized};
use super::samples::{Sample, admin, editor, reader};
use crate::Case;
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{group, owner, owners, user};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listOwners", status: 200, name: "links to the owners", run: list },
    Case { operation: "listOwners", status: 400, name: "parameters", run: |app| bad_numbers(app, "listOwners") },
    Case { operation: "listOwners", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listOwners") },
    Case { operation: "listOwners", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "listOwners") },
    Case { operation: "listOwners", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listOwners") },
    Case { operation: "listOwners", status: 500, name: "fault", run: |app| fault(app, "listOwners", "group_owner") },

    Case { operation: "getOwner", status: 200, name: "the owner as a user", run: get },
    Case { operation: "getOwner", status: 304, name: "still the same", run: get_again },
    Case { operation: "getOwner", status: 400, name: "parameters", run: |app| bad_numbers(app, "getOwner") },
    Case { operation: "getOwner", status: 404, name: "a user who does not own the group", run: no_owner },
    Case { operation: "getOwner", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getOwner") },
    Case { operation: "getOwner", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "getOwner") },
    Case { operation: "getOwner", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getOwner") },
    Case { operation: "getOwner", status: 500, name: "fault", run: |app| fault(app, "getOwner", "group_owner") },
];

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let change = json!({"owners": [sample.owner, sample.member]});
    let changed = editor(app)
        .patch(&group(sample.group), &change)
        .send()
        .expect(200);
    let answer = reader(app).get(&owners(sample.group)).send().expect(200);
    assert_eq!(answer.at("/items"), changed.at("/owners/items"));
    assert_eq!(answer.numbers("id"), [sample.owner, sample.member]);
    assert_eq!(answer.at("/count"), &json!(2));
    let none = reader(app).get(&owners(sample.parent)).send().expect(200);
    assert_eq!((none.numbers("id"), none.at("/count")), (vec![], &json!(0)));
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    let answer = reader(app)
        .get(&owner(sample.group, sample.owner))
        .send()
        .expect(200);
    let same = reader(app).get(&user(sample.owner)).send().expect(200);
    assert_eq!((answer.json(), answer.etag()), (same.json(), same.etag()));
    assert_eq!(answer.text("/username"), "owner");
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let get = || reader(app).get(&owner(sample.group, sample.owner));
    let etag = get().send().etag();
    let again = get().header("If-None-Match", &etag).send().expect(304);
    assert_eq!(again.etag(), etag);
}

fn no_owner(app: &App) {
    let sample = Sample::prepare(app);
    for number in [sample.member, sample.loner, 9_007_199_254_740_991] {
        let told = reader(app).get(&owner(sample.group, number)).send();
        told.refused(404, "NOT_FOUND");
        assert_eq!(told.text("/detail"), format!("user `{number}` not found"));
    }
}

/// The vendor has no operation that writes owners.
#[test]
fn owners_change_through_their_group_only() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let body = json!({"id": sample.loner});
    unchanged(&app, || {
        for path in [owners(sample.group), owner(sample.group, sample.owner)] {
            for request in [
                admin(&app).post(&path, &body),
                admin(&app).put(&path, &body),
                admin(&app).patch(&path, &body),
                admin(&app).delete(&path),
            ] {
                let told = request.send();
                told.refused(405, "METHOD_NOT_ALLOWED");
                assert_eq!(told.header("allow"), "GET");
            }
        }
        let told = admin(&app).delete(&group(sample.group)).send();
        told.refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(
            told.header("allow"),
            "GET, PATCH, PUT",
            "no group is deleted here"
        );
    });
}

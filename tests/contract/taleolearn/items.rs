//! Cases of mapped items.

use super::groups::bad_numbers;
use super::refusals::{
    absent, bad_body, fault, forbidden, not_acceptable, too_large, unauthorized, unsupported,
};
use super::samples::{ITEM, Sample, admin, editor, good, reader};
use crate::Case;
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::{group, items};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listMappedItems", status: 200, name: "by type and identifier", run: list },
    Case { operation: "listMappedItems", status: 400, name: "parameters", run: |app| bad_numbers(app, "listMappedItems") },
    Case { operation: "listMappedItems", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listMappedItems") },
    Case { operation: "listMappedItems", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "listMappedItems") },
    Case { operation: "listMappedItems", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listMappedItems") },
    Case { operation: "listMappedItems", status: 500, name: "fault", run: |app| fault(app, "listMappedItems", "group_item") },

    Case { operation: "addMappedItem", status: 201, name: "each type", run: add },
    Case { operation: "addMappedItem", status: 400, name: "members", run: |app| invalid(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 400, name: "parameters", run: |app| bad_numbers(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 409, name: "mapped already", run: add_twice },
    Case { operation: "addMappedItem", status: 401, name: "no valid credential", run: |app| unauthorized(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 403, name: "a reader", run: |app| forbidden(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 400, name: "bodies", run: |app| bad_body(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 415, name: "no JSON sent", run: |app| unsupported(app, "addMappedItem") },
    Case { operation: "addMappedItem", status: 500, name: "fault", run: |app| fault(app, "addMappedItem", "group_item") },

    Case { operation: "replaceMappedItem", status: 200, name: "without the flag it is false", run: replace },
    Case { operation: "replaceMappedItem", status: 400, name: "members", run: |app| invalid(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 404, name: "not mapped", run: |app| not_mapped(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 401, name: "no valid credential", run: |app| unauthorized(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 403, name: "a reader", run: |app| forbidden(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 400, name: "bodies", run: |app| bad_body(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 415, name: "no JSON sent", run: |app| unsupported(app, "replaceMappedItem") },
    Case { operation: "replaceMappedItem", status: 500, name: "fault", run: |app| fault(app, "replaceMappedItem", "group_item") },

    Case { operation: "updateMappedItem", status: 200, name: "without the flag it stays", run: update },
    Case { operation: "updateMappedItem", status: 400, name: "members", run: |app| invalid(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 404, name: "not mapped", run: |app| not_mapped(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 403, name: "a reader", run: |app| forbidden(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 400, name: "bodies", run: |app| bad_body(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateMappedItem") },
    Case { operation: "updateMappedItem", status: 500, name: "fault", run: |app| fault(app, "updateMappedItem", "group_item") },

    Case { operation: "removeMappedItem", status: 200, name: "named in the body", run: remove },
    Case { operation: "removeMappedItem", status: 400, name: "members", run: |app| invalid(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 404, name: "not mapped", run: |app| not_mapped(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 401, name: "no valid credential", run: |app| unauthorized(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 403, name: "a reader", run: |app| forbidden(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 400, name: "bodies", run: |app| bad_body(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 415, name: "no JSON sent", run: |app| unsupported(app, "removeMappedItem") },
    Case { operation: "removeMappedItem", status: 500, name: "fault", run: |app| fault(app, "removeMappedItem", "group_item") },
];

/// A mapped item as it is answered.
fn shown(app: &App, of: i64, kind: &str, id: &str, retain: bool) -> Value {
    let here = format!("{}{}", app.url(), group(of));
    json!({
        "groupId": of, "group": {"links": [{"rel": "canonical", "href": here}]}, "itemId": id, "itemType": kind,
        "itemName": null, "retainMapping": retain,
    })
}

fn list(app: &App) {
    let sample = Sample::prepare(app);
    for (kind, id) in [
        ("skill", "A"),
        ("learningplan", "z"),
        ("jobprofile", "m"),
        ("skill", "a"),
    ] {
        let body = json!({"itemid": id, "itemtype": kind});
        editor(app).post(&items(sample.group), &body).send().expect(201);
    }
    let answer = reader(app).get(&items(sample.group)).send().expect(200);
    let item = |kind, id, retain| shown(app, sample.group, kind, id, retain);
    let expected = json!([
        item("jobProfile", "m", false),
        item("learningPlan", "z", false),
        item("skill", "A", false),
        item("skill", ITEM, true),
        item("skill", "a", false),
    ]);
    assert_eq!(answer.at("/items"), &expected);
    let none = reader(app).get(&items(sample.parent)).send().expect(200);
    assert_eq!(none.at("/items"), &json!([]));
}

fn add(app: &App) {
    let sample = Sample::prepare(app);
    let before = reader(app).get(&group(sample.group)).send().etag();
    let long = "ä".repeat(50);
    for (body, kind, id, retain) in [
        (
            json!({"itemid": "a/b ☂", "itemtype": "learningplan"}),
            "learningPlan",
            "a/b ☂",
            false,
        ),
        (
            json!({"itemId": "c", "itemType": "learningPlan", "retainmapping": true, "itemName": 5}),
            "learningPlan",
            "c",
            true,
        ),
        (
            json!({"ITEMID": "x", "ItemType": "jobProfile", "RETAINMAPPING": true}),
            "jobProfile",
            "x",
            true,
        ),
        (
            json!({"itemid": long, "itemtype": "SKILL", "retainMapping": false}),
            "skill",
            &long,
            false,
        ),
    ] {
        let answer = editor(app).post(&items(sample.group), &body).send().expect(201);
        assert_eq!(answer.json(), &shown(app, sample.group, kind, id, retain));
        assert_eq!(answer.reply.header("location"), None);
    }
    let after = reader(app).get(&group(sample.group)).send().etag();
    assert_ne!(before, after, "the group has a new version");
}

fn invalid(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&editor(app), operation);
    unchanged(app, || {
        for (body, place) in [
            (json!({"itemtype": "skill"}), "/itemid"),
            (json!({"itemid": "x"}), "/itemtype"),
            (json!({"itemid": "", "itemtype": "skill"}), "/itemid"),
            (json!({"itemid": "ä".repeat(51), "itemtype": "skill"}), "/itemid"),
            (json!({"itemid": "a\u{1}", "itemtype": "skill"}), "/itemid"),
            (json!({"itemid": 5, "itemtype": "skill"}), "/itemid"),
            (json!({"itemid": null, "itemtype": "skill"}), "/itemid"),
            (json!({"itemid": "x", "itemtype": "course"}), "/itemtype"),
            (json!({"itemid": "x", "itemtype": null}), "/itemtype"),
            (
                json!({"itemid": "x", "itemtype": "skill", "retainMapping": null}),
                "/retainMapping",
            ),
            (
                json!({"itemid": "x", "itemtype": "skill", "retainMapping": "true"}),
                "/retainMapping",
            ),
        ] {
            request.clone().json(&body).send().invalid(&[place]);
        }
        request
            .clone()
            .json(&json!({}))
            .send()
            .invalid(&["/itemid", "/itemtype"]);
    });
}

fn not_mapped(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&editor(app), operation);
    unchanged(app, || {
        for (id, kind) in [(ITEM, "learningplan"), ("sql-101", "skill"), ("other", "skill")] {
            let told = request
                .clone()
                .json(&json!({"itemid": id, "itemtype": kind}))
                .send();
            told.refused(404, "NOT_FOUND");
            assert_eq!(told.text("/detail"), format!("item `{id}` not found"));
        }
    });
    request.send().expect(good(operation));
}

fn add_twice(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let body = json!({"itemid": ITEM, "itemtype": "Skill", "retainMapping": false});
        let told = editor(app).post(&items(sample.group), &body).send();
        told.refused(409, "CONFLICT");
        let detail = format!("item `{ITEM}` is already mapped to group `{}`", sample.group);
        assert_eq!(told.text("/detail"), detail);
    });
}

fn replace(app: &App) {
    flag(
        app,
        "replaceMappedItem",
        &[(Some(true), true, 0), (None, false, 1), (Some(true), true, 1)],
    );
}

fn update(app: &App) {
    flag(
        app,
        "updateMappedItem",
        &[
            (Some(true), true, 0),
            (None, true, 0),
            (Some(false), false, 1),
            (None, false, 0),
        ],
    );
}

/// Sends the flag, expects it to be so, and so many events.
fn flag(app: &App, operation: &str, steps: &[(Option<bool>, bool, i64)]) {
    let sample = Sample::prepare(app);
    for (given, expected, written) in steps {
        let mut body = json!({"itemid": ITEM, "itemtype": "skill"});
        if let Some(given) = given {
            body["retainMapping"] = json!(given);
        }
        let count = events(app);
        let answer = sample
            .request(&editor(app), operation)
            .json(&body)
            .send()
            .expect(200);
        assert_eq!(answer.json(), &shown(app, sample.group, "skill", ITEM, *expected));
        assert_eq!(events(app), count + written, "{given:?}");
        let listed = reader(app).get(&items(sample.group)).send().expect(200);
        assert_eq!(listed.at("/items/0"), answer.json());
    }
}

fn remove(app: &App) {
    let sample = Sample::prepare(app);
    let answer = sample
        .request(&editor(app), "removeMappedItem")
        .send()
        .expect(200);
    assert_eq!(answer.reply.body, b"");
    let none = reader(app).get(&items(sample.group)).send().expect(200);
    assert_eq!(none.at("/items"), &json!([]));
    let again = sample.request(&editor(app), "removeMappedItem").send();
    again.refused(404, "NOT_FOUND");
}

#[test]
fn a_group_has_at_most_a_thousand_items() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let database = crate::database::open(&app);
    database
        .execute_batch(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 998)
             INSERT INTO group_item SELECT tenant, group_number, kind, 'item ' || i, 0 FROM group_item, n",
        )
        .unwrap();
    let add = |id: &str| {
        let body = json!({"itemid": id, "itemtype": "skill"});
        admin(&app).post(&items(sample.group), &body).send()
    };
    add("the thousandth").expect(201);
    let told = add("one more");
    told.invalid(&["/itemid"]);
}

//! What the cases of PUT and PATCH of a group do.

use super::groups::{NOW, over, refuses};
use super::samples::{Sample, admin, create_group, editor, good, reader};
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::group;

pub fn replace(app: &App) {
    let sample = Sample::prepare(app);
    let path = group(sample.group);
    let client = editor(app);
    let full = json!({
        "groupname": "Crew", "parentgroupid": sample.parent, "statusFlag": "inactive", "code": "crew",
        "activeFromDate": "2026-12-01T07:00:00", "activeUntilDate": "2026-12-02T07:00:00",
        "onlyAllowOwnersToEditGroup": false, "selfServiceOptions": "doesNotRequireApprovals",
        "owners": [sample.member, sample.loner],
    });
    app.advance(5);
    let put = client.put(&path, &full).send().expect(200);
    assert_eq!((put.text("/name"), put.text("/code")), ("Crew", "crew"));
    assert_eq!(put.text("/lastUpdatedDate"), "2026-11-22T12:00:05");
    assert_eq!(put.text("/createdDate"), NOW);
    assert_eq!(put.text("/selfServiceOptions"), "doesNotRequireApprovals");
    let owners = put.at("/owners/items").as_array().unwrap();
    let owners: Vec<_> = owners.iter().map(|owner| owner["id"].as_i64().unwrap()).collect();
    assert_eq!(owners, [sample.member, sample.loner]);

    let count = events(app);
    let again = client.put(&path, &full).send().expect(200);
    assert_eq!((again.json(), again.etag()), (put.json(), put.etag()));
    assert_eq!(events(app), count, "a write that changes nothing leaves no event");

    let bare = client.put(&path, &json!({"name": "Crew"})).send().expect(200);
    for (pointer, value) in [
        ("/code", json!("crew")),
        ("/owners", put.at("/owners").clone()),
        ("/parentGroupId", Value::Null),
        ("/statusFlag", json!("active")),
        ("/activeFromDate", Value::Null),
        ("/activeUntilDate", Value::Null),
        ("/onlyAllowOwnersToEditGroup", json!(true)),
        ("/selfServiceOptions", json!("open")),
    ] {
        assert_eq!(bare.at(pointer), &value, "{pointer}");
    }
    let told = client.put(&path, &full).send();
    told.refused(403, "FORBIDDEN");
    assert!(told.text("/detail").contains("owners"), "{}", told.told());
    let none = admin(app)
        .put(&path, &json!({"name": "Crew", "owners": []}))
        .send()
        .expect(200);
    assert_eq!(none.at("/owners/items"), &json!([]));
}

pub fn put_back_what_was_read(app: &App) {
    let sample = Sample::prepare(app);
    let count = events(app);
    for number in [sample.group, sample.parent] {
        let path = group(number);
        let got = reader(app).get(&path).send().expect(200);
        let put = editor(app).put(&path, got.json()).header("If-Match", &got.etag());
        let put = put.send().expect(200);
        assert_eq!((put.json(), put.etag()), (got.json(), got.etag()));
        let merged = editor(app).patch(&path, got.json()).send().expect(200);
        assert_eq!(merged.json(), got.json());
    }
    assert_eq!(events(app), count);
}

pub fn replace_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        refuses(app, |client, body| client.put(&group(sample.group), body).send());
        let put = editor(app).put(&group(sample.group), &json!({"code": "x"}));
        put.send().invalid(&["/name"]);
        let object = json!({"name": "N", "owners": {"items": [{"id": "x"}]}});
        editor(app)
            .put(&group(sample.group), &object)
            .send()
            .invalid(&["/owners/0"]);
    });
}

pub fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        refuses(app, |client, body| {
            client.patch(&group(sample.group), body).send()
        });
        for (body, place) in [
            (json!({"code": null}), "/code"),
            (json!({"owners": null}), "/owners"),
        ] {
            editor(app)
                .patch(&group(sample.group), &body)
                .send()
                .invalid(&[place]);
        }
    });
}

pub fn code_taken(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let other = create_group(&editor(app), &json!({"name": "Other", "code": "other"}));
    assert_ne!(other, sample.group);
    let client = editor(app);
    unchanged(app, || {
        let body = json!({"name": "Staff", "code": "other"});
        let request = sample.request(&client, operation).json(&body);
        let told = request.send();
        told.refused(409, "CONFLICT");
        assert_eq!(told.text("/detail"), "a group with this `code` already exists");
    });
}

/// What fits its schema and not the directory: 422 on a change.
pub fn unfit(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let nobody = 9_007_199_254_740_991_i64;
    let below = create_group(
        &editor(app),
        &json!({"name": "Below", "parentGroupId": sample.group, "onlyAllowOwnersToEditGroup": false}),
    );
    let client = editor(app);
    unchanged(app, || {
        for (members, place) in [
            (json!({"parentGroupId": nobody}), "/parentGroupId"),
            (json!({"parentGroupId": sample.group}), "/parentGroupId"),
            (json!({"parentGroupId": below}), "/parentGroupId"),
            (json!({"owners": [sample.owner, nobody]}), "/owners/1"),
            (json!({"name": ""}), "/name"),
            (json!({"name": "ä".repeat(51)}), "/name"),
            (
                json!({"activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-05-05T00:00:00"}),
                "/activeUntilDate",
            ),
        ] {
            let request = sample.request(&client, operation).json(&over(&members));
            request.send().unprocessable(&[place]);
            // Who may not write is told so before what is wrong is judged.
            let request = sample.request(&reader(app), operation).json(&over(&members));
            request.send().refused(403, "FORBIDDEN");
        }
        let both = sample
            .request(&client, operation)
            .json(&json!({"name": "N", "activeFromDate": "2017-02-30T00:00:00", "parentGroupId": nobody}));
        both.send().invalid(&["/activeFromDate"]);
    });
    let fits = sample
        .request(&client, operation)
        .json(&json!({"name": "ä".repeat(50)}));
    fits.send().expect(good(operation));
}

pub fn update(app: &App) {
    let sample = Sample::prepare(app);
    let path = group(sample.group);
    let client = editor(app);
    let before = client.get(&path).send().expect(200);
    let change = |body: Value| client.patch(&path, &body).send().expect(200);
    let count = events(app);
    assert_eq!(
        change(json!({})).json(),
        before.json(),
        "nothing named, nothing changed"
    );
    assert_eq!(
        change(json!({"name": "Staff", "statusFlag": "active"})).etag(),
        before.etag()
    );
    assert_eq!(events(app), count);

    let dated = change(json!({
        "activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-06-06T00:00:00", "code": "crew",
        "selfServiceOptions": "requiresApproval", "owners": [sample.loner],
    }));
    let mut expected = before.json().clone();
    for (member, value) in [
        ("activeFromDate", json!("2017-05-06T00:00:00")),
        ("activeUntilDate", json!("2017-06-06T00:00:00")),
        ("code", json!("crew")),
        ("selfServiceOptions", json!("requiresApproval")),
        ("owners", dated.at("/owners").clone()),
    ] {
        expected[member] = value;
    }
    assert_eq!(dated.json(), &expected);
    assert_eq!(dated.at("/owners/items/0/id"), &json!(sample.loner));
    client
        .patch(&path, &json!({"activeFromDate": "2017-06-07T00:00:00"}))
        .send()
        .unprocessable(&["/activeUntilDate"]);

    let cleared = change(json!({"parentGroupId": null, "activeFromDate": null, "owners": []}));
    expected["parentGroupId"] = Value::Null;
    expected["activeFromDate"] = Value::Null;
    expected["owners"]["items"] = json!([]);
    assert_eq!(cleared.json(), &expected);
    assert_eq!(
        change(json!({"parentGroupId": sample.parent})).at("/parentGroupId"),
        &json!(sample.parent)
    );
}

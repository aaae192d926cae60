//! JSON Patches of group types.

use super::group_types::full;
use super::samples::{Sample, admin, editor, replace, type_named};
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;

pub fn every_kind(app: &App) {
    let client = editor(app);
    let body = json!({"GroupTypes": [full("Household")]});
    let made = client.post("GroupTypes", &body).send().expect(201);
    let path = format!("GroupType/{}", made.at("/GroupTypes/0/TypeId"));
    let operations = json!([
        {"op": "test", "path": "/localizedfields/0/LOCALE", "value": "en-us"},
        {"op": "test", "path": "/TypeId", "value": made.at("/GroupTypes/0/TypeId")},
        {"op": "replace", "path": "/LocalizedFields/0/Name", "value": "Home", "from": "/ignored"},
        {"op": "Remove", "path": "/LocalizedFields/1", "value": "ignored"},
        {"op": "ADD", "path": "/LocalizedFields/-", "value": {"locale": "de", "NAME": "Haushalt"}},
        {"op": "add", "path": "/LocalizedFields/0", "value": {"Locale": "es", "Name": "Hogar"}},
        {"op": "remove", "path": "/IsDefault"},
        {"op": "replace", "path": "/isactive", "value": true},
        {"op": "replace", "path": "/LocalizedFields/1/Description", "value": null},
    ]);
    app.advance(60);
    let before = events(app);
    let answer = client.patch(&path, &operations).send().expect(200);
    assert_eq!(events(app), before + 1);
    let at = |text: &str| format!("2026-11-22T12:{text}Z");
    let expected = json!({
        "TypeName": "Household",
        "LocalizedFields": [
            {"Locale": "es", "Name": "Hogar", "Description": null},
            {"Locale": "en-us", "Name": "Home", "Description": null},
            {"Locale": "de", "Name": "Haushalt", "Description": null},
        ],
        "IsDefault": false,
        "IsActive": true,
        "TypeId": made.at("/GroupTypes/0/TypeId"),
        "Edited": {
            "CreateDate": at("00:00"), "CreatedBy": "editor", "ModifiedDate": at("01:00"), "ModifiedBy": "editor",
        },
    });
    assert_eq!(answer.json(), &expected);
    let one = client
        .get(&format!("GroupTypes?Id={}", made.at("/GroupTypes/0/TypeId")))
        .send();
    assert_eq!(one.at("/GroupTypes/0"), &expected);
    // The same once more changes nothing.
    let same = replace("/TypeName", &json!("Household"));
    unchanged(app, || {
        assert_eq!(client.patch(&path, &same).send().expect(200).json(), &expected);
        let plural = path.replace("GroupType/", "GroupTypes/");
        assert_eq!(client.patch(&plural, &same).send().expect(200).json(), &expected);
    });
    let whole = json!([{"op": "replace", "path": "", "value": type_named("Home")}]);
    let answer = client.patch(&path, &whole).send().expect(200);
    assert_eq!(answer.at("/TypeName"), "Home");
    assert_eq!(answer.at("/TypeId"), made.at("/GroupTypes/0/TypeId"));
}

pub fn default_and_name(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let default = replace("/IsDefault", &json!(true));
    for number in [sample.household, sample.team] {
        let answer = client
            .patch(&format!("GroupType/{number}"), &default)
            .send()
            .expect(200);
        assert_eq!(answer.at("/IsDefault"), &json!(true));
    }
    let all = client.get("GroupTypes").send().expect(200);
    assert_eq!(all.at("/GroupTypes/0/IsDefault"), &json!(false), "one at most");
    let renamed = replace("/TypeName", &json!("Family"));
    client
        .patch(&format!("GroupType/{}", sample.household), &renamed)
        .send()
        .expect(200);
    let jo = super::samples::profile(&client, sample.jo);
    assert_eq!(super::samples::groups(&jo), ["Family/Smith"], "the groups stay");
}

/// Operations that cannot be carried out, and what is wrong with them.
fn wrong_operations(number: i64) -> Vec<(Value, &'static [&'static str])> {
    let op = |op: &str, path: &str, value: Value| json!([{"op": op, "path": path, "value": value}]);
    let name = "/LocalizedFields/0/Name";
    vec![
        (json!([]), &["body"]),
        (json!([null]), &["[0]"]),
        (json!([{}]), &["[0].op", "[0].path"]),
        (
            json!([{"op": "copy", "from": "/TypeName", "path": name}]),
            &["[0].op"],
        ),
        (
            json!([{"op": "move", "from": "/TypeName", "path": name}]),
            &["[0].op"],
        ),
        (json!([{"op": null, "path": name}]), &["[0].op"]),
        (
            json!([{"op": "replace", "path": "TypeName", "value": "x"}]),
            &["[0].path"],
        ),
        (
            json!([{"op": "replace", "path": "/a~2", "value": "x"}]),
            &["[0].path"],
        ),
        (
            json!([{"op": "replace", "path": "/a~", "value": "x"}]),
            &["[0].path"],
        ),
        (
            json!([{"op": "replace", "path": format!("/{}", "x".repeat(1024)), "value": "x"}]),
            &["[0].path"],
        ),
        (json!([{"op": "replace", "path": "/TypeName"}]), &["[0].value"]),
        (json!([{"op": "add", "path": "/TypeName"}]), &["[0].value"]),
        (json!([{"op": "test", "path": "/TypeName"}]), &["[0].value"]),
        (op("test", "/TypeName", json!("household")), &["[0].value"]),
        (op("test", "/TypeName", Value::Null), &["[0].value"]),
        (op("replace", "/Nothing", json!(1)), &["[0].path"]),
        (
            op("replace", "/LocalizedFields/1/Name", json!("x")),
            &["[0].path"],
        ),
        (
            op("add", "/LocalizedFields/2", json!({"Locale": "de", "Name": "x"})),
            &["[0].path"],
        ),
        (
            op(
                "replace",
                "/LocalizedFields/-",
                json!({"Locale": "de", "Name": "x"}),
            ),
            &["[0].path"],
        ),
        (op("remove", "/LocalizedFields/00", json!(1)), &["[0].path"]),
        (op("replace", "/TypeId", json!(number)), &["[0].path"]),
        (op("replace", "/edited/createdBy", json!("me")), &["[0].path"]),
        (op("remove", "/Edited", Value::Null), &["[0].path"]),
    ]
}

/// Operations whose result is no group type.
fn wrong_results() -> Vec<(Value, &'static [&'static str])> {
    let op = |op: &str, path: &str, value: Value| json!([{"op": op, "path": path, "value": value}]);
    let name = "/LocalizedFields/0/Name";
    vec![
        (op("remove", "/TypeName", Value::Null), &["TypeName"]),
        (
            op("remove", "/LocalizedFields", Value::Null),
            &["LocalizedFields"],
        ),
        (op("remove", "", Value::Null), &["body"]),
        (op("replace", "", json!([])), &["body"]),
        (op("replace", "/TypeName", json!("")), &["TypeName"]),
        (op("replace", "/TypeName", json!("x".repeat(101))), &["TypeName"]),
        (op("replace", "/TypeName", json!(["x"])), &["TypeName"]),
        (op("replace", "/IsActive", json!("perhaps")), &["IsActive"]),
        (op("replace", name, json!("\u{1}")), &["LocalizedFields[0].Name"]),
        (
            op(
                "add",
                "/LocalizedFields/-",
                json!({"Locale": "EN-US", "Name": "x"}),
            ),
            &["LocalizedFields[1].Locale"],
        ),
        (
            op("add", "/LocalizedFields/-", json!({"Locale": "de"})),
            &["LocalizedFields[1].Name"],
        ),
        (
            json!(vec![
                json!({"op": "test", "path": "/IsActive", "value": true});
                101
            ]),
            &["body"],
        ),
    ]
}

pub fn invalid(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let path = format!("GroupType/{}", sample.household);
    let name = "/LocalizedFields/0/Name";
    unchanged(app, || {
        for (patch, names) in wrong_operations(sample.household)
            .into_iter()
            .chain(wrong_results())
        {
            client.patch(&path, &patch).send().invalid(names);
        }
        // The first ones would do, the last one does not: nothing is done.
        let late = json!([
            {"op": "replace", "path": name, "value": "Home"},
            {"op": "replace", "path": "/IsActive", "value": false},
            {"op": "test", "path": "/IsDefault", "value": true},
        ]);
        client.patch(&path, &late).send().invalid(&["[2].value"]);
        for body in [
            r#"[{"op": "remove", "path": "/a", "PATH": "/b"}]"#,
            r#"[{"op": "replace", "path": "/TypeName", "value": {"a": 1, "a": 2}}]"#,
        ] {
            let request = client.request("PATCH", &path);
            request
                .body("application/json-patch+json", body)
                .send()
                .expect(400);
        }
        for number in ["0", "x", "1.0", "2147483648", "%00"] {
            let answer = client.patch(&format!("GroupType/{number}"), &json!([])).send();
            answer.invalid(&["body", "typeId"]);
        }
    });
}

pub fn absent(app: &App) {
    Sample::prepare(app);
    let theirs = Sample::prepare_as(&testkit::mypreferences::Client::of(app, "stranger"));
    let client = admin(app);
    unchanged(app, || {
        for number in [theirs.household, 2_147_483_647] {
            let patch = replace("/IsActive", &json!(false));
            let answer = client.patch(&format!("GroupType/{number}"), &patch).send();
            answer.refused(404, &format!("Group type `{number}` not found."));
        }
    });
}

pub fn taken(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let path = format!("GroupType/{}", sample.household);
    unchanged(app, || {
        let answer = client.patch(&path, &replace("/TypeName", &json!("TEAM"))).send();
        answer.refused(409, "A group type with this TypeName already exists.");
    });
    let own = client
        .patch(&path, &replace("/TypeName", &json!("HOUSEHOLD")))
        .send();
    assert_eq!(own.expect(200).at("/TypeName"), "HOUSEHOLD");
}

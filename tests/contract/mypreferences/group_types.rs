//! Cases of group types.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, other_account, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, editor, reader, type_named};
use super::type_patches;
use crate::Case;
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listGroupTypes", status: 200, name: "all, one, of one locale", run: list },
    Case { operation: "listGroupTypes", status: 200, name: "none", run: list_none },
    Case { operation: "listGroupTypes", status: 400, name: "parameters", run: list_invalid },
    Case { operation: "listGroupTypes", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listGroupTypes") },
    Case { operation: "listGroupTypes", status: 404, name: "no such type, no such locale", run: list_absent },
    Case { operation: "listGroupTypes", status: 404, name: "another account", run: |app| other_account(app, "listGroupTypes") },
    Case { operation: "listGroupTypes", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "listGroupTypes") },
    Case { operation: "listGroupTypes", status: 503, name: "fault", run: |app| fault(app, "listGroupTypes", "group_type") },

    Case { operation: "createGroupTypes", status: 201, name: "all members, several at once", run: create },
    Case { operation: "createGroupTypes", status: 201, name: "any letter case, unknown and server-owned members", run: create_loosely },
    Case { operation: "createGroupTypes", status: 400, name: "members", run: create_invalid },
    Case { operation: "createGroupTypes", status: 400, name: "bodies", run: |app| bad_body(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 401, name: "no valid credential", run: |app| unauthorized(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 403, name: "a reader", run: |app| forbidden(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 404, name: "another account", run: |app| other_account(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 409, name: "a taken name, and nothing is made", run: create_taken },
    Case { operation: "createGroupTypes", status: 409, name: "too many", run: create_too_many },
    Case { operation: "createGroupTypes", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createGroupTypes") },
    Case { operation: "createGroupTypes", status: 503, name: "fault", run: |app| fault(app, "createGroupTypes", "group_type") },

    Case { operation: "updateGroupType", status: 200, name: "every kind of operation", run: type_patches::every_kind },
    Case { operation: "updateGroupType", status: 200, name: "a default and a new name", run: type_patches::default_and_name },
    Case { operation: "updateGroupType", status: 400, name: "operations and results", run: type_patches::invalid },
    Case { operation: "updateGroupType", status: 400, name: "bodies", run: |app| bad_body(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 403, name: "a reader", run: |app| forbidden(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 404, name: "no such type", run: type_patches::absent },
    Case { operation: "updateGroupType", status: 404, name: "another account", run: |app| other_account(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 409, name: "a taken name", run: type_patches::taken },
    Case { operation: "updateGroupType", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateGroupType") },
    Case { operation: "updateGroupType", status: 503, name: "fault", run: |app| fault(app, "updateGroupType", "group_type") },
];

pub fn full(name: &str) -> Value {
    json!({
        "TypeName": name,
        "LocalizedFields": [
            {"Locale": "en-us", "Name": "Household", "Description": "People at one address"},
            {"Locale": "fr-ca", "Name": "Ménage <\"ü\"> \u{1F600}\tx", "Description": null},
        ],
        "IsDefault": true,
        "IsActive": false,
    })
}

/// A type as it is answered: with its number, and who made it.
fn shown(mut given: Value, number: &Value, edited: &Value) -> Value {
    given["TypeId"] = number.clone();
    given["Edited"] = edited.clone();
    given
}

fn edited() -> Value {
    let at = "2026-11-22T12:00:00Z";
    json!({"CreateDate": at, "CreatedBy": "editor", "ModifiedDate": at, "ModifiedBy": "editor"})
}

fn list(app: &App) {
    let client = editor(app);
    let body = json!({"GroupTypes": [full("Household"), type_named("Team")]});
    let made = client.post("GroupTypes", &body).send().expect(201).json().clone();
    let client = reader(app);
    for request in [
        client.get("GroupTypes"),
        client.get("GroupTypes/"),
        client.get("GroupTypes").query("Id", "0"),
        client.get("GroupTypes").query("locale", ""),
        client.get("grouptypes").query("ID", "0").query("other", "x"),
        client.get("GroupType"),
    ] {
        assert_eq!(request.send().expect(200).json(), &made);
    }
    let second = made["GroupTypes"][1].clone();
    let number = second["TypeId"].to_string();
    let one = client.get("GroupTypes").query("id", &number).send().expect(200);
    assert_eq!(one.json(), &json!({"GroupTypes": [second]}));
    let french = client
        .get("GroupTypes")
        .query("LOCALE", "FR-CA")
        .send()
        .expect(200);
    let fields = |at: usize| french.at(&format!("/GroupTypes/{at}/LocalizedFields"));
    assert_eq!(fields(0), &json!([made["GroupTypes"][0]["LocalizedFields"][1]]));
    assert_eq!(fields(1), &json!([]), "the other type is answered without fields");
}

fn list_none(app: &App) {
    let answer = reader(app).get("GroupTypes").send().expect(200);
    assert_eq!(answer.json(), &json!({"GroupTypes": []}));
}

fn list_invalid(app: &App) {
    Sample::prepare(app);
    let client = reader(app);
    for number in ["x", "-1", "1.0", "2147483648", "", "99999999999999999999"] {
        client
            .get("GroupTypes")
            .query("Id", number)
            .send()
            .invalid(&["Id"]);
    }
    let long = client
        .get("GroupTypes")
        .query("locale", &"x".repeat(16))
        .query("Id", "x");
    long.send().invalid(&["Id", "locale"]);
    let repeated = client.get("GroupTypes").query("Id", "1").query("id", "1");
    repeated.send().invalid(&["Id"]);
    client.get("GroupTypes?locale=%FF").send().invalid(&["locale"]);
    client.get("GroupTypes?locale=%zz").send().invalid(&["locale"]);
    client.get("GroupTypes?locale=%01").send().invalid(&["locale"]);
}

fn list_absent(app: &App) {
    let sample = Sample::prepare(app);
    let theirs = Sample::prepare_as(&testkit::mypreferences::Client::of(app, "stranger"));
    let client = reader(app);
    for number in [theirs.team, sample.team + 1000, 2_147_483_647] {
        let answer = client.get("GroupTypes").query("Id", &number.to_string()).send();
        answer.refused(404, &format!("Group type `{number}` not found."));
    }
    for locale in ["fr-ca", "en"] {
        let answer = client.get("GroupTypes").query("locale", locale).send();
        answer.refused(404, &format!("No group type has the locale `{locale}`."));
    }
}

fn create(app: &App) {
    let client = editor(app);
    let body = json!({"GroupTypes": [full("Household"), type_named("Team")]});
    let before = events(app);
    let answer = client.post("GroupTypes", &body).send().expect(201);
    assert_eq!(events(app), before + 1);
    let number = |at: usize| answer.at(&format!("/GroupTypes/{at}/TypeId"));
    let mut team = type_named("Team");
    team["LocalizedFields"][0]["Description"] = Value::Null;
    team["IsDefault"] = json!(false);
    team["IsActive"] = json!(true);
    let expected = [
        shown(full("Household"), number(0), &edited()),
        shown(team, number(1), &edited()),
    ];
    assert_eq!(answer.json(), &json!({"GroupTypes": expected}));
    let location = format!("{}/Profiles/v4/default/GroupTypes?Id={}", app.url(), number(0));
    assert_eq!(answer.header("location"), location);
    let all = reader(app).get("GroupTypes").send().expect(200);
    assert_eq!(all.json(), answer.json(), "what create answered is what there is");
    // What GET answers can be sent back, under other names.
    let mut again = all.json().clone();
    for (at, name) in ["Other", "Another"].into_iter().enumerate() {
        again["GroupTypes"][at]["TypeName"] = json!(name);
    }
    client.post("GroupTypes", &again).send().expect(201);
    let first = client
        .get("GroupTypes")
        .query("Id", &number(0).to_string())
        .send();
    assert_eq!(
        first.at("/GroupTypes/0/IsDefault"),
        &json!(false),
        "another one is the default now"
    );
}

fn create_loosely(app: &App) {
    let body = json!({"grouptypes": [{
        "TYPENAME": "Club", "localizedFields": [{"locale": "EN-us", "name": "c", "Tone": 1}],
        "typeid": 77, "Edited": null, "Colour": ["red"],
    }], "Extra": null});
    let answer = editor(app).post("GroupTypes", &body).send().expect(201);
    assert_eq!(
        answer.at("/GroupTypes/0/LocalizedFields/0/Locale"),
        "EN-us",
        "kept as given"
    );
    assert_ne!(answer.at("/GroupTypes/0/TypeId"), &json!(77));
    assert_eq!(answer.at("/GroupTypes/0/Edited/CreatedBy"), "editor");
    assert_eq!(answer.at("/GroupTypes/0/IsActive"), &json!(true));
}

fn create_invalid(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let with = |name: &str, value: Value| {
        let mut one = full("New");
        one[name] = value;
        json!({"GroupTypes": [type_named("Club"), one]})
    };
    let field = |name: &str, value: Value| {
        let mut one = full("New");
        one["LocalizedFields"][1][name] = value;
        json!({"GroupTypes": [one]})
    };
    unchanged(app, || {
        for (body, names) in [
            (json!({}), &["GroupTypes"][..]),
            (json!({"GroupTypes": null}), &["GroupTypes"]),
            (json!({"GroupTypes": []}), &["GroupTypes"]),
            (json!({"GroupTypes": {}}), &["GroupTypes"]),
            (json!({"GroupTypes": vec![type_named("a"); 101]}), &["GroupTypes"]),
            (json!({"GroupTypes": [null]}), &["GroupTypes[0]"]),
            (
                json!({"GroupTypes": [{}]}),
                &["GroupTypes[0].LocalizedFields", "GroupTypes[0].TypeName"],
            ),
            (with("TypeName", json!("")), &["GroupTypes[1].TypeName"]),
            (
                with("TypeName", json!("x".repeat(101))),
                &["GroupTypes[1].TypeName"],
            ),
            (with("TypeName", json!("a\u{1}")), &["GroupTypes[1].TypeName"]),
            (with("TypeName", json!("a\u{FFFE}")), &["GroupTypes[1].TypeName"]),
            (with("TypeName", json!(7)), &["GroupTypes[1].TypeName"]),
            (with("IsActive", Value::Null), &["GroupTypes[1].IsActive"]),
            (with("IsActive", json!("yes")), &["GroupTypes[1].IsActive"]),
            (
                with("LocalizedFields", Value::Null),
                &["GroupTypes[1].LocalizedFields"],
            ),
            (
                with(
                    "LocalizedFields",
                    json!(vec![full("a")["LocalizedFields"][0].clone(); 101]),
                ),
                &["GroupTypes[1].LocalizedFields"],
            ),
            (
                field("Locale", json!("x".repeat(16))),
                &["GroupTypes[0].LocalizedFields[1].Locale"],
            ),
            (
                field("Locale", json!("")),
                &["GroupTypes[0].LocalizedFields[1].Locale"],
            ),
            (
                field("Locale", json!("EN-US")),
                &["GroupTypes[0].LocalizedFields[1].Locale"],
            ),
            (
                field("Name", json!("")),
                &["GroupTypes[0].LocalizedFields[1].Name"],
            ),
            (
                field("Name", json!("x".repeat(256))),
                &["GroupTypes[0].LocalizedFields[1].Name"],
            ),
            (
                field("Description", json!("x".repeat(4001))),
                &["GroupTypes[0].LocalizedFields[1].Description"],
            ),
            (
                json!({"GroupTypes": [full("a"), full("b")]}),
                &["GroupTypes[1].IsDefault"],
            ),
        ] {
            client.post("GroupTypes", &body).send().invalid(names);
        }
        for body in [
            r#"{"GroupTypes": [], "grouptypes": []}"#,
            r#"{"GroupTypes": [{"TypeName": "a", "TypeName": "b", "LocalizedFields": []}]}"#,
        ] {
            let answer = client
                .request("POST", "GroupTypes")
                .body("application/json", body)
                .send();
            answer.expect(400);
        }
    });
}

fn create_taken(app: &App) {
    Sample::prepare(app);
    Sample::prepare_as(&testkit::mypreferences::Client::of(app, "stranger"));
    let client = editor(app);
    let taken = "A group type with this TypeName already exists.";
    unchanged(app, || {
        for names in [&["household"][..], &["Club", "TEAM"], &["Club", "Club2", "cLUB"]] {
            let types: Vec<Value> = names.iter().map(|name| type_named(name)).collect();
            let answer = client.post("GroupTypes", &json!({"GroupTypes": types})).send();
            answer.refused(409, taken);
        }
    });
}

fn create_too_many(app: &App) {
    let client = editor(app);
    let batch = |number: usize, count: usize| {
        let types: Vec<Value> = (0..count).map(|i| type_named(&format!("{number}-{i}"))).collect();
        json!({"GroupTypes": types})
    };
    for number in 0..10 {
        client.post("GroupTypes", &batch(number, 100)).send().expect(201);
    }
    unchanged(app, || {
        let answer = client.post("GroupTypes", &batch(10, 1)).send();
        answer.refused(409, "There cannot be more than 1000 group types.");
    });
    let all = client.get("GroupTypes").send().expect(200);
    assert_eq!(all.at("/GroupTypes").as_array().map(Vec::len), Some(1000));
}

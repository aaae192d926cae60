//! JSON Patches of profiles.

use super::profiles::full;
use super::samples::{Sample, editor, groups, profile, replace};
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;

pub fn patch(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let made = client.post("Profile", &full()).send().expect(201);
    let path = format!("Profile/{}", made.at("/ProfileId"));
    let operations = json!([
        {"op": "test", "path": "", "value": made.json()},
        {"op": "test", "path": "/Groups/0", "value": {"groupname": "Smith", "GROUPTYPE": "Household"}},
        {"op": "remove", "path": "/Groups/0"},
        {"op": "add", "path": "/Groups/-", "value": {"GroupType": "Household", "GroupName": "Jones"}},
        {"op": "replace", "path": "/customername/FIRSTNAME", "value": "Joanna"},
        {"op": "remove", "path": "/CustomerName/Suffix"},
        {"op": "replace", "path": "/IsActive", "value": true},
        {"op": "remove", "path": "/RegistrationConfirmed"},
        {"op": "replace", "path": "/EmailAddresses/0/IsPrimary", "value": true},
        {"op": "replace", "path": "/EmailAddresses/1/IsPrimary", "value": false},
        {"op": "remove", "path": "/PhoneNumbers/1"},
        {"op": "remove", "path": "/PhoneNumbers/0"},
        {"op": "add", "path": "/PhoneNumbers/0", "value": {"PhoneNumber": "2"}},
        {"op": "replace", "path": "/AlternateIds/1/AlternateId", "value": "9"},
        {"op": "remove", "path": "/AlternateIds/0"},
        {"op": "add", "path": "/AlternateIds/-", "value": {"AlternateIdType": "a/b", "AlternateId": "1"}},
    ]);
    app.advance(30);
    let before = events(app);
    let answer = client.patch(&path, &operations).send().expect(200);
    assert_eq!(events(app), before + 1);
    let mut expected = made.json().clone();
    expected["IsActive"] = json!(true);
    expected["RegistrationConfirmed"] = json!(false);
    expected["CustomerName"]["FirstName"] = json!("Joanna");
    expected["CustomerName"]["Suffix"] = Value::Null;
    expected["EmailAddresses"][0]["IsPrimary"] = json!(true);
    expected["EmailAddresses"][1]["IsPrimary"] = json!(false);
    expected["PhoneNumbers"] = json!([{"PhoneType": null, "PhoneNumber": "2", "IsPrimary": true}]);
    expected["AlternateIds"] = json!([
        {"AlternateIdType": "LoyaltyCard", "AlternateId": "9"},
        {"AlternateIdType": "a/b", "AlternateId": "1"},
    ]);
    expected["Groups"] = json!([
        {"GroupType": "Team", "GroupName": "Blue"},
        {"GroupType": "Household", "GroupName": "Jones"},
    ]);
    expected["Edited"]["ModifiedDate"] = json!("2026-11-22T12:00:30Z");
    assert_eq!(answer.json(), &expected);
    let got = client.get(&path).send().expect(200);
    assert_eq!((got.json(), got.etag()), (&expected, answer.etag()));
    // What changes nothing leaves no trace.
    unchanged(app, || {
        let nothing = json!([
            {"op": "replace", "path": "", "value": expected},
            {"op": "add", "path": "/Tags", "value": [1, {"a": null}]},
            {"op": "remove", "path": "/Tags"},
        ]);
        let same = client
            .patch(&path.replace("Profile/", "profiles/"), &nothing)
            .send()
            .expect(200);
        assert_eq!(same.etag(), answer.etag());
    });
}

pub fn empty(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let whole = json!([{"op": "replace", "path": "", "value": {}}]);
    let single: Vec<Value> = full()
        .as_object()
        .unwrap()
        .keys()
        .map(|name| json!({"op": "remove", "path": format!("/{name}")}))
        .collect();
    for operations in [whole, json!(single)] {
        let made = client.post("Profile", &full()).send().expect(201);
        let path = format!("Profile/{}", made.at("/ProfileId"));
        let answer = client.patch(&path, &operations).send().expect(200);
        let mut left = answer.json().clone();
        left.as_object_mut().unwrap().remove("Edited");
        let expected = json!({
            "ProfileId": made.at("/ProfileId"), "IsActive": true, "RegistrationConfirmed": false, "CustomerType": null,
            "PreserveConsents": true, "PreservePreferences": true,
            "CustomerName": {"Prefix": null, "FirstName": null, "MiddleName": null, "LastName": null, "Suffix": null},
            "DefaultLocale": null, "AlternateIds": [], "EmailAddresses": [], "PhoneNumbers": [], "Groups": [],
        });
        assert_eq!(left, expected);
    }
}

pub fn invalid(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let path = format!("Profile/{}", sample.jo);
    let op = |op: &str, path: &str, value: Value| json!([{"op": op, "path": path, "value": value}]);
    unchanged(app, || {
        for (patch, names) in [
            (op("replace", "/ProfileId", json!(7)), &["[0].path"][..]),
            (op("add", "/edited/ModifiedBy", json!("me")), &["[0].path"]),
            (op("replace", "/Groups/1", json!({})), &["[0].path"]),
            (op("add", "/Groups/5", json!({})), &["[0].path"]),
            (op("add", "/Groups/0/GroupName/x", json!(1)), &["[0].path"]),
            (op("replace", "/CustomerName/Title", json!("x")), &["[0].path"]),
            (op("test", "/CustomerName/FirstName", json!("JO")), &["[0].value"]),
            (
                op("replace", "/CustomerName/FirstName", json!("x".repeat(256))),
                &["CustomerName.FirstName"],
            ),
            (op("replace", "/IsActive", Value::Null), &["IsActive"]),
            (
                op("add", "/Groups/-", json!({"GroupType": "Household"})),
                &["Groups[1].GroupName"],
            ),
            (
                op(
                    "add",
                    "/Groups/-",
                    json!({"GroupType": "Household", "GroupName": ""}),
                ),
                &["Groups[1].GroupName"],
            ),
            (
                op("replace", "/Groups/0/GroupName", json!("\u{1}")),
                &["Groups[0].GroupName"],
            ),
            (
                op(
                    "add",
                    "/EmailAddresses/-",
                    json!({"EmailAddress": "a", "IsPrimary": true}),
                ),
                &["EmailAddresses[1].IsPrimary"],
            ),
            (
                op(
                    "add",
                    "/EmailAddresses/-",
                    json!({"EMAILADDRESS": "a", "emailaddress": "b"}),
                ),
                &["[0].value.emailaddress"],
            ),
            (
                op(
                    "replace",
                    "/Groups",
                    json!(vec![json!({"GroupType": "Team", "GroupName": "a"}); 1001]),
                ),
                &["Groups"],
            ),
            (op("replace", "/EmailAddresses", json!({})), &["EmailAddresses"]),
            (
                json!([{"op": "add", "path": "/Groups/-", "value": {"GroupType": "Team", "GroupName": "a"}},
                       {"op": "remove", "path": "/Groups/0"}, {"op": "remove", "path": "/Groups/0"}]),
                &["[2].path"],
            ),
            (
                json!([{"op": "move", "from": "/Groups/0", "path": "/Groups/-"}]),
                &["[0].op"],
            ),
        ] {
            client.patch(&path, &patch).send().invalid(names);
        }
    });
    let closed = replace("/IsActive", &json!(false));
    client
        .patch(&format!("GroupType/{}", sample.household), &closed)
        .send()
        .expect(200);
    unchanged(app, || {
        let other = client.patch(&path, &replace("/Groups/0/GroupName", &json!("Jones")));
        other.send().invalid(&["Groups[0]"]);
    });
    client
        .patch(&path, &replace("/DefaultLocale", &json!("de")))
        .send()
        .expect(200);
    assert_eq!(
        groups(&profile(&client, sample.jo)),
        ["Household/Smith"],
        "who is in a group stays"
    );
}

pub fn without_type(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    unchanged(app, || {
        let path = format!("Profile/{}", sample.jo);
        let club =
            json!([{"op": "add", "path": "/Groups/-", "value": {"GroupType": "Club", "GroupName": "Chess"}}]);
        client
            .patch(&path, &club)
            .send()
            .refused(404, "Group type `Club` not found.");
    });
}

pub fn taken(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let id = json!([{"op": "add", "path": "/AlternateIds/0", "value": {"AlternateIdType": "crm", "AlternateId": "1"}}]);
    client
        .patch(&format!("Profile/{}", sample.kim), &id)
        .send()
        .expect(200);
    unchanged(app, || {
        let answer = client.patch(&format!("Profile/{}", sample.jo), &id).send();
        answer.refused(409, "A profile with this AlternateId already exists.");
    });
}

//! Updates of profiles: members that are sent are written, entries are added or replace those of their type.

use super::profiles::{full, wrong};
use super::samples::{Sample, editor, groups, profile};
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;

pub fn update(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let made = client.post("Profile", &full()).send().expect(201);
    let path = format!("Profile/{}", made.at("/ProfileId"));
    app.advance(90);
    let body = json!({
        "isactive": true,
        "CustomerType": "",
        "CustomerName": {"LastName": "Jones", "MiddleName": "", "Prefix": ""},
        "AlternateIds": [{"AlternateIdType": "LoyaltyCard", "AlternateId": "9"}, {"AlternateIdType": "crm", "AlternateId": "1"}],
        "EmailAddresses": [
            {"EmailType": "HOME", "EmailAddress": "new@example.com"},
            {"EmailType": "Office", "EmailAddress": "office@example.com"},
        ],
        "PhoneNumbers": [{"PhoneType": "mobile", "PhoneNumber": "1", "IsPrimary": true}],
        "Groups": [{"GroupType": "team", "GroupName": "Red"}, {"GroupType": "team", "GroupName": "blue"}],
        "Colour": "red",
    });
    let before = events(app);
    let answer = client.post(&path, &body).send().expect(200);
    assert_eq!(events(app), before + 1, "one event for profile and groups");
    let mut expected = made.json().clone();
    expected["IsActive"] = json!(true);
    expected["CustomerType"] = Value::Null;
    expected["CustomerName"] = json!({
        "Prefix": null, "FirstName": "Jo", "MiddleName": null, "LastName": "Jones", "Suffix": "Jr.",
    });
    expected["AlternateIds"] = json!([
        {"AlternateIdType": "", "AlternateId": "plain"},
        {"AlternateIdType": "LoyaltyCard", "AlternateId": "9"},
        {"AlternateIdType": "crm", "AlternateId": "1"},
    ]);
    expected["EmailAddresses"] = json!([
        {"EmailType": "HOME", "EmailAddress": "new@example.com", "IsPrimary": false},
        {"EmailType": null, "EmailAddress": "JO@work.example.com", "IsPrimary": true},
        {"EmailType": "Office", "EmailAddress": "office@example.com", "IsPrimary": false},
    ]);
    expected["PhoneNumbers"] = json!([{"PhoneType": "mobile", "PhoneNumber": "1", "IsPrimary": true}]);
    expected["Groups"]
        .as_array_mut()
        .unwrap()
        .push(json!({"GroupType": "Team", "GroupName": "Red"}));
    expected["Edited"]["ModifiedDate"] = json!("2026-11-22T12:01:30Z");
    assert_eq!(answer.json(), &expected);
    let got = client.get(&path).send().expect(200);
    assert_eq!((got.json(), got.etag()), (&expected, answer.etag()));
}

pub fn send_back(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let made = client.post("Profile", &full()).send().expect(201);
    let path = format!("Profile/{}", made.at("/ProfileId"));
    app.advance(1);
    unchanged(app, || {
        for body in [
            made.json().clone(),
            json!({}),
            json!({"Groups": [], "EmailAddresses": null, "Edited": null}),
        ] {
            for path in [path.clone(), path.replace("Profile/", "PROFILES/")] {
                let answer = client
                    .post(&path, &body)
                    .header("If-Match", &made.etag())
                    .send()
                    .expect(200);
                assert_eq!((answer.json(), answer.etag()), (made.json(), made.etag()));
            }
        }
    });
}

pub fn invalid(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let path = format!("Profile/{}", sample.jo);
    unchanged(app, || {
        for (body, names) in wrong() {
            client.post(&path, &body).send().invalid(names);
        }
        for (number, names) in [
            ("0", &["IsActive", "profileId"][..]),
            ("x", &["IsActive", "profileId"]),
        ] {
            let both = client.post(&format!("Profile/{number}"), &json!({"IsActive": 7}));
            both.send().invalid(names);
        }
    });
    let address = |i: usize| json!({"EmailType": format!("type {i}"), "EmailAddress": "a@b"});
    let many: Vec<Value> = (0..50).map(address).collect();
    unchanged(app, || {
        let answer = client.post(&path, &json!({"EmailAddresses": many})).send();
        answer.invalid(&["EmailAddresses"]);
    });
    client
        .post(&path, &json!({"EmailAddresses": many[..49]}))
        .send()
        .expect(200);
}

pub fn taken(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let id = |id: &str| json!({"AlternateIds": [{"AlternateIdType": "crm", "AlternateId": id}], "DefaultLocale": "de"});
    client
        .post(&format!("Profile/{}", sample.kim), &id("1"))
        .send()
        .expect(200);
    let path = format!("Profile/{}", sample.jo);
    unchanged(app, || {
        let answer = client.post(&path, &id("1")).send();
        answer.refused(409, "A profile with this AlternateId already exists.");
    });
    client.post(&path, &id("2")).send().expect(200);
    assert_eq!(groups(&profile(&client, sample.jo)), ["Household/Smith"]);
}

//! Cases of profiles.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, other_account, stale, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, admin, editor, groups, person, profile, reader, replace};
use super::{patches, updates};
use crate::Case;
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::mypreferences::Client;

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "createProfile", status: 201, name: "all members", run: make },
    Case { operation: "createProfile", status: 201, name: "as little as possible", run: make_least },
    Case { operation: "createProfile", status: 400, name: "members", run: make_invalid },
    Case { operation: "createProfile", status: 400, name: "bodies", run: |app| bad_body(app, "createProfile") },
    Case { operation: "createProfile", status: 401, name: "no valid credential", run: |app| unauthorized(app, "createProfile") },
    Case { operation: "createProfile", status: 403, name: "a reader", run: |app| forbidden(app, "createProfile") },
    Case { operation: "createProfile", status: 404, name: "no such group type", run: make_without_type },
    Case { operation: "createProfile", status: 404, name: "another account", run: |app| other_account(app, "createProfile") },
    Case { operation: "createProfile", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "createProfile") },
    Case { operation: "createProfile", status: 409, name: "a taken alternate id", run: make_taken },
    Case { operation: "createProfile", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createProfile") },
    Case { operation: "createProfile", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createProfile") },
    Case { operation: "createProfile", status: 503, name: "fault", run: |app| fault(app, "createProfile", "user_account") },

    Case { operation: "getProfile", status: 200, name: "as it was created", run: get },
    Case { operation: "getProfile", status: 304, name: "still the same", run: get_again },
    Case { operation: "getProfile", status: 400, name: "parameters", run: get_invalid },
    Case { operation: "getProfile", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getProfile") },
    Case { operation: "getProfile", status: 404, name: "no such profile", run: |app| absent(app, "getProfile") },
    Case { operation: "getProfile", status: 404, name: "another account", run: |app| other_account(app, "getProfile") },
    Case { operation: "getProfile", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "getProfile") },
    Case { operation: "getProfile", status: 503, name: "fault", run: |app| fault(app, "getProfile", "user_account") },

    Case { operation: "updateProfile", status: 200, name: "members are written, entries added", run: updates::update },
    Case { operation: "updateProfile", status: 200, name: "what is answered can be sent back", run: updates::send_back },
    Case { operation: "updateProfile", status: 400, name: "members", run: updates::invalid },
    Case { operation: "updateProfile", status: 400, name: "bodies", run: |app| bad_body(app, "updateProfile") },
    Case { operation: "updateProfile", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateProfile") },
    Case { operation: "updateProfile", status: 403, name: "a reader", run: |app| forbidden(app, "updateProfile") },
    Case { operation: "updateProfile", status: 404, name: "no such profile", run: |app| absent(app, "updateProfile") },
    Case { operation: "updateProfile", status: 404, name: "another account", run: |app| other_account(app, "updateProfile") },
    Case { operation: "updateProfile", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "updateProfile") },
    Case { operation: "updateProfile", status: 409, name: "a taken alternate id", run: updates::taken },
    Case { operation: "updateProfile", status: 412, name: "another version", run: |app| stale(app, "updateProfile") },
    Case { operation: "updateProfile", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateProfile") },
    Case { operation: "updateProfile", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateProfile") },
    Case { operation: "updateProfile", status: 503, name: "fault", run: |app| fault(app, "updateProfile", "user_account") },

    Case { operation: "patchProfile", status: 200, name: "members, entries and groups", run: patches::patch },
    Case { operation: "patchProfile", status: 200, name: "everything taken away", run: patches::empty },
    Case { operation: "patchProfile", status: 400, name: "operations and results", run: patches::invalid },
    Case { operation: "patchProfile", status: 400, name: "bodies", run: |app| bad_body(app, "patchProfile") },
    Case { operation: "patchProfile", status: 401, name: "no valid credential", run: |app| unauthorized(app, "patchProfile") },
    Case { operation: "patchProfile", status: 403, name: "a reader", run: |app| forbidden(app, "patchProfile") },
    Case { operation: "patchProfile", status: 404, name: "no such profile", run: |app| absent(app, "patchProfile") },
    Case { operation: "patchProfile", status: 404, name: "no such group type", run: patches::without_type },
    Case { operation: "patchProfile", status: 404, name: "another account", run: |app| other_account(app, "patchProfile") },
    Case { operation: "patchProfile", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "patchProfile") },
    Case { operation: "patchProfile", status: 409, name: "a taken alternate id", run: patches::taken },
    Case { operation: "patchProfile", status: 412, name: "another version", run: |app| stale(app, "patchProfile") },
    Case { operation: "patchProfile", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "patchProfile") },
    Case { operation: "patchProfile", status: 415, name: "no JSON sent", run: |app| unsupported(app, "patchProfile") },
    Case { operation: "patchProfile", status: 503, name: "fault", run: |app| fault(app, "patchProfile", "user_email") },
];

/// Every member that a client may set, none of them as it would be without being said.
pub fn full() -> Value {
    json!({
        "IsActive": false,
        "RegistrationConfirmed": true,
        "CustomerType": "Customer",
        "PreserveConsents": false,
        "PreservePreferences": false,
        "CustomerName": {
            "Prefix": "Dr.", "FirstName": "Jo", "MiddleName": "\u{1F600} <&\"'>", "LastName": "Smith\tünï", "Suffix": "Jr.",
        },
        "DefaultLocale": "en-us",
        "AlternateIds": [
            {"AlternateIdType": "", "AlternateId": "plain"},
            {"AlternateIdType": "LoyaltyCard", "AlternateId": "880-1042"},
        ],
        "EmailAddresses": [
            {"EmailType": "Home", "EmailAddress": "jo@example.com", "IsPrimary": false},
            {"EmailType": null, "EmailAddress": "JO@work.example.com", "IsPrimary": true},
        ],
        "PhoneNumbers": [
            {"PhoneType": "Mobile", "PhoneNumber": "+1 555 0100", "IsPrimary": true},
            {"PhoneType": "Mobile", "PhoneNumber": "+1 555 0101", "IsPrimary": false},
        ],
        "Groups": [
            {"GroupType": "Household", "GroupName": "Smith"},
            {"GroupType": "Team", "GroupName": "Blue"},
        ],
    })
}

/// How a profile is answered that was made from this.
fn shown(mut given: Value, number: &Value) -> Value {
    let at = "2026-11-22T12:00:00Z";
    given["ProfileId"] = number.clone();
    given["Edited"] =
        json!({"CreateDate": at, "CreatedBy": "editor", "ModifiedDate": at, "ModifiedBy": "editor"});
    given
}

fn make(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let before = events(app);
    let answer = client.post("Profile", &full()).send().expect(201);
    assert_eq!(events(app), before + 1);
    let number = answer.at("/ProfileId");
    assert_eq!(answer.json(), &shown(full(), number));
    let location = format!("{}/Profiles/v4/default/Profile/{number}", app.url());
    assert_eq!(answer.header("location"), location);
    let got = reader(app).get(&format!("Profile/{number}")).send().expect(200);
    assert_eq!((got.json(), got.etag()), (answer.json(), answer.etag()));
    // The same again but for what is unique, in other letter case and at the other path.
    let mut twin = full();
    twin.as_object_mut().unwrap().remove("AlternateIds");
    twin["ProfileId"] = json!(7);
    twin["Tags"] = json!([{"unknown": true}]);
    let text = twin
        .to_string()
        .replace("\"GroupType\"", "\"grouptype\"")
        .replace("IsActive", "ISACTIVE");
    let request = client
        .request("POST", "profiles/")
        .body("text/json; charset=UTF-8", text);
    let answer = request.send().expect(201);
    assert_ne!(answer.at("/ProfileId"), number);
    assert_eq!(answer.at("/IsActive"), &json!(false));
    assert_eq!(groups(answer.json()), ["Household/Smith", "Team/Blue"]);
}

fn make_least(app: &App) {
    let client = editor(app);
    let nulls: Value = full()
        .as_object()
        .unwrap()
        .keys()
        .fold(json!({}), |mut body, name| {
            if ![
                "IsActive",
                "RegistrationConfirmed",
                "PreserveConsents",
                "PreservePreferences",
            ]
            .contains(&name.as_str())
            {
                body[name] = Value::Null;
            }
            body
        });
    for body in [
        json!({}),
        nulls,
        json!({"EmailAddresses": [], "Groups": [], "DefaultLocale": "", "CustomerName": {"FirstName": ""}}),
    ] {
        let answer = client.post("Profile", &body).send().expect(201);
        let least = json!({
            "IsActive": true, "RegistrationConfirmed": false, "CustomerType": null, "PreserveConsents": true,
            "PreservePreferences": true,
            "CustomerName": {"Prefix": null, "FirstName": null, "MiddleName": null, "LastName": null, "Suffix": null},
            "DefaultLocale": null, "AlternateIds": [], "EmailAddresses": [], "PhoneNumbers": [], "Groups": [],
        });
        assert_eq!(answer.json(), &shown(least, answer.at("/ProfileId")));
    }
}

/// Bodies that neither make nor change a profile, and what is wrong with them.
pub fn wrong() -> Vec<(Value, &'static [&'static str])> {
    let long = |length: usize| "x".repeat(length);
    let email = |value: Value| json!({"EmailAddresses": [value]});
    let group = |of: &str, name: &str| json!({"Groups": [{"GroupType": of, "GroupName": name}]});
    let id = |of: &str| json!({"AlternateIdType": of, "AlternateId": "1"});
    let address = |primary: bool| json!({"EmailAddress": "a@b", "IsPrimary": primary});
    vec![
        (json!({"IsActive": null}), &["IsActive"]),
        (json!({"IsActive": 1}), &["IsActive"]),
        (json!({"CustomerName": "Jo"}), &["CustomerName"]),
        (
            json!({"CustomerName": {"FirstName": long(256), "Prefix": long(65)}}),
            &["CustomerName.FirstName", "CustomerName.Prefix"],
        ),
        (
            json!({"CustomerName": {"LastName": "a\u{0}"}}),
            &["CustomerName.LastName"],
        ),
        (json!({"DefaultLocale": long(36)}), &["DefaultLocale"]),
        (json!({"CustomerType": long(101)}), &["CustomerType"]),
        (json!({"EmailAddresses": "a@b"}), &["EmailAddresses"]),
        (
            json!({"EmailAddresses": vec![address(false); 51]}),
            &["EmailAddresses"],
        ),
        (
            json!({"EmailAddresses": [address(true), address(true)]}),
            &["EmailAddresses[1].IsPrimary"],
        ),
        (email(json!({})), &["EmailAddresses[0].EmailAddress"]),
        (email(json!(null)), &["EmailAddresses[0]"]),
        (
            email(json!({"EmailAddress": ""})),
            &["EmailAddresses[0].EmailAddress"],
        ),
        (
            email(json!({"EmailAddress": long(255)})),
            &["EmailAddresses[0].EmailAddress"],
        ),
        (
            email(json!({"EmailAddress": "a", "EmailType": long(65)})),
            &["EmailAddresses[0].EmailType"],
        ),
        (
            json!({"PhoneNumbers": [{"PhoneNumber": long(65)}]}),
            &["PhoneNumbers[0].PhoneNumber"],
        ),
        (
            json!({"AlternateIds": [id("a"), id("a")]}),
            &["AlternateIds[1].AlternateIdType"],
        ),
        (
            json!({"AlternateIds": [{"AlternateIdType": "a", "AlternateId": ""}]}),
            &["AlternateIds[0].AlternateId"],
        ),
        (json!({"AlternateIds": vec![id("a"); 101]}), &["AlternateIds"]),
        (
            json!({"Groups": [{}]}),
            &["Groups[0].GroupName", "Groups[0].GroupType"],
        ),
        (group("Household", ""), &["Groups[0].GroupName"]),
        (group("", "a"), &["Groups[0].GroupType"]),
        (group("Household", &long(256)), &["Groups[0].GroupName"]),
        (group("Household", "\u{FFFF}"), &["Groups[0].GroupName"]),
        (
            json!({"Groups": vec![json!({"GroupType": "Household", "GroupName": "a"}); 1001]}),
            &["Groups"],
        ),
    ]
}

fn make_invalid(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    unchanged(app, || {
        for (body, names) in wrong() {
            client.post("Profile", &body).send().invalid(names);
        }
    });
    let closed = replace("/IsActive", &json!(false));
    admin(app)
        .patch(&format!("GroupType/{}", sample.team), &closed)
        .send()
        .expect(200);
    unchanged(app, || {
        let body = person("eve", &[("Household", "Smith"), ("Team", "Blue")]);
        let answer = client.post("Profile", &body).send();
        answer.invalid(&["Groups[1]"]);
        assert_eq!(
            answer.at("/ModelState/Groups[1]/0"),
            "must be of a group type that is in use"
        );
    });
}

fn make_without_type(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    unchanged(app, || {
        let body = person("eve", &[("Household", "Smith"), ("Club", "Chess")]);
        client
            .post("Profile", &body)
            .send()
            .refused(404, "Group type `Club` not found.");
    });
}

fn make_taken(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    client.post("Profile", &full()).send().expect(201);
    let id = |of: &str, id: &str| json!({"AlternateIds": [{"AlternateIdType": of, "AlternateId": id}]});
    unchanged(app, || {
        for body in [id("LoyaltyCard", "880-1042"), id("", "plain")] {
            let answer = client.post("Profile", &body).send();
            answer.refused(409, "A profile with this AlternateId already exists.");
        }
    });
    client
        .post("Profile", &id("loyaltycard", "880-1042"))
        .send()
        .expect(201);
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let jo = profile(&client, sample.jo);
    assert_eq!(groups(&jo), ["Household/Smith"]);
    assert_eq!(
        jo["EmailAddresses"],
        json!([{"EmailType": "Home", "EmailAddress": "jo@example.com", "IsPrimary": true}])
    );
    for path in ["profile/", "Profiles/", "PROFILE/"] {
        let answer = client.get(&format!("{path}{}/", sample.jo)).send().expect(200);
        assert_eq!(answer.json(), &jo);
    }
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let request = client.get(&format!("Profile/{}", sample.jo));
    let tag = request.send().expect(200).etag();
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let answer = request.clone().header("If-None-Match", &known).send().expect(304);
        assert_eq!(answer.etag(), tag);
    }
    request
        .clone()
        .header("If-None-Match", "\"1\"")
        .send()
        .expect(200);
    request.clone().header("If-None-Match", "x").send().expect(200);
    // A change of a group that the profile is in shows in the tag.
    sample.request(&admin(app), "renameGroup").send().expect(200);
    let renamed = request.clone().header("If-None-Match", &tag).send().expect(200);
    let other = client.get(&format!("Profile/{}", sample.kim)).send().etag();
    assert_ne!(renamed.etag(), tag);
    assert_eq!(renamed.etag(), other, "the same version and groups");
    // It stops no write to the profile.
    let write = editor(app).post(&format!("Profile/{}", sample.jo), &json!({"DefaultLocale": "fr"}));
    let written = write.header("If-Match", &tag).send().expect(200);
    request
        .header("If-None-Match", &written.etag())
        .send()
        .expect(304);
}

fn get_invalid(app: &App) {
    let client = reader(app);
    for number in [
        "x",
        "0",
        "-1",
        "1.0",
        "9007199254740992",
        "99999999999999999999",
        "%31x",
        "%ZZ",
    ] {
        client
            .get(&format!("Profile/{number}"))
            .send()
            .invalid(&["profileId"]);
    }
}

/// A number of nobody, and one of another account.
fn absent(app: &App, operation: &str) {
    let mut sample = Sample::prepare(app);
    let theirs = Sample::prepare_as(&Client::of(app, "stranger"));
    unchanged(app, || {
        for number in [theirs.jo, 9_007_199_254_740_991] {
            sample.jo = number;
            let request = sample.request(&admin(app), operation);
            request
                .send()
                .refused(404, &format!("Profile `{number}` not found."));
        }
    });
}

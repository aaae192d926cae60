//! Look-ups by the caller's own key, and what narrows them.

use super::samples::{GROUP_KEY, Sample, USER_KEY, admin, create, reader};
use serde_json::json;
use testkit::App;
use testkit::propeller::{USERGROUPS, USERS, by};

/// Keys that are hard to carry in a path.
const KEYS: [&str; 15] = [
    "a b/1",
    "a/b/c",
    "grün ☂ 群",
    "100%",
    "a%2Fb",
    "%252F",
    "a+b",
    "...",
    ".",
    "a?b#c",
    "a&b=c;d",
    " ",
    "\\\"'<>",
    "~-_.!*()@:$,",
    "id",
];

#[test]
fn values_are_decoded_exactly_once() {
    let app = App::start();
    let longest = "群".repeat(255);
    for key in KEYS.into_iter().chain([longest.as_str()]) {
        for path in [USERGROUPS, USERS] {
            let body = json!({"sourceId": key, "source": "erp"});
            create(&admin(&app), path, &body);
            // `.` and `..` are steps of a path and travel only in the query of a search.
            if key != "." {
                let got = reader(&app).get(&by(path, "sourceId", key)).send().expect(200);
                assert_eq!(got.text("/data/sourceId"), key);
            }
            let body = json!({"sourceId": key});
            let found = reader(&app)
                .post(&format!("{path}/search"))
                .json(&body)
                .send()
                .expect(200);
            assert_eq!(found.at("/itemsFound"), 1, "{key}");
        }
    }
}

#[test]
fn source_and_language_narrow() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let other = json!({"name": "other", "language": "DE", "sourceId": GROUP_KEY, "source": "crm"});
    let other = create(&admin(&app), USERGROUPS, &other);
    let key = by(USERGROUPS, "sourceId", GROUP_KEY);
    let number = by(USERGROUPS, "id", &sample.group.to_string());
    for (path, found) in [
        (format!("{key}?source=erp"), Ok(sample.group)),
        (format!("{key}?source=crm"), Ok(other)),
        (format!("{key}?source=CRM"), Err((404, "20006"))),
        (format!("{key}?source="), Err((404, "20006"))),
        (format!("{key}?language=nl"), Ok(sample.group)),
        (format!("{key}?language=De"), Ok(other)),
        (format!("{key}?language="), Err((400, "20005"))),
        (key.clone(), Err((400, "20005"))),
        (format!("{key}?source=erp&language=DE"), Err((404, "20006"))),
        (format!("{number}?source=erp&language=NL"), Ok(sample.group)),
        (format!("{number}?source=crm"), Err((404, "20006"))),
        (format!("{number}?language=DE"), Err((404, "20006"))),
    ] {
        let answer = reader(&app).get(&path).send();
        match found {
            Ok(id) => assert_eq!(answer.expect(200).at("/data/id"), id, "{path}"),
            Err((status, code)) => {
                answer.refused(status, code);
            }
        }
    }
    // A key that another dialect gave has no source.
    let body =
        json!({"emailAddress": "a@example.com", "firstName": "A", "lastName": "B", "externalId": "hr-1"});
    app.admin()
        .post(testkit::kibo::ACCOUNTS)
        .json(&body)
        .send()
        .expect(200);
    let got = reader(&app)
        .get(&format!("{}?source=", by(USERS, "sourceId", "hr-1")))
        .send()
        .expect(200);
    assert_eq!(got.at("/data/source"), "");
    reader(&app)
        .get(&by(USERS, "sourceId", USER_KEY))
        .query("source", "")
        .send()
        .refused(404, "70006");
}

//! Cases of usergroups.

use super::bad_input::{bad_lookups, bad_pages, bad_usergroups};
use super::refusals::{
    absent, bad_body, fault, forbidden, not_acceptable, not_modified, stale, too_large, unauthorized,
    unsupported,
};
use super::samples::{GROUP_KEY, Sample, admin, each, editor, read, reader};
use crate::Case;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{USERGROUPS, by};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listUsergroups", status: 200, name: "the oldest first", run: list },
    Case { operation: "listUsergroups", status: 400, name: "parameters", run: |app| bad_pages(app, USERGROUPS) },
    Case { operation: "listUsergroups", status: 401, name: "no valid token", run: |app| unauthorized(app, "listUsergroups") },
    Case { operation: "listUsergroups", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "listUsergroups") },
    Case { operation: "listUsergroups", status: 500, name: "fault", run: |app| fault(app, "listUsergroups", "group_external_id") },

    Case { operation: "createUsergroup", status: 201, name: "all members", run: create },
    Case { operation: "createUsergroup", status: 201, name: "nothing but an object", run: create_least },
    Case { operation: "createUsergroup", status: 400, name: "key taken", run: create_twice },
    Case { operation: "createUsergroup", status: 400, name: "members", run: create_invalid },
    Case { operation: "createUsergroup", status: 400, name: "bodies", run: |app| bad_body(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 403, name: "a reader", run: |app| forbidden(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 415, name: "another media type", run: |app| unsupported(app, "createUsergroup") },
    Case { operation: "createUsergroup", status: 500, name: "fault", run: |app| fault(app, "createUsergroup", "group_external_id") },

    Case { operation: "searchUsergroups", status: 200, name: "each criterion", run: search },
    Case { operation: "searchUsergroups", status: 400, name: "criteria", run: search_invalid },
    Case { operation: "searchUsergroups", status: 400, name: "bodies", run: |app| bad_body(app, "searchUsergroups") },
    Case { operation: "searchUsergroups", status: 401, name: "no valid token", run: |app| unauthorized(app, "searchUsergroups") },
    Case { operation: "searchUsergroups", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "searchUsergroups") },
    Case { operation: "searchUsergroups", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "searchUsergroups") },
    Case { operation: "searchUsergroups", status: 415, name: "another media type", run: |app| unsupported(app, "searchUsergroups") },
    Case { operation: "searchUsergroups", status: 500, name: "fault", run: |app| fault(app, "searchUsergroups", "group_external_id") },

    Case { operation: "getUsergroup", status: 200, name: "by number and by key", run: get },
    Case { operation: "getUsergroup", status: 304, name: "still the same", run: |app| not_modified(app, "getUsergroup") },
    Case { operation: "getUsergroup", status: 400, name: "lookups", run: |app| bad_lookups(app, "getUsergroup") },
    Case { operation: "getUsergroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "getUsergroup") },
    Case { operation: "getUsergroup", status: 404, name: "nobody has the number", run: |app| absent(app, "getUsergroup") },
    Case { operation: "getUsergroup", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "getUsergroup") },
    Case { operation: "getUsergroup", status: 500, name: "fault", run: |app| fault(app, "getUsergroup", "group_external_id") },

    Case { operation: "updateUsergroup", status: 200, name: "what it names", run: update },
    Case { operation: "updateUsergroup", status: 200, name: "nothing", run: update_nothing },
    Case { operation: "updateUsergroup", status: 400, name: "key taken", run: update_taken },
    Case { operation: "updateUsergroup", status: 400, name: "members", run: update_invalid },
    Case { operation: "updateUsergroup", status: 400, name: "lookups", run: |app| bad_lookups(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 400, name: "bodies", run: |app| bad_body(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 403, name: "a reader", run: |app| forbidden(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 404, name: "nobody has the number", run: |app| absent(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 412, name: "another version", run: |app| stale(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 415, name: "another media type", run: |app| unsupported(app, "updateUsergroup") },
    Case { operation: "updateUsergroup", status: 500, name: "fault", run: |app| fault(app, "updateUsergroup", "group_external_id") },

    Case { operation: "deleteUsergroup", status: 200, name: "into the recycle bin", run: delete },
    Case { operation: "deleteUsergroup", status: 400, name: "lookups", run: |app| bad_lookups(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 403, name: "a reader", run: |app| forbidden(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 404, name: "nobody has the number", run: |app| absent(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 412, name: "another version", run: |app| stale(app, "deleteUsergroup") },
    Case { operation: "deleteUsergroup", status: 500, name: "fault", run: |app| fault(app, "deleteUsergroup", "audit_event") },
];

/// A usergroup of the sample, as every answer shows it.
fn shown(sample: &Sample) -> Value {
    json!({
        "budget": "N", "budgetInherit": "Y", "company": "", "department": "", "id": sample.group,
        "inheritOrderList": "Y", "inheritProductList": "Y", "language": "NL", "name": "Netherlands", "notes": "",
        "office": "", "parent": {"id": sample.top}, "orderListAllowAll": "U", "sourceId": GROUP_KEY,
        "source": "erp", "authorizeId": "", "defaultobjectId": "", "orderListManagerId": "", "userManagerId": "",
    })
}

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let answer = client.get(USERGROUPS).send().expect(200);
    assert_eq!(each(&answer, "id"), [sample.top, sample.group]);
    assert_eq!(answer.at("/data/1"), &shown(&sample));
    assert_eq!(answer.at("/data/0").get("sourceId"), None);
    assert_eq!(answer.header("return-format"), "json");
    let numbers = |answer: &testkit::propeller::Answer| {
        let names = ["start", "end", "page", "pages", "total", "offset", "itemsFound"];
        names.map(|name| answer.json()[name].as_i64().unwrap())
    };
    assert_eq!(numbers(&answer), [1, 2, 1, 1, 2, 12, 2]);
    assert_eq!(answer.at("/messages"), &json!(["Completed"]));
    let page = |page: &str, offset: &str| {
        let request = client.get(USERGROUPS).query("page", page).query("offset", offset);
        let answer = request.send().expect(200);
        (each(&answer, "id"), numbers(&answer))
    };
    assert_eq!(page("1", "1"), (vec![json!(sample.top)], [1, 1, 1, 2, 1, 1, 2]));
    assert_eq!(page("2", "1"), (vec![json!(sample.group)], [2, 2, 2, 2, 1, 1, 2]));
    assert_eq!(page("3", "1"), (vec![], [0, 0, 3, 2, 0, 1, 2]));
    assert_eq!(page("1000000", "100"), (vec![], [0, 0, 1_000_000, 1, 0, 100, 2]));
    let expanded = client
        .get(USERGROUPS)
        .query("expands", "sources,attributes")
        .send()
        .expect(200);
    let keys = json!([{"sourceId": GROUP_KEY, "source": "erp"}]);
    assert_eq!(each(&expanded, "sources"), [json!([]), keys]);
}

fn create(app: &App) {
    let client = editor(app);
    let top = create_named(app, "Benelux");
    let body = json!({
        "budget": "H", "budgetInherit": "N", "company": "Example", "department": "Sales", "id": 9,
        "inheritOrderList": "N", "inheritProductList": "Y", "language": "nl", "name": "Pays-Bas ☂", "notes": "a\nb",
        "office": "Utrecht", "parent": {"id": top}, "orderListAllowAll": "P", "sourceId": "erp-1005",
        "source": "erp", "unknown": [1], "userManagerId": "7",
    });
    let made = client.post(USERGROUPS).tail("/").json(&body).send().expect(201);
    let id = made.at("/data/id").as_i64().unwrap();
    assert_ne!(id, 9, "the server gives the numbers");
    let mut expected = body;
    for name in [
        "authorizeId",
        "defaultobjectId",
        "orderListManagerId",
        "userManagerId",
    ] {
        expected[name] = "".into();
    }
    expected["id"] = id.into();
    expected.as_object_mut().unwrap().remove("unknown");
    assert_eq!(made.at("/data"), &expected);
    assert_eq!(
        (made.at("/messages"), made.at("/total")),
        (&json!(["Usergroup created"]), &json!(1))
    );
    assert!(made.reply.header("location").is_none());
    let got = reader(app)
        .get(&by(USERGROUPS, "id", &id.to_string()))
        .send()
        .expect(200);
    assert_eq!(
        (got.at("/data"), got.header("etag")),
        (&expected, made.header("etag"))
    );
}

fn create_named(app: &App, name: &str) -> i64 {
    super::samples::create(&admin(app), USERGROUPS, &json!({"name": name}))
}

fn create_least(app: &App) {
    let made = editor(app).post(USERGROUPS).json(&json!({})).send().expect(201);
    let expected = json!({
        "budget": "N", "budgetInherit": "Y", "company": "", "department": "", "id": made.at("/data/id"),
        "inheritOrderList": "Y", "inheritProductList": "Y", "language": "", "name": "", "notes": "", "office": "",
        "parent": {}, "orderListAllowAll": "U", "authorizeId": "", "defaultobjectId": "", "orderListManagerId": "",
        "userManagerId": "",
    });
    assert_eq!(made.at("/data"), &expected);
    // Names may repeat.
    editor(app)
        .post(USERGROUPS)
        .json(&json!({"parent": {}}))
        .send()
        .expect(201);
}

fn create_twice(app: &App) {
    let sample = Sample::prepare(app);
    let post = |source: &str| {
        let body = json!({"name": "New", "sourceId": GROUP_KEY, "source": source});
        editor(app).post(USERGROUPS).json(&body).send()
    };
    unchanged(app, || {
        post("erp").told_as(400, 20004, &["Usergroup already exists"]);
    });
    post("ERP").expect(201);
    post("").expect(201);
    let path = by(USERGROUPS, "id", &sample.group.to_string());
    admin(app).delete(&path).send().expect(200);
    unchanged(app, || {
        post("erp").told_as(400, 20004, &["Usergroup already exists"]);
    });
}

fn create_invalid(app: &App) {
    Sample::prepare(app);
    bad_usergroups(app, || editor(app).post(USERGROUPS));
}

fn search(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let bin =
        json!({"name": "Luxembourg", "sourceId": "erp-1", "source": "crm", "parent": {"id": sample.top}});
    let third = super::samples::create(&admin(app), USERGROUPS, &bin);
    let (top, group) = (json!(sample.top), json!(sample.group));
    let cases = [
        (json!({}), vec![&top, &group, &json!(third)]),
        (json!({"name": "NETHER"}), vec![&group]),
        (json!({"name": "ne"}), vec![&top, &group]),
        (json!({"name": ""}), vec![&top, &group, &json!(third)]),
        (json!({"language": "nl"}), vec![&group]),
        (json!({"language": "n"}), vec![]),
        (json!({"parent": {}}), vec![&top]),
        (json!({"parent": {"id": sample.top}}), vec![&group, &json!(third)]),
        (json!({"parent": {"id": 99}}), vec![]),
        (json!({"parent": {"sourceId": "none"}}), vec![]),
        (
            json!({"parent": {"sourceId": GROUP_KEY, "source": "erp"}}),
            vec![],
        ),
        (json!({"sourceId": GROUP_KEY}), vec![&group]),
        (json!({"sourceId": GROUP_KEY, "source": "crm"}), vec![]),
        (json!({"source": "crm"}), vec![&json!(third)]),
        (
            json!({"name": "e", "parent": {"id": sample.top}, "source": "erp"}),
            vec![&group],
        ),
    ]
    .map(|(body, found)| (body, found.into_iter().cloned().collect::<Vec<Value>>()));
    let path = format!("{USERGROUPS}/search");
    for (body, expected) in cases {
        let answer = client.post(&path).json(&body).send().expect(200);
        assert_eq!(each(&answer, "id"), expected, "{body}");
        assert_eq!(answer.at("/itemsFound"), &json!(expected.len()), "{body}");
    }
    let second = client
        .post(&path)
        .json(&json!({"page": 2, "offset": 2}))
        .send()
        .expect(200);
    assert_eq!(each(&second, "id"), [third]);
    let expanded = client
        .post(&path)
        .query("expands", "sources")
        .json(&json!({"language": "NL"}));
    let keys = json!([{"sourceId": GROUP_KEY, "source": "erp"}]);
    assert_eq!(expanded.send().expect(200).at("/data/0/sources"), &keys);
}

fn search_invalid(app: &App) {
    super::bad_input::bad_searches(app, USERGROUPS);
    let path = format!("{USERGROUPS}/search");
    for source in ["a", "b"] {
        let body = json!({"sourceId": "1", "source": source});
        super::samples::create(&admin(app), USERGROUPS, &body);
    }
    let answer = reader(app)
        .post(&path)
        .json(&json!({"parent": {"sourceId": "1"}}))
        .send();
    answer.told_as(400, 20005, &["Multiple usergroups with sourceId [1] found"]);
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let paths = [
        by(USERGROUPS, "id", &sample.group.to_string()),
        by(USERGROUPS, "sourceId", GROUP_KEY),
        format!("{}?source=erp&language=nl", by(USERGROUPS, "sourceId", GROUP_KEY)),
    ];
    for path in &paths {
        let answer = client.get(path).send().expect(200);
        let expected = json!({"data": shown(&sample), "messages": [], "total": 1});
        assert_eq!(answer.json(), &expected, "{path}");
        let tag = answer.header("etag");
        assert!(tag.starts_with("\"2-"), "a parent is shown: {tag}");
    }
    let top = client
        .get(&by(USERGROUPS, "id", &sample.top.to_string()))
        .query("expands", "sources");
    let answer = top.send().expect(200);
    assert_eq!(
        (answer.at("/data/sources"), answer.header("etag").as_str()),
        (&json!([]), "\"1\"")
    );
}

fn update(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let path = by(USERGROUPS, "sourceId", GROUP_KEY);
    let body = json!({"name": "The Netherlands", "notes": "new", "budgetInherit": "N", "parent": {}});
    let answer = client.patch(&path).json(&body).send().expect(200);
    let mut expected = shown(&sample);
    for (name, value) in body.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(
        (answer.at("/messages"), answer.at("/total")),
        (&json!(["Usergroup updated"]), &json!(1))
    );
    assert_eq!(answer.header("etag"), "\"3\"");
    // An empty text takes away; another key comes beside the first one, and is the one that is shown.
    let body = json!({"notes": "", "language": "", "name": "", "sourceId": "c-77", "source": "crm"});
    let answer = client.patch(&path).json(&body).send().expect(200);
    assert_eq!(
        (answer.at("/data/sourceId"), answer.at("/data/language")),
        (&json!("c-77"), &json!(""))
    );
    let id = by(USERGROUPS, "id", &sample.group.to_string());
    let got = client.get(&id).query("expands", "sources").send().expect(200);
    let keys = json!([{"sourceId": "c-77", "source": "crm"}, {"sourceId": GROUP_KEY, "source": "erp"}]);
    assert_eq!(got.at("/data/sources"), &keys);
    assert_eq!(
        got.at("/data/sourceId"),
        "c-77",
        "the first in the order of sources"
    );
    assert_eq!(
        client.get(&path).send().expect(200).at("/data/sourceId"),
        GROUP_KEY,
        "what was looked up"
    );
    // The key itself can change; the old one is free then.
    let body = json!({"sourceId": "erp-1", "source": "erp"});
    client.patch(&path).json(&body).send().expect(200);
    client.get(&path).send().refused(404, "20006");
    let back = json!({"parent": {"sourceId": "none-else", "source": "erp"}});
    client.patch(&id).json(&back).send().refused(400, "10017");
    for parent in [
        json!({"id": sample.top}),
        json!({"id": sample.top, "sourceId": "ignored"}),
    ] {
        let answer = client
            .patch(&id)
            .json(&json!({"parent": parent}))
            .send()
            .expect(200);
        assert_eq!(answer.at("/data/parent"), &json!({"id": sample.top}));
    }
}

fn update_nothing(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERGROUPS, "id", &sample.group.to_string());
    let got = editor(app)
        .get(&path)
        .query("expands", "sources")
        .send()
        .expect(200);
    unchanged(app, || {
        for body in [
            json!({}),
            got.at("/data").clone(),
            json!({"name": "Netherlands", "other": 1}),
        ] {
            let answer = editor(app).patch(&path).json(&body).send().expect(200);
            assert_eq!(answer.header("etag"), got.header("etag"));
            assert_eq!(answer.at("/data/name"), "Netherlands");
        }
    });
}

fn update_taken(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERGROUPS, "id", &sample.top.to_string());
    let body = json!({"name": "x", "sourceId": GROUP_KEY, "source": "erp"});
    unchanged(app, || {
        let answer = editor(app).patch(&path).json(&body).send();
        answer.told_as(400, 20004, &["Usergroup already exists"]);
    });
}

fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERGROUPS, "id", &sample.top.to_string());
    bad_usergroups(app, || editor(app).patch(&path));
    unchanged(app, || {
        for parent in [sample.top, sample.group] {
            let body = json!({"parent": {"id": parent}});
            let answer = editor(app).patch(&path).json(&body).send();
            let told = "parent must not be the group itself or one of its descendants";
            answer.told_as(400, 10017, &[told]);
        }
    });
}

fn delete(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let below = json!({"name": "Utrecht", "parent": {"id": sample.group}});
    let child = super::samples::create(&client, USERGROUPS, &below);
    let path = by(USERGROUPS, "sourceId", GROUP_KEY);
    let answer = client.delete(&path).query("source", "erp").send().expect(200);
    assert_eq!(
        answer.json(),
        &json!({"data": {}, "messages": ["Usergroup deleted"]})
    );
    for again in [
        client.get(&path),
        client.delete(&path),
        client.patch(&path).json(&json!({})),
    ] {
        let told = format!("Usergroup with sourceId [{GROUP_KEY}] not found");
        again.send().told_as(404, 20006, &[&told]);
    }
    assert_eq!(each(&client.get(USERGROUPS).send(), "id"), [sample.top, child]);
    assert_eq!(read(&client, USERGROUPS, child)["parent"], json!({}));
    let user = read(&client, testkit::propeller::USERS, sample.user);
    assert_eq!(user["parent"], json!({}));
}

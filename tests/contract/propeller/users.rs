//! Cases of users.

use super::bad_input::{bad_lookups, bad_pages, bad_searches, bad_users};
use super::refusals::{
    absent, bad_body, fault, forbidden, not_acceptable, not_modified, stale, too_large, unauthorized,
    unsupported,
};
use super::samples::{Sample, USER_KEY, admin, each, editor, read, reader};
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{USERGROUPS, USERS, by};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listUsers", status: 200, name: "the oldest first", run: list },
    Case { operation: "listUsers", status: 400, name: "parameters", run: |app| bad_pages(app, USERS) },
    Case { operation: "listUsers", status: 401, name: "no valid token", run: |app| unauthorized(app, "listUsers") },
    Case { operation: "listUsers", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "listUsers") },
    Case { operation: "listUsers", status: 500, name: "fault", run: |app| fault(app, "listUsers", "user_external_id") },

    Case { operation: "createUser", status: 201, name: "all members", run: create },
    Case { operation: "createUser", status: 201, name: "nothing but an object", run: create_least },
    Case { operation: "createUser", status: 400, name: "key or login taken", run: create_twice },
    Case { operation: "createUser", status: 400, name: "members", run: create_invalid },
    Case { operation: "createUser", status: 400, name: "bodies", run: |app| bad_body(app, "createUser") },
    Case { operation: "createUser", status: 401, name: "no valid token", run: |app| unauthorized(app, "createUser") },
    Case { operation: "createUser", status: 403, name: "a reader", run: |app| forbidden(app, "createUser") },
    Case { operation: "createUser", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "createUser") },
    Case { operation: "createUser", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createUser") },
    Case { operation: "createUser", status: 415, name: "another media type", run: |app| unsupported(app, "createUser") },
    Case { operation: "createUser", status: 500, name: "fault", run: |app| fault(app, "createUser", "user_external_id") },

    Case { operation: "searchUsers", status: 200, name: "each criterion", run: search },
    Case { operation: "searchUsers", status: 400, name: "criteria", run: search_invalid },
    Case { operation: "searchUsers", status: 400, name: "bodies", run: |app| bad_body(app, "searchUsers") },
    Case { operation: "searchUsers", status: 401, name: "no valid token", run: |app| unauthorized(app, "searchUsers") },
    Case { operation: "searchUsers", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "searchUsers") },
    Case { operation: "searchUsers", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "searchUsers") },
    Case { operation: "searchUsers", status: 415, name: "another media type", run: |app| unsupported(app, "searchUsers") },
    Case { operation: "searchUsers", status: 500, name: "fault", run: |app| fault(app, "searchUsers", "user_external_id") },

    Case { operation: "getUser", status: 200, name: "by number and by key", run: get },
    Case { operation: "getUser", status: 304, name: "still the same", run: |app| not_modified(app, "getUser") },
    Case { operation: "getUser", status: 400, name: "lookups", run: |app| bad_lookups(app, "getUser") },
    Case { operation: "getUser", status: 401, name: "no valid token", run: |app| unauthorized(app, "getUser") },
    Case { operation: "getUser", status: 404, name: "nobody has the number", run: |app| absent(app, "getUser") },
    Case { operation: "getUser", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "getUser") },
    Case { operation: "getUser", status: 500, name: "fault", run: |app| fault(app, "getUser", "user_external_id") },

    Case { operation: "updateUser", status: 200, name: "what it names", run: update },
    Case { operation: "updateUser", status: 200, name: "moves", run: update_parent },
    Case { operation: "updateUser", status: 400, name: "key or login taken", run: update_taken },
    Case { operation: "updateUser", status: 400, name: "members", run: update_invalid },
    Case { operation: "updateUser", status: 400, name: "lookups", run: |app| bad_lookups(app, "updateUser") },
    Case { operation: "updateUser", status: 400, name: "bodies", run: |app| bad_body(app, "updateUser") },
    Case { operation: "updateUser", status: 401, name: "no valid token", run: |app| unauthorized(app, "updateUser") },
    Case { operation: "updateUser", status: 403, name: "a reader", run: |app| forbidden(app, "updateUser") },
    Case { operation: "updateUser", status: 404, name: "nobody has the number", run: |app| absent(app, "updateUser") },
    Case { operation: "updateUser", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "updateUser") },
    Case { operation: "updateUser", status: 412, name: "another version", run: |app| stale(app, "updateUser") },
    Case { operation: "updateUser", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateUser") },
    Case { operation: "updateUser", status: 415, name: "another media type", run: |app| unsupported(app, "updateUser") },
    Case { operation: "updateUser", status: 500, name: "fault", run: |app| fault(app, "updateUser", "user_external_id") },

    Case { operation: "deleteUser", status: 200, name: "for good", run: delete },
    Case { operation: "deleteUser", status: 400, name: "lookups", run: |app| bad_lookups(app, "deleteUser") },
    Case { operation: "deleteUser", status: 400, name: "a credential is bound to him", run: delete_bound },
    Case { operation: "deleteUser", status: 401, name: "no valid token", run: |app| unauthorized(app, "deleteUser") },
    Case { operation: "deleteUser", status: 403, name: "a reader", run: |app| forbidden(app, "deleteUser") },
    Case { operation: "deleteUser", status: 404, name: "nobody has the number", run: |app| absent(app, "deleteUser") },
    Case { operation: "deleteUser", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "deleteUser") },
    Case { operation: "deleteUser", status: 412, name: "another version", run: |app| stale(app, "deleteUser") },
    Case { operation: "deleteUser", status: 500, name: "fault", run: |app| fault(app, "deleteUser", "user_external_id") },
];

/// The user of the sample, as every answer shows him.
fn shown(sample: &Sample) -> Value {
    json!({
        "id": sample.user, "debtorId": "", "firstName": "Grace", "middleName": "", "lastName": "Hopper",
        "fullName": "", "title": "", "dateOfBirth": "", "gender": "u", "login": "grace", "phone": "",
        "email": "grace@example.com", "company": "", "parent": {"id": sample.group}, "taxNumber": "",
        "cocNumber": "", "primaryLanguage": "", "sourceId": USER_KEY, "source": "erp",
    })
}

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let other = super::samples::create(&admin(app), USERS, &json!({"firstName": "Ada"}));
    let client = reader(app);
    let answer = client.get(USERS).send().expect(200);
    assert_eq!(each(&answer, "id"), [sample.user, other]);
    assert_eq!(answer.at("/data/0"), &shown(&sample));
    let page = client
        .get(USERS)
        .query("page", "2")
        .query("offset", "1")
        .query("expands", "sources");
    let answer = page.send().expect(200);
    assert_eq!(
        (each(&answer, "id"), each(&answer, "sources")),
        (vec![json!(other)], vec![json!([])])
    );
    assert_eq!(
        (answer.at("/start"), answer.at("/end"), answer.at("/pages")),
        (&json!(2), &json!(2), &json!(2))
    );
    assert_eq!(
        (answer.at("/total"), answer.at("/itemsFound")),
        (&json!(1), &json!(2))
    );
}

fn create(app: &App) {
    let sample = Sample::prepare(app);
    let body = json!({
        "id": 77, "debtorId": 40017, "firstName": "Ada", "middleName": "King", "lastName": "Lovelace",
        "fullName": "Ada Lovelace", "title": "Countess", "dateOfBirth": "1815-12-10", "gender": "f", "login": "ada",
        "phone": "+44 20", "email": "Ada@example.com", "company": "Engines", "parent": {"id": sample.group},
        "taxNumber": "NL1", "cocNumber": "30", "primaryLanguage": "EN", "sourceId": "erp-8", "source": "erp",
        "unknown": {},
    });
    let made = editor(app).post(USERS).tail("/").json(&body).send().expect(201);
    let mut expected = body;
    expected["id"] = made.at("/data/id").clone();
    expected["debtorId"] = "40017".into();
    expected.as_object_mut().unwrap().remove("unknown");
    assert_eq!(made.at("/data"), &expected);
    assert_eq!(
        (made.at("/messages"), made.at("/total")),
        (&json!(["User created"]), &json!(1))
    );
    let got = reader(app)
        .get(&by(USERS, "sourceId", "erp-8"))
        .send()
        .expect(200);
    assert_eq!(
        (got.at("/data"), got.header("etag")),
        (&expected, made.header("etag"))
    );
    assert!(got.header("etag").starts_with("\"1-"));
}

fn create_least(app: &App) {
    let made = editor(app).post(USERS).json(&json!({})).send().expect(201);
    assert_eq!(
        (made.at("/data/parent"), made.at("/data/gender")),
        (&json!({}), &json!("u"))
    );
    assert_eq!(made.text("/data/login").len(), 36, "an identifier of the server");
    assert_eq!(made.header("etag"), "\"1\"");
    let made = editor(app)
        .post(USERS)
        .json(&json!({"email": "a@example.com", "login": ""}))
        .send();
    assert_eq!(made.expect(201).text("/data/login"), "a@example.com");
}

fn create_twice(app: &App) {
    Sample::prepare(app);
    unchanged(app, || {
        for body in [
            json!({"sourceId": USER_KEY, "source": "erp"}),
            json!({"login": "GRACE"}),
        ] {
            let answer = editor(app).post(USERS).json(&body).send();
            answer.told_as(400, 70004, &["User already exists"]);
        }
    });
    // An address may repeat; the login is another one then.
    let body = json!({"email": "grace@example.com", "sourceId": USER_KEY, "source": "crm"});
    editor(app).post(USERS).json(&body).send().expect(201);
}

fn create_invalid(app: &App) {
    Sample::prepare(app);
    bad_users(app, || editor(app).post(USERS));
}

fn search(app: &App) {
    let sample = Sample::prepare(app);
    let ada = json!({"firstName": "Ada", "lastName": "Grant", "email": "ada@example.com", "sourceId": "1", "source": "crm"});
    let ada = super::samples::create(&admin(app), USERS, &ada);
    let grace = sample.user;
    let path = format!("{USERS}/search");
    for (body, expected) in [
        (json!({}), vec![grace, ada]),
        (json!({"login": "GRACE"}), vec![grace]),
        (json!({"login": "grac"}), vec![]),
        (json!({"email": "ADA@example.com"}), vec![ada]),
        (json!({"firstName": "A"}), vec![grace, ada]),
        (json!({"lastName": "GRA"}), vec![ada]),
        (
            json!({"firstName": "", "lastName": "", "login": "", "email": ""}),
            vec![grace, ada],
        ),
        (json!({"parent": {"id": sample.group}}), vec![grace]),
        (
            json!({"parent": {"sourceId": "erp-1005", "source": "erp"}}),
            vec![grace],
        ),
        (json!({"parent": {}}), vec![ada]),
        (json!({"parent": {"id": 99}}), vec![]),
        (json!({"sourceId": USER_KEY}), vec![grace]),
        (json!({"source": "crm"}), vec![ada]),
        (json!({"sourceId": "1", "source": "erp"}), vec![]),
    ] {
        let answer = reader(app).post(&path).json(&body).send().expect(200);
        assert_eq!(each(&answer, "id"), expected, "{body}");
    }
    let second = reader(app)
        .post(&path)
        .json(&json!({"page": 2, "offset": 1}))
        .send()
        .expect(200);
    assert_eq!(
        (each(&second, "id"), second.at("/itemsFound")),
        (vec![json!(ada)], &json!(2))
    );
}

fn search_invalid(app: &App) {
    bad_searches(app, USERS);
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    for path in [
        by(USERS, "id", &sample.user.to_string()),
        by(USERS, "sourceId", USER_KEY),
        format!("{}?source=erp", by(USERS, "sourceId", USER_KEY)),
    ] {
        let answer = reader(app).get(&path).send().expect(200);
        let expected = json!({"data": shown(&sample), "messages": [], "total": 1});
        assert_eq!(answer.json(), &expected, "{path}");
    }
    let path = by(USERS, "sourceId", USER_KEY);
    let expanded = reader(app)
        .get(&path)
        .query("expands", "sources")
        .send()
        .expect(200);
    let keys = json!([{"sourceId": USER_KEY, "source": "erp"}]);
    assert_eq!(expanded.at("/data/sources"), &keys);
}

fn update(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERS, "id", &sample.user.to_string());
    let set = json!({
        "debtorId": "1", "title": "Dr", "dateOfBirth": "1906-12-09", "gender": "f", "company": "Navy",
        "taxNumber": "2", "cocNumber": "3", "phone": "4", "primaryLanguage": "EN", "fullName": "Grace Hopper",
    });
    let answer = editor(app).patch(&path).json(&set).send().expect(200);
    let mut expected = shown(&sample);
    for (name, value) in set.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(
        (answer.at("/messages"), answer.at("/total")),
        (&json!(["User updated"]), &json!(1))
    );
    // What GET answers can be sent back.
    unchanged(app, || {
        let same = editor(app)
            .patch(&path)
            .json(answer.at("/data"))
            .send()
            .expect(200);
        assert_eq!(same.header("etag"), answer.header("etag"));
        editor(app).patch(&path).json(&json!({})).send().expect(200);
    });
    let names = [
        "debtorId",
        "title",
        "dateOfBirth",
        "company",
        "taxNumber",
        "cocNumber",
        "phone",
        "primaryLanguage",
        "fullName",
    ];
    let mut clear = json!({"gender": "u", "email": "", "login": ""});
    for name in names {
        clear[name] = "".into();
    }
    let answer = editor(app).patch(&path).json(&clear).send().expect(200);
    let mut expected = shown(&sample);
    expected["email"] = "".into();
    expected["login"] = answer.at("/data/login").clone();
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(answer.text("/data/login").len(), 36, "no address to fall back to");
}

fn update_parent(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERS, "id", &sample.user.to_string());
    let version = |group: i64| {
        let path = by(USERGROUPS, "id", &group.to_string());
        reader(app).get(&path).send().header("etag").trim_matches('"')[..1].to_owned()
    };
    let to = |parent: Value| {
        editor(app)
            .patch(&path)
            .json(&json!({"parent": parent}))
            .send()
            .expect(200)
    };
    let before = reader(app).get(&path).send().header("etag");
    assert_eq!(version(sample.group), "2", "he came");
    let answer = to(json!({"id": sample.top}));
    assert_eq!(answer.at("/data/parent"), &json!({"id": sample.top}));
    assert_ne!(answer.header("etag"), before, "the tag covers the parent");
    assert_eq!(
        (version(sample.group), version(sample.top)),
        ("3".to_owned(), "2".to_owned())
    );
    let stale = editor(app)
        .patch(&path)
        .json(&json!({"title": "Dr"}))
        .header("If-Match", &before);
    stale.send().expect(200);
    let answer = to(json!({"sourceId": "erp-1005"}));
    assert_eq!(answer.at("/data/parent"), &json!({"id": sample.group}));
    assert_eq!(to(json!({})).at("/data/parent"), &json!({}));
    assert_eq!(read(&reader(app), USERS, sample.user)["parent"], json!({}));
}

fn update_taken(app: &App) {
    Sample::prepare(app);
    let other = super::samples::create(&admin(app), USERS, &json!({"login": "ada"}));
    let path = by(USERS, "id", &other.to_string());
    unchanged(app, || {
        for body in [
            json!({"sourceId": USER_KEY, "source": "erp"}),
            json!({"login": "Grace"}),
        ] {
            let answer = editor(app).patch(&path).json(&body).send();
            answer.told_as(400, 70004, &["User already exists"]);
        }
    });
}

fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERS, "id", &sample.user.to_string());
    bad_users(app, || editor(app).patch(&path));
}

fn delete(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERS, "sourceId", USER_KEY);
    let answer = editor(app).delete(&path).send().expect(200);
    assert_eq!(answer.json(), &json!({"data": {}, "messages": ["User deleted"]}));
    let told = format!("User with sourceId [{USER_KEY}] not found");
    editor(app).get(&path).send().told_as(404, 70006, &[&told]);
    // His login and his key are free again.
    let body = json!({"login": "grace", "sourceId": USER_KEY, "source": "erp"});
    let again = super::samples::create(&admin(app), USERS, &body);
    assert!(again > sample.user);
}

fn delete_bound(app: &App) {
    let sample = Sample::prepare(app);
    let found = app.wait(directory::users::get(
        app.directory(),
        &app.wait(credentials::authenticate(
            app.directory(),
            "admin",
            &testkit::app::secret("admin"),
        )),
        &model::users::UserKey::Number(model::ids::UserNumber::new(sample.user).unwrap()),
        model::users::UserParts::default(),
    ));
    let bound = Some(found.user.id);
    app.wait(credentials::create(
        app.directory(),
        "default",
        None,
        Access::Editor,
        bound,
        None,
    ));
    let path = by(USERS, "id", &sample.user.to_string());
    unchanged(app, || {
        let told = "a credential is bound to this user; revoke it first";
        editor(app).delete(&path).send().told_as(400, 10017, &[told]);
    });
}

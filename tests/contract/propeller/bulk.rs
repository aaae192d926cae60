//! Cases of bulk requests.

use super::refusals::{bad_body, fault, forbidden, not_acceptable, too_large, unauthorized, unsupported};
use super::samples::{GROUP_KEY, Sample, USER_KEY, admin, editor, read};
use crate::Case;
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{Answer, USERGROUPS, USERS, by};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "bulkUsergroupsById", status: 200, name: "each item for itself", run: groups_by_id },
    Case { operation: "bulkUsergroupsById", status: 200, name: "directives", run: groups_directed },
    Case { operation: "bulkUsergroupsById", status: 400, name: "lists and items", run: |app| bad_items(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 400, name: "bodies", run: |app| bad_body(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 401, name: "no valid token", run: |app| unauthorized(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 403, name: "a reader", run: |app| forbidden(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 415, name: "another media type", run: |app| unsupported(app, "bulkUsergroupsById") },
    Case { operation: "bulkUsergroupsById", status: 500, name: "fault", run: |app| fault(app, "bulkUsergroupsById", "group_external_id") },

    Case { operation: "bulkUsergroupsBySourceId", status: 200, name: "made and changed", run: groups_by_source_id },
    Case { operation: "bulkUsergroupsBySourceId", status: 200, name: "items that fail", run: groups_failing },
    Case { operation: "bulkUsergroupsBySourceId", status: 400, name: "lists and items", run: |app| bad_items(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 400, name: "bodies", run: |app| bad_body(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 401, name: "no valid token", run: |app| unauthorized(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 403, name: "a reader", run: |app| forbidden(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 415, name: "another media type", run: |app| unsupported(app, "bulkUsergroupsBySourceId") },
    Case { operation: "bulkUsergroupsBySourceId", status: 500, name: "fault", run: |app| fault(app, "bulkUsergroupsBySourceId", "group_external_id") },

    Case { operation: "bulkUsersById", status: 200, name: "each item for itself", run: users_by_id },
    Case { operation: "bulkUsersById", status: 200, name: "directives", run: users_directed },
    Case { operation: "bulkUsersById", status: 400, name: "lists and items", run: |app| bad_items(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 400, name: "bodies", run: |app| bad_body(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 401, name: "no valid token", run: |app| unauthorized(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 403, name: "a reader", run: |app| forbidden(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 415, name: "another media type", run: |app| unsupported(app, "bulkUsersById") },
    Case { operation: "bulkUsersById", status: 500, name: "fault", run: |app| fault(app, "bulkUsersById", "user_external_id") },

    Case { operation: "bulkUsersBySourceId", status: 200, name: "made and changed", run: users_by_source_id },
    Case { operation: "bulkUsersBySourceId", status: 400, name: "lists and items", run: |app| bad_items(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 400, name: "bodies", run: |app| bad_body(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 401, name: "no valid token", run: |app| unauthorized(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 403, name: "a reader", run: |app| forbidden(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 415, name: "another media type", run: |app| unsupported(app, "bulkUsersBySourceId") },
    Case { operation: "bulkUsersBySourceId", status: 500, name: "fault", run: |app| fault(app, "bulkUsersBySourceId", "user_external_id") },
];

fn send(app: &App, path: &str, by: &str, items: &Value, directives: &Value) -> Answer {
    let name = if path == USERS { "users" } else { "usergroups" };
    let body = json!({name: items, "directives": directives});
    let answer = editor(app)
        .post(&format!("{path}/bulk/{by}"))
        .tail("/")
        .json(&body)
        .send()
        .expect(200);
    assert_eq!(answer.at("/messages"), &json!(["Completed"]));
    assert_eq!(answer.at("/total"), &json!(items.as_array().unwrap().len()));
    answer
}

fn done(action: &str, id: &Value, key: &str, by: &str) -> Value {
    json!({"action": action, "id": id, "key": key, "lookupKey": by, "success": true})
}

fn failed(app: &App, key: &str, by: &str, (code, status, kind): (u32, u16, &str), message: &str) -> Value {
    let error = json!({
        "code": code, "messages": [message], "moreInfo": format!("{}/docs/errors/{code}", app.url()),
        "status": status, "type": kind,
    });
    json!({"key": key, "lookupKey": by, "success": false, "error": error})
}

fn groups_by_id(app: &App) {
    let sample = Sample::prepare(app);
    let before = events(app);
    let items = json!([
        {"id": sample.group, "name": "The Netherlands", "sourceId": "c-1", "source": "crm"},
        {"name": "No key"},
        {"id": 8000, "name": "Nobody"},
        {"id": sample.top, "parent": {"id": sample.group}},
        {"id": sample.top, "office": "Utrecht", "parent": {}},
        {"id": sample.top, "office": "Utrecht"},
        {"id": sample.top, "sourceId": "alone"},
        {"sourceId": GROUP_KEY, "source": "erp"},
    ]);
    let answer = send(app, USERGROUPS, "id", &items, &json!([]));
    let top = sample.top.to_string();
    let missing = |key: &str| {
        failed(
            app,
            key,
            "id",
            (10016, 400, "LookupKeyNotFound"),
            "id is required",
        )
    };
    let invalid = (10017, 400, "PayloadValidationError");
    let expected = json!([
        done("update", &json!(sample.group), &sample.group.to_string(), "id"),
        missing(""),
        failed(
            app,
            "8000",
            "id",
            (20006, 404, "UsergroupNotFound"),
            "Usergroup with id [8000] not found"
        ),
        failed(
            app,
            &top,
            "id",
            invalid,
            "parent must not be the group itself or one of its descendants"
        ),
        done("update", &json!(sample.top), &top, "id"),
        done("update", &json!(sample.top), &top, "id"),
        failed(app, &top, "id", invalid, "source is required with `sourceId`"),
        missing(""),
    ]);
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(
        events(app),
        before + 2,
        "one for each item that changed something"
    );
    let group = editor(app)
        .get(&by(USERGROUPS, "sourceId", "c-1"))
        .send()
        .expect(200);
    assert_eq!(group.text("/data/name"), "The Netherlands");
}

fn groups_directed(app: &App) {
    let sample = Sample::prepare(app);
    let directives = json!([
        {"operation": "skipIfNotEmpty", "fields": ["name", "notes", "sourceId", "parent", "budget", "nothing"]},
        {"operation": "skipMoveOnUpdate", "fields": []},
    ]);
    let item = |id: i64| {
        json!({"id": id, "name": "new", "notes": "new", "office": "new", "parent": {"id": 99}, "budget": "Y",
               "sourceId": "new", "source": "erp"})
    };
    let answer = send(app, USERGROUPS, "id", &json!([item(sample.group)]), &directives);
    assert_eq!(answer.at("/data/0/success"), true, "{}", answer.told());
    let group = read(&editor(app), USERGROUPS, sample.group);
    let seen = ["name", "notes", "office", "sourceId", "budget"].map(|name| group[name].clone());
    assert_eq!(seen, ["Netherlands", "new", "new", GROUP_KEY, "N"]);
    assert_eq!(group["parent"], json!({"id": sample.top}));
    // What is empty is filled, a parent too if only that is said.
    let filled = json!([{"operation": "skipIfNotEmpty", "fields": ["parent", "sourceId", "source"]}]);
    let other = super::samples::create(&admin(app), USERGROUPS, &json!({}));
    let mut item = item(sample.top);
    item["parent"] = json!({"id": other});
    send(app, USERGROUPS, "id", &json!([item]), &filled);
    let top = read(&editor(app), USERGROUPS, sample.top);
    assert_eq!(
        (&top["parent"]["id"], &top["sourceId"]),
        (&json!(other), &json!("new"))
    );
    // A new object takes everything.
    let new = json!([{"sourceId": "n", "source": "erp", "name": "n", "parent": {"id": other}}]);
    let answer = send(app, USERGROUPS, "sourceId", &new, &directives);
    let made = read(
        &editor(app),
        USERGROUPS,
        answer.at("/data/0/id").as_i64().unwrap(),
    );
    assert_eq!(
        (&made["name"], &made["parent"]["id"]),
        (&json!("n"), &json!(other))
    );
}

fn groups_by_source_id(app: &App) {
    let sample = Sample::prepare(app);
    let before = events(app);
    let items = json!([
        {"language": "DE", "name": "Netherlands", "sourceId": GROUP_KEY, "source": "erp", "id": 99},
        {"language": "BE", "name": "Belgium", "parent": {"sourceId": GROUP_KEY, "source": "erp"},
         "sourceId": "erp-1006", "source": "erp"},
        {"name": "Brussels", "parent": {"sourceId": "erp-1006"}, "sourceId": "erp-1007", "source": ""},
    ]);
    let answer = send(app, USERGROUPS, "sourceId", &items, &json!([]));
    let expected = json!([
        done("update", &json!(sample.group), GROUP_KEY, "sourceId"),
        done("create", answer.at("/data/1/id"), "erp-1006", "sourceId"),
        done("create", answer.at("/data/2/id"), "erp-1007", "sourceId"),
    ]);
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(events(app), before + 3);
    let group = read(&editor(app), USERGROUPS, sample.group);
    assert_eq!(group["language"], "DE", "the language is no part of the key");
    let belgium = answer.at("/data/1/id").as_i64().unwrap();
    assert_eq!(
        read(&editor(app), USERGROUPS, belgium)["parent"]["id"],
        sample.group
    );
    let brussels = read(
        &editor(app),
        USERGROUPS,
        answer.at("/data/2/id").as_i64().unwrap(),
    );
    assert_eq!(
        (&brussels["parent"]["id"], &brussels["source"]),
        (&json!(belgium), &json!(""))
    );
    unchanged(app, || {
        let again = send(app, USERGROUPS, "sourceId", &items, &json!([]));
        assert_eq!(super::samples::each(&again, "action"), ["update"; 3]);
    });
}

fn groups_failing(app: &App) {
    let sample = Sample::prepare(app);
    let path = by(USERGROUPS, "id", &sample.group.to_string());
    admin(app).delete(&path).send().expect(200);
    for source in ["a", "b"] {
        let body = json!({"sourceId": "twice", "source": source});
        super::samples::create(&admin(app), USERGROUPS, &body);
    }
    let required = "sourceId and source are required";
    let missing = (10016, 400, "LookupKeyNotFound");
    let invalid = (10017, 400, "PayloadValidationError");
    let items = json!([
        {"sourceId": "x"}, {"source": "x"}, {}, {"id": sample.top},
        {"sourceId": GROUP_KEY, "source": "erp"},
        {"sourceId": "1", "source": "erp", "parent": {"sourceId": "twice"}},
        {"sourceId": "1", "source": "erp", "parent": {"source": "a"}},
        {"sourceId": "1", "source": "erp", "name": "made after all"},
    ]);
    let answer = send(app, USERGROUPS, "sourceId", &items, &json!([]));
    let none = failed(app, "", "sourceId", missing, required);
    let expected = json!([
        none,
        none,
        none,
        none,
        failed(
            app,
            GROUP_KEY,
            "sourceId",
            (20004, 400, "UsergroupExists"),
            "Usergroup already exists"
        ),
        failed(
            app,
            "1",
            "sourceId",
            invalid,
            "parent must be the key of one group only"
        ),
        failed(
            app,
            "1",
            "sourceId",
            invalid,
            "parent/sourceId is required with `source`"
        ),
        done("create", answer.at("/data/7/id"), "1", "sourceId"),
    ]);
    assert_eq!(answer.at("/data"), &expected);
}

fn users_by_id(app: &App) {
    let sample = Sample::prepare(app);
    let before = events(app);
    let items = json!([
        {"id": sample.user, "title": "Dr", "parent": {"id": sample.top}},
        {"id": 8000, "title": "Dr"},
        {"title": "Dr"},
        {"id": sample.user, "parent": {"source": "erp"}},
    ]);
    let answer = send(app, USERS, "id", &items, &json!([]));
    let user = sample.user.to_string();
    let expected = json!([
        done("update", &json!(sample.user), &user, "id"),
        failed(
            app,
            "8000",
            "id",
            (70006, 404, "UserNotFound"),
            "User with id [8000] not found"
        ),
        failed(app, "", "id", (10016, 400, "LookupKeyNotFound"), "id is required"),
        failed(
            app,
            &user,
            "id",
            (10017, 400, "PayloadValidationError"),
            "parent/sourceId is required with `source`"
        ),
    ]);
    assert_eq!(answer.at("/data"), &expected);
    assert_eq!(events(app), before + 1);
    let shown = read(&editor(app), USERS, sample.user);
    assert_eq!(
        (&shown["title"], &shown["parent"]["id"]),
        (&json!("Dr"), &json!(sample.top))
    );
}

fn users_directed(app: &App) {
    let sample = Sample::prepare(app);
    let directives = json!([
        {"operation": "skipIfNotEmpty", "fields": ["firstName", "title", "gender", "login"]},
        {"operation": "skipMoveOnUpdate", "fields": []},
    ]);
    let item = json!([{
        "id": sample.user, "firstName": "new", "lastName": "new", "title": "new", "gender": "f", "login": "new",
        "parent": {"id": sample.top},
    }]);
    send(app, USERS, "id", &item, &directives);
    let shown = read(&editor(app), USERS, sample.user);
    let seen = ["firstName", "lastName", "title", "gender", "login"].map(|name| shown[name].clone());
    assert_eq!(seen, ["Grace", "new", "new", "f", "grace"]);
    assert_eq!(shown["parent"]["id"], sample.group);
}

fn users_by_source_id(app: &App) {
    let sample = Sample::prepare(app);
    let items = json!([
        {"sourceId": USER_KEY, "source": "erp", "title": "Dr"},
        {"sourceId": "erp-8", "source": "erp", "firstName": "Ada", "parent": {"id": sample.group}},
        {"sourceId": "erp-9", "source": "erp", "login": "GRACE"},
        {"sourceId": "erp-9"},
    ]);
    // The vendor's own directives.
    let directives = json!([
        {"operation": "skipIfNotEmpty", "fields": ["name"]},
        {"operation": "skipMoveOnUpdate", "fields": []},
    ]);
    let answer = send(app, USERS, "sourceId", &items, &directives);
    let expected = json!([
        done("update", &json!(sample.user), USER_KEY, "sourceId"),
        done("create", answer.at("/data/1/id"), "erp-8", "sourceId"),
        failed(
            app,
            "erp-9",
            "sourceId",
            (70004, 400, "UserExists"),
            "User already exists"
        ),
        failed(
            app,
            "",
            "sourceId",
            (10016, 400, "LookupKeyNotFound"),
            "sourceId and source are required"
        ),
    ]);
    assert_eq!(answer.at("/data"), &expected);
    let ada = read(&editor(app), USERS, answer.at("/data/1/id").as_i64().unwrap());
    assert_eq!(ada["parent"]["id"], sample.group);
}

/// What breaks the schema makes the whole request 400.
fn bad_items(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let name = if operation.contains("Usergroups") {
        "usergroups"
    } else {
        "users"
    };
    let good = json!({"id": 1, "sourceId": "1", "source": "1"});
    let many = vec![good.clone(); 501];
    unchanged(app, || {
        for body in [
            json!({}),
            json!({name: null}),
            json!({name: {}}),
            json!({name: []}),
            json!({name: [1]}),
            json!({name: [null]}),
            json!({name: many}),
            json!({name: [good, {"id": 0}]}),
            json!({name: [good, {"id": "1"}]}),
            json!({name: [good, {"id": 9_007_199_254_740_992_i64}]}),
            json!({name: [good, {"sourceId": ""}]}),
            json!({name: [good, {"parent": null}]}),
            json!({name: [good, {"parent": {"id": 0}}]}),
            json!({name: [good], "directives": {}}),
            json!({name: [good], "directives": [{"operation": "skip", "fields": []}]}),
            json!({name: [good], "directives": [{"operation": "skipIfNotEmpty"}]}),
            json!({name: [good], "directives": [{"operation": "skipIfNotEmpty", "fields": [""]}]}),
            json!({name: [good], "directives": vec![json!({"operation": "skipMoveOnUpdate", "fields": []}); 11]}),
        ] {
            let answer = request.clone().json(&body).send();
            answer.refused(400, "10007");
        }
    });
    let full = json!({name: vec![good; 500]});
    assert_eq!(request.json(&full).send().expect(200).at("/total"), 500);
}

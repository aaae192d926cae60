//! Cases of groups themselves.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{CODE, Sample, create_account, create_group, ids, members, person};
use crate::Case;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{GROUPS, account, group};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listGroups", status: 200, name: "pages show groups with their users", run: list },
    Case { operation: "listGroups", status: 400, name: "parameters", run: list_invalid },
    Case { operation: "listGroups", status: 401, name: "no valid token", run: |app| unauthorized(app, "listGroups") },
    Case { operation: "listGroups", status: 403, name: "another tenant", run: |app| forbidden(app, "listGroups") },
    Case { operation: "listGroups", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listGroups") },
    Case { operation: "listGroups", status: 500, name: "fault", run: |app| fault(app, "listGroups", "directory_group") },

    Case { operation: "createGroup", status: 200, name: "all members", run: create },
    Case { operation: "createGroup", status: 200, name: "nothing given", run: create_empty },
    Case { operation: "createGroup", status: 200, name: "users, new and known", run: create_with_users },
    Case { operation: "createGroup", status: 400, name: "members", run: create_invalid },
    Case { operation: "createGroup", status: 400, name: "bodies", run: |app| bad_body(app, "createGroup") },
    Case { operation: "createGroup", status: 400, name: "users", run: create_invalid_users },
    Case { operation: "createGroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "createGroup") },
    Case { operation: "createGroup", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "createGroup") },
    Case { operation: "createGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "createGroup") },
    Case { operation: "createGroup", status: 409, name: "users and roles that there are not", run: create_contradicting_users },
    Case { operation: "createGroup", status: 409, name: "the code is taken", run: create_twice },
    Case { operation: "createGroup", status: 409, name: "a new user's name or identifier is taken", run: create_known_user },
    Case { operation: "createGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createGroup") },
    Case { operation: "createGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createGroup") },
    Case { operation: "createGroup", status: 500, name: "fault", run: |app| fault(app, "createGroup", "directory_group") },

    Case { operation: "getGroup", status: 200, name: "the group as it was created", run: get },
    Case { operation: "getGroup", status: 304, name: "still the same", run: get_again },
    Case { operation: "getGroup", status: 400, name: "parameters", run: get_invalid },
    Case { operation: "getGroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "getGroup") },
    Case { operation: "getGroup", status: 403, name: "another tenant", run: |app| forbidden(app, "getGroup") },
    Case { operation: "getGroup", status: 404, name: "no such code", run: |app| absent(app, "getGroup") },
    Case { operation: "getGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getGroup") },
    Case { operation: "getGroup", status: 500, name: "fault", run: |app| fault(app, "getGroup", "directory_group") },

    Case { operation: "updateGroup", status: 200, name: "all members are replaced", run: update },
    Case { operation: "updateGroup", status: 400, name: "members", run: update_invalid },
    Case { operation: "updateGroup", status: 400, name: "bodies", run: |app| bad_body(app, "updateGroup") },
    Case { operation: "updateGroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "updateGroup") },
    Case { operation: "updateGroup", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "updateGroup") },
    Case { operation: "updateGroup", status: 404, name: "no such code", run: |app| absent(app, "updateGroup") },
    Case { operation: "updateGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "updateGroup") },
    Case { operation: "updateGroup", status: 409, name: "a new user's name is taken", run: update_known_user },
    Case { operation: "updateGroup", status: 412, name: "another version", run: |app| stale(app, "updateGroup") },
    Case { operation: "updateGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateGroup") },
    Case { operation: "updateGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateGroup") },
    Case { operation: "updateGroup", status: 500, name: "fault", run: |app| fault(app, "updateGroup", "directory_group") },

    Case { operation: "deleteGroup", status: 200, name: "its code is free again", run: delete },
    Case { operation: "deleteGroup", status: 400, name: "parameters", run: delete_invalid },
    Case { operation: "deleteGroup", status: 401, name: "no valid token", run: |app| unauthorized(app, "deleteGroup") },
    Case { operation: "deleteGroup", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "deleteGroup") },
    Case { operation: "deleteGroup", status: 404, name: "no such code", run: |app| absent(app, "deleteGroup") },
    Case { operation: "deleteGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "deleteGroup") },
    Case { operation: "deleteGroup", status: 412, name: "another version", run: |app| stale(app, "deleteGroup") },
    Case { operation: "deleteGroup", status: 500, name: "fault", run: |app| fault(app, "deleteGroup", "membership") },
];

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let second = create_group(app.admin(), &json!({"groupCode": "second"}));
    let answer = app.reader().get(GROUPS).send().expect(200);
    let first = app.reader().get(&group(CODE)).send().expect(200).json().clone();
    assert_eq!(ids(&first["users"]), [sample.member]);
    let page =
        json!({"startIndex": 0, "pageSize": 100, "pageCount": 1, "totalCount": 2, "items": [first, second]});
    assert_eq!(answer.json(), &page);
    assert_eq!(answer.reply.header("etag"), None);
}

fn list_invalid(app: &App) {
    let list = app.reader().get(GROUPS);
    for (name, value) in [
        ("pageSize", "0"),
        ("startIndex", "-1"),
        ("filter", "x"),
        ("sortBy", "x"),
        ("responseFields", "x\u{1}"),
    ] {
        list.clone().query(name, value).send().invalid(&[name]);
    }
    list.clone()
        .header("x-vol-tenant", "one")
        .send()
        .invalid(&["x-vol-tenant"]);
    list.query("pageSize", "0")
        .query("startIndex", "x")
        .query("responseFields", "\u{1}")
        .send()
        .refused(400, "MISSING_OR_INVALID_PARAMETER");
}

fn create(app: &App) {
    let body = json!({
        "groupCode": "content-editors", "scopeTypeId": 1, "scopeId": -7, "name": "Content editors",
        "description": "Everyone who may edit\tthe shop's pages", "users": null,
    });
    let answer = app.editor().post(GROUPS).json(&body).send().expect(200);
    let at = "2026-11-22T12:00:00Z";
    let by = json!({"updateDate": at, "createDate": at, "updateBy": "editor", "createBy": "editor"});
    let mut expected = body;
    expected["users"] = json!([]);
    expected["auditInfo"] = by;
    assert_eq!(same_instants(answer.json()), expected);
    assert_eq!(answer.reply.header("location"), None);
}

/// Instants without a fraction of zero, however they are written.
fn same_instants(group: &Value) -> Value {
    let mut group = group.clone();
    for name in ["updateDate", "createDate"] {
        let text = group["auditInfo"][name]
            .as_str()
            .unwrap()
            .replace(".000000Z", "Z");
        group["auditInfo"][name] = text.into();
    }
    group
}

fn create_empty(app: &App) {
    let answer = app.editor().post(GROUPS).json(&json!({})).send().expect(200);
    let code = answer.text("/groupCode");
    assert_eq!(
        (code.len(), code.matches('-').count()),
        (36, 4),
        "the group's own UUID: {code}"
    );
    for (pointer, value) in [
        ("/scopeTypeId", Value::Null),
        ("/scopeId", Value::Null),
        ("/name", json!("")),
        ("/description", Value::Null),
        ("/users", json!([])),
    ] {
        assert_eq!(answer.at(pointer), &value, "{pointer}");
    }
    let nulls =
        json!({"groupCode": null, "scopeTypeId": null, "name": null, "description": null, "auditInfo": null});
    let other = app.editor().post(GROUPS).json(&nulls).send().expect(200);
    assert_ne!(other.text("/groupCode"), code);
    assert_eq!(
        app.reader().get(&group(code)).send().expect(200).json(),
        answer.json()
    );
}

fn create_with_users(app: &App) {
    let ada = create_account(app.admin(), "ada");
    let body = json!({"groupCode": "g", "users": [
        {"userName": "grace", "roles": [{"roleId": 2}]}, {"id": ada, "lastName": "ignored", "roles": [{"roleId": 99}]}, {}, {"id": ada},
    ]});
    let answer = app.editor().post(GROUPS).json(&body).send().expect(200);
    let users = answer.at("/users").as_array().unwrap();
    assert_eq!(
        users.len(),
        3,
        "the one who is named twice is in once: {}",
        answer.told()
    );
    assert_eq!(
        users[0],
        *app.reader().get(&account(&ada)).send().expect(200).json(),
        "the oldest comes first"
    );
    assert_eq!(
        (&users[0]["lastName"], &users[0]["roles"]),
        (&json!("Doe"), &json!([]))
    );
    assert_eq!(
        (&users[1]["userName"], &users[1]["roles"][0]["roleName"]),
        (&json!("grace"), &json!("Editor"))
    );
    assert_eq!(
        users[2]["userName"], users[2]["id"],
        "neither name nor address: the id"
    );
    for user in users {
        let alone = app
            .reader()
            .get(&account(user["id"].as_str().unwrap()))
            .send()
            .expect(200);
        assert_eq!(alone.json(), user);
    }
}

fn create_invalid(app: &App) {
    let long = |length: usize| "ä".repeat(length);
    let post = |body: Value| app.editor().post(GROUPS).json(&body).send();
    unchanged(app, || {
        for (body, parameter) in [
            (json!({"groupCode": ""}), "groupCode"),
            (json!({"groupCode": "."}), "groupCode"),
            (json!({"groupCode": ".."}), "groupCode"),
            (json!({"groupCode": "a\tb"}), "groupCode"),
            (json!({"groupCode": long(256)}), "groupCode"),
            (json!({"groupCode": 7}), "groupCode"),
            (json!({"name": long(256)}), "name"),
            (json!({"name": "a\u{0}b"}), "name"),
            (json!({"name": "a\u{b}b"}), "name"),
            (json!({"name": "a\u{ffff}b"}), "name"),
            (json!({"name": true}), "name"),
            (json!({"description": long(4001)}), "description"),
            (json!({"scopeTypeId": "1"}), "scopeTypeId"),
            (json!({"scopeId": 2_147_483_648_i64}), "scopeId"),
            (json!({"scopeId": 1.5}), "scopeId"),
            (json!({"users": {}}), "users"),
            (json!({"users": ["x"]}), "users/0"),
            (json!({"auditInfo": {"createBy": 1}}), "auditInfo/createBy"),
        ] {
            post(body).invalid(&[parameter]);
        }
        let both = post(json!({"name": long(256), "groupCode": "", "users": [{}, {"emailAddress": ""}]}));
        both.invalid(&["groupCode", "name", "users/1/emailAddress"]);
    });
    let fits = json!({"groupCode": long(255), "name": long(255), "description": long(4000), "scopeId": 1.0});
    assert_eq!(post(fits).expect(200).at("/scopeId"), 1);
}

fn create_invalid_users(app: &App) {
    let too_many: Vec<Value> = (0..1001).map(|_| json!({})).collect();
    let post = |users: Value| {
        app.editor()
            .post(GROUPS)
            .json(&json!({"groupCode": "g", "users": users}))
            .send()
    };
    unchanged(app, || {
        for (users, parameter) in [
            (json!([{"id": "x"}]), "users/0/id"),
            (json!([{"id": ""}]), "users/0/id"),
            (json!([{"roles": [{"roleId": 0}]}]), "users/0/roles/0/roleId"),
            (json!([{"isActive": null}]), "users/0/isActive"),
            (json!([{"colour": 1}]), "users/0/colour"),
            (
                json!([{"roles": [{"roleId": 1, "roleTags": ["a", "b\u{1}"]}]}]),
                "users/0/roles/0/roleTags/1",
            ),
            (json!(too_many), "users"),
        ] {
            post(users).invalid(&[parameter]);
        }
    });
}

fn create_contradicting_users(app: &App) {
    let known = create_account(app.admin(), "ada");
    let unknown = "01a203ab-07b4-7b1e-8c55-41d7e0a96f02";
    let post = |users: Value| {
        app.editor()
            .post(GROUPS)
            .json(&json!({"groupCode": "g", "users": users}))
            .send()
    };
    unchanged(app, || {
        for (users, parameter) in [
            (
                json!([{"userName": "new"}, {"id": known}, {"id": unknown}]),
                "users/2/id",
            ),
            (json!([{"roles": [{"roleId": 4}]}]), "users/0/roles/0/roleId"),
            (json!([{"roles": [{}]}]), "users/0/roles/0/roleId"),
            (
                json!([{"roles": [{"roleId": 1}, {"roleId": 1}]}]),
                "users/0/roles/1",
            ),
        ] {
            post(users).contradicts(&[parameter]);
        }
    });
}

fn create_twice(app: &App) {
    Sample::prepare(app);
    unchanged(app, || {
        let body = json!({"groupCode": CODE, "name": "Another", "users": [{"userName": "new"}]});
        app.editor()
            .post(GROUPS)
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
    });
    create_group(app.editor(), &json!({"groupCode": "Staff", "name": "Staff"}));
}

fn create_known_user(app: &App) {
    let user = json!({"emailAddress": "ada@example.com", "userName": "Ada", "externalId": "hr-1"});
    create_group(app.admin(), &json!({"users": [user]}));
    let post = |users: Value| {
        app.editor()
            .post(GROUPS)
            .json(&json!({"groupCode": "g", "users": users}))
            .send()
    };
    unchanged(app, || {
        post(json!([{"userName": "aDA"}])).refused(409, "ITEM_ALREADY_EXISTS");
        post(json!([{"externalId": "hr-1"}])).refused(409, "ITEM_ALREADY_EXISTS");
        post(json!([{"userName": "x"}, {"userName": "X"}])).refused(409, "ITEM_ALREADY_EXISTS");
    });
    post(json!([{"emailAddress": "ada@example.com", "externalId": "HR-1"}])).expect(200);
}

fn get(app: &App) {
    let body = json!({"groupCode": "g", "name": "G", "users": [{"userName": "ada"}]});
    let created = app.admin().post(GROUPS).json(&body).send().expect(200);
    let got = app.reader().get(&group("g")).send().expect(200);
    assert_eq!((got.json(), got.etag()), (created.json(), created.etag()));
}

fn get_again(app: &App) {
    Sample::prepare(app);
    let etag = app.reader().get(&group(CODE)).send().expect(200).etag();
    let again = app
        .reader()
        .get(&group(CODE))
        .header("If-None-Match", &etag)
        .send()
        .expect(304);
    assert_eq!(again.etag(), etag);
}

fn get_invalid(app: &App) {
    Sample::prepare(app);
    let get = app.reader().get(&group(CODE));
    get.clone()
        .query("responseFields", "nothing\u{1}")
        .send()
        .invalid(&["responseFields"]);
    get.header("x-vol-tenant", "0").send().invalid(&["x-vol-tenant"]);
    app.reader()
        .get(&group(&"a".repeat(256)))
        .send()
        .invalid(&["groupCode"]);
}

/// 404: the code is not known, or it is spelled otherwise.
pub fn absent(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    app.admin().delete(&group(CODE)).send().expect(200);
    let other = create_group(app.admin(), &json!({"groupCode": "STAFF"}));
    unchanged(app, || {
        let answer = sample.request(app.admin(), operation).send();
        answer.refused(404, "ITEM_NOT_FOUND");
        assert!(
            answer.text("/message").contains(CODE),
            "the message names the code: {}",
            answer.told()
        );
    });
    assert_eq!(other["groupCode"], "STAFF");
}

fn update(app: &App) {
    let sample = Sample::prepare(app);
    app.advance(60);
    let body = json!({"groupCode": CODE, "scopeTypeId": 2, "scopeId": 3, "name": "Crew", "description": "All hands"});
    let first = app.editor().put(&group(CODE)).json(&body).send().expect(200);
    for name in ["groupCode", "scopeTypeId", "scopeId", "name", "description"] {
        assert_eq!(first.json()[name], body[name], "{name}");
    }
    let by = first.at("/auditInfo");
    assert_eq!(
        (&by["createBy"], &by["updateBy"]),
        (&json!("admin"), &json!("editor"))
    );
    assert!(by["updateDate"].as_str() > by["createDate"].as_str(), "{by}");
    let second = app.editor().put(&group(CODE)).json(&json!({})).send().expect(200);
    for (name, value) in [
        ("scopeTypeId", Value::Null),
        ("scopeId", Value::Null),
        ("name", json!("")),
        ("description", Value::Null),
    ] {
        assert_eq!(
            second.json()[name],
            value,
            "a member that is left out falls back: {name}"
        );
    }
    assert_eq!(
        members(app.reader(), CODE),
        [sample.member],
        "a PUT without users keeps them"
    );
    assert_eq!(
        app.reader().get(&group(CODE)).send().expect(200).json(),
        second.json()
    );
}

fn update_invalid(app: &App) {
    Sample::prepare(app);
    let put = |body: Value| app.editor().put(&group(CODE)).json(&body).send();
    unchanged(app, || {
        for (body, parameter) in [
            (json!({"groupCode": "other"}), "groupCode"),
            (json!({"groupCode": "STAFF"}), "groupCode"),
            (
                json!({"users": [{"id": "01a203ab-07b4-7b1e-8c55-41d7e0a96f02"}]}),
                "users/0/id",
            ),
            (
                json!({"users": [{"roles": [{"roleId": 99}]}]}),
                "users/0/roles/0/roleId",
            ),
        ] {
            put(body).contradicts(&[parameter]);
        }
        put(json!({"name": "a".repeat(256)})).invalid(&["name"]);
    });
}

fn update_known_user(app: &App) {
    Sample::prepare(app);
    app.admin()
        .post(testkit::kibo::ACCOUNTS)
        .json(&with_name("cleo", "Cleo"))
        .send()
        .expect(200);
    unchanged(app, || {
        let body = json!({"name": "Other", "users": [{"userName": "first"}, {"userName": "CLEO"}]});
        app.editor()
            .put(&group(CODE))
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
    });
}

fn with_name(name: &str, user_name: &str) -> Value {
    let mut person = person(name);
    person["userName"] = user_name.into();
    person
}

fn delete(app: &App) {
    let sample = Sample::prepare(app);
    let answer = app.editor().delete(&group(CODE)).send().expect(200);
    assert_eq!(answer.reply.body, b"");
    app.reader()
        .get(&group(CODE))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    app.editor()
        .delete(&group(CODE))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    app.reader().get(&account(&sample.member)).send().expect(200);
    let again = create_group(app.editor(), &json!({"groupCode": CODE}));
    assert_eq!(
        again["users"],
        json!([]),
        "the new group has nothing of the old one"
    );
}

fn delete_invalid(app: &App) {
    Sample::prepare(app);
    unchanged(app, || {
        app.editor()
            .delete(&group(CODE))
            .header("x-vol-tenant", "01")
            .send()
            .invalid(&["x-vol-tenant"]);
        app.editor()
            .delete(&group(CODE))
            .header("x-vol-tenant", "1.0")
            .send()
            .invalid(&["x-vol-tenant"]);
    });
}

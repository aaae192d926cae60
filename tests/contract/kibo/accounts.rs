//! Cases of accounts.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{CODE, Sample, create_account, create_group, members, person};
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use model::Access;
use model::ids::UserId;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, account, group};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listAccounts", status: 200, name: "pages show accounts", run: list },
    Case { operation: "listAccounts", status: 400, name: "parameters", run: list_invalid },
    Case { operation: "listAccounts", status: 401, name: "no valid token", run: |app| unauthorized(app, "listAccounts") },
    Case { operation: "listAccounts", status: 403, name: "another tenant", run: |app| forbidden(app, "listAccounts") },
    Case { operation: "listAccounts", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listAccounts") },
    Case { operation: "listAccounts", status: 500, name: "fault", run: |app| fault(app, "listAccounts", "user_account") },

    Case { operation: "createAccount", status: 200, name: "all members", run: create },
    Case { operation: "createAccount", status: 200, name: "what is needed", run: create_least },
    Case { operation: "createAccount", status: 400, name: "members", run: create_invalid },
    Case { operation: "createAccount", status: 400, name: "bodies", run: |app| bad_body(app, "createAccount") },
    Case { operation: "createAccount", status: 401, name: "no valid token", run: |app| unauthorized(app, "createAccount") },
    Case { operation: "createAccount", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "createAccount") },
    Case { operation: "createAccount", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "createAccount") },
    Case { operation: "createAccount", status: 409, name: "name or identifier taken", run: create_twice },
    Case { operation: "createAccount", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createAccount") },
    Case { operation: "createAccount", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createAccount") },
    Case { operation: "createAccount", status: 500, name: "fault", run: |app| fault(app, "createAccount", "user_email") },

    Case { operation: "getAccount", status: 200, name: "the account as it was created", run: get },
    Case { operation: "getAccount", status: 304, name: "still the same", run: get_again },
    Case { operation: "getAccount", status: 400, name: "parameters", run: get_invalid },
    Case { operation: "getAccount", status: 401, name: "no valid token", run: |app| unauthorized(app, "getAccount") },
    Case { operation: "getAccount", status: 403, name: "another tenant", run: |app| forbidden(app, "getAccount") },
    Case { operation: "getAccount", status: 404, name: "nobody has the id", run: |app| absent(app, "getAccount") },
    Case { operation: "getAccount", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getAccount") },
    Case { operation: "getAccount", status: 500, name: "fault", run: |app| fault(app, "getAccount", "role_grant") },

    Case { operation: "updateAccount", status: 200, name: "all members are replaced", run: update },
    Case { operation: "updateAccount", status: 400, name: "members", run: update_invalid },
    Case { operation: "updateAccount", status: 400, name: "bodies", run: |app| bad_body(app, "updateAccount") },
    Case { operation: "updateAccount", status: 401, name: "no valid token", run: |app| unauthorized(app, "updateAccount") },
    Case { operation: "updateAccount", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "updateAccount") },
    Case { operation: "updateAccount", status: 404, name: "nobody has the id", run: |app| absent(app, "updateAccount") },
    Case { operation: "updateAccount", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "updateAccount") },
    Case { operation: "updateAccount", status: 409, name: "name or identifier taken", run: update_taken },
    Case { operation: "updateAccount", status: 412, name: "another version", run: |app| stale(app, "updateAccount") },
    Case { operation: "updateAccount", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateAccount") },
    Case { operation: "updateAccount", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateAccount") },
    Case { operation: "updateAccount", status: 500, name: "fault", run: |app| fault(app, "updateAccount", "user_account") },

    Case { operation: "deleteAccount", status: 200, name: "also from its groups", run: delete },
    Case { operation: "deleteAccount", status: 400, name: "parameters", run: delete_invalid },
    Case { operation: "deleteAccount", status: 401, name: "no valid token", run: |app| unauthorized(app, "deleteAccount") },
    Case { operation: "deleteAccount", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "deleteAccount") },
    Case { operation: "deleteAccount", status: 404, name: "nobody has the id", run: |app| absent(app, "deleteAccount") },
    Case { operation: "deleteAccount", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "deleteAccount") },
    Case { operation: "deleteAccount", status: 409, name: "a credential is bound to the user", run: delete_bound },
    Case { operation: "deleteAccount", status: 412, name: "another version", run: |app| stale(app, "deleteAccount") },
    Case { operation: "deleteAccount", status: 500, name: "fault", run: |app| fault(app, "deleteAccount", "membership") },
];

/// An account with a value in every member that a client can set.
pub fn full() -> Value {
    json!({
        "emailAddress": "Grace@Example.com", "userName": "grace", "phoneNumber": "+44 20 7946 0018", "externalId": "hr-1906",
        "localeCode": "en-US", "firstName": "Grace", "lastName": "Hopper", "optInToEmail": true, "optInToTextMessage": false,
        "roles": [
            {"roleId": 1, "assignedInScope": {"type": "Tenant", "id": 1, "name": "Main shop"},
             "roleResources": [{"type": "Page", "id": "home"}, {"type": null, "id": null}], "roleTags": ["pages", ""]},
            {"roleId": 2},
        ],
        "isActive": false, "identityProviderId": "corporate-sso",
    })
}

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let answer = app.reader().get(ACCOUNTS).send().expect(200);
    let one = |id: &str| app.reader().get(&account(id)).send().expect(200).json().clone();
    let items = [one(&sample.member), one(&sample.loner)];
    let page = json!({"startIndex": 0, "pageSize": 20, "pageCount": 1, "totalCount": 2, "items": items});
    assert_eq!(answer.json(), &page);
    let narrowed = app
        .reader()
        .get(ACCOUNTS)
        .query("emailAddress", "BOB@example.com")
        .query("responseGroups", "Full")
        .send();
    assert_eq!(narrowed.expect(200).at("/items"), &json!([one(&sample.loner)]));
}

fn list_invalid(app: &App) {
    let list = app.reader().get(ACCOUNTS);
    let long = "a".repeat(255);
    for (name, value) in [
        ("pageSize", "201"),
        ("startIndex", "1000001"),
        ("filter", "name eq x"),
        ("sortBy", "name"),
        ("emailAddress", long.as_str()),
        ("responseGroups", "a\u{1}"),
    ] {
        list.clone().query(name, value).send().invalid(&[name]);
    }
}

fn create(app: &App) {
    let mut body = full();
    body["password"] = "a long pass phrase".into();
    body["id"] = "01a203ab-07b4-7b1e-8c55-41d7e0a96f02".into();
    body["systemData"] = json!({"isLocked": true});
    let answer = app.editor().post(ACCOUNTS).json(&body).send().expect(200);
    let id = answer.text("/id");
    assert_ne!(
        id, "01a203ab-07b4-7b1e-8c55-41d7e0a96f02",
        "a client cannot choose the id"
    );
    for (name, value) in full()
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "roles")
    {
        assert_eq!(&answer.json()[name], value, "{name}");
    }
    let data = answer.at("/systemData");
    assert_eq!(
        (
            &data["isLocked"],
            &data["remainingLoginAttempts"],
            &data["lastLoginOn"]
        ),
        (&json!(false), &json!(5), &Value::Null)
    );
    assert_eq!(
        (&data["createdOn"], data["createdOn"].is_string()),
        (&data["updatedOn"], true)
    );
    let roles = answer.at("/roles").as_array().unwrap();
    assert_eq!(roles.len(), 2);
    for (role, sent) in roles.iter().zip(full()["roles"].as_array().unwrap()) {
        assert_eq!((&role["userId"], &role["roleId"]), (&json!(id), &sent["roleId"]));
        assert_eq!(
            role["roleName"],
            ["Reader", "Editor"][usize::from(role["roleId"] == 2)]
        );
        assert_eq!(role["auditInfo"]["createBy"], "editor");
        assert_eq!(role["assignedInScope"], sent["assignedInScope"]);
        for name in ["roleResources", "roleTags"] {
            assert_eq!(
                role[name],
                sent.get(name).cloned().unwrap_or_else(|| json!([])),
                "{name}"
            );
        }
    }
}

fn create_least(app: &App) {
    let answer = app
        .editor()
        .post(ACCOUNTS)
        .json(&person("ada"))
        .send()
        .expect(200);
    assert_eq!(
        answer.at("/userName"),
        "ada@example.com",
        "the address is the name"
    );
    assert_eq!(
        (answer.at("/isActive"), answer.at("/roles")),
        (&json!(true), &json!([]))
    );
    for name in [
        "phoneNumber",
        "externalId",
        "localeCode",
        "optInToEmail",
        "optInToTextMessage",
        "identityProviderId",
    ] {
        assert_eq!(answer.json().get(name), Some(&Value::Null), "{name}");
    }
    let mut other = person("ada");
    other["userName"] = "another ada".into();
    other["phoneNumber"] = "".into();
    other["localeCode"] = "".into();
    let other = app.editor().post(ACCOUNTS).json(&other).send().expect(200);
    assert_eq!(
        other.at("/emailAddress"),
        "ada@example.com",
        "addresses may repeat"
    );
    assert_eq!(
        (other.at("/phoneNumber"), other.at("/localeCode")),
        (&Value::Null, &Value::Null)
    );
}

fn create_invalid(app: &App) {
    let with = |name: &str, value: Value| {
        let mut body = person("ada");
        body[name] = value;
        app.editor().post(ACCOUNTS).json(&body).send()
    };
    let role = |role: Value| json!([role]);
    unchanged(app, || {
        let post = |body: Value| app.editor().post(ACCOUNTS).json(&body).send();
        post(json!({"firstName": "a", "lastName": "b"})).invalid(&["emailAddress"]);
        post(json!({"emailAddress": "a", "firstName": null, "lastName": "b"})).invalid(&["firstName"]);
        post(json!({"emailAddress": "", "firstName": "", "lastName": ""})).invalid(&[
            "emailAddress",
            "firstName",
            "lastName",
        ]);
        for (name, value, parameter) in [
            ("emailAddress", json!("a".repeat(255)), "emailAddress"),
            ("userName", json!(""), "userName"),
            ("userName", json!("a".repeat(256)), "userName"),
            ("phoneNumber", json!("1".repeat(65)), "phoneNumber"),
            ("externalId", json!(""), "externalId"),
            ("localeCode", json!("a".repeat(36)), "localeCode"),
            ("password", json!(""), "password"),
            ("optInToEmail", json!("yes"), "optInToEmail"),
            ("isActive", Value::Null, "isActive"),
            ("id", json!("x"), "id"),
            ("systemData", json!({"colour": 1}), "systemData/colour"),
            (
                "systemData",
                json!({"createdOn": "today"}),
                "systemData/createdOn",
            ),
            ("roles", role(json!({"roleId": "2"})), "roles/0/roleId"),
            (
                "roles",
                role(json!({"roleId": 1, "assignedInScope": {"id": "x"}})),
                "roles/0/assignedInScope/id",
            ),
            (
                "roles",
                role(json!({"roleId": 1, "roleResources": [{"type": "a\u{1f}"}]})),
                "roles/0/roleResources/0/type",
            ),
            ("roles", json!(vec![json!({"roleId": 1}); 101]), "roles"),
        ] {
            with(name, value).invalid(&[parameter]);
        }
        for unknown in [json!({"roleId": 99}), json!({})] {
            with("roles", role(unknown)).contradicts(&["roles/0/roleId"]);
        }
    });
}

fn create_twice(app: &App) {
    app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    unchanged(app, || {
        let mut body = person("ada");
        body["userName"] = "GRACE".into();
        app.editor()
            .post(ACCOUNTS)
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
        body["userName"] = "ada".into();
        body["externalId"] = "hr-1906".into();
        app.editor()
            .post(ACCOUNTS)
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
    });
}

fn get(app: &App) {
    let created = app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let got = app.reader().get(&account(created.text("/id"))).send().expect(200);
    assert_eq!((got.json(), got.etag()), (created.json(), created.etag()));
    let upper = app
        .reader()
        .get(&account(&created.text("/id").to_uppercase()))
        .send()
        .expect(200);
    assert_eq!(upper.json(), created.json());
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let get = app.reader().get(&account(&sample.loner));
    let etag = get.send().expect(200).etag();
    assert_eq!(get.header("If-None-Match", &etag).send().expect(304).etag(), etag);
}

fn get_invalid(app: &App) {
    let sample = Sample::prepare(app);
    for id in [
        "x",
        "01a203ab07b47b1e8c5541d7e0a96f02",
        "01a203ab-07b4-7b1e-8c55-41d7e0a96f0g",
        "%20",
    ] {
        app.reader().get(&account(id)).send().invalid(&["userId"]);
    }
    app.reader()
        .get(&account(&sample.loner))
        .query("responseFields", "id\u{1}")
        .send()
        .invalid(&["responseFields"]);
    let both = app
        .reader()
        .get(&account("x"))
        .query("responseFields", "\u{1}")
        .send();
    both.invalid(&["userId", "responseFields"]);
}

/// 404: nobody has the id any more.
pub fn absent(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    app.admin().delete(&account(&sample.loner)).send().expect(200);
    unchanged(app, || {
        let answer = sample.request(app.admin(), operation).send();
        answer.refused(404, "ITEM_NOT_FOUND");
        assert!(
            answer.text("/message").contains(&sample.loner),
            "the message names the id: {}",
            answer.told()
        );
    });
}

fn update(app: &App) {
    let created = app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let path = account(created.text("/id"));
    app.advance(60);
    let body = json!({"emailAddress": "new@example.com", "id": created.text("/id")});
    let updated = app.admin().put(&path).json(&body).send().expect(200);
    assert_ne!(updated.etag(), created.etag());
    assert_eq!(updated.at("/userName"), "new@example.com");
    assert_eq!(
        (updated.at("/isActive"), updated.at("/roles")),
        (&json!(true), created.at("/roles"))
    );
    for name in [
        "phoneNumber",
        "externalId",
        "localeCode",
        "firstName",
        "lastName",
        "optInToEmail",
        "identityProviderId",
    ] {
        assert_eq!(
            updated.json()[name],
            Value::Null,
            "a member that is left out falls back: {name}"
        );
    }
    assert_eq!(
        updated.at("/systemData/createdOn"),
        created.at("/systemData/createdOn")
    );
    assert_ne!(
        updated.at("/systemData/updatedOn"),
        created.at("/systemData/updatedOn")
    );
    let roles = app
        .admin()
        .put(&path)
        .json(&json!({"roles": [{"roleId": 3}]}))
        .send()
        .expect(200);
    assert_eq!(
        (
            roles.at("/roles/0/roleName"),
            roles.at("/roles").as_array().unwrap().len()
        ),
        (&json!("Admin"), 1)
    );
    assert_eq!(
        roles.at("/userName"),
        roles.at("/id"),
        "neither name nor address: the id"
    );
    let none = app
        .admin()
        .put(&path)
        .json(&json!({"roles": []}))
        .send()
        .expect(200);
    assert_eq!(none.at("/roles"), &json!([]));
    assert_eq!(app.reader().get(&path).send().expect(200).json(), none.json());
}

fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    let put = |body: Value| app.editor().put(&account(&sample.loner)).json(&body).send();
    unchanged(app, || {
        put(json!({"id": sample.member})).contradicts(&["id"]);
        put(json!({"id": "x"})).invalid(&["id"]);
        put(json!({"emailAddress": ""})).invalid(&["emailAddress"]);
        put(json!({"roles": [{"roleId": 1}, {"roleId": 4}]})).contradicts(&["roles/1/roleId"]);
        put(json!({"roles": [{"roleId": 1}, {"roleId": 1, "roleTags": ["x"]}]})).contradicts(&["roles/1"]);
        app.editor()
            .put(&account("x"))
            .json(&json!({"localeCode": "a".repeat(36)}))
            .send()
            .invalid(&["userId", "localeCode"]);
    });
}

fn update_taken(app: &App) {
    let sample = Sample::prepare(app);
    app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let put = |body: Value| app.editor().put(&account(&sample.loner)).json(&body).send();
    unchanged(app, || {
        put(json!({"userName": "Grace"})).refused(409, "ITEM_ALREADY_EXISTS");
        put(json!({"userName": "bob", "externalId": "hr-1906"})).refused(409, "ITEM_ALREADY_EXISTS");
    });
}

fn delete(app: &App) {
    let sample = Sample::prepare(app);
    let etag = app.reader().get(&group(CODE)).send().expect(200).etag();
    let answer = app.editor().delete(&account(&sample.member)).send().expect(200);
    assert_eq!(answer.reply.body, b"");
    app.reader()
        .get(&account(&sample.member))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    assert_eq!(members(app.reader(), CODE), Vec::<String>::new());
    assert_ne!(app.reader().get(&group(CODE)).send().expect(200).etag(), etag);
    assert_ne!(
        create_account(app.editor(), "ada"),
        sample.member,
        "the name is free again"
    );
    create_group(
        app.editor(),
        &json!({"groupCode": "g", "users": [{"id": sample.loner}]}),
    );
}

/// A user whom a credential acts for stays as long as the credential is valid.
fn delete_bound(app: &App) {
    let sample = Sample::prepare(app);
    let user = Some(UserId(sample.loner.parse().unwrap()));
    let id = Some("acting".to_owned());
    app.wait(credentials::create(
        app.directory(),
        "default",
        id,
        Access::Editor,
        user,
        Some(testkit::app::secret("acting")),
    ));
    let acting = app.client("acting", &testkit::app::secret("acting"));
    let group = create_group(&acting, &json!({"groupCode": "g"}));
    assert_eq!(
        group["auditInfo"]["createBy"], sample.loner,
        "the user is who did it"
    );
    let delete = app.editor().delete(&account(&sample.loner));
    unchanged(app, || delete.send().refused(409, "VALIDATION_CONFLICT").told());
    app.wait(credentials::revoke(app.directory(), "acting"));
    delete.send().expect(200);
}

fn delete_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        app.editor().delete(&account("me")).send().invalid(&["userId"]);
        app.editor()
            .delete(&account(&sample.loner))
            .header("x-vol-tenant", "1.0")
            .send()
            .invalid(&["x-vol-tenant"]);
    });
}

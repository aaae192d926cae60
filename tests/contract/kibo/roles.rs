//! Cases of roles: the tenant's, and those of an account.

use super::accounts::{absent, full};
use super::refusals::{fault, forbidden, not_acceptable, stale, unauthorized};
use super::samples::Sample;
use crate::Case;
use crate::database::unchanged;
use directory::audit;
use model::Dialect;
use model::error::Kind;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, Client, ROLES, account};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listRoles", status: 200, name: "the roles that every tenant has", run: list },
    Case { operation: "listRoles", status: 200, name: "pages and filters", run: pages_and_filters },
    Case { operation: "listRoles", status: 400, name: "parameters", run: list_invalid },
    Case { operation: "listRoles", status: 401, name: "no valid token", run: |app| unauthorized(app, "listRoles") },
    Case { operation: "listRoles", status: 403, name: "another tenant", run: |app| forbidden(app, "listRoles") },
    Case { operation: "listRoles", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listRoles") },
    Case { operation: "listRoles", status: 500, name: "fault", run: |app| fault(app, "listRoles", "role") },

    Case { operation: "listAccountRoles", status: 200, name: "as the account shows them", run: held },
    Case { operation: "listAccountRoles", status: 400, name: "parameters", run: held_invalid },
    Case { operation: "listAccountRoles", status: 401, name: "no valid token", run: |app| unauthorized(app, "listAccountRoles") },
    Case { operation: "listAccountRoles", status: 403, name: "another tenant", run: |app| forbidden(app, "listAccountRoles") },
    Case { operation: "listAccountRoles", status: 404, name: "nobody has the id", run: |app| absent(app, "listAccountRoles") },
    Case { operation: "listAccountRoles", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listAccountRoles") },
    Case { operation: "listAccountRoles", status: 500, name: "fault", run: |app| fault(app, "listAccountRoles", "role_grant") },

    Case { operation: "addAccountRole", status: 200, name: "once, beside those in scopes", run: add },
    Case { operation: "addAccountRole", status: 400, name: "parameters", run: |app| change_invalid(app, "POST") },
    Case { operation: "addAccountRole", status: 401, name: "no valid token", run: |app| unauthorized(app, "addAccountRole") },
    Case { operation: "addAccountRole", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "addAccountRole") },
    Case { operation: "addAccountRole", status: 404, name: "nobody has the id", run: |app| absent(app, "addAccountRole") },
    Case { operation: "addAccountRole", status: 404, name: "no such role", run: |app| no_role(app, "POST") },
    Case { operation: "addAccountRole", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "addAccountRole") },
    Case { operation: "addAccountRole", status: 409, name: "a hundred already", run: add_too_many },
    Case { operation: "addAccountRole", status: 412, name: "another version", run: |app| stale(app, "addAccountRole") },
    Case { operation: "addAccountRole", status: 500, name: "fault", run: |app| fault(app, "addAccountRole", "role_grant") },

    Case { operation: "removeAccountRole", status: 200, name: "from all scopes", run: remove },
    Case { operation: "removeAccountRole", status: 400, name: "parameters", run: |app| change_invalid(app, "DELETE") },
    Case { operation: "removeAccountRole", status: 401, name: "no valid token", run: |app| unauthorized(app, "removeAccountRole") },
    Case { operation: "removeAccountRole", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "removeAccountRole") },
    Case { operation: "removeAccountRole", status: 404, name: "nobody has the id", run: |app| absent(app, "removeAccountRole") },
    Case { operation: "removeAccountRole", status: 404, name: "no such role", run: |app| no_role(app, "DELETE") },
    Case { operation: "removeAccountRole", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "removeAccountRole") },
    Case { operation: "removeAccountRole", status: 412, name: "another version", run: |app| stale(app, "removeAccountRole") },
    Case { operation: "removeAccountRole", status: 500, name: "fault", run: |app| fault(app, "removeAccountRole", "role_grant") },
];

fn roles_of(id: &str) -> String {
    format!("{}/roles", account(id))
}

/// The numbers of the roles that an account has, in the order of the answer.
#[track_caller]
fn numbers(client: &Client, id: &str) -> Vec<i64> {
    let answer = client.get(&roles_of(id)).send().expect(200);
    let items = answer.at("/items").as_array().unwrap();
    assert_eq!(answer.at("/totalCount"), &json!(items.len()));
    items
        .iter()
        .map(|role| role["roleId"].as_i64().unwrap())
        .collect()
}

fn named(id: i32, name: &str) -> Value {
    json!({
        "name": name, "isSystemRole": true, "behaviors": [], "resources": [], "tags": [], "id": id, "userScope": null,
        "owners": [], "auditInfo": null,
    })
}

fn list(app: &App) {
    let all = json!({"totalCount": 3, "items": [named(1, "Reader"), named(2, "Editor"), named(3, "Admin")]});
    unchanged(app, || {
        for client in [app.reader(), app.stranger()] {
            assert_eq!(client.get(ROLES).send().expect(200).json(), &all);
        }
    });
}

fn pages_and_filters(app: &App) {
    let list = |parameters: &[(&str, &str)]| {
        let mut request = app
            .reader()
            .get(ROLES)
            .query("responseFields", "totalCount,items(id)");
        for (name, value) in parameters {
            request = request.query(name, value);
        }
        let answer = request.send().expect(200);
        let ids = answer.at("/items").as_array().unwrap();
        let ids: Vec<i64> = ids.iter().map(|role| role["id"].as_i64().unwrap()).collect();
        (answer.at("/totalCount").as_i64().unwrap(), ids)
    };
    assert_eq!(list(&[("startIndex", "1"), ("pageSize", "1")]), (3, vec![2]));
    assert_eq!(list(&[("startIndex", "3")]), (3, vec![]));
    for (filter, expected) in [
        ("", &[1, 2, 3][..]),
        ("id eq 2", &[2]),
        ("id ne 2", &[1, 3]),
        ("id gt 1", &[2, 3]),
        ("id ge 2", &[2, 3]),
        ("id lt 2", &[1]),
        ("id le 2", &[1, 2]),
        ("id eq 99", &[]),
        ("name eq Editor", &[2]),
        ("name eq editor", &[]),
        ("name ne Editor", &[1, 3]),
        ("name cont d", &[1, 2, 3]),
        ("name cont it", &[2]),
        ("name sw A", &[3]),
        ("name sw R and id ge 1", &[1]),
        ("name sw R and id ge 2", &[]),
    ] {
        let total = i64::try_from(expected.len()).unwrap();
        assert_eq!(
            list(&[("filter", filter)]),
            (total, expected.to_vec()),
            "{filter}"
        );
    }
    let second = list(&[("filter", "id ge 2"), ("startIndex", "1")]);
    assert_eq!(second, (2, vec![3]));
}

fn list_invalid(app: &App) {
    for (name, value) in [
        ("pageSize", "0"),
        ("pageSize", "201"),
        ("startIndex", "-1"),
        ("filter", "name"),
        ("filter", "colour eq red"),
        ("filter", "id eq x"),
        ("filter", "id cont 1"),
        ("filter", "name like R"),
        ("responseFields", "items\u{1}"),
    ] {
        app.reader().get(ROLES).query(name, value).send().invalid(&[name]);
    }
}

fn held(app: &App) {
    let created = app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let list = app.reader().get(&roles_of(created.text("/id")));
    let answer = unchanged(app, || list.send().expect(200));
    assert_eq!(
        answer.json(),
        &json!({"totalCount": 2, "items": created.at("/roles")})
    );
    let some = list.query("responseFields", "items(roleName)").send().expect(200);
    assert_eq!(
        some.json(),
        &json!({"items": [{"roleName": "Reader"}, {"roleName": "Editor"}]})
    );
    let sample = Sample::prepare(app);
    let none = app.reader().get(&roles_of(&sample.member)).send().expect(200);
    assert_eq!(none.json(), &json!({"totalCount": 0, "items": []}));
    app.stranger()
        .get(&roles_of(&sample.member))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
}

fn held_invalid(app: &App) {
    let sample = Sample::prepare(app);
    app.reader().get(&roles_of("x")).send().invalid(&["userId"]);
    let list = app.reader().get(&roles_of(&sample.loner));
    list.query("responseFields", "items\u{1}")
        .send()
        .invalid(&["responseFields"]);
}

fn add(app: &App) {
    let sample = Sample::prepare(app);
    let scoped = json!({"userName": "bob", "roles": [{"roleId": 2, "assignedInScope": {"type": "Site", "id": 7}, "roleTags": ["t"]}]});
    let path = account(&sample.loner);
    let before = app.editor().put(&path).json(&scoped).send().expect(200);
    app.advance(60);
    let grant = app.editor().post(&format!("{path}/roles/2"));
    let answer = grant
        .clone()
        .header("If-Match", &before.etag())
        .send()
        .expect(200);
    assert_eq!(answer.reply.body, b"");
    assert_eq!(answer.reply.header("content-type"), None);
    assert_eq!(numbers(app.reader(), &sample.loner), [2, 2]);
    let after = app.reader().get(&path).send().expect(200);
    assert_ne!(after.etag(), before.etag());
    let roles = after.at("/roles").as_array().unwrap();
    let is_new = |role: &&Value| role["assignedInScope"].is_null();
    let new = roles.iter().find(is_new).unwrap();
    assert_eq!(
        (&new["roleName"], &new["roleTags"], &new["roleResources"]),
        (&json!("Editor"), &json!([]), &json!([]))
    );
    assert_eq!(new["auditInfo"]["createBy"], "editor");
    assert!(
        roles.contains(&before.at("/roles/0").clone()),
        "the one in a scope stays as it was"
    );
    unchanged(app, || {
        let again = grant.clone().body("application/json", "{\"ignored\":");
        again.send().expect(200);
        let plain = grant.body("text/plain", "ignored").header("x-vol-tenant", "1");
        plain.send().expect(200);
    });
}

fn remove(app: &App) {
    let created = app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let id = created.text("/id");
    let path = account(id);
    let grant = |role: &str| {
        app.editor()
            .post(&format!("{path}/roles/{role}"))
            .send()
            .expect(200)
    };
    grant("1");
    grant("3");
    assert_eq!(numbers(app.reader(), id), [1, 1, 2, 3]);
    let etag = app.reader().get(&path).send().expect(200).etag();
    let revoke = app.editor().delete(&format!("{path}/roles/1"));
    let answer = revoke.clone().header("If-Match", &etag).send().expect(200);
    assert_eq!(answer.reply.body, b"");
    assert_eq!(numbers(app.reader(), id), [2, 3]);
    assert_ne!(app.reader().get(&path).send().expect(200).etag(), etag);
    unchanged(app, || revoke.send().expect(200).told());
}

fn change_invalid(app: &App, verb: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let send = |id: &str, role: &str| {
            let path = format!("{}/{role}", roles_of(id));
            app.editor().request(verb, &path).send()
        };
        for role in ["0", "-1", "x", "1.5", "2147483648", "%20"] {
            send(&sample.loner, role).invalid(&["roleId"]);
        }
        send("x", "1").invalid(&["userId"]);
        send("x", "x").invalid(&["roleId", "userId"]);
    });
}

/// 404: the tenant has no such role; the message names its number.
fn no_role(app: &App, verb: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for number in ["4", "2147483647"] {
            let path = format!("{}/{number}", roles_of(&sample.loner));
            let answer = app.editor().request(verb, &path).send();
            answer.refused(404, "ITEM_NOT_FOUND");
            assert!(answer.text("/message").contains(number), "{}", answer.told());
        }
    });
}

fn add_too_many(app: &App) {
    let sample = Sample::prepare(app);
    let scopes = (0..99).map(|id| json!({"roleId": 1, "assignedInScope": {"id": id}}));
    let body = json!({"userName": "bob", "roles": scopes.collect::<Vec<Value>>()});
    let path = account(&sample.loner);
    app.editor().put(&path).json(&body).send().expect(200);
    let grant = |role: &str| app.editor().post(&format!("{path}/roles/{role}")).send();
    grant("2").expect(200);
    unchanged(app, || {
        grant("3").refused(409, "VALIDATION_CONFLICT");
        grant("2").expect(200);
    });
    assert_eq!(numbers(app.reader(), &sample.loner).len(), 100);
}

/// The trail tells of a grant what it was, and of a revocation what is gone.
#[test]
fn grants_are_in_the_trail() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let before = app.wait(audit::events(app.directory(), "default", 1, 1000)).len();
    for operation in ["addAccountRole", "removeAccountRole"] {
        sample.request(app.editor(), operation).send().expect(200);
    }
    let events = app.wait(audit::events(app.directory(), "default", 1, 1000));
    let [granted, revoked] = &events[before..] else {
        panic!("{} events", events.len() - before)
    };
    for (event, operation) in [(granted, "addAccountRole"), (revoked, "removeAccountRole")] {
        assert_eq!(
            (event.dialect, event.operation.as_str()),
            (Dialect::Kibo, operation)
        );
        assert!(
            event.changes.iter().all(|change| change.kind == Kind::User),
            "{:?}",
            event.changes
        );
        let grant = event
            .changes
            .iter()
            .find(|change| change.field.contains("grant"))
            .unwrap();
        let is_new = operation == "addAccountRole";
        assert_eq!(
            (grant.before.is_none(), grant.after.is_none()),
            (is_new, !is_new),
            "{grant:?}"
        );
    }
    for (tenant, verdict) in app.wait(audit::verify(app.directory(), None)) {
        assert!(verdict.holds(), "{tenant}: {verdict}");
    }
}

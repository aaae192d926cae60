//! Two tenants that cannot see each other: another tenant's object is exactly an object that does not exist.

use super::samples::{CODE, Sample, create_group, members};
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, Answer, GROUPS, Request, account, group};

const NOBODY: &str = "01a203ab-07b4-7b1e-8c55-41d7e0a96f02";
const NOTHING: &str = "stuff";

/// Status, headers and body, without the request id and with the key replaced by a word.
fn fingerprint(answer: &Answer, key: &str) -> (u16, Vec<(String, String)>, String) {
    let volatile = ["date", "x-vol-correlation", "x-request-id", "content-length"];
    let stable = answer
        .reply
        .headers
        .iter()
        .filter(|(name, _)| !volatile.contains(&name.as_str()));
    let mut headers: Vec<_> = stable.cloned().collect();
    headers.sort();
    let mut body = answer.json().clone();
    if let Some(id) = body.get_mut("correlationId") {
        *id = Value::Null;
    }
    (answer.reply.status, headers, body.to_string().replace(key, "KEY"))
}

#[test]
fn foreign_objects_are_like_those_that_do_not_exist() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let stranger = app.stranger();
    create_group(stranger, &json!({"groupCode": "own"}));
    let by_code = |code: &str, ids: &Value| -> Vec<Request> {
        let path = group(code);
        vec![
            stranger.get(&path),
            stranger.get(&path).header("If-None-Match", "*"),
            stranger.put(&path).json(&json!({"name": "x"})),
            stranger
                .put(&path)
                .json(&json!({"groupCode": code, "users": ids_of(ids)})),
            stranger.delete(&path),
            stranger.delete(&path).header("If-Match", "\"1\""),
            stranger.delete(&path).header("If-Match", "\"99\""),
            stranger.post(&format!("{path}/addusers")).json(ids),
            stranger.post(&format!("{path}/removeusers")).json(ids),
        ]
    };
    let by_id = |id: &str| -> Vec<Request> {
        let path = account(id);
        vec![
            stranger.get(&path),
            stranger.get(&path).header("If-None-Match", "*"),
            stranger.put(&path).json(&json!({"firstName": "x"})),
            stranger
                .put(&path)
                .header("If-Match", "\"1\"")
                .json(&json!({"firstName": "x"})),
            stranger.delete(&path),
            stranger
                .post(GROUPS)
                .json(&json!({"groupCode": "new", "users": [{"id": id}]})),
            stranger.put(&group("own")).json(&json!({"users": [{"id": id}]})),
            stranger
                .post(&format!("{}/addusers", group("own")))
                .json(&json!([id])),
            stranger
                .post(&format!("{}/removeusers", group("own")))
                .json(&json!([id])),
        ]
    };
    unchanged(&app, || {
        let pairs = by_code(CODE, &json!([sample.member]))
            .into_iter()
            .zip(by_code(NOTHING, &json!([NOBODY])));
        for (foreign, absent) in pairs {
            compare(&foreign.send(), CODE, &absent.send(), NOTHING, 404);
        }
        for (foreign, absent) in by_id(&sample.member).into_iter().zip(by_id(NOBODY)) {
            let status = if foreign.told().contains("/groups") {
                409
            } else {
                404
            };
            compare(&foreign.send(), &sample.member, &absent.send(), NOBODY, status);
        }
    });
}

fn ids_of(ids: &Value) -> Value {
    ids.as_array()
        .unwrap()
        .iter()
        .map(|id| json!({"id": id}))
        .collect()
}

#[track_caller]
fn compare(foreign: &Answer, key: &str, absent: &Answer, other: &str, status: u16) {
    assert_eq!(foreign.reply.status, status, "{}", foreign.told());
    assert_eq!(
        fingerprint(foreign, key),
        fingerprint(absent, other),
        "{}",
        foreign.told()
    );
}

#[test]
fn lists_show_the_own_tenant_only() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for (path, filter) in [
        (GROUPS, "groupCode eq staff".to_owned()),
        (GROUPS, "scopeTypeId ne 77".to_owned()),
        (ACCOUNTS, format!("id eq {}", sample.member)),
        (ACCOUNTS, "emailAddress cont example".to_owned()),
    ] {
        let empty = json!({"startIndex": 0, "pageSize": 50, "pageCount": 0, "totalCount": 0, "items": []});
        for request in [
            app.stranger().get(path),
            app.stranger().get(path).query("filter", &filter),
        ] {
            assert_eq!(request.query("pageSize", "50").send().expect(200).json(), &empty);
        }
    }
    let narrowed = app
        .stranger()
        .get(ACCOUNTS)
        .query("emailAddress", "ada@example.com")
        .send()
        .expect(200);
    assert_eq!(narrowed.at("/totalCount"), 0);
}

/// Codes, names and identifiers are unique in a tenant, not in the server.
#[test]
fn tenants_do_not_take_each_others_keys() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let body = json!({"groupCode": "g", "users": [{"userName": "u", "externalId": "e"}]});
    create_group(app.admin(), &body);
    let other = Sample::prepare_as(app.stranger());
    create_group(app.stranger(), &body);
    assert_ne!(sample.member, other.member);
    assert_eq!(members(app.admin(), CODE), std::slice::from_ref(&sample.member));
    assert_eq!(members(app.stranger(), CODE), [other.member]);
    app.stranger()
        .put(&group(CODE))
        .json(&json!({"name": "theirs"}))
        .send()
        .expect(200);
    app.stranger().delete(&group("g")).send().expect(200);
    assert_eq!(
        app.admin().get(&group(CODE)).send().expect(200).text("/name"),
        "Staff"
    );
    app.admin().get(&group("g")).send().expect(200);
}

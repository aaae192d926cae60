//! The answers that every operation refuses with in the same way. The tables of cases name the operation.

use super::samples::{BODIES, Sample, WRITES, admin, editor, good, reader};
use crate::database::{put_back, take_away, unchanged};
use directory::credentials;
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::app::secret;
use testkit::propeller::{Client, Request};

/// How long an access token lives, in seconds.
pub const LIFE: i64 = 1800;

/// 401: no token, each wrong kind of one, one whose credential was revoked, one that has expired.
pub fn unauthorized(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let brief = new_credential(app, "brief");
    let revoked = brief.token().unwrap().to_owned();
    app.wait(credentials::revoke(app.directory(), "brief"));
    let refresh_token = app.admin().ticket().text("/refresh_token").to_owned();
    let client = admin(app);
    let good = client.token().unwrap();
    let request = sample.request(&client, operation);
    unchanged(app, || {
        refused(&sample.request(&Client::nobody(app), operation));
        for wrong in [
            "Bearer".to_owned(),
            "Bearer ".to_owned(),
            "Bearer nonsense".to_owned(),
            format!("Bearer {good}x"),
            format!("Bearer {good} {good}"),
            format!("Basic {good}"),
            good.to_owned(),
            format!("Bearer {refresh_token}"),
            format!("Bearer {revoked}"),
            format!("Bearer {}", "a".repeat(5000)),
        ] {
            refused(&request.clone().with("Authorization", &wrong));
        }
        refused(&request.clone().header("Authorization", &format!("Bearer {good}")));
        app.advance(LIFE - 1);
        let last = client.get(testkit::propeller::USERGROUPS).send();
        assert_eq!(last.reply.status, 200, "its last second");
    });
    app.advance(1);
    unchanged(app, || refused(&request));
}

#[track_caller]
fn refused(request: &Request) {
    let answer = request.send();
    answer.refused(401, "10401");
    assert_eq!(answer.at("/error/type"), "Unauthorized");
    assert_eq!(answer.reply.header("www-authenticate").as_deref(), Some("Bearer"));
}

/// A client of a new admin credential in tenant `default`.
pub fn new_credential(app: &App, id: &str) -> Client {
    app.wait(credentials::create(
        app.directory(),
        "default",
        Some(id.to_owned()),
        Access::Admin,
        None,
        Some(secret(id)),
    ));
    Client::of(app, id)
}

/// 403: a credential that may only read, whatever the write is about.
pub fn forbidden(app: &App, operation: &str) {
    assert!(WRITES.contains(&operation));
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for request in [
            sample.request(&reader(app), operation),
            sample.absent(&reader(app), operation),
        ] {
            let told = "the credential's access level is `reader`; writing needs `editor`";
            request.send().told_as(403, 10403, &[told]);
        }
    });
    sample
        .request(&editor(app), operation)
        .send()
        .expect(good(operation));
}

/// 404: an object that there is not.
pub fn absent(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let answer = sample.absent(&admin(app), operation).send();
        if operation.ends_with("Usergroup") {
            let told = "Usergroup with id [9007199254740991] not found";
            answer.told_as(404, 20006, &[told]);
        } else {
            let told = "User with id [9007199254740991] not found";
            answer.told_as(404, 70006, &[told]);
        }
    });
}

/// 406: the client accepts nothing that there is.
pub fn not_acceptable(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for wanted in [
            "text/html",
            "application/xml, text/*",
            "application/json;q=0, */*",
        ] {
            let answer = request.clone().header("Accept", wanted).send();
            answer.told_as(406, 10406, &["answers are `application/json` only"]);
        }
    });
    let accepted = request.header("Accept", "text/html, application/*;q=0.8");
    accepted.send().expect(good(operation));
}

/// 412: `If-Match` names another version than the object has.
pub fn stale(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for other in [
            "\"999\"",
            "\"999-0123456789abcdef\"",
            "W/\"1\"",
            "\"nonsense\"",
            "1",
            "\"1",
            "\"1\" \"2\"",
            "",
        ] {
            let answer = request.clone().header("If-Match", other).send();
            answer.refused(412, "10412");
        }
        let long = format!("\"{}\"", "9".repeat(1023));
        request
            .clone()
            .header("If-Match", &long)
            .send()
            .refused(400, "10017");
    });
    let seen = sample.request(
        &admin(app),
        &operation.replace("update", "get").replace("delete", "get"),
    );
    let tag = seen.send().expect(200).header("etag");
    request
        .header("If-Match", &format!("\"999\", {tag}"))
        .send()
        .expect(200);
}

/// 304: the object still has the version that `If-None-Match` names.
pub fn not_modified(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&reader(app), operation);
    let tag = request.send().expect(200).header("etag");
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let answer = request.clone().header("If-None-Match", &known).send().expect(304);
        assert_eq!(
            (answer.header("etag"), answer.reply.text()),
            (tag.clone(), String::new())
        );
    }
    let write = operation.replace("get", "update");
    sample.request(&admin(app), &write).send().expect(200);
    request.header("If-None-Match", &tag).send().expect(200);
}

/// 413: a body of more than a mebibyte.
pub fn too_large(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for length in [1_048_577, 5_000_000] {
            let answer = request.clone().padded(length).send();
            answer.told_as(413, 10413, &["the body is larger than 1048576 bytes"]);
        }
    });
    if BODIES.contains(&operation) {
        request.padded(1_048_576).send().expect(good(operation));
    }
}

/// 415: a body of another kind.
pub fn unsupported(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let form = "application/x-www-form-urlencoded";
    let (right, wrong) = match operation {
        "createToken" => (form, "application/json"),
        _ => ("application/json", form),
    };
    unchanged(app, || {
        for media_type in [wrong, "text/plain", "application/xml", "nonsense"] {
            let answer = request.clone().with("Content-Type", media_type).send();
            answer.told_as(415, 10415, &[&format!("the body must be `{right}`")]);
        }
        let zipped = request.clone().header("Content-Encoding", "gzip").send();
        zipped.refused(415, "10415");
        let other = format!("{right}; charset=iso-8859-1");
        request
            .clone()
            .with("Content-Type", &other)
            .send()
            .refused(415, "10415");
    });
    let same = request
        .clone()
        .with("Content-Type", &format!("{right}; charset=UTF-8"));
    same.send().expect(good(operation));
}

/// 500: a table is gone. The answer says nothing about it, and the server recovers.
pub fn fault(app: &App, operation: &str, table: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        take_away(app, table);
        let answer = request.send();
        answer.told_as(500, 10500, &["the server could not answer this request"]);
        let text = answer.reply.text().to_lowercase();
        for word in ["sql", "table", table, "database", "panick"] {
            assert!(!text.contains(word), "a fault shows `{word}`: {text}");
        }
        assert_eq!(answer.text("/error/requestId"), answer.header("x-request-id"));
        put_back(app, table);
    });
    request.send().expect(good(operation));
}

/// 400 with code 10005 for what every body can be: none, not JSON, twice the same member.
pub fn bad_body(app: &App, operation: &str) {
    assert!(BODIES.contains(&operation));
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let send = |body: &[u8]| request.clone().body("application/json", body).send();
    unchanged(app, || {
        for body in [
            "{",
            "[",
            "nonsense",
            "{'name':1}",
            "{} {}",
            "{\"name\":}",
            "{\"a\":01}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":\"\\ud800\"}",
        ] {
            send(body.as_bytes()).told_as(400, 10005, &["Invalid JSON Payload"]);
        }
        for body in [&b"{\"name\":\"\xff\"}"[..], b"", b" \r\n", b"{\"a\":1,\"a\":2}"] {
            let answer = send(body);
            answer.refused(400, "10005");
            assert_eq!(answer.at("/error/messages/0"), "Invalid JSON Payload");
        }
        for body in ["null", "[]", "1", "\"text\"", "true"] {
            send(body.as_bytes()).refused(400, "10007");
        }
    });
}

/// Values that no text member takes, and how many characters it takes.
pub fn bad_texts(longest: usize) -> Vec<Value> {
    vec![
        json!(null),
        json!(1),
        json!(true),
        json!([]),
        json!({}),
        json!("a\u{1}b"),
        json!("\u{fffe}"),
        json!("\u{ffff}"),
        json!("ä".repeat(longest + 1)),
    ]
}

//! The answers that every operation refuses with in the same way. The tables of cases name the operation.

use super::samples::{BODIES, FORMALITIES, Sample, WRITES};
use crate::database::{put_back, take_away, unchanged};
use directory::credentials;
use model::Access;
use testkit::App;
use testkit::kibo::Request;

/// How long an access token lives, in seconds.
const LIFE: i64 = 3600;

/// 401: no token, one of each wrong kind, one whose credential was revoked, one that has expired.
pub fn unauthorized(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let refresh_token = app.admin().ticket().text("/refresh_token").to_owned();
    credentials_of_their_own(app, "brief");
    let brief = app.client("brief", &testkit::app::secret("brief"));
    let revoked = brief.token().unwrap().to_owned();
    app.wait(credentials::revoke(app.directory(), "brief"));
    let good = app.admin().token().unwrap();
    let request = sample.request(app.admin(), operation);
    unchanged(app, || {
        refused(&sample.request(app.nobody(), operation));
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
        let bare = sample.request(app.nobody(), operation);
        for wrong in [
            "",
            "nonsense",
            &format!("Bearer {good}"),
            &refresh_token,
            &revoked,
        ] {
            refused(&bare.clone().header("x-vol-app-claims", wrong));
        }
        app.advance(LIFE);
        refused(&request);
    });
}

fn refused(request: &Request) {
    let answer = request.send();
    answer.refused(401, "UNAUTHORIZED");
    assert_eq!(answer.json()["items"], serde_json::json!([]));
}

/// Makes an admin credential in tenant `default`.
pub fn credentials_of_their_own(app: &App, id: &str) {
    let secret = Some(testkit::app::secret(id));
    app.wait(credentials::create(
        app.directory(),
        "default",
        Some(id.to_owned()),
        Access::Admin,
        None,
        secret,
    ));
}

/// 403: another tenant's number; and for writes a credential that may only read.
pub fn forbidden(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let request = sample.request(app.admin(), operation);
        for other in ["2", "3", "2147483647"] {
            request
                .clone()
                .header("x-vol-tenant", other)
                .send()
                .refused(403, "FORBIDDEN");
        }
        if WRITES.contains(&operation) || FORMALITIES.contains(&operation) {
            let answer = sample.request(app.reader(), operation).send();
            answer.refused(403, "FORBIDDEN");
            assert_eq!(answer.json()["additionalErrorData"], serde_json::json!([]));
        }
    });
    sample
        .request(app.editor(), operation)
        .header("x-vol-tenant", "1")
        .send()
        .expect(200);
}

/// 406: the client accepts nothing that there is.
pub fn not_acceptable(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    unchanged(app, || {
        for wanted in [
            "text/html",
            "application/xml, text/*",
            "application/json;q=0",
            "application/json;q=0, */*",
        ] {
            request
                .clone()
                .header("Accept", wanted)
                .send()
                .refused(406, "NOT_ACCEPTABLE");
        }
    });
    let accepted = "text/html, application/*;q=0.8, */*;q=0.1";
    sample
        .request(app.admin(), operation)
        .header("Accept", accepted)
        .send()
        .expect(200);
}

/// 413: a body of more than a mebibyte, announced or in chunks, up to ten million bytes.
pub fn too_large(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    unchanged(app, || {
        for length in [1_048_577, 10_000_000] {
            let answer = request
                .clone()
                .body("application/json", vec![b' '; length])
                .send();
            answer.refused(413, "PAYLOAD_TOO_LARGE");
        }
        let reply = app.raw(&in_chunks(&request, 1_048_577));
        assert_eq!(reply.status, 413, "{}", reply.text());
    });
    request.padded(1_048_576).send().expect(200);
}

/// The request with spaces for a body, in chunks, so that its length is not announced.
fn in_chunks(request: &Request, length: usize) -> Vec<u8> {
    let head = request.clone().body("application/json", "").bytes();
    let head = String::from_utf8(head)
        .unwrap()
        .replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let mut bytes = head.into_bytes();
    let mut left = length;
    while left > 0 {
        let size = left.min(100_000);
        bytes.extend_from_slice(format!("{size:x}\r\n{}\r\n", " ".repeat(size)).as_bytes());
        left -= size;
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

/// 415: a body that is not JSON, or JSON in another dress.
pub fn unsupported(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    unchanged(app, || {
        for media_type in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/xml",
            "application/json-patch+json",
            "application/json; charset=iso-8859-1",
            "nonsense",
        ] {
            request
                .clone()
                .with("Content-Type", media_type)
                .send()
                .refused(415, "UNSUPPORTED_MEDIA_TYPE");
        }
        request
            .clone()
            .header("Content-Encoding", "gzip")
            .send()
            .refused(415, "UNSUPPORTED_MEDIA_TYPE");
    });
    request
        .with("Content-Type", "Application/JSON; charset=UTF-8")
        .send()
        .expect(200);
}

/// 412: `If-Match` names another version than the object has.
pub fn stale(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    unchanged(app, || {
        for other in [
            "\"999\"",
            "\"999-0123456789abcdef\", \"998\"",
            "W/\"1\"",
            "\"\"",
            "\"nonsense\"",
            "nonsense",
            "999",
            "\"1",
            "\"999\" , *",
            "",
        ] {
            request
                .clone()
                .header("If-Match", other)
                .send()
                .refused(412, "VALIDATION_CONFLICT");
        }
    });
    let long = format!("\"{}\"", "9".repeat(1023));
    unchanged(app, || {
        request
            .clone()
            .header("If-Match", &long)
            .send()
            .invalid(&["If-Match"])
            .told()
    });
    request.header("If-Match", "*").send().expect(200);
}

/// 500: a table is gone. The answer says nothing about it, nothing was written, and the server recovers.
pub fn fault(app: &App, operation: &str, table: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    let constant = sample.request(app.admin(), operation);
    unchanged(app, || {
        take_away(app, table);
        let answer = request.send();
        answer.refused(500, "UNEXPECTED_ERROR");
        let text = answer.reply.text().to_lowercase();
        for word in ["sql", "table", table, "database", "panick"] {
            assert!(!text.contains(word), "a fault shows `{word}`: {text}");
        }
        assert_eq!(answer.at("/exceptionDetail"), &serde_json::Value::Null);
        put_back(app, table);
    });
    constant.send().expect(200);
}

/// 400 for what every body can be: none, no JSON, JSON of another kind, members that there are not or twice.
pub fn bad_body(app: &App, operation: &str) {
    assert!(BODIES.contains(&operation));
    let sample = Sample::prepare(app);
    let request = sample.request(app.admin(), operation);
    let is_list = operation.ends_with("GroupUsers");
    unchanged(app, || {
        for body in [
            "",
            " \r\n",
            "{",
            "[",
            "{\"na",
            "nonsense",
            "\u{feff}{}",
            "{'a':1}",
        ] {
            request
                .clone()
                .body("application/json", body)
                .send()
                .invalid(&["body"]);
        }
        for rest in ["{}", " x", "\0"] {
            request.clone().more(rest).send().invalid(&["body"]);
        }
        request
            .clone()
            .body("application/json", b"{\"name\":\"\xff\"}")
            .send()
            .refused(400, INVALID);
        for body in ["7", "null", "true", "\"text\"", if is_list { "{}" } else { "[]" }] {
            request
                .clone()
                .body("application/json", body)
                .send()
                .invalid(&["body"]);
        }
        if !is_list {
            request
                .clone()
                .body("application/json", "{\"colour\":1}")
                .send()
                .invalid(&["colour"]);
        }
    });
}

/// The code of every 400.
pub const INVALID: &str = "MISSING_OR_INVALID_PARAMETER";

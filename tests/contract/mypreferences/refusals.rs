//! The answers that every operation refuses with in the same way.

use super::samples::{Sample, WRITES, admin, editor, good, reader};
use crate::database::{put_back, take_away, unchanged};
use directory::credentials;
use model::Access;
use testkit::App;
use testkit::app::secret;
use testkit::mypreferences::{Answer, Client, Request, SCHEMES};

pub const MISSING: &str = "The Authorization header is missing.";
pub const SCHEME: &str = "The authorization scheme is not supported.";
pub const TIMESTAMP: &str = "The timestamp is not valid or lies in the future.";
pub const OLD: &str = "The timestamp is too old.";
pub const OTHER: &str = "The request could not be authenticated.";

/// A 401 with its cause and its headers.
#[track_caller]
pub fn denied(answer: &Answer, cause: &str) {
    answer.refused(401, cause);
    assert!(answer.json().get("ModelState").is_none());
    for (name, value) in [
        (
            "www-authenticate",
            "PNAUTHINFO3 realm=\"https://pm.mypreferences.com\"",
        ),
        ("cache-control", "no-cache"),
        ("pragma", "no-cache"),
        ("expires", "-1"),
    ] {
        assert_eq!(answer.header(name), value, "{}", answer.told());
    }
}

/// 401: no credential, foreign schemes, signatures that are wrong in each way, bad tokens, revoked credentials.
pub fn unauthorized(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let brief = Client::with(app, "brief", &secret("brief"));
    let own = Some("brief".to_owned());
    let made = credentials::create(
        app.directory(),
        "default",
        own,
        Access::Admin,
        None,
        Some(secret("brief")),
    );
    app.wait(made);
    sample.request(&brief, "listGroupTypes").send().expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    let client = admin(app);
    let request = sample.request(&client, operation);
    let now = stamp(app, 0);
    unchanged(app, || {
        denied(&request.clone().without("Authorization").send(), MISSING);
        for (header, cause) in [
            (String::new(), MISSING),
            ("Basic YWRtaW46eA==".to_owned(), SCHEME),
            (client.signature("PNAUTHINFO3-SHA256", &now), SCHEME),
            (client.signature("PNAUTHINFO3", &now), SCHEME),
            (client.signature(SCHEMES[0], "yesterday"), TIMESTAMP),
            (client.signature(SCHEMES[0], &stamp(app, 1)), TIMESTAMP),
            (client.signature(SCHEMES[1], &stamp(app, -901)), OLD),
            (
                client.signature(SCHEMES[1], &now).replace("SHA384", "SHA512"),
                OTHER,
            ),
            (brief.signature(SCHEMES[2], &now), OTHER),
            ("Bearer".to_owned(), OTHER),
            ("Bearer a.b.c".to_owned(), OTHER),
            (format!("Bearer {}", brief.token()), OTHER),
        ] {
            denied(&request.clone().with("Authorization", &header).send(), cause);
        }
        let twice = request.clone().header("Authorization", "Bearer x");
        assert_eq!(twice.send().reply.status, 401);
    });
    let signed = request.with(
        "Authorization",
        &client.signature("pnauthinfo3-hmac-SHA256", &now),
    );
    signed.send().expect(good(operation));
}

/// A timestamp some seconds from now.
pub fn stamp(app: &App, seconds: i64) -> String {
    let (now, span) = (
        app.directory().now(),
        std::time::Duration::from_secs(seconds.unsigned_abs()),
    );
    let at = if seconds < 0 { now - span } else { now + span };
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// 403: a credential that may only read.
pub fn forbidden(app: &App, operation: &str) {
    assert!(WRITES.contains(&operation));
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let answer = sample.request(&reader(app), operation).send();
        let message = "The credential's access level is `reader`; writing needs `editor`.";
        answer.refused(403, message);
    });
    sample
        .request(&editor(app), operation)
        .send()
        .expect(good(operation));
}

/// 404: an account of nobody, another tenant's, the own one in another letter case.
pub fn other_account(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    Sample::prepare_as(&Client::of(app, "stranger"));
    unchanged(app, || {
        for account in ["nobody", "other", "Default", "a b/ü"] {
            let client = admin(app).in_account(account);
            let request = sample.request(&client, operation);
            let message = format!("Account `{account}` not found.");
            request.send().refused(404, &message);
            let signature = client.signature(SCHEMES[0], &stamp(app, 0));
            let signed = request.clone().with("Authorization", &signature);
            signed.send().refused(404, &message);
            denied(&request.without("Authorization").send(), MISSING);
        }
    });
}

/// 406: the client accepts nothing that there is.
pub fn not_acceptable(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for wanted in [
            "application/xml",
            "text/html",
            "*/*;q=0",
            "application/json;q=0, text/*",
        ] {
            let answer = request.clone().with("Accept", wanted).send();
            answer.refused(406, "Answers are `application/json` only.");
        }
    });
    let either = request.with("Accept", "application/xml, application/*;q=0.1");
    either.send().expect(good(operation));
}

/// 413: a body of more than a mebibyte.
pub fn too_large(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for length in [1_048_577, 5_000_000] {
            let answer = request.clone().padded(length).send();
            answer.refused(413, "The body is larger than 1048576 bytes.");
        }
    });
    if operation != "createToken" {
        request.padded(1_048_576).send().expect(good(operation));
    }
}

/// 415: a body of another media type.
pub fn unsupported(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let taken = match operation {
        "createToken" => "application/x-www-form-urlencoded",
        "updateGroupType" | "patchProfile" => "application/json-patch+json",
        _ => "application/json",
    };
    let message = format!("The body must be `{taken}`.");
    unchanged(app, || {
        for media_type in [
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "multipart/form-data; boundary=x",
            "nonsense",
        ] {
            let answer = request.clone().with("Content-Type", media_type).send();
            answer.refused(415, &message);
        }
        let zipped = request.clone().header("Content-Encoding", "gzip");
        zipped.send().refused(415, &message);
    });
    let mut good_types = vec![taken];
    if operation != "createToken" {
        good_types.extend(["application/json", "text/json", "TEXT/JSON; charset=utf-8"]);
    }
    for (at, media_type) in good_types.into_iter().enumerate() {
        // A create is granted once.
        if at == 0 || good(operation) == 200 && operation != "renameGroup" {
            request
                .clone()
                .with("Content-Type", media_type)
                .send()
                .expect(good(operation));
        }
    }
}

/// 412: `If-Match` names another version than the profile has.
pub fn stale(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for other in [
            "\"999-0123456789abcdef\"",
            "\"9\", \"8\"",
            "W/\"1-ab\"",
            "\"nonsense\"",
            "1",
        ] {
            let answer = request.clone().header("If-Match", other).send();
            answer.refused(412, "The profile has another version than If-Match names.");
        }
        let long = format!("\"{}\"", "9".repeat(1023));
        let answer = request.clone().header("If-Match", &long).send();
        answer.invalid(&["If-Match"]);
    });
    request.header("If-Match", "\"7\", \"1-0\"").send().expect(200);
}

/// 503: a table is gone. The answer says nothing about it, and the server recovers.
pub fn fault(app: &App, operation: &str, table: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        take_away(app, table);
        let answer = request.send();
        answer.refused(503, "The server could not answer this request.");
        let text = answer.reply.text().to_lowercase();
        for word in ["sql", "table", table, "database", "panick"] {
            assert!(!text.contains(word), "a fault shows `{word}`: {text}");
        }
        assert_eq!(answer.text("/RequestId"), answer.header("x-request-id"));
        put_back(app, table);
    });
    request.send().expect(good(operation));
}

/// 400 for what every JSON body can be: none, not well-formed, of another kind.
pub fn bad_body(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let media_type =
        if operation.starts_with("update") && operation.ends_with("Type") || operation == "patchProfile" {
            "application/json-patch+json"
        } else {
            "application/json"
        };
    let wrong_kind = if media_type == "application/json" {
        "[]"
    } else {
        "{}"
    };
    let send = |bytes: &[u8]| -> Answer { sent(&request, media_type, bytes) };
    unchanged(app, || {
        for body in [
            "",
            " \r\n",
            "{",
            "[",
            "nonsense",
            "{'a':1}",
            "{} {}",
            "[] x",
            "{\"a\":\"\u{1}\"}",
            "1",
            "\"a\"",
            "null",
            wrong_kind,
        ] {
            send(body.as_bytes()).invalid(&["body"]);
        }
        send(b"{\"a\": \"\xFF\"}").invalid(&["body"]);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        send(deep.as_bytes()).invalid(&["body"]);
    });
}

#[track_caller]
fn sent(request: &Request, media_type: &str, bytes: &[u8]) -> Answer {
    request.clone().body(media_type, bytes).send()
}

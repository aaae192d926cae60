//! The answers that every operation refuses with in the same way. The tables of cases name the operation.

use super::samples::{BODIES, Sample, WRITES, admin, editor, good, reader};
use crate::database::{put_back, take_away, unchanged};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use directory::credentials;
use model::Access;
use serde_json::json;
use testkit::App;
use testkit::app::secret;
use testkit::taleolearn::{Client, Request, TOKEN, basic};

/// How long an access token lives after its last use, in seconds.
const LIFE: i64 = 30 * 60;

/// 401: no credential, each wrong kind of one, one that was revoked, a token that has expired.
pub fn unauthorized(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let brief = new_credential(app, "brief");
    let (revoked, token) = (brief.token(), admin(app).token());
    app.wait(credentials::revoke(app.directory(), "brief"));
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        refused(&sample.request(&admin(app).nobody(), operation));
        refused(&sample.request(&brief, operation));
        for wrong in wrong_basic() {
            refused(&request.clone().with("Authorization", &wrong));
        }
        let right = basic("admin", &secret("admin"));
        refused(&request.clone().header("Authorization", &right));
        let bearer = format!("Bearer {}", app.admin().token().unwrap());
        refused(&request.clone().with("Authorization", &bearer));
        let bare = sample.request(&admin(app).nobody(), operation);
        for wrong in [
            "",
            "nonsense",
            &format!("{token}x"),
            &token[1..],
            &revoked,
            &right,
            &"a".repeat(5000),
        ] {
            refused(&bare.clone().header(TOKEN, wrong));
        }
        refused(&bare.clone().header(TOKEN, &token).header(TOKEN, &token));
        // HTTP Basic counts, also when it is wrong.
        let both = bare
            .clone()
            .header(TOKEN, &token)
            .header("Authorization", &basic("admin", "wrong"));
        refused(&both);
        app.advance(LIFE);
        refused(&bare.header(TOKEN, &token));
    });
}

/// What looks like HTTP Basic and is not good.
fn wrong_basic() -> Vec<String> {
    let good = secret("admin");
    let encoded = |bytes: &[u8]| format!("Basic {}", BASE64_STANDARD.encode(bytes));
    vec![
        "Basic".to_owned(),
        "Basic ".to_owned(),
        "Basic !!!".to_owned(),
        format!("Basic admin:{good}"),
        encoded(b"admin"),
        encoded(b":"),
        encoded(b"admin:"),
        encoded(format!(":{good}").as_bytes()),
        encoded(b"admin:\xff\xfe"),
        basic("admin", &good[1..]),
        basic("admin", &format!("{good} ")),
        basic("Admin", &good),
        basic("nobody", &good),
        basic("editor", &good),
        basic("admin", &"x".repeat(3000)),
        basic(&"x".repeat(3000), &good),
        format!("{} x", basic("admin", &good)),
    ]
}

#[track_caller]
fn refused(request: &Request) {
    let answer = request.send();
    answer.refused(401, "UNAUTHORIZED");
    let challenge = answer.reply.header("www-authenticate");
    assert_eq!(
        challenge.as_deref(),
        Some("Basic realm=\"roster\", charset=\"UTF-8\"")
    );
    assert_eq!(answer.reply.header(TOKEN), None, "{}", answer.told());
    assert_eq!(answer.json()["o:errorDetails"], json!([]));
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
        let told = sample.request(&reader(app), operation).send();
        told.refused(403, "FORBIDDEN");
        assert_eq!(told.reply.header(TOKEN), None);
        let absent = sample.absent(&reader(app), operation);
        absent.send().refused(403, "FORBIDDEN");
    });
    sample
        .request(&editor(app), operation)
        .send()
        .expect(good(operation));
}

/// 404: another learnCenter, and where the operation is about an object, one that there is not.
pub fn absent(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let request = sample.request(&admin(app), operation);
        if request.told().contains("learnCenters/1/") {
            for center in ["2", "3", "9007199254740991"] {
                let elsewhere = elsewhere(&request, center);
                elsewhere.send().refused(404, "NOT_FOUND");
            }
        }
        if !["createGroup", "listGroups"].contains(&operation) {
            let answer = sample.absent(&admin(app), operation).send();
            answer.refused(404, "NOT_FOUND");
            assert!(
                answer.text("/detail").contains("9007199254740991"),
                "{}",
                answer.told()
            );
        }
    });
}

/// The same request at another learnCenter.
pub fn elsewhere(request: &Request, center: &str) -> Request {
    request.clone().at(&request
        .target()
        .replace("learnCenters/1/", &format!("learnCenters/{center}/")))
}

/// 406: the client accepts nothing that there is.
pub fn not_acceptable(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for wanted in [
            "text/html",
            "application/xml, text/*",
            "application/json;q=0",
            "application/json;q=0, */*",
        ] {
            let told = request.clone().header("Accept", wanted).send();
            told.refused(406, "NOT_ACCEPTABLE");
        }
    });
    let accepted = "text/html, application/*;q=0.8, */*;q=0.1";
    request.header("Accept", accepted).send().expect(good(operation));
}

/// 413: a body of more than a mebibyte.
pub fn too_large(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for length in [1_048_577, 10_000_000] {
            let large = request.clone().body("application/json", vec![b' '; length]);
            large.send().refused(413, "PAYLOAD_TOO_LARGE");
        }
    });
    request.padded(1_048_576).send().expect(good(operation));
}

/// 415: a body that is not JSON, or JSON in another dress.
pub fn unsupported(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for media_type in [
            "text/plain",
            "text/json",
            "application/x-www-form-urlencoded",
            "application/xml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/json; charset=iso-8859-1",
            "nonsense",
        ] {
            let told = request.clone().with("Content-Type", media_type).send();
            told.refused(415, "UNSUPPORTED_MEDIA_TYPE");
        }
        let packed = request.clone().header("Content-Encoding", "gzip").send();
        packed.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    });
    let right = request.with("Content-Type", "Application/JSON; charset=UTF-8");
    right.send().expect(good(operation));
}

/// A body without `Content-Type` is taken for JSON.
#[test]
fn no_media_type_means_json() {
    for operation in BODIES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let request = sample.request(&admin(&app), operation).without("Content-Type");
        request.send().expect(good(operation));
    }
}

/// 412: `If-Match` names another version than the group has.
pub fn stale(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for other in [
            "\"999\"",
            "\"999-0123456789abcdef\", \"998\"",
            "W/\"1\"",
            "\"\"",
            "\"nonsense\"",
            "nonsense",
            "1",
            "\"999\" , *",
        ] {
            let told = request.clone().header("If-Match", other).send();
            told.refused(412, "PRECONDITION_FAILED");
        }
        let long = format!("\"{}\"", "9".repeat(1023));
        let told = request.clone().header("If-Match", &long).send();
        told.invalid(&["If-Match"]);
    });
    let etag = sample.request(&admin(app), "getGroup").send().etag();
    let first = request.header("If-Match", &format!("\"999\", {etag}"));
    first.send().expect(200);
    first.send().refused(412, "PRECONDITION_FAILED");
}

/// 500: a table is gone. The answer says nothing about it, nothing was written, and the server recovers.
pub fn fault(app: &App, operation: &str, table: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        take_away(app, table);
        let answer = request.send();
        answer.refused(500, "INTERNAL_SERVER_ERROR");
        let text = answer.reply.text().to_lowercase();
        for word in ["sql", "table", table, "database", "panick"] {
            assert!(!text.contains(word), "a fault shows `{word}`: {text}");
        }
        let id = answer.header("x-request-id");
        assert_eq!(answer.text("/instance"), format!("urn:uuid:{id}"));
        put_back(app, table);
    });
    request.send().expect(good(operation));
}

/// 400 for what every body can be: none, no JSON, JSON of another kind, one with a member twice.
pub fn bad_body(app: &App, operation: &str) {
    assert!(BODIES.contains(&operation));
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    unchanged(app, || {
        for body in ["", " \r\n", "{", "[", "{\"na", "nonsense", "{'a':1}"] {
            let told = request.clone().body("application/json", body).send();
            told.invalid(&[""]);
        }
        for rest in ["{}", " x", "\0"] {
            request.clone().more(rest).send().invalid(&[""]);
        }
        for body in ["7", "null", "true", "\"text\"", "[]"] {
            let told = request.clone().body("application/json", body).send();
            told.invalid(&[""]);
        }
        let bytes = request.clone().body("application/json", b"{\"name\":\"\xff\"}");
        bytes.send().refused(400, "BAD_REQUEST");
        let deep = format!("{{\"x\":{}", "[".repeat(200_000));
        let told = request.clone().body("application/json", deep).send();
        told.refused(400, "BAD_REQUEST");
        assert!(
            told.reply.body.len() < 2000,
            "an answer stays small whatever was sent"
        );
    });
}

//! The answers that every operation refuses with in the same way, in both media types.

use super::samples::{BODIES, Sample, WRITES, admin, editor, reader};
use crate::database::{put_back, take_away, unchanged};
use directory::credentials;
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::app::secret;
use testkit::formsonfire::{Client, Format, GROUP, Request};

/// 401: no credential, halves of one, wrong ones, another company's, a revoked one, one in the wrong place.
pub fn unauthorized(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
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
    for format in Format::ALL {
        sample_search(&admin(app, format).with(1, &secret("brief"))).send();
    }
    app.wait(credentials::revoke(app.directory(), "brief"));
    unchanged(app, || {
        for format in Format::ALL {
            let client = admin(app, format);
            for (company, key) in [
                (1, secret("nobody")),
                (1, secret("stranger")),
                (2, secret("admin")),
                (3, secret("admin")),
                (0, secret("admin")),
                (1, secret("brief")),
                (1, String::new()),
                (1, secret("ADMIN")),
                (1, "a".repeat(1025)),
                (9_999_999_999, secret("admin")),
            ] {
                refused(&sample.request(&client.with(company, &key), operation), format);
            }
            if BODIES.contains(&operation) {
                in_the_body(&client, &sample.body(operation), operation);
            } else {
                in_the_query(&sample, &client, operation);
            }
        }
    });
}

fn sample_search(client: &Client) -> Request {
    client.get(testkit::formsonfire::GROUPS)
}

#[track_caller]
fn refused(request: &Request, format: Format) {
    let answer = request.send().in_format(format);
    answer.refused(401, "Unauthorized");
    assert_eq!(answer.at("/ResponseStatus/Errors"), &json!([]));
    let message = "CompanyId or IntegrationKey is missing or not valid";
    assert_eq!(
        answer.at("/ResponseStatus/Message"),
        message,
        "always the same words"
    );
    assert!(answer.reply.header("www-authenticate").is_none());
}

/// A body without the members of the credential, or with wrong ones; the query does not stand for them.
fn in_the_body(client: &Client, body: &Value, operation: &str) {
    let verb = if operation.starts_with("create") {
        "POST"
    } else {
        "PUT"
    };
    let path = if operation.ends_with("Group") {
        GROUP
    } else {
        testkit::formsonfire::USER
    };
    let send = |body: &Value| client.bare(verb, path).object(body);
    let format = client.format();
    let signed = client.signed(body);
    let without = |name: &str| {
        let mut body = signed.clone();
        body.as_object_mut().unwrap().remove(name);
        body
    };
    let with = |name: &str, value: Value| {
        let mut body = signed.clone();
        body[name] = value;
        body
    };
    refused(&send(body), format);
    for name in ["CompanyId", "IntegrationKey"] {
        refused(&send(&without(name)), format);
        refused(&send(&with(name, Value::Null)), format);
    }
    refused(&send(&with("CompanyId", json!("one"))), format);
    refused(&send(&with("CompanyId", json!(1.5))), format);
    let query = send(body)
        .query("CompanyId", "1")
        .query("IntegrationKey", &secret("admin"));
    refused(&query, format);
    // Nothing is told about the rest of the body to somebody who is not known.
    let mut wrong = body.clone();
    wrong["UserIds"] = json!(["nonsense"]);
    refused(&send(&wrong), format);
}

/// A query without the credential, or with half of it; headers do not stand for it.
fn in_the_query(sample: &Sample, client: &Client, operation: &str) {
    let format = client.format();
    let (verb, path) = match operation {
        "getUserGroup" => ("GET", GROUP),
        "deleteUserGroup" => ("DELETE", GROUP),
        "searchUserGroups" => ("GET", testkit::formsonfire::GROUPS),
        "getUser" => ("GET", testkit::formsonfire::USER),
        "deleteUser" => ("DELETE", testkit::formsonfire::USER),
        _ => ("GET", testkit::formsonfire::USERS),
    };
    let bare = client.bare(verb, path).query("Id", &sample.group);
    let key = secret("admin");
    refused(&bare, format);
    refused(&bare.clone().query("CompanyId", "1"), format);
    refused(&bare.clone().query("IntegrationKey", &key), format);
    let header = bare
        .clone()
        .header("CompanyId", "1")
        .header("IntegrationKey", &key);
    refused(&header, format);
    refused(
        &bare.clone().header("Authorization", &format!("Bearer {key}")),
        format,
    );
    let twice = bare.clone().query("CompanyId", "1").query("companyid", "1");
    refused(&twice.query("IntegrationKey", &key), format);
    for number in ["one", "", "01", "1.0", "+1"] {
        let request = bare
            .clone()
            .query("CompanyId", number)
            .query("IntegrationKey", &key);
        refused(&request, format);
    }
    if verb == "GET" {
        refused(&bare.object(&client.signed(&json!({}))), format);
    }
}

/// 403: a credential that may only read.
pub fn forbidden(app: &App, operation: &str) {
    assert!(WRITES.contains(&operation));
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let answer = sample
                .request(&reader(app, format), operation)
                .send()
                .in_format(format);
            answer.refused(403, "Forbidden");
            assert_eq!(answer.at("/ResponseStatus/Errors"), &json!([]));
        }
    });
    sample
        .request(&editor(app, Format::Xml), operation)
        .send()
        .expect(200);
}

/// 406: the client accepts nothing that there is. `format` goes before `Accept`.
pub fn not_acceptable(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let request = sample.request(&admin(app, format), operation);
            for wanted in [
                "text/html",
                "*/*;q=0",
                "application/json;q=0, application/xml;q=0.0",
            ] {
                let answer = request.clone().with("Accept", wanted).send();
                answer.refused(406, "NotAcceptable");
            }
        }
    });
    let request = sample
        .request(&admin(app, Format::Xml), operation)
        .with("Accept", "text/html");
    request
        .query("format", "json")
        .send()
        .expect(200)
        .in_format(Format::Json);
}

/// 413: a body of more than a mebibyte.
pub fn too_large(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let request = sample.request(&admin(app, format), operation);
            for length in [1_048_577, 5_000_000] {
                let body = vec![b' '; length];
                let answer = request.clone().body(format.media_type(), body).send();
                answer.in_format(format).refused(413, "PayloadTooLarge");
            }
        }
    });
    if BODIES.contains(&operation) {
        let request = sample.request(&admin(app, Format::Xml), operation);
        request.padded(1_048_576).send().expect(200);
    }
}

/// 415: a body that is neither XML nor JSON.
pub fn unsupported(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let request = sample.request(&admin(app, format), operation);
            for media_type in [
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1",
                "application/xml; charset=utf-16",
                "application/soap+xml",
                "nonsense",
            ] {
                let answer = request.clone().body(media_type, "<a/>").send();
                answer.in_format(format).refused(415, "UnsupportedMediaType");
            }
            let zipped = request.clone().body(format.media_type(), "x");
            let zipped = zipped.header("Content-Encoding", "gzip").send();
            zipped.refused(415, "UnsupportedMediaType");
        }
    });
}

/// 412: `If-Match` names another version than the object has.
pub fn stale(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let request = sample.request(&admin(app, format), operation);
            for other in [
                "\"999-0123456789abcdef\"",
                "\"999\", \"998\"",
                "W/\"1-ab\"",
                "\"nonsense\"",
                "1",
            ] {
                let answer = request.clone().header("If-Match", other).send();
                answer.in_format(format).refused(412, "PreconditionFailed");
            }
            let long = format!("\"{}\"", "9".repeat(1023));
            let answer = request.header("If-Match", &long).send();
            answer.invalid(&[("If-Match", "Length")]);
        }
    });
    let request = sample.request(&admin(app, Format::Xml), operation);
    request.header("If-Match", "\"7\", \"1-0\"").send().expect(200);
}

/// 500: a table is gone. The answer says nothing about it, and the server recovers.
pub fn fault(app: &App, operation: &str, table: &str) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        take_away(app, table);
        for format in Format::ALL {
            let answer = sample
                .request(&admin(app, format), operation)
                .send()
                .in_format(format);
            answer.refused(500, "InternalServerError");
            let text = answer.reply.text().to_lowercase();
            for word in ["sql", "table", table, "database", "panick"] {
                assert!(!text.contains(word), "a fault shows `{word}`: {text}");
            }
            let id = answer.reply.header("x-request-id").unwrap();
            assert!(answer.text("/ResponseStatus/Message").contains(&id));
        }
        put_back(app, table);
    });
    sample
        .request(&admin(app, Format::Json), operation)
        .send()
        .expect(200);
}

/// 400 for what every body can be: none, not well-formed, of another kind.
pub fn bad_body(app: &App, operation: &str) {
    assert!(BODIES.contains(&operation));
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for (format, bodies) in [
            (
                Format::Json,
                &["{", "[", "nonsense", "{'a':1}", "{} {}", "\u{feff}{}x"][..],
            ),
            (
                Format::Xml,
                &["<", "<a", "<a>", "<a></b>", "nonsense", "<a/><b/>", "{}"][..],
            ),
        ] {
            let request = sample.request(&admin(app, format), operation);
            for body in bodies {
                let answer = request
                    .clone()
                    .body(format.media_type(), *body)
                    .send()
                    .in_format(format);
                answer.refused(400, "SerializationException");
                assert_eq!(answer.at("/ResponseStatus/Errors"), &json!([]), "{body}");
            }
            for body in ["", " \r\n"] {
                let answer = request.clone().body(format.media_type(), body).send();
                answer.invalid(&[("", "NotEmpty")]);
            }
        }
    });
}

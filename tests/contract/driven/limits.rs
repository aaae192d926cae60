//! Heads that are too long, too many or malformed, and parameters that come twice or with broken escapes.

use super::call::Call;
use super::rules::{ESCAPE, LIMIT, REPEATED};
use super::session::{Answer, Session};
use super::spec::{Operation, Place};
use testkit::http;

/// Escapes that are none, and escapes of bytes that are no UTF-8.
const BROKEN: [&str; 8] = [
    "%",
    "%2",
    "%zz",
    "%u0041",
    "%ff",
    "%c3%28",
    "%ed%a0%80",
    "a%00b%fe",
];

pub fn run(session: &Session<'_>) {
    for operation in &session.spec.operations {
        heads(session, operation);
        repeated(session, operation);
        escapes(session, operation);
    }
    requests(session);
}

/// Long and many lines: an answer of any documented kind, or a refusal of the whole head; never a fault.
fn heads(session: &Session<'_>, operation: &Operation) {
    let base = session.base(operation);
    let mut long = base.clone();
    long.headers.push(("X-Padding".to_owned(), "a".repeat(60_000)));
    let mut many = base.clone();
    many.headers
        .extend((0..90).map(|n| (format!("X-Many-{n}"), "a".to_owned())));
    let mut query = base.clone();
    query.query.push(("padding".to_owned(), "a".repeat(60_000)));
    for call in [long, many, query] {
        session.send(&call);
    }
    // What is asked for exists, so that nothing but the header can be the reason of a refusal.
    let (prepared, _) = session.prepare(operation);
    for param in operation.in_place(Place::Header) {
        for value in [
            "a".repeat(60_000),
            "\u{e4}\u{1f600}".to_owned(),
            "\"".to_owned(),
            String::new(),
        ] {
            let mut call = prepared.clone();
            call.set_header(&param.name, &value);
            let length = value.chars().count() as u64;
            let is_too_long = param.schema["maxLength"]
                .as_u64()
                .is_some_and(|most| length > most);
            let is_wrong = |answer: &Answer| is_too_long && !answer.is_refusal();
            session.demand(LIMIT, &call, "a refusal: the value is too long", &is_wrong);
        }
    }
}

/// A query parameter that the operation knows may come once, unless it is a list.
fn repeated(session: &Session<'_>, operation: &Operation) {
    for param in operation.in_place(Place::Query) {
        let is_list = session.spec.document.resolved(&param.schema)["type"] == "array";
        let mut call = session.base(operation);
        call.set_query(&param.name, &param.example);
        let same = call.query.last().unwrap().clone();
        call.query.push(same);
        let is_wrong = |answer: &Answer| !is_list && !answer.is_refusal();
        session.demand(REPEATED, &call, "a refusal: it is there twice", &is_wrong);
    }
}

/// Values that cannot be decoded.
fn escapes(session: &Session<'_>, operation: &Operation) {
    for param in &operation.params {
        for value in BROKEN {
            let mut call = session.base(operation);
            let pairs = match param.place {
                Place::Path => &mut call.path,
                Place::Query => &mut call.query,
                Place::Header => continue,
            };
            pairs.retain(|(name, _)| *name != param.name);
            pairs.push((param.name.clone(), value.to_owned()));
            let is_wrong = |answer: &Answer| !answer.is_refusal();
            session.demand(ESCAPE, &call, "a refusal: the value is no text", &is_wrong);
        }
    }
}

/// Requests that are hardly any: each is answered, and the server goes on.
fn requests(session: &Session<'_>) {
    let operation = &session.spec.operations[0];
    let base = session.base(operation);
    let target = base.target();
    let bytes = |head: String| [head.into_bytes(), b"\r\n".to_vec()].concat();
    let host = "Host: localhost\r\nConnection: close\r\n";
    for (name, bytes) in [
        (
            "a header of 200000 bytes",
            bytes(format!(
                "GET {target} HTTP/1.1\r\n{host}X-Long: {}\r\n",
                "a".repeat(200_000)
            )),
        ),
        (
            "5000 headers",
            bytes(format!(
                "GET {target} HTTP/1.1\r\n{host}{}",
                "X-Many: a\r\n".repeat(5_000)
            )),
        ),
        (
            "a query of 200000 bytes",
            bytes(format!("GET {target}?{} HTTP/1.1\r\n{host}", "a".repeat(200_000))),
        ),
        (
            "a header without a name",
            bytes(format!("GET {target} HTTP/1.1\r\n{host}: a\r\n")),
        ),
        (
            "a NUL in a header",
            bytes(format!("GET {target} HTTP/1.1\r\n{host}X-Nul: a\0b\r\n")),
        ),
        (
            "a length that is none",
            bytes(format!(
                "POST {target} HTTP/1.1\r\n{host}Content-Length: many\r\n"
            )),
        ),
        (
            "two lengths",
            bytes(format!(
                "POST {target} HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n"
            )),
        ),
        (
            "a length and chunks",
            bytes(format!(
                "POST {target} HTTP/1.1\r\n{host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"
            )),
        ),
        ("no HTTP", b"hello\r\n\r\n".to_vec()),
    ] {
        answered(session, &base, name, &bytes);
    }
}

fn answered(session: &Session<'_>, base: &Call<'_>, name: &str, bytes: &[u8]) {
    let status = http::exchange(session.app.url(), bytes, false).map_or(0, |reply| reply.status);
    // A connection that is closed without an answer is a refusal, too.
    let expected = format!("a refusal of {name}");
    if status != 0 && status / 100 != 4 {
        session.complain(LIMIT, &base.operation.id, &expected, &status.to_string(), name);
    }
    let after = session.ask(base);
    if after.status() == 0 {
        session.complain(
            LIMIT,
            &base.operation.id,
            "the server goes on",
            &after.told(),
            name,
        );
    }
}

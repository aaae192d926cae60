//! Requests as no client should send them. Each has its answer, the one that `docs/http.md` promises, and costs nobody else anything.

use std::io::{Read, Write};
use std::time::{Duration, Instant};
use testkit::kibo::{GROUPS, group};
use testkit::{App, Reply, http};

/// How long an answer to a whole request may take here: less than any limit of time of the server, which are five seconds
/// and more.
const AT_ONCE: Duration = Duration::from_secs(4);

const PLAIN: &str = "application/problem+json";
const JSON: &str = "application/json";
const NONE: &str = "";

/// The lines of a head behind `Host`, which `{A}` stands for a good credential in, then the body.
struct Odd {
    line: &'static str,
    head: &'static str,
    body: &'static str,
    status: u16,
    media_type: &'static str,
}

const fn odd(
    line: &'static str,
    head: &'static str,
    body: &'static str,
    status: u16,
    media_type: &'static str,
) -> Odd {
    Odd {
        line,
        head,
        body,
        status,
        media_type,
    }
}

const SOCKET: &str = "{A}Upgrade: websocket\r\nConnection: Upgrade\r\n";

#[rustfmt::skip]
const ODD: &[Odd] = &[
    // Ways out of HTTP that are none here.
    odd("GET /healthz HTTP/1.1", SOCKET, "", 200, JSON),
    odd("GET /platform/adminuser/groups HTTP/1.1", SOCKET, "", 200, JSON),
    odd("GET /nothing HTTP/1.1", SOCKET, "", 404, PLAIN),
    odd("POST /platform/adminuser/groups HTTP/1.1", "{A}Upgrade: websocket\r\nContent-Type: application/json\r\nContent-Length: 2\r\n", "{}GET", 200, JSON),
    odd("POST /platform/adminuser/groups HTTP/1.1", "{A}Upgrade: websocket\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", 200, JSON),
    odd("GET /healthz HTTP/1.1", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings\r\n", "", 200, JSON),
    odd("CONNECT localhost:80 HTTP/1.1", "", "", 404, PLAIN),
    odd("CONNECT /platform/adminuser/groups HTTP/1.1", "{A}", "", 405, JSON),
    odd("OPTIONS * HTTP/1.1", "", "", 404, PLAIN),
    odd("PRI * HTTP/2.0", "", "", 400, NONE),
    // Verbs.
    odd("BREW / HTTP/1.1", "", "", 405, PLAIN),
    odd("POST /healthz HTTP/1.1", "Content-Length: 2\r\n", "{}", 405, PLAIN),
    odd("DELETE /docs/index.html HTTP/1.1", "", "", 405, PLAIN),
    odd("BREW /platform/adminuser/groups HTTP/1.1", "{A}", "", 405, JSON),
    odd("get /platform/adminuser/groups HTTP/1.1", "{A}", "", 405, JSON),
    // Paths beside the documents.
    odd("GET /docs/nothing HTTP/1.1", "", "", 404, PLAIN),
    odd("GET /openapi/nothing HTTP/1.1", "", "", 404, PLAIN),
    odd("GET //healthz HTTP/1.1", "", "", 404, PLAIN),
    odd("GET /%2e%2e/healthz HTTP/1.1", "", "", 404, PLAIN),
    odd("GET /a\0b HTTP/1.1", "", "", 400, NONE),
    // Lengths and framing.
    odd("POST /usergroups HTTP/1.1", "{A}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", 400, NONE),
    odd("POST /usergroups HTTP/1.1", "{A}Content-Length: 2\r\nContent-Length: 2\r\n", "{}", 400, NONE),
    odd("POST /usergroups HTTP/1.1", "{A}Content-Length: +2\r\n", "{}", 400, NONE),
    odd("POST /usergroups HTTP/1.1", "{A}Transfer-Encoding: gzip\r\n", "{}", 400, NONE),
    odd("POST /usergroups HTTP/1.1", "{A}Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n", "{}", 415, JSON),
    odd("GET /healthz HTTP/1.1", "Host: other\r\n", "", 400, NONE),
    odd("GET /healthz HTTP/1.1", "no colon\r\n", "", 400, NONE),
];

#[test]
fn odd_requests_are_answered_at_once() {
    let app = App::start();
    let bearer = format!("Authorization: Bearer {}\r\n", app.admin().token().unwrap());
    for Odd {
        line,
        head,
        body,
        status,
        media_type,
    } in ODD
    {
        let head = head.replace("{A}", &bearer);
        let host = app.url().trim_start_matches("http://");
        let start = Instant::now();
        let reply = http::raw(
            app.url(),
            format!("{line}\r\nHost: {host}\r\n{head}\r\n{body}").as_bytes(),
        );
        let shown = format!("{line}\n{head}\n{reply:?}");
        assert!(
            start.elapsed() < AT_ONCE,
            "it took {:?}: {shown}",
            start.elapsed()
        );
        assert_eq!(reply.status, *status, "{shown}");
        assert_eq!(
            reply.header("content-type").unwrap_or_default(),
            *media_type,
            "{shown}"
        );
        assert_eq!(reply.body.is_empty(), media_type.is_empty(), "{shown}");
        if *media_type == PLAIN {
            is_a_problem(&reply);
        }
        assert_eq!(reply.header("allow").is_some(), *status == 405, "{shown}");
    }
    // Of the one with a body behind its length only the length counted.
    assert_eq!(app.admin().get(GROUPS).send().expect(200).at("/totalCount"), 2);
}

#[track_caller]
fn is_a_problem(reply: &Reply) {
    let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(body["status"], reply.status, "{body}");
    assert_eq!(
        body["requestId"].as_str(),
        reply.header("x-request-id").as_deref(),
        "{body}"
    );
    for member in ["type", "title", "detail", "code"] {
        assert!(body[member].is_string(), "{body}");
    }
}

/// A body that comes too slowly, or not at all, ends with 408 and the end of the connection; nothing of it is done.
#[test]
fn a_slow_body_ends() {
    let app = App::start();
    let hasty = app.hasty(Duration::from_millis(300));
    let bytes = |admin: bool| {
        let app = if admin { app.admin() } else { app.nobody() };
        app.post(GROUPS)
            .json(&serde_json::json!({"groupCode": "slow"}))
            .bytes()
    };
    for sent in [1, 5] {
        let bytes = bytes(true);
        let mut stream = http::connect(hasty.url()).unwrap();
        stream.write_all(&bytes[..bytes.len() - sent]).unwrap();
        let reply = http::read(&mut stream, false).unwrap();
        assert_eq!(reply.status, 408, "{reply:?}");
        assert_eq!(reply.header("connection").as_deref(), Some("close"), "{reply:?}");
        is_a_problem(&reply);
        assert_eq!(
            stream.read_to_end(&mut Vec::new()).unwrap_or(0),
            0,
            "nothing comes behind it"
        );
    }
    // Who would have been refused anyway is told why.
    let refused = bytes(false);
    let mut stream = http::connect(hasty.url()).unwrap();
    stream.write_all(&refused[..refused.len() - 5]).unwrap();
    assert_eq!(http::read(&mut stream, false).unwrap().status, 401);
    app.admin().get(&group("slow")).send().expect(404);
    // One that comes in pieces, but in time, is like any other.
    let whole = bytes(true);
    let patient = app.hasty(Duration::from_mins(10));
    let mut stream = http::connect(patient.url()).unwrap();
    for piece in whole.chunks(40) {
        stream.write_all(piece).unwrap();
    }
    assert_eq!(http::read(&mut stream, false).unwrap().status, 200);
}

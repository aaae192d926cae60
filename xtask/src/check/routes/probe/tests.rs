use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::{judge, judge_named, probe, targets};
use crate::check::fixture::shown;
use crate::check::routes::documented::Path;
use crate::server::Answer;

fn verbs(verbs: &[&str]) -> BTreeSet<String> {
    verbs.iter().map(ToString::to_string).collect()
}

fn path(full: &str) -> Path {
    Path {
        full: full.to_owned(),
        verbs: verbs(&["GET", "PUT"]),
        may_miss: verbs(&["PUT"]),
        file: "openapi/kibo.yaml".into(),
        place: (5, 3),
        verb_places: BTreeMap::from([("PUT".to_owned(), (8, 5)), ("GET".to_owned(), (6, 5))]),
    }
}

fn answer(status: u16, allow: Option<&str>) -> Answer {
    let headers = allow.map(|allow| ("allow".to_owned(), allow.to_owned()));
    Answer {
        status,
        headers: headers.into_iter().collect(),
    }
}

#[test]
fn templates_are_filled_in() {
    assert_eq!(targets("/a/{id}/b"), ["/a/probe/b", "/a/probe/b/"]);
    assert_eq!(targets("/a/v{x}.{y}z"), ["/a/vprobe.probez", "/a/vprobe.probez/"]);
    assert_eq!(targets(""), ["/", "/"]);
}

#[test]
fn an_answer_is_right_or_the_reason_is_named() {
    let cases = [
        ("GET", answer(401, None), None),
        ("GET", answer(200, None), None),
        (
            "GET",
            answer(404, None),
            Some("documented, but the server answers 404"),
        ),
        (
            "GET",
            answer(405, Some("PUT")),
            Some("documented, but the server answers 405"),
        ),
        ("PUT", answer(404, None), None),
        ("POST", answer(405, Some("PUT, GET")), None),
        (
            "POST",
            answer(405, Some("GET")),
            Some("`Allow: GET` differs from the documented verbs GET, PUT"),
        ),
        (
            "HEAD",
            answer(405, None),
            Some("`Allow: ` differs from the documented verbs GET, PUT"),
        ),
        (
            "POST",
            answer(404, None),
            Some("not documented, but the server answers 404 instead of 405"),
        ),
        (
            "TRACE",
            answer(200, None),
            Some("not documented, but the server answers 200 instead of 405"),
        ),
    ];
    for (verb, answer, expected) in cases {
        assert_eq!(
            judge(verb, &path("/a"), &answer).as_deref(),
            expected,
            "{verb} {answer:?}"
        );
    }
}

#[test]
fn a_named_route_answers_its_verbs_and_no_other() {
    for (listed, status, expected) in [
        (true, 200, None),
        (true, 503, None),
        (true, 405, Some("listed, but the server answers 405")),
        (false, 405, None),
        (false, 404, None),
        (false, 200, Some("not listed, but the server answers 200")),
    ] {
        assert_eq!(
            judge_named(listed, &answer(status, None)).as_deref(),
            expected,
            "{listed} {status}"
        );
    }
}

/// A server that knows one path only, without a slash at its end.
#[test]
fn a_server_is_probed_with_every_verb_on_both_spellings() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = std::thread::spawn(move || {
        for stream in listener.incoming().take(16) {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            while reader.read_line(&mut String::new()).unwrap() > 2 {}
            let known = line.starts_with("GET /a ") || line.starts_with("PUT /a ");
            let head = match (known, line.contains(" /a ")) {
                (true, _) => "200 OK",
                (false, true) => "405 Method Not Allowed\r\nAllow: GET, PUT",
                (false, false) => "404 Not Found",
            };
            write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n").unwrap();
        }
    });
    let findings = probe(&address, &[path("/a")]).unwrap();
    server.join().unwrap();
    let path = "kibo.yaml:5:3: routes-probe";
    assert_eq!(
        shown(&findings),
        [
            format!(
                "{path}: POST /a/ (and 5 more): not documented, but the server answers 404 instead of 405"
            ),
            "kibo.yaml:6:5: routes-probe: GET /a/: documented, but the server answers 404".to_owned(),
        ],
        "`PUT` may answer 404"
    );
}

//! SIGTERM and SIGINT: requests under way finish, and nothing that was answered is lost.

use crate::{Place, operator};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::kibo::{GROUPS, group};
use testkit::{Process, http, process};

/// How many answers are waited for before the signal.
const ANSWERS: usize = 40;

#[test]
fn nothing_answered_is_lost_on_sigterm() {
    stops_in_good_order("TERM");
}

#[test]
fn nothing_answered_is_lost_on_sigint() {
    stops_in_good_order("INT");
}

fn stops_in_good_order(signal: &str) {
    let place = Place::new();
    let mut server = place.serve();
    let answered = Mutex::new(Vec::new());
    let is_over = AtomicBool::new(false);
    let client = operator(&server);
    client.token();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (client, answered, is_over) = (&client, &answered, &is_over);
            scope.spawn(move || {
                for at in 0.. {
                    let code = format!("{writer}-{at}");
                    let body = json!({"groupCode": code, "users": [{}, {}]});
                    match client.post(GROUPS).json(&body).try_send() {
                        Ok(answer) => answered.lock().unwrap().push(answer.expect(200).json().clone()),
                        Err(_) if is_over.load(Ordering::SeqCst) => break,
                        Err(error) => panic!("a request failed before the signal: {error}"),
                    }
                }
            });
        }
        process::within("answers", || {
            (answered.lock().unwrap().len() >= ANSWERS).then_some(())
        });
        is_over.store(true, Ordering::SeqCst);
        server.signal(signal);
    });
    assert!(server.wait().success(), "{}", server.stderr());
    assert!(!server.is_ready(), "the ready file is gone");
    assert!(!server.stderr().contains("panicked"), "{}", server.stderr());
    let log = place.path().join("roster.db-wal");
    assert_eq!(
        std::fs::metadata(log).map_or(0, |log| log.len()),
        0,
        "all is in the database file"
    );
    let server = place.serve();
    let client = operator(&server);
    for created in answered.into_inner().unwrap() {
        let got = client
            .get(&group(created["groupCode"].as_str().unwrap()))
            .send()
            .expect(200);
        assert_eq!(got.json(), &created);
    }
    let verdict = process::succeed(&["audit", "verify", "--database", &place.url()]);
    assert!(verdict.contains("intact"), "{verdict}");
}

/// A request that the server has begun to read gets its answer although the server was told to stop meanwhile.
#[test]
fn a_request_under_way_finishes() {
    let place = Place::new();
    let mut server = place.serve();
    let client = operator(&server);
    let body = json!({"groupCode": "slow", "name": "S"}).to_string();
    let mut stream = begin(&server, client.token().unwrap(), body.len());
    server.signal("TERM");
    process::within("the server to take no more connections", || {
        TcpStream::connect(address(&server)).err()
    });
    stream.write_all(body.as_bytes()).unwrap();
    let answer = http::read(&mut stream, false).unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    drop(stream);
    assert!(server.wait().success());
    let server = place.serve();
    assert_eq!(
        operator(&server)
            .get(&group("slow"))
            .send()
            .expect(200)
            .text("/name"),
        "S"
    );
}

/// Sends a head, and returns when the server has asked for the body.
fn begin(server: &Process, token: &str, length: usize) -> TcpStream {
    let mut stream = http::connect(server.url()).unwrap();
    let head = format!(
        "POST {GROUPS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(http::read(&mut stream, false).unwrap().status, 100);
    stream
}

fn address(server: &Process) -> &str {
    server.url().trim_start_matches("http://")
}

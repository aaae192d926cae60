//! A database that is held by another process, or broken.

use rusqlite::Connection;
use serde_json::json;
use std::sync::mpsc;
use testkit::kibo::{GROUPS, group};
use testkit::{App, http};

/// Reads go on while another process holds the write lock, and a write waits for it.
#[test]
fn a_foreign_write_stops_no_read() {
    let app = App::start();
    app.admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "g"}))
        .send()
        .expect(200);
    let other = Connection::open(app.database_path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (done, is_done) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let answer = app.admin().put(&group("g")).json(&json!({"name": "new"})).send();
            done.send(answer.reply.status).unwrap();
        });
        for _ in 0..20 {
            let got = app.reader().get(&group("g")).send().expect(200);
            assert_eq!(got.at("/name"), "", "what is not committed is not shown");
        }
        assert_eq!(is_done.try_recv(), Err(mpsc::TryRecvError::Empty));
        other.execute_batch("ROLLBACK").unwrap();
    });
    assert_eq!(is_done.recv(), Ok(200));
    assert_eq!(
        app.reader().get(&group("g")).send().expect(200).at("/name"),
        "new"
    );
}

/// A server that cannot use its database is alive, says that it is not ready, and recovers.
#[test]
fn a_broken_database_is_told_and_survived() {
    let app = App::start();
    app.admin().token();
    let get = |path: &str| http::send(app.url(), "GET", path, &[], None).unwrap().status;
    let other = Connection::open(app.database_path()).unwrap();
    assert_eq!((get("/healthz"), get("/readyz")), (200, 200));
    other
        .execute_batch("ALTER TABLE server_setting RENAME TO gone; ALTER TABLE credential RENAME TO gone_too")
        .unwrap();
    assert_eq!((get("/healthz"), get("/readyz")), (200, 503));
    app.admin().get(GROUPS).send().refused(500, "UNEXPECTED_ERROR");
    other
        .execute_batch("ALTER TABLE gone RENAME TO server_setting; ALTER TABLE gone_too RENAME TO credential")
        .unwrap();
    assert_eq!((get("/healthz"), get("/readyz")), (200, 200));
    app.admin().post(GROUPS).json(&json!({})).send().expect(200);
}

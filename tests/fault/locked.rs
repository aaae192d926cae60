//! Another process that writes to the same database.

use rusqlite::Connection;
use serde_json::json;
use std::sync::mpsc;
use testkit::App;
use testkit::kibo::{GROUPS, group};

/// Reads go on while another process holds the write lock, and a write waits for it.
#[test]
fn a_foreign_write_stops_no_read() {
    let app = App::start();
    app.admin().post(GROUPS).json(&json!({"groupCode": "g"})).send().expect(200);
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
    assert_eq!(app.reader().get(&group("g")).send().expect(200).at("/name"), "new");
}

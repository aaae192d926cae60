//! Clients that go away in the middle of their requests.

use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::Write;
use testkit::kibo::{ACCOUNTS, GROUPS, group};
use testkit::{App, http};

/// How many clients go away.
const MANY: usize = 120;

/// Whole requests whose answers nobody waits for: each is done wholly or not at all, and others go on.
#[test]
fn abandoned_requests_are_whole_or_absent() {
    let app = App::start();
    let admin = app.admin();
    admin.token();
    let name = |at: usize| format!("abandoned-{at}");
    let abandoned = |at: usize| {
        let body = json!({"groupCode": name(at), "name": name(at), "users": [{"userName": format!("{at}-a")}, {"userName": format!("{at}-b")}]});
        admin.post(GROUPS).json(&body).bytes()
    };
    std::thread::scope(|scope| {
        for worker in 0..4 {
            scope.spawn(move || {
                for at in (worker..MANY).step_by(4) {
                    let bytes = abandoned(at);
                    let whole = if at % 3 == 0 {
                        bytes.len()
                    } else {
                        bytes.len() * (at % 7) / 7
                    };
                    http::abandon(admin.url(), &bytes[..whole]).unwrap();
                }
            });
        }
        scope.spawn(|| {
            for at in 0..MANY / 4 {
                let body = json!({"groupCode": format!("kept-{at}"), "users": [{}]});
                admin.post(GROUPS).json(&body).send().expect(200);
            }
        });
    });
    for at in 0..MANY / 4 {
        admin.get(&group(&format!("kept-{at}"))).send().expect(200);
    }
    whole_or_absent(&app, &name);
}

/// Each abandoned group has both its users and one event, or there is no trace of it.
fn whole_or_absent(app: &App, name: &dyn Fn(usize) -> String) {
    // A write that is still in the queue is done before this one.
    app.admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "last"}))
        .send()
        .expect(200);
    let mut done = 0;
    for at in 0..MANY {
        let answer = app.admin().get(&group(&name(at))).send();
        let users = |filter: &str| {
            let list = app
                .admin()
                .get(ACCOUNTS)
                .query("filter", filter)
                .query("responseFields", "totalCount")
                .send();
            list.expect(200).at("/totalCount").as_i64().unwrap()
        };
        let found = users(&format!("userName sw {at}-"));
        if answer.reply.status == 200 {
            done += 1;
            let names: Vec<&Value> = answer
                .at("/users")
                .as_array()
                .unwrap()
                .iter()
                .map(|user| &user["userName"])
                .collect();
            assert_eq!(names, [&json!(format!("{at}-a")), &json!(format!("{at}-b"))]);
            assert_eq!(found, 2);
        } else {
            answer.expect(404);
            assert_eq!(found, 0, "users without their group {at}");
        }
    }
    let database = Connection::open(app.database_path()).unwrap();
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let events = count("SELECT count(*) FROM audit_event WHERE operation = 'createGroup'");
    assert_eq!(
        events,
        count("SELECT count(*) FROM directory_group"),
        "one event for each group"
    );
    assert_eq!(events, done + i64::try_from(MANY / 4).unwrap() + 1);
    for (tenant, verdict) in app.wait(directory::audit::verify(app.directory(), None)) {
        assert!(verdict.holds(), "{tenant}: {verdict}");
    }
}

/// Clients that send half a request and then nothing do not keep others from being served.
#[test]
fn silent_clients_keep_nobody_waiting() {
    let app = App::start();
    let bytes = app
        .admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "half", "users": [{}]}))
        .bytes();
    let silent: Vec<_> = (0..60)
        .map(|at| {
            let mut stream = http::connect(app.url()).unwrap();
            stream.write_all(&bytes[..bytes.len() * at / 60]).unwrap();
            stream
        })
        .collect();
    for at in 0..10 {
        app.admin()
            .post(GROUPS)
            .json(&json!({"groupCode": format!("g{at}")}))
            .send()
            .expect(200);
    }
    drop(silent);
    app.admin()
        .get(&group("half"))
        .send()
        .refused(404, "ITEM_NOT_FOUND");
    assert_eq!(app.admin().get(GROUPS).send().expect(200).at("/totalCount"), 10);
}

/// A client that reads nothing of a large answer and goes away.
#[test]
fn unread_answers_disturb_nobody() {
    let app = App::start();
    let users: Vec<Value> = (0..500).map(|_| json!({})).collect();
    app.admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "g", "users": users}))
        .send()
        .expect(200);
    let bytes = app.admin().get(&group("g")).bytes();
    for _ in 0..20 {
        http::abandon(app.url(), &bytes).unwrap();
    }
    app.admin().get(&group("g")).send().expect(200);
}

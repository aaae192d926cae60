//! `kill -9` in the middle of writes, again and again: what was answered is there, and nothing is there by halves.

use rusqlite::Connection;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use testkit::kibo::{Client, GROUPS, Request, account, group};
use testkit::{Process, process};

const ROUNDS: usize = 8;
const WRITERS: usize = 6;
/// How many answers all writers together wait for before the server is killed; each round a few more.
const ANSWERS: usize = 60;
const CREDENTIAL: (&str, &str) = ("operator", "a secret of the operator, for tests");

/// A group as its writer knows it: its name and the ids of its users. `None`: there is no such group.
type State = Option<(String, BTreeSet<String>)>;

/// What one writer has done to its own groups.
#[derive(Default)]
struct Ledger {
    /// By code, after the last answer.
    answered: BTreeMap<String, State>,
    /// The write that was under way when the server ended: the code and the state it would have led to. The ids of
    /// users that it would have made are not known.
    under_way: Option<(String, State)>,
    /// How many writes of groups were answered.
    writes: i64,
}

#[test]
fn what_was_answered_outlives_a_kill() {
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("roster.db");
    let mut ledgers: Vec<Ledger> = (0..WRITERS).map(|_| Ledger::default()).collect();
    for round in 0..ROUNDS {
        let mut server = start(&database);
        let client = Client::connect(server.url(), CREDENTIAL.0, CREDENTIAL.1);
        client.token();
        let users = [person(&client, round, "x"), person(&client, round, "y")];
        let answers = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for (writer, ledger) in ledgers.iter_mut().enumerate() {
                let (client, users, answers) = (&client, &users, &answers);
                scope.spawn(move || write(ledger, client, users, answers, &format!("r{round}-w{writer}")));
            }
            process::within("answers", || {
                (answers.load(Ordering::SeqCst) >= ANSWERS + round * 7).then_some(())
            });
            server.kill();
        });
        check(&database, &mut ledgers, &format!("r{round}-"));
    }
    check(&database, &mut ledgers, "");
}

fn start(database: &Path) -> Process {
    let (id, secret) = CREDENTIAL;
    Process::start(database, &["--bootstrap-credential", &format!("{id}:{secret}")])
}

fn person(client: &Client, round: usize, name: &str) -> String {
    let name = format!("{name}-{round}");
    let body = json!({"emailAddress": name, "firstName": name, "lastName": "L"});
    client
        .post(testkit::kibo::ACCOUNTS)
        .json(&body)
        .send()
        .expect(200)
        .text("/id")
        .to_owned()
}

/// Writes to groups of its own until the server is gone, and notes every answer.
fn write(ledger: &mut Ledger, client: &Client, users: &[String; 2], answers: &AtomicUsize, prefix: &str) {
    for at in 0.. {
        let code = format!("{prefix}-{}", at / 5);
        let before = ledger.answered.get(&code).cloned().flatten();
        let (request, after) = step(client, users, &code, at % 5, before);
        ledger.under_way = Some((code.clone(), after.clone()));
        let Ok(answer) = request.try_send() else { return };
        let answer = answer.expect(200);
        let mut state = after;
        if let (Some((_, members)), Some(users)) = (&mut state, answer.json()["users"].as_array()) {
            *members = users
                .iter()
                .map(|user| user["id"].as_str().unwrap().to_owned())
                .collect();
        }
        ledger.answered.insert(code, state);
        ledger.under_way = None;
        ledger.writes += 1;
        answers.fetch_add(1, Ordering::SeqCst);
    }
}

/// The next write of a group's short life, and the state that it leads to.
fn step(client: &Client, users: &[String; 2], code: &str, at: usize, before: State) -> (Request, State) {
    let path = group(code);
    let (name, mut members) = before.unwrap_or_default();
    match at {
        0 => {
            let body = json!({"groupCode": code, "name": "new", "users": [{"id": users[0]}, {"lastName": code}, {"lastName": code}]});
            (client.post(GROUPS).json(&body), Some(("new".to_owned(), members)))
        }
        1 => {
            members.insert(users[1].clone());
            (
                client.post(&format!("{path}/addusers")).json(&json!([users[1]])),
                Some((name, members)),
            )
        }
        2 => (
            client.put(&path).json(&json!({"name": "renamed"})),
            Some(("renamed".to_owned(), members)),
        ),
        3 => {
            members.remove(&users[0]);
            (
                client
                    .post(&format!("{path}/removeusers"))
                    .json(&json!([users[0]])),
                Some((name, members)),
            )
        }
        // Two of three groups stay.
        _ if code.ends_with(['0', '3', '6', '9']) => (client.delete(&path), None),
        _ => (
            client.put(&path).json(&json!({"name": "kept"})),
            Some(("kept".to_owned(), members)),
        ),
    }
}

/// Starts the server again and compares what it says of the groups whose codes start so with the ledgers.
fn check(database: &Path, ledgers: &mut [Ledger], prefix: &str) {
    integrity(database);
    let server = start(database);
    let client = Client::connect(server.url(), CREDENTIAL.0, CREDENTIAL.1);
    let mut finished = 0;
    for ledger in ledgers.iter_mut() {
        let under_way = ledger.under_way.take();
        let all = ledger
            .answered
            .iter()
            .filter(|(code, _)| code.starts_with(prefix));
        let all: Vec<(String, State)> = all.map(|(code, state)| (code.clone(), state.clone())).collect();
        for (code, expected) in all {
            let found = state(&client, &code);
            if found == expected {
                continue;
            }
            let (pending, after) = under_way
                .clone()
                .unwrap_or_else(|| panic!("{code}: {found:?}, not {expected:?}"));
            assert_eq!((&pending, &found), (&code, &after), "answered: {expected:?}");
            ledger.answered.insert(code, found);
            finished += 1;
        }
        if let Some((code, Some(_))) = &under_way
            && !ledger.answered.contains_key(code)
            && let Some((name, members)) = state(&client, code)
        {
            assert_eq!(
                (name.as_str(), members.len()),
                ("new", 3),
                "{code} has all its users"
            );
            ledger.answered.insert(code.clone(), Some((name, members)));
            finished += 1;
        }
    }
    let answered: i64 = ledgers.iter().map(|ledger| ledger.writes).sum();
    drop(server);
    ledgers[0].writes += finished;
    assert_eq!(
        events(database),
        answered + finished,
        "one event for each write, and none for those that are absent"
    );
}

fn state(client: &Client, code: &str) -> State {
    let answer = client.get(&group(code)).send();
    if answer.reply.status == 404 {
        return None;
    }
    let answer = answer.expect(200);
    let users = answer.at("/users").as_array().unwrap();
    let members: BTreeSet<String> = users
        .iter()
        .map(|user| user["id"].as_str().unwrap().to_owned())
        .collect();
    for user in users.iter().filter(|user| user["lastName"] == code) {
        let alone = client
            .get(&account(user["id"].as_str().unwrap()))
            .send()
            .expect(200);
        assert_eq!(alone.json(), user);
    }
    Some((answer.text("/name").to_owned(), members))
}

/// The file is sound, every reference holds, and so does the chain of events.
fn integrity(database: &Path) {
    let connection = Connection::open(database).unwrap();
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    let mut broken = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!broken.exists([]).unwrap(), "a reference to nothing");
    drop(broken);
    drop(connection);
    let verdict = process::succeed(&["audit", "verify", "--database", &process::url(database)]);
    assert!(verdict.contains("intact"), "{verdict}");
}

fn events(database: &Path) -> i64 {
    let connection = Connection::open(database).unwrap();
    let sql = "SELECT count(*) FROM audit_event WHERE dialect = 'kibo' AND operation <> 'createAccount'";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

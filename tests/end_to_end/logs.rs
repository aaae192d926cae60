//! Log lines: JSON that a machine can read, with the request's id and without anything secret.

use crate::{ID, Place, SECRET};
use serde_json::{Value, json};
use std::process::Stdio;
use testkit::Process;
use testkit::kibo::{ACCOUNTS, Client, GROUPS};

const PASSWORD: &str = "Tr0ub4dor-and-3-correct-horses";

#[test]
fn lines_are_json_with_request_ids_and_without_secrets() {
    let place = Place::new();
    let credential = format!("{ID}:{SECRET}");
    let arguments = [
        "--bootstrap-credential",
        &credential,
        "--log-format",
        "json",
        "--log",
        "trace",
    ];
    let server = Process::start(&place.database(), &arguments);
    let client = Client::connect(server.url(), ID, SECRET);
    let ticket = client.ticket();
    let mut body =
        json!({"emailAddress": "ada@example.com", "firstName": "Ada", "lastName": "L", "password": PASSWORD});
    let made = client.post(ACCOUNTS).json(&body).send().expect(200);
    body["password"] = format!("{PASSWORD}\u{1}").into();
    let refused = client.post(ACCOUNTS).json(&body).send().expect(400);
    let asked = client
        .get(GROUPS)
        .query("filter", "name eq a-private-question")
        .send()
        .expect(200);
    let absent = client.get(&format!("{GROUPS}/nobody")).send().expect(404);
    let wrong = json!({"client_id": ID, "client_secret": "a wrong secret of the operator", "grant_type": "client_credentials"});
    let guessed = client
        .bare("POST", testkit::kibo::TICKETS)
        .json(&wrong)
        .send()
        .expect(401);
    let tickets = testkit::kibo::OLD_TICKETS;
    let given_back = client.ticket();
    let token = given_back.text("/refresh_token");
    let deleted = client
        .bare("DELETE", &format!("{tickets}/{token}"))
        .send()
        .expect(200);
    let misspelt = client
        .bare("DELETE", &format!("/api{tickets}/{token}/x"))
        .send()
        .expect(404);
    // A dialect that carries the secret in the query.
    let key = testkit::http::encode(SECRET);
    let search = format!("/api/v2/usergroup/search?CompanyId=1&IntegrationKey={key}");
    let found = testkit::http::send(server.url(), "GET", &search, &[], None).unwrap();
    assert_eq!(found.status, 200, "{}", found.text());
    let search = format!("/api/v2/nothing?CompanyId=1&IntegrationKey={key}");
    let stray = testkit::http::send(server.url(), "GET", &search, &[], None).unwrap();
    assert_eq!(stray.status, 405, "{}", stray.text());
    server.signal("TERM");
    let (_, stderr) = server.written();
    let lines: Vec<Value> = stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    assert!(
        lines
            .iter()
            .all(|line| line["level"].is_string() && line["timestamp"].is_string()),
        "{stderr}"
    );
    for answer in [&made, &refused, &asked, &absent, &guessed, &deleted, &misspelt] {
        let id = answer.reply.header("x-vol-correlation").unwrap();
        let status = answer.reply.status;
        let told = lines
            .iter()
            .any(|line| line.to_string().contains(&id) && line["status"] == status);
        assert!(told, "no line tells {status} of request {id}: {stderr}");
    }
    let access = ticket.text("/access_token");
    let refresh = ticket.text("/refresh_token");
    for secret in [
        SECRET,
        &key,
        PASSWORD,
        access,
        refresh,
        token,
        "a wrong secret",
        "a-private-question",
        "ada@example.com",
    ] {
        assert!(!stderr.contains(secret), "the log shows `{secret}`");
    }
}

#[test]
fn people_get_lines_of_their_own() {
    let place = Place::new();
    let server = place.serve();
    let absent = crate::operator(&server)
        .get(&format!("{GROUPS}/nobody"))
        .send()
        .expect(404);
    let id = absent.reply.header("x-vol-correlation").unwrap();
    server.signal("INT");
    let (_, stderr) = server.written();
    assert!(
        stderr
            .lines()
            .any(|line| line.contains(&id) && line.contains("404")),
        "{stderr}"
    );
    assert!(stderr.contains("SIGINT"), "{stderr}");
}

/// Nobody who reads the log lines has to stay for the server to go on.
#[test]
fn a_closed_error_output_stops_nothing() {
    let place = Place::new();
    let ready = place.path().join("ready.json");
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--log",
        "trace",
        "--database",
        &place.url(),
        "--ready-file",
    ];
    let mut child = testkit::process::command(&arguments)
        .arg(&ready)
        .env("ROSTER_BOOTSTRAP_CREDENTIAL", format!("{ID}:{SECRET}"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    let text = testkit::process::within("the server to answer", || {
        assert_eq!(child.try_wait().unwrap(), None, "the server goes on");
        std::fs::read_to_string(&ready).ok()
    });
    let told: Value = serde_json::from_str(&text).unwrap();
    let client = Client::connect(told["url"].as_str().unwrap(), ID, SECRET);
    client.get(GROUPS).send().expect(200);
    client.get(&format!("{GROUPS}/nobody")).send().expect(404);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What clients send that is no HTTP wakes no operator, and a filter that names the library shows it.
#[test]
fn rubbish_is_no_fault_of_the_server() {
    for (filter, is_told) in [("info", false), ("info,actix_http=error", true)] {
        let server = Process::serve(&["serve", "--ephemeral", "--log", filter]);
        let answer = testkit::http::raw(server.url(), b"rubbish\r\n\r\n");
        assert_eq!(answer.status, 400);
        server.signal("TERM");
        let (_, stderr) = server.written();
        assert_eq!(stderr.contains("ERROR"), is_told, "{filter}: {stderr}");
    }
}

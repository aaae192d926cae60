//! Log lines: JSON that a machine can read, with the request's id and without anything secret.

use crate::{ID, Place, SECRET};
use serde_json::{Value, json};
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
    for answer in [&made, &refused, &asked, &absent, &guessed] {
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
        PASSWORD,
        access,
        refresh,
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

//! Runs that repeat: the same requests, the same answers, whoever runs them and when.

use crate::{ID, Place, SECRET};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;
use testkit::{Process, Reply, http, process};

const AT: &str = "2027-01-31T12:00:00.25Z";

/// Starts a server whose runs repeat.
pub fn start(seed: &str, more: &[&str]) -> Process {
    let credential = format!("{ID}:{SECRET}");
    let mut arguments = vec!["serve", "--ephemeral", "--bootstrap-credential", &credential];
    arguments.extend(["--fixed-clock", AT, "--seed-ids", seed]);
    arguments.extend(more);
    Process::serve(&arguments)
}

/// One request of a script: verb, path, headers, body. `{bearer}` and `{learn}` stand for tokens of earlier answers.
type Step = (&'static str, &'static str, &'static str, &'static str);

const JSON: &str = "content-type: application/json";
const FORM: &str = "content-type: application/x-www-form-urlencoded";
const BEARER: &str = "authorization: Bearer {bearer}\ncontent-type: application/json";
const LEARN: &str = "x-learn-access-token: {learn}\ncontent-type: application/json";
const COMPANY: &str = "CompanyId=1&IntegrationKey=a%20secret%20of%20the%20operator%2C%20for%20tests";

/// Good and bad requests of all dialects, whose answers show identifiers, instants, tags and tokens.
const SCRIPT: &[Step] = &[
    ("GET", "/nothing", "", ""),
    (
        "GET",
        "/platform/adminuser/groups",
        "authorization: Bearer wrong",
        "",
    ),
    (
        "POST",
        "/platform/applications/authtickets/oauth",
        JSON,
        r#"{"client_id":"operator","client_secret":"a secret of the operator, for tests","grant_type":"client_credentials"}"#,
    ),
    (
        "POST",
        "/platform/adminuser/groups",
        BEARER,
        r#"{"groupCode":"staff","name":"Staff","users":[{"userName":"ann"},{"userName":"bob"}]}"#,
    ),
    (
        "POST",
        "/platform/adminuser/groups",
        BEARER,
        r#"{"groupCode":"staff"}"#,
    ),
    ("GET", "/api/platform/adminuser/groups", BEARER, ""),
    ("GET", "/platform/adminuser/groups/staff", BEARER, ""),
    (
        "POST",
        "/oauth/token",
        FORM,
        "grant_type=client_credentials&client_id=operator&client_secret=a+secret+of+the+operator%2C+for+tests",
    ),
    (
        "POST",
        "/Profiles/v4/default/GroupTypes",
        BEARER,
        r#"{"GroupTypes":[{"TypeName":"Household","LocalizedFields":[{"Locale":"en-us","Name":"Household"}]}]}"#,
    ),
    (
        "POST",
        "/Profiles/v4/default/Profile",
        BEARER,
        r#"{"CustomerName":{"FirstName":"Jo"},"Groups":[{"GroupType":"Household","GroupName":"Smith"}]}"#,
    ),
    ("GET", "/Profiles/v4/default/Profiles/99", BEARER, ""),
    (
        "POST",
        "/oauth2/token",
        FORM,
        "grant_type=client_credentials&client_id=operator&client_secret=a+secret+of+the+operator%2C+for+tests",
    ),
    (
        "POST",
        "/usergroups/",
        BEARER,
        r#"{"name":"Netherlands","sourceId":"erp-1","source":"erp"}"#,
    ),
    ("GET", "/usergroups/sourceid/erp-1", BEARER, ""),
    ("DELETE", "/v2/usergroups/sourceId/erp-1", BEARER, ""),
    (
        "GET",
        "/learn.rest/v1/metadata-catalog",
        "authorization: Basic {basic}",
        "",
    ),
    (
        "POST",
        "/learn.rest/v1/learnCenters/1/groups",
        LEARN,
        r#"{"name":"New managers"}"#,
    ),
    (
        "GET",
        "/learn.rest/v1/learnCenters/1/groups?totalResults=true",
        LEARN,
        "",
    ),
    ("GET", "/learn.rest/v1/learnCenters/1/groups/77", LEARN, ""),
    (
        "POST",
        "/api/v2/usergroup",
        JSON,
        r#"{"CompanyId":1,"IntegrationKey":"a secret of the operator, for tests","Name":"Inspectors"}"#,
    ),
    (
        "GET",
        "/api/v2/usergroup/search?Name=Inspectors&{company}",
        "",
        "",
    ),
    (
        "GET",
        "/api/v2/usergroup/search?Name=Inspectors&format=json&{company}",
        "",
        "",
    ),
    (
        "GET",
        "/api/v2/usergroup?Id=1&CompanyId=1&IntegrationKey=wrong",
        "",
        "",
    ),
    ("PATCH", "/platform/adminuser/groups", BEARER, ""),
];

/// Sends the script to a server and gathers the answers, headers in the order of their names.
pub fn play(url: &str) -> Vec<Reply> {
    let (mut bearer, mut learn) = (String::new(), String::new());
    let basic = BASE64_STANDARD.encode(format!("{ID}:{SECRET}"));
    let mut replies = Vec::new();
    for (method, target, headers, body) in SCRIPT {
        let fill = |text: &str| {
            text.replace("{bearer}", &bearer)
                .replace("{learn}", &learn)
                .replace("{basic}", &basic)
                .replace("{company}", COMPANY)
        };
        let mut head = format!(
            "{method} {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n",
            fill(target)
        );
        for line in fill(headers).lines() {
            head.push_str(line);
            head.push_str("\r\n");
        }
        let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        let mut reply = http::raw(url, request.as_bytes());
        reply.headers.sort();
        if let Ok(answer) = serde_json::from_slice::<Value>(&reply.body)
            && let Some(token) = answer["access_token"].as_str()
        {
            token.clone_into(&mut bearer);
        }
        if let Some(token) = reply.header("x-learn-access-token") {
            learn = token;
        }
        replies.push(reply);
    }
    replies
}

#[test]
fn two_runs_answer_the_same_bytes() {
    let (one, two, other) = (start("7", &[]), start("7", &[]), start("8", &[]));
    let first = play(one.url());
    let wanted = [200, 201, 400, 401, 404, 405, 409];
    for status in wanted {
        assert!(
            first.iter().any(|reply| reply.status == status),
            "nothing answered {status}"
        );
    }
    for (step, (one, two)) in SCRIPT.iter().zip(first.iter().zip(play(two.url()))) {
        assert_eq!(one, &two, "{} {}", step.0, step.1);
        assert_eq!(one.header("date").unwrap(), "Sun, 31 Jan 2027 12:00:00 GMT");
    }
    let other = play(other.url());
    let differing = first.iter().zip(&other).filter(|(one, other)| one != other);
    assert_eq!(
        differing.count(),
        SCRIPT.len(),
        "each answer has an identifier of its own"
    );
    let said = one.stderr();
    assert!(
        said.contains("2027-01-31T12:00:00.250Z") && said.contains("none of them is secret"),
        "{said}"
    );
}

#[test]
fn a_lasting_or_open_server_is_not_foreseeable() {
    let place = Place::new();
    let url = place.url();
    for (arguments, word) in [
        (vec!["--database", &url, "--seed-ids", "1"], "--ephemeral"),
        (vec!["--database", &url, "--fixed-clock", AT], "--ephemeral"),
        (
            vec!["--ephemeral", "--seed-ids", "1", "--listen", "0.0.0.0:0"],
            "loopback",
        ),
        (vec!["--ephemeral", "--seed-ids", "one"], "--seed-ids"),
        (
            vec!["--ephemeral", "--fixed-clock", "yesterday"],
            "2027-01-31T12:00:00Z",
        ),
    ] {
        let said = process::fail(&[vec!["serve"], arguments.clone()].concat());
        assert!(said.contains(word), "{arguments:?}: {said}");
    }
    assert!(!place.database().exists());
}

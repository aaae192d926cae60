//! The first start, the next ones, and the credential that an operator brings along.

use crate::{ID, Place, SECRET, operator};
use serde_json::{Value, json};
use std::process::Command;
use testkit::kibo::{Client, GROUPS, group};
use testkit::{Process, process};

/// What the first start prints: client id, secret, and the commands behind them.
struct Welcome {
    id: String,
    secret: String,
    commands: String,
}

fn welcome(server: &Process) -> Welcome {
    let text = process::within("the first steps", || {
        Some(server.stdout()).filter(|text| text.contains("totalResults=true"))
    });
    let value = |label: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(label))
            .unwrap();
        line.trim_start().trim_start_matches(label).trim().to_owned()
    };
    let commands = text[text.find("# Kibo").unwrap()..].to_owned();
    Welcome {
        id: value("client id:"),
        secret: value("secret:"),
        commands,
    }
}

#[test]
fn the_first_start_prints_what_works() {
    let place = Place::new();
    let server = Process::start(&place.database(), &[]);
    let welcome = welcome(&server);
    assert!(welcome.secret.chars().count() >= 24);
    let client = Client::connect(server.url(), &welcome.id, &welcome.secret);
    assert_eq!(client.get(GROUPS).send().expect(200).at("/totalCount"), 0);
    client.get(GROUPS).header("x-vol-tenant", "1").send().expect(200);
    assert!(server.stdout().contains(&format!("{}/docs/", server.url())));
    if Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    let commands = |dialect: &str| {
        let mut sections = welcome.commands.split("# ");
        let section = sections.find(|section| section.starts_with(dialect)).unwrap();
        pasted(&format!("# {section}"))
    };
    let printed = objects(&commands("Kibo"));
    let staff = client.get(&group("staff")).send().expect(200);
    assert_eq!(printed, [staff.json().clone(), staff.json().clone()]);
    assert_eq!(staff.at("/users").as_array().unwrap().len(), 1);
    let printed = String::from_utf8(commands("Forms On Fire")).unwrap();
    let (xml, json) = printed.split_at(printed.find('{').unwrap());
    assert!(
        xml.starts_with("<UserGroupResponse>") && xml.contains("<Name>Inspectors</Name>"),
        "{printed}"
    );
    let found: Value = serde_json::from_str(json).unwrap();
    assert_eq!(found["UserGroups"].as_array().map(Vec::len), Some(1), "{printed}");
    assert_eq!(found["UserGroups"][0]["Name"], "Inspectors");
    let [made, listed] = &objects(&commands("Taleo Learn"))[..] else {
        panic!("two answers are due")
    };
    assert_eq!(
        (&made["name"], &listed["totalResults"]),
        (&json!("New managers"), &json!(3))
    );
    assert_eq!(&listed["items"][2], made);
    let printed = objects(&commands("MyPreferences"));
    assert_eq!(printed[0]["GroupTypes"][0]["TypeName"], "Household");
    let groups = json!([{"GroupType": "Household", "GroupName": "Smith"}]);
    assert_eq!(printed[1]["Groups"], groups);
    let [made, found] = &objects(&commands("Propeller"))[..] else {
        panic!("two answers are due")
    };
    assert_eq!(
        (&made["data"], &made["messages"][0]),
        (&found["data"], &json!("Usergroup created"))
    );
    assert_eq!(found["data"]["sourceId"], "erp-1005");
}

/// The JSON values that follow each other in a text.
fn objects(text: &[u8]) -> Vec<Value> {
    let values = serde_json::Deserializer::from_slice(text).into_iter();
    values.map(Result::unwrap).collect()
}

/// What commands print when a shell runs them.
fn pasted(commands: &str) -> Vec<u8> {
    let done = Command::new("sh").args(["-c", commands]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

#[test]
fn secrets_are_printed_once_and_data_is_kept() {
    let place = Place::new();
    let mut server = Process::start(&place.database(), &[]);
    let first = welcome(&server);
    let client = Client::connect(server.url(), &first.id, &first.secret);
    let body = json!({"groupCode": "g", "name": "G", "users": [{"userName": "ada"}]});
    let created = client.post(GROUPS).json(&body).send().expect(200);
    let token = client.token().unwrap().to_owned();
    server.signal("TERM");
    assert!(server.wait().success());
    let server = Process::start(&place.database(), &[]);
    let again = Client::connect(server.url(), &first.id, &first.secret);
    let got = again.get(&group("g")).send().expect(200);
    assert_eq!((got.json(), got.etag()), (created.json(), created.etag()));
    again.with_token(&token).get(GROUPS).send().expect(200);
    let stdout = process::within("a line", || {
        Some(server.stdout()).filter(|text| text.contains("answers at"))
    });
    assert!(
        !stdout.contains("secret") && !stdout.contains(&first.secret),
        "{stdout}"
    );
}

#[test]
fn an_ephemeral_server_leaves_nothing() {
    let place = Place::new();
    let mut command = process::command(&["serve", "--ephemeral"]);
    let mut server = Process::spawn(command.env("TMPDIR", place.path()).current_dir(place.path()));
    let welcome = welcome(&server);
    let client = Client::connect(server.url(), &welcome.id, &welcome.secret);
    client
        .post(GROUPS)
        .json(&json!({"groupCode": "g"}))
        .send()
        .expect(200);
    assert_ne!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    server.signal("TERM");
    assert!(server.wait().success());
    let left: Vec<_> = std::fs::read_dir(place.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_bootstrap_credential_is_made_once() {
    let place = Place::new();
    let first = place.serve();
    operator(&first).get(GROUPS).send().expect(200);
    assert!(
        operator(&first).post(GROUPS).json(&json!({})).send().reply.status == 200,
        "it may write"
    );
    drop(first);
    let second = place.serve();
    operator(&second).get(GROUPS).send().expect(200);
    drop(second);
    let file = place.path().join("secret");
    std::fs::write(&file, format!("{SECRET}\n")).unwrap();
    let by_file = format!("{ID}:@{}", file.display());
    let third = Process::start(&place.database(), &["--bootstrap-credential", &by_file]);
    operator(&third).get(GROUPS).send().expect(200);
    drop(third);
    let verdict = process::succeed(&["audit", "verify", "--database", &place.url()]);
    assert!(verdict.contains("intact"), "{verdict}");
    let other = format!("{ID}:another secret of the operator, for tests");
    let arguments = [
        "--database",
        &place.url(),
        "--listen",
        "127.0.0.1:0",
        "--bootstrap-credential",
        &other,
    ];
    let said = process::fail(&arguments);
    assert!(said.contains(ID) && said.contains("secret"), "{said}");
    assert!(!said.contains("another secret of the operator"), "{said}");
}

#[test]
fn options_come_from_the_environment_too() {
    let place = Place::new();
    let secret = place.path().join("secret");
    std::fs::write(&secret, SECRET).unwrap();
    let mut command = process::command::<&str>(&[]);
    command
        .env("ROSTER_DATABASE", place.url())
        .env("ROSTER_KEY_FILE", place.path().join("other.key"))
        .env(
            "ROSTER_BOOTSTRAP_CREDENTIAL",
            format!("{ID}:@{}", secret.display()),
        )
        .env("ROSTER_LOG_FORMAT", "json");
    let server = Process::spawn(&mut command);
    operator(&server).get(GROUPS).send().expect(200);
    assert!(place.path().join("other.key").exists() && place.database().exists());
    assert!(!place.path().join("roster.db.key").exists());
}

/// The key lies beside the database, for its owner's eyes only; with another one the server does not start.
#[test]
fn the_key_file_has_to_be_the_right_one() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    drop(place.serve());
    let key = place.path().join("roster.db.key");
    assert_eq!(
        std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let other = place.path().join("other.key");
    let (url, other) = (place.url(), other.display().to_string());
    let with_other = [
        "--database",
        &url,
        "--key-file",
        &other,
        "--listen",
        "127.0.0.1:0",
    ];
    let said = process::fail(&with_other);
    assert!(said.contains("key"), "{said}");
    std::fs::write(&other, "nonsense").unwrap();
    let said = process::fail(&with_other);
    assert!(said.contains("key") && said.contains(&other), "{said}");
    operator(&place.serve()).get(GROUPS).send().expect(200);
}

/// What a killed server left names no address any more, from the moment on that the next one starts.
#[test]
fn a_stale_ready_file_is_taken_away() {
    let place = Place::new();
    let file = place.path().join("ready.json");
    std::fs::write(&file, "{\"url\":\"http://127.0.0.1:1\"}").unwrap();
    let named = file.to_str().unwrap();
    let start = [
        "serve",
        "--ephemeral",
        "--listen",
        "127.0.0.1:0",
        "--ready-file",
        named,
    ];
    process::fail(&[&start[..], &["--seed", "/no/such/file"]].concat());
    assert!(!file.exists());
    // What somebody else wrote stays, as a database does.
    std::fs::write(&file, "{\"roster\":\"seed\"}").unwrap();
    let said = process::fail(&start);
    assert!(said.contains("is no ready file") && file.exists(), "{said}");
    std::fs::remove_file(&file).unwrap();
    // A folder is not replaced, and nothing is left beside it.
    std::fs::create_dir(&file).unwrap();
    let said = process::fail(&start);
    assert!(said.contains("is no regular file"), "{said}");
    let left: Vec<_> = std::fs::read_dir(place.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

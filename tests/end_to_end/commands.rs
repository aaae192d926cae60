//! The commands beside a running server.

use crate::{ID, Place, operator};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::kibo::{Client, GROUPS};
use testkit::process::{fail, succeed};

/// The value behind a label of a command's output.
fn value(text: &str, label: &str) -> String {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(label))
        .unwrap_or_else(|| panic!("no {label} in {text}"));
    line.trim().to_owned()
}

#[test]
fn tenants_and_credentials_are_made_listed_and_revoked() {
    let place = Place::new();
    let server = place.serve();
    let url = place.url();
    let at = ["--database", url.as_str()];
    let run = |arguments: &[&str]| succeed(&[arguments, &at[..]].concat());
    let refuse = |arguments: &[&str]| fail(&[arguments, &at[..]].concat());

    run(&["tenant", "create", "acme", "--alias", "kibo=7"]);
    let tenants = run(&["tenant", "list"]);
    let of = |name: &str| {
        tenants
            .lines()
            .find(|line| line.contains(name))
            .unwrap_or_else(|| panic!("{tenants}"))
            .to_owned()
    };
    assert!(of("acme").contains("kibo=7"));
    for alias in ["kibo=1", "formsonfire=1", "taleolearn=1", "mypreferences=default"] {
        assert!(of("default").contains(alias), "{tenants}");
    }
    assert!(refuse(&["tenant", "create", "acme"]).contains("exists"));
    assert!(refuse(&["tenant", "create", "other", "--alias", "kibo=7"]).contains("exists"));
    let said = refuse(&["tenant", "create", "other", "--alias", "taleolearn=north"]);
    assert!(
        said.contains("must be a whole number from 1 to 9007199254740991"),
        "{said}"
    );
    assert!(refuse(&["tenant", "create", "other", "--alias", "cube=7"]).contains("kibo"));

    let made = run(&[
        "credential",
        "create",
        "--tenant",
        "acme",
        "--access",
        "editor",
        "--client-id",
        "shop",
    ]);
    assert_eq!(value(&made, "client id:"), "shop");
    let shop = Client::connect(server.url(), "shop", &value(&made, "secret:"));
    shop.post(GROUPS)
        .header("x-vol-tenant", "7")
        .json(&json!({"groupCode": "g"}))
        .send()
        .expect(200);
    assert_eq!(
        operator(&server).get(GROUPS).send().expect(200).at("/totalCount"),
        0,
        "another tenant"
    );

    let drawn = run(&["credential", "create"]);
    let reader = Client::connect(
        server.url(),
        &value(&drawn, "client id:"),
        &value(&drawn, "secret:"),
    );
    reader.get(GROUPS).send().expect(200);
    reader
        .post(GROUPS)
        .json(&json!({}))
        .send()
        .refused(403, "FORBIDDEN");

    let all = run(&["credential", "list"]);
    let line = |id: &str| {
        all.lines()
            .find(|line| line.starts_with(&format!("{id}\t")))
            .unwrap_or_else(|| panic!("{all}"))
    };
    assert!(line("shop").contains("editor") && line("shop").contains("valid"));
    assert!(line(ID).contains("admin"));
    assert!(!all.contains(&value(&made, "secret:")));
    let own = run(&["credential", "list", "--tenant", "acme"]);
    assert_eq!(own.lines().count(), 1, "{own}");

    run(&["credential", "revoke", "shop"]);
    shop.get(GROUPS).send().refused(401, "UNAUTHORIZED");
    let fresh = json!({"client_id": "shop", "client_secret": value(&made, "secret:"), "grant_type": "client_credentials"});
    shop.bare("POST", testkit::kibo::TICKETS)
        .json(&fresh)
        .send()
        .refused(401, "UNAUTHORIZED");
    operator(&server).get(GROUPS).send().expect(200);
    assert!(
        run(&["credential", "list"])
            .lines()
            .any(|line| line.starts_with("shop\t") && line.contains("revoked"))
    );
    assert!(refuse(&["credential", "revoke", "nobody"]).contains("nobody"));
    assert!(refuse(&["credential", "create", "--tenant", "nowhere"]).contains("nowhere"));

    let verdict = run(&["audit", "verify"]);
    assert_eq!(verdict.matches("intact").count(), 2, "{verdict}");
    assert!(run(&["audit", "verify", "--tenant", "acme"]).contains("intact"));
    assert!(refuse(&["audit", "verify", "--tenant", "nowhere"]).contains("nowhere"));
}

/// Commands that write take their turn with a busy server, and the trail stays one chain.
#[test]
fn commands_and_a_busy_server_share_the_database() {
    let place = Place::new();
    let server = place.serve();
    let url = place.url();
    let client = operator(&server);
    client.token();
    let is_over = AtomicBool::new(false);
    let made = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut made = 0;
                    while !is_over.load(Ordering::Relaxed) {
                        client
                            .post(GROUPS)
                            .json(&json!({"users": [{}]}))
                            .send()
                            .expect(200);
                        made += 1;
                    }
                    made
                })
            })
            .collect();
        for at in 0..4 {
            succeed(&[
                "credential",
                "create",
                "--client-id",
                &format!("c{at}"),
                "--database",
                &url,
            ]);
            succeed(&["tenant", "create", &format!("t{at}"), "--database", &url]);
            succeed(&["audit", "verify", "--database", &url]);
        }
        is_over.store(true, Ordering::Relaxed);
        writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .sum::<i64>()
    });
    assert_eq!(client.get(GROUPS).send().expect(200).at("/totalCount"), made);
    let verdict = succeed(&["audit", "verify", "--database", &url]);
    assert_eq!(verdict.matches("intact").count(), 5, "{verdict}");
}

#[test]
fn secrets_can_be_brought_along() {
    let place = Place::new();
    let server = place.serve();
    let url = place.url();
    let file = place.path().join("secret");
    std::fs::write(&file, "a secret that was brought along\n").unwrap();
    let path = file.display().to_string();
    let made = succeed(&[
        "credential",
        "create",
        "--client-id",
        "own",
        "--secret-file",
        &path,
        "--database",
        &url,
    ]);
    assert!(!made.contains("brought along"), "{made}");
    Client::connect(server.url(), "own", "a secret that was brought along")
        .get(GROUPS)
        .send()
        .expect(200);
    std::fs::write(&file, "short\n").unwrap();
    let said = fail(&[
        "credential",
        "create",
        "--client-id",
        "other",
        "--secret-file",
        &path,
        "--database",
        &url,
    ]);
    assert!(said.contains("24") && !said.contains("short"), "{said}");
    let said = fail(&["credential", "create", "--client-id", ID, "--database", &url]);
    assert!(said.contains("exists"), "{said}");
}

/// A row that was changed behind the server's back is found and named.
#[test]
fn verify_finds_what_was_changed() {
    let place = Place::new();
    let server = place.serve();
    operator(&server)
        .post(GROUPS)
        .json(&json!({"groupCode": "g", "name": "before"}))
        .send()
        .expect(200);
    drop(server);
    let database = rusqlite::Connection::open(place.database()).unwrap();
    let changed = database
        .execute(
            "UPDATE audit_change SET after = '\"after\"' WHERE after = '\"before\"'",
            [],
        )
        .unwrap();
    assert_eq!(changed, 1);
    drop(database);
    let output = testkit::process::run(&["audit", "verify", "--database", &place.url()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        !output.status.success() && said.contains("broken at event"),
        "{said}"
    );
}

#[test]
fn migrate_is_repeatable_and_makes_the_database() {
    let place = Place::new();
    for _ in 0..2 {
        succeed(&["migrate", "--database", &place.url()]);
    }
    assert!(place.database().exists());
    let server = place.serve();
    succeed(&["migrate", "--database", &place.url()]);
    operator(&server).get(GROUPS).send().expect(200);
}

/// A database of a later version is left alone.
#[test]
fn a_newer_database_is_refused() {
    let place = Place::new();
    succeed(&["migrate", "--database", &place.url()]);
    let database = rusqlite::Connection::open(place.database()).unwrap();
    database
        .execute(
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)",
            [],
        )
        .unwrap();
    drop(database);
    let said = fail(&["--database", &place.url(), "--listen", "127.0.0.1:0"]);
    assert!(said.contains("newer") && said.contains("m9999_later"), "{said}");
}

#[test]
fn the_document_is_printed() {
    let source =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/kibo.yaml")).unwrap();
    assert_eq!(succeed(&["openapi", "kibo"]).trim_end(), source.trim_end());
    let derived: Value = serde_json::from_str(&succeed(&["openapi", "kibo", "--derived"])).unwrap();
    assert_eq!(derived["openapi"], "3.1.0");
    assert_eq!(
        derived["paths"]["/platform/adminuser/groups"]["post"]["operationId"],
        "createGroup"
    );
    assert!(fail(&["openapi", "cube"]).contains("kibo"));
}

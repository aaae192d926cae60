//! Options that cannot be used: one clear line each, and no server.

use crate::Place;
use std::net::TcpListener;
use testkit::{Process, process};

#[test]
fn bad_options_are_explained() {
    let place = Place::new();
    let text = place.path().join("text.db");
    std::fs::write(
        &text,
        "this is no database, only a text that is long enough to be taken for one",
    )
    .unwrap();
    let text = process::url(&text);
    let nowhere = process::url(&place.path().join("no/such/folder/roster.db"));
    let missing = format!("{}?mode=rw", process::url(&place.path().join("missing.db")));
    let unknown = format!("{}?colour=red", place.url());
    let url = place.url();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let cases: [(&[&str], &[&str]); 19] = [
        (&["--listen", "nonsense"], &["--listen", "nonsense"]),
        (
            &["--listen", &address, "--database", &url],
            &["cannot listen", &address],
        ),
        (&["--database", "postgres://localhost/x"], &["sqlite:"]),
        (&["--database", "sqlite::memory:"], &["--ephemeral"]),
        (&["--database", "sqlite://"], &["file"]),
        (&["--database", &nowhere], &["no/such/folder"]),
        (&["--database", &missing], &["missing.db"]),
        (&["--database", &unknown], &["colour"]),
        (&["--database", &text], &["database"]),
        (
            &["--ephemeral", "--database", &url],
            &["--ephemeral", "--database"],
        ),
        (
            &["--ephemeral", "--bootstrap-credential", "nocolon"],
            &["ID:SECRET"],
        ),
        (&["--ephemeral", "--bootstrap-credential", "id:tooshort"], &["24"]),
        (
            &["--ephemeral", "--bootstrap-credential", "id:@/no/such/file"],
            &["/no/such/file"],
        ),
        (
            &["--ephemeral", "--public-url", "groups.example.com"],
            &["--public-url", "http"],
        ),
        (&["--ephemeral", "--log-format", "xml"], &["--log-format", "json"]),
        (&["--ephemeral", "--log", "a=b=c"], &["--log"]),
        (&["--colour"], &["--colour"]),
        (&["paint"], &["paint"]),
        (
            &["--ephemeral", "--ready-file", "/no/such/folder/ready"],
            &["/no/such/folder/ready"],
        ),
    ];
    for (arguments, words) in cases {
        let mut all = arguments.to_vec();
        if !arguments.contains(&"--listen") && arguments[0].starts_with("--") {
            all.extend(["--listen", "127.0.0.1:0"]);
        }
        let output = process::finish(process::command(&all).current_dir(place.path()));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        for word in words {
            assert!(said.contains(word), "{arguments:?}: `{word}` is not in: {said}");
        }
        for never in ["panicked", "tooshort", "RUST_BACKTRACE", "Error {", "Fault"] {
            assert!(!said.contains(never), "{arguments:?}: {said}");
        }
    }
}

/// A start that fails has drawn no secret that nobody was shown.
#[test]
fn a_start_on_a_taken_address_costs_nothing() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    process::fail(&["--listen", &address, "--database", &place.url()]);
    let server = Process::start(&place.database(), &[]);
    process::within("the first steps", || {
        server.stdout().contains("secret:").then_some(())
    });
}

#[test]
fn help_names_every_option_and_its_variable() {
    let help = process::succeed(&["serve", "--help"]);
    for option in [
        "listen",
        "database",
        "ephemeral",
        "fixed-clock",
        "seed",
        "seed-ids",
        "key-file",
        "public-url",
        "bootstrap-credential",
        "ready-file",
        "log-format",
    ] {
        let variable = format!("ROSTER_{}", option.replace('-', "_").to_uppercase());
        assert!(
            help.contains(&format!("--{option}")) && help.contains(&variable),
            "{option}: {help}"
        );
    }
    assert!(
        help.contains("127.0.0.1:8080") && help.contains("sqlite://roster.db"),
        "{help}"
    );
    let bare = process::succeed(&["--help"]);
    for command in [
        "serve",
        "tenant",
        "credential",
        "openapi",
        "export",
        "import",
        "migrate",
        "audit",
        "--listen",
    ] {
        assert!(bare.contains(command), "{command}: {bare}");
    }
    process::succeed(&["--version"]);
}

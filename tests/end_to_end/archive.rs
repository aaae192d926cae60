//! Files of whole directories: imported, served at once, and told what is wrong with them.

use crate::{ID, Place, SECRET, repeats};
use serde_json::json;
use std::process::Stdio;
use testkit::kibo::{Client, GROUPS, group};
use testkit::{Process, process};

/// A seed whose credential is the one that [`repeats::play`] shows.
pub fn seed() -> String {
    let users = json!([{"userName": "ann", "email": "ann@example.com"}]);
    let groups = json!([{"code": "old", "name": "Old", "members": ["ann"]}]);
    let credentials = json!([{"clientId": ID, "access": "admin", "secret": SECRET}]);
    format!(
        "{{\"roster\":\"seed\",\"version\":1,\n\"tenants\":[{{\"name\":\"default\",\"users\":{users},\"groups\":{groups},\
         \"credentials\":{credentials}}}]}}\n"
    )
}

#[test]
fn a_seed_is_served_by_all_dialects_at_once() {
    let place = Place::new();
    let file = place.path().join("seed.json");
    std::fs::write(&file, seed()).unwrap();
    let file = file.to_str().unwrap();
    let server = Process::serve(&["serve", "--ephemeral", "--seed", file]);
    let client = Client::connect(server.url(), ID, SECRET);
    let old = client.get(&group("old")).send().expect(200);
    assert_eq!(old.at("/users/0/emailAddress"), "ann@example.com");
    let statuses: Vec<u16> = repeats::play(server.url())
        .iter()
        .map(|reply| reply.status)
        .collect();
    let unseeded = repeats::start("1", &[]);
    let expected: Vec<u16> = repeats::play(unseeded.url())
        .iter()
        .map(|reply| reply.status)
        .collect();
    let refused = |statuses: &[u16]| statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(refused(&statuses), refused(&expected));
}

#[test]
fn imports_are_whole_or_nothing() {
    let place = Place::new();
    let url = place.url();
    let file = place.path().join("seed.json");
    let named = file.to_str().unwrap();
    std::fs::write(&file, seed()).unwrap();
    let said = process::succeed(&["import", named, "--database", &url]);
    assert!(
        said.contains("1 tenants, 1 users, 1 groups, 1 memberships, 1 credentials"),
        "{said}"
    );
    let said = process::fail(&["import", named, "--database", &url]);
    assert!(
        said.contains("seed.json:2:12: a tenant with this name exists already"),
        "{said}"
    );
    let cut = seed().replace("\"default\"", "\"second\"").replace(ID, "another");
    std::fs::write(&file, &cut[..cut.len() - 4]).unwrap();
    let said = process::fail(&["import", named, "--database", &url]);
    assert!(
        said.contains("the file ends") && said.contains("nothing was imported"),
        "{said}"
    );
    let listed = process::succeed(&["tenant", "list", "--database", &url]);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    let server = Process::start(&place.database(), &[]);
    let client = Client::connect(server.url(), ID, SECRET);
    assert_eq!(client.get(GROUPS).send().expect(200).at("/totalCount"), 1);
}

#[test]
fn a_seed_comes_from_a_pipe_too() {
    let place = Place::new();
    let mut child = process::command(&["import", "-", "--database", &place.url()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, seed().as_bytes()).unwrap();
    drop(input);
    assert!(child.wait_with_output().unwrap().status.success());
    let said = process::succeed(&["audit", "verify", "--database", &place.url()]);
    assert!(said.contains("intact"), "{said}");
}

#[test]
fn a_seed_that_cannot_be_had_is_no_start() {
    let place = Place::new();
    let url = place.url();
    let file = place.path().join("seed.json");
    std::fs::write(&file, "{").unwrap();
    let file = file.to_str().unwrap();
    for (arguments, word) in [
        (vec!["--ephemeral", "--seed", file], "seed.json:1:2"),
        (
            vec!["--ephemeral", "--seed", "/no/such/file"],
            "cannot read /no/such/file",
        ),
        (vec!["--database", &url, "--seed", file], "roster import"),
    ] {
        let said = process::fail(&[vec!["serve", "--listen", "127.0.0.1:0"], arguments.clone()].concat());
        assert!(said.contains(word), "{arguments:?}: {said}");
    }
}

#[test]
fn an_export_is_a_whole_file_that_brings_the_directory_back() {
    let place = Place::new();
    let file = place.path().join("seed.json");
    std::fs::write(&file, seed()).unwrap();
    process::succeed(&["import", file.to_str().unwrap(), "--database", &place.url()]);
    let export = place.path().join("export.json");
    let named = export.to_str().unwrap();
    process::succeed(&["export", named, "--database", &place.url()]);
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&export).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&export).unwrap();
    assert!(!text.contains(SECRET), "{text}");
    let other = process::url(&place.path().join("other.db"));
    let said = process::succeed(&["import", named, "--database", &other]);
    assert!(
        said.contains("1 tenants, 1 users, 1 groups, 1 memberships, 1 credentials, 4 events"),
        "{said}"
    );
    assert_eq!(process::succeed(&["export", "--database", &other]), text);
    assert_eq!(process::succeed(&["export", "-", "--database", &other]), text);
    let said = process::succeed(&["audit", "verify", "--database", &other]);
    assert!(said.contains("intact, 4 events"), "{said}");
    let said = process::fail(&["import", named, "--database", &other]);
    assert!(said.contains("empty database"), "{said}");
    let said = process::fail(&["export", "/no/such/folder/x.json", "--database", &other]);
    assert!(said.contains("cannot write /no/such/folder/x.json"), "{said}");
    let left = std::fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let server = Process::serve(&[
        "serve",
        "--ephemeral",
        "--seed",
        named,
        "--bootstrap-credential",
        "late:a secret that comes later",
    ]);
    let client = Client::connect(server.url(), "late", "a secret that comes later");
    client.get(&group("old")).send().expect(200);
}

/// An export takes the place of files only: a socket stands for devices and pipes. A link stays a link.
#[test]
fn an_export_replaces_nothing_but_files() {
    let place = Place::new();
    let url = place.url();
    process::succeed(&["tenant", "create", "shop", "--database", &url]);
    let at = |name: &str| place.path().join(name);
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    std::fs::create_dir(at("folder")).unwrap();
    for name in ["socket", "folder"] {
        let said = process::fail(&["export", at(name).to_str().unwrap(), "--database", &url]);
        assert!(said.contains("is no regular file"), "{said}");
        assert!(at(name).exists() && !at(name).is_file(), "{name}");
    }
    for name in ["roster.db", "roster.db.key", "roster.db-wal", "./roster.db"] {
        let said = process::fail(&["export", at(name).to_str().unwrap(), "--database", &url]);
        assert!(said.contains("belongs to the directory"), "{name}: {said}");
    }
    assert!(process::succeed(&["tenant", "list", "--database", &url]).contains("shop"));
    std::fs::write(at("file"), "old").unwrap();
    std::os::unix::fs::symlink("file", at("link")).unwrap();
    process::succeed(&["export", at("link").to_str().unwrap(), "--database", &url]);
    assert!(at("link").is_symlink());
    assert!(std::fs::read_to_string(at("file")).unwrap().contains("shop"));
    let said = process::fail(&["import", at("folder").to_str().unwrap(), "--database", &url]);
    assert!(said.contains("folder: it is a folder"), "{said}");
}

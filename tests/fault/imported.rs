//! An import that dies in the middle leaves nothing.

use serde_json::json;
use std::io::Write;
use std::process::{Child, Stdio};
use tempfile::TempDir;
use testkit::process;

/// More than one buffer of anything on the way.
const USERS: usize = 4000;

fn start(url: &str) -> Child {
    process::command(&["import", "-", "--database", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_import_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let url = process::url(&folder.path().join("roster.db"));
    let users = (0..USERS)
        .map(|i| json!({"userName": format!("user {i}"), "email": format!("{i}@example.com")}).to_string());
    let users: Vec<String> = users.collect();
    let text = format!(
        r#"{{"roster":"seed","version":1,"tenants":[{{"name":"default","users":[{}]}}]}}"#,
        users.join(",")
    );
    for part in [2, 5] {
        let mut child = start(&url);
        let mut input = child.stdin.take().unwrap();
        // What is not in the pipe any more was read; the rest never comes.
        input.write_all(&text.as_bytes()[..text.len() / part]).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        drop(input);
        assert_eq!(process::succeed(&["tenant", "list", "--database", &url]), "");
    }
    let mut child = start(&url);
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(
        String::from_utf8_lossy(&done.stdout).contains("4000 users"),
        "{done:?}"
    );
    assert!(process::succeed(&["audit", "verify", "--database", &url]).contains("intact"));
}

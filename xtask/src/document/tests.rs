//! Broken files are findings with a place, and every node knows where it stands.

use std::path::PathBuf;

use super::Document;

fn parse(text: &str) -> Result<Document, String> {
    Document::parse(PathBuf::from("openapi/sample.yaml"), text).map_err(|found| {
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

#[test]
fn broken_files_are_findings() {
    for (text, expected) in [
        ("", "openapi/sample.yaml:1:1: yaml: the file is empty"),
        ("- a\n", "openapi/sample.yaml:1:1: yaml: a document is a mapping"),
        ("a: 1\nb: 2\na: 3\n", "openapi/sample.yaml:3:1: duplicate-key: "),
        (
            "a:\n  404: x\n  '404': y\n",
            "openapi/sample.yaml:3:3: duplicate-key: duplicate key `404`",
        ),
        ("a: [1, 2\nb: 3\n", "openapi/sample.yaml:"),
        (
            "a: .nan\n",
            "openapi/sample.yaml:1:4: yaml: this number cannot be written in JSON",
        ),
        ("a: !x {b: 1}\n", "openapi/sample.yaml:1:"),
        (
            "? [a]\n: 1\n",
            "openapi/sample.yaml:1:3: yaml: a key must be a text or a whole number",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "openapi/sample.yaml:3:1: yaml: a file holds one document, not several",
        ),
        (
            &format!("a: {}1{}\n", "[".repeat(200), "]".repeat(200)),
            "openapi/sample.yaml:1:",
        ),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.starts_with(expected), "{text}: {error}");
    }
}

#[test]
fn files_that_are_no_text_say_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latin.yaml");
    std::fs::write(&path, b"a: 1\nb: gr\xfcn\n").unwrap();
    let found = Document::load(&path).unwrap_err();
    assert_eq!(
        (found[0].rule, found[0].line, found[0].column),
        ("not-utf-8", 2, 6)
    );
    let found = Document::load(&folder.path().join("none.yaml")).unwrap_err();
    assert_eq!(found[0].rule, "unreadable");
}

#[test]
fn every_node_knows_its_place() {
    let document = parse("a:\n  b/c:\n    - x\n    - {y: 1}\nversion: 1.10\n'on': yes\n404: z\n").unwrap();
    assert_eq!(document.name, "sample");
    for (pointer, place) in [
        ("", (1, 1)),
        ("/a", (1, 1)),
        ("/a/b~1c", (2, 3)),
        ("/a/b~1c/1", (4, 7)),
        ("/a/b~1c/1/y", (4, 8)),
        ("/a/b~1c/1/y/further/down", (4, 8)),
        ("/version", (5, 1)),
        ("/404", (7, 1)),
        ("/nowhere", (1, 1)),
    ] {
        assert_eq!(document.position(pointer), place, "{pointer}");
    }
    assert_eq!(document.value["on"], "yes");
    assert!(document.value["version"].is_number());
}

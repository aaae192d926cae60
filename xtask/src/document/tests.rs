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

/// No nesting is walked that the stack could not hold, in none of the ways to write it.
#[test]
fn nesting_without_end_is_a_finding() {
    let lines: Vec<String> = (0..3000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let aliases: Vec<String> = (1..2000)
        .map(|n| format!("a{n}: &a{n} [[[[*a{}]]]]\n", n - 1))
        .collect();
    for text in [
        "- ".repeat(50_000),
        "? ".repeat(50_000),
        "[".repeat(50_000),
        "{a: ".repeat(50_000),
        lines.concat(),
        format!("a0: &a0 1\n{}", aliases.concat()),
    ] {
        let start: String = text.chars().take(20).collect();
        let error = parse(&text).expect_err(&start);
        assert!(error.contains(": yaml: "), "{start}: {error}");
    }
    let deepest = format!("a: {}1{}", "[".repeat(63), "]".repeat(63));
    assert!(parse(&deepest).is_ok());
    assert!(parse(&format!("a: &a {}1{}\nb: [*a]", "[".repeat(63), "]".repeat(63))).is_err());
}

/// A few lines of aliases do not take all the memory there is.
#[test]
fn aliases_are_bounded() {
    let lines: Vec<String> = (1..12)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")))
        .collect();
    let error = parse(&format!("a0: &a0 x\n{}", lines.concat())).unwrap_err();
    assert!(error.contains(": yaml: alias expansion"), "{error}");
}

#[test]
fn files_that_are_too_long_or_have_no_end_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.yaml");
    std::fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let found = Document::load(&path).unwrap_err();
    assert!(found[0].text.contains("longer than"), "{found:?}");
    #[cfg(unix)]
    {
        let path = folder.path().join("zero.yaml");
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        let found = Document::load(&path).unwrap_err();
        assert_eq!(found[0].rule, "unreadable");
        assert!(found[0].text.contains("it is no file"), "{found:?}");
    }
}

#[test]
fn files_that_are_no_text_say_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latin.yaml");
    std::fs::write(&path, b"a: 1\nb: \xc3\xa9\xfcn\n").unwrap();
    let found = Document::load(&path).unwrap_err();
    assert_eq!(
        (found[0].rule, found[0].line, found[0].column),
        ("not-utf-8", 2, 5)
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

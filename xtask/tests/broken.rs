//! Documents that are wrong anywhere: findings with a place, never a panic.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail by panicking")]

use std::path::PathBuf;

use serde_json::{Value, json};
use xtask::check::{Against, Options, Step, run};
use xtask::compare::revisions::changes;
use xtask::compare::{Change, rules, sunset};
use xtask::document::Document;
use xtask::lint::lint;
use xtask::report::Verdict;
use xtask::workspace::Workspace;

const SAMPLE: &str = include_str!("../src/compare/sample.yaml");
const SMALL: &str = include_str!("../src/lint/small.yaml");

fn document(text: &str) -> Document {
    Document::parse(PathBuf::from("openapi/a.yaml"), text).unwrap()
}

/// Every pointer of a value.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

/// The document once for each place and each value that may be wrong there, in the words of JSON, which is YAML.
fn broken(text: &str) -> impl Iterator<Item = (String, Document)> {
    let whole = document(text).value;
    let mut all = Vec::new();
    pointers(&whole, "", &mut all);
    let wrong = [
        Value::Null,
        json!("x"),
        json!({ "$ref": "#/nowhere" }),
        json!([[1, null], {}]),
    ];
    all.into_iter().skip(1).flat_map(move |pointer| {
        let whole = whole.clone();
        wrong.clone().into_iter().map(move |value| {
            let mut changed = whole.clone();
            if let Some(place) = changed.pointer_mut(&pointer) {
                *place = value.clone();
            }
            (format!("{pointer} = {value}"), document(&changed.to_string()))
        })
    })
}

#[test]
fn the_lint_takes_everything() {
    for (what, document) in broken(SMALL) {
        for finding in lint(&document) {
            assert!(
                finding.line > 0 && finding.column > 0 && !finding.text.is_empty(),
                "{what}: {finding}"
            );
        }
    }
}

#[test]
fn the_comparison_takes_everything_on_both_sides() {
    let (sample, today) = (document(SAMPLE), sunset::today());
    for (what, document) in broken(SAMPLE) {
        for (before, after) in [(&sample, &document), (&document, &sample)] {
            match changes(before, after, today) {
                Ok(changes) => {
                    // Each change has a rule of its own.
                    let is_good = |change: &Change| change.place.0 > 0 && change.rule.id != rules::UNNAMED.id;
                    assert!(changes.iter().all(is_good), "{what}: {changes:?}");
                }
                Err(findings) => assert!(!findings.is_empty(), "{what}"),
            }
        }
    }
}

/// References that lead in circles, in every kind of component.
#[test]
fn circles_end() {
    for (from, to) in [
        (
            "    Error:\n      description: An error.\n",
            "    Error: {$ref: '#/components/responses/Error'}\n    Old:\n      description: An error.\n",
        ),
        (
            "    Note:\n      type: object\n",
            "    Note:\n      $ref: '#/components/schemas/Note'\n      type: object\n",
        ),
    ] {
        let text = SAMPLE.replacen(from, to, 1);
        assert_ne!(text, SAMPLE);
        let circle = document(&text);
        let _ = lint(&circle);
        let _ = changes(&document(SAMPLE), &circle, sunset::today());
        let _ = changes(&circle, &document(SAMPLE), sunset::today());
    }
}

/// Files that are no documents at all, through the program's own way in.
#[test]
fn files_that_are_no_documents_are_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("good.yaml"), SAMPLE).unwrap();
    for (name, bytes) in [
        ("empty.yaml", &b""[..]),
        ("broken.yaml", &b"openapi: [\n"[..]),
        ("twice.yaml", &b"openapi: 3.1.0\nopenapi: 3.1.0\n"[..]),
        ("latin.yaml", &b"openapi: caf\xe9\n"[..]),
        ("list.yaml", &b"- 1\n"[..]),
        ("two.yaml", &b"a: 1\n---\nb: 2\n"[..]),
        ("deep.yaml", "[".repeat(500).as_bytes()),
        ("bytes.yaml", &[0, 1, 2, 255][..]),
    ] {
        std::fs::write(path(name), bytes).unwrap();
        for (from, to) in [("good.yaml", name), (name, "good.yaml")] {
            let against = Against::Files {
                from: path(from),
                to: path(to),
            };
            let options = Options {
                steps: vec![Step::Breaking],
                against,
                ..Options::default()
            };
            let mut out = Vec::new();
            let verdict = run(Workspace::at(folder.path()), &options, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!(verdict, Verdict::Findings, "{text}");
            let place = text.lines().find(|line| line.contains(name)).unwrap_or_default();
            let numbers = place
                .split(':')
                .skip(1)
                .take(2)
                .filter(|part| part.parse::<usize>().is_ok());
            assert_eq!(numbers.count(), 2, "{text}");
        }
    }
}

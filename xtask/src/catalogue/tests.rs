//! The list of rules is the one that the sources use.

use std::collections::BTreeSet;
use std::path::Path;

use super::{difference, entries, level, markdown, named};
use crate::compare::rules;
use crate::source::Source;
use crate::workspace::{TextFile, Workspace};

/// What stands before the name of a rule: a call that makes a finding, a field, a constant.
const BEFORE: [&[&str]; 8] = [
    &["finding", "("],
    &["found", "("],
    &["rule", ":"],
    &["rule", "=", "="],
    &["name", ":"],
    &["RULE", ":", "&", "str", "="],
    &["at_version", "(", "after", ","],
    &["at_version", "(", "document", ","],
];

fn sources() -> Vec<TextFile> {
    let workspace = Workspace::around(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut texts = workspace.texts().unwrap();
    let is_driven = |file: &TextFile| file.path == Path::new("tests/contract/driven/rules.rs");
    texts.retain(|file| {
        file.is_rust() && (file.path.starts_with("xtask/src") && !file.is_test() || is_driven(file))
    });
    texts.retain(|file| !file.path.starts_with("xtask/src/catalogue"));
    texts.retain(|file| !file.path.starts_with("xtask/src/compare/rules"));
    texts
}

/// Names in the place of a rule, and every literal there is.
fn literals() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut rules, mut all) = (BTreeSet::new(), BTreeSet::new());
    for file in sources() {
        let source = Source::parse(&file).unwrap();
        for (index, token) in source.tokens.iter().enumerate() {
            let literal = token
                .text
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            let Some(literal) = literal.filter(|_| !source.is_test_line(token.line)) else {
                continue;
            };
            all.insert(literal.to_owned());
            let stands_behind = |before: &&[&str]| {
                let start = index.checked_sub(before.len());
                start.is_some_and(|start| {
                    let tokens = source.tokens[start..index].iter();
                    tokens.zip(before.iter()).all(|(token, word)| token.text == *word)
                })
            };
            let is_name = |text: &str| {
                text.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            };
            if is_name(literal) && !literal.is_empty() && BEFORE.iter().any(stands_behind) {
                rules.insert(literal.to_owned());
            }
        }
    }
    (rules, all)
}

#[test]
fn every_rule_in_the_sources_is_listed() {
    let (used, _) = literals();
    assert!(used.len() > 40, "{used:?}");
    let unlisted: Vec<&String> = used.iter().filter(|id| named(id).is_none()).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn every_listed_rule_is_in_the_sources() {
    let (_, all) = literals();
    let unused: Vec<&str> = entries()
        .map(|entry| entry.id)
        .filter(|id| !all.contains(*id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn names_are_there_once_and_each_rule_is_explained() {
    let mut seen: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    for entry in entries() {
        assert!(seen.insert(entry.id), "{} twice", entry.id);
        assert!(
            entry.about.ends_with('.') && !entry.example.is_empty(),
            "{}",
            entry.id
        );
    }
}

#[test]
fn the_list_shows_each_rule_with_its_example() {
    let text = markdown();
    for entry in entries() {
        assert!(text.contains(&format!("| `{}` | ", entry.id)), "{}", entry.id);
    }
    for rule in rules::all() {
        let heading = format!("\n### {}\n\n*{}*. {}", rule.id, rule.severity.name(), rule.about);
        assert!(text.contains(&heading), "{}", rule.id);
    }
    assert!(
        text.contains("```diff\n-  - url: /\n-  - url: /api\n")
            || text.contains("```diff\n   - url: /\n-  - url: /api\n```")
    );
}

#[test]
fn a_difference_keeps_what_both_have() {
    assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n"), [" a", "-b", "+x", " c"]);
    assert_eq!(difference("a\n", "a\na\n"), [" a", "+a"]);
    assert_eq!(difference("", "a"), ["+a"]);
    assert_eq!(difference("a", ""), ["-a"]);
}

#[test]
fn an_unknown_rule_weighs_most() {
    assert_eq!(level("no-such-rule").name(), "error");
    assert_eq!(level("response-success-added").name(), "warning");
    assert_eq!(level("operation-added").name(), "note");
    assert_eq!(level("operation-removed").name(), "error");
}

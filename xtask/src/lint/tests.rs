//! Each rule against a small document with one change: what is found, and where. The changes that are found are those of
//! the suite `mutations`.

use std::path::PathBuf;

use super::lint;
use crate::document::Document;
use crate::mutations::lint::{SMALL, XML, cases};

mod allowed;
mod links;

fn found(text: &str) -> Vec<String> {
    let findings = match Document::parse(PathBuf::from("openapi/small.yaml"), text) {
        Ok(document) => lint(&document),
        Err(findings) => findings,
    };
    findings
        .iter()
        .map(|found| format!("{} {}:{}", found.rule, found.line, found.column))
        .collect()
}

#[test]
fn the_small_documents_are_clean() {
    assert_eq!(found(SMALL), Vec::<String>::new());
    assert_eq!(found(XML), Vec::<String>::new());
}

#[test]
fn what_breaks_a_rule_is_found_at_its_place() {
    let mut wrong = Vec::new();
    for (document, case) in cases() {
        assert!(document.contains(case.from), "{}", case.from);
        let seen = found(&document.replacen(case.from, case.to, 1));
        if seen != case.found {
            wrong.push(format!("{case:?}\n  found {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_breaks_none_is_taken() {
    for (document, edits) in [(SMALL, allowed::SMALL), (XML, allowed::XML)] {
        for (from, to) in edits {
            assert!(document.contains(from), "{from}");
            assert_eq!(
                found(&document.replacen(from, to, 1)),
                Vec::<String>::new(),
                "{from} -> {to}"
            );
        }
    }
}

#[test]
fn paths_that_match_the_same_requests() {
    let with = |path: &str| SMALL.replace("components:", &format!("  {path}: {{}}\ncomponents:"));
    for (path, is_ambiguous) in [
        ("/{all}/things", true),
        ("/{all}/{id}", false),
        ("/others/{id}", false),
        ("/things", false),
    ] {
        assert_eq!(
            found(&with(path)).contains(&"ambiguous-path 49:3".to_owned()),
            is_ambiguous,
            "{path}"
        );
    }
}

/// What takes two edits.
#[test]
fn names_that_are_taken_elsewhere() {
    let found_in = |text: &str, edits: &[(&str, &str)]| {
        found(
            &edits
                .iter()
                .fold(text.to_owned(), |text, (from, to)| text.replacen(from, to, 1)),
        )
    };
    let scheme = [
        ("  - bearer: []", "  - self: []"),
        ("    bearer: {", "    self: {"),
    ];
    assert_eq!(found_in(SMALL, &scheme), ["name-clash 51:5"]);
    let named = |name: &str| {
        let document = Document::parse(PathBuf::from(format!("openapi/{name}.yaml")), SMALL).unwrap();
        lint(&document).len()
    };
    assert_eq!(
        ["small", "my-file", "1st", "match", "A"].map(named),
        [0, 1, 1, 1, 1]
    );
    let result = found(&SMALL.replace("Thing", "Result"));
    assert!(result.contains(&"name-clash 75:5".to_owned()), "{result:?}");
    let folded = [
        ("paths:", "x-roster-tolerates: [name-case]\npaths:"),
        (
            "name: {type: string,",
            "name: {type: string, x-roster-tolerates: ['alias:AT'],",
        ),
    ];
    assert_eq!(found_in(SMALL, &folded), ["alias 82:9"]);
    let wrapper = [
        (
            "    Thing:\n      type: object\n",
            "    Thing:\n      type: object\n      xml: {name: Name}\n",
        ),
        (
            "        required: true\n        description: The thing.",
            "        required: true\n        x-roster-tolerates: [json-wrapper]\n        description: The thing.",
        ),
    ];
    assert_eq!(found_in(XML, &wrapper).len(), 1);
}

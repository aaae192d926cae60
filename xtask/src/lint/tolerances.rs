//! `x-roster-tolerates`: which words there are, where each may stand, and what they have to do with the rest.

use std::collections::BTreeSet;

use serde_json::Value;

use super::extensions::Place;
use super::schemas::loose;
use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::ir::{aliases, is_other_json, words};

/// Words and where each may stand.
const WORDS: [(&str, Place); 14] = [
    ("path-case", Place::Root),
    ("name-case", Place::Root),
    ("value-case", Place::Root),
    ("xml-element-order", Place::Root),
    ("xml-any-namespace", Place::Root),
    ("xml-any-item-name", Place::Root),
    ("text-json", Place::Root),
    ("text-xml", Place::Root),
    ("empty-content-type", Place::Root),
    ("json-wrapper", Place::RequestBody),
    ("plain-json", Place::RequestBody),
    ("parameters-in-body", Place::Operation),
    ("number", Place::Schema),
    ("linked-items", Place::Schema),
];

/// Words with a name behind them.
const NAMED: [(&str, Place); 2] = [("alias:", Place::Schema), ("alias:/", Place::PathItem)];

/// Every word, a name behind it left out.
pub fn all() -> impl Iterator<Item = &'static str> {
    WORDS.iter().chain(&NAMED).map(|(word, _)| *word)
}

/// Checks the list of words at a place.
pub fn check(node: &Node<'_>, place: Place, findings: &mut Vec<Finding>) {
    if !node.value.is_array() {
        findings.push(node.finding("extension", "expected a list of words"));
    }
    for item in node.items() {
        let word = item.value.as_str().unwrap_or_default();
        let plain = WORDS.iter().filter(|(have, _)| *have == word);
        let named = NAMED.iter().filter(|(start, _)| {
            let name = word.strip_prefix(start);
            name.is_some_and(|name| !name.is_empty())
        });
        let mut wanted = plain.chain(named).map(|(_, place)| *place).peekable();
        if wanted.peek().is_none() {
            findings.push(item.finding("extension", format!("`{word}` is no word for a tolerance")));
        } else if wanted.all(|wanted| wanted != place) {
            findings.push(item.finding("extension", format!("`{word}` means nothing here")));
        }
    }
}

/// What the words beside schemas have to do with these: only members of named objects have any.
pub fn check_all(document: &Document, findings: &mut Vec<Finding>) {
    let root = document.root();
    let folds = words(&root).contains(&"name-case");
    bodies(&root, findings);
    let named = root.path(&["components", "schemas"]);
    for (_, schema) in named.map(|node| node.members()).unwrap_or_default() {
        nothing(&schema, findings);
        let members = schema.members_of("properties");
        names(&members, folds, findings);
        for (_, member) in &members {
            takes(member, findings);
            below(member, findings);
        }
        patch(&schema, findings);
        below(&schema, findings);
    }
    for schema in loose(document) {
        nothing(&schema, findings);
        below(&schema, findings);
        if let Some(patch) = schema.get("x-roster-patch") {
            findings.push(patch.finding("extension", "only a named object is a patch"));
        }
    }
}

/// Only JSON under another name can be tolerated as plain JSON.
fn bodies(root: &Node<'_>, findings: &mut Vec<Finding>) {
    let operations = root
        .members_of("paths")
        .into_iter()
        .flat_map(|(_, item)| item.members());
    for (_, operation) in operations {
        let Some(body) = operation.get("requestBody") else {
            continue;
        };
        let content = body.members_of("content");
        let is_other = content.iter().any(|(name, _)| is_other_json(name));
        if words(&body).contains(&"plain-json") && !is_other {
            let text = "`plain-json` means something beside another JSON media type only";
            findings.push(body.finding("extension", text));
        }
    }
}

/// Items have no words of their own, and are no patches.
fn below(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let children = ["items", "additionalProperties"]
        .iter()
        .filter_map(|name| schema.get(name));
    for child in children.chain(schema.items_of("oneOf")) {
        nothing(&child, findings);
        below(&child, findings);
    }
}

fn nothing(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    for item in schema.items_of("x-roster-tolerates") {
        let word = item.value.as_str().unwrap_or_default();
        findings.push(item.finding("extension", format!("only a member can tolerate `{word}`")));
    }
}

/// All names by which the members of an object are read are different.
fn names(members: &[(&str, Node<'_>)], folds: bool, findings: &mut Vec<Finding>) {
    let key = |name: &str| {
        if folds {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        }
    };
    let mut taken: BTreeSet<String> = members.iter().map(|(wire, _)| key(wire)).collect();
    for (_, member) in members {
        for alias in aliases(member) {
            if !taken.insert(key(alias)) {
                findings.push(member.finding("alias", format!("the name `{alias}` is taken")));
            }
        }
    }
}

/// Whether a schema has this type, beside null.
fn is_of(schema: &Node<'_>, wanted: &str) -> bool {
    match schema.value.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == wanted),
        kind => kind.is_some_and(|kind| kind == wanted),
    }
}

fn takes(member: &Node<'_>, findings: &mut Vec<Finding>) {
    let words = words(member);
    let is_text = ["enum", "x-roster-type"]
        .iter()
        .all(|name| member.get(name).is_none())
        && !matches!(member.text("format"), Some("date-time" | "uuid" | "password"))
        && is_of(member, "string");
    if words.contains(&"number") && !is_text {
        findings.push(member.finding("extension", "only a plain text can be given as a number"));
    }
    let items = member.get("items").filter(|items| is_of(items, "integer"));
    if words.contains(&"linked-items") && items.is_none() {
        findings.push(member.finding("extension", "only a list of whole numbers can be given as links"));
    }
}

/// A patch has a member in which absent and null differ, and these are scalars.
fn patch(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let Some(patch) = schema.get("x-roster-patch") else {
        return;
    };
    let required = schema.items_of("required");
    let is_required = |wire: &str| required.iter().any(|name| name.value == wire);
    let mut is_any = false;
    for (wire, member) in schema.members_of("properties") {
        let is_nullable = is_of(&member, "null")
            || member
                .items_of("oneOf")
                .iter()
                .any(|one| one.text("type") == Some("null"));
        if is_required(wire) || !is_nullable {
            continue;
        }
        is_any = true;
        let targets = member
            .items_of("oneOf")
            .into_iter()
            .filter_map(|one| one.resolve().ok());
        let is_object = targets
            .into_iter()
            .any(|target| target.get("enum").is_none() && !is_of(&target, "null"));
        if is_of(&member, "array") || is_object || member.text("format") == Some("password") {
            let what = "not supported: a list, an object or a secret of which absent and null differ";
            findings.push(member.finding("unsupported", what));
        }
    }
    if !is_any {
        findings.push(patch.finding("extension", "the schema has no optional member that may be null"));
    }
}

//! Every member is one that the specification has in its place, with a value of the right kind, and every
//! reference leads somewhere.

use std::collections::BTreeSet;

use serde_json::Value;

use super::extensions::{self, Place};
use super::keywords::{Holds, Kind, UNSUPPORTED, member, required};
use crate::document::{Document, Node};
use crate::finding::Finding;

pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = document.root();
    walk(&root, Kind::Root, &mut findings);
    circles(&root, &mut findings);
    for name in ["openapi", "info", "paths"] {
        if root.get(name).is_none() {
            findings.push(root.finding("missing-member", format!("`{name}` is missing")));
        }
    }
    if let Some(openapi) = root.get("openapi") {
        let text = openapi.value.as_str().unwrap_or_default();
        let patch = text
            .strip_prefix("3.1.")
            .and_then(|patch| patch.parse::<u16>().ok());
        if patch.is_none() {
            findings.push(openapi.finding("unsupported", "not supported: a version other than 3.1"));
        }
    }
    findings
}

fn walk(node: &Node<'_>, kind: Kind, findings: &mut Vec<Finding>) {
    if !node.value.is_object() {
        findings.push(node.finding("wrong-type", "expected an object"));
        return;
    }
    if node.get("$ref").is_some() && may_be_reference(kind) {
        reference(node, kind, findings);
        if kind != Kind::Schema {
            return;
        }
    }
    if kind == Kind::Parameter {
        style(node, findings);
    }
    for name in required(kind) {
        if node.get(name).is_none() {
            findings.push(node.finding("missing-member", format!("`{name}` is missing")));
        }
    }
    for (name, child) in node.members() {
        if name.starts_with("x-") {
            if name.starts_with("x-roster-") {
                extensions::check(&child, name, place(kind), findings);
            }
            continue;
        }
        match member(kind, name) {
            Some(Holds::Unsupported) => {
                findings.push(child.finding("unsupported", format!("not supported: `{name}` in this place")));
            }
            Some(holds) => {
                value(&child, holds, findings);
                if holds.is_set() {
                    twice(&child, findings);
                }
            }
            None if UNSUPPORTED.contains(&name) => {
                findings.push(child.finding("unsupported", format!("not supported: `{name}`")));
            }
            None => findings.push(child.finding("unknown-keyword", format!("`{name}` is no keyword here"))),
        }
    }
}

fn place(kind: Kind) -> Place {
    match kind {
        Kind::Root => Place::Root,
        Kind::PathItem => Place::PathItem,
        Kind::SecurityScheme => Place::SecurityScheme,
        Kind::Operation => Place::Operation,
        Kind::RequestBody => Place::RequestBody,
        Kind::Parameter => Place::Parameter,
        Kind::Header => Place::Header,
        Kind::Schema => Place::Schema,
        Kind::Link => Place::Link,
        _ => Place::Other,
    }
}

fn value(node: &Node<'_>, holds: Holds, findings: &mut Vec<Finding>) {
    let is_texts = |value: &Value| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string))
    };
    let expected = match holds {
        Holds::One(kind) => return walk(node, kind, findings),
        Holds::Map(kind) if node.value.is_object() => {
            return node
                .members()
                .iter()
                .for_each(|(_, child)| walk(child, kind, findings));
        }
        Holds::List(kind) if node.value.is_array() => {
            return node.items().iter().for_each(|child| walk(child, kind, findings));
        }
        Holds::FlagOrSchema if node.value.is_object() => return walk(node, Kind::Schema, findings),
        Holds::Map(_) => "an object",
        Holds::List(_) => "a list",
        Holds::Text if !node.value.is_string() => "a text",
        Holds::Texts | Holds::Set if !is_texts(node.value) => "a list of texts",
        Holds::Values if !node.value.is_array() => "a list",
        Holds::Flag if !node.value.is_boolean() => "`true` or `false`",
        Holds::FlagOrSchema if !node.value.is_boolean() => "`true`, `false` or a schema",
        Holds::Count if !node.value.is_u64() => "a whole number from 0",
        Holds::Number if !node.value.is_number() => "a number",
        Holds::Types if !node.value.is_string() && !is_texts(node.value) => "a type or a list of types",
        _ => return,
    };
    findings.push(node.finding("wrong-type", format!("expected {expected}")));
}

fn may_be_reference(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Parameter
            | Kind::RequestBody
            | Kind::Response
            | Kind::Header
            | Kind::Link
            | Kind::Example
            | Kind::Schema
    )
}

fn reference(node: &Node<'_>, kind: Kind, findings: &mut Vec<Finding>) {
    let section = match kind {
        Kind::Parameter => "parameters",
        Kind::RequestBody => "requestBodies",
        Kind::Response => "responses",
        Kind::Header => "headers",
        Kind::Link => "links",
        Kind::Example => "examples",
        _ => "schemas",
    };
    let Some(text) = node.get("$ref") else { return };
    let Some(target) = text.value.as_str() else {
        findings.push(text.finding("wrong-type", "expected a text"));
        return;
    };
    // Schemas may lead back to themselves; everything else may not.
    let outcome = if kind == Kind::Schema {
        text.target(target)
    } else {
        node.resolve()
    };
    let of_kind = target
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'));
    if let Err(finding) = outcome {
        findings.push(finding);
    } else if of_kind.is_none_or(|name| name.contains('/')) {
        findings.push(text.finding(
            "dangling-ref",
            format!("`{target}` is not among `components/{section}`"),
        ));
    }
    for (name, child) in node.members() {
        let is_beside_schema = kind == Kind::Schema && !NARROWING.contains(&name);
        if is_beside_schema || matches!(name, "$ref" | "summary" | "description") || name.starts_with("x-") {
            continue;
        }
        findings.push(if kind == Kind::Schema {
            child.finding(
                "unsupported",
                format!("not supported: `{name}` beside a reference"),
            )
        } else {
            child.finding(
                "unknown-keyword",
                format!("`{name}` beside a reference says nothing"),
            )
        });
    }
}

/// What beside a reference would take away from what it leads to.
const NARROWING: [&str; 17] = [
    "additionalProperties",
    "enum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
    "uniqueItems",
];

/// The one way to write a value in each place; another one would be read wrongly.
fn style(node: &Node<'_>, findings: &mut Vec<Finding>) {
    let only = match node.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    if let Some(style) = node.get("style").filter(|style| style.value != only) {
        findings.push(style.finding(
            "unsupported",
            format!("not supported: a style other than `{only}` here"),
        ));
    }
}

/// Texts of a list that are there already.
fn twice(list: &Node<'_>, findings: &mut Vec<Finding>) {
    let items = list.items();
    let mut seen = BTreeSet::new();
    for item in &items {
        if let Some(text) = item.value.as_str().filter(|text| !seen.insert(*text)) {
            findings.push(item.finding("wrong-type", format!("`{text}` is there twice")));
        }
    }
}

/// Schemas that stand for one another without anything between them: no value ends that.
fn circles(root: &Node<'_>, findings: &mut Vec<Finding>) {
    let Some(schemas) = root.path(&["components", "schemas"]) else {
        return;
    };
    for (_, schema) in schemas.members() {
        let (mut open, mut seen) = (vec![schema.clone()], BTreeSet::new());
        while let Some(node) = open.pop() {
            let references = node.items_of("oneOf").into_iter().chain([node]);
            let targets = references.filter_map(|node| {
                let reference = node.get("$ref")?;
                reference.target(reference.value.as_str()?).ok()
            });
            for target in targets {
                if target.pointer == schema.pointer {
                    findings.push(schema.finding("circular-ref", "this schema leads back to itself"));
                    return;
                }
                if seen.insert(target.pointer.clone()) {
                    open.push(target);
                }
            }
        }
    }
}

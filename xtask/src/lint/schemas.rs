//! Rules about schemas: descriptions, bounds, patterns.

use super::{pattern, values};
use crate::document::{Document, Node};
use crate::finding::Finding;

pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, schema) in document
        .root()
        .path(&["components", "schemas"])
        .map(|node| node.members())
        .unwrap_or_default()
    {
        has_description(&schema, &mut findings);
        walk(&schema, &mut findings);
    }
    for schema in loose(document) {
        walk(&schema, &mut findings);
    }
    findings
}

/// The schemas outside of `components/schemas`: of parameters, headers and media types, each once.
pub fn loose(document: &Document) -> Vec<Node<'_>> {
    let root = document.root();
    let mut schemas = Vec::new();
    let mut open: Vec<Node<'_>> = Vec::new();
    open.extend(root.get("paths"));
    for section in ["parameters", "headers", "responses"] {
        open.extend(root.path(&["components", section]));
    }
    while let Some(node) = open.pop() {
        for (name, child) in node.members() {
            match name {
                "schema" => schemas.push(child),
                // Data, which may have members of any name.
                "example" | "examples" | "value" => {}
                _ => open.push(child),
            }
        }
        open.extend(node.items());
    }
    schemas
}

fn walk(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    if let Some(complaint) = schema.text("pattern").and_then(pattern::complaint) {
        let node = schema.get("pattern").unwrap_or_else(|| schema.clone());
        findings.push(node.finding("pattern-not-portable", complaint));
    }
    bounds(schema, findings);
    values::check(schema, findings);
    let members = schema.members_of("properties");
    for required in schema.items_of("required") {
        let name = required.value.as_str().unwrap_or_default();
        if !members.iter().any(|(have, _)| *have == name) {
            findings.push(required.finding("required-unknown", format!("there is no member `{name}`")));
        }
    }
    for (_, member) in members {
        has_description(&member, findings);
        walk(&member, findings);
    }
    for name in ["items", "additionalProperties"] {
        if let Some(schema) = schema.get(name).filter(|schema| schema.value.is_object()) {
            walk(&schema, findings);
        }
    }
}

fn has_description(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    // A plain reference is described by what it leads to.
    let is_reference = schema.get("$ref").is_some();
    if !is_reference
        && schema
            .text("description")
            .is_none_or(|text| text.trim().is_empty())
    {
        findings.push(schema.finding("missing-description", "there is no `description`"));
    }
}

/// What nobody bounds, somebody overflows.
fn bounds(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let has_type = |name: &str| match schema.value.get("type") {
        Some(serde_json::Value::String(have)) => have == name,
        Some(serde_json::Value::Array(have)) => have.iter().any(|have| have == name),
        _ => false,
    };
    let is_bounded_text =
        schema.get("enum").is_some() || matches!(schema.text("format"), Some("date-time" | "uuid"));
    let mut needed = Vec::new();
    if has_type("string") && !is_bounded_text {
        needed.push("maxLength");
    }
    if has_type("array") {
        needed.push("maxItems");
    }
    if has_type("integer") || has_type("number") {
        needed.extend(["minimum", "maximum"]);
    }
    let values = schema
        .get("additionalProperties")
        .filter(|values| values.value.is_object());
    if values.is_some() && schema.get("properties").is_none() {
        needed.push("maxProperties");
    }
    for name in needed {
        if schema.get(name).is_none() {
            findings.push(schema.finding("missing-bound", format!("there is no `{name}`")));
        }
    }
    for (least, most) in [
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minimum", "maximum"),
    ] {
        let number = |name: &str| schema.value.get(name).and_then(serde_json::Value::as_f64);
        if let (Some(low), Some(high)) = (number(least), number(most))
            && low > high
        {
            findings.push(schema.finding("bounds-crossed", format!("`{least}` is above `{most}`")));
        }
    }
}

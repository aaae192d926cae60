//! Every example and every default is what its schema says, and no example is sent unasked.

use super::conforms::{Way, complaints};
use super::schemas::loose;
use crate::document::{Document, Node};
use crate::finding::Finding;

pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = document.root();
    let named = root
        .path(&["components", "schemas"])
        .map(|node| node.members())
        .unwrap_or_default();
    for schema in named.into_iter().map(|(_, schema)| schema).chain(loose(document)) {
        within(&schema, &mut findings);
    }
    for section in ["parameters", "headers"] {
        for (_, node) in root
            .path(&["components", section])
            .map(|node| node.members())
            .unwrap_or_default()
        {
            single(&node, &mut findings);
            offered(&node, &mut findings);
        }
    }
    for (_, response) in root
        .path(&["components", "responses"])
        .map(|node| node.members())
        .unwrap_or_default()
    {
        body(&response, Way::Answer, &mut findings);
    }
    for (_, item) in root.members_of("paths") {
        let own = item.members().into_iter().map(|(_, operation)| operation);
        for holder in std::iter::once(item.clone()).chain(own) {
            for node in holder.items_of("parameters") {
                single(&node, &mut findings);
                offered(&node, &mut findings);
            }
        }
        for (_, operation) in item.members() {
            if let Some(node) = operation.get("requestBody").and_then(|node| node.resolve().ok()) {
                body(&node, Way::Request, &mut findings);
            }
            for (_, response) in operation.members_of("responses") {
                response
                    .members_of("headers")
                    .iter()
                    .for_each(|(_, node)| single(node, &mut findings));
                body(&response, Way::Answer, &mut findings);
            }
        }
    }
    findings
}

/// `examples` and `default` in a schema and below.
fn within(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let examples = schema.items_of("examples");
    for value in examples
        .into_iter()
        .chain(schema.get("example"))
        .chain(schema.get("default"))
    {
        compare(schema, &value, Way::Request, findings);
    }
    schema
        .members_of("properties")
        .iter()
        .for_each(|(_, member)| within(member, findings));
    for name in ["items", "additionalProperties"] {
        if let Some(schema) = schema.get(name).filter(|schema| schema.value.is_object()) {
            within(&schema, findings);
        }
    }
}

/// `example` of a parameter or header.
fn single(node: &Node<'_>, findings: &mut Vec<Finding>) {
    if let (Some(schema), Some(value)) = (node.get("schema"), node.get("example")) {
        compare(&schema, &value, Way::Request, findings);
    }
}

/// Pages that try an API fill the `example` of a parameter in and send it, also where nobody asked for it: a search then
/// finds nothing, and a write fails on a version that nothing has. Those of a schema are shown only.
fn offered(node: &Node<'_>, findings: &mut Vec<Finding>) {
    let is_optional = matches!(node.text("in"), Some("query" | "header")) && node.value["required"] != true;
    let Some(schema) = node.get("schema").filter(|_| is_optional) else {
        return;
    };
    let schema = schema.resolve().unwrap_or(schema);
    for holder in [node, &schema] {
        if let Some(example) = holder.get("example")
            && Some(example.value) != schema.value.get("default")
        {
            let text = "the parameter is optional, and its example would be sent without being asked for";
            let mut finding = example.finding("offered-example", text);
            finding.mend = Some("write it as `examples` of the schema, a list".to_owned());
            findings.push(finding);
        }
    }
}

fn body(node: &Node<'_>, way: Way, findings: &mut Vec<Finding>) {
    for (_, media) in node.members_of("content") {
        let Some(schema) = media.get("schema") else {
            continue;
        };
        for (_, example) in media.members_of("examples") {
            if let Some(value) = example.resolve().ok().and_then(|example| example.get("value")) {
                compare(&schema, &value, way, findings);
            }
        }
    }
}

fn compare(schema: &Node<'_>, value: &Node<'_>, way: Way, findings: &mut Vec<Finding>) {
    for (pointer, text) in complaints(schema, value.value, &value.pointer, way) {
        let (line, column) = value.document().position(&pointer);
        let name = pointer.strip_prefix(&value.pointer).unwrap_or_default();
        let text = if name.is_empty() {
            format!("the value {text}")
        } else {
            format!("`{name}` {text}")
        };
        let file = value.document().path.clone();
        findings.push(Finding {
            rule: "example-mismatch",
            file,
            line,
            column,
            text,
            mend: None,
        });
    }
}

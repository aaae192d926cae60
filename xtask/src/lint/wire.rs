//! Names, paths and bodies as HTTP carries them, and characters that people cannot see.

use serde_json::Value;

use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::ir::{is_function_name, snake};

/// Signs that may stand in a segment of a path as they are, beside letters and digits.
const IN_PATHS: &str = "-._~!$&'()*+,;=:@";
/// The same in the name of a header.
const IN_HEADERS: &str = "!#$%&'*+-.^_`|~";
/// The same in the name of a component.
const IN_COMPONENTS: &str = "._-";

/// Headers that the specification wants to be said elsewhere: in `security` and as media types.
const SAID_ELSEWHERE: [&str; 3] = ["accept", "authorization", "content-type"];

pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = document.root();
    let name = &document.name;
    if !is_function_name(name) || snake(name) != *name {
        let text = format!(
            "`{name}` gives no name for a module in Rust; name the file in lower case letters and digits"
        );
        findings.push(root.finding("name-clash", text));
    }
    hidden(&root, &mut findings);
    for (section, named) in root.members_of("components") {
        if section.starts_with("x-") {
            continue;
        }
        for (name, component) in named.members() {
            if !is_of(name, IN_COMPONENTS) {
                let text = "the name of a component is of letters, digits, `.`, `_` and `-`";
                findings.push(component.finding("wrong-type", text));
            }
            parts(section, &component, &mut findings);
        }
    }
    for (path, item) in root.members_of("paths") {
        segments(path, &item, &mut findings);
        for node in item.items_of("parameters") {
            parts("parameters", &node, &mut findings);
        }
        for (verb, operation) in item.members() {
            self::operation(verb, &operation, &mut findings);
        }
    }
    for tag in twice(&root.items_of("tags")) {
        findings.push(tag.finding("wrong-type", "this tag is there twice"));
    }
    findings
}

fn operation(verb: &str, operation: &Node<'_>, findings: &mut Vec<Finding>) {
    for node in operation.items_of("parameters") {
        parts("parameters", &node, findings);
    }
    if let Some(body) = operation
        .get("requestBody")
        .filter(|_| matches!(verb, "get" | "head"))
    {
        let text = format!(
            "not supported: a body of {}, which most clients cannot send",
            verb.to_uppercase()
        );
        findings.push(body.finding("unsupported", text));
    }
    for (status, response) in operation.members_of("responses") {
        parts("responses", &response, findings);
        let content = response.resolve().ok().and_then(|target| target.get("content"));
        if content.is_some() && matches!(status, "204" | "205" | "304") {
            let text = "not supported: a body of an answer that has none";
            findings.push(response.finding("unsupported", text));
        }
    }
}

/// The names of headers in a parameter or response.
fn parts(section: &str, node: &Node<'_>, findings: &mut Vec<Finding>) {
    if section == "parameters" && node.text("in") == Some("header") {
        let name = node.text("name").unwrap_or_default();
        header(name, &node.get("name").unwrap_or_else(|| node.clone()), findings);
    }
    if section == "responses" {
        for (name, node) in node.members_of("headers") {
            header(name, &node, findings);
        }
    }
}

fn header(name: &str, node: &Node<'_>, findings: &mut Vec<Finding>) {
    if !is_of(name, IN_HEADERS) {
        let text = format!("`{name}` cannot be the name of a header");
        findings.push(node.finding("wrong-type", text));
    } else if SAID_ELSEWHERE.contains(&name.to_ascii_lowercase().as_str()) {
        let text = format!("not supported: `{name}` here; `security` and media types say it");
        findings.push(node.finding("unsupported", text));
    }
}

/// A path is written as requests have it, and leads nowhere else when a client tidies it.
fn segments(path: &str, item: &Node<'_>, findings: &mut Vec<Finding>) {
    let Some(rest) = path.strip_prefix('/').filter(|rest| !rest.is_empty()) else {
        return;
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let mut templates = Vec::new();
    for segment in rest.split('/') {
        if segment.starts_with('{') {
            if templates.contains(&segment) {
                let text = format!("`{segment}` is there twice");
                findings.push(item.finding("path-parameter", text));
            }
            templates.push(segment);
        } else if segment.contains(['{', '}']) {
            // Other rules say so, with the parameter that is meant.
        } else if matches!(segment, "." | "..") || !is_of(segment, IN_PATHS) {
            let text = format!("`{segment}` cannot be a segment of a path as requests have it");
            findings.push(item.finding("path", text));
        }
    }
}

/// Whether a name is of letters and digits of ASCII and these signs, and is not empty.
fn is_of(name: &str, signs: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || signs.contains(sign))
}

/// The tags whose name is there already.
fn twice<'n, 'a>(tags: &'n [Node<'a>]) -> impl Iterator<Item = &'n Node<'a>> {
    tags.iter().enumerate().filter_map(|(index, tag)| {
        let is_same = |other: &Node<'_>| other.text("name") == tag.text("name");
        tags[..index].iter().any(is_same).then_some(tag)
    })
}

/// Control characters, and those that turn the direction of what stands behind them.
fn hidden(node: &Node<'_>, findings: &mut Vec<Finding>) {
    let text = |text: &str| {
        let found = text.chars().find(|sign| {
            let is_control = sign.is_control() && !matches!(sign, '\n' | '\t');
            is_control || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        found.map(|sign| {
            format!(
                "the character U+{:04X} cannot be seen; leave it out",
                u32::from(sign)
            )
        })
    };
    if let Some(complaint) = node.value.as_str().and_then(text) {
        findings.push(node.finding("hidden-character", complaint));
    }
    if let Value::Object(_) = node.value {
        for (name, child) in node.members() {
            if let Some(complaint) = text(name) {
                findings.push(child.finding("hidden-character", complaint));
            }
            hidden(&child, findings);
        }
    }
    for child in node.items() {
        hidden(&child, findings);
    }
}

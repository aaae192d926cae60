//! Links: each leads to an operation that exists, gives parameters that it has, and takes their values from where
//! there are some.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{Document, Node};
use crate::finding::Finding;

/// The verbs that a path item can have.
const VERBS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
/// Where parameters stand, as a name may say in front.
const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// One operation and the parameters of its path.
struct Operation<'a> {
    node: Node<'a>,
    item: Node<'a>,
}

impl<'a> Operation<'a> {
    fn parameters(&self) -> Vec<Node<'a>> {
        let both = [&self.item, &self.node].into_iter();
        let all = both.flat_map(|holder| holder.items_of("parameters"));
        all.filter_map(|node| node.resolve().ok()).collect()
    }

    fn parameter(&self, place: Option<&str>, name: &str) -> Option<Node<'a>> {
        let is_meant = |node: &Node<'_>| {
            let has_name = match node.text("in") {
                Some("header") => node
                    .text("name")
                    .is_some_and(|have| have.eq_ignore_ascii_case(name)),
                _ => node.text("name") == Some(name),
            };
            has_name && place.is_none_or(|place| node.text("in") == Some(place))
        };
        self.parameters().into_iter().find(is_meant)
    }

    fn body(&self) -> Option<Node<'a>> {
        self.node.get("requestBody")?.resolve().ok()
    }
}

pub fn check(document: &Document) -> Vec<Finding> {
    let root = document.root();
    let mut operations = BTreeMap::new();
    for (_, item) in root.members_of("paths") {
        for (verb, node) in item.members() {
            if let Some(id) = node.text("operationId").filter(|_| VERBS.contains(&verb)) {
                operations.insert(
                    id,
                    Operation {
                        node: node.clone(),
                        item: item.clone(),
                    },
                );
            }
        }
    }
    let mut findings = Vec::new();
    for operation in operations.values() {
        for (_, response) in operation.node.members_of("responses") {
            let Ok(response) = response.resolve() else {
                continue;
            };
            for (_, link) in response.members_of("links") {
                let Ok(link) = link.resolve() else { continue };
                one(operation, &response, &link, &operations, &mut findings);
            }
        }
    }
    findings
}

fn one(
    from: &Operation<'_>,
    response: &Node<'_>,
    link: &Node<'_>,
    operations: &BTreeMap<&str, Operation<'_>>,
    findings: &mut Vec<Finding>,
) {
    let id = link.text("operationId").unwrap_or_default();
    let Some(to) = operations.get(id) else {
        let node = link.get("operationId").unwrap_or_else(|| link.clone());
        findings.push(node.finding("link-operation", format!("there is no operation `{id}`")));
        return;
    };
    if let Some(parameters) = link.get("parameters").filter(|node| !node.value.is_object()) {
        findings.push(parameters.finding("wrong-type", "expected an object"));
    }
    for (name, value) in link.members_of("parameters") {
        let qualified = name.split_once('.').filter(|(place, _)| PLACES.contains(place));
        let (place, name) = qualified.map_or((None, name), |(place, name)| (Some(place), name));
        if to.parameter(place, name).is_none() {
            findings.push(value.finding("link-parameter", format!("`{id}` has no parameter `{name}`")));
        }
        expressions(from, response, &value, findings);
    }
    if let Some(body) = link.get("x-roster-request-body") {
        if to.body().is_none() {
            findings.push(body.finding("link-parameter", format!("`{id}` has no body")));
        }
        expressions(from, response, &body, findings);
    }
}

/// Every expression in a value, which may be data with expressions inside.
fn expressions(from: &Operation<'_>, response: &Node<'_>, node: &Node<'_>, findings: &mut Vec<Finding>) {
    match node.value {
        Value::String(text) => {
            for expression in inside(text) {
                let outcome = expression.and_then(|expression| leads(from, response, expression));
                if let Err(complaint) = outcome {
                    findings.push(node.finding("link-expression", complaint));
                }
            }
        }
        Value::Array(_) => node
            .items()
            .iter()
            .for_each(|item| expressions(from, response, item, findings)),
        Value::Object(_) => {
            for (_, member) in node.members() {
                expressions(from, response, &member, findings);
            }
        }
        _ => {}
    }
}

/// The text as an expression, or the expressions in braces inside of it.
fn inside(text: &str) -> Vec<Result<&str, String>> {
    if text.starts_with('$') {
        return vec![Ok(text)];
    }
    let starts = text.match_indices("{$").map(|(at, _)| &text[at + 1..]);
    let ends = |rest: &str| {
        rest.find('}')
            .ok_or("an expression in braces has no end".to_owned())
    };
    starts.map(|rest| ends(rest).map(|end| &rest[..end])).collect()
}

/// Whether an expression has the grammar of runtime expressions and leads to something that is described.
fn leads(from: &Operation<'_>, response: &Node<'_>, expression: &str) -> Result<(), String> {
    if matches!(expression, "$url" | "$method" | "$statusCode") {
        return Ok(());
    }
    let nowhere = |what: &str| Err(format!("`{expression}`: {what}"));
    let Some((source, rest)) = expression.split_once('.') else {
        return nowhere("this is no runtime expression");
    };
    let (kind, name) = match rest.split_once(['.', '#']) {
        Some((kind, name)) => (kind, name),
        None => (rest, ""),
    };
    let content = match source {
        "$request" => from.body(),
        "$response" => Some(response.clone()),
        _ => return nowhere("it starts neither with `$request.` nor with `$response.`"),
    };
    match kind {
        "body" if rest == "body" || rest.starts_with("body#") => {
            let content = content.filter(|node| node.get("content").is_some());
            let Some(content) = content else {
                return nowhere("there is no body");
            };
            let schema = content.members_of("content").into_iter().next();
            let schema = schema.and_then(|(_, media)| media.get("schema"));
            match schema.and_then(|schema| below(&schema, name)) {
                Some(()) => Ok(()),
                None => nowhere("the schema of the body has nothing there"),
            }
        }
        "header" if source == "$response" => {
            let headers = response.members_of("headers");
            if headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name)) {
                Ok(())
            } else {
                nowhere("the answer has no such header")
            }
        }
        "header" | "query" | "path" if source == "$request" => match from.parameter(Some(kind), name) {
            Some(_) => Ok(()),
            None => nowhere("the operation has no such parameter"),
        },
        _ => nowhere("this is no runtime expression"),
    }
}

/// Follows a JSON pointer through the values that a schema describes.
fn below(schema: &Node<'_>, pointer: &str) -> Option<()> {
    let mut schema = schema.resolve().ok()?;
    let tokens = match pointer.strip_prefix('/') {
        Some(rest) => rest.split('/').collect(),
        None if pointer.is_empty() => Vec::new(),
        None => return None,
    };
    for token in tokens {
        let token = token.replace("~1", "/").replace("~0", "~");
        // What may be null is the first choice.
        if let Some(first) = schema.items_of("oneOf").first() {
            schema = first.resolve().ok()?;
        }
        let next = match token.parse::<u64>() {
            Ok(_) if schema.get("items").is_some() => schema.get("items"),
            _ => schema.get("properties").and_then(|members| members.get(&token)),
        };
        schema = next?.resolve().ok()?;
    }
    Some(())
}

//! Rules about paths, operations, parameters and responses.

use std::collections::BTreeMap;

use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::ir::words;

/// The verbs that a path item can have.
const VERBS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

pub fn check(document: &Document) -> Vec<Finding> {
    let root = document.root();
    let mut findings = Vec::new();
    version(&root, &mut findings);
    paths(&root, &mut findings);
    let mut ids: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    let mut error: Option<&str> = None;
    for (path, item) in root.members_of("paths") {
        for (verb, operation) in item.members() {
            if !VERBS.contains(&verb) {
                continue;
            }
            identity(&operation, &mut ids, &mut findings);
            described(&operation, &["summary", "description"], &mut findings);
            parameters(path, &item, &operation, &mut findings);
            statuses(&root, &item, &operation, &mut findings);
            bodies(&operation, &mut error, &mut findings);
        }
    }
    for section in ["parameters", "headers", "responses", "securitySchemes"] {
        for (_, node) in root
            .path(&["components", section])
            .map(|node| node.members())
            .unwrap_or_default()
        {
            described(&node, &["description"], &mut findings);
        }
    }
    for tag in root.items_of("tags") {
        described(&tag, &["description"], &mut findings);
    }
    if let Some(info) = root.get("info") {
        described(&info, &["description"], &mut findings);
    }
    findings
}

/// `1.10` is a number in YAML, and then means `1.1`.
fn version(root: &Node<'_>, findings: &mut Vec<Finding>) {
    if let Some(version) = root
        .path(&["info", "version"])
        .filter(|version| !version.value.is_string())
    {
        findings.push(version.finding("unquoted-version", "the version must be in quotes"));
    }
}

fn paths(root: &Node<'_>, findings: &mut Vec<Finding>) {
    let paths = root.members_of("paths");
    let aliases = paths.iter().flat_map(|(path, item)| {
        let words = item.items_of("x-roster-tolerates").into_iter();
        words
            .filter_map(move |word| Some((word.value.as_str()?.strip_prefix("alias:")?, *path, word.clone())))
    });
    let mut spellings: Vec<(&str, Node<'_>)> = paths.clone();
    for (alias, path, node) in aliases {
        if templates(alias) != templates(path) {
            let text = "the templates stand elsewhere than in the path, counted from its end";
            findings.push(node.finding("alias", text));
        }
        spellings.push((alias, node));
    }
    for (index, (path, item)) in spellings.iter().enumerate() {
        if !path.starts_with('/') {
            findings.push(item.finding("path", "a path starts with `/`"));
        }
        if path.len() > 1 && path.ends_with('/') {
            findings.push(item.finding("trailing-slash", "paths are listed without a trailing slash"));
        }
        for (other, _) in spellings[..index]
            .iter()
            .filter(|(other, _)| is_ambiguous(path, other))
        {
            findings.push(item.finding("ambiguous-path", format!("some requests match `{other}` as well")));
        }
    }
}

/// Where the templates of a path stand, counted from its end.
fn templates(path: &str) -> Vec<usize> {
    let segments = path.rsplit('/').enumerate();
    let templates = segments.filter(|(_, segment)| segment.starts_with('{'));
    templates.map(|(index, _)| index).collect()
}

/// Two paths match the same requests, and neither is the more literal one throughout.
fn is_ambiguous(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('/').collect(), other.split('/').collect());
    let is_template = |segment: &&str| segment.starts_with('{');
    if one.len() != other.len() {
        return false;
    }
    let (mut is_more_literal, mut is_less_literal) = (false, false);
    for (one, other) in one.iter().zip(&other) {
        match (is_template(one), is_template(other)) {
            (false, false) if one != other => return false,
            (false, true) => is_more_literal = true,
            (true, false) => is_less_literal = true,
            _ => {}
        }
    }
    is_more_literal == is_less_literal
}

fn identity<'a>(operation: &Node<'a>, ids: &mut BTreeMap<&'a str, Node<'a>>, findings: &mut Vec<Finding>) {
    let Some(id) = operation.text("operationId") else {
        findings.push(operation.finding("missing-operation-id", "the operation has no `operationId`"));
        return;
    };
    let node = operation.get("operationId").unwrap_or_else(|| operation.clone());
    if !id.starts_with(|first: char| first.is_ascii_lowercase())
        || !id.chars().all(|c| c.is_ascii_alphanumeric())
    {
        findings.push(node.finding("operation-id", format!("`{id}` must be in lower camel case")));
    }
    if let Some(first) = ids.get(id) {
        let (line, _) = first.document().position(&first.pointer);
        findings.push(node.finding(
            "duplicate-operation-id",
            format!("`{id}` is taken by the operation in line {line}"),
        ));
    } else {
        ids.insert(id, node);
    }
}

/// Texts that people need. A reference is described where it leads.
fn described(node: &Node<'_>, names: &[&str], findings: &mut Vec<Finding>) {
    if node.get("$ref").is_some() {
        return;
    }
    for name in names {
        if node.text(name).is_none_or(|text| text.trim().is_empty()) {
            let rule = if *name == "summary" {
                "missing-summary"
            } else {
                "missing-description"
            };
            findings.push(node.finding(rule, format!("there is no `{name}`")));
        }
    }
}

fn parameters(path: &str, item: &Node<'_>, operation: &Node<'_>, findings: &mut Vec<Finding>) {
    let mut declared = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    for node in operation.items_of("parameters") {
        described(&node, &["description"], findings);
        let Ok(target) = node.resolve() else { continue };
        let key = (
            target.text("in").unwrap_or_default().to_owned(),
            target.text("name").unwrap_or_default().to_owned(),
        );
        if seen.contains(&key) {
            findings.push(node.finding("duplicate-parameter", format!("`{}` is there twice", key.1)));
        }
        seen.push(key);
    }
    for node in item
        .items_of("parameters")
        .into_iter()
        .chain(operation.items_of("parameters"))
    {
        let Ok(target) = node.resolve() else { continue };
        if target.text("in") != Some("path") {
            continue;
        }
        let name = target.text("name").unwrap_or_default();
        if !path.contains(&format!("{{{name}}}")) {
            findings.push(node.finding("path-parameter", format!("the path has no `{{{name}}}`")));
        }
        if !target.flag("required") {
            findings.push(target.finding(
                "path-parameter",
                format!("the path value `{name}` must be required"),
            ));
        }
        declared.push(name);
    }
    for template in path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    {
        if !declared.contains(&template) {
            findings.push(operation.finding("path-parameter", format!("`{{{template}}}` is not declared")));
        }
    }
}

/// Statuses that decoding itself produces; a server that answers what its document lacks has no contract.
fn statuses(root: &Node<'_>, item: &Node<'_>, operation: &Node<'_>, findings: &mut Vec<Finding>) {
    let responses = operation.members_of("responses");
    let body = operation.get("requestBody").and_then(|body| body.resolve().ok());
    let takes_parameters = words(operation).contains(&"parameters-in-body");
    let has_body = body.is_some() || takes_parameters;
    let has_credential = body.is_some_and(|body| carries_credential(&body));
    let has_params = !operation.items_of("parameters").is_empty() || !item.items_of("parameters").is_empty();
    let security = operation.get("security").or_else(|| root.get("security"));
    let answers_json = responses.iter().any(|(status, node)| {
        status.starts_with('2') && node.resolve().is_ok_and(|node| node.get("content").is_some())
    });
    let fault = root.value.get("x-roster-fault-status");
    let fault = fault.map_or_else(|| "500".to_owned(), ToString::to_string);
    let needed = [
        ("400", has_params || has_body, "it has parameters or a body"),
        (
            "401",
            security.is_some_and(|security| !security.items().is_empty()) || has_credential,
            "it asks for a credential",
        ),
        ("406", answers_json, "its answer has a media type"),
        ("413", has_body, "it has a body"),
        ("415", has_body, "it has a body"),
        (fault.as_str(), true, "every operation can fail"),
    ];
    for (status, is_needed, why) in needed {
        if is_needed && !responses.iter().any(|(have, _)| *have == status) {
            let node = operation.get("responses").unwrap_or_else(|| operation.clone());
            findings.push(node.finding(
                "undeclared-status",
                format!("{status} is not declared, but {why}"),
            ));
        }
    }
}

/// Whether a member of a body is a credential.
fn carries_credential(body: &Node<'_>) -> bool {
    let media = body.members_of("content");
    let schemas = media
        .iter()
        .filter_map(|(_, media)| media.get("schema")?.resolve().ok());
    let mut members = schemas.flat_map(|schema| schema.members_of("properties"));
    members.any(|(_, member)| member.get("x-roster-credential").is_some())
}

fn bodies<'a>(operation: &Node<'a>, error: &mut Option<&'a str>, findings: &mut Vec<Finding>) {
    if let Some(body) = operation.get("requestBody").and_then(|body| body.resolve().ok()) {
        described(&body, &["description"], findings);
        has_example(&body, findings);
    }
    for (status, node) in operation.members_of("responses") {
        if let Some(headers) = node.get("headers") {
            headers
                .members()
                .iter()
                .for_each(|(_, header)| described(header, &["description"], findings));
        }
        let Ok(response) = node.resolve() else { continue };
        described(&response, &["description"], findings);
        has_example(&response, findings);
        if !status.starts_with(['4', '5']) {
            continue;
        }
        for (_, media) in response.members_of("content") {
            let schema = media.get("schema");
            let name = schema.as_ref().and_then(|schema| schema.text("$ref"));
            let first = *error.get_or_insert(name.unwrap_or_default());
            if name != Some(first) {
                let text = "the body of an error has another schema than those before";
                findings.push(schema.unwrap_or(media).finding("error-schema-differs", text));
            }
        }
    }
}

fn has_example(node: &Node<'_>, findings: &mut Vec<Finding>) {
    for (_, media) in node.members_of("content") {
        if media.members_of("examples").is_empty() {
            findings.push(media.finding("missing-example", "there is no example in `examples`"));
        }
    }
}

//! Our own extensions: where each may stand, and what it may say.

use serde_json::Value;

use super::{promises, tolerances};
use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::ir::words;

/// Where an extension may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Root,
    PathItem,
    SecurityScheme,
    Operation,
    RequestBody,
    Parameter,
    Header,
    Schema,
    Link,
    Other,
}

/// What the XML reader always tolerates; a document with XML has to say so.
const READER: [&str; 3] = ["xml-element-order", "xml-any-namespace", "xml-any-item-name"];

/// Every extension of ours, beside `x-sunset`, which the step `breaking` checks.
pub const NAMES: [&str; 22] = [
    "x-roster-absent",
    "x-roster-challenge",
    "x-roster-choice",
    "x-roster-credential",
    "x-roster-default",
    "x-roster-default-format",
    "x-roster-fault-status",
    "x-roster-filters",
    "x-roster-fraction-digits",
    "x-roster-max-body",
    "x-roster-needs",
    "x-roster-page",
    "x-roster-patch",
    "x-roster-request-body",
    "x-roster-says",
    "x-roster-selects",
    "x-roster-set-by",
    "x-roster-shown",
    "x-roster-tolerates",
    "x-roster-type",
    "x-roster-xml-order",
    "x-roster-xml-root",
];

/// What a request needs beyond its schema.
const NEEDS: [&str; 12] = [
    "tenant",
    "client-id",
    "client-secret",
    "user",
    "reference",
    "unique",
    "few",
    "one-of",
    "once",
    "together",
    "alone",
    "grammar",
];

/// Checks one extension. `choice` may stand everywhere.
pub fn check(node: &Node<'_>, name: &str, place: Place, findings: &mut Vec<Finding>) {
    if !NAMES.contains(&name) {
        findings.push(node.finding("unknown-keyword", format!("`{name}` is none of our extensions")));
        return;
    }
    let is_text = |texts: &[&str]| node.value.as_str().is_some_and(|text| texts.contains(&text));
    let (is_here, is_right, expected) = match name {
        "x-roster-choice" => (true, node.value.is_string(), "a text"),
        "x-roster-max-body" => (
            place == Place::Operation,
            node.value.is_u64(),
            "a number of bytes",
        ),
        "x-roster-request-body" => (place == Place::Link, true, "a value"),
        "x-roster-says" => (
            matches!(place, Place::Parameter | Place::Schema),
            node.value.is_string(),
            "a text",
        ),
        "x-roster-selects" => (
            place == Place::Parameter,
            node.value.is_string(),
            "the name of a schema",
        ),
        "x-roster-set-by" => (place == Place::Header, is_text(&["server"]), "`server`"),
        "x-roster-type" if place == Place::Schema => (true, is_text(&["guid"]), "`guid`"),
        "x-roster-type" => {
            let words = ["selection", "guid", "format"];
            (
                place == Place::Parameter,
                is_text(&words),
                "`selection`, `guid` or `format`",
            )
        }
        "x-roster-credential" => (
            place == Place::Schema,
            node.value.is_string(),
            "the name of a security scheme",
        ),
        "x-roster-fraction-digits" => {
            let is_count = node.value.as_u64().is_some_and(|digits| digits <= 9);
            (place == Place::Schema, is_count, "a number of digits up to 9")
        }
        "x-roster-default-format" => (place == Place::Root, is_text(&["json", "xml"]), "`json` or `xml`"),
        "x-roster-xml-order" => (place == Place::Root, is_text(&["alphabetical"]), "`alphabetical`"),
        "x-roster-xml-root" => (place == Place::Schema, is_text(&["operation"]), "`operation`"),
        "x-roster-fault-status" => (
            place == Place::Root,
            matches!(node.value.as_u64(), Some(500 | 503)),
            "500 or 503",
        ),
        "x-roster-challenge" => {
            let is_printable =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            (
                place == Place::SecurityScheme,
                node.value.as_str().is_some_and(is_printable),
                "a text of printable ASCII characters",
            )
        }
        "x-roster-needs" => (
            matches!(place, Place::Parameter | Place::Schema),
            is_text(&NEEDS),
            "a word of the table in `openapi/README.md`",
        ),
        "x-roster-patch" => (place == Place::Schema, node.value == true, "`true`"),
        _ => match promises::check(node, name, place) {
            Some(verdict) => verdict,
            None => return tolerances::check(node, place, findings),
        },
    };
    if !is_here {
        findings.push(node.finding("extension", format!("`{name}` means nothing here")));
    } else if !is_right {
        findings.push(node.finding("extension", format!("expected {expected}")));
    }
}

/// What extensions have to do with the rest of the document.
pub fn check_all(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = document.root();
    let has_xml = has_xml(&root);
    if has_xml {
        let words = words(&root);
        let missing: Vec<&str> = READER.into_iter().filter(|word| !words.contains(word)).collect();
        if !missing.is_empty() {
            let text = format!(
                "not supported: XML without `x-roster-tolerates` of {}",
                missing.join(", ")
            );
            let at = root.get("x-roster-tolerates").unwrap_or_else(|| root.clone());
            findings.push(at.finding("unsupported", text));
        }
    }
    if has_xml {
        prefixes(&root, &mut findings);
    }
    challenges(&root, &mut findings);
    for (_, parameter) in root
        .path(&["components", "parameters"])
        .map(|node| node.members())
        .unwrap_or_default()
    {
        format(&parameter, &mut findings);
        says(&parameter, &mut findings);
    }
    for (name, schema) in root
        .path(&["components", "schemas"])
        .map(|node| node.members())
        .unwrap_or_default()
    {
        members(&root, name, &schema, has_xml, &mut findings);
    }
    for (_, item) in root.members_of("paths") {
        for (_, operation) in item.members() {
            self::operation(&root, &operation, &mut findings);
        }
    }
    tolerances::check_all(document, &mut findings);
    findings
}

/// One scheme at most says what the others are overruled by.
fn challenges(root: &Node<'_>, findings: &mut Vec<Finding>) {
    let schemes = root.path(&["components", "securitySchemes"]);
    let schemes = schemes.map(|node| node.members()).unwrap_or_default();
    let challenges = schemes
        .iter()
        .filter_map(|(_, scheme)| scheme.get("x-roster-challenge"));
    for second in challenges.skip(1) {
        findings.push(second.finding("extension", "another scheme has a challenge already"));
    }
}

/// One prefix stands for one namespace, wherever elements stand in one another.
fn prefixes(root: &Node<'_>, findings: &mut Vec<Finding>) {
    let mut known: Vec<(&str, &str)> = Vec::new();
    let mut open: Vec<Node<'_>> = root.path(&["components", "schemas"]).into_iter().collect();
    while let Some(node) = open.pop() {
        let xml = node.get("xml");
        if let Some((xml, prefix, uri)) =
            xml.and_then(|xml| Some((xml.clone(), xml.text("prefix")?, xml.text("namespace")?)))
        {
            match known.iter().find(|(have, _)| *have == prefix) {
                Some((_, other)) if *other != uri => {
                    let text = format!("the prefix `{prefix}` stands for `{other}`, too");
                    findings.push(xml.finding("xml", text));
                }
                Some(_) => {}
                None => known.push((prefix, uri)),
            }
        }
        open.extend(node.members().into_iter().map(|(_, child)| child));
    }
}

/// The words of a format parameter are those of media types.
fn format(parameter: &Node<'_>, findings: &mut Vec<Finding>) {
    if parameter.text("x-roster-type") != Some("format") {
        return;
    }
    let schema = parameter.get("schema").and_then(|schema| schema.resolve().ok());
    let words = schema.map(|schema| schema.items_of("enum")).unwrap_or_default();
    let is_format = |word: &Node<'_>| word.value == "xml" || word.value == "json";
    if words.is_empty() || !words.iter().all(is_format) || parameter.text("in") != Some("query") {
        let text = "a format is an enumeration of `xml` and `json` in the query";
        findings.push(parameter.finding("extension", text));
    }
}

/// Only a pattern needs other words.
fn says(node: &Node<'_>, findings: &mut Vec<Finding>) {
    let schema = node.get("schema").and_then(|schema| schema.resolve().ok());
    let has_pattern = [Some(node.clone()), schema]
        .iter()
        .flatten()
        .any(|node| node.get("pattern").is_some());
    if let Some(says) = node.get("x-roster-says").filter(|_| !has_pattern) {
        let text = "`x-roster-says` speaks for a `pattern`, and there is none";
        findings.push(says.finding("extension", text));
    }
}

fn has_xml(root: &Node<'_>) -> bool {
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        if node.path(&["content", "application/xml"]).is_some() {
            return true;
        }
        open.extend(node.members().into_iter().map(|(_, child)| child));
    }
    false
}

fn members(root: &Node<'_>, name: &str, schema: &Node<'_>, has_xml: bool, findings: &mut Vec<Finding>) {
    let folds = words(root).contains(&"name-case");
    let mut names: Vec<String> = Vec::new();
    for (wire, member) in schema.members_of("properties") {
        let key = if folds {
            wire.to_ascii_lowercase()
        } else {
            wire.to_owned()
        };
        if names.contains(&key) {
            let text = format!("`{name}` has two members that differ only in letter case");
            findings.push(member.finding("name-case", text));
        }
        names.push(key);
        credential(root, schema, wire, &member, findings);
        if member.get("x-roster-fraction-digits").is_some() && member.text("format") != Some("date-time") {
            findings.push(member.finding("extension", "only a `date-time` has digits of the second"));
        }
        guid(&member, findings);
        says(&member, findings);
        if has_xml {
            xml(&member, findings);
        }
    }
    if has_xml {
        xml(schema, findings);
    }
}

fn guid(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let is_text = match schema.value.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        kind => kind.is_some_and(|kind| kind == "string"),
    };
    if schema.text("x-roster-type") == Some("guid") && !is_text {
        findings.push(schema.finding("extension", "only a text can be a `guid`"));
    }
    if let Some(items) = schema.get("items") {
        guid(&items, findings);
    }
}

/// A credential is required and never answered, and its scheme exists.
fn credential(
    root: &Node<'_>,
    schema: &Node<'_>,
    wire: &str,
    member: &Node<'_>,
    findings: &mut Vec<Finding>,
) {
    let Some(credential) = member.get("x-roster-credential") else {
        return;
    };
    let name = credential.value.as_str().unwrap_or_default();
    if root.path(&["components", "securitySchemes", name]).is_none() {
        findings.push(credential.finding("dangling-ref", format!("there is no security scheme `{name}`")));
    }
    let is_required = schema.items_of("required").iter().any(|item| item.value == wire);
    if !is_required {
        findings.push(member.finding("credential", "a credential is required"));
    }
}

fn xml(node: &Node<'_>, findings: &mut Vec<Finding>) {
    let is_any = ["type", "$ref", "oneOf", "enum"]
        .iter()
        .all(|name| node.get(name).is_none());
    if is_any
        || node
            .get("additionalProperties")
            .is_some_and(|values| values.value.is_object())
    {
        findings.push(node.finding(
            "unsupported",
            "not supported: any JSON, or a map, in a document with XML",
        ));
    }
    let own = node.get("xml");
    let flag = |name: &str| own.as_ref().is_some_and(|xml| xml.flag(name));
    let is_list = match node.value.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "array"),
        kind => kind.is_some_and(|kind| kind == "array"),
    };
    if is_list && !flag("wrapped") {
        findings.push(node.finding("unsupported", "not supported: a list that is not wrapped in XML"));
    }
    if !is_list && flag("wrapped") {
        findings.push(node.finding("xml", "only a list can be wrapped"));
    }
    let is_scalar = |kind: &str| matches!(kind, "string" | "integer" | "number" | "boolean");
    let is_simple = match node.value.get("type") {
        Some(Value::String(kind)) => is_scalar(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_scalar),
        _ => node.resolve().is_ok_and(|target| target.get("enum").is_some()),
    };
    if flag("attribute") && !is_simple {
        findings.push(node.finding("xml", "only a scalar can be an attribute"));
    }
    if let Some(xml) = own.filter(|xml| xml.get("namespace").is_some() != xml.get("prefix").is_some()) {
        findings.push(xml.finding("xml", "a namespace and its prefix stand together"));
    }
    if let Some(items) = node.get("items") {
        xml(&items, findings);
    }
}

fn operation(root: &Node<'_>, operation: &Node<'_>, findings: &mut Vec<Finding>) {
    let takes_parameters = words(operation).contains(&"parameters-in-body");
    if takes_parameters && operation.get("requestBody").is_some() {
        findings.push(operation.finding(
            "extension",
            "an operation with a body has its parameters elsewhere",
        ));
    }
    let security = operation.get("security").or_else(|| root.get("security"));
    let security = security.map(|security| security.items()).unwrap_or_default();
    if takes_parameters && security.len() != 1 {
        findings.push(operation.finding(
            "unsupported",
            "not supported: parameters in a body without one security requirement",
        ));
    }
    selection(operation, findings);
    let Some(body) = operation.get("requestBody").and_then(|body| body.resolve().ok()) else {
        return;
    };
    let schemas: Vec<Node<'_>> = body
        .members_of("content")
        .iter()
        .filter_map(|(_, media)| media.get("schema"))
        .collect();
    let Some(schema) = schemas.first().and_then(|schema| schema.resolve().ok()) else {
        return;
    };
    let members = schema.members_of("properties");
    wrapper(&body, &schema, findings);
    let credentials: Vec<&str> = members
        .iter()
        .filter_map(|(_, member)| member.text("x-roster-credential"))
        .collect();
    if credentials.is_empty() {
        return;
    }
    if !security.is_empty() {
        findings.push(operation.finding(
            "credential",
            "the body carries the credential, so `security` is the empty list",
        ));
    }
    // The members together are one requirement of the document.
    let is_known = root.items_of("security").iter().any(|requirement| {
        let names: Vec<&str> = requirement.members().iter().map(|(name, _)| *name).collect();
        names == credentials
    });
    if !is_known {
        let text =
            "the credentials in the body are no requirement of the document's `security`, in its order";
        findings.push(operation.finding("credential", text));
    }
}

/// A selection takes members out of what the operation answers.
fn selection(operation: &Node<'_>, findings: &mut Vec<Finding>) {
    let answer = operation
        .path(&["responses", "200"])
        .and_then(|answer| answer.resolve().ok());
    let content = answer
        .map(|answer| answer.members_of("content"))
        .unwrap_or_default();
    let answered: Vec<String> = content
        .iter()
        .filter_map(|(_, media)| Some(media.get("schema")?.resolve().ok()?.name()))
        .collect();
    for parameter in operation.items_of("parameters") {
        let parameter = parameter.resolve().ok();
        let Some(selects) = parameter.and_then(|parameter| parameter.get("x-roster-selects")) else {
            continue;
        };
        let name = selects.value.as_str().unwrap_or_default();
        if !answered.iter().any(|answered| answered == name) {
            let text = format!("`{name}` is not the schema of the operation's 200");
            findings.push(selects.finding("extension", text));
        }
    }
}

/// The wrapper of an object is told from the object by its name.
fn wrapper(body: &Node<'_>, schema: &Node<'_>, findings: &mut Vec<Finding>) {
    if !words(body).contains(&"json-wrapper") {
        return;
    }
    let own = schema.get("xml").and_then(|xml| xml.text("name"));
    let name = own.map_or_else(|| schema.name(), ToOwned::to_owned);
    let members = schema.members_of("properties");
    if members
        .iter()
        .any(|(member, _)| member.eq_ignore_ascii_case(&name))
    {
        let text = format!("`{name}` is a member as well as the wrapper of the object");
        findings.push(body.finding("extension", text));
    }
}

//! Keywords and the type that they stand beside: a keyword that says nothing about it, or contradicts another one, is
//! read in one way by people and in another by programs.

use serde_json::Value;

use super::conforms::{Way, complaints};
use crate::document::Node;
use crate::finding::Finding;

/// The keywords about values, each with the types that it speaks of.
const KEYWORDS: [(&str, &[&str]); 15] = [
    ("additionalProperties", &["object"]),
    ("enum", &["string"]),
    ("format", &["string", "integer", "number"]),
    ("items", &["array"]),
    ("maxItems", &["array"]),
    ("maxLength", &["string"]),
    ("maxProperties", &["object"]),
    ("maximum", &["integer", "number"]),
    ("minItems", &["array"]),
    ("minLength", &["string"]),
    ("minimum", &["integer", "number"]),
    ("pattern", &["string"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("uniqueItems", &["array"]),
];

/// Counts of characters, items and members; greater ones are beyond what anything here holds.
const COUNTS: [&str; 5] = ["minLength", "maxLength", "minItems", "maxItems", "maxProperties"];
const MOST: u64 = 2_147_483_647;

/// Checks one schema, without those below it.
pub fn check(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    if ["$ref", "oneOf"].iter().any(|name| schema.get(name).is_some()) {
        return;
    }
    let kinds = kinds(schema);
    for (name, of) in KEYWORDS {
        let Some(keyword) = schema.get(name) else {
            continue;
        };
        if !kinds.iter().any(|kind| of.contains(kind)) {
            let kind = kinds.first().copied().unwrap_or("any JSON");
            let text = format!("not supported: `{name}` beside the type `{kind}`");
            findings.push(keyword.finding("unsupported", text));
        }
    }
    for name in COUNTS {
        if let Some(count) = schema
            .get(name)
            .filter(|count| count.value.as_u64().is_some_and(|count| count > MOST))
        {
            findings.push(count.finding("unsupported", format!("not supported: more than {MOST}")));
        }
    }
    if kinds.contains(&"integer") {
        whole(schema, findings);
    }
    let is_formed = matches!(schema.text("format"), Some("date-time" | "uuid"));
    if let Some(pattern) = schema.get("pattern").filter(|_| is_formed) {
        findings.push(pattern.finding("unsupported", "not supported: a pattern beside this format"));
    }
    if schema.flag("readOnly")
        && let Some(other) = schema.get("writeOnly").filter(|other| other.value == true)
    {
        findings.push(other.finding("unsupported", "not supported: `writeOnly` beside `readOnly`"));
    }
    words(schema, findings);
}

/// The types of a schema, `null` left out.
fn kinds<'a>(schema: &Node<'a>) -> Vec<&'a str> {
    let kinds = match schema.value.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.and_then(Value::as_str).into_iter().collect::<Vec<_>>(),
    };
    kinds.into_iter().filter(|kind| *kind != "null").collect()
}

/// The bounds of a whole number are whole, and its format holds them.
fn whole(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    for name in ["minimum", "maximum"] {
        let Some(bound) = schema.get(name) else { continue };
        let fits = bound
            .value
            .as_i64()
            .is_some_and(|bound| schema.text("format") != Some("int32") || i32::try_from(bound).is_ok());
        if !fits {
            let text = "not supported: a bound that is no whole number of its format";
            findings.push(bound.finding("unsupported", text));
        }
    }
}

/// The words of an enumeration are values of the rest of its schema.
fn words(schema: &Node<'_>, findings: &mut Vec<Finding>) {
    let Some(list) = schema.get("enum") else { return };
    if list.items().is_empty() {
        findings.push(list.finding("bounds-crossed", "an enumeration without a word allows nothing"));
    }
    for word in list.items() {
        for (_, text) in complaints(schema, word.value, "", Way::Request) {
            findings.push(word.finding("bounds-crossed", format!("the word {text}")));
        }
    }
}

//! The independent judge: a validator of JSON Schema that shares no code with what makes the samples.

use jsonschema::{Draft, PatternCache, Validator};
use serde_json::{Map, Value, json};

use crate::Direction;

/// Formats of texts that a value can break; the others only tell people what to expect.
const FORMATS: [&str; 2] = ["date-time", "uuid"];

/// A schema as values that go one way have to keep it.
pub struct Oracle(Validator);

impl Oracle {
    /// Fails if there is no schema at the pointer. Patterns that were met once are kept in `patterns`.
    pub fn new(
        document: &Value,
        pointer: &str,
        direction: Direction,
        patterns: &PatternCache,
    ) -> Result<Self, String> {
        let mut schema = document.pointer(pointer).cloned().unwrap_or_default();
        prepare(&mut schema, direction);
        let mut schemas = Map::new();
        let mut wanted = references(&schema);
        while let Some(name) = wanted.pop() {
            if !schemas.contains_key(&name) {
                let mut schema = document["components"]["schemas"][&name].clone();
                prepare(&mut schema, direction);
                wanted.extend(references(&schema));
                schemas.insert(name, schema);
            }
        }
        let whole = json!({"allOf": [schema], "components": {"schemas": schemas}});
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_pattern_cache(patterns.clone())
            .build(&whole);
        validator.map(Self).map_err(|error| format!("{pointer}: {error}"))
    }

    pub fn accepts(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// What is wrong with a value, in words.
    pub fn objection(&self, value: &Value) -> Option<String> {
        let error = self.0.iter_errors(value).next()?;
        Some(format!("`{}` {}", error.instance_path(), error.masked()))
    }
}

/// The names of the schemas that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
            let below = members.values().flat_map(references);
            own.map(ToOwned::to_owned).into_iter().chain(below).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// Says in the words of JSON Schema what OpenAPI says in its own: members that go one way only, and numbers of so
/// many bits.
fn prepare(schema: &mut Value, direction: Direction) {
    let Value::Object(map) = schema else {
        if let Value::Array(items) = schema {
            for item in items {
                prepare(item, direction);
            }
        }
        return;
    };
    let limits = match map.get("format").and_then(Value::as_str) {
        Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
        Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
        _ => None,
    };
    if let Some((least, most)) = limits {
        map.entry("minimum").or_insert(least);
        map.entry("maximum").or_insert(most);
    }
    if map
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|format| !FORMATS.contains(&format))
    {
        map.remove("format");
    }
    let one_way = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let mut gone = Vec::new();
    if let Some(Value::Object(properties)) = map.get_mut("properties") {
        let marked = properties.iter().filter(|(_, member)| member[one_way] == true);
        gone = marked.map(|(name, _)| name.clone()).collect();
        if direction == Direction::Response {
            properties.retain(|name, _| !gone.contains(name));
        }
        properties
            .values_mut()
            .for_each(|member| prepare(member, direction));
    }
    if let Some(Value::Array(required)) = map.get_mut("required") {
        required.retain(|name| !gone.iter().any(|gone| name == gone));
    }
    for keyword in ["items", "additionalProperties", "oneOf", "anyOf", "allOf"] {
        if let Some(below) = map.get_mut(keyword) {
            prepare(below, direction);
        }
    }
}

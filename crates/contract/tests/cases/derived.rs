//! The document that utoipa derives from the generated code is the document it was generated from.

use contract::runtime::openapi::OpenApi;
use serde_json::{Map, Value, json};

use crate::fixtures::everything::{DOCUMENT_JSON, document};
use crate::fixtures::{loose, tolerant};

#[test]
fn the_derived_document_equals_its_source() {
    check(DOCUMENT_JSON, &document());
    check(loose::DOCUMENT_JSON, &loose::document());
    check(tolerant::DOCUMENT_JSON, &tolerant::document());
}

#[test]
fn the_derived_documents_of_the_dialects_equal_their_sources() {
    check(contract::kibo::DOCUMENT_JSON, &contract::kibo::document());
    check(
        contract::formsonfire::DOCUMENT_JSON,
        &contract::formsonfire::document(),
    );
    check(
        contract::mypreferences::DOCUMENT_JSON,
        &contract::mypreferences::document(),
    );
    check(
        contract::propeller::DOCUMENT_JSON,
        &contract::propeller::document(),
    );
}

fn check(source: &str, derived: &OpenApi) {
    let source: Value = serde_json::from_str(source).unwrap();
    let derived = serde_json::to_value(derived).unwrap();
    let mut differences = Vec::new();
    compare("", &normal(&source), &normal(&derived), &mut differences);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// References other than to schemas followed, notes left out, parameters by name, sets sorted.
fn normal(document: &Value) -> Value {
    let mut normal = resolved(document, document);
    let security = normal["security"].clone();
    for item in members(&mut normal["paths"]) {
        let shared = item
            .as_object_mut()
            .and_then(|item| item.remove("parameters"))
            .unwrap_or(json!([]));
        for operation in members(item) {
            let own = operation.get("parameters").cloned().unwrap_or(json!([]));
            let all = shared
                .as_array()
                .into_iter()
                .flatten()
                .chain(own.as_array().into_iter().flatten());
            let by_name =
                all.map(|parameter| (parameter["name"].as_str().unwrap().to_owned(), parameter.clone()));
            operation["parameters"] = Value::Object(by_name.collect());
            if operation.get("security").is_none() {
                operation["security"] = security.clone();
            }
        }
    }
    let components = normal["components"].as_object_mut().unwrap();
    components.retain(|name, _| name == "schemas" || name == "securitySchemes");
    normal
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_object_mut().into_iter().flat_map(Map::values_mut)
}

fn resolved(root: &Value, value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str)
                && !reference.starts_with("#/components/schemas/")
            {
                return resolved(root, root.pointer(&reference[1..]).unwrap());
            }
            let mut normal = Map::new();
            for (name, value) in object {
                // A flag that is off says what its absence says.
                let is_off = value == &json!(false) && matches!(name.as_str(), "required" | "deprecated");
                let is_note = name.starts_with("x-roster-") || name == "x-sunset";
                if !is_off && !is_note && !value.is_null() {
                    normal.insert(name.clone(), sorted(name, resolved(root, value)));
                }
            }
            Value::Object(normal)
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| resolved(root, item)).collect()),
        scalar => scalar.clone(),
    }
}

fn sorted(name: &str, value: Value) -> Value {
    match value {
        Value::Array(mut items) if matches!(name, "required" | "type" | "oneOf" | "enum") => {
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        other => other,
    }
}

fn compare(at: &str, source: &Value, derived: &Value, differences: &mut Vec<String>) {
    match (source, derived) {
        (Value::Object(left), Value::Object(right)) => {
            let names: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for name in names {
                let missing = json!("(nothing)");
                let (left, right) = (
                    left.get(name).unwrap_or(&missing),
                    right.get(name).unwrap_or(&missing),
                );
                compare(&format!("{at}/{name}"), left, right, differences);
            }
        }
        (Value::Number(left), Value::Number(right)) if left.as_f64() == right.as_f64() => {}
        _ if source == derived => {}
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{at}/{index}"), left, right, differences);
            }
        }
        _ => differences.push(format!("{at}: {source} is derived as {derived}")),
    }
}

//! Schemas in one form.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Walker, data, each, fields, items_of, plain};
use crate::check::derived::node::{Node, Shape};

impl Walker<'_> {
    /// A schema; `true` is the empty schema.
    pub(super) fn schema(&self, value: &Value, pointer: &str) -> Node {
        if !value.is_object() {
            return match value {
                Value::Bool(true) => Node::map(BTreeMap::new(), pointer),
                _ => Node::leaf(value, pointer),
            };
        }
        let mut members = BTreeMap::new();
        for (name, value, at) in fields(value, pointer) {
            if says_nothing(name, value) {
                continue;
            }
            let node = self.keyword(name, value, &at);
            let dropped = match name {
                // `additionalProperties: {}` lets anything pass, which is also what absence means.
                "properties"
                | "patternProperties"
                | "required"
                | "xml"
                | "$defs"
                | "additionalProperties" => node.is_empty(),
                _ => false,
            };
            if !dropped {
                members.insert(name.to_owned(), node);
            }
        }
        Node::map(members, pointer)
    }

    fn keyword(&self, name: &str, value: &Value, pointer: &str) -> Node {
        match (name, value) {
            ("properties" | "patternProperties" | "dependentSchemas" | "$defs", _) => {
                each(value, pointer, |schema, at| self.schema(schema, at))
            }
            (
                "items"
                | "additionalProperties"
                | "propertyNames"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contentSchema"
                | "unevaluatedItems"
                | "unevaluatedProperties",
                _,
            ) => self.schema(value, pointer),
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(schemas)) => Node::list(
                items_of(schemas, pointer, |schema, at| self.schema(schema, at)),
                pointer,
            ),
            ("type", Value::Array(types)) if types.len() == 1 => Node::set(types, pointer),
            ("type", Value::String(_)) => Node::set(std::slice::from_ref(value), pointer),
            ("type" | "required", Value::Array(items)) => Node::set(items, pointer),
            ("default" | "const" | "example" | "examples" | "enum", _) => data(value, pointer),
            ("xml", _) => flags_off(plain(value, pointer)),
            ("$ref", Value::String(reference)) => self.schema_reference(reference, pointer),
            _ => plain(value, pointer),
        }
    }

    /// References between schemas stay, by name, but must lead somewhere.
    fn schema_reference(&self, reference: &str, pointer: &str) -> Node {
        let found = reference
            .strip_prefix('#')
            .and_then(|at| self.document.pointer(at));
        if found.is_none() {
            self.dangling
                .borrow_mut()
                .insert((pointer.to_owned(), reference.to_owned()));
        }
        Node::leaf(&json!(reference), pointer)
    }
}

/// Flags that are off and bounds that hold by nature.
fn says_nothing(name: &str, value: &Value) -> bool {
    match name {
        "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => value == false,
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        // Member names of JSON are always texts.
        "propertyNames" => *value == json!({ "type": "string" }),
        _ => false,
    }
}

fn flags_off(mut xml: Node) -> Node {
    if let Shape::Map(members) = &mut xml.shape {
        members.retain(|name, node| {
            !(matches!(name.as_str(), "attribute" | "wrapped") && node.is_leaf(&Value::Bool(false)))
        });
    }
    xml
}

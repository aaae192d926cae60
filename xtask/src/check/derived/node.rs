//! A normalised document: values that remember where they stood before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A value and the JSON pointer it had in its own document.
#[derive(Clone, Debug)]
pub struct Node {
    /// Pointer in the document as it was written.
    pub pointer: String,
    /// Content.
    pub shape: Shape,
}

/// The content of a node.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A value without members.
    Leaf(Value),
    /// Members by name.
    Map(BTreeMap<String, Node>),
    /// Texts whose order does not count.
    Set(BTreeSet<String>),
    /// Items whose order counts.
    List(Vec<Node>),
}

impl Node {
    /// A value without members; numbers that are equal become the same number.
    pub fn leaf(value: &Value, pointer: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            shape: Shape::Leaf(by_value(value)),
        }
    }

    /// An object.
    pub fn map(members: BTreeMap<String, Node>, pointer: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            shape: Shape::Map(members),
        }
    }

    /// A list whose order counts.
    pub fn list(items: Vec<Node>, pointer: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            shape: Shape::List(items),
        }
    }

    /// A list of texts whose order does not count.
    pub fn set(items: &[Value], pointer: &str) -> Self {
        let members = items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
        Self {
            pointer: pointer.to_owned(),
            shape: Shape::Set(members.collect()),
        }
    }

    /// Whether it is an object or list without content.
    pub fn is_empty(&self) -> bool {
        match &self.shape {
            Shape::Leaf(_) => false,
            Shape::Map(members) => members.is_empty(),
            Shape::Set(members) => members.is_empty(),
            Shape::List(items) => items.is_empty(),
        }
    }

    /// Whether it is exactly this value without members.
    pub fn is_leaf(&self, value: &Value) -> bool {
        matches!(&self.shape, Shape::Leaf(own) if own == value)
    }

    /// The plain value, for messages and comparisons.
    pub fn value(&self) -> Value {
        match &self.shape {
            Shape::Leaf(value) => value.clone(),
            Shape::Map(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, node)| (name.clone(), node.value()))
                    .collect(),
            ),
            Shape::Set(members) => members.iter().map(String::as_str).collect(),
            Shape::List(items) => Value::Array(items.iter().map(Node::value).collect()),
        }
    }
}

/// `1.0` and `1` are the same number.
fn by_value(value: &Value) -> Value {
    let Some(number) = value.as_f64().filter(|_| value.is_f64()) else {
        return value.clone();
    };
    let text = format!("{number:.0}");
    match text.parse::<i64>() {
        Ok(whole) if number.fract() == 0.0 => Value::from(whole),
        _ => value.clone(),
    }
}

/// Appends a member name to a JSON pointer.
pub fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

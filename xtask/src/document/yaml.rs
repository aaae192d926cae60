//! YAML to JSON, with the place of each node.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, YamlData};
use serde_json::{Map, Number, Value};

use super::node::below;

/// Why a text is no document.
pub struct Fault {
    pub rule: &'static str,
    pub place: (usize, usize),
    pub text: String,
}

type Positions = BTreeMap<String, (usize, usize)>;

/// Nesting that no document needs; it keeps every walk over a document within its stack.
const DEEPEST: usize = 64;

/// Reads a text with exactly one YAML document.
pub fn read(text: &str) -> Result<(Value, Positions), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let rule = if error.info().contains("duplicate") {
            "duplicate-key"
        } else {
            "yaml"
        };
        Fault {
            rule,
            place: place(error.marker()),
            text: error.info().to_owned(),
        }
    })?;
    let fault = |place, text: &str| {
        Err(Fault {
            rule: "yaml",
            place,
            text: text.to_owned(),
        })
    };
    if documents.len() > 1 {
        return fault(
            place(&documents[1].span.start),
            "a file holds one document, not several",
        );
    }
    let Some(root) = documents.pop() else {
        return fault((1, 1), "the file is empty");
    };
    let mut positions = Positions::new();
    positions.insert(String::new(), place(&root.span.start));
    let value = value(&root, "", 0, &mut positions)?;
    if !value.is_object() {
        return fault(place(&root.span.start), "a document is a mapping");
    }
    Ok((value, positions))
}

fn place(marker: &Marker) -> (usize, usize) {
    (marker.line().max(1), marker.col() + 1)
}

fn value(
    node: &MarkedYaml<'_>,
    pointer: &str,
    depth: usize,
    positions: &mut Positions,
) -> Result<Value, Fault> {
    let fault = |text: &str| Fault {
        rule: "yaml",
        place: place(&node.span.start),
        text: text.to_owned(),
    };
    if depth > DEEPEST {
        return Err(fault("the document is nested too deeply"));
    }
    match &node.data {
        YamlData::Value(scalar) => {
            scalar_value(scalar).ok_or_else(|| fault("this number cannot be written in JSON"))
        }
        YamlData::Sequence(items) => {
            let mut list = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                positions.insert(pointer.clone(), place(&item.span.start));
                list.push(value(item, &pointer, depth + 1, positions)?);
            }
            Ok(Value::Array(list))
        }
        YamlData::Mapping(entries) => {
            let mut members = Map::new();
            for (key, entry) in entries {
                let name = key_name(key)?;
                let pointer = below(pointer, &name);
                positions.insert(pointer.clone(), place(&key.span.start));
                let entry = value(entry, &pointer, depth + 1, positions)?;
                if members.insert(name.clone(), entry).is_some() {
                    // `404` and `"404"` differ in YAML, not in JSON.
                    let text = format!("duplicate key `{name}`");
                    return Err(Fault {
                        rule: "duplicate-key",
                        place: place(&key.span.start),
                        text,
                    });
                }
            }
            Ok(Value::Object(members))
        }
        YamlData::Tagged(..) => Err(fault("tags are not supported")),
        YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => {
            Err(fault("this is no value"))
        }
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::Number((*value).into()),
        Scalar::FloatingPoint(value) => Value::Number(Number::from_f64(value.0)?),
        Scalar::String(text) => Value::String(text.to_string()),
    })
}

fn key_name(key: &MarkedYaml<'_>) -> Result<String, Fault> {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => Ok(text.to_string()),
        YamlData::Value(Scalar::Integer(number)) => Ok(number.to_string()),
        YamlData::Value(Scalar::Boolean(value)) => Ok(value.to_string()),
        _ => {
            let text = "a key must be a text or a whole number".to_owned();
            Err(Fault {
                rule: "yaml",
                place: place(&key.span.start),
                text,
            })
        }
    }
}

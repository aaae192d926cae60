//! Tries the examples of a document: each is decoded and checked as a request would be, and encoded again.

use serde::Serialize;
use serde_json::Value;

use super::form::Kind;
use super::shape::escape;
use super::text::FromText;
use super::trial::Body;
use super::{Guid, Violation};

/// An example of a body.
pub struct Example {
    /// Where its value stands in the document: a JSON pointer.
    pub pointer: &'static str,
    /// The example, as JSON: an object whose member `value` is meant.
    pub text: &'static str,
    /// Pointers in the value to members that are never written (`writeOnly`).
    pub hidden: &'static [&'static str],
    /// What it is an example of.
    pub body: &'static Body,
}

/// What is wrong with an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// JSON pointer into the document.
    pub pointer: String,
    pub text: String,
}

impl Example {
    /// Tries the example.
    pub fn complaints(&self) -> Vec<Complaint> {
        let mut expected = self.value();
        let encoded = match (self.body.run)(expected.to_string().as_bytes()).outcome {
            Ok(encoded) => encoded,
            Err(violations) => {
                let words = |violation: &Violation| self.complaint(&violation.pointer, &violation.message);
                return violations.iter().map(words).collect();
            }
        };
        self.hidden
            .iter()
            .for_each(|pointer| remove(&mut expected, pointer));
        let kind = self.body.form.map(|form| form.kind);
        let mut different = Vec::new();
        compare(
            &canonical(expected, kind),
            &canonical(encoded, kind),
            "",
            &mut different,
        );
        let words = |pointer: &String| self.complaint(pointer, "is not encoded as it was decoded");
        different.iter().map(words).collect()
    }

    fn value(&self) -> Value {
        let example: Value = serde_json::from_str(self.text).unwrap_or_default();
        example.get("value").cloned().unwrap_or_default()
    }

    fn complaint(&self, pointer: &str, text: &str) -> Complaint {
        let place = if pointer.is_empty() {
            "the example"
        } else {
            pointer
        };
        Complaint {
            pointer: format!("{}{pointer}", self.pointer),
            text: format!("{}: {place}: {text}", self.body.media_type),
        }
    }
}

/// Null and absent mean the same, and so do the spellings of an identifier.
fn canonical(value: Value, kind: Option<Kind>) -> Value {
    let kind = kind.map(Kind::resolved);
    match (value, kind) {
        (Value::Object(map), kind) => {
            let members = kind.map(Kind::members).unwrap_or_default();
            let pairs = map.into_iter().filter(|(_, value)| !value.is_null());
            let pair = |(name, value): (String, Value)| {
                let member = members.iter().find(|member| member.wire == name);
                let value = canonical(value, member.map(|member| member.kind));
                (name, value)
            };
            Value::Object(pairs.map(pair).collect())
        }
        (Value::Array(items), kind) => {
            let kind = match kind {
                Some(Kind::List(form)) => Some(form.kind),
                _ => None,
            };
            Value::Array(items.into_iter().map(|item| canonical(item, kind)).collect())
        }
        (Value::String(text), Some(Kind::Guid)) => {
            Guid::from_text(&text).map_or(Value::String(text), |guid| Value::String(guid.to_string()))
        }
        (scalar, _) => scalar,
    }
}

fn compare(expected: &Value, encoded: &Value, pointer: &str, different: &mut Vec<String>) {
    match (expected, encoded) {
        (Value::Object(left), Value::Object(right)) => {
            let more = right.keys().filter(|name| !left.contains_key(*name));
            for name in left.keys().chain(more) {
                let pointer = format!("{pointer}/{}", escape(name));
                match (left.get(name), right.get(name)) {
                    (Some(left), Some(right)) => compare(left, right, &pointer, different),
                    _ => different.push(pointer),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right, &format!("{pointer}/{index}"), different);
            }
        }
        (Value::Number(left), Value::Number(right)) if left.as_f64() == right.as_f64() => {}
        (left, right) if left == right => {}
        _ => different.push(pointer.to_owned()),
    }
}

fn remove(value: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return;
    };
    if let Some(Value::Object(map)) = value.pointer_mut(parent) {
        map.remove(&name.replace("~1", "/").replace("~0", "~"));
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Example};
    use crate::runtime::Format;
    use crate::runtime::form::samples::THING;
    use crate::runtime::trial::formed;
    use crate::runtime::wire::Plain;
    use serde_json::Value;

    static BODIES: [Body; 2] = [
        body("application/json", |bytes| {
            formed::<Plain<Value>>(bytes, &THING, Format::Json, |_| Vec::new())
        }),
        body("application/xml", |bytes| {
            formed::<Plain<Value>>(bytes, &THING, Format::Xml, |_| Vec::new())
        }),
    ];

    const fn body(media_type: &'static str, run: fn(&[u8]) -> crate::runtime::trial::Trial) -> Body {
        Body {
            schema: "Thing",
            media_type,
            in_requests: true,
            in_answers: true,
            form: Some(&THING),
            run,
        }
    }

    fn tried(text: &'static str, body: &'static Body) -> Vec<String> {
        let example = Example {
            pointer: "/at",
            text,
            hidden: &["/Flag"],
            body,
        };
        let complaints = example.complaints().into_iter();
        complaints.map(|complaint| complaint.pointer).collect()
    }

    #[test]
    fn examples_are_read_and_written() {
        let whole = r#"{"value": {"Name": "a <b> & \r\n", "Rank": 7, "Ids": ["01A203B0-7C92-71D4-8E52-A0F19C3B5D6E"], "Words": [],
            "Things": [{"Name": "", "Kind": "small", "Ratio": 0.5}], "Inner": {"Text": "x"}, "Count": null}}"#;
        for format in &BODIES {
            assert_eq!(
                tried(whole, format),
                Vec::<String>::new(),
                "{}",
                format.media_type
            );
            assert_eq!(
                tried(r#"{"value": {"Rank": "x"}}"#, format),
                ["/at/Name", "/at/Rank"],
                "{}",
                format.media_type
            );
            assert_eq!(
                tried(r#"{"value": {"Name": "a", "Flag": true}}"#, format),
                ["/at/Flag"],
                "{}",
                format.media_type
            );
        }
        assert_eq!(
            tried(r#"{"value": {"Name": "a", "Other": 1}}"#, &BODIES[1]),
            ["/at/Other"]
        );
    }
}

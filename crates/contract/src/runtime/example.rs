//! Tries the examples of a document: each is decoded and checked as a request would be, and encoded again.

use serde::Serialize;
use serde_json::Value;

use super::form::{Folding, Form, Kind};
use super::format::Format;
use super::intake::Intake;
use super::shape::escape;
use super::text::FromText;
use super::wire::Read;
use super::{Guid, Violation, fold, json, pairs, xml};

/// An example of a body.
pub struct Example {
    /// Where its value stands in the document: a JSON pointer.
    pub pointer: &'static str,
    /// The example, as JSON: an object whose member `value` is meant.
    pub text: &'static str,
    /// Pointers in the value to members that are never written (`writeOnly`).
    pub hidden: &'static [&'static str],
}

/// What is wrong with an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// JSON pointer into the document.
    pub pointer: String,
    pub text: String,
}

impl Example {
    /// Tries the example in the one media type of a dialect without forms.
    pub fn plain<R: Read>(
        &self,
        open: bool,
        check: impl FnOnce(&R::Value) -> Vec<Violation>,
    ) -> Vec<Complaint>
    where
        R::Value: Serialize,
    {
        let decoded = json::body::<R>(self.value().to_string().as_bytes(), open, check);
        self.outcome(decoded, None, Format::Json)
    }

    /// Tries the example in a media type of a dialect with forms.
    pub fn formed<R: Read>(
        &self,
        form: &'static Form,
        format: Format,
        check: impl FnOnce(&R::Value) -> Vec<Violation>,
    ) -> Vec<Complaint>
    where
        R::Value: Serialize,
    {
        let folding = Folding::default();
        let read = match format {
            Format::Json => fold::read(self.value().to_string().as_bytes(), form, false, folding),
            Format::Xml => {
                let written = xml::write(form, None, &self.value());
                xml::read(written.as_bytes(), form, folding)
            }
        };
        let decoded = read
            .map_err(|violation| vec![violation])
            .and_then(|(value, violations)| Intake::of(value, violations, form, folding).decode::<R>(check));
        self.outcome(decoded, Some(form), format)
    }

    /// Tries the example as a form.
    pub fn pairs<R: Read>(
        &self,
        form: &'static Form,
        check: impl FnOnce(&R::Value) -> Vec<Violation>,
    ) -> Vec<Complaint>
    where
        R::Value: Serialize,
    {
        let folding = Folding::default();
        let written = pairs::write(&self.value());
        let decoded = pairs::read(written.as_bytes(), form, folding)
            .map_err(|violation| vec![violation])
            .and_then(|(value, violations)| Intake::of(value, violations, form, folding).decode::<R>(check));
        self.outcome(decoded, Some(form), Format::Json)
    }

    fn value(&self) -> Value {
        let example: Value = serde_json::from_str(self.text).unwrap_or_default();
        example.get("value").cloned().unwrap_or_default()
    }

    fn outcome<T: Serialize>(
        &self,
        decoded: Result<T, Vec<Violation>>,
        form: Option<&'static Form>,
        format: Format,
    ) -> Vec<Complaint> {
        let body = match decoded {
            Ok(body) => body,
            Err(violations) => {
                let words =
                    |violation: &Violation| self.complaint(&violation.pointer, &violation.message, format);
                return violations.iter().map(words).collect();
            }
        };
        let mut encoded = serde_json::to_value(&body).unwrap_or_default();
        if let (Some(form), Format::Xml) = (form, format) {
            let written = xml::write(form, None, &encoded);
            match xml::read(written.as_bytes(), form, Folding::default()) {
                Ok((value, _)) => encoded = value,
                Err(violation) => return vec![self.complaint("", &violation.message, format)],
            }
        }
        let mut expected = self.value();
        self.hidden
            .iter()
            .for_each(|pointer| remove(&mut expected, pointer));
        let kind = form.map(|form| form.kind);
        let mut different = Vec::new();
        compare(
            &canonical(expected, kind),
            &canonical(encoded, kind),
            "",
            &mut different,
        );
        let words = |pointer: &String| self.complaint(pointer, "is not encoded as it was decoded", format);
        different.iter().map(words).collect()
    }

    fn complaint(&self, pointer: &str, text: &str, format: Format) -> Complaint {
        let place = if pointer.is_empty() {
            "the example"
        } else {
            pointer
        };
        Complaint {
            pointer: format!("{}{pointer}", self.pointer),
            text: format!("{}: {place}: {text}", format.media_type()),
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
    use super::Example;
    use crate::runtime::Format;
    use crate::runtime::form::samples::THING;
    use crate::runtime::wire::Plain;
    use serde_json::Value;

    fn tried(text: &'static str, format: Format) -> Vec<String> {
        let example = Example {
            pointer: "/at",
            text,
            hidden: &["/Flag"],
        };
        let complaints = example.formed::<Plain<Value>>(&THING, format, |_| Vec::new());
        complaints
            .into_iter()
            .map(|complaint| complaint.pointer)
            .collect()
    }

    #[test]
    fn examples_are_read_and_written() {
        let whole = r#"{"value": {"Name": "a <b> & \r\n", "Rank": 7, "Ids": ["01A203B0-7C92-71D4-8E52-A0F19C3B5D6E"], "Words": [],
            "Things": [{"Name": "", "Kind": "small", "Ratio": 0.5}], "Inner": {"Text": "x"}, "Count": null}}"#;
        for format in [Format::Json, Format::Xml] {
            assert_eq!(tried(whole, format), Vec::<String>::new(), "{format:?}");
            assert_eq!(
                tried(r#"{"value": {"Rank": "x"}}"#, format),
                ["/at/Name", "/at/Rank"],
                "{format:?}"
            );
            assert_eq!(
                tried(r#"{"value": {"Name": "a", "Flag": true}}"#, format),
                ["/at/Flag"],
                "{format:?}"
            );
        }
        assert_eq!(
            tried(r#"{"value": {"Name": "a", "Other": 1}}"#, Format::Xml),
            ["/at/Other"]
        );
    }
}

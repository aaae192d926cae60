//! Reads JSON into a value in which members have the names of their form, and tells those that are there twice.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::form::{Folding, Form, Kind, MOST_VIOLATIONS};
use super::json::{malformed, shorten};
use super::shape::escape;
use super::{Place, Violation};

/// Reads a body. An object whose only member has the name of the form's element and holds an object stands for
/// that object, if `may_be_wrapped`; pointers start inside of it. What is not well-formed is the error.
pub fn read(
    bytes: &[u8],
    form: &'static Form,
    may_be_wrapped: bool,
    folding: Folding,
) -> Result<(Value, Vec<Violation>), Violation> {
    let is_wrapped = may_be_wrapped
        && match whole(bytes, PhantomData::<Outline>)? {
            Outline::Object(Some(name)) => folding.is_name(&name, form.element.name),
            _ => false,
        };
    let violations = RefCell::new(Vec::new());
    let folded = Folded {
        kind: Some(form.kind),
        trail: Trail::Root,
        folding,
        violations: &violations,
    };
    let value = if is_wrapped {
        whole(bytes, Unwrapped(folded))?
    } else {
        whole(bytes, folded)?
    };
    Ok((value, violations.into_inner()))
}

fn whole<'a, S: DeserializeSeed<'a>>(bytes: &'a [u8], seed: S) -> Result<S::Value, Violation> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = seed
        .deserialize(&mut deserializer)
        .map_err(|error| malformed(&error))?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// Where a value stands; a pointer is made of it only where there is something to tell.
#[derive(Clone, Copy)]
enum Trail<'a> {
    Root,
    Member(&'a Trail<'a>, &'a str),
    Item(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(up, name) => format!("{}/{}", up.pointer(), escape(shorten(name))),
            Self::Item(up, index) => format!("{}/{index}", up.pointer()),
        }
    }
}

/// A value of the kind, if it is known here, with canonical names.
struct Folded<'a> {
    kind: Option<Kind>,
    trail: Trail<'a>,
    folding: Folding,
    violations: &'a RefCell<Vec<Violation>>,
}

impl<'a> Folded<'a> {
    fn at<'b>(&self, trail: Trail<'b>, kind: Option<Kind>) -> Folded<'b>
    where
        'a: 'b,
    {
        Folded {
            kind,
            trail,
            folding: self.folding,
            violations: self.violations,
        }
    }

    fn twice(&self, trail: Trail<'_>) {
        let mut violations = self.violations.borrow_mut();
        if violations.len() < MOST_VIOLATIONS {
            let message = "must not be given twice";
            violations.push(Violation::new(Place::Body, trail.pointer(), "duplicate", message));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Folded<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Folded<'_> {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let kind = match self.kind.map(Kind::resolved) {
            Some(Kind::List(form)) => Some(form.kind),
            _ => None,
        };
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.at(Trail::Item(&self.trail, list.len()), kind))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let known = self.kind.map(Kind::members).unwrap_or_default();
        let mut map = Map::new();
        let mut seen = HashSet::new();
        while let Some(given) = members.next_key::<String>()? {
            let member = self.folding.member(known, &given);
            let name = member.map_or(given.as_str(), |member| member.wire);
            let trail = Trail::Member(&self.trail, name);
            if seen.insert(self.folding.key(name)) {
                let below = self.at(trail, member.map(|member| member.kind));
                map.insert(name.to_owned(), members.next_value_seed(below)?);
            } else {
                self.twice(trail);
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(map))
    }
}

/// The value of the only member of an object.
struct Unwrapped<'a>(Folded<'a>);

impl<'de> DeserializeSeed<'de> for Unwrapped<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Unwrapped<'_> {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        members.next_key::<IgnoredAny>()?;
        members.next_value_seed(self.0)
    }
}

/// What a value is, as far as a wrapper matters.
enum Outline {
    Other,
    /// An object; the name of its only member, if that holds an object.
    Object(Option<String>),
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_str<E>(self, _: &str) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_unit<E>(self) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Outline, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Outline::Other)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Outline, A::Error> {
        let mut only = None;
        let mut count = 0;
        while let Some(name) = members.next_key::<String>()? {
            count += 1;
            // Only the first can be the only one.
            if count == 1 {
                only = matches!(members.next_value::<Self::Value>()?, Outline::Object(_)).then_some(name);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Outline::Object(only.filter(|_| count == 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::Folding;
    use super::super::form::samples::THING;
    use super::read;
    use serde_json::json;

    const FOLDING: Folding = Folding {
        names: true,
        values: true,
    };

    #[test]
    fn names_of_any_letter_case_become_those_of_the_form() {
        let body = br#"{"name": "a", "THINGS": [{"NAME": "b", "Other": {"x": 1}}], "more": null}"#;
        let (value, violations) = read(body, &THING, false, FOLDING).unwrap();
        assert_eq!(
            value,
            json!({"Name": "a", "Things": [{"Name": "b", "Other": {"x": 1}}], "more": null})
        );
        assert_eq!(violations, []);
        let (value, _) = read(body, &THING, false, Folding::default()).unwrap();
        assert_eq!(value["name"], "a");
    }

    #[test]
    fn two_spellings_are_one_name() {
        let body = br#"{"Name": "a", "name": "b", "Things": [{"x": 1, "X": 2, "y": {"a": 1, "A": 1}}]}"#;
        let (_, violations) = read(body, &THING, false, FOLDING).unwrap();
        let told: Vec<(&str, &str)> = violations
            .iter()
            .map(|violation| (violation.pointer.as_str(), violation.rule))
            .collect();
        assert_eq!(
            told,
            [
                ("/Name", "duplicate"),
                ("/Things/0/X", "duplicate"),
                ("/Things/0/y/A", "duplicate")
            ]
        );
        let (_, violations) = read(body, &THING, false, Folding::default()).unwrap();
        assert_eq!(violations, []);
    }

    #[test]
    fn wrapped_and_bare() {
        let bare = json!({"Name": "a"});
        for (body, expected) in [
            (r#"{"thing": {"name": "a"}}"#, bare.clone()),
            (r#"{"Name": "a"}"#, bare.clone()),
            (r#"{"Thing": 1}"#, json!({"Thing": 1})),
            (
                r#"{"Thing": {"Name": "a"}, "b": 1}"#,
                json!({"Thing": {"Name": "a"}, "b": 1}),
            ),
            ("[]", json!([])),
            ("{}", json!({})),
        ] {
            let (value, _) = read(body.as_bytes(), &THING, true, FOLDING).unwrap();
            assert_eq!(value, expected, "{body}");
        }
        let (value, _) = read(br#"{"Thing": {"Name": "a"}}"#, &THING, false, FOLDING).unwrap();
        assert_eq!(value, json!({"Thing": {"Name": "a"}}));
        for malformed in ["{", "", "{\"a\":1}}", "nul"] {
            let fault = read(malformed.as_bytes(), &THING, true, FOLDING).unwrap_err();
            assert_eq!(fault.rule, "json", "{malformed}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(deep.as_bytes(), &THING, true, FOLDING).is_err());
    }
}

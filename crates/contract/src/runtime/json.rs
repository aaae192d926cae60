//! Reads a JSON body and says what is wrong with it, and where, without repeating any value.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment, Track};

use super::shape::escape;
use super::wire::{Plain, Read};
use super::{Place, Violation};

/// Longest member name that is repeated in a pointer; whatever a client sends, an answer stays small.
const LONGEST_NAME: usize = 64;

/// Decodes a body. Duplicate member names of closed objects are found by serde; `open` looks for them
/// everywhere first, for schemas with objects that take unknown members.
pub fn decode<R: Read>(bytes: &[u8], open: bool) -> Result<R::Value, Violation> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Violation::new(
            Place::Body,
            "",
            "required",
            "a JSON body is required",
        ));
    }
    if open {
        read::<Plain<Unique>>(bytes)?;
    }
    read::<R>(bytes)
}

/// Decodes a body and checks it against the limits of its schema.
pub fn body<R: Read>(
    bytes: &[u8],
    open: bool,
    check: impl FnOnce(&R::Value) -> Vec<Violation>,
) -> Result<R::Value, Vec<Violation>> {
    let body = decode::<R>(bytes, open).map_err(|violation| vec![violation])?;
    let violations = check(&body);
    if violations.is_empty() {
        Ok(body)
    } else {
        Err(violations)
    }
}

fn read<R: Read>(bytes: &[u8]) -> Result<R::Value, Violation> {
    let mut track = Track::new();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = R::read(serde_path_to_error::Deserializer::new(
        &mut deserializer,
        &mut track,
    ))
    .map_err(|error| violation(&track.path(), &error))?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// Decodes a value that was read already.
pub(super) fn value<R: Read>(value: Value) -> Result<R::Value, Violation> {
    let mut track = Track::new();
    let deserializer = serde_path_to_error::Deserializer::new(value, &mut track);
    R::read(deserializer).map_err(|error: serde_json::Error| explained_at(&track.path(), &error.to_string()))
}

pub(super) fn malformed(error: &serde_json::Error) -> Violation {
    let (line, column) = (error.line(), error.column());
    Violation::new(
        Place::Body,
        "",
        "json",
        format!("malformed JSON at line {line} column {column}"),
    )
}

fn violation(path: &Path, error: &serde_json::Error) -> Violation {
    if error.classify() != Category::Data {
        return malformed(error);
    }
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(text, _)| text);
    explained_at(path, text)
}

fn explained_at(path: &Path, text: &str) -> Violation {
    let (member, rule, message) = explained(text);
    let mut pointer = pointer(path);
    if let Some(member) = member {
        let below = format!("/{}", escape(shorten(member)));
        // An unknown member is already the end of the path, a missing one is not.
        if rule == "required" || !pointer.ends_with(&below) {
            pointer.push_str(&below);
        }
    }
    Violation::new(Place::Body, pointer, rule, message)
}

/// Sorts serde's sentences: which member (if it names one), which rule, and a message without values.
pub(super) fn explained(text: &str) -> (Option<&str>, &'static str, String) {
    if let Some(name) = quoted(text, "missing field `") {
        return (Some(name), "required", "is required".to_owned());
    }
    if let Some(name) = quoted(text, "duplicate field `") {
        return (Some(name), "duplicate", "must not be given twice".to_owned());
    }
    if let Some(name) = quoted(text, "unknown field `") {
        return (
            Some(name),
            "additionalProperties",
            "is not a known member".to_owned(),
        );
    }
    if text.starts_with("invalid type: ") || text.starts_with("invalid value: ") {
        let expected = text
            .rsplit_once(", expected ")
            .map_or("another value", |(_, expected)| expected);
        return (None, "type", format!("expected {}", plain(expected)));
    }
    if let Some(known) = text.strip_prefix("expected `") {
        return (None, "enum", format!("must be `{known}"));
    }
    if text.starts_with("must be `") {
        return (None, "enum", text.to_owned());
    }
    if text.starts_with("must be ") {
        return (None, "pattern", text.to_owned());
    }
    if text.starts_with("expected ") {
        return (None, "type", text.to_owned());
    }
    (None, "type", "expected another value".to_owned())
}

/// serde speaks of Rust types; clients should not have to.
fn plain(expected: &str) -> &str {
    match expected {
        "a string" => "text",
        "a boolean" => "`true` or `false`",
        "f64" | "f32" => "a number",
        "a sequence" => "a list",
        other if other.starts_with("struct ") || other == "a map" => "an object",
        other => other,
    }
}

fn quoted<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(opening)?;
    // The name may hold back-quotes itself; serde's sentence goes on with ", expected" or ends.
    let end = rest
        .find("`, expected ")
        .or_else(|| rest.find("`, there are no fields"))
        .or_else(|| rest.rfind('`'))?;
    Some(&rest[..end])
}

pub(super) fn shorten(name: &str) -> &str {
    let end = name.char_indices().nth(LONGEST_NAME);
    end.map_or(name, |(at, _)| &name[..at])
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&escape(shorten(key))),
            Segment::Enum { variant } => pointer.push_str(&escape(shorten(variant))),
            Segment::Unknown => {
                pointer.pop();
            }
        }
    }
    pointer
}

/// Any JSON value without duplicate member names. Keeps nothing of it.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = Self;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Self;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
            }
            seen.insert(name);
            members.next_value::<Self>()?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::runtime::text::FromText;
    use crate::runtime::wire::{List, Object, Plain, Spelled, nullable};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoding is tested")]
    struct Group {
        name: String,
        #[serde(default, deserialize_with = "nullable::<_, List<Object<User>>>")]
        users: Option<Vec<User>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only decoding is tested")]
    struct User {
        active: Option<bool>,
        #[serde(default, deserialize_with = "nullable::<_, Spelled<Kind>>")]
        kind: Option<Kind>,
        #[serde(
            default,
            deserialize_with = "crate::runtime::wire::nullable::<_, crate::runtime::wire::Whole<i32>>"
        )]
        count: Option<i32>,
    }

    #[derive(Debug)]
    enum Kind {
        Small,
        Large,
    }

    impl FromText for Kind {
        const EXPECTED: &'static str = "`small` or `large`";
        fn from_text(text: &str) -> Option<Self> {
            match text {
                "small" => Some(Self::Small),
                "large" => Some(Self::Large),
                _ => None,
            }
        }
    }

    fn check(body: &str, pointer: &str, rule: &str, message: &str) {
        let found = decode::<Object<Group>>(body.as_bytes(), false).expect_err(body);
        assert_eq!(
            (found.pointer.as_str(), found.rule, found.message.as_str()),
            (pointer, rule, message),
            "{body}"
        );
    }

    #[test]
    fn each_fault_has_its_place_rule_and_message() {
        check("", "", "required", "a JSON body is required");
        check(" \r\n", "", "required", "a JSON body is required");
        check("{\"name\":", "", "json", "malformed JSON at line 1 column 8");
        check(
            "{\"name\":\"a\"} x",
            "",
            "json",
            "malformed JSON at line 1 column 14",
        );
        check(
            "{\"name\":\"\\ud800\"}",
            "",
            "json",
            "malformed JSON at line 1 column 16",
        );
        check("{}", "/name", "required", "is required");
        check("[]", "", "type", "expected an object");
        check("[\"a\"]", "", "type", "expected an object");
        check(
            "{\"name\":\"a\",\"users\":[[true]]}",
            "/users/0",
            "type",
            "expected an object",
        );
        check("7", "", "type", "expected an object");
        check("{\"name\":7}", "/name", "type", "expected text");
        check("{\"name\":null}", "/name", "type", "expected text");
        check(
            "{\"name\":\"a\",\"name\":\"b\"}",
            "/name",
            "duplicate",
            "must not be given twice",
        );
        check(
            "{\"name\":\"a\",\"x~/y\":1}",
            "/x~0~1y",
            "additionalProperties",
            "is not a known member",
        );
        check(
            "{\"name\":\"a\",\"users\":{}}",
            "/users",
            "type",
            "expected a list",
        );
        check(
            "{\"name\":\"a\",\"users\":[{},{\"active\":\"my password\"}]}",
            "/users/1/active",
            "type",
            "expected `true` or `false`",
        );
        check(
            "{\"name\":\"a\",\"users\":[{\"kind\":\"my password\"}]}",
            "/users/0/kind",
            "enum",
            "must be `small` or `large`",
        );
        check(
            "{\"name\":\"a\",\"users\":[{\"count\":\"a, expected b\"}]}",
            "/users/0/count",
            "type",
            "expected a whole number of 32 bits",
        );
        check(
            "{\"name\":\"a\",\"users\":[{\"count\":1.5}]}",
            "/users/0/count",
            "type",
            "expected a whole number of 32 bits",
        );
    }

    #[test]
    fn deep_nesting_is_refused() {
        let body = "[".repeat(100_000);
        assert_eq!(
            decode::<Object<Group>>(body.as_bytes(), true).unwrap_err().rule,
            "json"
        );
    }

    #[test]
    fn duplicates_in_open_objects_are_found() {
        let found = decode::<Plain<serde_json::Value>>(br#"{"a":{"b":1,"b":2}}"#, true).unwrap_err();
        assert_eq!((found.pointer.as_str(), found.rule), ("/a/b", "duplicate"));
        assert!(decode::<Plain<serde_json::Value>>(br#"{"a":{"b":1},"b":[null,true,-1,1.5]}"#, true).is_ok());
    }

    #[test]
    fn long_member_names_are_cut() {
        let body = format!("{{\"{}\":1}}", "a".repeat(100_000));
        assert!(
            decode::<Object<Group>>(body.as_bytes(), false)
                .unwrap_err()
                .pointer
                .len()
                < 200
        );
    }
}

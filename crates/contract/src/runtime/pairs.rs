//! Bodies of `application/x-www-form-urlencoded`: pairs of names and texts.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::form::{Folding, Form};
use super::json::shorten;
use super::shape::escape;
use super::text::query_decode;
use super::{Place, Violation};

/// The media type.
pub const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// Most pairs in a body; no form that a document can describe comes near it.
const MOST_PAIRS: usize = 1000;

/// Reads a body into an object of texts with the names of the form. Escapes are decoded once. A value that is empty
/// counts as none (RFC 6749, 3.2), and names that the form lacks are passed over; one of its
/// own names that is there twice is told. What is no form at all is the error.
pub fn read(
    bytes: &[u8],
    form: &'static Form,
    folding: Folding,
) -> Result<(Value, Vec<Violation>), Violation> {
    let damaged = |pointer: String| {
        let message = "must be UTF-8 with well-formed percent-escapes";
        Violation::new(Place::Body, pointer, "encoding", message)
    };
    let text = std::str::from_utf8(bytes).map_err(|_| damaged(String::new()))?;
    if text.split('&').count() > MOST_PAIRS {
        let message = format!("must have at most {MOST_PAIRS} pairs");
        return Err(Violation::new(Place::Body, "", "form", message));
    }
    let mut map = Map::new();
    let mut seen = HashSet::new();
    let mut violations = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = query_decode(name).ok_or_else(|| damaged(String::new()))?;
        let Some(member) = folding.member(form.kind.members(), &name) else {
            continue;
        };
        let pointer = format!("/{}", escape(shorten(member.wire)));
        if !seen.insert(member.wire) {
            let message = "must not be given twice";
            violations.push(Violation::new(Place::Body, pointer, "duplicate", message));
            continue;
        }
        match query_decode(value) {
            None => violations.push(damaged(pointer)),
            Some(text) if !text.is_empty() => {
                map.insert(member.wire.to_owned(), Value::String(text));
            }
            Some(_) => {}
        }
    }
    Ok((Value::Object(map), violations))
}

/// Writes the texts of an object as a form, for examples.
pub(super) fn write(value: &Value) -> String {
    let pairs = value.as_object().into_iter().flatten();
    let pairs = pairs.map(|(name, value)| {
        let text = value.as_str().unwrap_or_default();
        format!("{}={}", escaped(name), escaped(text))
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => escaped.push('+'),
            byte if byte.is_ascii_alphanumeric() => escaped.push(char::from(byte)),
            byte => escaped.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    escaped
}

fn digit(nibble: u8) -> char {
    char::from_digit(nibble.into(), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::runtime::form::Folding;
    use crate::runtime::form::samples::THING;
    use serde_json::{Value, json};

    const FOLDING: Folding = Folding {
        names: true,
        values: true,
    };

    #[test]
    fn pairs_become_members() {
        for (body, expected) in [
            (
                "Name=a+b%2Bc%26&Kind=small",
                json!({"Name": "a b+c&", "Kind": "small"}),
            ),
            ("&name=a&&x=y&", json!({"Name": "a"})),
            ("Name=a=b=", json!({"Name": "a=b="})),
            ("Name=&Kind", json!({})),
            ("N%61me=%25zz", json!({"Name": "%zz"})),
            ("Name=gr%C3%BCn", json!({"Name": "gr\u{fc}n"})),
            ("x=%zz", json!({})),
            ("x=a&X=b&x=c", json!({})),
            ("", json!({})),
        ] {
            let (value, violations) = read(body.as_bytes(), &THING, FOLDING).unwrap();
            assert_eq!((value, violations), (expected, Vec::new()), "{body}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (body, expected) in [
            ("Name=a&name=b", "/Name duplicate"),
            ("Name=&Name=b", "/Name duplicate"),
            ("Name=%zz", "/Name encoding"),
            ("Name=%FF", "/Name encoding"),
            ("Name=%2", "/Name encoding"),
        ] {
            let (_, violations) = read(body.as_bytes(), &THING, FOLDING).unwrap();
            let told: Vec<String> = violations
                .iter()
                .map(|violation| format!("{} {}", violation.pointer, violation.rule))
                .collect();
            assert_eq!(told, [expected], "{body}");
        }
        let (value, violations) = read(b"Name=a&name=b", &THING, Folding::default()).unwrap();
        assert_eq!((value, violations.len()), (json!({"Name": "a"}), 0));
        let refused = |bytes: &[u8]| read(bytes, &THING, FOLDING).unwrap_err().rule;
        assert_eq!(refused(b"%zz=a"), "encoding");
        assert_eq!(refused(b"Name=\xFF"), "encoding");
        assert_eq!(refused("a&".repeat(1000).as_bytes()), "form");
    }

    #[test]
    fn what_is_written_is_read() {
        let value = json!({"Name": "a b&c=d%+\u{fc}\r\n", "Kind": "small"});
        let (read, _) = read(write(&value).as_bytes(), &THING, Folding::default()).unwrap();
        assert_eq!(read, value);
        assert_eq!(write(&Value::Null), "");
    }
}

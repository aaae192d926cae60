//! Whether two values mean the same to a document.

use serde_json::{Map, Value};

use crate::judge;
use crate::schema::{Book, Schema, below};

/// Digits of the second that are kept where the document does not say how many.
const DIGITS: u64 = 6;

/// Pointers to the places at which two values differ by more than the document allows: a member that may be left
/// out and may be null means the same both ways, instants and identifiers have several spellings, numbers count
/// by value, what a schema does not name may be lost, and `writeOnly` members are never written.
pub fn differences(book: &Book<'_>, schema: &Schema<'_>, sent: &Value, written: &Value) -> Vec<String> {
    let (mut sent, mut written) = (sent.clone(), written.clone());
    normalise(book, schema, &mut sent);
    normalise(book, schema, &mut written);
    let mut found = Vec::new();
    compare(&sent, &written, "", &mut found);
    found
}

fn normalise(book: &Book<'_>, schema: &Schema<'_>, value: &mut Value) {
    let mut schema = book.resolve(schema);
    let branches = schema.each("oneOf");
    let is_value = |branch: &&Schema<'_>| branch.types() != Some(vec!["null"]);
    if let Some(branch) = branches.iter().find(is_value) {
        schema = book.resolve(branch);
    }
    match value {
        Value::Object(members) => object(book, &schema, members),
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                for item in items {
                    normalise(book, &schema, item);
                }
            }
        }
        Value::String(text) => {
            if let Some(meant) = meant(&schema, text) {
                *text = meant;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn object(book: &Book<'_>, schema: &Schema<'_>, members: &mut Map<String, Value>) {
    let is_patch = schema.flag("x-roster-patch");
    let others = schema
        .get("additionalProperties")
        .filter(|others| others.value.is_object());
    if schema.types().is_none() && schema.get("properties").is_none() {
        return;
    }
    members.retain(|name, value| {
        let member = schema.get("properties").and_then(|members| members.get(name));
        let Some(member) = member.or_else(|| others.clone()) else {
            return false;
        };
        if member.flag("writeOnly") || book.resolve(&member).flag("writeOnly") {
            return false;
        }
        if value.is_null() && !is_patch && may_be_null(&member) && !schema.requires(name) {
            return false;
        }
        normalise(book, &member, value);
        true
    });
}

/// Whether null is a value beside others; a member of any JSON has a null like any other value.
fn may_be_null(member: &Schema<'_>) -> bool {
    let is_null = |branch: &Schema<'_>| branch.types() == Some(vec!["null"]);
    member.types().is_some_and(|types| types.contains(&"null")) || member.each("oneOf").iter().any(is_null)
}

/// The one spelling of a text that has several.
fn meant(schema: &Schema<'_>, text: &str) -> Option<String> {
    if schema.text("x-roster-type") == Some("guid") {
        return Some(text.replace('-', "").to_lowercase());
    }
    match schema.text("format") {
        Some("uuid") => Some(text.to_lowercase()),
        Some("date-time") => {
            let digits = schema
                .value
                .get("x-roster-fraction-digits")
                .and_then(Value::as_u64);
            let digits = digits.unwrap_or(DIGITS).min(DIGITS);
            let step = 10_i64.pow(u32::try_from(DIGITS - digits).ok()?);
            instant(text).map(|at| (at.div_euclid(step) * step).to_string())
        }
        _ => None,
    }
}

/// Microseconds since 1970.
fn instant(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    let rest = text.get(19..)?;
    let fraction: String = match rest.strip_prefix('.') {
        Some(digits) => digits.chars().take_while(char::is_ascii_digit).collect(),
        None => String::new(),
    };
    let micros = format!("{fraction:0<6}").get(..6)?.parse::<i64>().ok()?;
    let zone = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let offset = if zone.len() == 6 {
        let minutes = zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(4..6)?.parse::<i64>().ok()?;
        if zone.starts_with('-') { -minutes } else { minutes }
    } else {
        0
    };
    // Days of the civil calendar, counted from March so that the leap day is the last of its year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468;
    Some(((days * 1440 - offset) * 60 + seconds) * 1_000_000 + micros)
}

fn compare(sent: &Value, written: &Value, at: &str, found: &mut Vec<String>) {
    match (sent, written) {
        (Value::Object(left), Value::Object(right)) => {
            let more = right.keys().filter(|name| !left.contains_key(*name));
            for name in left.keys().chain(more) {
                let at = below(at, name);
                match (left.get(name), right.get(name)) {
                    (Some(left), Some(right)) => compare(left, right, &at, found),
                    _ => found.push(at),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right, &format!("{at}/{index}"), found);
            }
        }
        (left, right) if judge::same(left, right) => {}
        _ => found.push(at.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{differences, instant};
    use crate::schema::{Book, Schema};
    use serde_json::{Value, json};

    #[test]
    fn instants_count_from_1970() {
        assert_eq!(instant("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(instant("2026-11-22T15:04:05.25Z"), Some(1_795_359_845_250_000));
        assert_eq!(
            instant("2026-11-22t16:04:05.2500009+01:00"),
            Some(1_795_359_845_250_000)
        );
        assert_eq!(instant("1969-12-31T23:59:59.999999Z"), Some(-1));
        assert_eq!(instant("2024-02-29T00:00:00Z"), Some(1_709_164_800_000_000));
    }

    #[test]
    fn what_means_the_same() {
        let schema = json!({"required": ["must"], "properties": {
            "must": {"type": ["string", "null"]},
            "may": {"type": ["string", "null"]},
            "at": {"type": "string", "format": "date-time", "x-roster-fraction-digits": 3},
            "secret": {"type": "string", "writeOnly": true},
            "any": {},
            "count": {"type": "integer"}}});
        let book = Book::new(&Value::Null);
        let at = |sent: Value, written: Value| {
            let schema = Schema {
                value: &schema,
                at: String::new(),
            };
            differences(&book, &schema, &sent, &written)
        };
        let none: [&str; 0] = [];
        assert_eq!(at(json!({"count": 1.0, "may": null}), json!({"count": 1})), none);
        assert_eq!(at(json!({"secret": "x", "other": 1}), json!({})), none);
        assert_eq!(
            at(
                json!({"at": "2026-11-22T16:04:05.2509+01:00"}),
                json!({"at": "2026-11-22T15:04:05.250Z"})
            ),
            none
        );
        assert_eq!(at(json!({"must": null}), json!({})), ["/must"]);
        assert_eq!(at(json!({"any": null}), json!({})), ["/any"]);
        assert_eq!(at(json!({"count": 1}), json!({"count": 2})), ["/count"]);
        assert_eq!(at(json!({"may": ""}), json!({"may": null})), ["/may"]);
    }
}

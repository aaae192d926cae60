//! Whether a value is what a schema says: a validator for the subset of JSON Schema that documents may use.

use serde_json::Value;

use super::pattern;
use crate::document::{Node, below};

/// Where in the value, and what is wrong.
pub type Complaint = (String, String);

/// Which way a value travels: answers hold no `writeOnly` members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Request,
    Answer,
}

/// Everything in `value` that its schema does not allow. `pointer` is where the value stands.
pub fn complaints(schema: &Node<'_>, value: &Value, pointer: &str, way: Way) -> Vec<Complaint> {
    let mut found = Vec::new();
    check(schema, value, pointer, way, &mut found);
    found
}

fn check(schema: &Node<'_>, value: &Value, pointer: &str, way: Way, found: &mut Vec<Complaint>) {
    if schema.get("$ref").is_some() {
        if let Ok(target) = schema.resolve() {
            check(&target, value, pointer, way, found);
        }
        return;
    }
    let alternatives = schema.items_of("oneOf");
    if !alternatives.is_empty() {
        // The only form: one reference and null.
        let is_null = |node: &&Node<'_>| node.text("type") == Some("null");
        if value.is_null() && alternatives.iter().any(|node| is_null(&node)) {
            return;
        }
        return alternatives
            .iter()
            .filter(|node| !is_null(node))
            .for_each(|node| check(node, value, pointer, way, found));
    }
    if !has_type(schema, value) {
        let expected = schema.value.get("type").map(Value::to_string).unwrap_or_default();
        found.push((pointer.to_owned(), format!("is not of type {expected}")));
        return;
    }
    let mut complain = |text: String| found.push((pointer.to_owned(), text));
    if let Some(options) = schema.value.get("enum").and_then(Value::as_array)
        && !options.contains(value)
    {
        complain("is none of the values of `enum`".to_owned());
    }
    match value {
        Value::String(text) => text_complaints(schema, text).into_iter().for_each(complain),
        Value::Number(_) => number_complaints(schema, value).into_iter().for_each(complain),
        Value::Array(items) => {
            size_complaints(schema, items).into_iter().for_each(complain);
            if let Some(schema) = schema.get("items") {
                for (index, item) in items.iter().enumerate() {
                    check(&schema, item, &format!("{pointer}/{index}"), way, found);
                }
            }
        }
        Value::Object(members) => {
            for required in schema.items_of("required") {
                let name = required.value.as_str().unwrap_or_default();
                let is_hidden = || {
                    let member = schema.path(&["properties", name]);
                    way == Way::Answer && member.is_some_and(|member| member.flag("writeOnly"))
                };
                if !members.contains_key(name) && !is_hidden() {
                    found.push((pointer.to_owned(), format!("lacks the required member `{name}`")));
                }
            }
            let most = schema.value.get("maxProperties").and_then(Value::as_u64);
            if most.is_some_and(|most| u64::try_from(members.len()).unwrap_or(u64::MAX) > most) {
                found.push((
                    pointer.to_owned(),
                    "has more members than `maxProperties`".to_owned(),
                ));
            }
            let others = schema
                .get("additionalProperties")
                .filter(|values| values.value.is_object());
            let known = schema.get("properties");
            for (name, value) in members {
                let at = below(pointer, name);
                match known.as_ref().and_then(|known| known.get(name)) {
                    Some(member) if way == Way::Answer && member.flag("writeOnly") => {
                        found.push((at, "is `writeOnly` and never answered".to_owned()));
                    }
                    Some(member) => check(&member, value, &at, way, found),
                    None if schema.value.get("additionalProperties") == Some(&Value::Bool(false)) => {
                        found.push((at, "is no member of the schema".to_owned()));
                    }
                    None => {
                        if let Some(schema) = &others {
                            check(schema, value, &at, way, found);
                        }
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn has_type(schema: &Node<'_>, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => false,
    };
    match schema.value.get("type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

fn text_complaints(schema: &Node<'_>, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let count = |name: &str| schema.value.get(name).and_then(Value::as_u64);
    if count("minLength").is_some_and(|least| length < least) {
        found.push("is shorter than `minLength`".to_owned());
    }
    if count("maxLength").is_some_and(|most| length > most) {
        found.push("is longer than `maxLength`".to_owned());
    }
    let pattern = schema
        .text("pattern")
        .and_then(|pattern| pattern::compiled(pattern).ok());
    if pattern.is_some_and(|pattern| !pattern.is_match(text)) {
        found.push("does not match `pattern`".to_owned());
    }
    let is_formed = match schema.text("format") {
        Some("date-time") => is_date_time(text),
        Some("uuid") => is_uuid(text),
        _ => true,
    };
    if !is_formed {
        found.push(format!(
            "is not of format `{}`",
            schema.text("format").unwrap_or_default()
        ));
    }
    found
}

fn number_complaints(schema: &Node<'_>, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let Some(number) = value.as_f64() else {
        return found;
    };
    let limit = |name: &str| schema.value.get(name).and_then(Value::as_f64);
    if limit("minimum").is_some_and(|least| number < least) {
        found.push("is below `minimum`".to_owned());
    }
    if limit("maximum").is_some_and(|most| number > most) {
        found.push("is above `maximum`".to_owned());
    }
    let is_outside = match schema.text("format") {
        Some("int32") => number < f64::from(i32::MIN) || number > f64::from(i32::MAX),
        Some("int64") => value.as_i64().is_none() && number.abs() > 9.0e18,
        _ => false,
    };
    if is_outside {
        found.push("is outside of its `format`".to_owned());
    }
    found
}

fn size_complaints(schema: &Node<'_>, items: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    let length = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let count = |name: &str| schema.value.get(name).and_then(Value::as_u64);
    if count("minItems").is_some_and(|least| length < least) {
        found.push("has fewer items than `minItems`".to_owned());
    }
    if count("maxItems").is_some_and(|most| length > most) {
        found.push("has more items than `maxItems`".to_owned());
    }
    let has_twice = || (1..items.len()).any(|index| items[..index].contains(&items[index]));
    if schema.flag("uniqueItems") && has_twice() {
        found.push("has an item twice".to_owned());
    }
    found
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// RFC 3339, with the days of each month.
fn is_date_time(text: &str) -> bool {
    let digits = |from: usize, to: usize| {
        text.get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let number = |from, to| digits(from, to).and_then(|part| part.parse::<u32>().ok());
    let is = |at: usize, wanted: &str| {
        text.get(at..=at)
            .is_some_and(|have| have.eq_ignore_ascii_case(wanted))
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (number(11, 13), number(14, 16), number(17, 19)) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    let separators = is(4, "-") && is(7, "-") && is(10, "t") && is(13, ":") && is(16, ":");
    let fits = (1..=days).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    let rest = &text[19..];
    let fraction = rest
        .strip_prefix('.')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let has_digits = fraction.is_none_or(|after| rest.len() > after.len() + 1);
    separators && fits && has_digits && is_offset(fraction.unwrap_or(rest))
}

fn is_offset(text: &str) -> bool {
    let number = |from: usize, to: usize| {
        let part = text
            .get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
        part.and_then(|part| part.parse::<u32>().ok())
    };
    let is_hours = || {
        text.starts_with(['+', '-'])
            && text.len() == 6
            && text.as_bytes()[3] == b':'
            && number(1, 3).is_some_and(|hours| hours < 24)
            && number(4, 6).is_some_and(|minutes| minutes < 60)
    };
    text.eq_ignore_ascii_case("z") || is_hours()
}

#[cfg(test)]
mod tests {
    use super::{is_date_time, is_uuid};

    #[test]
    fn formats() {
        for right in [
            "2026-11-22T15:04:05.250137Z",
            "2024-02-29t00:00:00z",
            "2026-11-22T15:04:05+01:00",
        ] {
            assert!(is_date_time(right), "{right}");
        }
        for wrong in [
            "2026-11-22",
            "2026-11-22T15:04:05",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T15:04:05.Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T15:04:05+0100",
            "",
            "yesterday at noon, or later",
            "2026-11-22T15:04:0\u{fc}Z",
        ] {
            assert!(!is_date_time(wrong), "{wrong}");
        }
        assert!(is_uuid("0190163d-8694-739b-aea5-966c26f8ad91"));
        assert!(!is_uuid("0190163d8694739baea5966c26f8ad91"));
    }
}

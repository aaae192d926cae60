//! What a value breaks. Generated values are asked here whether they break what they shall, and nothing else.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::Direction;
use crate::formats;
use crate::schema::{Book, Schema, below};

/// Where in the value, and which keyword.
pub type Complaint = (String, &'static str);

/// Everything that a value breaks.
pub fn complaints<'d>(
    book: &Book<'d>,
    schema: &Schema<'d>,
    value: &Value,
    direction: Direction,
) -> Vec<Complaint> {
    let mut found = Vec::new();
    Judge { book, direction }.check(schema, value, "", &mut found);
    found
}

struct Judge<'j, 'd> {
    book: &'j Book<'d>,
    direction: Direction,
}

impl<'d> Judge<'_, 'd> {
    fn check(&self, schema: &Schema<'d>, value: &Value, at: &str, found: &mut Vec<Complaint>) {
        let schema = &self.book.resolve(schema);
        if !has_type(schema, value) {
            found.push((at.to_owned(), "type"));
            return;
        }
        let mut say = |rule| found.push((at.to_owned(), rule));
        if schema.value.get("const").is_some_and(|only| !same(only, value)) {
            say("const");
        }
        let options = schema.value.get("enum").and_then(Value::as_array);
        if options.is_some_and(|options| !options.iter().any(|option| same(option, value))) {
            say("enum");
        }
        match value {
            Value::String(text) => self::text(self.book, schema, text).into_iter().for_each(say),
            Value::Number(_) => number(schema, value).into_iter().for_each(say),
            Value::Array(items) => self.list(schema, items, at, found),
            Value::Object(members) => self.object(schema, members, at, found),
            Value::Null | Value::Bool(_) => {}
        }
        for (keyword, is_right) in [("oneOf", one as fn(usize) -> bool), ("anyOf", some)] {
            let branches = schema.each(keyword);
            let fits = |branch: &&Schema<'d>| complaints(self.book, branch, value, self.direction).is_empty();
            if !branches.is_empty() && !is_right(branches.iter().filter(fits).count()) {
                found.push((at.to_owned(), keyword));
            }
        }
    }

    fn list(&self, schema: &Schema<'d>, items: &[Value], at: &str, found: &mut Vec<Complaint>) {
        if schema.count("minItems").is_some_and(|least| items.len() < least) {
            found.push((at.to_owned(), "minItems"));
        }
        if schema.count("maxItems").is_some_and(|most| items.len() > most) {
            found.push((at.to_owned(), "maxItems"));
        }
        let has_twice =
            || (1..items.len()).any(|index| items[..index].iter().any(|item| same(item, &items[index])));
        if schema.flag("uniqueItems") && has_twice() {
            found.push((at.to_owned(), "uniqueItems"));
        }
        if let Some(schema) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.check(&schema, item, &format!("{at}/{index}"), found);
            }
        }
    }

    fn object(
        &self,
        schema: &Schema<'d>,
        members: &Map<String, Value>,
        at: &str,
        found: &mut Vec<Complaint>,
    ) {
        if schema
            .count("minProperties")
            .is_some_and(|least| members.len() < least)
        {
            found.push((at.to_owned(), "minProperties"));
        }
        if schema
            .count("maxProperties")
            .is_some_and(|most| members.len() > most)
        {
            found.push((at.to_owned(), "maxProperties"));
        }
        let known = schema.members(self.direction, self.book);
        for member in known
            .iter()
            .filter(|member| member.is_required && !member.is_theirs)
        {
            if !members.contains_key(member.name) {
                found.push((below(at, member.name), "required"));
            }
        }
        for (name, value) in members {
            let at = below(at, name);
            match known.iter().find(|member| member.name == name) {
                Some(member) => self.check(&member.schema, value, &at, found),
                None if schema.value.pointer(&below("/properties", name)).is_some() => {
                    found.push((at, "writeOnly"));
                }
                None => match schema.others() {
                    Some(others) => self.check(&others, value, &at, found),
                    None => found.push((at, "additionalProperties")),
                },
            }
        }
    }
}

fn one(count: usize) -> bool {
    count == 1
}

fn some(count: usize) -> bool {
    count > 0
}

fn has_type(schema: &Schema<'_>, value: &Value) -> bool {
    schema.value != &Value::Bool(false)
        && schema
            .types()
            .is_none_or(|types| types.iter().any(|name| is_of(name, value)))
}

/// Whether a value is of a type.
pub fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        _ => false,
    }
}

/// Equal as JSON Schema means it: numbers by value.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(left, right)| same(left, right))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, left)| b.get(name).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// What a text breaks, apart from `enum`.
pub fn text(book: &Book<'_>, schema: &Schema<'_>, text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let length = text.chars().count();
    if schema.count("minLength").is_some_and(|least| length < least) {
        found.push("minLength");
    }
    if schema.count("maxLength").is_some_and(|most| length > most) {
        found.push("maxLength");
    }
    let pattern = schema.text("pattern").and_then(|pattern| book.pattern(pattern));
    if pattern.is_some_and(|pattern| !pattern.fits(text)) {
        found.push("pattern");
    }
    if schema
        .text("format")
        .is_some_and(|format| !formats::fits(format, text))
    {
        found.push("format");
    }
    found
}

/// What a number breaks, apart from `enum` and `type`.
pub fn number(schema: &Schema<'_>, value: &Value) -> Vec<&'static str> {
    let mut found = Vec::new();
    let compare = |name: &str| {
        let limit = schema.value.get(name)?;
        match (exact(value), exact(limit)) {
            (Some(value), Some(limit)) => Some(value.cmp(&limit)),
            _ => value.as_f64()?.partial_cmp(&limit.as_f64()?),
        }
    };
    if compare("minimum").is_some_and(Ordering::is_lt) {
        found.push("minimum");
    }
    if compare("maximum").is_some_and(Ordering::is_gt) {
        found.push("maximum");
    }
    if compare("exclusiveMinimum").is_some_and(Ordering::is_le) {
        found.push("exclusiveMinimum");
    }
    if compare("exclusiveMaximum").is_some_and(Ordering::is_ge) {
        found.push("exclusiveMaximum");
    }
    let is_multiple = || {
        let step = schema.value.get("multipleOf")?;
        if let (Some(value), Some(step)) = (exact(value), exact(step)) {
            return Some(value.checked_rem(step) == Some(0));
        }
        let times = value.as_f64()? / step.as_f64()?;
        Some((times - times.round()).abs() <= 1e-9)
    };
    if is_multiple() == Some(false) {
        found.push("multipleOf");
    }
    let is_inside = match schema.text("format") {
        Some("int32") => value
            .as_f64()
            .is_some_and(|number| (-2_147_483_648.0..=2_147_483_647.0).contains(&number)),
        Some("int64") => {
            value.is_i64()
                || !value.is_u64()
                    && value.as_f64().is_some_and(|number| {
                        (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number)
                    })
        }
        _ => true,
    };
    if !is_inside {
        found.push("format");
    }
    found
}

fn exact(value: &Value) -> Option<i128> {
    value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
}

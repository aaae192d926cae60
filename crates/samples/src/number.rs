//! Numbers at and beyond the limits of a schema.

use serde_json::{Number, Value};

use crate::judge;
use crate::schema::Schema;

/// Whole numbers that a number without a fraction may be, at the edges of what programs can hold.
const EDGES: [i64; 12] = [
    0,
    1,
    -1,
    7,
    i32::MAX as i64,
    i32::MIN as i64,
    i32::MAX as i64 + 1,
    i32::MIN as i64 - 1,
    (1 << 53) - 1,
    -(1 << 53) + 1,
    i64::MAX,
    i64::MIN,
];
const RATIOS: [f64; 5] = [0.5, -0.25, 0.1, 1e-7, 1e15];

/// Valid numbers, plain ones first.
pub fn right(schema: &Schema<'_>) -> Vec<Value> {
    let is_whole = is_whole(schema);
    let mut found: Vec<Value> = Vec::new();
    for limit in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        let Some(limit) = schema.value.get(limit) else {
            continue;
        };
        found.push(limit.clone());
        for step in [-1, 1] {
            found.extend(stepped(limit, step));
        }
        if !is_whole {
            found.extend(beside(limit));
        }
    }
    if let Some(step) = schema.value.get("multipleOf") {
        found.extend([step.clone(), Value::from(0)]);
        found.extend(step.as_f64().and_then(|step| decimal(step * 3.0)));
    }
    found.extend(EDGES.map(Value::from));
    if is_whole {
        // A whole number may be written with a fraction of nought.
        let limits = ["minimum", "maximum"].map(|name| schema.value.get(name)?.as_f64());
        let floats = limits.into_iter().flatten().chain([1.0, 5.0]);
        found.extend(floats.filter(|float| float.abs() < 9.0e15).filter_map(decimal));
    } else {
        found.extend(RATIOS.into_iter().filter_map(decimal));
    }
    keep(found, |value| judge::number(schema, value).is_empty())
}

/// Numbers that break one keyword, with its name.
pub fn wrong(schema: &Schema<'_>) -> Vec<(Value, &'static str)> {
    let is_whole = is_whole(schema);
    let mut found = Vec::new();
    for (limit, step) in [("minimum", -1), ("maximum", 1)] {
        if let Some(value) = schema.value.get(limit) {
            found.extend(stepped(value, step).map(|value| (value, limit)));
            if !is_whole {
                found.extend(beside(value).into_iter().map(|value| (value, limit)));
            }
        }
    }
    for limit in ["exclusiveMinimum", "exclusiveMaximum"] {
        found.extend(schema.value.get(limit).map(|value| (value.clone(), limit)));
    }
    if let Some(step) = schema.value.get("multipleOf") {
        found.extend(
            step.as_f64()
                .and_then(|step| decimal(step * 1.5))
                .map(|value| (value, "multipleOf")),
        );
        found.extend(stepped(step, 1).map(|value| (value, "multipleOf")));
    }
    let outside = match schema.text("format") {
        Some("int32") => vec![i128::from(i32::MAX) + 1, i128::from(i32::MIN) - 1],
        Some("int64") => vec![i128::from(i64::MAX) + 1],
        _ => Vec::new(),
    };
    let outside = outside.into_iter().filter_map(whole);
    found.extend(outside.map(|value| (value, "format")));
    // One thing is broken: that very keyword, and no other one.
    let mut seen = Vec::new();
    found.retain(|(value, rule)| {
        let is_new = !seen.contains(value);
        seen.push(value.clone());
        is_new && judge::number(schema, value).first() == Some(rule)
    });
    found
}

/// The number one beyond a limit; for a limit with a fraction, too.
fn stepped(limit: &Value, step: i8) -> Option<Value> {
    if let Some(number) = limit.as_i64() {
        return whole(i128::from(number) + i128::from(step));
    }
    if let Some(number) = limit.as_u64() {
        return whole(i128::from(number) + i128::from(step));
    }
    decimal(limit.as_f64()? + f64::from(step))
}

/// The closest numbers that differ from a limit.
fn beside(limit: &Value) -> Vec<Value> {
    let Some(limit) = limit.as_f64() else {
        return Vec::new();
    };
    [limit.next_down(), limit.next_up()]
        .into_iter()
        .filter_map(decimal)
        .collect()
}

fn whole(number: i128) -> Option<Value> {
    let small = i64::try_from(number).map(Value::from);
    small.or_else(|_| u64::try_from(number).map(Value::from)).ok()
}

fn decimal(number: f64) -> Option<Value> {
    Number::from_f64(number).map(Value::Number)
}

fn is_whole(schema: &Schema<'_>) -> bool {
    let types = schema.types().unwrap_or_default();
    types.contains(&"integer") && !types.contains(&"number")
}

fn keep(values: Vec<Value>, is_right: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if is_right(&value) && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

//! The members of a body, the values that they may have, and where answers show them.

use crate::driven::call::Call;
use crate::driven::session::Session;
use crate::driven::spec::Operation;
use samples::{Direction, Samples};
use serde_json::Value;

/// The beginning of a text that nothing else has, and that is another one folded, trimmed or normalised.
const ODD: &str = "Strange \u{212b}e\u{301} ";
/// An instant whose day is another one in UTC.
const ZONED: &str = "2001-02-03T01:05:06+02:00";

/// A member of a body, at any depth.
pub struct Member<'s> {
    /// Where it stands in the body.
    pub pointer: String,
    schema: &'s Value,
}

/// The members of the example of a body that mean what they say: no references, no credentials, nothing that only the
/// server says.
pub fn members<'s>(session: &Session<'s>, operation: &'s Operation) -> Vec<Member<'s>> {
    let mut found = Vec::new();
    if let Some(body) = &operation.body
        && let Some(value) = session.base(operation).value()
    {
        gather(session, &body.schema, value, "", &mut found);
    }
    found
}

fn gather<'s>(
    session: &Session<'s>,
    schema: &'s Value,
    value: &Value,
    at: &str,
    found: &mut Vec<Member<'s>>,
) {
    let schema = session.spec.named(schema);
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let described = session.spec.named(member);
        let words = ["x-roster-credential", "readOnly", "writeOnly"];
        let is_free = words.iter().all(|word| member.get(word).is_none())
            && matches!(member["x-roster-needs"].as_str(), None | Some("unique"))
            && member["x-roster-shown"] != "otherwise";
        if !is_free {
            continue;
        }
        let pointer = format!("{at}/{name}");
        match value.get(name) {
            Some(inner @ Value::Object(_)) => gather(session, described, inner, &pointer, found),
            Some(Value::Array(items)) => {
                let items = items.iter().take(1).filter(|item| item.is_object());
                items.for_each(|item| {
                    gather(session, &described["items"], item, &format!("{pointer}/0"), found);
                });
            }
            _ => {}
        }
        found.push(Member {
            pointer,
            schema: member,
        });
    }
}

impl<'s> Member<'s> {
    /// Values of its own schema that differ, some of many.
    pub fn values(&self, session: &Session<'s>, most: usize) -> Vec<Value> {
        if matches!(self.kind(session), Some("object" | "array")) {
            return Vec::new();
        }
        if self.schema["x-roster-needs"] == "unique" {
            return vec![Value::from(format!("{ODD}{}", session.count()))];
        }
        let samples = Samples::new(session.spec.document.whole(), session.seed);
        let mut values: Vec<Value> = Vec::new();
        for sample in samples.valid(self.schema, Direction::Request) {
            if !sample.value.is_null() && !values.contains(&sample.value) {
                values.push(sample.value);
            }
        }
        let step = values.len().div_ceil(most).max(1);
        let format = session.spec.named(self.schema)["format"].as_str();
        let zoned = format.filter(|format| format.starts_with("date-time"));
        let zoned = zoned.map(|_| Value::from(ZONED));
        values.into_iter().step_by(step).chain(zoned).collect()
    }

    fn kind(&self, session: &Session<'s>) -> Option<&'s str> {
        let kind = &session.spec.named(self.schema)["type"];
        kind.as_str().or_else(|| kind[0].as_str())
    }

    /// What a new thing has where this is left out.
    pub fn default(&self) -> Option<&'s Value> {
        self.schema.get("x-roster-default")
    }

    /// What answers show for a value.
    pub fn seen<'v>(&'v self, value: &'v Value) -> &'v Value {
        let other = value
            .as_str()
            .and_then(|word| self.schema.get("x-roster-shown")?.get(word));
        other.unwrap_or(value)
    }

    /// What a change that leaves it out makes of it: `keeps` or `default`; none where the document is silent.
    pub fn absent(&self, operation: &'s Operation) -> Option<&'s str> {
        let is_top = self.pointer.rfind('/') == Some(0);
        let own = self.schema["x-roster-absent"]
            .as_str()
            .filter(|_| operation.absent.as_deref() == Some("default"));
        let is_free = self.schema.get("x-roster-needs").is_none();
        own.or(operation.absent.as_deref()).filter(|_| is_top && is_free)
    }

    /// Puts a value in its place. False where there is no such place, or the request does not fit then.
    pub fn set(&self, call: &mut Call<'_>, value: Value) -> bool {
        let (parent, name) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = call.value_mut().and_then(|body| body.pointer_mut(parent));
        let Some(holder) = holder.and_then(Value::as_object_mut) else {
            return false;
        };
        holder.insert(name.to_owned(), value);
        true
    }

    /// Takes it away. False where it was not there, or cannot be left out.
    pub fn leave_out(&self, call: &mut Call<'_>) -> bool {
        let (parent, name) = self.pointer.rsplit_once('/').unwrap_or_default();
        let holder = call.value_mut().and_then(|body| body.pointer_mut(parent));
        let gone = holder.and_then(Value::as_object_mut).is_some_and(|holder| {
            holder.remove(name);
            true
        });
        gone && call
            .operation
            .body
            .as_ref()
            .is_none_or(|body| call.value().is_some_and(|value| (body.fits)(value)))
    }
}

/// Leaves out what makes an answer show references in another way.
pub fn plain(session: &Session<'_>, call: &mut Call<'_>) {
    let Some(body) = &call.operation.body else { return };
    let described = &session.spec.named(&body.schema)["properties"];
    if let Some(members) = call.value_mut().and_then(Value::as_object_mut) {
        members.retain(|name, _| described[name]["x-roster-needs"] != "alone");
    }
}

/// The value at the place that a member has in a body, in the answer itself, below one of its members, or in the only
/// item of its list. Names may differ in letter case.
pub fn shown<'a>(answer: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut all = parts(answer).into_iter();
    let exact = all.find_map(|part| part.pointer(pointer));
    exact.or_else(|| parts(answer).into_iter().find_map(|part| folded(part, pointer)))
}

/// Whether an answer has an empty list where the member should stand in an item.
pub fn is_gone(answer: &Value, pointer: &str) -> bool {
    let lists = pointer.match_indices("/0").map(|(end, _)| &pointer[..end]);
    let is_empty = |list: &str| {
        shown(answer, list)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
    };
    lists.into_iter().any(is_empty)
}

fn parts(answer: &Value) -> Vec<&Value> {
    let below = answer.as_object().into_iter().flatten();
    let below = below.filter_map(|(_, holder)| match holder {
        Value::Object(_) => Some(holder),
        Value::Array(items) if items.len() == 1 && items[0].is_object() => Some(&items[0]),
        _ => None,
    });
    std::iter::once(answer).chain(below).collect()
}

fn folded<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(value, |value, name| match value {
            Value::Object(members) => {
                let mut members = members.iter();
                let (_, member) = members.find(|(have, _)| have.eq_ignore_ascii_case(name))?;
                Some(member)
            }
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
}

/// Whether something counts as no value.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Whether an answer shows what was sent: no value in any form, or the same instant, whatever its zone.
pub fn is_same(sent: &Value, found: &Value) -> bool {
    if sent == found || is_empty(sent) && is_empty(found) {
        return true;
    }
    match (sent, found) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::String(one), Value::String(other)) => {
            instant(one).is_some_and(|one| instant(other) == Some(one))
        }
        _ => false,
    }
}

/// The microseconds of a date with a time; UTC where it names no zone.
fn instant(text: &str) -> Option<i64> {
    let at = match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.to_utc(),
        Err(_) => chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
            .ok()?
            .and_utc(),
    };
    Some(at.timestamp_micros())
}

#[test]
fn zones_and_forms_of_nothing_do_not_matter() {
    use serde_json::json;
    for (sent, found, same) in [
        (
            json!("2026-01-01T00:00:00+02:00"),
            json!("2025-12-31T22:00:00"),
            true,
        ),
        (
            json!("2026-01-01T00:00:00+02:00"),
            json!("2026-01-01T00:00:00"),
            false,
        ),
        (json!(null), json!(""), true),
        (json!([]), json!(null), true),
        (json!(false), json!(null), false),
        (json!(7), json!("7"), false),
        (json!("A"), json!("a"), false),
    ] {
        assert_eq!(is_same(&sent, &found), same, "{sent} {found}");
    }
}

#[test]
fn members_show_in_the_answer_or_one_below() {
    use serde_json::json;
    for (answer, found) in [
        (json!({"name": 1}), Some(1)),
        (json!({"data": {"name": 2}, "total": 1}), Some(2)),
        (json!({"items": [{"name": 3}]}), Some(3)),
        (json!({"items": [{"name": 3}, {"name": 4}]}), None),
        (json!([{"name": 5}]), None),
        (json!({"data": {"Name": 6}}), Some(6)),
        (json!({"Name": 7, "data": {"name": 8}}), Some(8)),
    ] {
        assert_eq!(shown(&answer, "/name").and_then(Value::as_i64), found, "{answer}");
    }
}

#[test]
fn an_item_is_lost_with_its_list() {
    use serde_json::json;
    for (answer, gone) in [
        (json!({"types": [{"fields": []}]}), true),
        (json!({"types": []}), true),
        (json!({"types": [{"fields": [{}]}]}), false),
        (json!({"fields": []}), false),
    ] {
        assert_eq!(is_gone(&answer, "/types/0/fields/0/name"), gone, "{answer}");
    }
}

//! JSON Patch (RFC 6902) over JSON pointers (RFC 6901), within the vendor's limits: `add`, `remove`, `replace` and
//! `test`; the letter case of names does not count; elements of one list are removed from the highest index down.

use contract::mypreferences::models::{PatchOperation, PatchOperationKind};
use model::Violation;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The document after all operations, or what is wrong with the first one that cannot be carried out. Members called
/// as one of `owned` at the top of the document are the server's: they are tested, and not changed.
pub fn apply(mut document: Value, operations: &[PatchOperation], owned: &[&str]) -> Result<Value, Violation> {
    let mut removed = HashMap::new();
    for (i, operation) in operations.iter().enumerate() {
        let step = Step {
            operation,
            tokens: tokens(&operation.path),
            owned,
        };
        step.run(&mut document, &mut removed).map_err(|wrong| {
            let Wrong(member, rule, message) = wrong;
            Violation::new(format!("{i}/{member}"), rule, message)
        })?;
    }
    Ok(document)
}

/// What is wrong with an operation: its member, the rule, and what to do.
struct Wrong(&'static str, &'static str, &'static str);

const NOWHERE: Wrong = Wrong("path", "unknown", "must exist");
const OWNED: Wrong = Wrong(
    "path",
    "unsupported",
    "must not change a member that the server owns",
);
const ORDER: Wrong = Wrong("path", "conflict", "must be removed from the highest index down");
const DIFFERS: Wrong = Wrong("value", "conflict", "must be the value that is there");
const NEEDED: Wrong = Wrong("value", "required", "is required");

/// The least index that was removed from each list.
type Removed = HashMap<Vec<String>, usize>;

struct Step<'a> {
    operation: &'a PatchOperation,
    tokens: Vec<String>,
    owned: &'a [&'a str],
}

impl Step<'_> {
    fn run(&self, document: &mut Value, removed: &mut Removed) -> Result<(), Wrong> {
        if self.operation.op == PatchOperationKind::Remove {
            self.owned()?;
            return self.remove(document, removed);
        }
        let value = self.operation.value.as_ref().ok_or(NEEDED)?;
        if self.operation.op == PatchOperationKind::Test {
            let found = find(document, &self.tokens).ok_or(NOWHERE)?;
            return if same(found, value) { Ok(()) } else { Err(DIFFERS) };
        }
        self.owned()?;
        let Some((last, above)) = self.tokens.split_last() else {
            *document = self.whole(document, value);
            return Ok(());
        };
        let parent = find(document, above).ok_or(NOWHERE)?;
        if self.operation.op == PatchOperationKind::Replace {
            *find(parent, std::slice::from_ref(last)).ok_or(NOWHERE)? = value.clone();
            return Ok(());
        }
        match parent {
            Value::Object(members) => {
                let name = spelled(members, last).unwrap_or_else(|| last.clone());
                members.insert(name, value.clone());
                Ok(())
            }
            Value::Array(items) => {
                let at = if last == "-" {
                    Some(items.len())
                } else {
                    index(last)
                };
                let at = at.filter(|at| *at <= items.len()).ok_or(NOWHERE)?;
                items.insert(at, value.clone());
                Ok(())
            }
            _ => Err(NOWHERE),
        }
    }

    fn remove(&self, document: &mut Value, removed: &mut Removed) -> Result<(), Wrong> {
        let Some((last, above)) = self.tokens.split_last() else {
            *document = Value::Null;
            return Ok(());
        };
        match find(document, above).ok_or(NOWHERE)? {
            Value::Object(members) => {
                let name = spelled(members, last).ok_or(NOWHERE)?;
                members.remove(&name);
                Ok(())
            }
            Value::Array(items) => {
                let at = index(last).ok_or(NOWHERE)?;
                let place: Vec<String> = above.iter().map(|token| token.to_lowercase()).collect();
                if removed.get(&place).is_some_and(|least| at >= *least) {
                    return Err(ORDER);
                }
                if at >= items.len() {
                    return Err(NOWHERE);
                }
                removed.insert(place, at);
                items.remove(at);
                Ok(())
            }
            _ => Err(NOWHERE),
        }
    }

    /// Refuses a change of what the server owns.
    fn owned(&self) -> Result<(), Wrong> {
        let first = self.tokens.first();
        let theirs = first.is_some_and(|first| self.owned.iter().any(|name| alike(name, first)));
        if theirs { Err(OWNED) } else { Ok(()) }
    }

    /// Another document in place of the whole; what the server owns stays, as on every write.
    fn whole(&self, document: &Value, value: &Value) -> Value {
        let (Value::Object(before), Value::Object(after)) = (document, value) else {
            return value.clone();
        };
        let is_owned = |name: &String| self.owned.iter().any(|owned| alike(owned, name));
        let kept = before.iter().filter(|(name, _)| is_owned(name));
        let new = after.iter().filter(|(name, _)| !is_owned(name));
        Value::Object(kept.chain(new).map(|(n, v)| (n.clone(), v.clone())).collect())
    }
}

/// The steps of a pointer, whose form was checked.
fn tokens(pointer: &str) -> Vec<String> {
    let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
    pointer.split('/').skip(1).map(unescaped).collect()
}

/// What a pointer leads to.
fn find<'a>(document: &'a mut Value, tokens: &[String]) -> Option<&'a mut Value> {
    let mut found = document;
    for token in tokens {
        found = match found {
            Value::Object(members) => {
                let name = spelled(members, token)?;
                members.get_mut(&name)?
            }
            Value::Array(items) => items.get_mut(index(token)?)?,
            _ => return None,
        };
    }
    Some(found)
}

/// The name that a member has in this object: exactly, else in another letter case.
fn spelled(members: &Map<String, Value>, token: &str) -> Option<String> {
    if members.contains_key(token) {
        return Some(token.to_owned());
    }
    members.keys().find(|name| alike(name, token)).cloned()
}

fn alike(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// A place in a list: digits without leading zeros.
fn index(token: &str) -> Option<usize> {
    let is_plain = token == "0" || !token.starts_with('0');
    let digits = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && digits).then(|| token.parse().ok())?
}

/// Equal as RFC 6902 means it: numbers by value, objects in any order; names in any letter case.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    let theirs = spelled(other, name).and_then(|name| other.get(&name));
                    theirs.is_some_and(|theirs| same(value, theirs))
                })
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests;

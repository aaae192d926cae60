//! From a request that shows a finding to the smallest one that still does.

use super::call::{Call, Payload, decoded};
use super::session::Answer;
use serde_json::Value;
use testkit::http::encode;

/// How many smaller requests are tried.
const TRIES: usize = 120;

/// Leaves out headers, query parameters and members, and shortens texts, as long as `still` answers.
pub fn shrink<'s>(
    call: &Call<'s>,
    answer: &Answer,
    still: &dyn Fn(&Call<'_>) -> Option<Answer>,
) -> (Call<'s>, Answer) {
    let (mut best, mut answer) = (call.clone(), answer.clone());
    let mut tries = 0;
    'again: loop {
        for smaller in smaller(&best) {
            tries += 1;
            if tries > TRIES {
                return (best, answer);
            }
            if let Some(found) = still(&smaller) {
                (best, answer) = (smaller, found);
                continue 'again;
            }
        }
        return (best, answer);
    }
}

/// Requests with one thing less.
fn smaller<'s>(call: &Call<'s>) -> Vec<Call<'s>> {
    let mut all = Vec::new();
    for at in 0..call.headers.len() {
        let mut less = call.clone();
        less.headers.remove(at);
        all.push(less);
    }
    for at in 0..call.query.len() {
        let mut less = call.clone();
        less.query.remove(at);
        all.push(less);
    }
    for at in 0..call.query.len() {
        for shorter in shortened(&decoded(&call.query[at].1)) {
            let mut less = call.clone();
            less.query[at].1 = encode(&shorter);
            all.push(less);
        }
    }
    for at in 0..call.headers.len() {
        for shorter in shortened(&call.headers[at].1) {
            let mut less = call.clone();
            less.headers[at].1 = shorter;
            all.push(less);
        }
    }
    if let Payload::Value { media, root, value } = &call.body {
        for value in less(value) {
            let mut less = call.clone();
            less.body = Payload::Value {
                media: media.clone(),
                root: root.clone(),
                value,
            };
            all.push(less);
        }
    }
    if let Payload::Bytes { media, bytes } = &call.body
        && bytes.len() > 1
    {
        for bytes in [&bytes[..bytes.len() / 2], &bytes[..bytes.len() - 1]] {
            let mut less = call.clone();
            less.body = Payload::Bytes {
                media: media.clone(),
                bytes: bytes.to_vec(),
            };
            all.push(less);
        }
    }
    all
}

/// Values with one part less.
fn less(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Object(members) => {
            for name in members.keys() {
                let mut fewer = members.clone();
                fewer.remove(name);
                all.push(Value::Object(fewer));
            }
            for (name, member) in members {
                for smaller in less(member) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), smaller);
                    all.push(Value::Object(changed));
                }
            }
        }
        Value::Array(items) => {
            if items.len() > 2 {
                all.push(Value::Array(items[..items.len() / 2].to_vec()));
                all.push(Value::Array(items[items.len() / 2..].to_vec()));
            }
            // Long lists lose halves only.
            for at in (0..items.len()).take(8) {
                let mut fewer = items.clone();
                fewer.remove(at);
                all.push(Value::Array(fewer));
            }
            for (at, item) in items.iter().enumerate().take(8) {
                for smaller in less(item) {
                    let mut changed = items.clone();
                    changed[at] = smaller;
                    all.push(Value::Array(changed));
                }
            }
        }
        Value::String(text) => all.extend(shortened(text).into_iter().map(Value::String)),
        _ => {}
    }
    all
}

/// The text without its second half, and without its last character.
fn shortened(text: &str) -> Vec<String> {
    let length = text.chars().count();
    let mut all: Vec<String> = Vec::new();
    if length > 2 {
        all.push(text.chars().take(length / 2).collect());
        all.push(text.chars().skip(length / 2).collect());
    }
    if length > 0 {
        all.push(text.chars().take(length - 1).collect());
    }
    all
}

//! The links of a document: which answer gives what another operation needs.

use super::call::{Call, decoded};
use super::session::Answer;
use super::spec::{Operation, Place};
use serde_json::{Map, Value};
use testkit::document::Document;

/// A way from a good answer of one operation to another operation.
pub struct Link {
    pub from: String,
    pub to: String,
    /// Names of parameters and the expressions for their values.
    pub params: Vec<(String, Value)>,
    /// What the body has in any case; expressions may stand inside of it.
    pub body: Option<Value>,
}

/// The links of all good answers.
pub fn read(document: &Document, operations: &[Operation]) -> Vec<Link> {
    let mut links = Vec::new();
    for operation in operations {
        for (_, answer) in operation.answers.iter().filter(|(status, _)| **status < 300) {
            for (_, link) in answer["links"].as_object().into_iter().flatten() {
                let link = document.resolved(link);
                let params = link["parameters"].as_object().into_iter().flatten();
                links.push(Link {
                    from: operation.id.clone(),
                    to: link["operationId"].as_str().unwrap().to_owned(),
                    params: params
                        .map(|(name, value)| (unqualified(name), value.clone()))
                        .collect(),
                    body: link.get("x-roster-request-body").cloned(),
                });
            }
        }
    }
    links
}

/// A name without the place in front.
fn unqualified(name: &str) -> String {
    let places = ["path.", "query.", "header."];
    let bare = places.iter().find_map(|place| name.strip_prefix(place));
    bare.unwrap_or(name).to_owned()
}

impl Link {
    /// The values of its parameters after an exchange; none when one of them is not there.
    pub fn values(&self, call: &Call<'_>, answer: &Answer) -> Option<Vec<(String, Value)>> {
        let all = self
            .params
            .iter()
            .map(|(name, value)| Some((name.clone(), evaluated(value, call, answer)?)));
        all.collect()
    }

    /// The values that it takes from an answer, with the parameters that they become.
    pub fn taken(&self, call: &Call<'_>, answer: &Answer) -> Vec<(Option<String>, Value)> {
        let mut all = Vec::new();
        let params = self
            .params
            .iter()
            .map(|(name, value)| (Some(name.clone()), value));
        for (name, value) in params.chain(self.body.iter().map(|body| (None, body))) {
            let mut values = Vec::new();
            taken(value, call, answer, &mut values);
            all.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
        all
    }

    /// Where in the answer the thing stands that it is about, as a JSON pointer.
    pub fn thing(&self) -> &str {
        let values = self.params.iter().filter_map(|(_, value)| value.as_str());
        let mut pointers = values.filter_map(|text| text.strip_prefix("$response.body#"));
        pointers
            .next()
            .and_then(|pointer| pointer.rsplit_once('/'))
            .map_or("", |(thing, _)| thing)
    }

    /// Fills in what the link gives. False when the answer lacks it.
    pub fn apply(&self, call: &Call<'_>, answer: &Answer, next: &mut Call<'_>) -> bool {
        let Some(values) = self.values(call, answer) else {
            return false;
        };
        let body = self.body.as_ref().map(|body| evaluated(body, call, answer));
        if body.as_ref().is_some_and(Option::is_none) {
            return false;
        }
        for (name, value) in values {
            for place in [Place::Path, Place::Query, Place::Header] {
                if next.operation.in_place(place).any(|param| param.name == name) {
                    next.set(&name, place, &value);
                }
            }
        }
        if let (Some(Some(given)), Some(value)) = (body, next.value_mut()) {
            merge(value, given);
        }
        true
    }
}

fn taken(value: &Value, call: &Call<'_>, answer: &Answer, all: &mut Vec<Value>) {
    match value {
        Value::String(text) if text.starts_with("$response.") => all.extend(expression(text, call, answer)),
        Value::Array(items) => items.iter().for_each(|item| taken(item, call, answer, all)),
        Value::Object(members) => members
            .values()
            .for_each(|member| taken(member, call, answer, all)),
        _ => {}
    }
}

/// Members that are given win; everything else is replaced.
fn merge(value: &mut Value, given: Value) {
    match (value, given) {
        (Value::Object(members), Value::Object(given)) => {
            for (name, given) in given {
                merge(members.entry(name).or_insert(Value::Null), given);
            }
        }
        (value, given) => *value = given,
    }
}

fn evaluated(value: &Value, call: &Call<'_>, answer: &Answer) -> Option<Value> {
    Some(match value {
        Value::String(text) if text.starts_with('$') => expression(text, call, answer)?,
        Value::Array(items) => {
            let items = items.iter().map(|item| evaluated(item, call, answer));
            Value::Array(items.collect::<Option<_>>()?)
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| Some((name.clone(), evaluated(value, call, answer)?)));
            Value::Object(members.collect::<Option<Map<_, _>>>()?)
        }
        other => other.clone(),
    })
}

/// A runtime expression; the lint knows that it is one.
fn expression(text: &str, call: &Call<'_>, answer: &Answer) -> Option<Value> {
    if let Some(pointer) = text.strip_prefix("$response.body#") {
        return answer
            .json
            .pointer(pointer)
            .filter(|value| !value.is_null())
            .cloned();
    }
    if let Some(pointer) = text.strip_prefix("$request.body#") {
        return call.value()?.pointer(pointer).cloned();
    }
    if let Some(name) = text.strip_prefix("$response.header.") {
        return answer.reply.header(&name.to_ascii_lowercase()).map(Value::from);
    }
    if let Some(name) = text.strip_prefix("$request.path.") {
        return given(&call.path, name);
    }
    given(&call.query, text.strip_prefix("$request.query.")?)
}

fn given(pairs: &[(String, String)], name: &str) -> Option<Value> {
    let (_, value) = pairs.iter().find(|(have, _)| have == name)?;
    Some(Value::from(decoded(value)))
}

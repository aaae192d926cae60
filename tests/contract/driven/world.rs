//! How things come to be: requests whose references exist, because other operations taken them.

use super::call::Call;
use super::links::Link;
use super::session::Session;
use super::spec::{Operation, Param};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// How many operations may have to go before one.
const DEEPEST: usize = 4;

/// What links took from answers, and the parameters that it became.
pub type Given = Vec<(Option<String>, Value)>;

impl<'s> Session<'s> {
    /// A request that should succeed, and what it took from the answers to others before it.
    pub fn prepare(&self, operation: &'s Operation) -> (Call<'s>, Given) {
        self.prepare_below(self.fresh(operation), &mut Vec::new())
    }

    /// The same with another body than the example.
    pub fn prepare_with(&self, operation: &'s Operation, value: Value) -> Call<'s> {
        let mut call = self.base(operation);
        if let (Some(body), Some(place)) = (&operation.body, call.value_mut()) {
            *place = self.settled(&body.schema, value).0;
            self.signed(&body.schema, place);
        }
        self.prepare_below(call, &mut Vec::new()).0
    }

    fn prepare_below(&self, mut call: Call<'s>, below: &mut Vec<&'s str>) -> (Call<'s>, Given) {
        let operation = call.operation;
        let mut taken = Given::new();
        if below.len() >= DEEPEST {
            return (call, taken);
        }
        below.push(&operation.id);
        let mut given = BTreeSet::new();
        for link in self.ways_to(operation) {
            let needed = self.supplied(link, operation);
            if below.contains(&link.from.as_str()) || needed.iter().all(|name| given.contains(name)) {
                continue;
            }
            let source = self.spec.operation(&link.from);
            let (request, _) = self.prepare_below(self.fresh(source), below);
            let answer = self.send(&request);
            if answer.is_good() && link.apply(&request, &answer, &mut call) {
                given.extend(needed);
                taken.extend(link.taken(&request, &answer));
            }
        }
        below.pop();
        Self::one_of(&mut call);
        (call, taken)
    }

    /// One of the parameters of which one is needed.
    fn one_of(call: &mut Call<'_>) {
        let mut choices = call
            .operation
            .params
            .iter()
            .filter(|param| param.needs.as_deref() == Some("one-of"));
        let is_given = |param: &Param| call.query.iter().any(|(name, _)| *name == param.name);
        if !choices.clone().any(is_given)
            && let Some(first) = choices.next()
        {
            call.set(&first.name, first.place, &first.example);
        }
    }

    /// The links to an operation: those first that make something, and of these those that give most.
    fn ways_to(&self, operation: &Operation) -> Vec<&'s Link> {
        let mut ways: Vec<&Link> = self
            .spec
            .links
            .iter()
            .filter(|link| link.to == operation.id)
            .collect();
        ways.sort_by_key(|link| {
            let from = self.spec.operation(&link.from);
            (from.is_safe(), usize::MAX - link.params.len())
        });
        ways
    }

    /// What a link gives that the operation cannot do without.
    fn supplied(&self, link: &Link, operation: &Operation) -> BTreeSet<String> {
        let is_needed = |name: &str| {
            let mut params = operation.params.iter().filter(|param| param.name == name);
            params.any(|param| param.is_required && self.known(param.needs.as_deref(), "admin").is_none())
        };
        let names = link
            .params
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| is_needed(name));
        names
            .chain(link.body.iter().map(|_| "the body".to_owned()))
            .collect()
    }

    /// A request from the examples in which everything is new, and nothing that does not exist is named.
    pub fn fresh(&self, operation: &'s Operation) -> Call<'s> {
        let mut call = self.base(operation);
        if let (Some(body), Some(value)) = (&operation.body, call.value_mut()) {
            *value = self.settled(&body.schema, value.take()).0;
        }
        call
    }

    /// A value that fits a schema, with what the schema cannot say. Also says whether a reference had to go.
    pub fn settled(&self, schema: &Value, value: Value) -> (Value, bool) {
        let mut schema = self.spec.document.resolved(schema);
        if let Some(first) = schema["oneOf"].get(0) {
            schema = self.spec.document.resolved(first);
        }
        match value {
            Value::Object(members) => {
                let (mut kept, mut has_lost) = (Map::new(), false);
                for (name, value) in members {
                    let member = &schema["properties"][&name];
                    match self.member(member, value) {
                        Some(value) => drop(kept.insert(name, value)),
                        None => has_lost |= member["x-roster-needs"] == "reference",
                    }
                }
                together(schema, &mut kept);
                (Value::Object(kept), has_lost)
            }
            Value::Array(items) => {
                let items = items.into_iter().map(|item| self.settled(&schema["items"], item));
                let kept = items.filter(|(_, has_lost)| !has_lost).map(|(item, _)| item);
                let mut kept: Vec<Value> = kept.collect();
                once(self.spec.document.resolved(&schema["items"]), &mut kept);
                (Value::Array(kept), false)
            }
            other => (other, false),
        }
    }

    /// The client's id and secret are there although they may be left out.
    fn signed(&self, schema: &Value, value: &mut Value) {
        let members = self.spec.document.resolved(schema)["properties"].as_object();
        for (name, member) in members.into_iter().flatten() {
            let needs = member["x-roster-needs"]
                .as_str()
                .filter(|needs| needs.starts_with("client"));
            if let (Some(known), Some(members)) = (self.known(needs, "admin"), value.as_object_mut()) {
                members.insert(name.clone(), known);
            }
        }
    }

    fn member(&self, schema: &Value, value: Value) -> Option<Value> {
        match schema["x-roster-needs"].as_str() {
            Some("reference") => None,
            Some("unique") => Some(self.unique(schema, &value)),
            Some("few") => {
                let (mut value, _) = self.settled(schema, value);
                if let Some(items) = value.as_array_mut() {
                    items.truncate(items.len().div_ceil(2));
                }
                Some(value)
            }
            Some("user") if value.is_array() => Some(json!([self.known(Some("user"), "admin")?])),
            needs @ Some(_) => Some(self.known(needs, "admin").unwrap_or(value)),
            None => {
                let is_object = value.is_object();
                let (value, has_lost) = self.settled(schema, value);
                (!(has_lost && is_object)).then_some(value)
            }
        }
    }

    /// A text that was not there before.
    fn unique(&self, schema: &Value, value: &Value) -> Value {
        let Some(text) = value.as_str() else {
            return value.clone();
        };
        let tail = format!("-{}", self.count());
        let most = schema["maxLength"]
            .as_u64()
            .map_or(usize::MAX, |most| usize::try_from(most).unwrap());
        let head: String = text.chars().take(most.saturating_sub(tail.len())).collect();
        json!(format!("{head}{tail}"))
    }
}

/// Takes away what has to stand together with something unique and stands alone, or the other way round, and what
/// must not be true beside another one.
fn together(schema: &Value, members: &mut Map<String, Value>) {
    let needing = |word: &str| {
        let all = schema["properties"].as_object().into_iter().flatten();
        let names = all
            .filter(|(_, member)| member["x-roster-needs"] == word)
            .map(|(name, _)| name.clone());
        names.collect::<Vec<String>>()
    };
    for tie in needing("together") {
        let partner = needing("unique").into_iter().find(|name| name.starts_with(&tie));
        let Some(partner) = partner else { continue };
        if members.contains_key(&tie) != members.contains_key(&partner) {
            members.remove(&tie);
            members.remove(&partner);
        }
    }
    let alone = needing("alone");
    let is_true = |name: &&String| members.get(*name) == Some(&Value::Bool(true));
    let more: Vec<&String> = alone.iter().filter(is_true).skip(1).collect();
    for name in more {
        members.remove(name);
    }
}

/// Leaves what may be true once to the first item that has it.
fn once(schema: &Value, items: &mut [Value]) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let holders = items.iter_mut().filter_map(|item| item.get_mut(name));
        if member["x-roster-needs"] == "once" {
            holders
                .filter(|value| **value == true)
                .skip(1)
                .for_each(|value| *value = json!(false));
        }
    }
}

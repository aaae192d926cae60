//! Values that are broken at one place.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::any::Any;
use crate::judge;
use crate::number;
use crate::rng::Rng;
use crate::schema::{Schema, Trail, below};
use crate::text::Texts;
use crate::valid::{list_of, with};
use crate::{Direction, LARGEST, Sample, weight};

/// How often a recursive schema is followed.
const ROUNDS: usize = 2;
/// A name that no schema has.
const UNKNOWN: &str = "unknownMember";

pub struct Broken<'m, 'd> {
    any: Any<'m, 'd>,
    /// Pointers of schemas that were taken apart already; where they stand again, each rule is broken once.
    known: RefCell<BTreeSet<String>>,
}

impl<'m, 'd> Broken<'m, 'd> {
    /// `known` names schemas by pointer that are taken apart elsewhere: inside of others, each rule of theirs is
    /// broken once.
    pub fn new(any: Any<'m, 'd>, known: BTreeSet<String>) -> Self {
        Self {
            any,
            known: RefCell::new(known),
        }
    }

    /// All samples.
    pub fn samples(&self, schema: &Schema<'d>) -> Vec<Sample> {
        let mut samples = self.taken_apart(&self.any.book.resolve(schema), None);
        // Only what breaks the schema there and nowhere else.
        samples.retain(|sample| {
            let complaints = judge::complaints(self.any.book, schema, &sample.value, self.any.direction);
            !complaints.is_empty() && complaints.iter().all(|(at, _)| *at == sample.pointer)
        });
        samples
    }

    fn made(&self, schema: &Schema<'d>, up: Option<&Trail<'_>>) -> Vec<Sample> {
        let schema = &self.any.book.resolve(schema);
        let is_named = schema.at.starts_with("/components/schemas/") && schema.at.matches('/').count() == 3;
        let is_known = is_named && !self.known.borrow_mut().insert(schema.at.clone());
        let mut all = self.taken_apart(schema, up);
        if is_known {
            let mut rules = BTreeSet::new();
            all.retain(|sample| rules.insert(sample.rule));
        }
        all
    }

    fn taken_apart(&self, schema: &Schema<'d>, up: Option<&Trail<'_>>) -> Vec<Sample> {
        let trail = &Trail::into(up, &schema.at);
        if trail.rounds() > ROUNDS {
            return Vec::new();
        }
        let mut all = Self::types(schema);
        if let Some(only) = schema.value.get("const") {
            all.extend(
                neighbours(only)
                    .into_iter()
                    .map(|value| sample(schema, value, "const")),
            );
            return all;
        }
        if let Some(options) = schema.value.get("enum").and_then(Value::as_array) {
            let mut beside: Vec<Value> = options.iter().flat_map(neighbours).collect();
            beside.retain(|value| {
                let is_typed = schema
                    .types()
                    .is_none_or(|types| types.iter().any(|kind| judge::is_of(kind, value)));
                is_typed && !options.iter().any(|option| judge::same(option, value))
            });
            beside.truncate(8);
            all.extend(beside.into_iter().map(|value| sample(schema, value, "enum")));
            return all;
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = schema.each(keyword);
            if !branches.is_empty() {
                all.extend(self.branches(schema, keyword, &branches, trail));
            }
        }
        for kind in schema.types().unwrap_or_default() {
            match kind {
                "integer" | "number" => {
                    let numbers = number::wrong(schema).into_iter();
                    all.extend(numbers.map(|(value, rule)| sample(schema, value, rule)));
                }
                "string" => {
                    let texts = Texts::new(self.any.book, schema).wrong();
                    let texts = texts.iter();
                    all.extend(texts.map(|(text, rule)| sample(schema, text.as_str().into(), rule)));
                }
                "array" => self.lists(schema, trail, &mut all),
                "object" => self.objects(schema, trail, &mut all),
                _ => {}
            }
        }
        all
    }

    /// Values of each other type.
    fn types(schema: &Schema<'_>) -> Vec<Sample> {
        let Some(types) = schema.types() else {
            return Vec::new();
        };
        let mut others = vec![json!(null), json!(true), json!("1"), json!([]), json!({})];
        if types.contains(&"boolean") {
            others.extend([json!("true"), json!(0)]);
        }
        if types.contains(&"integer") {
            others.push(json!(1.5));
        }
        if types.contains(&"string") || types.contains(&"object") {
            others.push(json!(1));
        }
        others.retain(|value| !types.iter().any(|kind| judge::is_of(kind, value)));
        others
            .into_iter()
            .map(|value| sample(schema, value, "type"))
            .collect()
    }

    /// What each branch refuses, if none of the others takes it.
    fn branches(
        &self,
        schema: &Schema<'d>,
        keyword: &'static str,
        branches: &[Schema<'d>],
        trail: &Trail<'_>,
    ) -> Vec<Sample> {
        let is_null = |branch: &Schema<'d>| self.any.book.resolve(branch).types() == Some(vec!["null"]);
        let value_branches: Vec<&Schema<'d>> = branches.iter().filter(|branch| !is_null(branch)).collect();
        let mut kept = Vec::new();
        let made = value_branches
            .iter()
            .flat_map(|branch| self.made(branch, Some(trail)));
        for made in made {
            let takes = |branch: &Schema<'d>| {
                judge::complaints(self.any.book, branch, &made.value, self.any.direction).is_empty()
            };
            if branches.iter().any(takes) || made.value.is_null() {
                continue;
            }
            // One value or null: what is wrong with the value is wrong there. Else nobody knows which was meant.
            if value_branches.len() == 1 {
                kept.push(made);
            } else {
                kept.push(sample(schema, made.value, keyword));
            }
        }
        kept
    }

    fn lists(&self, schema: &Schema<'d>, trail: &Trail<'_>, all: &mut Vec<Sample>) {
        let Some(items) = schema.get("items") else {
            return;
        };
        let least = schema.count("minItems").unwrap_or_default();
        let most = schema.count("maxItems").unwrap_or(usize::MAX);
        let list = |count| list_of(&self.any, schema, &items, count, trail);
        if let Some(short) = least.checked_sub(1).and_then(list) {
            all.push(sample(schema, short, "minItems"));
        }
        let one = self.any.smallest(&items);
        let size = weight(&one).saturating_mul(most.saturating_add(1));
        if size <= LARGEST {
            all.extend(list(most + 1).map(|long| sample(schema, long, "maxItems")));
        }
        if schema.flag("uniqueItems")
            && most > 1
            && let Some(Value::Array(mut twice)) = list(least.saturating_sub(1).max(1))
        {
            twice.extend(twice.first().cloned());
            all.push(sample(schema, twice.into(), "uniqueItems"));
        }
        // The broken item stands second where there is room, so that its number is told, too.
        let before = least.max(2).min(most).saturating_sub(1);
        let Some(Value::Array(before)) = list(before) else {
            return;
        };
        if most == 0 {
            return;
        }
        for broken in self.made(&items, Some(trail)) {
            let mut list = before.clone();
            list.push(broken.value);
            all.push(Sample {
                value: list.into(),
                pointer: format!("/{}{}", before.len(), broken.pointer),
                ..broken
            });
        }
    }

    fn objects(&self, schema: &Schema<'d>, trail: &Trail<'_>, all: &mut Vec<Sample>) {
        let object = self.least(schema, trail);
        self.counts(schema, &object, all);
        for member in schema.members(self.any.direction, self.any.book).iter() {
            if member.is_required && !member.is_theirs {
                let mut without = object.clone();
                without.remove(member.name);
                all.push(Sample {
                    value: without.into(),
                    rule: "required",
                    pointer: below("", member.name),
                    keyword: schema.keyword("required"),
                });
            }
            for broken in self.made(&member.schema, Some(trail)) {
                all.push(Sample {
                    value: with(&object, member.name, broken.value).into(),
                    pointer: below("", member.name) + &broken.pointer,
                    ..broken
                });
            }
        }
        if self.any.direction == Direction::Response {
            self.hidden(schema, &object, all);
        }
        match schema.get("additionalProperties") {
            Some(others) if others.value == &Value::Bool(false) => {
                all.push(Sample {
                    value: with(&object, UNKNOWN, json!("text")).into(),
                    rule: "additionalProperties",
                    pointer: below("", UNKNOWN),
                    keyword: others.at,
                });
            }
            Some(others) => {
                for broken in self.made(&others, Some(trail)) {
                    all.push(Sample {
                        value: with(&object, UNKNOWN, broken.value).into(),
                        pointer: below("", UNKNOWN) + &broken.pointer,
                        ..broken
                    });
                }
            }
            None => {}
        }
    }

    /// The members that the object needs, each as small as it may be.
    fn least(&self, schema: &Schema<'d>, trail: &Trail<'_>) -> Map<String, Value> {
        let mut object = Map::new();
        for member in schema.members(self.any.direction, self.any.book).iter() {
            if member.is_required && !member.is_theirs {
                let value = self.any.least_below(&member.schema, Some(trail));
                object.insert(member.name.to_owned(), value);
            }
        }
        let least = schema.count("minProperties").unwrap_or_default();
        if let Some(others) = schema.others() {
            for index in object.len()..least {
                object.insert(format!("key{index}"), self.any.least_below(&others, Some(trail)));
            }
        }
        object
    }

    /// Too few and too many members.
    fn counts(&self, schema: &Schema<'d>, object: &Map<String, Value>, all: &mut Vec<Sample>) {
        if schema
            .count("minProperties")
            .is_some_and(|least| least > 0 && least == object.len())
        {
            let mut fewer = object.clone();
            let optional = object.keys().find(|name| !schema.requires(name)).cloned();
            if optional.is_some_and(|name| fewer.remove(&name).is_some()) {
                all.push(sample(schema, fewer.into(), "minProperties"));
            }
        }
        if let (Some(most), Some(others)) = (schema.count("maxProperties"), schema.others()) {
            let value = self.any.smallest(&others);
            let missing = most.saturating_add(1).saturating_sub(object.len());
            if weight(&value).saturating_mul(missing) <= LARGEST {
                let mut more = object.clone();
                more.extend(
                    (0..missing)
                        .map(|index| index + object.len())
                        .map(|index| (format!("key{index}"), value.clone())),
                );
                all.push(sample(schema, more.into(), "maxProperties"));
            }
        }
    }

    /// Members that are never answered.
    fn hidden(&self, schema: &Schema<'d>, object: &Map<String, Value>, all: &mut Vec<Sample>) {
        let in_requests = schema.members(Direction::Request, self.any.book);
        for member in in_requests.iter() {
            let is_write_only =
                member.schema.flag("writeOnly") || self.any.book.resolve(&member.schema).flag("writeOnly");
            if is_write_only {
                let value = self.any.value(&member.schema, &mut Rng::new(0));
                all.push(Sample {
                    value: with(object, member.name, value).into(),
                    rule: "writeOnly",
                    pointer: below("", member.name),
                    keyword: member.schema.keyword("writeOnly"),
                });
            }
        }
    }
}

fn sample(schema: &Schema<'_>, value: Value, rule: &'static str) -> Sample {
    Sample {
        value,
        rule,
        pointer: String::new(),
        keyword: schema.keyword(rule),
    }
}

/// Values close to one.
fn neighbours(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let swapped: String = text
                .chars()
                .map(|c| {
                    if c.is_ascii_lowercase() {
                        c.to_ascii_uppercase()
                    } else {
                        c.to_ascii_lowercase()
                    }
                })
                .collect();
            let mut shorter = text.clone();
            shorter.pop();
            let all = [
                format!("{text}x"),
                swapped,
                shorter,
                format!(" {text}"),
                format!("{text}\n"),
                String::new(),
            ];
            all.into_iter().map(Value::String).collect()
        }
        Value::Number(number) => number
            .as_i64()
            .map(|number| [json!(number.saturating_add(1)), json!(number.saturating_sub(1))])
            .into_iter()
            .flatten()
            .collect(),
        Value::Bool(flag) => vec![json!(!flag)],
        other => vec![json!([other])],
    }
}

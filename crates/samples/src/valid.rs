//! Valid values, enough of them for every place to get each value that is worth a try.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::any::Any;
use crate::judge;
use crate::number;
use crate::rng::Rng;
use crate::schema::{Member, Schema, Trail};
use crate::text::Texts;
use crate::{LARGEST, Sample, weight};

/// Bytes of a value that may stand beside others of its kind in one sample.
const SMALL: usize = 600;
/// How often a recursive schema is followed.
const ROUNDS: usize = 2;
/// Samples by chance.
const RANDOM: usize = 6;
/// Samples of a schema that gets its samples elsewhere.
const FEW: usize = 6;
/// Items that a list gets in order to try their values.
const TRIED_ITEMS: usize = 8;

/// A value for one place, and what it is a sample of.
struct Made {
    value: Value,
    rule: &'static str,
}

pub struct Valid<'m, 'd> {
    any: Any<'m, 'd>,
    seed: u64,
    /// Pointers of schemas that get their samples elsewhere; inside of others, they get few.
    known: BTreeSet<String>,
}

impl<'m, 'd> Valid<'m, 'd> {
    pub fn new(any: Any<'m, 'd>, seed: u64, known: BTreeSet<String>) -> Self {
        Self { any, seed, known }
    }

    /// All samples, each once.
    pub fn samples(&self, schema: &Schema<'d>) -> Vec<Sample> {
        let mut rng = Rng::new(self.seed);
        let mut all = self.made(schema, &mut rng, None);
        for _ in 0..RANDOM {
            let value = self.random(schema, &mut rng, None);
            all.push(Made {
                value,
                rule: "random",
            });
        }
        let mut samples: Vec<Sample> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for Made { value, rule } in all {
            // `1` and `1.0` are two ways of writing, so the text decides what is the same.
            let is_right = judge::complaints(self.any.book, schema, &value, self.any.direction).is_empty();
            if is_right && seen.insert(value.to_string()) {
                samples.push(Sample {
                    value,
                    rule,
                    pointer: String::new(),
                    keyword: schema.at.clone(),
                });
            }
        }
        samples
    }

    fn made(&self, schema: &Schema<'d>, rng: &mut Rng, up: Option<&Trail<'_>>) -> Vec<Made> {
        let schema = &self.any.book.resolve(schema);
        let mut all = self.all_made(schema, rng, up);
        if up.is_some() && self.known.contains(&schema.at) {
            let step = (all.len() / FEW).max(1);
            all = all.into_iter().step_by(step).collect();
        }
        all
    }

    fn all_made(&self, schema: &Schema<'d>, rng: &mut Rng, up: Option<&Trail<'_>>) -> Vec<Made> {
        let trail = &Trail::into(up, &schema.at);
        if let Some(only) = schema.value.get("const") {
            return vec![made(only.clone(), "const")];
        }
        if let Some(options) = schema.value.get("enum").and_then(Value::as_array) {
            return options
                .iter()
                .map(|option| made(option.clone(), "enum"))
                .collect();
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = schema.each(keyword);
            if !branches.is_empty() {
                let mut all: Vec<Made> = branches
                    .iter()
                    .flat_map(|branch| self.made(branch, rng, Some(trail)))
                    .collect();
                all.retain(|made| {
                    judge::complaints(self.any.book, schema, &made.value, self.any.direction).is_empty()
                });
                return all;
            }
        }
        let Some(types) = schema.types() else {
            return if schema.value.get("properties").is_some() {
                self.objects(schema, rng, trail)
            } else {
                anything()
            };
        };
        types
            .iter()
            .flat_map(|kind| self.typed(schema, kind, rng, trail))
            .collect()
    }

    fn typed(&self, schema: &Schema<'d>, kind: &str, rng: &mut Rng, trail: &Trail<'_>) -> Vec<Made> {
        match kind {
            "null" => vec![made(Value::Null, "null")],
            "boolean" => vec![
                made(Value::Bool(true), "boolean"),
                made(Value::Bool(false), "boolean"),
            ],
            "integer" | "number" => {
                let numbers = number::right(schema);
                numbers.into_iter().map(|value| made(value, "number")).collect()
            }
            "string" => {
                let texts = Texts::new(self.any.book, schema);
                let plain = texts.plain(rng);
                let right = texts.right();
                let all = right.iter().chain([&plain]);
                all.map(|text| made(text.as_str().into(), "text")).collect()
            }
            "array" => self.lists(schema, rng, trail),
            "object" => self.objects(schema, rng, trail),
            _ => Vec::new(),
        }
    }

    fn lists(&self, schema: &Schema<'d>, rng: &mut Rng, trail: &Trail<'_>) -> Vec<Made> {
        let least = schema.count("minItems").unwrap_or_default();
        let most = schema.count("maxItems").unwrap_or(1000);
        let Some(items) = schema.get("items") else {
            return vec![made(json!([]), "minItems")];
        };
        let smallest = self.any.least_below(&items, Some(trail));
        let mut all = Vec::new();
        if least == 0 {
            all.push(made(json!([]), "empty"));
        }
        for (count, rule) in [(least, "minItems"), (1, "items"), (most, "maxItems")] {
            if count > 0
                && (least..=most).contains(&count)
                && count.saturating_mul(weight(&smallest)) <= LARGEST
            {
                all.extend(
                    self.list_of(schema, &items, count, trail)
                        .map(|value| made(value, rule)),
                );
            }
        }
        if most > 0 && trail.rounds() <= ROUNDS {
            let tried = self
                .made(&items, rng, Some(trail))
                .into_iter()
                .map(|made| made.value);
            let (small, large): (Vec<Value>, Vec<Value>) = tried.partition(|value| weight(value) <= SMALL);
            let size = most.min(TRIED_ITEMS.max(least));
            for chunk in small.chunks(size) {
                all.extend(
                    self.filled(schema, &items, chunk.to_vec(), trail)
                        .map(|value| made(value, "items")),
                );
            }
            for value in large {
                all.extend(
                    self.filled(schema, &items, vec![value], trail)
                        .map(|value| made(value, "items")),
                );
            }
        }
        all
    }

    /// Some items and as many others as the list needs at least.
    fn filled(
        &self,
        schema: &Schema<'d>,
        items: &Schema<'d>,
        mut list: Vec<Value>,
        trail: &Trail<'_>,
    ) -> Option<Value> {
        let least = schema.count("minItems").unwrap_or_default();
        if schema.flag("uniqueItems") {
            let mut different: Vec<Value> = Vec::new();
            for item in list {
                if !different.iter().any(|other| judge::same(other, &item)) {
                    different.push(item);
                }
            }
            list = different;
        }
        let missing = least.saturating_sub(list.len());
        if missing > 0 {
            let more = self.list_of(schema, items, least, trail)?;
            let more = more.as_array().cloned().unwrap_or_default();
            let is_new = |item: &Value| !schema.flag("uniqueItems") || !list.contains(item);
            let more: Vec<Value> = more.into_iter().filter(is_new).take(missing).collect();
            list.extend(more);
        }
        (list.len() >= least).then_some(Value::Array(list))
    }

    /// So many plain items, different ones where the list wants that; `None` if there are not so many.
    pub fn list_of(
        &self,
        schema: &Schema<'d>,
        items: &Schema<'d>,
        count: usize,
        trail: &Trail<'_>,
    ) -> Option<Value> {
        list_of(&self.any, schema, items, count, trail)
    }

    fn objects(&self, schema: &Schema<'d>, rng: &mut Rng, trail: &Trail<'_>) -> Vec<Made> {
        let members = schema.members(self.any.direction, self.any.book);
        let least = object_of(&self.any, schema, rng, trail, |_| false);
        let full = object_of(&self.any, schema, rng, trail, |member| !member.is_theirs);
        let mut all = vec![
            made(least.clone().into(), "smallest"),
            made(full.clone().into(), "full"),
        ];
        if trail.rounds() > ROUNDS {
            return all.drain(..1).collect();
        }
        for member in members
            .iter()
            .filter(|member| !member.is_required || member.is_theirs)
        {
            let mut without = full.clone();
            if without.remove(member.name).is_some() {
                all.push(made(without.into(), "absent"));
            }
            let value = self.any.value_below(&member.schema, rng, Some(trail));
            all.push(made(with(&least, member.name, value).into(), "alone"));
        }
        self.pack(&members, &least, &full, rng, trail, &mut all);
        self.others(schema, &least, rng, trail, &mut all);
        all
    }

    /// Each member's values, those of all members side by side; large ones alone.
    fn pack(
        &self,
        members: &[Member<'d>],
        least: &Map<String, Value>,
        full: &Map<String, Value>,
        rng: &mut Rng,
        trail: &Trail<'_>,
        all: &mut Vec<Made>,
    ) {
        let mut columns: Vec<(&str, Vec<Value>)> = Vec::new();
        for member in members {
            let tried = self.made(&member.schema, rng, Some(trail));
            let (small, large): (Vec<Made>, Vec<Made>) =
                tried.into_iter().partition(|made| weight(&made.value) <= SMALL);
            for Made { value, rule } in large {
                all.push(made(with(least, member.name, value).into(), rule));
            }
            columns.push((member.name, small.into_iter().map(|made| made.value).collect()));
        }
        let rounds = columns
            .iter()
            .map(|(_, values)| values.len())
            .max()
            .unwrap_or_default();
        for round in 0..rounds {
            let mut packed = full.clone();
            for (index, (name, values)) in columns.iter().enumerate() {
                // Members are out of step, so that equal neighbours do not hide a mix-up.
                if let Some(value) = values.get((round + index) % values.len().max(1)) {
                    packed.insert((*name).to_owned(), value.clone());
                }
            }
            all.push(made(packed.into(), "packed"));
        }
    }

    /// Members that the schema does not name.
    fn others(
        &self,
        schema: &Schema<'d>,
        least: &Map<String, Value>,
        rng: &mut Rng,
        trail: &Trail<'_>,
        all: &mut Vec<Made>,
    ) {
        let Some(others) = schema.others() else {
            return;
        };
        let tried = self.made(&others, rng, Some(trail));
        let room = schema
            .count("maxProperties")
            .unwrap_or(usize::MAX)
            .saturating_sub(least.len());
        let names = ["other", "gr\u{fc}n \u{1F600}", "a/b~c", "", "x-y"];
        let tried: Vec<Value> = tried
            .into_iter()
            .map(|made| made.value)
            .filter(|value| weight(value) <= SMALL)
            .collect();
        for chunk in tried.chunks(names.len().min(room).max(1)) {
            let mut object = least.clone();
            let pairs = names.iter().zip(chunk).take(room);
            object.extend(pairs.map(|(name, value)| ((*name).to_owned(), value.clone())));
            all.push(made(object.into(), "additionalProperties"));
        }
        let has_limit = schema.count("maxProperties").is_some_and(|most| most <= 1000);
        if let (true, Some(value)) = (has_limit, tried.first()) {
            let mut object = least.clone();
            object.extend((0..room).map(|index| (format!("key{index}"), value.clone())));
            all.push(made(object.into(), "maxProperties"));
        }
    }

    /// A value by chance: some members, any of their values.
    fn random(&self, schema: &Schema<'d>, rng: &mut Rng, up: Option<&Trail<'_>>) -> Value {
        let schema = &self.any.book.resolve(schema);
        let trail = &Trail::into(up, &schema.at);
        if schema.value.get("properties").is_none() || trail.rounds() > 1 {
            let mut tried = self.made(schema, rng, Some(trail));
            tried.retain(|made| weight(&made.value) <= SMALL);
            return rng.pick(&tried).map_or(Value::Null, |made| made.value.clone());
        }
        let mut object = Map::new();
        for member in schema.members(self.any.direction, self.any.book).iter() {
            if member.is_required && !member.is_theirs || rng.flip() {
                object.insert(
                    member.name.to_owned(),
                    self.random(&member.schema, rng, Some(trail)),
                );
            }
        }
        object.into()
    }
}

/// So many plain items, different ones where the list wants that; `None` if there are not so many.
pub fn list_of<'d>(
    any: &Any<'_, 'd>,
    schema: &Schema<'d>,
    items: &Schema<'d>,
    count: usize,
    trail: &Trail<'_>,
) -> Option<Value> {
    let mut rng = Rng::new(u64::try_from(count).unwrap_or_default());
    if !schema.flag("uniqueItems") {
        let item = any.least_below(items, Some(trail));
        return Some(Value::Array(vec![item; count]));
    }
    let mut seen = std::collections::HashSet::new();
    let mut list = Vec::new();
    if count == 0 {
        return Some(Value::Array(list));
    }
    for _ in 0..count.saturating_mul(4).min(8000) {
        let item = any.value_below(items, &mut rng, Some(trail));
        if seen.insert(item.to_string()) {
            list.push(item);
        }
        if list.len() == count {
            return Some(Value::Array(list));
        }
    }
    None
}

/// An object with the members that it needs, and others that are wanted.
pub fn object_of<'d>(
    any: &Any<'_, 'd>,
    schema: &Schema<'d>,
    rng: &mut Rng,
    trail: &Trail<'_>,
    wants: impl Fn(&Member<'d>) -> bool,
) -> Map<String, Value> {
    let mut object = Map::new();
    for member in schema.members(any.direction, any.book).iter() {
        if member.is_required && !member.is_theirs || wants(member) {
            let value = any.value_below(&member.schema, rng, Some(trail));
            object.insert(member.name.to_owned(), value);
        }
    }
    let least = schema.count("minProperties").unwrap_or_default();
    if let Some(others) = schema.others() {
        for index in object.len()..least {
            object.insert(format!("key{index}"), any.value_below(&others, rng, Some(trail)));
        }
    }
    object
}

/// The object with another value of a member.
pub fn with(object: &Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    let mut object = object.clone();
    object.insert(name.to_owned(), value);
    object
}

/// Values for a schema that takes any.
fn anything() -> Vec<Made> {
    let values = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(9_007_199_254_740_991_i64),
        json!("gr\u{fc}n \u{1F600}"),
        json!([]),
        json!({}),
        json!({"a": [null, {"b": ""}], "": 0}),
    ];
    values.into_iter().map(|value| made(value, "any")).collect()
}

fn made(value: Value, rule: &'static str) -> Made {
    Made { value, rule }
}

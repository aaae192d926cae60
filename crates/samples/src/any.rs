//! One value for a schema: the smallest one, or one as a person would write it.

use serde_json::{Map, Value};

use crate::Direction;
use crate::judge;
use crate::number;
use crate::rng::Rng;
use crate::schema::{Book, Schema, Trail};
use crate::text::Texts;

/// Schemas inside of one another; deeper ones that require themselves have no value anyway.
const DEEPEST: usize = 24;

/// Makes single values.
pub struct Any<'m, 'd> {
    pub book: &'m Book<'d>,
    pub direction: Direction,
    pub prefers_examples: bool,
}

/// What is taken where there is a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taste {
    /// As little as possible.
    Least,
    /// All members, one item.
    Usual,
}

impl<'d> Any<'_, 'd> {
    /// A plain value.
    pub fn value(&self, schema: &Schema<'d>, rng: &mut Rng) -> Value {
        self.make(schema, Taste::Usual, rng, None, 0)
    }

    /// The least that is valid.
    pub fn smallest(&self, schema: &Schema<'d>) -> Value {
        self.make(schema, Taste::Least, &mut Rng::new(0), None, 0)
    }

    /// A plain value that stands inside of schemas that the walk went into.
    pub fn value_below(&self, schema: &Schema<'d>, rng: &mut Rng, trail: Option<&Trail<'_>>) -> Value {
        self.make(schema, Taste::Usual, rng, trail, 0)
    }

    /// The least that is valid inside of schemas that the walk went into.
    pub fn least_below(&self, schema: &Schema<'d>, trail: Option<&Trail<'_>>) -> Value {
        self.make(schema, Taste::Least, &mut Rng::new(0), trail, 0)
    }

    fn make(
        &self,
        schema: &Schema<'d>,
        taste: Taste,
        rng: &mut Rng,
        up: Option<&Trail<'_>>,
        depth: usize,
    ) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(example) = self.example(schema) {
            return example;
        }
        let schema = &self.book.resolve(schema);
        if let Some(example) = self.example(schema) {
            return example;
        }
        let trail = Trail::into(up, &schema.at);
        let taste = if trail.rounds() > 1 { Taste::Least } else { taste };
        if let Some(value) = schema.value.get("const") {
            return value.clone();
        }
        if let Some(options) = schema.value.get("enum").and_then(Value::as_array) {
            let option = match taste {
                Taste::Least => options.first(),
                Taste::Usual => rng.pick(options),
            };
            return option.cloned().unwrap_or_default();
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = schema.each(keyword);
            let is_null = |branch: &&Schema<'d>| self.book.resolve(branch).types() == Some(vec!["null"]);
            let branch = match taste {
                Taste::Least => branches.iter().find(is_null),
                Taste::Usual => branches.iter().find(|branch| !is_null(branch)),
            };
            if let Some(branch) = branch.or(branches.first()) {
                return self.make(branch, taste, rng, Some(&trail), depth + 1);
            }
        }
        self.typed(schema, taste, rng, &trail, depth)
    }

    fn typed(
        &self,
        schema: &Schema<'d>,
        taste: Taste,
        rng: &mut Rng,
        trail: &Trail<'_>,
        depth: usize,
    ) -> Value {
        let types = schema.types().unwrap_or_else(|| vec![inferred(schema)]);
        let kind = match taste {
            Taste::Least if types.contains(&"null") => "null",
            _ => types
                .iter()
                .copied()
                .find(|kind| *kind != "null")
                .unwrap_or("null"),
        };
        match kind {
            "boolean" => Value::Bool(taste == Taste::Usual && rng.flip()),
            "integer" | "number" => {
                let numbers = number::right(schema);
                let one = numbers.iter().find(|value| judge::same(value, &Value::from(1)));
                let usual = || small_number(schema, rng);
                let chosen = (taste == Taste::Usual).then(usual).flatten();
                chosen
                    .or_else(|| one.or(numbers.first()).cloned())
                    .unwrap_or_default()
            }
            "string" => {
                let texts = Texts::new(self.book, schema);
                match taste {
                    Taste::Least => texts.shortest().unwrap_or_default().into(),
                    Taste::Usual => texts.plain(rng).into(),
                }
            }
            "array" => self.list(schema, taste, rng, trail, depth),
            "object" => self.object(schema, taste, rng, trail, depth),
            _ => Value::Null,
        }
    }

    fn list(
        &self,
        schema: &Schema<'d>,
        taste: Taste,
        rng: &mut Rng,
        trail: &Trail<'_>,
        depth: usize,
    ) -> Value {
        let least = schema.count("minItems").unwrap_or_default();
        let most = schema.count("maxItems").unwrap_or(usize::MAX);
        let wanted = match taste {
            Taste::Least => least,
            Taste::Usual => least.max(1).min(most),
        };
        let Some(items) = schema.get("items") else {
            return Value::Array(vec![Value::Null; wanted]);
        };
        let mut found: Vec<Value> = Vec::new();
        for attempt in 0..wanted.saturating_mul(4) {
            if found.len() == wanted {
                break;
            }
            // Items that must differ take whatever chance brings.
            let taste = if attempt == 0 || !schema.flag("uniqueItems") {
                taste
            } else {
                Taste::Usual
            };
            let item = self.make(&items, taste, rng, Some(trail), depth + 1);
            if !schema.flag("uniqueItems") || !found.iter().any(|other| judge::same(other, &item)) {
                found.push(item);
            }
        }
        Value::Array(found)
    }

    fn object(
        &self,
        schema: &Schema<'d>,
        taste: Taste,
        rng: &mut Rng,
        trail: &Trail<'_>,
        depth: usize,
    ) -> Value {
        let mut members = Map::new();
        for member in schema.members(self.direction, self.book).iter() {
            let is_wanted = member.is_required || taste == Taste::Usual;
            if is_wanted && !member.is_theirs {
                let value = self.make(&member.schema, taste, rng, Some(trail), depth + 1);
                members.insert(member.name.to_owned(), value);
            }
        }
        let least = schema.count("minProperties").unwrap_or_default();
        let is_map = schema
            .value
            .get("additionalProperties")
            .is_some_and(Value::is_object);
        let wanted = least.max(usize::from(is_map && taste == Taste::Usual));
        if let Some(others) = schema.others() {
            for index in members.len()..wanted {
                let value = self.make(&others, taste, rng, Some(trail), depth + 1);
                members.insert(format!("key{index}"), value);
            }
        }
        Value::Object(members)
    }

    fn example(&self, schema: &Schema<'d>) -> Option<Value> {
        if !self.prefers_examples {
            return None;
        }
        let value = schema.value;
        let examples = value.get("examples").and_then(Value::as_array);
        let found = examples
            .and_then(|examples| examples.first())
            .or_else(|| value.get("example"))
            .or_else(|| value.get("default"))?;
        let fits = judge::complaints(self.book, schema, found, self.direction).is_empty();
        fits.then(|| found.clone())
    }
}

/// A small number that chance chooses.
fn small_number(schema: &Schema<'_>, rng: &mut Rng) -> Option<Value> {
    let least = ["minimum", "exclusiveMinimum"]
        .iter()
        .find_map(|name| schema.value.get(name)?.as_i64());
    let base = least.unwrap_or(0).max(0);
    let tries = [1000, 100, 10, 2, 1].map(|room| {
        let step = i64::try_from(rng.below(room)).unwrap_or_default();
        Value::from(base.saturating_add(step))
    });
    tries
        .into_iter()
        .find(|value| judge::number(schema, value).is_empty())
}

/// The type of a schema that names none.
fn inferred(schema: &Schema<'_>) -> &'static str {
    let has = |names: &[&str]| names.iter().any(|name| schema.value.get(name).is_some());
    if has(&["properties", "required", "additionalProperties"]) {
        "object"
    } else if has(&["items", "minItems", "maxItems"]) {
        "array"
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        "number"
    } else {
        "string"
    }
}

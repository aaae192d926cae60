//! Values that a JSON Schema of an OpenAPI document allows, and values that break it at exactly one place.
//!
//! For tests that ask whether a program does what its document says. Everything follows from the document, the
//! schema and a seed, so a run can be repeated. Amounts and sizes are bounded: a recursive schema is followed twice
//! around, a place gets some dozen values, a text or list that would be longer than `LARGEST` bytes is not made.
//!
//! What is known: `type`, `enum`, `const`, `minLength`, `maxLength`, `pattern`, `format`, `minimum`, `maximum`,
//! `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `properties`, `required`, `additionalProperties`,
//! `minProperties`, `maxProperties`, `items`, `minItems`, `maxItems`, `uniqueItems`, `oneOf`, `anyOf`, `$ref`,
//! `readOnly`, `writeOnly`. Other keywords are passed over.

mod any;
mod broken;
mod formats;
mod judge;
mod number;
mod pattern;
mod rng;
mod schema;
mod text;
pub mod trial;
mod valid;

pub use formats::ASSERTED;
pub use rng::Rng;

use std::collections::BTreeSet;

use serde_json::Value;

use any::Any;
use broken::Broken;
use schema::{Book, Schema};
use valid::Valid;

/// Bytes that a text or list may have.
pub const LARGEST: usize = 1 << 20;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// `readOnly` members may be left out, even if they are required.
    Request,
    /// There are no `writeOnly` members.
    Response,
}

/// A value and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub value: Value,
    /// The keyword that is broken; for a valid value, what it is a sample of.
    pub rule: &'static str,
    /// JSON pointer in the value: the place that is broken. A member that is missing is named by its own place.
    pub pointer: String,
    /// JSON pointer of the keyword in the document, below the schema as it was given.
    pub keyword: String,
}

/// Makes samples for the schemas of one document.
pub struct Samples<'d> {
    book: Book<'d>,
    seed: u64,
    prefers_examples: bool,
}

impl<'d> Samples<'d> {
    /// References are resolved inside of `document`. Another seed gives other values.
    pub fn new(document: &'d Value, seed: u64) -> Self {
        Self {
            book: Book::new(document),
            seed,
            prefers_examples: false,
        }
    }

    /// `any` takes the examples and defaults of schemas where there are some.
    #[must_use]
    pub fn preferring_examples(mut self) -> Self {
        self.prefers_examples = true;
        self
    }

    /// Other values from here on; what is known of the document is kept.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
    }

    /// Valid values: the smallest, the fullest, each optional member alone and absent, and then enough of them for
    /// every place to get each value that is worth a try: limits, words of enumerations, null, empty ones, texts
    /// from patterns, formats and all corners of Unicode.
    pub fn valid(&self, schema: &'d Value, direction: Direction) -> Vec<Sample> {
        self.valid_in(&rooted(schema), direction)
    }

    /// The same for the schema at a JSON pointer; none if nothing is there.
    pub fn valid_at(&self, pointer: &str, direction: Direction) -> Vec<Sample> {
        let schema = self.book.at(pointer);
        schema.map_or_else(Vec::new, |schema| self.valid_in(&schema, direction))
    }

    /// Values that are broken at one place, each keyword at each place in its own ways; of a named schema that stands
    /// at several places, each rule is broken once at the later ones. Where a keyword cannot be
    /// broken without another one at the same place, both are.
    pub fn broken(&self, schema: &'d Value, direction: Direction) -> Vec<Sample> {
        self.broken_in(&rooted(schema), direction)
    }

    /// The same for the schema at a JSON pointer; none if nothing is there.
    pub fn broken_at(&self, pointer: &str, direction: Direction) -> Vec<Sample> {
        let schema = self.book.at(pointer);
        schema.map_or_else(Vec::new, |schema| self.broken_in(&schema, direction))
    }

    /// The same, but of the schemas that are named here by pointer, inside of others, there are few.
    pub(crate) fn valid_but(
        &self,
        pointer: &str,
        direction: Direction,
        known: &BTreeSet<String>,
    ) -> Vec<Sample> {
        let valid = Valid::new(self.any_maker(direction), self.seed, known.clone());
        let schema = self.book.at(pointer);
        schema.map_or_else(Vec::new, |schema| valid.samples(&schema))
    }

    /// The same, but of the schemas that are named here by pointer, inside of others, each rule is broken only once.
    pub(crate) fn broken_but(
        &self,
        pointer: &str,
        direction: Direction,
        known: &BTreeSet<String>,
    ) -> Vec<Sample> {
        let broken = Broken::new(self.any_maker(direction), known.clone());
        let schema = self.book.at(pointer);
        schema.map_or_else(Vec::new, |schema| broken.samples(&schema))
    }

    /// A valid value as a person would write it: all members, short and plain texts that differ by seed.
    pub fn any(&self, schema: &'d Value, direction: Direction) -> Value {
        self.any_maker(direction)
            .value(&rooted(schema), &mut Rng::new(self.seed))
    }

    /// The same for the schema at a JSON pointer; null if nothing is there.
    pub fn any_at(&self, pointer: &str, direction: Direction) -> Value {
        let schema = self.book.at(pointer);
        schema.map_or(Value::Null, |schema| {
            self.any_maker(direction).value(&schema, &mut Rng::new(self.seed))
        })
    }

    /// The least that is valid: required members only, empty where that is allowed.
    pub fn smallest(&self, schema: &'d Value, direction: Direction) -> Value {
        self.any_maker(direction).smallest(&rooted(schema))
    }

    /// Where a value breaks a schema: JSON pointers in the value and the keywords.
    pub fn complaints(
        &self,
        schema: &'d Value,
        value: &Value,
        direction: Direction,
    ) -> Vec<(String, &'static str)> {
        judge::complaints(&self.book, &rooted(schema), value, direction)
    }

    fn any_maker(&self, direction: Direction) -> Any<'_, 'd> {
        Any {
            book: &self.book,
            direction,
            prefers_examples: self.prefers_examples,
        }
    }

    fn valid_in(&self, schema: &Schema<'d>, direction: Direction) -> Vec<Sample> {
        Valid::new(self.any_maker(direction), self.seed, BTreeSet::new()).samples(schema)
    }

    fn broken_in(&self, schema: &Schema<'d>, direction: Direction) -> Vec<Sample> {
        Broken::new(self.any_maker(direction), BTreeSet::new()).samples(schema)
    }
}

/// A value as the text of a parameter; `None` for null, lists and objects.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn rooted(value: &Value) -> Schema<'_> {
    Schema {
        value,
        at: String::new(),
    }
}

/// How many bytes a value has, more or less.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| weight(item) + 1).sum::<usize>() + 2,
        Value::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, value)| name.len() + weight(value) + 4)
                .sum::<usize>()
                + 2
        }
        _ => 8,
    }
}

#[cfg(test)]
mod tests;

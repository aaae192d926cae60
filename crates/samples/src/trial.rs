//! Trials: what a program is asked about the schemas of its document, and whether its answers are what these demand.
//!
//! The document says which bodies, parameters and headers there are. Each gets its samples, an independent validator of JSON
//! Schema says which of them are valid, and the program has to be of the same opinion.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::PatternCache;
use serde_json::Value;

use crate::schema::{Book, Schema};
use crate::{Direction, Sample, Samples};

mod answer;
mod headers;
mod likeness;
mod oracle;
mod parameters;

use oracle::Oracle;

/// The verbs of a path item.
const VERBS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
/// The media type of forms.
const FORM: &str = "application/x-www-form-urlencoded";

/// Bytes of a sample that is tried in XML in any case.
const LONG: usize = 20_000;

/// Bytes of longer samples that are tried in XML, too, for each document, the shortest first: what checks a body is the
/// same for all media types, and XML is read and written twice.
const LONG_IN_XML: usize = 500_000;

/// The samples of one kind.
pub struct Group<'d> {
    /// What they are for, as the program is told: `body <request|answer> <schema> <media type>`,
    /// `parameters <operation>` or `headers <operation> <status>`.
    pub line: String,
    pub cases: Vec<Case>,
    kind: Kind<'d>,
}

/// A sample as the program gets it.
pub struct Case {
    /// JSON without line ends.
    pub line: String,
    pub sample: Sample,
    /// What the document demands.
    pub is_valid: bool,
}

enum Kind<'d> {
    Body(Body<'d>),
    Parameter,
    Header(headers::Header<'d>),
}

struct Body<'d> {
    schema: Schema<'d>,
    media: Media,
    /// What is written has to keep the schema as answers do.
    answers: std::rc::Rc<Oracle>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    Json,
    Xml,
    Form,
}

impl Media {
    /// Whether the media type can carry the sample.
    fn can_say(self, sample: &Sample) -> bool {
        match self {
            Self::Json => true,
            Self::Form => is_form(&sample.value),
            Self::Xml => {
                let broken = sample.value.pointer(&sample.pointer);
                sample.rule != "type" || broken.is_some_and(Value::is_string)
            }
        }
    }
}

/// A disagreement between a program and its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The rule of `cargo xtask check`.
    pub rule: &'static str,
    /// JSON pointer into the document: the keyword that it is about.
    pub pointer: String,
    pub text: String,
}

/// All trials of a document.
pub struct Trials<'d> {
    book: Book<'d>,
    patterns: PatternCache,
    pub groups: Vec<Group<'d>>,
    /// Samples about which the validator was of another opinion than they were made for.
    pub disputed: Vec<Sample>,
}

impl<'d> Trials<'d> {
    /// Makes the samples of every body and parameter of the document. Fails if it has a schema that is none.
    pub fn new(document: &'d Value, seed: u64) -> Result<Self, String> {
        let mut trials = Self {
            book: Book::new(document),
            patterns: PatternCache::new(),
            groups: Vec::new(),
            disputed: Vec::new(),
        };
        let samples = Samples::new(document, seed);
        trials.bodies(document, &samples)?;
        trials.afford();
        parameters::gather(&mut trials, document, &samples)?;
        headers::gather(&mut trials, document, &samples)?;
        Ok(trials)
    }

    fn bodies(&mut self, document: &'d Value, samples: &Samples<'d>) -> Result<(), String> {
        let bodies = bodies(document);
        let at = |name: &str| format!("/components/schemas/{name}");
        let known: BTreeSet<String> = bodies.keys().map(|(name, _)| at(name)).collect();
        for ((name, direction), media_types) in &bodies {
            let (pointer, direction) = (at(name), *direction);
            let Some(schema) = self.book.at(&pointer) else {
                continue;
            };
            let oracle = Oracle::new(document, &pointer, direction, &self.patterns)?;
            let answers = std::rc::Rc::new(Oracle::new(
                document,
                &pointer,
                Direction::Response,
                &self.patterns,
            )?);
            let valid = samples.valid_but(&pointer, direction, &known);
            // What reads a body reads it the same way in requests and answers.
            let as_request = bodies.get(&(*name, Direction::Request));
            let is_read = direction == Direction::Response && as_request == Some(media_types);
            let broken = if is_read {
                Vec::new()
            } else {
                samples.broken_but(&pointer, direction, &known)
            };
            let cases = self.judged(&oracle, valid, broken);
            let way = match direction {
                Direction::Request => "request",
                Direction::Response => "answer",
            };
            for media_type in media_types {
                let media = match *media_type {
                    FORM => Media::Form,
                    "application/xml" => Media::Xml,
                    _ => Media::Json,
                };
                let fits = |case: &&(Sample, bool)| media.can_say(&case.0);
                let case = |(sample, is_valid): &(Sample, bool)| {
                    let mut sample = sample.clone();
                    if media == Media::Xml {
                        plain_numbers(&mut sample.value);
                    }
                    Case {
                        line: sample.value.to_string(),
                        sample,
                        is_valid: *is_valid,
                    }
                };
                self.groups.push(Group {
                    line: format!("body {way} {name} {media_type}"),
                    cases: cases.iter().filter(fits).map(case).collect(),
                    kind: Kind::Body(Body {
                        schema: schema.clone(),
                        media,
                        answers: std::rc::Rc::clone(&answers),
                    }),
                });
            }
        }
        Ok(())
    }

    /// Takes long samples in XML away that cost too much.
    fn afford(&mut self) {
        let is_xml = |group: &Group<'_>| matches!(&group.kind, Kind::Body(body) if body.media == Media::Xml);
        let mut long: Vec<(usize, String)> = Vec::new();
        for group in self.groups.iter().filter(|group| is_xml(group)) {
            let cases = group.cases.iter().filter(|case| case.line.len() > LONG);
            long.extend(cases.map(|case| (case.line.len(), case.line.clone())));
        }
        long.sort();
        let mut left = LONG_IN_XML;
        let is_kept = |(size, line): (usize, String)| {
            left = left.saturating_sub(size);
            (left > 0).then_some(line)
        };
        let kept: BTreeSet<String> = long.into_iter().map_while(is_kept).collect();
        for group in self.groups.iter_mut().filter(|group| is_xml(group)) {
            group
                .cases
                .retain(|case| case.line.len() <= LONG || kept.contains(&case.line));
        }
    }

    /// Valid and broken samples with the opinion of the validator.
    fn judged(&mut self, oracle: &Oracle, valid: Vec<Sample>, broken: Vec<Sample>) -> Vec<(Sample, bool)> {
        let valid = valid.into_iter().map(|sample| (sample, true));
        let broken = broken.into_iter();
        // Whether an answer has what it must not have is seen in what is written, and maps are never read.
        let broken =
            broken.filter(|sample| !["writeOnly", "minProperties", "maxProperties"].contains(&sample.rule));
        let all: Vec<(Sample, bool)> = valid.chain(broken.map(|sample| (sample, false))).collect();
        let judge = |(sample, is_meant): (Sample, bool)| {
            let is_valid = oracle.accepts(&sample.value);
            if is_valid != is_meant {
                self.disputed.push(sample.clone());
            }
            (sample, is_valid)
        };
        all.into_iter().map(judge).collect()
    }

    /// What is wrong with the answer to a case: one line, as the program printed it.
    pub fn complaint(&self, group: &Group<'d>, case: &Case, line: &str) -> Result<Option<Complaint>, String> {
        answer::complaint(&self.book, group, case, line)
    }
}

/// Each schema that is a body, the way it goes, and its media types.
fn bodies(document: &Value) -> BTreeMap<(&str, Direction), BTreeSet<&str>> {
    let mut found: BTreeMap<(&str, Direction), BTreeSet<&str>> = BTreeMap::new();
    for (_, _, operation) in operations(document) {
        let responses = operation["responses"].as_object().into_iter().flatten();
        let responses = responses.map(|(_, response)| (response, Direction::Response));
        let request = operation
            .get("requestBody")
            .map(|body| (body, Direction::Request));
        for (message, direction) in responses.chain(request) {
            let content = resolve(document, message)["content"].as_object();
            for (media_type, media) in content.into_iter().flatten() {
                let name = media["schema"]["$ref"]
                    .as_str()
                    .and_then(|reference| reference.rsplit('/').next());
                if let Some(name) = name {
                    found.entry((name, direction)).or_default().insert(media_type);
                }
            }
        }
    }
    found
}

/// Path, pointer and operation object of each operation.
fn operations(document: &Value) -> Vec<(&str, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let pointer = crate::schema::below("/paths", path);
        for verb in VERBS {
            if let Some(operation) = item.get(verb) {
                found.push((path.as_str(), format!("{pointer}/{verb}"), operation));
            }
        }
    }
    found
}

fn resolve<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let target = value["$ref"]
        .as_str()
        .and_then(|reference| document.pointer(reference.trim_start_matches('#')));
    target.unwrap_or(value)
}

/// `1.0` is a whole number in JSON only.
fn plain_numbers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plain_numbers),
        Value::Object(members) => members.values_mut().for_each(plain_numbers),
        Value::Number(number) => {
            let float = number
                .as_f64()
                .filter(|float| float.fract() == 0.0 && float.abs() < 9.0e15);
            if let Some(float) = float.filter(|_| number.is_f64()) {
                #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
                let whole = float as i64;
                *value = whole.into();
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// An object of texts.
fn is_form(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|members| members.values().all(Value::is_string))
}

//! The trials of headers of answers: what a handler gives has to be written, once, and mean the same.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::oracle::Oracle;
use super::{Case, Group, Kind, Trials, likeness, operations, parameters, resolve};
use crate::schema::{Book, Schema, below};
use crate::{Direction, Sample, Samples, text_of};

/// A header that is tried.
pub struct Header<'d> {
    name: String,
    schema: Schema<'d>,
    oracle: Rc<Oracle>,
}

/// A header of an answer, as the document has it.
struct Described {
    name: String,
    is_required: bool,
    /// Pointer to its schema.
    schema: String,
}

/// Adds a group for each header that a handler gives.
pub fn gather<'d>(trials: &mut Trials<'d>, document: &'d Value, samples: &Samples<'d>) -> Result<(), String> {
    for (_, pointer, operation) in operations(document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let at = followed(response, || format!("{pointer}/responses/{status}"));
            let response = resolve(document, response);
            let headers = described(document, response, &at);
            let body = body(document, response, &at, samples);
            for header in &headers {
                let line = format!("headers {id} {status}");
                let group = of_one(trials, document, samples, (header, &headers), body.as_ref(), line)?;
                trials.groups.extend(group);
            }
        }
    }
    Ok(())
}

/// Where something stands that may be a reference.
fn followed(value: &Value, own: impl FnOnce() -> String) -> String {
    let reference = value["$ref"].as_str();
    reference.map_or_else(own, |reference| reference.trim_start_matches('#').to_owned())
}

fn described(document: &Value, response: &Value, at: &str) -> Vec<Described> {
    let all = response["headers"].as_object().into_iter().flatten();
    let header = |(name, header): (&String, &Value)| {
        let at = followed(header, || below(&format!("{at}/headers"), name));
        let header = resolve(document, header);
        // These two follow from a refusal, not from what a handler gives.
        let is_own = ["www-authenticate", "allow"].contains(&name.to_lowercase().as_str())
            || header["x-roster-set-by"] == "server";
        (!is_own).then(|| Described {
            name: name.clone(),
            is_required: header["required"] == true,
            schema: format!("{at}/schema"),
        })
    };
    all.filter_map(header).collect()
}

/// A body of the answer: its first example, else any; none where it has none. Not every body can be read back: nothing
/// reads maps.
fn body(document: &Value, response: &Value, at: &str, samples: &Samples<'_>) -> Option<Value> {
    let (media_type, media) = response["content"].as_object()?.iter().next()?;
    let examples = media["examples"].as_object().into_iter().flatten();
    let mut examples = examples.filter_map(|(_, example)| resolve(document, example).get("value"));
    if let Some(example) = examples.next() {
        return Some(example.clone());
    }
    let own = || format!("{}/schema", below(&format!("{at}/content"), media_type));
    let schema = followed(&media["schema"], own);
    document.pointer(&schema)?;
    Some(samples.any_at(&schema, Direction::Response))
}

fn of_one<'d>(
    trials: &Trials<'d>,
    document: &'d Value,
    samples: &Samples<'d>,
    (header, all): (&Described, &[Described]),
    body: Option<&Value>,
    line: String,
) -> Result<Option<Group<'d>>, String> {
    let Some(schema) = trials.book.at(&header.schema) else {
        return Ok(None);
    };
    let direction = Direction::Response;
    let oracle = Oracle::new(document, &header.schema, direction, &trials.patterns)?;
    let mut others = Map::new();
    for other in all
        .iter()
        .filter(|other| other.is_required && other.name != header.name)
    {
        let text = text_of(&samples.any_at(&other.schema, direction));
        others.insert(other.name.clone(), text.into());
    }
    let case = |value: Option<Value>, sample: Sample| {
        let mut headers = others.clone();
        if let Some(value) = value {
            headers.insert(header.name.clone(), value);
        }
        Case {
            line: json!({"headers": headers, "body": body}).to_string(),
            sample,
            is_valid: true,
        }
    };
    let mut cases = Vec::new();
    for sample in samples.valid_at(&header.schema, direction) {
        let text = parameters::texts(&sample.value, schema.value).and_then(|texts| texts.into_iter().next());
        let text = text.filter(|text| is_carried(text) && oracle.accepts(&sample.value));
        cases.extend(text.map(|text| case(Some(text.into()), sample)));
    }
    if !header.is_required {
        let absent = Sample {
            value: Value::Null,
            rule: "absent",
            pointer: String::new(),
            keyword: header.schema.clone(),
        };
        cases.push(case(None, absent));
    }
    let kind = Kind::Header(Header {
        name: header.name.clone(),
        schema,
        oracle: Rc::new(oracle),
    });
    Ok((!cases.is_empty()).then_some(Group { line, cases, kind }))
}

/// What every program takes in a header.
fn is_carried(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && text.trim() == text
}

/// What is wrong with a written header: rule and words.
pub fn judge(
    book: &Book<'_>,
    header: &Header<'_>,
    sample: &Sample,
    answer: &Answer,
) -> Option<(&'static str, String)> {
    let name = &header.name;
    let written = match &answer.outcome {
        Ok(written) => written.as_ref(),
        Err(_) => return Some(("sample-refused", format!("no answer is made of `{name}`"))),
    };
    let texts = written.and_then(|written| written.get(name.to_lowercase()));
    let texts: Vec<&str> = texts
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let text = match (texts.as_slice(), sample.rule) {
        ([], "absent") => return None,
        ([text], rule) if rule != "absent" => (*text).to_owned(),
        _ => {
            let text = format!("`{name}` is written {} times", texts.len());
            return Some(("sample-changed", text));
        }
    };
    let Some(value) = parameters::reading(book.root(), header.schema.value, std::slice::from_ref(&text))
    else {
        return Some(("sample-unfit", format!("`{name}: {text}` is of another type")));
    };
    if let Some(objection) = header.oracle.objection(&value) {
        let text = format!("`{name}: {text}` breaks the schema: {objection}");
        return Some(("sample-unfit", text));
    }
    let is_changed = !likeness::differences(book, &header.schema, &sample.value, &value).is_empty();
    is_changed.then(|| ("sample-changed", format!("`{name}` is written as `{text}`")))
}

impl Header<'_> {
    /// Pointer to its schema.
    pub fn at(&self) -> String {
        self.schema.at.clone()
    }
}

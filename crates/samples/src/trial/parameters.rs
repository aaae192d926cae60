//! The trials of parameters: whole requests, in which one parameter after the other gets its samples as text.

use jsonschema::PatternCache;
use serde_json::{Value, json};

use super::oracle::Oracle;
use super::{Case, Group, Kind, Trials, operations, resolve};
use crate::schema::below;
use crate::{Direction, Sample, Samples, text_of};

/// Bytes of a target; more than that is no URI for most programs.
const LONGEST: usize = 60_000;

/// Texts that are close to numbers and flags and are none.
const NO_NUMBERS: [&str; 16] = [
    "",
    "+1",
    " 1",
    "1 ",
    "0x1",
    "1_000",
    "1,5",
    "\u{663}",
    "--1",
    "1e",
    "NaN",
    "inf",
    ".5",
    "1.",
    "01x",
    "9223372036854775808",
];
const NO_FLAGS: [&str; 6] = ["", "1", "0", "yes", "truee", " true"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
}

struct Parameter<'d> {
    name: &'d str,
    place: Place,
    is_required: bool,
    /// A list is one text with commas.
    is_joined: bool,
    schema: &'d Value,
    /// Where the schema stands.
    pointer: String,
    object: &'d Value,
}

/// What a parameter is given.
enum Given {
    Nothing,
    Texts(Vec<String>),
}

/// Adds a group for each operation with parameters.
pub fn gather<'d>(trials: &mut Trials<'d>, document: &'d Value, samples: &Samples<'d>) -> Result<(), String> {
    for (path, pointer, operation) in operations(document) {
        let parameters = parameters(document, &pointer, operation);
        if parameters.is_empty() {
            continue;
        }
        let mut cases = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let request = |given: &Given| request(path, &parameters, index, given, samples);
            cases.extend(of_one(document, parameter, samples, &trials.patterns, &request)?);
        }
        let id = operation["operationId"].as_str().unwrap_or_default();
        trials.groups.push(Group {
            line: format!("parameters {id}"),
            cases,
            kind: Kind::Parameter,
        });
    }
    Ok(())
}

fn parameters<'d>(document: &'d Value, pointer: &str, operation: &'d Value) -> Vec<Parameter<'d>> {
    let item = pointer.rsplit_once('/').map_or("", |(item, _)| item);
    let lists = [(item, document.pointer(item)), (pointer, Some(operation))];
    let mut found: Vec<Parameter<'d>> = Vec::new();
    for (around, list) in lists {
        let list = list.and_then(|list| list["parameters"].as_array());
        for (index, one) in list.into_iter().flatten().enumerate() {
            let object = resolve(document, one);
            let at = match one["$ref"].as_str() {
                Some(reference) => reference.trim_start_matches('#').to_owned(),
                None => format!("{around}/parameters/{index}"),
            };
            let place = match object["in"].as_str() {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                Some("header") => Place::Header,
                _ => continue,
            };
            let parameter = Parameter {
                name: object["name"].as_str().unwrap_or_default(),
                place,
                is_required: object["required"] == true,
                is_joined: object["explode"] == false,
                schema: &object["schema"],
                pointer: at + "/schema",
                object,
            };
            found.retain(|other| other.name != parameter.name || other.place != parameter.place);
            found.push(parameter);
        }
    }
    found
}

/// The cases of one parameter.
fn of_one<'d>(
    document: &'d Value,
    parameter: &Parameter<'d>,
    samples: &Samples<'d>,
    patterns: &PatternCache,
    request: &dyn Fn(&Given) -> Option<String>,
) -> Result<Vec<Case>, String> {
    let oracle = Oracle::new(document, &parameter.pointer, Direction::Request, patterns)?;
    let mut cases = Vec::new();
    let mut add = |given: Given, value: Value, rule: &'static str, keyword: String, is_valid: bool| {
        cases.extend(request(&given).map(|line| Case {
            line,
            sample: Sample {
                value: value.clone(),
                rule,
                pointer: parameter.name.to_owned(),
                keyword,
            },
            is_valid,
        }));
    };
    let of_schema = |rule: &str| below(&parameter.pointer, rule);
    if parameter.place != Place::Path {
        let rule = if parameter.is_required {
            "required"
        } else {
            "absent"
        };
        let at = parameter.pointer.trim_end_matches("/schema").to_owned();
        add(Given::Nothing, Value::Null, rule, at, !parameter.is_required);
    }
    for text in selections(document, parameter.object) {
        let at = of_schema("type");
        add(Given::Texts(vec![text]), Value::Null, "selection", at, true);
    }
    let valid = samples.valid_at(&parameter.pointer, Direction::Request);
    for sample in valid
        .into_iter()
        .chain(samples.broken_at(&parameter.pointer, Direction::Request))
    {
        let Some(texts) = texts(&sample.value, parameter.schema) else {
            continue;
        };
        let is_valid =
            reading(document, parameter.schema, &texts).is_some_and(|value| oracle.accepts(&value));
        add(
            Given::Texts(texts),
            sample.value,
            sample.rule,
            sample.keyword,
            is_valid,
        );
    }
    for text in near_misses(document, parameter.schema) {
        add(
            Given::Texts(vec![(*text).to_owned()]),
            Value::Null,
            "type",
            of_schema("type"),
            false,
        );
    }
    Ok(cases)
}

/// Texts that are not of the schema's type.
fn near_misses(document: &Value, schema: &Value) -> &'static [&'static str] {
    match resolve(document, schema)["type"].as_str() {
        Some("integer") => &NO_NUMBERS,
        // The last one is a number.
        Some("number") => NO_NUMBERS.get(..15).unwrap_or_default(),
        Some("boolean") => &NO_FLAGS,
        _ => &[],
    }
}

/// A sample as the texts of a request; `None` if texts cannot say it.
pub(super) fn texts(value: &Value, schema: &Value) -> Option<Vec<String>> {
    let is_list = schema["type"] == "array";
    match value {
        // A list without items is no parameter at all.
        Value::Array(items) if is_list && !items.is_empty() => items.iter().map(text_of).collect(),
        Value::Array(_) => None,
        _ if is_list => None,
        // `1.0` is a whole number in JSON only.
        Value::Number(number) if schema["type"] == "integer" && number.is_f64() && is_whole(number) => None,
        value => text_of(value).map(|text| vec![text]),
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// What the texts say to a program that knows the type; `None` if they are not of it.
pub(super) fn reading(document: &Value, schema: &Value, texts: &[String]) -> Option<Value> {
    let schema = resolve(document, schema);
    let one = |schema: &Value, text: &String| match resolve(document, schema)["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => Some(json!(text)),
    };
    if schema["type"] == "array" {
        let items = texts.iter().map(|text| one(&schema["items"], text));
        return items.collect::<Option<Vec<_>>>().map(Value::Array);
    }
    one(schema, texts.first()?)
}

/// Selections of members. None is wrong: what they name in vain counts for nothing.
fn selections(document: &Value, parameter: &Value) -> Vec<String> {
    if parameter["x-roster-type"] != "selection" {
        return Vec::new();
    }
    let name = parameter["x-roster-selects"].as_str().unwrap_or_default();
    let members = document["components"]["schemas"][name]["properties"].as_object();
    let names: Vec<&str> = members
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    let each = names
        .iter()
        .flat_map(|name| [(*name).to_owned(), format!("-{name}"), format!("{name}x")]);
    each.chain([names.join(","), "(".to_owned(), ",".to_owned()])
        .collect()
}

/// A request with plain values for what it needs, and what is given for one parameter; `None` if HTTP cannot
/// carry that.
fn request(
    path: &str,
    parameters: &[Parameter<'_>],
    tried: usize,
    given: &Given,
    samples: &Samples<'_>,
) -> Option<String> {
    let mut target = path.to_owned();
    let mut pairs = Vec::new();
    let mut headers = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let plain;
        let texts = match given {
            Given::Texts(texts) if index == tried => texts,
            Given::Nothing if index == tried => continue,
            _ if parameter.is_required => {
                let value = samples.any_at(&parameter.pointer, Direction::Request);
                plain = texts_of_any(&value);
                &plain
            }
            _ => continue,
        };
        match parameter.place {
            Place::Path => {
                let text = texts.first().filter(|text| !text.is_empty())?;
                target = target.replace(&format!("{{{}}}", parameter.name), &escaped(text));
            }
            Place::Query if parameter.is_joined => {
                let items: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
                pairs.push(format!("{}={}", escaped(parameter.name), items.join(",")));
            }
            Place::Query => {
                let name = escaped(parameter.name);
                pairs.extend(texts.iter().map(|text| format!("{name}={}", escaped(text))));
            }
            Place::Header => {
                let text = texts.first().filter(|text| is_header(text))?;
                headers.push(json!([parameter.name, text]));
            }
        }
    }
    if !pairs.is_empty() {
        target = format!("{target}?{}", pairs.join("&"));
    }
    (target.len() <= LONGEST).then(|| json!({"target": target, "headers": headers}).to_string())
}

fn texts_of_any(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text_of).collect(),
        value => text_of(value).into_iter().collect(),
    }
}

/// HTTP cuts spaces off a header's value, and carries no control characters in it.
fn is_header(text: &str) -> bool {
    text.trim_matches([' ', '\t']) == text && !text.chars().any(|c| c.is_ascii_control() && c != '\t')
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let digit = |nibble: u8| {
                char::from_digit(nibble.into(), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase()
            };
            escaped.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    escaped
}

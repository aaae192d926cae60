//! Whether a program's answer to a sample is the one that the document demands.

use serde_json::Value;

use super::{Body, Case, Complaint, Group, Kind, Media, likeness};
use crate::judge;
use crate::schema::{Book, Schema};

/// Characters of a sample that a message repeats.
const SHOWN: usize = 160;

/// What a program said.
struct Answer {
    /// The value as it arrived.
    carried: Option<Value>,
    outcome: Result<Option<Value>, Vec<Violation>>,
}

struct Violation {
    pointer: String,
    rule: String,
    message: String,
}

impl Answer {
    fn read(line: &str) -> Option<Self> {
        if line == "=" {
            return Some(Self {
                carried: None,
                outcome: Ok(None),
            });
        }
        let mut answer: Value = serde_json::from_str(line).ok()?;
        let carried = answer.get_mut("carried").map(Value::take);
        if let Some(written) = answer.get_mut("written").map(Value::take) {
            return Some(Self {
                carried,
                outcome: Ok(Some(written)),
            });
        }
        let violation = |told: &Value| {
            Some(Violation {
                pointer: told[0].as_str()?.to_owned(),
                rule: told[1].as_str()?.to_owned(),
                message: told[2].as_str()?.to_owned(),
            })
        };
        let violations = answer["violations"].as_array()?.iter().map(violation);
        Some(Self {
            carried,
            outcome: Err(violations.collect::<Option<_>>()?),
        })
    }
}

/// What is wrong with an answer. Fails if it is no answer.
pub fn complaint(
    book: &Book<'_>,
    group: &Group<'_>,
    case: &Case,
    line: &str,
) -> Result<Option<Complaint>, String> {
    if line == "?" {
        return Ok(Some(Complaint {
            rule: "sample-untried",
            pointer: match &group.kind {
                Kind::Body(body) => body.schema.at.clone(),
                Kind::Parameter => case.sample.keyword.clone(),
            },
            text: format!("the server does not know `{}`", group.line),
        }));
    }
    let answer = Answer::read(line).ok_or_else(|| format!("`{}`: no answer: {}", group.line, cut(line)))?;
    let body = match &group.kind {
        Kind::Body(body) => Some(body),
        Kind::Parameter => None,
    };
    let say = |rule, pointer: &str, text: String| {
        Ok(Some(Complaint {
            rule,
            pointer: pointer.to_owned(),
            text: format!("{}: {text}; sample: {}", group.line, cut(&case.line)),
        }))
    };
    if !case.is_valid && body.is_some_and(|body| !arrived(book, body, case, &answer)) {
        // The media type cannot say what is wrong with the sample.
        return Ok(None);
    }
    if let (Some(body), Some(carried)) = (body, &answer.carried)
        && let Some(lost) = likeness::differences(book, &body.schema, &sent(body, case), carried).first()
    {
        let text = format!("{} does not arrive as it was sent", place(lost));
        return say("sample-changed", &keyword(book, body, lost, ""), text);
    }
    match (&answer.outcome, case.is_valid) {
        (Err(violations), true) => {
            let Some(first) = violations.first() else {
                return Err(format!("`{}`: refused without a violation", group.line));
            };
            let at = body.map_or_else(
                || case.sample.keyword.clone(),
                |body| keyword(book, body, &first.pointer, &first.rule),
            );
            let text = format!("{} is refused: {}", place(&first.pointer), first.message);
            say("sample-refused", &at, text)
        }
        (Ok(_), false) if is_tolerated(book, body, case) => Ok(None),
        (Ok(_), false) => {
            let text = format!(
                "{} breaks `{}` and is accepted",
                place(&case.sample.pointer),
                case.sample.rule
            );
            say("sample-accepted", &case.sample.keyword, text)
        }
        (Err(violations), false) => {
            let wanted = &case.sample.pointer;
            if violations.iter().any(|violation| violation.pointer == *wanted) {
                return Ok(None);
            }
            let told: Vec<&str> = violations
                .iter()
                .map(|violation| place(&violation.pointer))
                .collect();
            let text = format!(
                "{} breaks `{}`, and the refusal names {}",
                place(wanted),
                case.sample.rule,
                told.join(", ")
            );
            say("sample-misplaced", &case.sample.keyword, text)
        }
        (Ok(None), true) => Ok(None),
        (Ok(Some(written)), true) => {
            let Some(body) = body else { return Ok(None) };
            if let Some(objection) = body.answers.objection(written) {
                return say(
                    "sample-unfit",
                    &body.schema.at,
                    format!("what is written breaks the schema: {objection}"),
                );
            }
            match likeness::differences(book, &body.schema, &sent(body, case), written).first() {
                None => Ok(None),
                Some(lost) => {
                    let text = format!("{} is not written as it was sent", place(lost));
                    say("sample-changed", &keyword(book, body, lost, ""), text)
                }
            }
        }
    }
}

/// Whether what is wrong with a broken sample came through its media type: XML and forms have no types.
fn arrived(book: &Book<'_>, body: &Body<'_>, case: &Case, answer: &Answer) -> bool {
    match &answer.carried {
        Some(carried) => likeness::differences(book, &body.schema, &case.sample.value, carried).is_empty(),
        None => body.media == Media::Json || answer.outcome.is_ok(),
    }
}

/// The value as the media type has to carry it: in a form, a text that is empty counts as none.
fn sent(body: &Body<'_>, case: &Case) -> Value {
    let mut sent = case.sample.value.clone();
    if let (Media::Form, Value::Object(members)) = (body.media, &mut sent) {
        members.retain(|_, value| value != "");
    }
    sent
}

/// Whether the document says at the broken place, or as a whole, that more is taken than its schema has.
fn is_tolerated(book: &Book<'_>, body: Option<&Body<'_>>, case: &Case) -> bool {
    let Some(body) = body else {
        return case.sample.rule == "enum"
            && tolerates(book.root(), "value-case")
            && is_case_alone(book, case);
    };
    let Some(schema) = schema_at(book, &body.schema, &case.sample.pointer) else {
        return false;
    };
    let value = case
        .sample
        .value
        .pointer(&case.sample.pointer)
        .unwrap_or(&Value::Null);
    let is_number = || tolerates(schema.value, "number") && judge::is_of("integer", value);
    let is_guid = || schema.text("x-roster-type") == Some("guid") && value.as_str().is_some_and(is_guid);
    is_number() || is_guid()
}

fn tolerates(value: &Value, word: &str) -> bool {
    let words = value.get("x-roster-tolerates").and_then(Value::as_array);
    words.is_some_and(|words| words.iter().any(|have| have == word))
}

/// Whether a word of an enumeration is wrong in its letter case only.
fn is_case_alone(book: &Book<'_>, case: &Case) -> bool {
    let options = book
        .at(&case.sample.keyword)
        .and_then(|options| options.value.as_array());
    let given = case.sample.value.as_str().unwrap_or_default();
    let mut words = options.into_iter().flatten().filter_map(Value::as_str);
    words.any(|word| word.eq_ignore_ascii_case(given))
}

/// 32 hexadecimal digits, with or without the dashes of a UUID.
fn is_guid(text: &str) -> bool {
    let digits: String = match text.len() {
        36 => {
            let is_dashed = [8, 13, 18, 23]
                .iter()
                .all(|at| text.as_bytes().get(*at) == Some(&b'-'));
            if is_dashed {
                text.replace('-', "")
            } else {
                return false;
            }
        }
        _ => text.to_owned(),
    };
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The keyword of the schema at a place in a value, or the schema itself if it has no such keyword.
fn keyword(book: &Book<'_>, body: &Body<'_>, pointer: &str, rule: &str) -> String {
    let schema = schema_at(book, &body.schema, pointer).unwrap_or_else(|| body.schema.clone());
    let resolved = book.resolve(&schema);
    if !rule.is_empty() && resolved.value.get(rule).is_some() {
        return resolved.keyword(rule);
    }
    schema.at
}

/// The schema of the place in a value; references at the very end are not followed.
fn schema_at<'d>(book: &Book<'d>, schema: &Schema<'d>, pointer: &str) -> Option<Schema<'d>> {
    let mut here = schema.clone();
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        let mut around = book.resolve(&here);
        let branches = around.each("oneOf");
        if let Some(branch) = branches
            .iter()
            .find(|branch| branch.types() != Some(vec!["null"]))
        {
            around = book.resolve(branch);
        }
        let member = around.get("properties").and_then(|members| members.get(&name));
        here = member
            .or_else(|| around.get("items"))
            .or_else(|| around.get("additionalProperties"))?;
    }
    Some(here)
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the whole value"
    } else {
        pointer
    }
}

/// Few enough characters to be read.
fn cut(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN).collect();
    format!("{head}… ({} bytes)", text.len())
}

//! Whether a program's answer to a sample is the one that the document demands.

use serde_json::Value;

use super::{Body, Case, Complaint, Group, Kind, Media, headers, likeness};
use crate::judge;
use crate::schema::{Book, Schema};

/// Characters of a sample that a message repeats.
const SHOWN: usize = 160;

/// What a program said.
pub(super) struct Answer {
    /// The value as it arrived.
    carried: Option<Value>,
    pub(super) outcome: Result<Option<Value>, Vec<Violation>>,
}

pub(super) struct Violation {
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
pub fn complaint<'d>(
    book: &Book<'d>,
    group: &Group<'d>,
    case: &Case,
    line: &str,
) -> Result<Option<Complaint>, String> {
    let judging = Judging { book, group, case };
    if line == "?" {
        let pointer = match &group.kind {
            Kind::Body(body) => body.schema.at.clone(),
            Kind::Parameter => case.sample.keyword.clone(),
            Kind::Header(header) => header.at(),
        };
        let text = format!("the server does not know `{}`", group.line);
        return Ok(Some(Complaint {
            rule: "sample-untried",
            pointer,
            text,
        }));
    }
    let answer = Answer::read(line).ok_or_else(|| format!("`{}`: no answer: {}", group.line, cut(line)))?;
    Ok(match (&group.kind, case.is_valid) {
        (Kind::Body(body), true) => judging.valid(body, &answer),
        (Kind::Body(body), false) if !arrived(book, body, case, &answer) => None,
        (Kind::Body(body), false) => judging.broken(Some(body), &answer),
        (Kind::Parameter, false) => judging.broken(None, &answer),
        (Kind::Parameter, true) => judging.refusal(None, &answer),
        (Kind::Header(header), _) => {
            let wrong = headers::judge(book, header, &case.sample, &answer);
            wrong.map(|(rule, text)| judging.say(rule, header.at(), &text))
        }
    })
}

struct Judging<'j, 'd> {
    book: &'j Book<'d>,
    group: &'j Group<'d>,
    case: &'j Case,
}

impl<'d> Judging<'_, 'd> {
    /// A valid body has to arrive, be accepted, be written as it was, and keep the schema then.
    fn valid(&self, body: &Body<'d>, answer: &Answer) -> Option<Complaint> {
        let (sent, lost) = (sent(body, self.case), |sent: &Value, other: &Value| {
            likeness::differences(self.book, &body.schema, sent, other)
                .into_iter()
                .next()
        });
        if let Some(lost) = answer.carried.as_ref().and_then(|carried| lost(&sent, carried)) {
            let text = format!("{} does not arrive as it was sent", place(&lost));
            return Some(self.say("sample-changed", keyword(self.book, body, &lost, ""), &text));
        }
        let Ok(Some(written)) = &answer.outcome else {
            return self.refusal(Some(body), answer);
        };
        if let Some(objection) = body.answers.objection(written) {
            let text = format!("what is written breaks the schema: {objection}");
            return Some(self.say("sample-unfit", body.schema.at.clone(), &text));
        }
        let lost = lost(&sent, written)?;
        let text = format!("{} is not written as it was sent", place(&lost));
        Some(self.say("sample-changed", keyword(self.book, body, &lost, ""), &text))
    }

    /// What is valid must not be refused.
    fn refusal(&self, body: Option<&Body<'d>>, answer: &Answer) -> Option<Complaint> {
        let violations = answer.outcome.as_ref().err()?;
        let (pointer, rule, message) = violations.first().map_or(("", "", "nothing is said"), |first| {
            (&*first.pointer, &*first.rule, &*first.message)
        });
        let at = if let Some(body) = body {
            keyword(self.book, body, pointer, rule)
        } else {
            let at = &self.case.sample.keyword;
            let schema = self.book.at(at);
            schema.map_or_else(|| at.clone(), |schema| keyword_of(self.book, schema, rule))
        };
        if body.is_some_and(|body| is_in_map(self.book, body, pointer)) {
            return None;
        }
        let text = format!("{} is refused: {message}", place(pointer));
        Some(self.say("sample-refused", at, &text))
    }

    /// What is broken has to be refused, and the refusal has to name the place.
    fn broken(&self, body: Option<&Body<'d>>, answer: &Answer) -> Option<Complaint> {
        let sample = &self.case.sample;
        let (wanted, rule) = (place(&sample.pointer), sample.rule);
        if body.is_some_and(|body| is_in_map(self.book, body, &sample.pointer)) {
            return None;
        }
        match &answer.outcome {
            Ok(_) if is_tolerated(self.book, body, self.case) => None,
            Ok(_) => {
                let text = format!("{wanted} breaks `{rule}` and is accepted");
                Some(self.say("sample-accepted", sample.keyword.clone(), &text))
            }
            Err(violations) => {
                let told: Vec<&str> = violations
                    .iter()
                    .map(|violation| place(&violation.pointer))
                    .collect();
                // Of items that are equal, the later one may be named.
                let is_item =
                    |told: &&str| rule == "uniqueItems" && told.starts_with(&format!("{}/", sample.pointer));
                if told.iter().any(|told| *told == wanted || is_item(told)) {
                    return None;
                }
                let told = told.join(", ");
                let text = format!("{wanted} breaks `{rule}`, and the refusal names {told}");
                Some(self.say("sample-misplaced", sample.keyword.clone(), &text))
            }
        }
    }

    fn say(&self, rule: &'static str, pointer: String, text: &str) -> Complaint {
        let (line, sample) = (&self.group.line, cut(&self.case.line));
        Complaint {
            rule,
            pointer,
            text: format!("{line}: {text}; sample: {sample}"),
        }
    }
}

/// Whether what is wrong with a broken sample came through its media type: XML and forms have no types.
fn arrived(book: &Book<'_>, body: &Body<'_>, case: &Case, answer: &Answer) -> bool {
    match &answer.carried {
        Some(carried) => {
            let (sent, at) = (&case.sample.value, &case.sample.pointer);
            // What is never answered or has no name in the schema is no difference, but what is wrong has to be there.
            let is_there = match sent.pointer(at) {
                None | Some(Value::Array(_) | Value::Object(_)) => true,
                Some(wrong) => carried.pointer(at).is_some_and(|there| judge::same(wrong, there)),
            };
            is_there && likeness::differences(book, &body.schema, sent, carried).is_empty()
        }
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
fn is_tolerated<'d>(book: &Book<'d>, body: Option<&Body<'d>>, case: &Case) -> bool {
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
fn keyword<'d>(book: &Book<'d>, body: &Body<'d>, pointer: &str, rule: &str) -> String {
    let schema = schema_at(book, &body.schema, pointer).unwrap_or_else(|| body.schema.clone());
    keyword_of(book, schema, rule)
}

/// The keyword of a schema or of what it refers to, or the schema itself if neither has it.
fn keyword_of(book: &Book<'_>, schema: Schema<'_>, rule: &str) -> String {
    let mut resolved = book.resolve(&schema);
    if let Some(branch) = value_branch(&resolved) {
        resolved = book.resolve(&branch);
    }
    if !rule.is_empty() && resolved.value.get(rule).is_some() {
        return resolved.keyword(rule);
    }
    schema.at
}

/// What a value may be beside null.
fn value_branch<'d>(schema: &Schema<'d>) -> Option<Schema<'d>> {
    let branches = schema.each("oneOf");
    branches
        .into_iter()
        .find(|branch| branch.types() != Some(vec!["null"]))
}

/// The schema of the place in a value; references at the very end are not followed.
fn schema_at<'d>(book: &Book<'d>, schema: &Schema<'d>, pointer: &str) -> Option<Schema<'d>> {
    walk(book, schema, pointer).map(|(schema, _)| schema)
}

/// Whether a place is in a map. Maps stand in answers only: they are written and never read, so nothing checks them.
fn is_in_map<'d>(book: &Book<'d>, body: &Body<'d>, pointer: &str) -> bool {
    walk(book, &body.schema, pointer).is_some_and(|(_, is_in_map)| is_in_map)
}

fn walk<'d>(book: &Book<'d>, schema: &Schema<'d>, pointer: &str) -> Option<(Schema<'d>, bool)> {
    let (mut here, mut is_in_map) = (schema.clone(), false);
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        let mut around = book.resolve(&here);
        if let Some(branch) = value_branch(&around) {
            around = book.resolve(&branch);
        }
        let member = around.get("properties").and_then(|members| members.get(&name));
        let known = member.or_else(|| around.get("items"));
        is_in_map |= known.is_none();
        here = known.or_else(|| {
            around
                .get("additionalProperties")
                .filter(|others| others.value.is_object())
        })?;
    }
    Some((here, is_in_map))
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

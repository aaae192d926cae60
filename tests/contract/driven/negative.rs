//! Requests with one thing broken: each is refused as malformed, and changes nothing.

use super::call::{Call, Payload};
use super::rules::{CHANGED, NEGATIVE};
use super::session::{Answer, Session};
use super::spec::{Operation, Param, Place};
use crate::database::Snapshot;
use samples::{Direction, Sample, Samples, text_of};
use serde_json::Value;

pub fn run(session: &Session<'_>) {
    let samples = Samples::new(session.spec.document.whole(), session.seed);
    for operation in &session.spec.operations {
        let (call, _) = session.prepare(operation);
        let before = Snapshot::of(session.app);
        bodies(session, &samples, &call);
        for param in &operation.params {
            params(session, &samples, &call, param);
            missing(session, &call, param);
        }
        let changed = before.differs(&Snapshot::of(session.app), "access_token");
        if !changed.is_empty() {
            let told = changed.join(", ");
            session.complain(
                CHANGED,
                &operation.id,
                "refused requests change nothing",
                &told,
                "a request with one thing broken",
            );
        }
    }
}

/// What is broken in a text is broken in every media type; a value of another kind is one in JSON alone.
const OF_TEXTS: [&str; 5] = ["maxLength", "minimum", "maximum", "enum", "pattern"];

/// Bodies in each media type of the operation.
fn bodies<'s>(session: &Session<'s>, samples: &Samples<'s>, call: &Call<'s>) {
    for media in call.operation.body.iter().flat_map(|body| &body.media_types) {
        broken(session, samples, call, media);
    }
}

/// Whether a body in a media type still has what is broken.
fn carries(media: &str, sample: &Sample) -> bool {
    let scalar = sample.value.pointer(&sample.pointer);
    let is_plain = match scalar {
        Some(Value::String(text)) => text.chars().all(|c| !c.is_control()),
        Some(Value::Number(_)) => true,
        _ => false,
    };
    let is_flat = sample.pointer.matches('/').count() == 1;
    media.ends_with("json")
        || OF_TEXTS.contains(&sample.rule) && is_plain && (is_flat || media.ends_with("xml"))
}

fn broken<'s>(session: &Session<'s>, samples: &Samples<'s>, call: &Call<'s>, media: &str) {
    let (Some(body), Payload::Value { root, .. }) = (&call.operation.body, &call.body) else {
        return;
    };
    for mut sample in samples.broken(&body.schema, Direction::Request) {
        if let Some(value) = call.value().and_then(|value| grafted(value, &sample)) {
            sample.value = value;
        }
        let is_credential = body
            .credentials
            .iter()
            .any(|(name, _)| sample.pointer.starts_with(&format!("/{name}")));
        if is_credential || session.tolerates(call.operation, &sample) || !carries(media, &sample) {
            continue;
        }
        let (media, root, value) = (media.to_owned(), root.clone(), sample.value.clone());
        let wrong = Call {
            body: Payload::Value { media, root, value },
            ..call.clone()
        };
        if wrong
            .bytes()
            .is_none_or(|bytes| bytes.len() > call.operation.max_body)
            || (body.fits)(&sample.value)
        {
            continue;
        }
        let expected = format!("400: `{}` is broken at `{}`", sample.rule, sample.pointer);
        // A body that holds nothing holds no credential.
        let also = if body.credentials.is_empty() || sample.value.is_object() {
            400
        } else {
            401
        };
        refused(session, &wrong, (also, &expected), &|smaller| {
            smaller.value().is_some_and(|value| !(body.fits)(value))
        });
    }
}

/// The breakage in a value that succeeds, so that nothing else can be the reason of a refusal; `None` when that has
/// no such place.
fn grafted(value: &Value, sample: &Sample) -> Option<Value> {
    let (above, name) = sample.pointer.rsplit_once('/')?;
    let mut whole = value.clone();
    let members = whole.pointer_mut(above)?.as_object_mut()?;
    let name = name.replace("~1", "/").replace("~0", "~");
    match sample.value.pointer(&sample.pointer) {
        Some(broken) => members.insert(name, broken.clone()),
        None => members.remove(&name),
    };
    Some(whole)
}

fn params<'s>(session: &Session<'s>, samples: &Samples<'s>, call: &Call<'s>, param: &'s Param) {
    let document = session.spec.document;
    for sample in samples.broken(&param.schema, Direction::Request) {
        let Some(text) = text_of(&sample.value) else {
            continue;
        };
        let is_sent = match param.place {
            Place::Path => !text.is_empty() && !matches!(text.as_str(), "." | ".."),
            Place::Query => true,
            Place::Header => text.trim() == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
        };
        let words = document.resolved(&param.schema)["enum"].as_array();
        let is_word = words.is_some_and(|words| {
            let mut words = words.iter().filter_map(Value::as_str);
            words.any(|word| word.eq_ignore_ascii_case(&text))
        });
        let is_folded = param.value(document, &text.to_lowercase()).is_some() || is_word;
        let is_taken = param.value(document, &text).is_some() || session.folds_values() && is_folded;
        if !is_sent || is_taken || text.len() > 8000 {
            continue;
        }
        let mut wrong = call.clone();
        wrong.set(&param.name, param.place, &Value::from(text));
        let expected = format!("400: `{}` of `{}` is broken", sample.rule, param.name);
        // What cannot be a value of the path may be no path at all.
        let also = if param.place == Place::Path { 404 } else { 400 };
        refused(session, &wrong, (also, &expected), &|_| false);
    }
}

/// Without what is required.
fn missing<'s>(session: &Session<'s>, call: &Call<'s>, param: &'s Param) {
    if param.is_required && param.place != Place::Path {
        let mut wrong = call.clone();
        wrong.query.retain(|(name, _)| *name != param.name);
        wrong.headers.retain(|(name, _)| *name != param.name);
        let expected = format!("400: `{}` is missing", param.name);
        refused(session, &wrong, (400, &expected), &|_| false);
    }
}

fn refused(
    session: &Session<'_>,
    call: &Call<'_>,
    (also, expected): (u16, &str),
    is_still_broken: &dyn Fn(&Call<'_>) -> bool,
) {
    let answer = session.send(call);
    let is_wrong = |answer: &Answer| answer.status() != 400 && answer.status() != also;
    if is_wrong(&answer) {
        session.report(NEGATIVE, call, expected, &answer, &|smaller| {
            let answer = is_still_broken(smaller).then(|| session.ask(smaller))?;
            Some(answer).filter(is_wrong)
        });
    }
}

impl Session<'_> {
    /// Whether the document takes words in any letter case.
    fn folds_values(&self) -> bool {
        self.spec.tolerates("value-case")
    }

    /// Whether the document takes more here than its schema says.
    fn tolerates(&self, operation: &Operation, sample: &Sample) -> bool {
        let whole = self.spec.document.whole();
        let body = operation.body.as_ref().map(|body| &body.schema);
        let place =
            body.and_then(|schema| described(whole, self.spec.document.resolved(schema), &sample.pointer));
        let here = place.is_some_and(|schema| schema.get("x-roster-tolerates").is_some());
        let by_case = sample.rule == "enum" && self.folds_values();
        here || by_case
    }
}

/// The schema of the value at a pointer.
fn described<'d>(whole: &'d Value, mut schema: &'d Value, pointer: &str) -> Option<&'d Value> {
    for token in pointer.split('/').skip(1) {
        schema = choice(whole, schema);
        schema = match schema.get("items") {
            Some(items) => items,
            None => schema["properties"].get(token)?,
        };
    }
    Some(schema)
}

fn choice<'d>(whole: &'d Value, schema: &'d Value) -> &'d Value {
    let first = schema["oneOf"].get(0).unwrap_or(schema);
    match first["$ref"].as_str() {
        Some(reference) => whole.pointer(reference.trim_start_matches('#')).unwrap_or(first),
        None => first,
    }
}

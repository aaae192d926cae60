//! Requests that fit the document: none is refused as malformed.

use super::call::Call;
use super::rules::POSITIVE;
use super::session::{Answer, Session};
use super::spec::{Operation, Param, Place};
use samples::{Direction, Rng, Samples};
use serde_json::Value;

/// How many bodies each operation gets, and how many values each parameter.
const BODIES: usize = 40;
const VALUES: usize = 12;

pub fn run(session: &Session<'_>) {
    let samples = Samples::new(session.spec.document.whole(), session.seed);
    let mut rng = Rng::new(session.seed);
    for operation in &session.spec.operations {
        bodies(session, &samples, operation, &mut rng);
        let (call, _) = session.prepare(operation);
        for param in &operation.params {
            params(session, &samples, &call, param, &mut rng);
        }
    }
}

fn bodies<'s>(session: &Session<'s>, samples: &Samples<'s>, operation: &'s Operation, rng: &mut Rng) {
    let Some(body) = &operation.body else { return };
    let mut values: Vec<Value> = body.examples.clone();
    let made = samples
        .valid(&body.schema, Direction::Request)
        .into_iter()
        .map(|sample| sample.value);
    values.extend(some(made.collect(), BODIES, rng));
    for value in values {
        let call = session.prepare_with(operation, value);
        if call.is_right(session.spec.document) {
            taken(session, &call);
        }
    }
}

fn params<'s>(
    session: &Session<'s>,
    samples: &Samples<'s>,
    call: &Call<'s>,
    param: &'s Param,
    rng: &mut Rng,
) {
    if param.is_required || param.needs.is_some() || param.place == Place::Header {
        return;
    }
    let made = samples
        .valid(&param.schema, Direction::Request)
        .into_iter()
        .map(|sample| sample.value);
    for value in some(made.collect(), VALUES, rng) {
        let text = match &value {
            Value::Number(number) if number.is_f64() => continue,
            Value::Array(items)
                if items
                    .iter()
                    .any(|item| item.as_str().is_none_or(|text| text.contains(','))) =>
            {
                continue;
            }
            other => super::spec::text(other),
        };
        if param.value(session.spec.document, &text).is_none() {
            continue;
        }
        // What makes or takes something away does so once.
        let mut call = if call.operation.is_safe() {
            call.clone()
        } else {
            session.prepare(call.operation).0
        };
        call.set(&param.name, param.place, &value);
        if call.target().len() < 16_000 {
            taken(session, &call);
        }
    }
}

/// Some of many, in their order.
fn some(mut values: Vec<Value>, most: usize, rng: &mut Rng) -> Vec<Value> {
    while values.len() > most {
        let at = rng.below(values.len());
        values.remove(at);
    }
    values
}

/// What only the directory can judge has other statuses than what the document can.
fn taken(session: &Session<'_>, call: &Call<'_>) {
    let is_wrong = |answer: &Answer| matches!(answer.status(), 400 | 413 | 415);
    session.demand_right(
        POSITIVE,
        call,
        "no refusal of a request that fits the document",
        &is_wrong,
    );
}

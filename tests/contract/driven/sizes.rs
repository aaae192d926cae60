//! Bodies: as long as the document allows, one byte longer, and nested too deeply.

use super::call::{Call, Payload};
use super::rules::{CHANGED, NESTING, SIZE};
use super::session::{Answer, Session};
use super::spec::Operation;
use crate::database::Snapshot;

/// How deep the lists and objects of a body are that nobody means well with.
const DEPTHS: [usize; 3] = [200, 5_000, 100_000];

pub fn run(session: &Session<'_>) {
    for operation in &session.spec.operations {
        if operation.takes_any_body {
            parameters(session, operation);
        }
        let Some(body) = &operation.body else { continue };
        let base = session.base(operation);
        for media in &body.media_types {
            let example = body.examples.first().cloned().unwrap_or_default();
            let call = Call {
                body: session.payload(operation, media, example),
                ..base.clone()
            };
            let fits = padded(&call, operation.max_body);
            session.demand(SIZE, &fits, "any status but 413", &|answer| {
                answer.status() == 413
            });
            let before = Snapshot::of(session.app);
            let longer = padded(&call, operation.max_body + 1);
            session.demand(SIZE, &longer, "413", &|answer| answer.status() != 413);
            for depth in DEPTHS {
                let is_wrong = |answer: &Answer| !answer.is_refusal();
                for bytes in nested(media, depth) {
                    session.demand(NESTING, &call.with_bytes(bytes), "a refusal", &is_wrong);
                }
            }
            let changed = before.differs(&Snapshot::of(session.app), "access_token");
            if !changed.is_empty() {
                session.complain(
                    CHANGED,
                    &operation.id,
                    "refused bodies change nothing",
                    &changed.join(", "),
                    "",
                );
            }
        }
    }
}

/// A body that holds nothing but parameters.
fn parameters(session: &Session<'_>, operation: &Operation) {
    let mut call = session.base(operation);
    call.query.clear();
    call.shown.clear();
    let mut bytes = b"{}".to_vec();
    bytes.resize(operation.max_body + 1, b' ');
    call.body = Payload::Bytes {
        media: Some("application/json".to_owned()),
        bytes,
    };
    session.demand(SIZE, &call, "413", &|answer| answer.status() != 413);
}

/// The body with blanks behind it, which no media type of ours minds but a form.
fn padded<'s>(call: &Call<'s>, length: usize) -> Call<'s> {
    let mut bytes = call.bytes().unwrap_or_default();
    let is_form = matches!(&call.body, Payload::Value { media, .. } if media.ends_with("urlencoded"));
    if is_form {
        bytes.extend_from_slice(b"&x=");
    }
    bytes.resize(length, if is_form { b'x' } else { b' ' });
    call.with_bytes(bytes)
}

fn nested(media: &str, depth: usize) -> Vec<String> {
    if media.ends_with("xml") {
        return vec![
            "<a>".repeat(depth),
            format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)),
        ];
    }
    vec![
        "[".repeat(depth),
        format!("{}{}", "[".repeat(depth), "]".repeat(depth)),
        format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
    ]
}

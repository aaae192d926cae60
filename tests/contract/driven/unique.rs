//! What must be unique cannot be there twice.

use super::call::Call;
use super::rules::UNIQUE;
use super::session::{Answer, Session};
use crate::database::Snapshot;
use serde_json::Value;

pub fn run(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| operation.method == "POST")
    {
        let Some(body) = &operation.body else { continue };
        let (call, _) = session.prepare(operation);
        let has_unique = call
            .value()
            .is_some_and(|value| unique(session, &body.schema, value));
        if !has_unique || !makes(session, &call) {
            continue;
        }
        let first = session.send(&call);
        let before = Snapshot::of(session.app);
        let second = session.send(&call);
        let changed = before.differs(&Snapshot::of(session.app), "access_token");
        let due = if operation.documents(409) { 409 } else { 400 };
        let is_wrong = |answer: &Answer| answer.status() != due;
        if first.is_good() && (is_wrong(&second) || !changed.is_empty()) {
            let expected = format!("{due}, and no change");
            let told = format!("{}; it changed: {}", second.told(), changed.join(", "));
            session.complain(UNIQUE, &operation.id, &expected, &told, &call.curl());
        }
    }
}

/// Whether it makes something that a link names by itself.
fn makes(session: &Session<'_>, call: &Call<'_>) -> bool {
    session
        .spec
        .links
        .iter()
        .any(|link| link.from == call.operation.id)
}

/// Whether a value has a member that nothing else of its kind may have.
fn unique(session: &Session<'_>, schema: &Value, value: &Value) -> bool {
    let mut schema = session.spec.document.resolved(schema);
    if let Some(first) = schema["oneOf"].get(0) {
        schema = session.spec.document.resolved(first);
    }
    match value {
        Value::Object(members) => members.iter().any(|(name, member)| {
            let described = &schema["properties"][name];
            described["x-roster-needs"] == "unique" || unique(session, described, member)
        }),
        Value::Array(items) => items.iter().any(|item| unique(session, &schema["items"], item)),
        _ => false,
    }
}

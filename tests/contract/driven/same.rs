//! Requests that mean the same: a default that is sent, and a selection of what is answered anyway.

use super::call::Call;
use super::rules::{DEFAULT, SELECTION};
use super::session::Session;
use super::spec::Place;
use serde_json::{Map, Value};

pub fn run(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| operation.is_safe())
    {
        let (call, _) = session.prepare(operation);
        for param in operation.in_place(Place::Query) {
            let default = &session.spec.document.resolved(&param.schema)["default"];
            let is_given = call.query.iter().any(|(name, _)| *name == param.name);
            if !default.is_null() && !is_given {
                sent(session, &call, &param.name, default);
            }
            if param.whole["x-roster-type"] == "selection" {
                selected(session, &call, &param.name);
            }
        }
    }
}

/// The default of a parameter, sent, changes nothing.
fn sent(session: &Session<'_>, call: &Call<'_>, name: &str, default: &Value) {
    let mut other = call.clone();
    other.set_query(name, default);
    let (without, with) = (session.send(call), session.send(&other));
    if without.status() != with.status() || without.json != with.json {
        let expected = format!("the same as with `{name}={default}`: {}", with.told());
        session.complain(
            DEFAULT,
            &call.operation.id,
            &expected,
            &without.told(),
            &call.curl(),
        );
    }
}

/// Each member that is selected alone comes as it does among all, and alone.
fn selected(session: &Session<'_>, call: &Call<'_>, name: &str) {
    let whole = session.send(call);
    let Some(members) = whole.json.as_object().filter(|_| whole.is_good()) else {
        return;
    };
    for (member, value) in members {
        let mut call = call.clone();
        call.set_query(name, &Value::from(member.as_str()));
        let answer = session.send(&call);
        let due = Value::Object(Map::from_iter([(member.clone(), value.clone())]));
        if answer.json != due {
            session.complain(
                SELECTION,
                &call.operation.id,
                &due.to_string(),
                &answer.told(),
                &call.curl(),
            );
        }
    }
}

//! Other tenants and readers: what belongs to another tenant is answered exactly like what does not exist, and who may
//! only read changes nothing.

use super::call::Call;
use super::rules::{ACCESS, AUDIT, CHANGED, FOREIGN};
use super::session::{Answer, Session};
use super::spec::Operation;
use super::world::Given;
use crate::database::Snapshot;
use serde_json::{Value, json};
use testkit::http::encode;

pub fn run(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| !operation.security.is_empty())
    {
        let (call, mut ids) = session.prepare(operation);
        ids.extend(users(session, operation));
        let before = Snapshot::of(session.app);
        strange(session, &call, &ids);
        other_tenant(session, &call);
        let reader = as_client(session, &call, "reader");
        let refused = session.send(&reader);
        let changed = before.differs(&Snapshot::of(session.app), "access_token");
        if !changed.is_empty() {
            session.complain(
                CHANGED,
                &operation.id,
                "nothing changes",
                &changed.join(", "),
                &reader.curl(),
            );
        }
        let done = session.send(&call);
        let changed = before.differs(&Snapshot::of(session.app), "access_token");
        let is_write = !changed.is_empty() || !operation.is_safe() && operation.documents(403);
        if done.is_good() && is_write && refused.status() != 403 {
            session.complain(
                ACCESS,
                &operation.id,
                "403 for a reader",
                &refused.told(),
                &reader.curl(),
            );
        }
        if !changed.is_empty() && !changed.iter().any(|table| table == "audit_event") {
            session.complain(
                AUDIT,
                &operation.id,
                "an audit event for the change",
                &changed.join(", "),
                &call.curl(),
            );
        }
        if operation.is_safe() && !changed.is_empty() {
            session.complain(
                CHANGED,
                &operation.id,
                "reading changes nothing",
                &changed.join(", "),
                &call.curl(),
            );
        }
    }
}

/// Parameters that name a user whom no request of this document can make.
fn users(session: &Session<'_>, operation: &Operation) -> Given {
    let params = operation.params.iter();
    let named = params.filter(|param| param.needs.as_deref() == Some("user"));
    named
        .filter_map(|param| Some((Some(param.name.clone()), session.known(Some("user"), "admin")?)))
        .collect()
}

/// The same request with the credential of another client.
fn as_client<'s>(session: &Session<'s>, call: &Call<'s>, id: &str) -> Call<'s> {
    let set = call.operation.security.first();
    let shown = set
        .map(|set| session.shown(call.operation, set, id))
        .unwrap_or_default();
    Call {
        shown,
        ..call.clone()
    }
}

/// The request of another tenant's client to its own tenant.
pub fn stranger<'s>(session: &Session<'s>, call: &Call<'s>) -> Call<'s> {
    let mut call = as_client(session, call, "stranger");
    let own = (session.spec.document.access().tenant)("stranger");
    set_tenant(call.operation, &mut call, own);
    call
}

/// Another tenant's client asks for what was made, and for what was never made.
fn strange<'s>(session: &Session<'s>, call: &Call<'s>, ids: &Given) {
    if ids.is_empty() {
        return;
    }
    let own = (session.spec.document.access().tenant)("stranger");
    for is_own in [false, true] {
        let mut call = as_client(session, call, "stranger");
        if is_own {
            set_tenant(call.operation, &mut call, own);
        }
        let mut missing = call.clone();
        for (name, id) in ids {
            replace(&mut missing, name.as_deref(), id);
        }
        let (there, nowhere) = (session.send(&call), session.send(&missing));
        let (one, other) = (plain(&there, ids), plain(&nowhere, ids));
        if one != other {
            let expected = format!("the answer to what does not exist: {}", nowhere.told());
            session.complain(
                FOREIGN,
                &call.operation.id,
                &expected,
                &there.told(),
                &call.curl(),
            );
        }
    }
}

/// The right client in the wrong tenant.
fn other_tenant<'s>(session: &Session<'s>, call: &Call<'s>) {
    let params = call.operation.params.iter();
    if params
        .filter(|param| param.needs.as_deref() == Some("tenant"))
        .count()
        > 0
    {
        let mut call = call.clone();
        set_tenant(
            call.operation,
            &mut call,
            (session.spec.document.access().tenant)("stranger"),
        );
        session.demand(FOREIGN, &call, "a refusal", &|answer| !answer.is_refusal());
    }
}

fn set_tenant(operation: &Operation, call: &mut Call<'_>, tenant: &str) {
    for param in operation
        .params
        .iter()
        .filter(|param| param.needs.as_deref() == Some("tenant"))
    {
        call.set(&param.name, param.place, &json!(tenant));
    }
}

/// An id of the same form that nothing has.
fn absent(id: &Value) -> Value {
    match id {
        Value::String(text)
            if text.len() >= 32 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') =>
        {
            let tail: String = text
                .chars()
                .rev()
                .take(8)
                .map(|c| if c == '-' { '-' } else { 'f' })
                .collect();
            json!(format!("{}{tail}", &text[..text.len() - 8]))
        }
        Value::String(text) => json!(format!("{text}-that-never-was")),
        Value::Number(_) => json!(2_147_480_000),
        other => other.clone(),
    }
}

/// Puts an absent id in the place of one that a link gave.
fn replace(call: &mut Call<'_>, name: Option<&str>, id: &Value) {
    let other = absent(id);
    match name {
        Some(name) => {
            let new = encode(&super::spec::text(&other));
            let pairs = call.path.iter_mut().chain(&mut call.query);
            pairs
                .filter(|(have, _)| have == name)
                .for_each(|(_, value)| value.clone_from(&new));
        }
        None => {
            if let Some(value) = call.value_mut() {
                within(value, id, &other);
            }
        }
    }
}

fn within(value: &mut Value, id: &Value, other: &Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| within(item, id, other)),
        Value::Object(members) => members.values_mut().for_each(|member| within(member, id, other)),
        scalar if scalar == id => scalar.clone_from(other),
        _ => {}
    }
}

/// Status and body, without the request's id and the ids that were asked for.
fn plain(answer: &Answer, ids: &Given) -> (u16, String) {
    let mut body = answer.json.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("correlationId");
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '-';
    let named = |word: &str| {
        let mut texts = ids
            .iter()
            .flat_map(|(_, id)| [super::spec::text(id), super::spec::text(&absent(id))]);
        if texts.any(|text| text == word) {
            "ID".to_owned()
        } else {
            word.to_owned()
        }
    };
    let text = body.to_string();
    let (mut plain, mut word) = (String::new(), String::new());
    for c in text.chars() {
        if is_word(c) {
            word.push(c);
        } else {
            plain.push_str(&named(&word));
            word.clear();
            plain.push(c);
        }
    }
    (answer.status(), plain + &named(&word))
}

#[test]
fn absent_ids_have_the_form_of_those_that_are_there() {
    for (id, other) in [
        (
            json!("01a203ab-07b4-7b1e-8c55-41d7e0a96f02"),
            json!("01a203ab-07b4-7b1e-8c55-41d7ffffffff"),
        ),
        (json!("editors"), json!("editors-that-never-was")),
        (json!(7), json!(2_147_480_000)),
    ] {
        assert_eq!(absent(&id), other);
    }
}

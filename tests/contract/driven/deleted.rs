//! What was deleted is gone for every operation that a link would lead to.

use super::call::Call;
use super::links::Link;
use super::rules::{CHANGED, DELETED};
use super::session::{Answer, Session};
use super::spec::Operation;
use crate::database::Snapshot;
use serde_json::Value;

pub fn run(session: &Session<'_>) {
    let spec = session.spec;
    for delete in spec
        .operations
        .iter()
        .filter(|operation| operation.method == "DELETE")
    {
        for link in spec.links.iter().filter(|link| link.to == delete.id) {
            let from = spec.operation(&link.from);
            let is_read = |other: &Link| {
                let to = spec.operation(&other.to);
                other.from == link.from && to.is_safe() && to.path == delete.path
            };
            if !from.is_safe() && spec.links.iter().any(is_read) {
                gone(session, from, delete, link);
            }
        }
    }
}

fn gone<'s>(session: &Session<'s>, from: &'s Operation, delete: &'s Operation, link: &Link) {
    let (create, _) = session.prepare(from);
    let created = session.send(&create);
    let mut call = session.fresh(delete);
    if !created.is_good() || !link.apply(&create, &created, &mut call) {
        return;
    }
    let others: Vec<Call<'s>> = session
        .spec
        .links
        .iter()
        .filter(|other| other.from == from.id && other.to != delete.id && is_about(other, link))
        .filter_map(|other| {
            let (mut next, _) = session.prepare(session.spec.operation(&other.to));
            other.apply(&create, &created, &mut next).then_some(next)
        })
        .collect();
    let deleted = session.demand_right(DELETED, &call, "a good answer", &|answer| !answer.is_good());
    if !deleted.is_good() {
        return;
    }
    let before = Snapshot::of(session.app);
    for next in others.iter().chain([&call]) {
        let answer = session.send(next);
        if !is_missing(next.operation, &answer) {
            let expected = format!("nothing, as `{}` deleted it: {}", delete.id, due(next.operation));
            session.complain(
                DELETED,
                &next.operation.id,
                &expected,
                &answer.told(),
                &next.curl(),
            );
        }
    }
    let changed = before.differs(&Snapshot::of(session.app), "access_token");
    if !changed.is_empty() {
        session.complain(
            CHANGED,
            &delete.id,
            "nothing happens to what is gone",
            &changed.join(", "),
            &call.curl(),
        );
    }
}

/// Whether a link names the same thing: by the same parameters, or by a member of its body.
fn is_about(link: &Link, delete: &Link) -> bool {
    let same = |(name, value): &(String, Value)| {
        link.params
            .iter()
            .any(|(have, other)| have == name && other == value)
    };
    let mut of_answer = delete
        .params
        .iter()
        .map(|(_, value)| value)
        .filter(|value| is_of_answer(value));
    let is_member = |value: &Value| {
        let members = link.body.as_ref().and_then(Value::as_object);
        members.is_some_and(|members| members.values().any(|member| member == value))
    };
    delete.params.iter().all(same) || delete.params.len() == 1 && of_answer.all(is_member)
}

fn is_of_answer(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("$response"))
}

/// 404 or 410 where the document has them; else another refusal that is about the request.
pub fn is_missing(operation: &Operation, answer: &Answer) -> bool {
    if operation.documents(404) || operation.documents(410) {
        return matches!(answer.status(), 404 | 410);
    }
    matches!(answer.status(), 400 | 409 | 422)
}

fn due(operation: &Operation) -> &'static str {
    if operation.documents(404) || operation.documents(410) {
        "404 or 410"
    } else {
        "a refusal"
    }
}

//! PUT and DELETE do the same however often they come; versions are respected.

use super::call::Call;
use super::rules::{CHANGED, IDEMPOTENT, PRECONDITION};
use super::session::{Answer, Session};
use super::spec::{Operation, Place};
use crate::database::Snapshot;

/// A version that nothing has.
const STALE: &str = "\"0-ffffffffffffffff\"";

pub fn run(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| !operation.security.is_empty())
    {
        if matches!(operation.method.as_str(), "PUT" | "DELETE") {
            twice(session, operation);
        }
        if operation
            .in_place(Place::Header)
            .any(|param| param.name.eq_ignore_ascii_case("if-match"))
        {
            if_match(session, operation);
        }
        if operation
            .in_place(Place::Header)
            .any(|param| param.name.eq_ignore_ascii_case("if-none-match"))
        {
            if_none_match(session, operation);
            moved(session, operation);
        }
    }
}

fn twice<'s>(session: &Session<'s>, operation: &'s Operation) {
    let (call, _) = session.prepare(operation);
    let first = session.send(&call);
    if !first.is_good() {
        return;
    }
    let after = Snapshot::of(session.app);
    let second = session.send(&call);
    let changed = after.differs(&Snapshot::of(session.app), "access_token");
    if !changed.is_empty() {
        let told = format!("it changed {}", changed.join(", "));
        session.complain(
            IDEMPOTENT,
            &operation.id,
            "the second one changes nothing",
            &told,
            &call.curl(),
        );
    }
    let is_same = first.json == second.json && first.reply.header("etag") == second.reply.header("etag");
    if operation.method == "PUT" && !(second.is_good() && is_same) {
        let expected = format!("the same answer again: {}", first.told());
        session.complain(IDEMPOTENT, &operation.id, &expected, &second.told(), &call.curl());
    }
}

fn if_match<'s>(session: &Session<'s>, operation: &'s Operation) {
    let (call, _) = session.prepare(operation);
    let with = |tag: &str| {
        let mut call = call.clone();
        call.set_header("If-Match", tag);
        call
    };
    let before = Snapshot::of(session.app);
    let stale = with(STALE);
    session.demand_right(PRECONDITION, &stale, "412: the version is another", &|answer| {
        answer.status() != 412
    });
    let changed = before.differs(&Snapshot::of(session.app), "access_token");
    if !changed.is_empty() {
        session.complain(
            CHANGED,
            &operation.id,
            "412 changes nothing",
            &changed.join(", "),
            &stale.curl(),
        );
    }
    let any = with("*");
    let first = session.demand_right(PRECONDITION, &any, "a good answer", &|answer| !answer.is_good());
    if let Some(tag) = first.reply.header("etag") {
        for tag in [tag.clone(), format!("{STALE}, {tag}")] {
            let right = with(&tag);
            session.demand_right(PRECONDITION, &right, "a good answer", &|answer| !answer.is_good());
        }
        // What is only nearly the same must not be changed.
        let weak = with(&format!("W/{tag}"));
        session.demand_right(PRECONDITION, &weak, "412: a weak version is none", &|answer| {
            answer.status() != 412
        });
    }
}

fn if_none_match<'s>(session: &Session<'s>, operation: &'s Operation) {
    let (call, _) = session.prepare(operation);
    let Some(tag) = session.send(&call).reply.header("etag") else {
        return;
    };
    let with = |tag: &str| {
        let mut call: Call<'_> = call.clone();
        call.set_header("If-None-Match", tag);
        call
    };
    let is_304 = |answer: &Answer| answer.status() == 304 && answer.reply.body.is_empty();
    for tag in [
        tag.clone(),
        format!("{STALE}, {tag}"),
        format!("W/{tag}"),
        "*".to_owned(),
    ] {
        session.demand_right(PRECONDITION, &with(&tag), "304 without a body", &|answer| {
            !is_304(answer)
        });
    }
    session.demand_right(PRECONDITION, &with(STALE), "200", &|answer| {
        answer.status() != 200
    });
}

/// When what is read has become another, the version that a client has is an old one.
fn moved<'s>(session: &Session<'s>, read: &'s Operation) {
    let links = &session.spec.links;
    for to_read in links.iter().filter(|link| link.to == read.id) {
        let maker = session.spec.operation(&to_read.from);
        let changes = links.iter().filter(|link| {
            let to = session.spec.operation(&link.to);
            link.from == maker.id && !to.is_safe() && to.method != "DELETE"
        });
        for to_change in changes.filter(|_| !maker.is_safe()) {
            let (call, _) = session.prepare(maker);
            let answer = session.send(&call);
            let mut get = session.fresh(read);
            let (mut change, _) = session.prepare(session.spec.operation(&to_change.to));
            if answer.is_good()
                && to_read.apply(&call, &answer, &mut get)
                && to_change.apply(&call, &answer, &mut change)
            {
                is_moved(session, &get, &change);
            }
        }
    }
}

fn is_moved(session: &Session<'_>, get: &Call<'_>, change: &Call<'_>) {
    let before = session.send(get);
    let Some(tag) = before.reply.header("etag") else {
        return;
    };
    session.send(change);
    let after = session.send(get);
    let mut known = get.clone();
    known.set_header("If-None-Match", &tag);
    let answer = session.send(&known);
    if before.is_good() && after.is_good() && after.json != before.json && answer.status() != 200 {
        let expected = format!(
            "200 with what it is since `{}`: {}",
            change.operation.id,
            after.told()
        );
        session.complain(
            PRECONDITION,
            &get.operation.id,
            &expected,
            &answer.told(),
            &known.curl(),
        );
    }
}

//! What is sent is what is kept: every member of a body shows again in the answer and whenever the thing is read, a
//! member that is left out becomes what the document says, the version moves, and nothing else changes.

mod values;

use super::call::Call;
use super::rules::{ABSENT, KEPT, OTHER, PRECONDITION};
use super::session::{Answer, Session};
use super::spec::Operation;
use super::thing::{Thing, Way, makers};
use serde_json::Value;
pub use values::is_empty;
use values::{Member, is_same, shown};

/// How many values each member gets.
const VALUES: usize = 4;

pub fn run(session: &Session<'_>) {
    for way in makers(session) {
        made(session, way);
        for (link, to) in way.changes(session) {
            if to.method != "DELETE" {
                changed(session, way, (link, to));
            }
        }
    }
}

/// Every member of what makes something.
fn made<'s>(session: &Session<'s>, way: Way<'s>) {
    for member in values::members(session, way.maker) {
        for value in member.values(session, VALUES) {
            let (mut call, _) = session.prepare(way.maker);
            if member.set(&mut call, value.clone()) {
                let Some(thing) = way.make(session, call) else {
                    continue;
                };
                let read = thing.now(session);
                for answer in read.iter().chain([&thing.answer]) {
                    is_kept(session, &thing.made, answer, (&member, &value));
                }
            }
        }
        let Some(default) = member.default() else { continue };
        let (mut call, _) = session.prepare(way.maker);
        if member.leave_out(&mut call)
            && let Some(thing) = way.make(session, call)
        {
            let read = thing.now(session);
            for answer in read.iter().chain([&thing.answer]) {
                becomes(session, &thing.made, answer, (&member, default));
            }
        }
    }
}

/// Every member of what changes something.
fn changed<'s>(session: &Session<'s>, way: Way<'s>, (link, to): (&'s super::links::Link, &'s Operation)) {
    let Some(other) = way.example(session) else { return };
    let before = other.now(session);
    // As the example says it, whatever its body is.
    if let Some(thing) = way.example(session)
        && let Some(mut call) = thing.call(session, link, to)
    {
        values::plain(session, &mut call);
        change(session, &thing, &call);
    }
    for member in values::members(session, to) {
        for value in member.values(session, VALUES) {
            let Some(thing) = way.example(session) else { return };
            let Some(mut call) = thing.call(session, link, to) else {
                return;
            };
            values::plain(session, &mut call);
            if member.set(&mut call, value.clone()) {
                let Some((answer, after)) = change(session, &thing, &call) else {
                    continue;
                };
                for answer in [&answer, &after] {
                    is_kept(session, &call, answer, (&member, &value));
                }
                left_out(session, &thing, call, &member, &after);
            }
        }
    }
    let after = other.now(session);
    if let (Some(before), Some(after)) = (before, after)
        && before.json != after.json
    {
        let expected = format!("what nobody changed: {}", before.told());
        session.complain(OTHER, &to.id, &expected, &after.told(), &other.read.curl());
    }
}

/// Sends a change. Its answer has to be what is read then, and the version has to move with what is read.
fn change<'s>(session: &Session<'s>, thing: &Thing<'s>, call: &Call<'s>) -> Option<(Answer, Answer)> {
    let before = thing.now(session)?;
    let answer = session.send(call);
    if !answer.is_good() {
        return None;
    }
    let after = thing.now(session)?;
    let tag = |answer: &Answer| answer.reply.header("etag");
    let to = session.spec.operation(&thing.read.operation.id);
    let is_same = call.operation.schema(&answer) == to.schema(&after) && !answer.json.is_null();
    let (one, other) = (answer.json.pointer(thing.at), after.json.pointer(thing.at));
    if is_same && one != other {
        let expected = format!("what is read then: {}", after.told());
        session.complain(KEPT, &call.operation.id, &expected, &answer.told(), &call.curl());
    }
    if tag(&before).is_some() && before.json != after.json && tag(&before) == tag(&after) {
        let expected = format!("another version since `{}`: {}", call.operation.id, after.told());
        session.complain(PRECONDITION, &to.id, &expected, &before.told(), &call.curl());
    }
    if is_same && tag(&answer).is_some() && tag(&answer) != tag(&after) {
        let expected = format!("the version that is read then, {:?}", tag(&after));
        let told = format!("{:?}", tag(&answer));
        session.complain(PRECONDITION, &call.operation.id, &expected, &told, &call.curl());
    }
    Some((answer, after))
}

/// The same change without the member: it stays as it was, or becomes what a new thing has.
fn left_out<'s>(
    session: &Session<'s>,
    thing: &Thing<'s>,
    mut call: Call<'s>,
    member: &Member<'s>,
    before: &Answer,
) {
    let Some(absent) = member.absent(call.operation) else {
        return;
    };
    if !member.leave_out(&mut call) || !session.send(&call).is_good() {
        return;
    }
    let Some(after) = thing.now(session) else { return };
    if absent == "default" {
        becomes(
            session,
            &call,
            &after,
            (member, member.default().unwrap_or(&Value::Null)),
        );
        return;
    }
    let (was, is) = (
        shown(&before.json, &member.pointer),
        shown(&after.json, &member.pointer),
    );
    if was != is {
        let expected = format!("`{}` as it was: {}", member.pointer, before.told());
        session.complain(ABSENT, &call.operation.id, &expected, &after.told(), &call.curl());
    }
}

fn is_kept(session: &Session<'_>, call: &Call<'_>, answer: &Answer, (member, sent): (&Member<'_>, &Value)) {
    let pointer = &member.pointer;
    let is_lost = |found: Option<&Value>| match found {
        Some(found) => !is_same(member.seen(sent), found),
        None => values::is_gone(&answer.json, pointer),
    };
    if is_lost(shown(&answer.json, pointer)) {
        let expected = format!("`{pointer}` as it was sent, {sent}");
        session.complain(KEPT, &call.operation.id, &expected, &answer.told(), &call.curl());
    }
}

/// What is left out is answered as the document says; an empty value may be left out, too.
fn becomes(
    session: &Session<'_>,
    call: &Call<'_>,
    answer: &Answer,
    (member, default): (&Member<'_>, &Value),
) {
    let (pointer, default) = (&member.pointer, member.seen(default));
    let found = shown(&answer.json, pointer);
    let is_right = found.map_or(is_empty(default), |found| is_same(default, found));
    if !is_right {
        let expected = format!("`{pointer}` is {default} when it is left out");
        session.complain(
            ABSENT,
            &call.operation.id,
            &expected,
            &answer.told(),
            &call.curl(),
        );
    }
}

//! Lists: pages together are the whole list and count right, what was made is among the items as it is read by itself,
//! filters narrow to what they name, and another tenant sees none of it.

use super::call::Call;
use super::foreign;
use super::rules::{FILTER, FOREIGN, LIST};
use super::session::{Answer, Session};
use super::spec::Operation;
use super::spec::lists::List;
use super::thing::{Thing, Way, makers};
use serde_json::{Value, json};

/// How many of each kind are made.
const MANY: usize = 3;
/// The longest page that is asked for.
const WHOLE: usize = 100;
/// The shortest one, so that there are several.
const SHORT: usize = 2;

pub fn run(session: &Session<'_>) {
    let ways = makers(session);
    let mut things: Vec<Thing<'_>> = Vec::new();
    for way in &ways {
        things.extend((0..MANY).filter_map(|_| way.example(session)));
    }
    for operation in &session.spec.operations {
        let Some(list) = session.spec.list(operation) else {
            continue;
        };
        let is_open = operation
            .params
            .iter()
            .all(|param| !param.is_required || param.needs.is_some());
        if is_open && list.has_pages() {
            let (call, _) = session.prepare(operation);
            pages(session, list, &call);
            for (thing, way) in ways.iter().filter_map(|way| Some((way.example(session)?, way))) {
                is_among(session, list, &call, &thing);
                strangers(session, list, &call, &thing);
                is_gone(session, list, &call, (way, &thing));
            }
        }
        for way in &ways {
            below(session, list, operation, *way);
        }
        for thing in &things {
            filters(session, list, operation, thing);
        }
    }
}

/// A list that belongs to something: with everything in it that links lead to.
fn below<'s>(session: &Session<'s>, list: &List, operation: &'s Operation, way: Way<'s>) {
    let mut links = session.spec.links.iter().filter(|link| link.from == way.maker.id);
    let Some(link) = links.find(|link| link.to == operation.id && !link.params.is_empty()) else {
        return;
    };
    let Some(thing) = way.example(session) else { return };
    let Some(call) = thing.call(session, link, operation) else {
        return;
    };
    for (link, to) in way
        .changes(session)
        .into_iter()
        .filter(|(_, to)| to.method == "POST")
    {
        for _ in 0..MANY {
            if let Some(call) = thing.call(session, link, to) {
                session.send(&call);
            }
        }
    }
    if list.has_pages() {
        pages(session, list, &call);
    } else {
        let answer = session.send(&call);
        let length = items(list, &answer).map_or(0, |items| items.len());
        counted(session, list, (&call, &answer), (length, 0, length, WHOLE));
    }
    is_among(session, list, &call, &thing);
}

/// The items that a request is answered with.
fn items(list: &List, answer: &Answer) -> Option<Vec<Value>> {
    let items = answer.json.pointer(&list.items)?.as_array()?;
    Some(items.clone()).filter(|_| answer.is_good())
}

fn whole(session: &Session<'_>, list: &List, call: &Call<'_>) -> Option<Vec<Value>> {
    let mut call = call.clone();
    list.ask(&mut call, 0, WHOLE);
    items(list, &session.send(&call))
}

/// Short pages, one after the other, and one behind the end.
fn pages(session: &Session<'_>, list: &List, call: &Call<'_>) {
    let Some(all) = whole(session, list, call) else {
        return;
    };
    if all.len() >= WHOLE {
        return;
    }
    let mut start = 0;
    loop {
        let mut call = call.clone();
        list.ask(&mut call, start, SHORT);
        let answer = session.send(&call);
        let Some(found) = items(list, &answer) else { return };
        let due = all.iter().skip(start).take(SHORT);
        if !due.eq(found.iter()) {
            let due: Vec<&Value> = all.iter().skip(start).take(SHORT).collect();
            let expected = format!("the items from {start} on of {}: {}", all.len(), json!(due));
            session.complain(LIST, &call.operation.id, &expected, &answer.told(), &call.curl());
        }
        counted(
            session,
            list,
            (&call, &answer),
            (all.len(), start, found.len(), SHORT),
        );
        if start >= all.len() {
            return;
        }
        start += SHORT;
    }
}

/// The numbers of an answer are right: of so many items in all, behind so many, that shows so many, of a page's size.
fn counted(
    session: &Session<'_>,
    list: &List,
    (call, answer): (&Call<'_>, &Answer),
    (all, start, shown, size): (usize, usize, usize, usize),
) {
    for (pointer, due) in list.numbers(all, start, shown, size) {
        if answer.json.pointer(pointer).is_some_and(|told| *told != due) {
            let expected = format!("`{pointer}` is {due} of {all} items, {size} on a page");
            session.complain(LIST, &call.operation.id, &expected, &answer.told(), &call.curl());
        }
    }
}

/// What was made is among the items, exactly as it is read by itself.
fn is_among(session: &Session<'_>, list: &List, call: &Call<'_>, thing: &Thing<'_>) {
    let Some((one, all)) = both(session, list, call, thing) else {
        return;
    };
    if !all.contains(&one) {
        let expected = format!("this among the items: {one}");
        session.complain(
            LIST,
            &call.operation.id,
            &expected,
            &json!(all).to_string(),
            &call.curl(),
        );
    }
}

/// A thing as it is read, and the whole list; none if the list is of other things.
fn both(
    session: &Session<'_>,
    list: &List,
    call: &Call<'_>,
    thing: &Thing<'_>,
) -> Option<(Value, Vec<Value>)> {
    let read = thing.now(session)?;
    let schema = session.spec.at(thing.read.operation.schema(&read), thing.at);
    if schema["$ref"].is_null() || schema["$ref"] != list.item["$ref"] {
        return None;
    }
    let one = read.json.pointer(thing.at)?.clone();
    let all = whole(session, list, call)?;
    (all.len() < WHOLE).then_some((one, all))
}

/// What was deleted is no longer among them, and everything else is.
fn is_gone<'s>(session: &Session<'s>, list: &List, call: &Call<'s>, (way, thing): (&Way<'s>, &Thing<'s>)) {
    let mut changes = way.changes(session).into_iter();
    let Some((link, delete)) =
        changes.find(|(_, to)| to.method == "DELETE" && to.path == thing.read.operation.path)
    else {
        return;
    };
    let Some((one, mut due)) = both(session, list, call, thing) else {
        return;
    };
    due.retain(|item| *item != one);
    // Nothing new beside it.
    let mut gone = session.fresh(delete);
    if link.apply(&thing.made, &thing.answer, &mut gone)
        && session.send(&gone).is_good()
        && let Some(left) = whole(session, list, call)
        && left != due
    {
        let expected = format!("what was there without what `{}` took: {}", delete.id, json!(due));
        let (operation, curl) = (&call.operation.id, call.curl());
        session.complain(LIST, operation, &expected, &json!(left).to_string(), &curl);
    }
}

/// Another tenant's client does not see it.
fn strangers<'s>(session: &Session<'s>, list: &List, call: &Call<'s>, thing: &Thing<'s>) {
    let Some((one, _)) = both(session, list, call, thing) else {
        return;
    };
    let stranger = foreign::stranger(session, call);
    let Some(theirs) = whole(session, list, &stranger) else {
        return;
    };
    if theirs.contains(&one) {
        let expected = "no item of another tenant";
        session.complain(
            FOREIGN,
            &call.operation.id,
            expected,
            &one.to_string(),
            &stranger.curl(),
        );
    }
}

/// A filter by a member lets through what has the value there, and nothing that does not even contain it.
fn filters<'s>(session: &Session<'s>, list: &List, operation: &'s Operation, thing: &Thing<'s>) {
    for (slot, member) in &list.filters {
        let (mut call, _) = session.prepare(operation);
        let Some((one, _)) = both(session, list, &call, thing) else {
            return;
        };
        let Some(value) = one.pointer(member).filter(|value| !super::kept::is_empty(value)) else {
            continue;
        };
        slot.set(&mut call, value);
        list.ask(&mut call, 0, WHOLE);
        let answer = session.send(&call);
        let Some(found) = items(list, &answer) else {
            continue;
        };
        let folded = |value: &Value| super::spec::text(value).to_lowercase();
        let strange = |item: &&Value| {
            let has = item.pointer(member).map(folded).unwrap_or_default();
            !has.contains(&folded(value))
        };
        let expected = if !found.contains(&one) {
            format!("this among the items: {one}")
        } else if let Some(other) = found.iter().find(strange) {
            format!("only what has {value} in `{member}`, and not {other}")
        } else {
            continue;
        };
        session.complain(FILTER, &operation.id, &expected, &answer.told(), &call.curl());
    }
}

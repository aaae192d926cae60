//! What was created can be read: by the links of the document, by `Location`, and by the links in the body.

use super::call::{At, Call};
use super::rules::CREATED;
use super::session::{Answer, Session};
use serde_json::Value;
use testkit::{Reply, http};

pub fn run(session: &Session<'_>) {
    for operation in session
        .spec
        .operations
        .iter()
        .filter(|operation| !operation.is_safe())
    {
        let (call, _) = session.prepare(operation);
        let answer = session.send(&call);
        if !answer.is_good() {
            continue;
        }
        for link in session.spec.links.iter().filter(|link| link.from == operation.id) {
            let to = session.spec.operation(&link.to);
            let mut next = session.fresh(to);
            let is_about_it = to
                .params
                .iter()
                .all(|param| param.needs.as_deref() != Some("one-of"));
            if !to.is_safe()
                || !is_about_it
                || link.params.is_empty()
                || !link.apply(&call, &answer, &mut next)
            {
                continue;
            }
            let read = session.demand_right(CREATED, &next, "what was created", &|answer| !answer.is_good());
            let is_same = operation.schema(&answer) == to.schema(&read);
            let thing = link.thing();
            if read.is_good() && is_same && read.json.pointer(thing) != answer.json.pointer(thing) {
                let expected = format!("what `{}` answered: {}", operation.id, answer.told());
                session.complain(CREATED, &to.id, &expected, &read.told(), &next.curl());
            }
        }
        follow(session, &call, &answer);
    }
}

/// Every address in an answer leads somewhere, for the same client.
fn follow(session: &Session<'_>, call: &Call<'_>, answer: &Answer) {
    let mut links: Vec<String> = ["location", "content-location"]
        .iter()
        .filter_map(|name| answer.reply.header(name))
        .collect();
    if let Some(location) = links.first().filter(|link| !link.starts_with(session.app.url())) {
        session.complain(
            CREATED,
            &call.operation.id,
            "an address of this server",
            location,
            &call.curl(),
        );
        return;
    }
    let location = answer.reply.header("location");
    gather(&answer.json, session.app.url(), &mut links);
    let in_head = call.shown.iter().filter(|shown| shown.at == At::Header);
    let head: Vec<(String, String)> = in_head
        .map(|shown| (shown.name.clone(), shown.value.clone()))
        .collect();
    for link in links {
        let target = link.strip_prefix(session.app.url()).unwrap_or_default();
        let read = http::send(session.app.url(), "GET", target, &head, None).ok();
        let status = read.as_ref().map_or(0, |read| read.status);
        if status != 200 {
            let expected = format!("200 for the address `{target}` in the answer");
            session.complain(
                CREATED,
                &call.operation.id,
                &expected,
                &status.to_string(),
                &call.curl(),
            );
        }
        if let Some(read) = read.filter(|_| status == 200 && location.as_ref() == Some(&link)) {
            is_located(session, call, answer, target, read);
        }
    }
}

/// At `Location` is what the answer shows.
fn is_located(session: &Session<'_>, call: &Call<'_>, answer: &Answer, target: &str, reply: Reply) {
    let (to, _) = session.spec.document.judge("GET", target, &reply);
    let json = session.spec.document.body("GET", target, &reply);
    let read = Answer { reply, json };
    let is_same =
        to.is_some_and(|to| call.operation.schema(answer) == session.spec.operation(to).schema(&read));
    if !is_same || !is_part(&read.json, &answer.json) {
        let expected = format!("at `{target}` what was answered: {}", answer.told());
        session.complain(CREATED, &call.operation.id, &expected, &read.told(), &call.curl());
    }
}

/// Whether a value is another one, its lists apart, which may be shorter.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Array(part), Value::Array(whole)) => part
            .iter()
            .all(|item| whole.iter().any(|other| is_part(item, other))),
        (Value::Object(part), Value::Object(whole)) => {
            part.len() == whole.len()
                && part
                    .iter()
                    .all(|(name, value)| whole.get(name).is_some_and(|other| is_part(value, other)))
        }
        (part, whole) => part == whole,
    }
}

fn gather(value: &Value, url: &str, links: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with(url) => links.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, url, links)),
        Value::Object(members) => members.values().for_each(|member| gather(member, url, links)),
        _ => {}
    }
}

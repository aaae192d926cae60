//! A verb that a path does not document is 405, and `Allow` lists exactly those that it does.

use super::call::Payload;
use super::rules::VERB;
use super::session::{Answer, Session};
use std::collections::BTreeSet;

const VERBS: [&str; 9] = [
    "GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW",
];

pub fn run(session: &Session<'_>) {
    for operations in session.spec.paths().into_values() {
        let documented: BTreeSet<&str> = operations
            .iter()
            .map(|operation| operation.method.as_str())
            .collect();
        let wanted: Vec<&str> = documented.iter().copied().collect();
        let expected = format!("405, `Allow: {}`", wanted.join(", "));
        let is_wrong = |answer: &Answer| answer.status() != 405 || allowed(answer) != documented;
        for mount in &session.spec.mounts {
            for verb in VERBS.into_iter().filter(|verb| !documented.contains(verb)) {
                let mut call = session.base(operations[0]);
                verb.clone_into(&mut call.method);
                call.mount.clone_from(mount);
                session.demand(VERB, &call, &expected, &is_wrong);
                call.shown.clear();
                call.body = Payload::None;
                session.demand(VERB, &call, &expected, &is_wrong);
            }
        }
    }
}

fn allowed(answer: &Answer) -> BTreeSet<&str> {
    let lines = answer.reply.headers.iter().filter(|(name, _)| name == "allow");
    lines
        .flat_map(|(_, value)| value.split(','))
        .map(str::trim)
        .collect()
}

//! Every documented status of every operation was seen, unless a rule says why none of these requests can get it.

use super::finding::Finding;
use super::rules::COVERAGE;
use super::spec::{Operation, Spec};
use std::collections::BTreeSet;

/// Why requests that a document alone drives do not get a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// The server has to fail for it.
    Fault,
    /// It depends on what the directory holds, which no schema says.
    Directory,
}

/// What nobody saw and should have, and how many statuses are beyond the suite, by reason.
pub fn missing(
    spec: &Spec,
    seen: &BTreeSet<(&'static str, String, u16)>,
) -> (Vec<Finding>, Vec<(Beyond, String)>) {
    let (mut findings, mut beyond) = (Vec::new(), Vec::new());
    for operation in &spec.operations {
        for status in operation.answers.keys().copied() {
            if seen.contains(&(spec.name, operation.id.clone(), status)) {
                continue;
            }
            match reason(operation, status) {
                Some(reason) => beyond.push((reason, format!("{} {} {status}", spec.name, operation.id))),
                None => findings.push(Finding {
                    rule: COVERAGE,
                    dialect: spec.name,
                    operation: operation.id.clone(),
                    expected: format!("an answer with {status}, which is documented"),
                    answered: "none".to_owned(),
                    curl: "no single request".to_owned(),
                }),
            }
        }
    }
    (findings, beyond)
}

fn reason(operation: &Operation, status: u16) -> Option<Beyond> {
    // What contradicts the directory, and what nothing but the directory refuses.
    let is_open = operation.security.is_empty();
    match status {
        500.. => Some(Beyond::Fault),
        409 | 422 => Some(Beyond::Directory),
        // Without an id of something that another request made there is nothing to be missing.
        404 if operation
            .params
            .iter()
            .all(|param| !param.is_required || param.needs.is_some()) =>
        {
            Some(Beyond::Directory)
        }
        403 if operation.is_safe() || is_open => Some(Beyond::Directory),
        _ => None,
    }
}

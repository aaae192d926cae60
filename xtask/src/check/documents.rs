//! Step `lint`: the documents keep the rules for documents.

use crate::check::Context;
use crate::lint::lint;
use crate::workspace::Outcome;

/// Reports documents that cannot be read and every broken rule in the others.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let (fixtures, unreadable) = context.fixtures()?;
    findings.extend(unreadable);
    findings.extend(documents.iter().chain(fixtures).flat_map(lint));
    Ok(findings)
}

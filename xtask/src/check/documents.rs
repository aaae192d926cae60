//! Step `lint`: the documents keep the rules for documents.

use crate::check::Context;
use crate::document::Document;
use crate::lint::lint;
use crate::threads::each;
use crate::workspace::Outcome;

/// Reports documents that cannot be read and every broken rule in the others.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let (fixtures, unreadable) = context.fixtures()?;
    findings.extend(unreadable);
    let all: Vec<&Document> = documents.iter().chain(fixtures).collect();
    findings.extend(each(&all, |document| lint(document))?.concat());
    Ok(findings)
}

//! Rules for documents. All findings of a document in one run, each at its place.

use crate::document::Document;
use crate::finding::Finding;
use crate::ir::lower;

mod conforms;
mod examples;
pub mod extensions;
pub mod keywords;
mod links;
mod operations;
mod pattern;
mod promises;
mod schemas;
mod structure;
pub mod tolerances;
mod values;
mod wire;

/// Everything in a document that breaks a rule, in the order of the file.
pub fn lint(document: &Document) -> Vec<Finding> {
    let mut findings = structure::check(document);
    // The other rules rely on members being what the specification says, and on references that lead somewhere.
    if findings.is_empty() {
        findings.extend(operations::check(document));
        findings.extend(schemas::check(document));
        findings.extend(examples::check(document));
        findings.extend(extensions::check_all(document));
        findings.extend(links::check(document));
        findings.extend(wire::check(document));
        // An operation without a name cannot be lowered; what would be said about the rest is noise.
        if !findings
            .iter()
            .any(|finding| finding.rule == "missing-operation-id")
        {
            findings.extend(lower(document).err().unwrap_or_default());
        }
    }
    findings.sort_by(|a, b| (a.line, a.column, a.rule, &a.text).cmp(&(b.line, b.column, b.rule, &b.text)));
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests;

//! Mutations of documents that the lint has to find. Each is an edit of a small document that is clean.

use super::mutation::{Edit, Expected, Mutation, Place, shown};
use crate::check::Step;

mod documents;
mod extensions;
mod links;
mod odd;
mod unsupported;
mod xml;

/// The document without XML.
pub const SMALL: &str = include_str!("../lint/small.yaml");
/// The same with XML and a credential in a body.
pub const XML: &str = include_str!("../lint/xml.yaml");

/// Where the documents are in a tree.
pub const FILE: &str = "openapi/small.yaml";

/// An edit, and everything that is then found.
#[derive(Debug)]
pub struct Case {
    /// The first place where it stands is edited.
    pub from: &'static str,
    pub to: &'static str,
    /// `rule line:column`, in the order of the file.
    pub found: &'static [&'static str],
}

const fn case(from: &'static str, to: &'static str, found: &'static [&'static str]) -> Case {
    Case { from, to, found }
}

/// The cases, each with the document that it edits.
pub fn cases() -> impl Iterator<Item = (&'static str, &'static Case)> {
    let small = [
        documents::CASES,
        extensions::CASES,
        links::CASES,
        odd::CASES,
        unsupported::CASES,
    ];
    let small = small.into_iter().flatten().map(|case| (SMALL, case));
    small.chain(xml::CASES.iter().map(|case| (XML, case)))
}

/// The cases as mutations of a tree that holds the document alone.
pub fn mutations(document: &str) -> Vec<Mutation> {
    cases()
        .filter(|(edited, _)| *edited == document)
        .map(|(_, case)| Mutation {
            name: shown(case.from, case.to),
            step: Step::Lint,
            edits: vec![Edit::Write(
                FILE.into(),
                document.replacen(case.from, case.to, 1).into_bytes(),
            )],
            expected: case.found.iter().map(|found| expected(found)).collect(),
        })
        .collect()
}

/// Reads `rule line:column`.
fn expected(found: &str) -> Expected {
    let (rule, place) = found.split_once(' ').unwrap_or((found, ""));
    let (line, column) = place.split_once(':').unwrap_or_default();
    let number = |text: &str| text.parse().unwrap_or_default();
    Expected::new(rule, FILE, Place::At(number(line), number(column)))
}

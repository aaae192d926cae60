//! Every change of an API that has a name, with its weight and an example.

mod document;
mod link;
mod operation;
mod parameter;
mod request;
mod response;

/// What a change does to clients that were written for the document before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Every client goes on working.
    Info,
    /// Some clients may stumble; the documents alone cannot say which.
    Warning,
    /// Clients that kept to the document stop working.
    Breaking,
}

impl Severity {
    /// The word that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable identifier.
    pub id: &'static str,
    pub severity: Severity,
    /// What happened and why it weighs what it weighs.
    pub about: &'static str,
    /// A piece of the sample document, and what becomes of it.
    pub example: (&'static str, &'static str),
    /// What the opposite edit is.
    pub mirror: &'static str,
}

/// What has no name of its own counts as a break.
pub static UNNAMED: Rule = Rule {
    id: "contract-changed",
    severity: Severity::Breaking,
    about: "A change that no other rule names.",
    example: ("", ""),
    mirror: "contract-changed",
};

/// All rules, by what they are about.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        document::RULES,
        operation::RULES,
        parameter::RULES,
        request::RULES,
        response::RULES,
        link::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule of this name.
pub fn named(id: &str) -> &'static Rule {
    all().find(|rule| rule.id == id).unwrap_or(&UNNAMED)
}

const fn rule(
    id: &'static str,
    severity: Severity,
    about: &'static str,
    example: (&'static str, &'static str),
    mirror: &'static str,
) -> Rule {
    Rule {
        id,
        severity,
        about,
        example,
        mirror,
    }
}

//! Dates at which something deprecated may go.

use chrono::NaiveDate;

use crate::document::{Document, Node};
use crate::finding::Finding;

/// The date beside `deprecated`: a full date, or the date of an RFC 3339 instant.
pub fn date(node: &Node<'_>) -> Option<NaiveDate> {
    parse(node.text("x-sunset")?)
}

fn parse(text: &str) -> Option<NaiveDate> {
    let (date, rest) = text.split_at_checked("2020-01-31".len())?;
    let is_instant = || chrono::DateTime::parse_from_rfc3339(text).is_ok();
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    (rest.is_empty() || is_instant()).then_some(date)
}

/// Today in UTC.
pub fn today() -> NaiveDate {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the automation asks for the date"
    )]
    chrono::Utc::now().date_naive()
}

/// Dates that are none, and dates beside something that is not deprecated.
pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(&document.root(), &mut findings);
    findings
}

fn walk(node: &Node<'_>, findings: &mut Vec<Finding>) {
    if let Some(sunset) = node.get("x-sunset") {
        if date(node).is_none() {
            findings.push(sunset.finding("sunset", "expected a date such as `2027-01-31`"));
        } else if !node.flag("deprecated") {
            findings.push(sunset.finding("sunset", "`x-sunset` stands beside `deprecated: true`"));
        }
    }
    for (name, child) in node.members() {
        // Data of examples is not part of the description.
        if !matches!(name, "example" | "examples" | "value" | "default" | "enum") {
            walk(&child, findings);
        }
    }
    for child in node.items() {
        walk(&child, findings);
    }
}

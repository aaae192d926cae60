//! What changed between two revisions of a document, as clients see it: each difference is named and weighed by
//! a rule. What a request may hold must not shrink, and what an answer may hold must not grow.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::document::{Document, Node, below};
use crate::ir::{Api, words};

pub mod accepted;
mod bodies;
mod document;
pub mod judge;
mod links;
mod operations;
mod parameters;
mod responses;
pub mod revisions;
pub mod rules;
mod schemas;
pub mod sunset;
mod values;
pub mod version;

use rules::{Rule, Severity};

/// One difference.
#[derive(Clone, Debug)]
pub struct Change {
    pub rule: &'static Rule,
    /// JSON pointer of what changed: in the later document, or in the earlier one where it is gone.
    pub pointer: String,
    /// Line and column in the later document, those of the nearest ancestor where it is gone.
    pub place: (usize, usize),
    /// What was and what is.
    pub text: String,
    /// The operations that are touched; none where it is the document as a whole.
    pub operations: BTreeSet<String>,
}

impl Change {
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}

/// The direction of a value: who writes it and who has to understand it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Parameter,
    Request,
    Header,
    Response,
}

impl Side {
    /// How the names of rules about it begin.
    fn name(self) -> &'static str {
        match self {
            Self::Parameter => "request-parameter",
            Self::Request => "request-member",
            Self::Header => "response-header",
            Self::Response => "response-member",
        }
    }
}

/// Two revisions side by side.
struct Comparison<'a> {
    before: &'a Api<'a>,
    after: &'a Api<'a>,
    later: &'a Document,
    today: NaiveDate,
    operation: String,
    changes: BTreeMap<(&'static str, String, String), Change>,
    /// Pairs of schemas that this operation has been through.
    seen: BTreeSet<(Side, String, String)>,
}

/// Every change from one revision of a document to the next, in the order of the later one.
pub fn compare(before: &Api<'_>, after: &Api<'_>, today: NaiveDate) -> Vec<Change> {
    let mut comparison = Comparison {
        before,
        after,
        later: after.root.document(),
        today,
        operation: String::new(),
        changes: BTreeMap::new(),
        seen: BTreeSet::new(),
    };
    comparison.document();
    comparison.operations();
    let mut changes: Vec<Change> = comparison.changes.into_values().collect();
    changes.sort_by(|a, b| (a.place, a.rule.id, &a.text).cmp(&(b.place, b.rule.id, &b.text)));
    changes
}

impl Comparison<'_> {
    /// Notes a change; what several operations share is one change.
    fn note(&mut self, rule: &str, pointer: &str, text: impl Into<String>) {
        let (rule, text) = (rules::named(rule), text.into());
        let key = (rule.id, pointer.to_owned(), text.clone());
        let place = self.later.position(pointer);
        let change = self.changes.entry(key).or_insert_with(|| Change {
            rule,
            pointer: pointer.to_owned(),
            place,
            text,
            operations: BTreeSet::new(),
        });
        if !self.operation.is_empty() {
            change.operations.insert(self.operation.clone());
        }
    }

    /// The same for a rule that has a name per side.
    fn note_on(&mut self, side: Side, aspect: &str, pointer: &str, text: impl Into<String>) {
        self.note(&format!("{}-{aspect}", side.name()), pointer, text);
    }

    /// `deprecated` and `x-sunset` beside an operation, parameter or member.
    fn lifecycle(&mut self, before: &Node<'_>, after: &Node<'_>) {
        match (before.flag("deprecated"), after.flag("deprecated")) {
            (false, true) => self.note("deprecated", &after.pointer, "is deprecated"),
            (true, false) => self.note("no-longer-deprecated", &after.pointer, "is no longer deprecated"),
            (true, true) => self.sunset(before, after),
            (false, false) => {}
        }
    }

    fn sunset(&mut self, before: &Node<'_>, after: &Node<'_>) {
        let (was, is) = (sunset::date(before), sunset::date(after));
        if was == is {
            return;
        }
        let shown = |date: Option<NaiveDate>| date.map_or("none".to_owned(), |date| date.to_string());
        let text = format!("`x-sunset` {} -> {}", shown(was), shown(is));
        let is_earlier = matches!((was, is), (Some(was), Some(is)) if is < was);
        let rule = if is_earlier {
            "sunset-earlier"
        } else {
            "sunset-changed"
        };
        self.note(rule, &below(&after.pointer, "x-sunset"), text);
    }

    /// Spellings that are taken beside what the document says.
    fn tolerances(&mut self, before: &Node<'_>, after: &Node<'_>) {
        let (was, is) = (words(before), words(after));
        let pointer = below(&after.pointer, "x-roster-tolerates");
        for word in was.iter().filter(|word| !is.contains(word)) {
            self.note("tolerance-removed", &pointer, format!("`{word}`"));
        }
        for word in is.iter().filter(|word| !was.contains(word)) {
            self.note("tolerance-added", &pointer, format!("`{word}`"));
        }
    }

    /// Whether something may go now.
    fn is_past_sunset(&self, gone: &Node<'_>) -> bool {
        gone.flag("deprecated") && sunset::date(gone).is_some_and(|date| date <= self.today)
    }

    /// A parameter, member or operation that is gone, with what was announced about it.
    fn gone(&mut self, rule: &str, node: &Node<'_>, what: &str) {
        if self.is_past_sunset(node) {
            let rule = format!("{}-after-sunset", rule.replace("-optional", ""));
            self.note(&rule, &node.pointer, what);
            return;
        }
        let text = match sunset::date(node).filter(|_| node.flag("deprecated")) {
            Some(date) => format!("{what}; it was to stay until {date}"),
            None => what.to_owned(),
        };
        self.note(rule, &node.pointer, text);
    }
}

#[cfg(test)]
mod tests;

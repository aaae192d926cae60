//! Whether the version of a document has risen as far as its changes demand.

use semver::Version;

use super::accepted::Entry;
use super::rules::{self, Severity};
use super::{Change, version};
use crate::document::Document;
use crate::finding::Finding;

/// How many operations a finding names.
const NAMED: usize = 3;

/// What is said about a document.
#[derive(Debug, Default)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    /// Said in any case: how much changed, and why nothing is demanded.
    pub notes: Vec<String>,
}

/// The version has to be one.
pub fn check_version(document: &Document) -> Option<Finding> {
    let text = "the version must be three numbers such as `1.4.0`, with a suffix if it is a pre-release";
    match version::of(document) {
        Some(_) => None,
        None => Some(at_version(document, "version-unreadable", text.to_owned())),
    }
}

/// Judges the changes from one revision to the next; the earlier one is missing where it could not be read. `name` is
/// what the list of accepted changes calls the document.
pub fn judge(
    before: Option<&Document>,
    after: &Document,
    changes: &[Change],
    accepted: &[Entry],
    name: &str,
) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(is) = version::of(after) else {
        return verdict;
    };
    let is_open = |change: &&Change| !accepted.iter().any(|entry| entry.accepts(name, change));
    let open: Vec<&Change> = changes.iter().filter(is_open).collect();
    let shown = after.path.display();
    let Some(before) = before else {
        let mend = format!(
            "compare with another `--base`, or accept it in `{}`",
            super::accepted::FILE
        );
        verdict
            .findings
            .extend(open.iter().map(|change| finding(after, change, &mend)));
        return verdict;
    };
    let Some(was) = version::of(before) else {
        if !changes.is_empty() {
            verdict.notes.push(format!(
                "{shown}: {}; the earlier version was none, so none is demanded",
                counted(changes)
            ));
        }
        return verdict;
    };
    if is < was {
        let text = format!("the version fell from {was} to {is}");
        verdict.findings.push(at_version(after, "version-lowered", text));
    }
    if changes.is_empty() {
        return verdict;
    }
    if was.pre.is_empty() {
        verdict
            .notes
            .push(format!("{shown}: {was} -> {is}, {}", counted(changes)));
        demand(&mut verdict, after, &open, &was, &is);
    } else {
        let text = format!(
            "{shown}: {}; {was} was a pre-release and promised nothing",
            counted(changes)
        );
        verdict.notes.push(text);
    }
    verdict
}

fn demand(verdict: &mut Verdict, after: &Document, open: &[&Change], was: &Version, is: &Version) {
    let demands = |change: &Change| version::needed(was, change.severity());
    let missing = open.iter().map(|change| demands(change));
    let Some(needed) = missing.filter(|needed| !version::suffices(is, needed)).max() else {
        return;
    };
    // What demands less is content with what is demanded here.
    let missing: Vec<&&Change> = open.iter().filter(|change| demands(change) == needed).collect();
    let mend = format!("set `info.version` to {needed}, or take the change back");
    for change in &missing {
        verdict.findings.push(finding(after, change, &mend));
    }
    let text = format!(
        "{was} -> {is}, but {} need {needed} at least",
        counted_of(missing.len())
    );
    verdict
        .findings
        .push(at_version(after, "version-not-raised", text));
}

/// A change as a finding.
pub fn finding(after: &Document, change: &Change, mend: &str) -> Finding {
    Finding {
        rule: change.rule.id,
        file: after.path.clone(),
        line: change.place.0,
        column: change.place.1,
        text: format!(
            "{}: {}{} (#{})",
            change.severity().name(),
            change.text,
            operations(change),
            change.pointer
        ),
        mend: Some(mend.to_owned()),
    }
}

/// The first operations that a change touches, and how many more.
fn operations(change: &Change) -> String {
    let names: Vec<&str> = change.operations.iter().map(String::as_str).collect();
    match names.len() {
        0 => String::new(),
        count if count > NAMED => format!(", in {} and {} more", names[..NAMED].join(", "), count - NAMED),
        _ => format!(", in {}", names.join(", ")),
    }
}

fn at_version(document: &Document, rule: &'static str, text: String) -> Finding {
    let (line, column) = document.position("/info/version");
    Finding {
        rule,
        file: document.path.clone(),
        line,
        column,
        text,
        mend: Some("set `info.version`".to_owned()),
    }
}

fn counted_of(count: usize) -> String {
    format!("{count} {}", if count == 1 { "change" } else { "changes" })
}

/// `2 breaking, 1 info`.
pub fn counted(changes: &[Change]) -> String {
    let of = |severity| {
        let count = changes
            .iter()
            .filter(|change| change.severity() == severity)
            .count();
        (count > 0).then(|| format!("{count} {}", severity.name()))
    };
    let parts: Vec<String> = [Severity::Breaking, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(of)
        .collect();
    parts.join(", ")
}

/// A change of the document as a whole that no comparison of two documents shows.
pub fn whole(rule: &str, text: String) -> Change {
    Change {
        rule: rules::named(rule),
        pointer: "/".to_owned(),
        place: (1, 1),
        text,
        operations: std::collections::BTreeSet::new(),
    }
}

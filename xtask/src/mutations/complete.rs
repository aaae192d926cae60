//! Whether every rule and every keyword has a mutation that it kills.

use std::collections::BTreeSet;

use super::keywords;
use super::row::Row;
use crate::catalogue;
use crate::compare::rules;

/// Rules that no mutation shows here, each with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "document-added",
        "a new document breaks nobody, so it is said and no finding",
    ),
    (
        "driven-stopped",
        "it would hide what else is wrong in the dialect; a test of the suite shows it",
    ),
];

/// One row for each rule without a mutation, and for each exception that is none.
pub fn rows(rows: &[Row]) -> Vec<Row> {
    let shown: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.is_killed())
        .flat_map(|row| &row.rules)
        .map(String::as_str)
        .collect();
    let known: Vec<&str> = catalogue::entries()
        .map(|entry| entry.id)
        .chain(rules::all().map(|rule| rule.id))
        .collect();
    let is_excepted = |rule: &str| ELSEWHERE.iter().any(|(id, _)| *id == rule);
    let bare = known
        .iter()
        .filter(|rule| !shown.contains(**rule) && !is_excepted(rule));
    let stale = ELSEWHERE
        .iter()
        .map(|(rule, _)| rule)
        .filter(|rule| shown.contains(**rule) || !known.contains(rule));
    let missing = bare.map(|rule| Row::missing(&format!("the rule `{rule}`")));
    let tried: BTreeSet<&str> = keywords::all()
        .flat_map(|keyword| keyword.shows.split(' '))
        .collect();
    let all = keywords::known();
    let silent = all.iter().filter(|keyword| !tried.contains(keyword.as_str()));
    let silent = silent.map(|keyword| Row::missing(&format!("the keyword `{keyword}`")));
    missing
        .chain(silent)
        .chain(stale.map(|rule| Row::missing(&format!("the exception `{rule}`"))))
        .collect()
}

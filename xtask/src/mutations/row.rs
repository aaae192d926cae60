//! A line of the table: a mutation, what was expected, what was seen, and the verdict.

use std::collections::BTreeSet;

use super::mutation::{Mutation, told};
use crate::finding::Finding;

/// What became of one mutation.
#[derive(Debug)]
pub struct Row {
    step: String,
    name: String,
    file: String,
    seen: Vec<String>,
    expected: Vec<String>,
    missed: Vec<String>,
    surplus: Vec<String>,
    /// The rules that it shows to fail.
    pub rules: BTreeSet<String>,
}

impl Row {
    pub fn new(mutation: &Mutation, findings: &[Finding], missed: Vec<String>, surplus: Vec<String>) -> Self {
        let file = mutation
            .edits
            .first()
            .map(|edit| edit.file().display().to_string());
        Self {
            step: mutation.step.name(),
            name: mutation.name.clone(),
            file: file.unwrap_or_default(),
            seen: findings.iter().map(told).collect(),
            expected: mutation.expected.iter().map(ToString::to_string).collect(),
            missed,
            surplus,
            rules: mutation
                .expected
                .iter()
                .map(|expected| expected.rule.clone())
                .collect(),
        }
    }

    /// What a suite has to find, and what it found; the rule is the first word of each.
    pub fn compared(
        step: &str,
        name: &str,
        file: &str,
        expected: &BTreeSet<String>,
        seen: &BTreeSet<String>,
    ) -> Self {
        let rule = |told: &String| told.split(' ').next().unwrap_or_default().to_owned();
        Self {
            step: step.to_owned(),
            name: name.to_owned(),
            file: file.to_owned(),
            seen: seen.iter().cloned().collect(),
            expected: expected.iter().cloned().collect(),
            missed: expected.difference(seen).cloned().collect(),
            surplus: seen.difference(expected).cloned().collect(),
            rules: expected.iter().map(rule).collect(),
        }
    }

    /// Something that has no mutation at all.
    pub fn missing(what: &str) -> Self {
        Self {
            step: "complete".to_owned(),
            name: format!("{what} has no mutation"),
            file: "xtask/src/mutations".to_owned(),
            seen: Vec::new(),
            expected: Vec::new(),
            missed: Vec::new(),
            surplus: Vec::new(),
            rules: BTreeSet::new(),
        }
    }

    /// A mutation that the gate does not notice at all is no less alive than one that it misplaces.
    pub fn is_killed(&self) -> bool {
        self.missed.is_empty() && self.surplus.is_empty() && !self.seen.is_empty()
    }

    /// `killed    lint       openapi/small.yaml  what was edited  =>  what was found`.
    pub fn line(&self) -> String {
        let verdict = if self.is_killed() { "killed" } else { "survived" };
        let (step, file, name) = (&self.step, &self.file, &self.name);
        format!("{verdict:<9} {step:<9} {file}: {name} => {}", self.found())
    }

    /// What was seen; places in the edited file without its name.
    fn found(&self) -> String {
        let short = |told: &String| told.replace(&format!(" {}:", self.file), " ");
        let found: Vec<String> = self.seen.iter().map(short).collect();
        if found.is_empty() {
            "nothing".to_owned()
        } else {
            found.join(", ")
        }
    }

    /// The name under which it is reported.
    pub fn test(&self) -> String {
        format!("{}: {}: {}", self.step, self.file, self.name)
    }

    /// Why it survived.
    pub fn explained(&self) -> String {
        let list = |what: &str, lines: &[String]| {
            let lines: Vec<String> = lines.iter().map(|line| format!("\n    {line}")).collect();
            if lines.is_empty() {
                String::new()
            } else {
                format!("\n  {what}:{}", lines.concat())
            }
        };
        format!(
            "survived: {}{}{}{}{}",
            self.test(),
            list("expected", &self.expected),
            list("seen", &self.seen),
            list("expected and not seen", &self.missed),
            list("seen and not expected", &self.surplus)
        )
    }
}

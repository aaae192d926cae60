//! What a run of `check` found, and the formats in which it is told.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::ValueEnum;

use crate::finding::Finding;

mod github;
mod json;
mod junit;
mod sarif;
pub mod text;
pub mod xml;

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people, step by step while the run goes on.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// JUnit's XML: a suite per step, a failed case per finding.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
    /// Commands of GitHub Actions, which show findings beside the lines of a pull request.
    Github,
}

/// What a whole run amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing found.
    Clean,
    /// At least one finding.
    Findings,
    /// At least one step could not do its work.
    Faulty,
}

impl Verdict {
    /// The exit code of the program.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Faulty => 2,
        }
    }
}

/// One step that ran.
#[derive(Clone, Debug, Default)]
pub struct StepReport {
    pub name: String,
    pub seconds: f64,
    /// Why the step could not do its work.
    pub fault: Option<String>,
    /// What no earlier step found, in the order of files and lines.
    pub findings: Vec<Finding>,
    /// How many findings an earlier step reported already.
    pub repeated: usize,
    /// What it has to say beside findings.
    pub notes: Vec<String>,
}

/// All steps of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub steps: Vec<StepReport>,
    seen: BTreeSet<Finding>,
}

impl Report {
    /// Takes a step in. What two steps both found belongs to the first.
    pub fn add(
        &mut self,
        name: String,
        seconds: f64,
        outcome: Result<Vec<Finding>, String>,
        notes: Vec<String>,
    ) -> &StepReport {
        let (mut findings, fault) = match outcome {
            Ok(findings) => (findings, None),
            Err(fault) => (Vec::new(), Some(fault)),
        };
        findings.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        findings.dedup();
        let all = findings.len();
        findings.retain(|finding| self.seen.insert(finding.clone()));
        let index = self.steps.len();
        self.steps.push(StepReport {
            name,
            seconds,
            fault,
            repeated: all - findings.len(),
            findings,
            notes,
        });
        &self.steps[index]
    }

    /// Every finding with its step.
    pub fn findings(&self) -> impl Iterator<Item = (&StepReport, &Finding)> {
        let of = |step| std::iter::repeat(step);
        self.steps
            .iter()
            .flat_map(move |step| of(step).zip(&step.findings))
    }

    /// How many steps could not do their work.
    pub fn faults(&self) -> usize {
        self.steps.iter().filter(|step| step.fault.is_some()).count()
    }

    pub fn verdict(&self) -> Verdict {
        if self.faults() > 0 {
            Verdict::Faulty
        } else if self.findings().next().is_some() {
            Verdict::Findings
        } else {
            Verdict::Clean
        }
    }

    /// Writes the whole report; for text, what remains to be said at the end.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Text => text::close(self, out),
            Format::Json => out.write_all(json::render(self).as_bytes()),
            Format::Junit => out.write_all(junit::render(self).as_bytes()),
            Format::Sarif => out.write_all(sarif::render(self).as_bytes()),
            Format::Github => out.write_all(github::render(self).as_bytes()),
        }
    }
}

/// The path as URLs and tools want it.
fn slashed(finding: &Finding) -> String {
    finding.file.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests;

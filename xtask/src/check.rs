//! `cargo xtask check`: proves that documents, generated code, running server and tests agree, and that the
//! work tree is tidy. Every step reports everything it finds; no step stops the others.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;

use crate::cargo;
use crate::document::Document;
use crate::finding::Finding;
use crate::workspace::{Fault, Outcome, Workspace};

mod breaking;
mod coverage;
mod derived;
mod documents;
mod examples;
#[cfg(test)]
mod fixture;
mod freshness;
mod routes;
mod tidy;
mod tools;

pub use breaking::Against;

/// The steps, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The documents keep the rules for documents.
    Lint,
    /// The generated files are what the generator makes of the documents.
    Generated,
    /// No document breaks its clients without saying so in its version.
    Breaking,
    /// The document derived from the server's types equals the document in `openapi/`.
    Derived,
    /// Every example is decoded, checked and encoded again, in each of its media types.
    Examples,
    /// The server answers exactly the documented operations.
    Routes,
    /// Every documented answer of every operation has a test case.
    Coverage,
    /// Sizes, directions, dependencies, markers.
    Tidy,
    /// `cargo fmt --check`.
    Fmt,
    /// `cargo clippy`, warnings denied.
    Clippy,
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Lint => documents::run(context),
            Self::Generated => freshness::run(context),
            Self::Breaking => breaking::run(context),
            Self::Derived => derived::run(context),
            Self::Examples => examples::run(context),
            Self::Routes => routes::run(context),
            Self::Coverage => coverage::run(context),
            Self::Tidy => tidy::run(context),
            Self::Fmt => tools::fmt(context),
            Self::Clippy => tools::clippy(context),
        }
    }
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

/// What the steps share, each made once and only if a step needs it.
pub struct Context {
    /// The work tree.
    pub workspace: Workspace,
    /// What the documents are compared with.
    pub against: Against,
    notes: RefCell<Vec<String>>,
    documents: OnceCell<(Vec<Document>, Vec<Finding>)>,
    fixtures: OnceCell<(Vec<Document>, Vec<Finding>)>,
    server: OnceCell<Result<PathBuf, Vec<Finding>>>,
}

impl Context {
    /// Nothing is read or built yet.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            against: Against::Default,
            notes: RefCell::default(),
            documents: OnceCell::new(),
            fixtures: OnceCell::new(),
            server: OnceCell::new(),
        }
    }

    /// Says something that is no finding; it is printed below the step.
    pub fn note(&self, text: impl Into<String>) {
        self.notes.borrow_mut().push(text.into());
    }

    /// The documents that could be read, and findings for those that could not: without them the other steps
    /// have nothing to compare with.
    pub fn documents(&self) -> Result<(&[Document], Vec<Finding>), Fault> {
        self.load(&self.documents, "openapi")
    }

    /// The documents that only try out the generator.
    pub fn fixtures(&self) -> Result<(&[Document], Vec<Finding>), Fault> {
        self.load(&self.fixtures, "xtask/fixtures")
    }

    fn load<'c>(
        &self,
        cell: &'c OnceCell<(Vec<Document>, Vec<Finding>)>,
        folder: &str,
    ) -> Result<(&'c [Document], Vec<Finding>), Fault> {
        if cell.get().is_none() {
            let _ = cell.set(self.workspace.documents(folder)?);
        }
        let (documents, findings) = cell.get_or_init(Default::default);
        Ok((documents, findings.clone()))
    }

    /// The built server, or why it does not build.
    pub fn server(&self) -> Result<Result<PathBuf, Vec<Finding>>, Fault> {
        if let Some(built) = self.server.get() {
            return Ok(built.clone());
        }
        let built = cargo::build_server(&self.workspace)?;
        Ok(self.server.get_or_init(|| built).clone())
    }
}

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// These steps; all, if none is named.
    pub steps: Vec<Step>,
    /// What the documents are compared with.
    pub against: Against,
}

/// Runs the steps, printing as it goes.
pub fn run(workspace: Workspace, options: &Options, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut context = Context::new(workspace);
    context.against = options.against.clone();
    let wanted = &options.steps;
    let all = Step::value_variants();
    let steps: Vec<Step> = all
        .iter()
        .copied()
        .filter(|step| wanted.is_empty() || wanted.contains(step))
        .collect();
    let mut tally = Tally::default();
    for step in steps {
        write!(out, "{:<10}", step.name())?;
        out.flush()?;
        let start = Instant::now();
        let outcome = step.run(&context);
        let seconds = start.elapsed().as_secs_f64();
        tally.report(&context.workspace, outcome, seconds, out)?;
        for note in context.notes.take() {
            writeln!(out, "  note: {note}")?;
        }
    }
    tally.close(out)
}

/// Counts over all steps. What two steps both found is reported by the first.
#[derive(Default)]
struct Tally {
    seen: BTreeSet<Finding>,
    steps: usize,
    faults: usize,
}

impl Tally {
    fn report(
        &mut self,
        workspace: &Workspace,
        outcome: Outcome,
        seconds: f64,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.steps += 1;
        let mut findings = match outcome {
            Ok(findings) => findings,
            Err(fault) => {
                self.faults += 1;
                writeln!(out, "FAULT in {seconds:.1} s")?;
                return writeln!(out, "  {}", fault.0.replace('\n', "\n  "));
            }
        };
        for finding in &mut findings {
            finding.file = workspace.shown(&finding.file);
        }
        findings.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        findings.dedup();
        let known = findings
            .iter()
            .filter(|finding| self.seen.contains(finding))
            .count();
        match (findings.len(), known) {
            (0, _) => writeln!(out, "ok in {seconds:.1} s")?,
            (all, known) if all == known => writeln!(out, "not clean: {}, all shown above", counted(all))?,
            (all, _) => writeln!(out, "{} in {seconds:.1} s", counted(all))?,
        }
        for finding in findings {
            if self.seen.contains(&finding) {
                continue;
            }
            writeln!(out, "  {finding}")?;
            if let Some(mend) = &finding.mend {
                writeln!(out, "    mend: {mend}")?;
            }
            self.seen.insert(finding);
        }
        Ok(())
    }

    fn close(self, out: &mut dyn Write) -> io::Result<Verdict> {
        let (count, steps) = (self.seen.len(), self.steps);
        if self.faults > 0 {
            writeln!(
                out,
                "check: {} of {steps} steps could not run, {}",
                self.faults,
                counted(count)
            )?;
            return Ok(Verdict::Faulty);
        }
        if count > 0 {
            writeln!(out, "check: {}, steps run: {steps}", counted(count))?;
            let mends: BTreeSet<&str> = self.seen.iter().filter_map(|f| f.mend.as_deref()).collect();
            for mend in mends.into_iter().filter(|mend| mend.starts_with("cargo ")) {
                writeln!(out, "  {mend}")?;
            }
            return Ok(Verdict::Findings);
        }
        writeln!(out, "check: nothing found, steps run: {steps}")?;
        Ok(Verdict::Clean)
    }
}

fn counted(findings: usize) -> String {
    format!(
        "{findings} {}",
        if findings == 1 { "finding" } else { "findings" }
    )
}

#[cfg(test)]
mod tests;

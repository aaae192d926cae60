//! `cargo xtask check`: proves that documents, generated code, running server and tests agree, and that the
//! work tree is tidy. Every step reports everything it finds; no step stops the others.

use std::cell::{OnceCell, RefCell};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;

use crate::cargo;
use crate::document::Document;
use crate::finding::Finding;
use crate::report::{Format, Report, Verdict, text};
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
mod samples;
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
    /// Generated code takes and refuses what each schema does, and loses nothing.
    Samples,
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
    /// The name by which it is called.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// What it finds; files are named relative to the root.
    pub fn find(self, context: &Context) -> Outcome {
        shown(&context.workspace, self.run(context))
    }

    fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Lint => documents::run(context),
            Self::Generated => freshness::run(context),
            Self::Breaking => breaking::run(context),
            Self::Derived => derived::run(context),
            Self::Examples => examples::run(context),
            Self::Samples => samples::run(context),
            Self::Routes => routes::run(context),
            Self::Coverage => coverage::run(context),
            Self::Tidy => tidy::run(context),
            Self::Fmt => tools::fmt(context),
            Self::Clippy => tools::clippy(context),
        }
    }
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

    /// The same with a server that is built already.
    #[must_use]
    pub fn served_by(mut self, program: PathBuf) -> Self {
        self.server = OnceCell::from(Ok(program));
        self
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

/// What to run, and how to tell it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// These steps; all, if none is named.
    pub steps: Vec<Step>,
    /// What the documents are compared with.
    pub against: Against,
    pub format: Format,
}

/// Runs the steps. Text is printed as it comes, every other format at the end.
pub fn run(workspace: Workspace, options: &Options, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut context = Context::new(workspace);
    context.against = options.against.clone();
    let wanted = &options.steps;
    let is_wanted = |step: &&Step| wanted.is_empty() || wanted.contains(step);
    let is_text = options.format == Format::Text;
    let mut report = Report::default();
    for step in Step::value_variants().iter().filter(is_wanted) {
        if is_text {
            write!(out, "{:<10}", step.name())?;
            out.flush()?;
        }
        let start = Instant::now();
        let outcome = step.find(&context).map_err(|fault| fault.0);
        let seconds = start.elapsed().as_secs_f64();
        let step = report.add(step.name(), seconds, outcome, context.notes.take());
        if is_text {
            text::step(step, out)?;
        }
    }
    report.write(options.format, out)?;
    Ok(report.verdict())
}

/// Paths as people read them.
fn shown(workspace: &Workspace, outcome: Outcome) -> Outcome {
    let mut findings = outcome?;
    for finding in &mut findings {
        finding.file = workspace.shown(&finding.file);
    }
    Ok(findings)
}

#[cfg(test)]
mod tests;

//! `cargo xtask check`: proves that documents, generated code, running server and tests agree, and that the
//! work tree is tidy. Every step reports everything it finds; no step stops the others.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use clap::ValueEnum;

use crate::cargo;
use crate::document::Document;
use crate::finding::Finding;
use crate::report::{Format, Report, Verdict, text};
use crate::workspace::{Fault, Outcome, TextFile, Workspace};

mod breaking;
mod coverage;
mod derived;
mod documents;
mod examples;
#[cfg(test)]
mod fixture;
mod freshness;
mod lanes;
mod routes;
mod samples;
mod tidy;
mod tools;

pub use breaking::Against;

/// The steps, in the order in which they are told.
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

/// Made once; why it cannot be made is told to everyone who asks.
type Once<T> = OnceLock<Result<T, String>>;

/// Documents, and findings for those that could not be read.
type Documents = (Vec<Document>, Vec<Finding>);

/// What the steps share, each made once and only if a step needs it.
pub struct Context {
    /// The work tree.
    pub workspace: Workspace,
    /// What the documents are compared with.
    pub against: Against,
    notes: Mutex<Vec<(Step, String)>>,
    documents: Once<Documents>,
    fixtures: Once<Documents>,
    texts: Once<Vec<TextFile>>,
    server: Once<Result<PathBuf, Vec<Finding>>>,
}

impl Context {
    /// Nothing is read or built yet.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            against: Against::Default,
            notes: Mutex::default(),
            documents: OnceLock::new(),
            fixtures: OnceLock::new(),
            texts: OnceLock::new(),
            server: OnceLock::new(),
        }
    }

    /// The same with a server that is built already.
    #[must_use]
    pub fn served_by(mut self, program: PathBuf) -> Self {
        self.server = OnceLock::from(Ok(Ok(program)));
        self
    }

    /// Says something that is no finding; it is printed below the step.
    pub fn note(&self, step: Step, text: impl Into<String>) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push((step, text.into()));
    }

    /// What a step said beside its findings.
    fn notes(&self, step: Step) -> Vec<String> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let own = notes.iter().filter(|(said_by, _)| *said_by == step);
        own.map(|(_, text)| text.clone()).collect()
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
        known: &'c Once<Documents>,
        folder: &str,
    ) -> Result<(&'c [Document], Vec<Finding>), Fault> {
        let (documents, findings) = once(known, || self.workspace.documents(folder))?;
        Ok((documents, findings.clone()))
    }

    /// Every text file of the work tree, sorted by path.
    pub fn texts(&self) -> Result<&[TextFile], Fault> {
        once(&self.texts, || self.workspace.texts()).map(Vec::as_slice)
    }

    /// The built server, or why it does not build.
    pub fn server(&self) -> Result<Result<PathBuf, Vec<Finding>>, Fault> {
        once(&self.server, || cargo::build_server(&self.workspace)).cloned()
    }
}

/// What is made already, or is made now; others who ask meanwhile wait for it.
fn once<T>(known: &Once<T>, make: impl FnOnce() -> Result<T, Fault>) -> Result<&T, Fault> {
    let result = known.get_or_init(|| make().map_err(|fault| fault.0));
    result.as_ref().map_err(|fault| Fault(fault.clone()))
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

/// Runs the steps side by side. Text is printed step by step in their order, every other format at the end.
pub fn run(workspace: Workspace, options: &Options, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut context = Context::new(workspace);
    context.against = options.against.clone();
    let is_wanted = |step: &&Step| options.steps.is_empty() || options.steps.contains(step);
    let wanted: Vec<Step> = Step::value_variants().iter().filter(is_wanted).copied().collect();
    let is_text = options.format == Format::Text;
    let mut report = Report::default();
    thread::scope(|scope| {
        let mut running = lanes::start(scope, &context, &wanted);
        for step in wanted {
            if is_text {
                write!(out, "{:<10}", step.name())?;
                out.flush()?;
            }
            let ended = running.end_of(step);
            let step = report.add(step.name(), ended.seconds, ended.outcome, context.notes(step));
            if is_text {
                text::step(step, out)?;
            }
        }
        io::Result::Ok(())
    })?;
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

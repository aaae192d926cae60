//! Command line of the project's automation. CI calls these commands and holds no logic.
//!
//! Exit codes: 0 for nothing found, 1 for findings and failed tests, 2 where a command could not do its work.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use xtask::bench;
use xtask::catalogue;
use xtask::changelog;
use xtask::check::{self, Against, Options, Step};
use xtask::finding::Finding;
use xtask::generate::generate;
use xtask::report::{Format, Verdict};
use xtask::test::{self, Suite};
use xtask::workspace::{Fault, Workspace};

/// The project's automation.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the generated code from the documents in `openapi/`.
    Generate {
        /// Writes nothing and fails if something would change.
        #[arg(long)]
        check: bool,
    },
    /// Proves that documents, generated code, server and tests agree. Exit code 1: findings, 2: could not run.
    Check {
        /// Runs these steps only.
        #[arg(long = "step", value_name = "NAME", num_args = 1..)]
        steps: Vec<Step>,
        /// How findings are told. Every format but text is written once, at the end.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// Compares the documents with this revision instead of where the branch left the default branch.
        #[arg(long, value_name = "REV", conflicts_with_all = ["from", "to"])]
        base: Option<String>,
        /// Compares this document with `--to`, whatever the work tree holds; runs only the step `breaking`.
        #[arg(long, value_name = "FILE", requires = "to", conflicts_with = "steps")]
        from: Option<PathBuf>,
        /// The later document.
        #[arg(long, value_name = "FILE", requires = "from")]
        to: Option<PathBuf>,
    },
    /// Loads a release build and prints what requests cost, as shares of the cheapest answer.
    Bench {
        #[command(flatten)]
        load: bench::Load,
    },
    /// Runs the tests, all of them or one suite.
    Test {
        /// The suite.
        suite: Option<Suite>,
        /// Writes the results to this file as well, as JUnit's XML.
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
    },
    /// Prints what changed for API consumers between two revisions, as Markdown.
    Changelog {
        /// The earlier revision; if it is not said, the newest release, else where the branch left the default branch.
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// The later revision; the work tree, if it is not said.
        #[arg(long, value_name = "REV")]
        to: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let code = run(&arguments.command, &mut out).unwrap_or_else(|fault| {
        // If nothing can be printed, the exit code still says it.
        let _ = writeln!(io::stderr(), "xtask: {fault}");
        2
    });
    ExitCode::from(code)
}

fn run(command: &Command, out: &mut dyn Write) -> Result<u8, Fault> {
    let here = std::env::current_dir().map_err(|e| Fault(format!("no current folder: {e}")))?;
    let workspace =
        Workspace::around(&here).ok_or_else(|| Fault("no workspace around this folder".to_owned()))?;
    match command {
        Command::Generate { check: true } => {
            let steps = vec![Step::Lint, Step::Generated];
            let options = Options {
                steps,
                ..Options::default()
            };
            let verdict = check::run(workspace, &options, out).map_err(unprintable)?;
            Ok(verdict.code())
        }
        Command::Generate { check: false } => write_generated(&workspace, out),
        Command::Check {
            steps,
            format,
            base,
            from,
            to,
        } => {
            let against = against(base.as_ref(), from.as_ref().zip(to.as_ref()));
            let steps = match against {
                Against::Files { .. } => vec![Step::Breaking],
                _ => steps.clone(),
            };
            let format = *format;
            let options = Options {
                steps,
                against,
                format,
            };
            check::run(workspace, &options, out)
                .map(Verdict::code)
                .map_err(unprintable)
        }
        Command::Bench { load } => bench::run(&workspace, *load, out).map(|()| 0),
        Command::Test { suite, junit } => {
            let passed = test::run(&workspace, *suite, junit.as_deref(), out)?;
            Ok(u8::from(!passed))
        }
        Command::Changelog { base, to } => {
            match changelog::run(&workspace, base.as_deref(), to.as_deref())? {
                Ok(text) => write!(out, "{text}").map(|()| 0).map_err(unprintable),
                Err(findings) => {
                    for finding in &findings {
                        print(&workspace, finding, out).map_err(unprintable)?;
                    }
                    Ok(1)
                }
            }
        }
    }
}

fn against(base: Option<&String>, files: Option<(&PathBuf, &PathBuf)>) -> Against {
    match (files, base) {
        (Some((from, to)), _) => Against::Files {
            from: from.clone(),
            to: to.clone(),
        },
        (None, Some(revision)) => Against::Revision(revision.clone()),
        (None, None) => Against::Default,
    }
}

fn write_generated(workspace: &Workspace, out: &mut dyn Write) -> Result<u8, Fault> {
    match generate(workspace.root()) {
        Ok(summary) => {
            let is_new = catalogue::write(workspace.root())?;
            writeln!(out, "{summary}").map_err(unprintable)?;
            if is_new {
                writeln!(out, "{}: written", catalogue::FILE).map_err(unprintable)?;
            }
            Ok(0)
        }
        Err(findings) => {
            for finding in &findings {
                print(workspace, finding, out).map_err(unprintable)?;
            }
            writeln!(out, "generate: {} findings, nothing was written", findings.len())
                .map_err(unprintable)?;
            Ok(1)
        }
    }
}

fn print(workspace: &Workspace, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let shown = Finding {
        file: workspace.shown(&finding.file),
        ..finding.clone()
    };
    writeln!(out, "{shown}")?;
    match &finding.mend {
        Some(mend) => writeln!(out, "  mend: {mend}"),
        None => Ok(()),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn unprintable(error: io::Error) -> Fault {
    Fault(format!("cannot print: {error}"))
}

//! `cargo xtask test clients`: clients are generated from the documents, compiled strictly, and call the server.
//!
//! Everything happens in a stage below the target folder: packages, copies of documents and stories, generated
//! clients. Each generator and each dialect has one story in `tests/clients/stories`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::cargo;
use crate::workspace::{Fault, Workspace};

mod compile;
mod generation;
pub mod generators;
mod jobs;
mod packages;
mod stage;
mod stories;
mod tools;

use jobs::Failure;
use stage::Stage;

/// What became of the suite.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// A tool or a package is missing; in CI that is a failure.
    LeftOut,
}

/// Runs the suite. It is left out where a tool is missing or packages cannot be installed, unless `CI` is set.
pub fn run(workspace: &Workspace, out: &mut dyn Write) -> Result<Outcome, Fault> {
    let start = Instant::now();
    let tools = match tools::find() {
        Ok(tools) => tools,
        Err(missing) => return leave_out(&missing, out),
    };
    let program = match cargo::build_server(workspace)? {
        Ok(program) => program,
        Err(findings) => {
            for finding in findings {
                say(out, &finding.to_string())?;
            }
            return Ok(Outcome::Failed);
        }
    };
    let stage = Stage::prepare(workspace, &folder(&program), tools)?;
    if let Some(failure) = packages::install(&stage).first() {
        return leave_out(&format!("packages cannot be installed: {failure}"), out);
    }
    tell(out, "ready", &[], start)?;
    let steps: [Step<'_>; 3] = [
        ("generated", &|| generation::run(&stage)),
        ("compiled", &|| compile::run(&stage)),
        ("passed", &|| stories::run(&stage, &program)),
    ];
    for (name, step) in steps {
        let begin = Instant::now();
        let (done, failures) = step();
        tell(out, &format!("{done} {name}"), &failures, begin)?;
        if !failures.is_empty() {
            return Ok(Outcome::Failed);
        }
    }
    tell(out, "all is well", &[], start)?;
    Ok(Outcome::Passed)
}

fn leave_out(why: &str, out: &mut dyn Write) -> Result<Outcome, Fault> {
    let is_mandatory = std::env::var_os("CI").is_some();
    say(out, &format!("clients: the suite did not run: {why}"))?;
    Ok(if is_mandatory {
        Outcome::Failed
    } else {
        Outcome::LeftOut
    })
}

fn tell(out: &mut dyn Write, what: &str, failures: &[Failure], since: Instant) -> Result<(), Fault> {
    for failure in failures {
        say(out, &failure.to_string())?;
    }
    let (failed, seconds) = (failures.len(), since.elapsed().as_secs_f64());
    say(
        out,
        &format!("clients: {what}, {failed} failed in {seconds:.1} s"),
    )
}

/// Its name and what it does: how many of what it is about went well, and what failed.
type Step<'a> = (&'a str, &'a dyn Fn() -> (String, Vec<Failure>));

/// The stage lies in the target folder that the server was built into.
fn folder(program: &Path) -> PathBuf {
    let target = program
        .parent()
        .and_then(Path::parent)
        .unwrap_or(Path::new("target"));
    target.join("clients")
}

fn say(out: &mut dyn Write, line: &str) -> Result<(), Fault> {
    writeln!(out, "{line}").map_err(|e: io::Error| Fault(format!("cannot print: {e}")))
}

#[cfg(test)]
mod tests;

//! `cargo xtask test`: cargo's tests, one suite or all, with one summary at the end.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Instant;

use clap::ValueEnum;

use crate::cargo;
use crate::clients;
use crate::mutations::{self, Ear};
use crate::workspace::{Fault, Workspace, write_whole};

mod junit;

use junit::Junit;

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Suite {
    /// The tests within the crates.
    Unit,
    /// Every documented answer of every operation.
    Contract,
    /// What a person or client does, across operations.
    EndToEnd,
    /// Kills, cancelled requests, races.
    Fault,
    /// Swagger UI in a real browser, where Chromium and its driver are found.
    Browser,
    /// Clients generated from the documents, where Node.js, Python and Java are found.
    Clients,
    /// Small changes of documents, generated code and handlers, each of which the gate has to notice.
    Mutations,
}

/// The cargo command of a suite; clients and mutations have none.
fn arguments(suite: Option<Suite>) -> Option<Vec<&'static str>> {
    let selection: &[&str] = match suite {
        None => &["--workspace"],
        Some(Suite::Unit) => &["--workspace", "--exclude", "tests"],
        Some(Suite::Contract) => &["--package", "tests", "--test", "contract"],
        Some(Suite::EndToEnd) => &["--package", "tests", "--test", "end_to_end"],
        Some(Suite::Fault) => &["--package", "tests", "--test", "fault"],
        Some(Suite::Browser) => &["--package", "tests", "--test", "browser"],
        Some(Suite::Clients | Suite::Mutations) => return None,
    };
    let mut all = vec!["test", "--no-fail-fast"];
    all.extend(selection);
    Some(all)
}

/// What cargo's test programs reported.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    programs: usize,
    passed: usize,
    skipped: usize,
    failed: Vec<String>,
}

impl Tally {
    fn read(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.programs += 1;
            self.passed += count(result, " passed");
            self.skipped += count(result, " ignored");
        } else if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.strip_suffix(" ... FAILED"))
        {
            self.failed.push(name.to_owned());
        }
    }
}

/// The number in front of a word: `3` of `ok. 3 passed; 0 failed`.
fn count(text: &str, word: &str) -> usize {
    let number = text
        .split(word)
        .next()
        .and_then(|before| before.rsplit([' ', ';']).next());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Takes what the suites print.
struct Told<'a> {
    tally: Tally,
    report: Junit,
    out: &'a mut dyn Write,
}

impl Told<'_> {
    fn hear(&mut self, line: &str) -> Result<(), Fault> {
        self.count(line)?;
        self.print(line)
    }
}

impl Ear for Told<'_> {
    fn print(&mut self, line: &str) -> Result<(), Fault> {
        writeln!(self.out, "{line}").map_err(unprintable)
    }

    fn count(&mut self, line: &str) -> Result<(), Fault> {
        self.tally.read(line);
        self.report.read(line);
        Ok(())
    }
}

/// Runs a suite, or all of them, and says whether everything passed. A skipped test has not passed. `junit` is
/// where the same is written as JUnit's XML.
pub fn run(
    workspace: &Workspace,
    suite: Option<Suite>,
    junit: Option<&Path>,
    out: &mut dyn Write,
) -> Result<bool, Fault> {
    let start = Instant::now();
    let mut told = Told {
        tally: Tally::default(),
        report: Junit::default(),
        out,
    };
    let mut success = true;
    if let Some(arguments) = arguments(suite) {
        success = run_cargo(workspace, &arguments, junit.is_some(), &mut |line| {
            told.hear(line)
        })?;
    }
    if matches!(suite, None | Some(Suite::Clients)) {
        success &= clients::run(workspace, &mut |line| told.hear(line))?;
    }
    if matches!(suite, None | Some(Suite::Mutations)) {
        success &= mutations::run(workspace, &mut told)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    let passed = summarise(&told.tally, success, seconds, told.out).map_err(unprintable)?;
    if let Some(path) = junit {
        let written = write_whole(path, &told.report.render(success));
        written.map_err(|e| Fault(format!("cannot write {}: {e}", path.display())))?;
    }
    Ok(passed)
}

fn run_cargo(
    workspace: &Workspace,
    arguments: &[&str],
    is_merged: bool,
    hear: &mut dyn FnMut(&str) -> Result<(), Fault>,
) -> Result<bool, Fault> {
    let (mut child, output) = spawn(workspace, arguments, is_merged)?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|e| Fault(format!("cannot read what cargo prints: {e}")))?;
        hear(&String::from_utf8_lossy(&line))?;
    }
    let status = child.wait();
    let status = status.map_err(|e| Fault(format!("cannot wait for cargo: {e}")))?;
    Ok(status.success())
}

/// Starts cargo. Which program a test belongs to is printed as an error, so a report needs both in one stream.
fn spawn(
    workspace: &Workspace,
    arguments: &[&str],
    is_merged: bool,
) -> Result<(Child, Box<dyn Read>), Fault> {
    let fault = |e| Fault(format!("cannot run cargo: {e}"));
    let mut command = cargo::command(workspace.root());
    command.args(arguments).stdin(Stdio::null());
    if is_merged {
        let (reader, writer) = io::pipe().map_err(fault)?;
        command.stdout(writer.try_clone().map_err(fault)?).stderr(writer);
        let child = command.spawn().map_err(fault)?;
        // Our own ends of the pipe have to go, or it never ends.
        drop(command);
        return Ok((child, Box::new(reader)));
    }
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(fault)?;
    match child.stdout.take() {
        Some(stdout) => Ok((child, Box::new(stdout))),
        None => Err(Fault("cargo prints nowhere".to_owned())),
    }
}

fn summarise(tally: &Tally, success: bool, seconds: f64, out: &mut dyn Write) -> io::Result<bool> {
    for name in &tally.failed {
        writeln!(out, "failed: {name}")?;
    }
    let Tally {
        programs,
        passed,
        skipped,
        failed,
    } = tally;
    let failed = failed.len();
    writeln!(
        out,
        "test: {passed} passed, {failed} failed, {skipped} skipped in {programs} programs, {seconds:.1} s"
    )?;
    if !success && failed == 0 {
        writeln!(
            out,
            "test: cargo ended with an error: a program did not build or did not end well"
        )?;
    }
    Ok(success && failed == 0 && *skipped == 0 && *programs > 0)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn unprintable(error: io::Error) -> Fault {
    Fault(format!("cannot print: {error}"))
}

#[cfg(test)]
mod tests;

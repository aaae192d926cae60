//! `cargo xtask test`: cargo's tests, one suite or all, with one summary at the end.

use std::io::{self, BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Instant;

use clap::ValueEnum;

use crate::cargo;
use crate::clients;
use crate::workspace::{Fault, Workspace};

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
}

/// The cargo command of a suite; cargo has none for the clients.
fn arguments(suite: Option<Suite>) -> Option<Vec<&'static str>> {
    let selection: &[&str] = match suite {
        None => &["--workspace"],
        Some(Suite::Unit) => &["--workspace", "--exclude", "tests"],
        Some(Suite::Contract) => &["--package", "tests", "--test", "contract"],
        Some(Suite::EndToEnd) => &["--package", "tests", "--test", "end_to_end"],
        Some(Suite::Fault) => &["--package", "tests", "--test", "fault"],
        Some(Suite::Browser) => &["--package", "tests", "--test", "browser"],
        Some(Suite::Clients) => return None,
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

/// Runs a suite, or all of them, and says whether everything passed. A skipped test has not passed.
pub fn run(workspace: &Workspace, suite: Option<Suite>, out: &mut dyn Write) -> Result<bool, Fault> {
    let mut is_good = true;
    if let Some(arguments) = arguments(suite) {
        is_good = run_cargo(workspace, &arguments, out)?;
    }
    if matches!(suite, None | Some(Suite::Clients)) {
        is_good &= clients::run(workspace, out)? != clients::Outcome::Failed;
    }
    Ok(is_good)
}

fn run_cargo(workspace: &Workspace, arguments: &[&str], out: &mut dyn Write) -> Result<bool, Fault> {
    let start = Instant::now();
    let mut child = cargo::command(workspace.root())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| Fault(format!("cannot run cargo: {e}")))?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|e| Fault(format!("cannot read what cargo prints: {e}")))?;
            writeln!(out, "{line}").map_err(unprintable)?;
            tally.read(&line);
        }
    }
    let status = child
        .wait()
        .map_err(|e| Fault(format!("cannot wait for cargo: {e}")))?;
    let seconds = start.elapsed().as_secs_f64();
    summarise(&tally, status.success(), seconds, out).map_err(unprintable)
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

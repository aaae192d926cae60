//! Steps `fmt` and `clippy`: what cargo's own tools find.

use std::path::PathBuf;

use crate::cargo;
use crate::check::Context;
use crate::finding::Finding;
use crate::workspace::{Fault, Outcome};

/// `cargo fmt --check`.
pub fn fmt(context: &Context) -> Outcome {
    let output = cargo::run(&context.workspace, &["fmt", "--all", "--check"])?;
    let findings = read_fmt(&String::from_utf8_lossy(&output.stdout));
    if !output.status.success() && findings.is_empty() {
        return Err(Fault(format!(
            "`cargo fmt` failed:\n{}",
            cargo::last_lines(&output.stderr, 10)
        )));
    }
    Ok(findings)
}

/// Reads lines `Diff in path:line:`.
fn read_fmt(lines: &str) -> Vec<Finding> {
    let finding = |line: &str| {
        let (file, number) = line
            .strip_prefix("Diff in ")?
            .trim_end_matches(':')
            .rsplit_once(':')?;
        Some(Finding {
            rule: "fmt",
            file: PathBuf::from(file),
            line: number.parse().ok()?,
            column: 1,
            text: "not formatted as rustfmt does".to_owned(),
            mend: Some("cargo fmt --all".to_owned()),
        })
    };
    lines.lines().filter_map(finding).collect()
}

/// `cargo clippy`, every target, warnings denied.
pub fn clippy(context: &Context) -> Outcome {
    let args = ["clippy", "--workspace", "--all-targets"];
    let mend = "cargo clippy --workspace --all-targets -- -D warnings";
    let (output, messages) =
        cargo::run_for_messages(&context.workspace, &args, &["-D", "warnings"], "clippy", mend)?;
    if !output.status.success() && messages.findings.is_empty() {
        return Err(Fault(format!(
            "`cargo clippy` failed:\n{}",
            cargo::last_lines(&output.stderr, 15)
        )));
    }
    Ok(messages.findings)
}

#[cfg(test)]
mod tests;

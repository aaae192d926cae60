//! Steps `fmt` and `clippy`: what cargo's own tools find.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cargo;
use crate::check::Context;
use crate::finding::Finding;
use crate::workspace::{Fault, Outcome};

/// `cargo fmt --check`.
pub fn fmt(context: &Context) -> Outcome {
    let output = cargo::run(&context.workspace, &["fmt", "--all", "--check"])?;
    let mut findings = read_fmt(&String::from_utf8_lossy(&output.stdout));
    findings.extend(read_fmt_errors(&String::from_utf8_lossy(&output.stderr)));
    if !output.status.success() && findings.is_empty() {
        return Err(Fault(format!(
            "`cargo fmt` failed:\n{}",
            cargo::last_lines(&output.stderr, 10)
        )));
    }
    Ok(findings)
}

/// Reads lines `Diff in path:line:`; of each file, the first place and how many there are. Below it, lines that stay as
/// they are come before those that do not.
fn read_fmt(lines: &str) -> Vec<Finding> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let lines: Vec<&str> = lines.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let place = line
            .strip_prefix("Diff in ")
            .map(|rest| rest.trim_end_matches(':'));
        if let Some((file, number)) = place.and_then(|place| place.rsplit_once(':')) {
            let same = lines[index + 1..].iter().take_while(|line| line.starts_with(' '));
            let number = number.parse::<usize>().map(|number| number + same.count());
            places.entry(file).or_default().extend(number);
        }
    }
    let finding = |(file, lines): (&str, Vec<usize>)| {
        let text = format!(
            "not formatted as rustfmt does (places in this file: {})",
            lines.len()
        );
        found(
            "fmt",
            file,
            (lines.first().copied().unwrap_or(1), 1),
            text,
            "cargo fmt --all",
        )
    };
    places.into_iter().map(finding).collect()
}

/// Reads what rustfmt says about a file that is no Rust: `error: text`, then ` --> path:line:column`.
fn read_fmt_errors(lines: &str) -> Vec<Finding> {
    let (mut findings, mut said) = (Vec::new(), "");
    for line in lines.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            said = text;
        } else if let Some(place) = line.trim().strip_prefix("--> ") {
            let mut parts = place
                .rsplitn(3, ':')
                .map(|part| part.parse::<usize>().map_err(|_| part));
            if let (Some(Ok(column)), Some(Ok(line)), Some(Err(file))) =
                (parts.next(), parts.next(), parts.next())
            {
                findings.push(found(
                    "fmt",
                    file,
                    (line, column),
                    said.to_owned(),
                    "make it compile first",
                ));
            }
        }
    }
    findings
}

fn found(
    rule: &'static str,
    file: &str,
    (line, column): (usize, usize),
    text: String,
    mend: &str,
) -> Finding {
    Finding {
        rule,
        file: PathBuf::from(file),
        line,
        column,
        text,
        mend: Some(mend.to_owned()),
    }
}

/// `cargo clippy`, every target. Denied lints are capped to warnings, because an error would hide what there is
/// to find in the crates that build on it; every warning is a finding all the same.
pub fn clippy(context: &Context) -> Outcome {
    let args = ["clippy", "--workspace", "--all-targets", "--keep-going"];
    let mend = "cargo clippy --workspace --all-targets -- -D warnings";
    let trailing = ["--cap-lints", "warn"];
    let (output, messages) = cargo::run_for_messages(&context.workspace, &args, &trailing, "clippy", mend)?;
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

//! Runs cargo and reads its messages.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::finding::Finding;
use crate::workspace::{Fault, Workspace};

/// What a build printed: programs by target name, and the compiler's complaints.
#[derive(Debug, Default)]
pub struct Messages {
    /// Executables, by target name.
    pub programs: Vec<(String, PathBuf)>,
    /// Errors and warnings, as findings.
    pub findings: Vec<Finding>,
}

/// The server with the feature that lets it list its routes.
///
/// One build serves every step: the feature only adds the listing, and a second variant of everything above
/// actix-web would cost as much again.
pub fn build_server(workspace: &Workspace) -> Result<Result<PathBuf, Vec<Finding>>, Fault> {
    let built = build_programs(workspace, &["roster"])?;
    let first = |programs: Vec<PathBuf>| programs.into_iter().next();
    match built.map(first) {
        Ok(Some(program)) => Ok(Ok(program)),
        Ok(None) => Err(Fault("cargo built no program".to_owned())),
        Err(findings) => Ok(Err(findings)),
    }
}

/// Several programs, in this order, with the same features.
pub fn build_programs(
    workspace: &Workspace,
    names: &[&str],
) -> Result<Result<Vec<PathBuf>, Vec<Finding>>, Fault> {
    // Selecting the whole workspace gives its dependencies the features that the tests will ask for, too.
    let mut args = vec!["build", "--workspace", "--features", "server/introspection"];
    args.extend(names.iter().flat_map(|name| ["--bin", name]));
    let mend = "mend the code; `cargo build --package server` explains the errors";
    let (output, messages) = run_for_messages(workspace, &args, &[], "build", mend)?;
    if !output.status.success() {
        if messages.findings.is_empty() {
            return Err(Fault(format!(
                "cargo {} failed:\n{}",
                args.join(" "),
                last_lines(&output.stderr, 15)
            )));
        }
        return Ok(Err(messages.findings));
    }
    let built = names.iter().map(|name| {
        let program = messages.programs.iter().find(|(built, _)| built == name);
        let none = || Fault(format!("cargo built no program `{name}`"));
        program.map(|(_, path)| path.clone()).ok_or_else(none)
    });
    built.collect::<Result<_, _>>().map(Ok)
}

/// The server as it is released.
pub fn build_release(workspace: &Workspace) -> Result<PathBuf, Fault> {
    let args = ["build", "--release", "--package", "server", "--bin", "roster"];
    let (output, messages) =
        run_for_messages(workspace, &args, &[], "build", "cargo build --package server")?;
    let program = messages.programs.into_iter().find(|(name, _)| name == "roster");
    match program {
        Some((_, path)) if output.status.success() => Ok(path),
        _ => Err(Fault(format!(
            "cargo {} failed:\n{}",
            args.join(" "),
            last_lines(&output.stderr, 15)
        ))),
    }
}

/// Runs a cargo command with `--message-format=json` and reads what it prints. `trailing` goes behind `--`.
pub fn run_for_messages(
    workspace: &Workspace,
    args: &[&str],
    trailing: &[&str],
    rule: &'static str,
    mend: &str,
) -> Result<(Output, Messages), Fault> {
    let mut all = args.to_vec();
    all.push("--message-format=json");
    if !trailing.is_empty() {
        all.push("--");
        all.extend(trailing);
    }
    let output = run(workspace, &all)?;
    let messages = read_messages(&String::from_utf8_lossy(&output.stdout), rule, mend);
    Ok((output, messages))
}

/// Runs cargo in the root of the workspace and waits for its end.
pub fn run(workspace: &Workspace, args: &[&str]) -> Result<Output, Fault> {
    let mut command = command(workspace.root());
    if let Some(target) = workspace.target() {
        command.env("CARGO_TARGET_DIR", target);
    }
    command
        .args(args)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| Fault(format!("cannot run cargo: {e}")))
}

/// The cargo that runs us, or the one in the path.
pub fn command(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    // `cargo run` describes xtask's own package to us; builds of others must not see that.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" {
            command.env_remove(name);
        }
    }
    command
}

/// Reads the lines of `--message-format=json`.
pub fn read_messages(lines: &str, rule: &'static str, mend: &str) -> Messages {
    let mut messages = Messages::default();
    for message in lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                if let (Some(name), Some(path)) =
                    (message["target"]["name"].as_str(), message["executable"].as_str())
                {
                    messages.programs.push((name.to_owned(), PathBuf::from(path)));
                }
            }
            Some("compiler-message") => messages
                .findings
                .extend(complaint(&message["message"], rule, mend)),
            _ => {}
        }
    }
    messages.findings.sort();
    messages.findings.dedup();
    messages
}

/// A message with a place in the source; summaries such as "2 warnings emitted" have none.
fn complaint(message: &Value, rule: &'static str, mend: &str) -> Option<Finding> {
    let level = message["level"]
        .as_str()
        .filter(|level| matches!(*level, "error" | "warning"))?;
    let spans = message["spans"].as_array()?;
    let span = in_workspace(spans.iter().find(|span| span["is_primary"] == true)?);
    let code = message["code"]["code"]
        .as_str()
        .map(|code| format!(" [{code}]"))
        .unwrap_or_default();
    Some(Finding {
        rule,
        file: PathBuf::from(span["file_name"].as_str()?),
        line: number(&span["line_start"]),
        column: number(&span["column_start"]),
        text: format!(
            "{level}{code}: {}",
            message["message"].as_str().unwrap_or_default()
        ),
        mend: Some(mend.to_owned()),
    })
}

/// What a macro of the standard library expands to stands where it is called.
fn in_workspace(span: &Value) -> &Value {
    let mut span = span;
    while span["file_name"]
        .as_str()
        .is_some_and(|file| file.starts_with('/'))
        && !span["expansion"].is_null()
    {
        span = &span["expansion"]["span"];
    }
    span
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1)
}

/// The last lines of what a program printed.
pub fn last_lines(bytes: &[u8], count: usize) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests;

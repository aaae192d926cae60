//! Step `tidy`: what the compiler cannot hold. Each rule is a function over the files or manifests.

use std::path::Path;

use crate::check::Context;
use crate::finding::Finding;
use crate::source::Source;
use crate::workspace::Outcome;

mod code;
mod dependencies;
mod directions;
mod files;
mod manifests;

/// Runs every rule.
pub fn run(context: &Context) -> Outcome {
    let workspace = &context.workspace;
    let (documents, _) = context.documents()?;
    let dialects: Vec<String> = documents.iter().map(|document| document.name.clone()).collect();
    let texts = workspace.texts()?;
    let (root, members) = (workspace.manifest()?, workspace.members()?);

    let mut findings = files::check(&texts)?;
    findings.extend(manifests::check(&root, &members, &texts));
    findings.extend(directions::check(&members));
    for file in texts.iter().filter(|file| file.is_rust()) {
        match Source::parse(file) {
            Ok(source) => findings.extend(code::check(file, &source, &dialects)),
            Err(finding) => findings.push(finding),
        }
    }
    let lock = workspace.read("Cargo.lock")?.unwrap_or_default();
    findings.extend(dependencies::check(workspace, &root, &members, &lock)?);
    Ok(findings)
}

/// A finding of this step; `mend` in words, since no command tidies up.
fn finding(rule: &'static str, file: &Path, place: (usize, usize), text: String, mend: &str) -> Finding {
    let (line, column) = place;
    Finding {
        rule,
        file: file.to_path_buf(),
        line,
        column,
        text,
        mend: Some(mend.to_owned()),
    }
}

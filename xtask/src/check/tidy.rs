//! Step `tidy`: what the compiler cannot hold. Each rule is a function over the files or manifests.

use std::path::Path;

use crate::check::Context;
use crate::finding::Finding;
use crate::threads::each;
use crate::workspace::{Outcome, TextFile};

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
    let texts = context.texts()?;
    let (root, members) = (workspace.manifest()?, workspace.members()?);

    let mut findings = files::check(texts)?;
    findings.extend(manifests::check(&root, &members, texts));
    findings.extend(directions::check(&members));
    findings.extend(sources(texts, &dialects)?);
    let lock = workspace.read("Cargo.lock")?.unwrap_or_default();
    findings.extend(dependencies::check(workspace, &root, &members, &lock)?);
    Ok(findings)
}

/// Checks the sources.
fn sources(texts: &[TextFile], dialects: &[String]) -> Outcome {
    let sources: Vec<&TextFile> = texts.iter().filter(|file| file.is_rust()).collect();
    Ok(each(&sources, |file| code::check(file, dialects))?.concat())
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

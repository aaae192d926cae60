//! Step `tidy`: what the compiler cannot hold. Each rule is a function over the files or manifests.

use std::path::Path;
use std::thread;

use crate::check::Context;
use crate::finding::Finding;
use crate::source::Source;
use crate::workspace::{Fault, Outcome, TextFile};

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
    findings.extend(sources(&texts, &dialects)?);
    let lock = workspace.read("Cargo.lock")?.unwrap_or_default();
    findings.extend(dependencies::check(workspace, &root, &members, &lock)?);
    Ok(findings)
}

/// Reads and checks the sources, a part of them on each core.
fn sources(texts: &[TextFile], dialects: &[String]) -> Outcome {
    let sources: Vec<&TextFile> = texts.iter().filter(|file| file.is_rust()).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let check = |file: &&TextFile| match Source::parse(file) {
        Ok(source) => code::check(file, &source, dialects),
        Err(finding) => vec![finding],
    };
    let size = sources.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = sources
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().flat_map(check).collect::<Vec<Finding>>()))
            .collect();
        let ended = |_| Fault("a thread that read sources ended early".to_owned());
        let parts = parts.into_iter().map(|part| part.join().map_err(ended));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
    })
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

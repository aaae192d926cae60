//! Step `breaking`: no document breaks its clients without saying so in its version.

use std::path::{Path, PathBuf};

use crate::check::{Context, Step};
use crate::compare::accepted::{self, Entry};
use crate::compare::judge::{self, judge};
use crate::compare::revisions::{self, Earlier, Pair, pair};
use crate::compare::{Change, sunset, version};
use crate::document::Document;
use crate::finding::Finding;
use crate::git::{Base, Git};
use crate::workspace::{Fault, Outcome};

const FOLDER: &str = "openapi";

/// What the documents are compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// Where the branch left the default branch; see [`Git::default_base`].
    #[default]
    Default,
    /// A revision.
    Revision(String),
    /// One file with another, whatever the work tree holds.
    Files { from: PathBuf, to: PathBuf },
}

/// Compares and judges.
pub fn run(context: &Context) -> Outcome {
    if let Against::Files { from, to } = &context.against {
        return Ok(files(context, from, to));
    }
    let (documents, mut findings) = context.documents()?;
    let unreadable: Vec<PathBuf> = findings.iter().map(|finding| finding.file.clone()).collect();
    findings.extend(documents.iter().flat_map(alone));
    let list = context.workspace.read(accepted::FILE)?.unwrap_or_default();
    let (entries, malformed) = accepted::read(&list);
    findings.extend(malformed);
    let git = Git::around(context.workspace.root());
    let found = match &context.against {
        Against::Revision(revision) => {
            let git = git.map_err(Fault)?;
            let base = git.resolve(revision)?;
            Ok((git, base))
        }
        _ => git.and_then(|git| git.default_base().map(|base| (git, base))),
    };
    match found {
        Ok((git, base)) => {
            let pairs = Paired {
                context,
                documents,
                unreadable,
                entries,
            };
            findings.extend(pairs.compare(&git, &base)?);
        }
        Err(why) => context.note(Step::Breaking, format!("nothing to compare with: {why}")),
    }
    Ok(findings)
}

/// What a document has to be whatever it was.
fn alone(document: &Document) -> Vec<Finding> {
    let mut findings = sunset::check(document);
    findings.extend(judge::check_version(document));
    findings
}

/// Two files, without the list of accepted changes.
fn files(context: &Context, from: &Path, to: &Path) -> Vec<Finding> {
    let (before, after) = match (Document::load(from), Document::load(to)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let found = [before.err(), after.err()];
            return found.into_iter().flatten().flatten().collect();
        }
    };
    let mut findings = alone(&after);
    match revisions::changes(&before, &after, sunset::today()) {
        Ok(changes) => {
            let verdict = judge(Some(&before), &after, &changes, &[], "");
            note_all(context, verdict.notes);
            findings.extend(verdict.findings);
        }
        Err(found) => findings.extend(found),
    }
    findings
}

fn note_all(context: &Context, notes: Vec<String>) {
    for note in notes {
        context.note(Step::Breaking, note);
    }
}

/// The documents of the work tree and the list of accepted changes.
struct Paired<'a> {
    context: &'a Context,
    documents: &'a [Document],
    unreadable: Vec<PathBuf>,
    entries: Vec<Entry>,
}

impl Paired<'_> {
    fn compare(&self, git: &Git, base: &Base) -> Outcome {
        self.context
            .note(Step::Breaking, format!("compared with: {}", base.shown));
        let before: Vec<Earlier> = revisions::read(git.files(base, FOLDER)?);
        let earlier = git.file(base, accepted::FILE).unwrap_or_default();
        let (earlier, _) = accepted::read(&String::from_utf8_lossy(&earlier));
        let (pairs, mut findings) = pair(&before, self.documents, &self.unreadable, sunset::today());
        for pair in &pairs {
            findings.extend(self.judged(pair));
        }
        let unused = self
            .entries
            .iter()
            .filter(|entry| !is_needed(entry, &pairs, &earlier));
        findings.extend(unused.map(stale));
        Ok(findings)
    }

    fn judged(&self, pair: &Pair<'_>) -> Vec<Finding> {
        match pair {
            Pair::Added(document) => {
                let text = format!("{}: new", document.path.display());
                self.context.note(Step::Breaking, text);
                Vec::new()
            }
            Pair::Removed(path, change) => {
                let is_accepted = self
                    .entries
                    .iter()
                    .any(|entry| entry.accepts(&name(path), change));
                (!is_accepted).then(|| gone(path, change)).into_iter().collect()
            }
            Pair::Both {
                before,
                after,
                changes,
            } => {
                let verdict = judge(*before, after, changes, &self.entries, &name(&after.path));
                note_all(self.context, verdict.notes);
                verdict.findings
            }
        }
    }
}

fn gone(path: &Path, change: &Change) -> Finding {
    let mend = format!(
        "bring the document back, or accept in `{}` that it is gone",
        accepted::FILE
    );
    Finding {
        rule: change.rule.id,
        file: path.to_path_buf(),
        line: 1,
        column: 1,
        text: format!(
            "{}: {} (#{})",
            change.severity().name(),
            change.text,
            change.pointer
        ),
        mend: Some(mend),
    }
}

/// An entry lasts as long as its document has the version that it names. A new one has to accept something; one
/// that the base had already did so then.
fn is_needed(entry: &Entry, pairs: &[Pair<'_>], earlier: &[Entry]) -> bool {
    let stood_before = earlier.iter().any(|other| entry.is_same(other));
    let mut is_gone = true;
    for pair in pairs {
        match pair {
            Pair::Removed(path, change) if entry.accepts(&name(path), change) => return true,
            Pair::Both { after, changes, .. } if name(&after.path) == entry.document => {
                let lasts = version::of(after).is_some_and(|version| version.to_string() == entry.version);
                let accepts = changes
                    .iter()
                    .any(|change| entry.accepts(&entry.document, change));
                return lasts && (accepts || stood_before);
            }
            Pair::Added(document) if name(&document.path) == entry.document => is_gone = false,
            _ => {}
        }
    }
    is_gone && stood_before
}

fn stale(entry: &Entry) -> Finding {
    let text = format!(
        "nothing is accepted by this line: `{}` at version {} has no change `{}` at `{}`",
        entry.document, entry.version, entry.rule, entry.pointer
    );
    accepted::finding("accepted-unused", entry.line, text)
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;

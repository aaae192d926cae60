//! The documents of two revisions, paired, and what changed in each pair.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Change, compare, judge, operations};
use crate::document::Document;
use crate::finding::Finding;
use crate::ir::{Api, lower};

/// A file of the earlier revision: a document, or why it is none.
pub type Earlier = (PathBuf, Result<Document, Vec<Finding>>);

/// A document through both revisions.
pub enum Pair<'a> {
    /// Only in the later one.
    Added(&'a Document),
    /// Only in the earlier one.
    Removed(&'a Path, Change),
    Both {
        /// `None` where the earlier one cannot be read.
        before: Option<&'a Document>,
        after: &'a Document,
        changes: Vec<Change>,
    },
}

/// Reads the files of an earlier revision.
pub fn read(files: Vec<(PathBuf, Vec<u8>)>) -> Vec<Earlier> {
    let document = |(path, bytes): (PathBuf, Vec<u8>)| (path.clone(), Document::read(path, &bytes));
    files.into_iter().map(document).collect()
}

/// Pairs the documents of two revisions. `unreadable` are files of the later one that are no documents: what is
/// wrong with them is said elsewhere. Later documents that the generator does not understand are findings.
pub fn pair<'a>(
    before: &'a [Earlier],
    after: &'a [Document],
    unreadable: &[PathBuf],
    today: NaiveDate,
) -> (Vec<Pair<'a>>, Vec<Finding>) {
    let (mut pairs, mut findings) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    let is_new = |document: &&Document| before.iter().all(|(path, _)| *path != document.path);
    for (path, earlier) in before {
        if unreadable.contains(path) {
            continue;
        }
        let same = after.iter().find(|document| document.path == *path);
        let heir = same.or_else(|| {
            let earlier = earlier.as_ref().ok()?;
            let mut new = after
                .iter()
                .filter(is_new)
                .filter(|new| !taken.contains(&new.path));
            new.find(|new| is_heir(earlier, new))
        });
        let Some(later) = heir else {
            let text = format!("`{}` is gone", path.display());
            pairs.push(Pair::Removed(path, judge::whole("document-removed", text)));
            continue;
        };
        taken.insert(later.path.clone());
        let outcome = match earlier {
            Ok(earlier) => changes(earlier, later, today),
            Err(found) => Ok(vec![incomparable(found)]),
        };
        match outcome {
            Ok(mut changes) => {
                if *path != later.path {
                    let text = format!("`{}` -> `{}`", path.display(), later.path.display());
                    changes.insert(0, judge::whole("document-renamed", text));
                }
                let before = earlier.as_ref().ok();
                pairs.push(Pair::Both {
                    before,
                    after: later,
                    changes,
                });
            }
            Err(found) => findings.extend(found),
        }
    }
    let added = after
        .iter()
        .filter(is_new)
        .filter(|new| !taken.contains(&new.path));
    pairs.extend(added.map(Pair::Added));
    (pairs, findings)
}

/// Every change of one document; findings where the later one cannot be understood.
pub fn changes(before: &Document, after: &Document, today: NaiveDate) -> Result<Vec<Change>, Vec<Finding>> {
    if before.is_same(after) {
        return Ok(Vec::new());
    }
    let later = understood(after)?;
    Ok(match understood(before) {
        Ok(earlier) => compare(&earlier, &later, today),
        Err(found) => vec![incomparable(&found)],
    })
}

/// The words of another version of OpenAPI mean other things, even where they can be read.
fn understood(document: &Document) -> Result<Api<'_>, Vec<Finding>> {
    match document.root().get("openapi") {
        Some(version)
            if !version
                .value
                .as_str()
                .is_some_and(|text| text.starts_with("3.1.")) =>
        {
            let text = "not supported: a version other than 3.1";
            Err(vec![version.finding("unsupported", text)])
        }
        _ => lower(document),
    }
}

fn incomparable(found: &[Finding]) -> Change {
    let why = found.first().map(ToString::to_string).unwrap_or_default();
    judge::whole("document-not-comparable", format!("the earlier document: {why}"))
}

/// Whether most operations of a document stand in another one.
fn is_heir(earlier: &Document, later: &Document) -> bool {
    let shapes = |document: &Document| -> BTreeSet<String> {
        let paths = document.root().members_of("paths");
        paths.iter().map(|(path, _)| operations::shape(path)).collect()
    };
    let (old, new) = (shapes(earlier), shapes(later));
    let shared = old.intersection(&new).count();
    shared > 0 && shared * 2 >= old.len()
}

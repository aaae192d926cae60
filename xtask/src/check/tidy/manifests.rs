//! Rules about the one table of dependencies and the manifests that use it.

use std::path::Path;

use super::finding;
use crate::finding::Finding;
use crate::manifest::{Entry, Manifest};
use crate::workspace::{Member, TextFile};

const TABLE: &str = "workspace.dependencies";

/// Checks the root manifest and those of the members.
pub fn check(root: &Manifest, members: &[Member], texts: &[TextFile]) -> Vec<Finding> {
    let mut findings = reasons(root);
    findings.extend(order(root));
    findings.extend(unused_in_table(root, members));
    for member in members {
        findings.extend(bypasses(member));
        findings.extend(lints(member));
        findings.extend(unused_in_member(member, texts));
    }
    findings
}

/// Every line of the table says why we have the dependency.
fn reasons(root: &Manifest) -> Vec<Finding> {
    let silent = root
        .section(TABLE)
        .filter(|entry| entry.comment.as_deref().unwrap_or_default().is_empty());
    silent
        .map(|entry| {
            let text = format!("`{}` has no reason", entry.key);
            finding(
                "tidy-table",
                &root.path,
                (entry.line, 1),
                text,
                "say behind it in a comment why we have it",
            )
        })
        .collect()
}

/// The table is sorted between its comment lines.
fn order(root: &Manifest) -> Vec<Finding> {
    let entries: Vec<&Entry> = root.section(TABLE).collect();
    let parted = |a: usize, b: usize| root.comments.iter().any(|(line, _)| (a..b).contains(line));
    let pairs = entries
        .windows(2)
        .filter(|pair| !parted(pair[0].line, pair[1].line));
    pairs
        .filter(|pair| name(pair[0]) > name(pair[1]))
        .map(|pair| {
            let text = format!("`{}` stands behind `{}`", name(pair[1]), name(pair[0]));
            finding(
                "tidy-table",
                &root.path,
                (pair[1].line, 1),
                text,
                "sort the table by name",
            )
        })
        .collect()
}

fn name(entry: &Entry) -> &str {
    entry.key.split('.').next().unwrap_or(&entry.key)
}

fn unused_in_table(root: &Manifest, members: &[Member]) -> Vec<Finding> {
    let used = |entry: &Entry| {
        members.iter().any(|m| {
            m.manifest
                .dependencies()
                .iter()
                .any(|(_, used, _)| *used == name(entry))
        })
    };
    let unused = root.section(TABLE).filter(|entry| !used(entry));
    unused
        .map(|entry| {
            let text = format!("no member uses `{}`", name(entry));
            finding(
                "tidy-unused",
                &root.path,
                (entry.line, 1),
                text,
                "take the line out of the table",
            )
        })
        .collect()
}

/// Members write `x.workspace = true` and nothing else.
fn bypasses(member: &Member) -> Vec<Finding> {
    let manifest = &member.manifest;
    let inherits = |name: &str, entry: &Entry| {
        // Features are added to what the table says; they do not replace it.
        let adds = entry.value.replace(' ', "");
        (entry.key == format!("{name}.workspace") && entry.value == "true")
            || (entry.key == name && adds.starts_with("{workspace=true"))
    };
    let wrong = manifest
        .dependencies()
        .into_iter()
        .filter(|(_, name, entry)| !inherits(name, entry));
    wrong
        .map(|(_, name, entry)| {
            let text = format!("`{name}` bypasses the table of the workspace");
            let mend = "write `x.workspace = true` and put version and reason into the root Cargo.toml";
            finding("tidy-bypass", &manifest.path, (entry.line, 1), text, mend)
        })
        .collect()
}

fn lints(member: &Member) -> Option<Finding> {
    let inherited = member
        .manifest
        .section("lints")
        .any(|e| e.key == "workspace" && e.value == "true");
    (!inherited).then(|| {
        let text = "the lints of the workspace do not apply".to_owned();
        finding(
            "tidy-lints",
            &member.manifest.path,
            (1, 1),
            text,
            "add `[lints]` with `workspace = true`",
        )
    })
}

/// A dependency that no source of the member names.
fn unused_in_member(member: &Member, texts: &[TextFile]) -> Vec<Finding> {
    let sources: Vec<&TextFile> = texts
        .iter()
        .filter(|f| f.is_rust() && f.path.starts_with(&member.folder))
        .collect();
    let manifest = &member.manifest;
    let unused = manifest.dependencies().into_iter().filter(|(_, name, _)| {
        let ident = name.replace('-', "_");
        !sources.iter().any(|file| names(&file.text, &ident))
    });
    unused
        .map(|(_, name, entry)| {
            let text = format!("`{}` does not use `{name}`", member.name);
            finding(
                "tidy-unused",
                &manifest.path,
                (entry.line, 1),
                text,
                "take the line out",
            )
        })
        .collect()
}

/// Whether a text has the word, not as a part of another.
fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

/// The place of a dependency in the table, for findings of other rules.
pub fn place(root: &Manifest, dependency: &str) -> (usize, usize) {
    let entry = root.section(TABLE).find(|entry| name(entry) == dependency);
    (entry.map_or(1, |entry| entry.line), 1)
}

/// The path of the root manifest as it is shown.
pub fn root_path() -> &'static Path {
    Path::new("Cargo.toml")
}

#[cfg(test)]
mod tests;

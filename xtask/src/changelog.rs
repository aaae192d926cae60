//! `cargo xtask changelog`: what changed for API consumers between two revisions, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::compare::revisions::{self, Earlier, Pair, pair};
use crate::compare::rules::Severity;
use crate::compare::{Change, sunset, version};
use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::git::{Base, Git};
use crate::ir::METHODS;
use crate::workspace::{Fault, Workspace};

const FOLDER: &str = "openapi";

/// The headings, the weightiest first.
const PARTS: [(Severity, &str); 3] = [
    (Severity::Breaking, "Breaking"),
    (Severity::Warning, "May concern you"),
    (Severity::Info, "New and relaxed"),
];

/// The changes from a revision to another, or to the work tree; findings where a document cannot be read.
pub fn run(
    workspace: &Workspace,
    base: Option<&str>,
    to: Option<&str>,
) -> Result<Result<String, Vec<Finding>>, Fault> {
    let git = Git::around(workspace.root()).map_err(Fault)?;
    let from = match base {
        Some(revision) => git.resolve(revision)?,
        None => git.newest_release().map_err(Fault)?,
    };
    let earlier = revisions::read(git.files(&from, FOLDER)?);
    let (later, until) = match to {
        Some(revision) => {
            let to = git.resolve(revision)?;
            (at(&git, &to)?, to.shown)
        }
        None => (workspace.documents(FOLDER)?, "the work tree".to_owned()),
    };
    let (documents, unreadable) = later;
    if !unreadable.is_empty() {
        return Ok(Err(unreadable));
    }
    let title = format!("# API changes from {} to {until}\n", from.shown);
    Ok(render(&title, &earlier, &documents, sunset::today()))
}

fn at(git: &Git, base: &Base) -> Result<(Vec<Document>, Vec<Finding>), Fault> {
    let (mut documents, mut findings) = (Vec::new(), Vec::new());
    for (_, document) in revisions::read(git.files(base, FOLDER)?) {
        match document {
            Ok(document) => documents.push(document),
            Err(found) => findings.extend(found),
        }
    }
    Ok((documents, findings))
}

/// The changes of all documents below a title.
pub fn render(
    title: &str,
    before: &[Earlier],
    after: &[Document],
    today: NaiveDate,
) -> Result<String, Vec<Finding>> {
    let none: [PathBuf; 0] = [];
    let (pairs, unclear) = pair(before, after, &none, today);
    if !unclear.is_empty() {
        return Err(unclear);
    }
    let sections: Vec<String> = pairs.iter().filter_map(section).collect();
    let body = if sections.is_empty() {
        "\nNothing changed for clients.\n".to_owned()
    } else {
        sections.concat()
    };
    Ok(format!("{title}{body}"))
}

fn section(pair: &Pair<'_>) -> Option<String> {
    let mut text = String::new();
    match pair {
        Pair::Added(document) => {
            heading(&mut text, document, &format!("new, {}", said(Some(document))));
            for operation in operations(document) {
                line(&mut text, &operation);
            }
        }
        Pair::Removed(path, _) => {
            let _ = write!(
                text,
                "\n## `{}`\n\nThe document and all its operations are gone.\n",
                path.display()
            );
        }
        Pair::Both { changes, .. } if changes.is_empty() => return None,
        Pair::Both {
            before,
            after,
            changes,
        } => {
            let versions = format!("{} to {}", said(*before), said(Some(after)));
            heading(&mut text, after, &versions);
            for (severity, title) in PARTS {
                part(
                    &mut text,
                    title,
                    after,
                    changes.iter().filter(|change| change.severity() == severity),
                );
            }
        }
    }
    Some(text)
}

fn heading(text: &mut String, document: &Document, versions: &str) {
    let title = document
        .value
        .pointer("/info/title")
        .and_then(serde_json::Value::as_str);
    let path = document.path.display();
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        "\n## {} (`{path}`): {versions}\n",
        title.unwrap_or("Untitled")
    );
    if text.ends_with('\n') {
        text.push('\n');
    }
}

/// The version as the document says it.
fn said(document: Option<&Document>) -> String {
    let semantic = document.and_then(version::of).map(|version| version.to_string());
    semantic.unwrap_or_else(|| "no version".to_owned())
}

/// Changes of one weight. What concerns the same operations stands together.
fn part<'a>(text: &mut String, title: &str, document: &Document, changes: impl Iterator<Item = &'a Change>) {
    let mut groups: BTreeMap<Vec<&str>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let operations = change.operations.iter().map(String::as_str).collect();
        groups.entry(operations).or_default().push(change);
    }
    if groups.is_empty() {
        return;
    }
    let _ = write!(text, "### {title}\n\n");
    for (operations, changes) in groups {
        line(text, &named(document, &operations));
        for change in changes {
            let _ = writeln!(text, "  - {}: {}", spoken(change.rule.id), change.text);
        }
    }
    text.push('\n');
}

/// `request-member-bounds-narrowed` as people say it.
fn spoken(rule: &str) -> String {
    rule.replace('-', " ")
}

fn line(text: &mut String, what: &str) {
    let _ = writeln!(text, "- {what}");
}

/// Operations by name, one of them with verb and path.
fn named(document: &Document, operations: &[&str]) -> String {
    match operations {
        [] => "The whole document".to_owned(),
        [one] => located(document, one).unwrap_or_else(|| format!("`{one}`")),
        many => many
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn located(document: &Document, id: &str) -> Option<String> {
    operations(document)
        .into_iter()
        .find(|shown| shown.starts_with(&format!("`{id}` ")))
}

/// Every operation as `` `id` (`VERB path`) ``.
fn operations(document: &Document) -> Vec<String> {
    let shown = |path: &str, method: &str, node: &Node<'_>| {
        let id = node.text("operationId").unwrap_or("unnamed");
        format!("`{id}` (`{} {path}`)", method.to_uppercase())
    };
    let mut all = Vec::new();
    for (path, item) in document.root().members_of("paths") {
        for (method, node) in item.members() {
            if METHODS.contains(&method) {
                all.push(shown(path, method, &node));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;

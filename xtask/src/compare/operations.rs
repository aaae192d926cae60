//! Operations: which came, went or moved, and who may call them.

use std::collections::BTreeSet;

use super::Comparison;
use crate::ir::{Operation, texts, words};

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let (before, after) = (self.before, self.after);
        let mut matched = BTreeSet::new();
        for was in &before.operations {
            self.operation.clone_from(&was.id);
            match self.counterpart(was) {
                Some(is) => {
                    matched.insert(is.id.as_str());
                    self.operation.clone_from(&is.id);
                    self.seen.clear();
                    self.pair(was, is);
                }
                None => self.gone("operation-removed", &was.node, &title(was)),
            }
        }
        for is in after
            .operations
            .iter()
            .filter(|is| !matched.contains(is.id.as_str()))
        {
            self.operation.clone_from(&is.id);
            self.note("operation-added", &is.node.pointer, title(is));
        }
        self.operation.clear();
    }

    /// What an operation of the earlier document is in the later one: what its path and verb lead to, else the one
    /// of its name.
    pub(super) fn counterpart(&self, was: &Operation<'_>) -> Option<&'a Operation<'a>> {
        let (after, folds) = (self.after, self.folds_paths());
        let same = |is: &&Operation<'_>| is.method == was.method && stands_at(is, &was.path, folds);
        let moved = |is: &&Operation<'_>| is.id == was.id;
        let found = after.operations.iter().find(same);
        found.or_else(|| after.operations.iter().find(moved))
    }

    /// What an operation of the later document was in the earlier one.
    pub(super) fn ancestor(&self, is: &Operation<'_>) -> Option<&'a Operation<'a>> {
        let became = |was: &&Operation<'_>| self.counterpart(was).is_some_and(|found| found.id == is.id);
        self.before.operations.iter().find(became)
    }

    /// Whether the later document takes its paths in any letter case.
    fn folds_paths(&self) -> bool {
        words(&self.after.root).contains(&"path-case")
    }

    fn pair(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let folds = self.folds_paths();
        let pointer = is.node.pointer.clone();
        if was.method != is.method || !stands_at(is, &was.path, folds) {
            self.note(
                "operation-moved",
                &pointer,
                format!("{} -> {}", title(was), title(is)),
            );
        } else if was.path != is.path && shape(&was.path) == shape(&is.path) {
            let path = pointer
                .rsplit_once('/')
                .map_or(pointer.as_str(), |(path, _)| path);
            self.note(
                "path-value-renamed",
                path,
                format!("`{}` -> `{}`", was.path, is.path),
            );
        }
        if was.id != is.id {
            let text = format!("`{}` -> `{}`", was.id, is.id);
            self.note("operation-id-changed", &format!("{pointer}/operationId"), text);
        }
        self.tags(was, is);
        self.lifecycle(&was.node, &is.node);
        self.tolerances(&was.node, &is.node);
        self.spellings(was, is);
        self.security(was, is);
        self.params(was, is);
        self.body(was, is);
        self.responses(was, is);
    }

    fn tags(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let (old, new) = (texts(&was.node, "tags"), texts(&is.node, "tags"));
        if old != new {
            let shown = |tags: &[String]| tags.join(", ");
            let text = format!("`{}` -> `{}`", shown(&old), shown(&new));
            self.note(
                "operation-tags-changed",
                &format!("{}/tags", is.node.pointer),
                text,
            );
        }
    }

    /// Other spellings of the path.
    fn spellings(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let folds = self.folds_paths();
        let pointer = is.node.pointer.rsplit_once('/').map_or("", |(path, _)| path);
        for gone in was.aliases.iter().filter(|path| !stands_at(is, path, folds)) {
            self.note("tolerance-removed", pointer, format!("the path `{gone}`"));
        }
        // An operation that moved has its new path in that finding.
        let own = [&is.path].into_iter().filter(|_| stands_at(is, &was.path, folds));
        for new in is
            .aliases
            .iter()
            .chain(own)
            .filter(|path| !stands_at(was, path, folds))
        {
            self.note("tolerance-added", pointer, format!("the path `{new}`"));
        }
    }

    fn security(&mut self, was: &Operation<'_>, is: &Operation<'_>) {
        let (old, new) = (requirements(was), requirements(is));
        // What both have from the document as a whole changed there, for all operations at once.
        let is_inherited = [was, is].iter().all(|one| one.node.get("security").is_none());
        let pointer = if is_inherited && !has_credential(was) && !has_credential(is) {
            "/security".to_owned()
        } else {
            format!("{}/security", is.node.pointer)
        };
        match (old.is_empty(), new.is_empty()) {
            (true, false) => self.note("security-became-required", &pointer, shown(&new)),
            (false, true) => self.note("security-became-open", &pointer, shown(&old)),
            _ => {
                // Whoever shows more than is asked for is let in.
                let opens = |all: &[BTreeSet<String>], shown: &BTreeSet<String>| {
                    all.iter().any(|needed| needed.is_subset(shown))
                };
                for closed in old.iter().filter(|shown| !opens(&new, shown)) {
                    self.note("security-removed", &pointer, shown(std::slice::from_ref(closed)));
                }
                for opened in new.iter().filter(|shown| !opens(&old, shown)) {
                    self.note("security-added", &pointer, shown(std::slice::from_ref(opened)));
                }
            }
        }
    }
}

/// What lets a caller in, in headers and query or in the body.
fn requirements(operation: &Operation<'_>) -> Vec<BTreeSet<String>> {
    let mut all: Vec<BTreeSet<String>> = operation
        .security
        .iter()
        .map(|all| all.iter().cloned().collect())
        .collect();
    let in_body = operation.body.iter().flat_map(|body| &body.credential);
    let in_body: BTreeSet<String> = in_body.map(|(scheme, _)| scheme.clone()).collect();
    if !in_body.is_empty() {
        all.push(in_body);
    }
    all
}

/// Whether the body carries a credential.
fn has_credential(operation: &Operation<'_>) -> bool {
    operation
        .body
        .as_ref()
        .is_some_and(|body| !body.credential.is_empty())
}

fn shown(requirements: &[BTreeSet<String>]) -> String {
    let one = |names: &BTreeSet<String>| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" with ")
    };
    requirements.iter().map(one).collect::<Vec<_>>().join(" or ")
}

/// Whether an operation is found at a path, as its own or as another spelling; `is_folded` where letter case counts
/// for nothing.
fn stands_at(operation: &Operation<'_>, path: &str, is_folded: bool) -> bool {
    let mut paths = operation.aliases.iter().chain([&operation.path]);
    paths.any(|other| {
        let (one, other) = (shape(other), shape(path));
        one == other || is_folded && one.eq_ignore_ascii_case(&other)
    })
}

/// A path without the names of its values.
pub fn shape(path: &str) -> String {
    let segments = path.split('/');
    let unnamed = segments.map(|segment| if segment.starts_with('{') { "{}" } else { segment });
    unnamed.collect::<Vec<_>>().join("/")
}

pub fn title(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}

//! A copy of the whole work tree below the target folder, where many mutations stand side by side and each step runs
//! once. Every run begins by making it equal to the work tree again, so a run that was killed leaves nothing behind.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use walkdir::WalkDir;

use super::mutation::{Mutation, told};
use super::row::Row;
use super::tree::{Texts, apply, fault, restore, texts, write};
use crate::cargo;
use crate::check::{Context, Step};
use crate::finding::Finding;
use crate::workspace::{Fault, Workspace};

/// Below the target folder.
const FOLDER: &str = "mutations";

/// What is no text, or is left out of the work tree's texts.
const MORE: &str = "Cargo.lock";

/// The copy.
pub struct Stage {
    pub workspace: Workspace,
}

impl Stage {
    /// Makes the copy equal to the work tree. Files that are equal already stay as they are, so cargo does not build
    /// them again.
    pub fn prepare(workspace: &Workspace) -> Result<Self, Fault> {
        let root = target(workspace)?.join(FOLDER).join("tree");
        let mut wanted = BTreeSet::new();
        let lock = workspace.read(MORE)?.unwrap_or_default();
        let texts = workspace.texts()?.into_iter().map(|file| (file.path, file.text));
        for (path, text) in texts.chain([(PathBuf::from(MORE), lock)]) {
            refresh(&root.join(&path), &text)?;
            wanted.insert(path);
        }
        for entry in WalkDir::new(&root).into_iter().flatten() {
            let Ok(path) = entry.path().strip_prefix(&root) else {
                continue;
            };
            if entry.file_type().is_file() && !wanted.contains(path) {
                fs::remove_file(entry.path()).map_err(|e| fault(entry.path(), &e))?;
            }
        }
        Ok(Self {
            workspace: Workspace::at(root),
        })
    }

    /// Makes all edits at once, runs the step once, takes the edits back, and gives each finding to its mutation. What
    /// belongs to none is a row of its own.
    pub fn judge(&self, mutations: &[Mutation], step: Step) -> Result<Vec<Row>, Fault> {
        let root = self.workspace.root();
        let edits: Vec<_> = mutations
            .iter()
            .flat_map(|mutation| mutation.edits.clone())
            .collect();
        let applied = apply(root, &edits)?;
        let found = step.find(&Context::new(self.workspace.clone()));
        let texts = texts(&applied);
        restore(applied)?;
        Ok(shared(mutations, found?, &texts, step))
    }
}

/// Gives each finding to the mutation that expects it, each to one.
pub fn shared(mutations: &[Mutation], findings: Vec<Finding>, texts: &[Texts], step: Step) -> Vec<Row> {
    let mut open = findings;
    let mut rows = Vec::new();
    for mutation in mutations {
        let (mut seen, mut missed) = (Vec::new(), Vec::new());
        for expected in &mutation.expected {
            let file = texts.iter().find(|texts| texts.file == expected.file);
            let after = file.map_or("", |file| file.after.as_str());
            match open.iter().position(|finding| expected.is(finding, after)) {
                Some(index) => seen.push(open.remove(index)),
                None => missed.push(expected.to_string()),
            }
        }
        rows.push(Row::new(mutation, &seen, missed, Vec::new()));
    }
    if !open.is_empty() {
        let stray = Mutation {
            name: "what no mutation expects".to_owned(),
            step,
            edits: Vec::new(),
            expected: Vec::new(),
        };
        rows.push(Row::new(
            &stray,
            &open,
            Vec::new(),
            open.iter().map(told).collect(),
        ));
    }
    rows
}

/// The folder into which cargo builds.
pub fn target(workspace: &Workspace) -> Result<PathBuf, Fault> {
    let args = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let output = cargo::run(workspace, &args)?;
    let metadata: Option<Value> = serde_json::from_slice(&output.stdout).ok();
    let folder = metadata
        .as_ref()
        .and_then(|metadata| metadata["target_directory"].as_str());
    folder.map(PathBuf::from).ok_or_else(|| {
        let said = cargo::last_lines(&output.stderr, 5);
        Fault(format!("`cargo metadata` names no target folder:\n{said}"))
    })
}

fn refresh(path: &Path, text: &str) -> Result<(), Fault> {
    match fs::read(path) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        _ => write(path, text.as_bytes()),
    }
}

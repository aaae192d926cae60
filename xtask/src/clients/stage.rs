//! The folder in which everything happens: below the target folder, so that nothing of it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::generators::Generator;
use super::tools::Tools;
use crate::document::Document;
use crate::workspace::{Fault, Workspace};

/// Where our own files of the suite are.
const HOME: &str = "tests/clients";

/// The folder, filled with our own files and the documents.
#[derive(Debug)]
pub struct Stage {
    pub root: PathBuf,
    pub tools: Tools,
    pub documents: Vec<Document>,
}

impl Stage {
    pub fn prepare(workspace: &Workspace, root: &Path, tools: Tools) -> Result<Self, Fault> {
        let (documents, findings) = workspace.documents("openapi")?;
        if let Some(finding) = findings.first() {
            return Err(Fault(finding.to_string()));
        }
        let stage = Self {
            root: root.to_path_buf(),
            tools,
            documents,
        };
        let home = workspace.root().join(HOME);
        for entry in fs::read_dir(&home).map_err(|e| unreadable(&home, &e))? {
            let path = entry.map_err(|e| unreadable(&home, &e))?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_name()) {
                copy(&path, &root.join(name))?;
            }
        }
        let dialects: Vec<&str> = stage.dialects().collect();
        mirror(&home.join("stories"), &root.join("stories"), &dialects)?;
        let copies = root.join("openapi");
        let names: Vec<String> = stage.dialects().map(|name| format!("{name}.yaml")).collect();
        for name in &names {
            copy(&workspace.root().join("openapi").join(name), &copies.join(name))?;
        }
        remove_others(&copies, &names)?;
        Ok(stage)
    }

    pub fn dialects(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(|document| document.name.as_str())
    }

    /// Every client: each dialect with each generator.
    pub fn clients(&self) -> impl Iterator<Item = (&Document, Generator)> {
        self.documents
            .iter()
            .flat_map(|document| Generator::ALL.map(|generator| (document, generator)))
    }

    /// A program of the Python packages.
    pub fn python(&self, program: &str) -> PathBuf {
        self.root.join("venv/bin").join(program)
    }

    /// A program of the Node packages.
    pub fn node(&self, program: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(program)
    }

    /// Where Python finds the clients of a generator, and the stories.
    pub fn python_path(&self, generator: Generator, separator: &str) -> String {
        let outputs = self.dialects().map(|dialect| generator.output(dialect));
        let folders = outputs.chain(["stories".to_owned()]);
        let folders = folders.map(|folder| self.root.join(folder).display().to_string());
        folders.collect::<Vec<_>>().join(separator)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_default()
    }

    pub fn write(&self, path: &str, text: &str) -> Result<(), Fault> {
        let path = self.root.join(path);
        make_parent(&path)?;
        fs::write(&path, text).map_err(|e| Fault(format!("cannot write {}: {e}", path.display())))
    }

    /// Takes a folder away; one that is not there needs nothing.
    pub fn clear(&self, path: &str) -> Result<(), Fault> {
        match fs::remove_dir_all(self.root.join(path)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Fault(format!("cannot remove {path}: {error}")))
            }
            _ => Ok(()),
        }
    }
}

/// Makes `to` hold what `from` and the folders of the dialects below it hold, and nothing else.
fn mirror(from: &Path, to: &Path, dialects: &[&str]) -> Result<(), Fault> {
    let mut names = Vec::new();
    let is_told = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() != 1 || entry.file_type().is_file() || dialects.contains(&name.as_ref())
    };
    let walk = WalkDir::new(from).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(is_told) {
        let entry = entry.map_err(|e| Fault(format!("cannot list {}: {e}", from.display())))?;
        let Ok(name) = entry.path().strip_prefix(from) else {
            continue;
        };
        if entry.file_type().is_file() {
            copy(entry.path(), &to.join(name))?;
            names.push(name.display().to_string());
        }
    }
    remove_others(to, &names)
}

/// Takes away the files of a folder that are not listed.
fn remove_others(folder: &Path, names: &[String]) -> Result<(), Fault> {
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if entry.file_type().is_file() && !names.contains(&name.display().to_string()) {
            fs::remove_file(entry.path()).map_err(|e| unreadable(entry.path(), &e))?;
        }
    }
    Ok(())
}

/// Copies a file where the copy differs, so that compilers see what has changed.
fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let bytes = fs::read(from).map_err(|e| unreadable(from, &e))?;
    if fs::read(to).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    make_parent(to)?;
    fs::write(to, bytes).map_err(|e| Fault(format!("cannot write {}: {e}", to.display())))
}

fn make_parent(path: &Path) -> Result<(), Fault> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|e| Fault(format!("cannot make {}: {e}", parent.display())))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault(format!("cannot read {}: {error}", path.display()))
}

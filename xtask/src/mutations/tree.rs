//! A small work tree in a temporary folder, on which mutations are tried one by one.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::mutation::{Edit, Mutation};
use crate::check::{Against, Context, Step};
use crate::finding::Finding;
use crate::git;
use crate::workspace::{Fault, Workspace, write_whole};

/// Files with their content.
pub struct Tree {
    folder: TempDir,
    against: Against,
}

/// Where a folder or file of ours cannot be made, read or written.
pub fn fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault(format!("{}: {error}", path.display()))
}

impl Tree {
    pub fn new(files: &[(&str, &[u8])]) -> Result<Self, Fault> {
        let folder = tempfile::tempdir().map_err(|e| Fault(format!("cannot make a folder: {e}")))?;
        for (path, bytes) in files {
            write(&folder.path().join(path), bytes)?;
        }
        let against = Against::Default;
        Ok(Self { folder, against })
    }

    /// The same with a history: what is there now is what documents are compared with.
    pub fn committed(mut self) -> Result<Self, Fault> {
        git::record(self.root())?;
        self.against = Against::Revision("HEAD".to_owned());
        Ok(self)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What a step finds in the tree as it is.
    pub fn find(&self, step: Step) -> Result<Vec<Finding>, Fault> {
        find(self.root(), step, &self.against)
    }

    /// Edits the tree, runs the step, and puts everything back. The text of each edited file is handed out as it
    /// became.
    pub fn judge(&self, mutation: &Mutation) -> Result<(Vec<Finding>, Vec<Texts>), Fault> {
        let applied = apply(self.root(), &mutation.edits)?;
        let found = self.find(mutation.step);
        let texts = texts(&applied);
        restore(applied)?;
        Ok((found?, texts))
    }
}

/// What a step finds below a root.
pub fn find(root: &Path, step: Step, against: &Against) -> Result<Vec<Finding>, Fault> {
    let mut context = Context::new(Workspace::at(root));
    context.against = against.clone();
    step.find(&context)
}

/// A file as it became.
#[derive(Clone, Debug)]
pub struct Texts {
    pub file: PathBuf,
    pub after: String,
}

/// An edit that was made.
pub struct Applied {
    path: PathBuf,
    file: PathBuf,
    before: Option<Vec<u8>>,
}

impl Applied {
    fn texts(&self) -> Texts {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Texts {
            file: self.file.clone(),
            after: fs::read(&self.path).map(|bytes| text(&bytes)).unwrap_or_default(),
        }
    }

    fn undo(self) -> Result<(), Fault> {
        let path = &self.path;
        let gone = if path.is_dir() {
            fs::remove_dir(path)
        } else if path.exists() {
            fs::remove_file(path)
        } else {
            Ok(())
        };
        gone.map_err(|e| fault(path, &e))?;
        match self.before {
            Some(bytes) => write(path, &bytes),
            None => Ok(()),
        }
    }
}

/// Each edited file as it is.
pub fn texts(applied: &[Applied]) -> Vec<Texts> {
    applied.iter().map(Applied::texts).collect()
}

/// Puts everything back.
pub fn restore(applied: Vec<Applied>) -> Result<(), Fault> {
    applied.into_iter().rev().try_for_each(Applied::undo)
}

/// Makes edits below a root. An edit that does not fit is a fault: the table has to follow what it edits.
pub fn apply(root: &Path, edits: &[Edit]) -> Result<Vec<Applied>, Fault> {
    let mut applied: Vec<Applied> = Vec::new();
    for edit in edits {
        let path = root.join(edit.file());
        let before = fs::read(&path).ok();
        make(edit, &path, before.as_deref())?;
        if applied.iter().all(|done| done.path != path) {
            let file = edit.file().to_path_buf();
            applied.push(Applied { path, file, before });
        }
    }
    Ok(applied)
}

fn make(edit: &Edit, path: &Path, before: Option<&[u8]>) -> Result<(), Fault> {
    match edit {
        Edit::Replace(file, from, to) => {
            let text = String::from_utf8_lossy(before.unwrap_or_default()).into_owned();
            let count = text.matches(from.as_str()).count();
            if count != 1 {
                let file = file.display();
                return Err(Fault(format!(
                    "stands {count} times in {file}, not once:\n{from}"
                )));
            }
            write(path, text.replacen(from, to, 1).as_bytes())
        }
        Edit::Write(_, bytes) => write(path, bytes),
        Edit::Remove(_) => fs::remove_file(path).map_err(|e| fault(path, &e)),
        Edit::Folder(_) => {
            if before.is_some() {
                fs::remove_file(path).map_err(|e| fault(path, &e))?;
            }
            fs::create_dir_all(path).map_err(|e| fault(path, &e))
        }
    }
}

/// Writes a file, with its folder.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let done = match std::str::from_utf8(bytes) {
        Ok(text) => write_whole(path, text),
        Err(_) => fs::write(path, bytes),
    };
    done.map_err(|e| fault(path, &e))
}

//! Files that the program writes whole or not at all.

use crate::cli::Failure;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where a file is written, behind any link to it. What is there and is no file, as a device or a pipe, would be replaced
/// by one and not written to, so it is refused.
pub fn target(path: &Path) -> io::Result<PathBuf> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => path.canonicalize(),
        Ok(_) => Err(io::Error::other("what is there is no regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error),
    }
}

/// The file that says where the server answers, for as long as it does.
pub struct Ready {
    path: PathBuf,
}

impl Ready {
    /// Takes away what a server left that was killed, so that nobody takes its address for this one's.
    pub fn claim(path: &Path) -> Result<Self, Failure> {
        let path = target(path).map_err(|error| unwritten(path, &error))?;
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritten(&path, &error)),
            _ => Ok(Self { path }),
        }
    }

    /// The file appears whole or not at all.
    pub fn write(&self, url: &str) -> Result<(), Failure> {
        let text = serde_json::json!({"url": url, "pid": std::process::id()}).to_string();
        let mut unfinished = self.path.as_os_str().to_owned();
        unfinished.push(".part");
        let written =
            std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, &self.path));
        written.map_err(|error| {
            drop(std::fs::remove_file(&unfinished));
            unwritten(&self.path, &error)
        })
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.path));
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("cannot write {}: {error}", path.display()))
}

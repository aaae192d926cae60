//! Files that the program writes whole or not at all.

use crate::cli::Failure;
use serde_json::Value;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
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

/// No ready file has more bytes.
const LONGEST: u64 = 64 * 1024;

/// The file that says where the server answers, for as long as it does.
pub struct Ready {
    path: PathBuf,
}

impl Ready {
    /// Takes away what a server left that was killed, so that nobody takes its address for this one's. A file with
    /// anything else in it is somebody else's.
    pub fn claim(path: &Path) -> Result<Self, Failure> {
        let path = target(path).map_err(|error| unwritten(path, &error))?;
        if path.exists() && !is_ready_file(&path) {
            let error = io::Error::other("what is there is no ready file");
            return Err(unwritten(&path, &error));
        }
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

/// Whether a file is empty, or says where a server answers.
fn is_ready_file(path: &Path) -> bool {
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text));
    let told = || serde_json::from_slice::<Value>(&text).is_ok_and(|told| told["url"].is_string());
    read.is_ok() && (text.is_empty() || told())
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("cannot write {}: {error}", path.display()))
}

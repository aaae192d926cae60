//! Opens the directory that the command line names.

use crate::cli::{Failure, Storage};
use directory::{Clock, Directory, Ids, Keys, Options, StoreOptions};
use std::path::{Path, PathBuf};

/// Opens the database, makes it and its key file when they are missing, and brings its schema up to date.
pub fn open(storage: &Storage) -> Result<Directory, Failure> {
    let store = StoreOptions::new(&storage.database);
    let database = store.path().map_err(|error| Failure(error.to_string()))?;
    let key_file = storage.key_file.clone().unwrap_or_else(|| beside(&database));
    let ids = Ids::random();
    let keys = Keys::open(&key_file, &ids)?;
    Ok(Directory::open(Options {
        store,
        keys,
        clock: Clock::system(),
        ids,
    })?)
}

/// Whether a file belongs to the directory: the database, what SQLite keeps beside it, or the key.
pub fn is_part(storage: &Storage, file: &Path) -> Result<bool, Failure> {
    let database = StoreOptions::new(&storage.database)
        .path()
        .map_err(|error| Failure(error.to_string()))?;
    let mut parts: Vec<PathBuf> = ["", "-wal", "-shm", "-journal", ".key"]
        .iter()
        .map(|ending| appended(&database, ending))
        .collect();
    parts.extend(storage.key_file.clone());
    let is_same = |part: &PathBuf| part == file || part.canonicalize().is_ok_and(|part| part == file);
    Ok(parts.iter().any(is_same))
}

/// A directory of its own in a temporary folder, with its key in memory only. Gone when the folder is dropped.
pub fn ephemeral(clock: Clock, ids: Ids) -> Result<(Directory, tempfile::TempDir), Failure> {
    let folder = tempfile::Builder::new().prefix("roster-").tempdir()?;
    let store = StoreOptions::new(format!("sqlite://{}", folder.path().join("roster.db").display()));
    let keys = Keys::in_memory(&ids)?;
    Ok((
        Directory::open(Options {
            store,
            keys,
            clock,
            ids,
        })?,
        folder,
    ))
}

/// The key file's place when none is named.
fn beside(database: &Path) -> PathBuf {
    appended(database, ".key")
}

fn appended(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

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

/// The key file's place when none is named: the database file's, with `.key` appended.
fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

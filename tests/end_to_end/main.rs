//! The real program as its users meet it: started, called, asked from the command line, stopped, started again.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests, and their helpers stop them with the reason"
)]

mod archive;
mod commands;
mod docs;
mod files;
mod groups;
mod logs;
mod options;
mod repeats;
mod reset;
mod start;
mod stop;

use std::path::{Path, PathBuf};
use tempfile::TempDir;
use testkit::kibo::Client;
use testkit::{Process, process};

/// The client id and secret that a test bootstraps.
const ID: &str = "operator";
const SECRET: &str = "a secret of the operator, for tests";

/// A folder with the place of a database.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("roster.db")
    }

    fn url(&self) -> String {
        process::url(&self.database())
    }

    /// Starts the server on it with the bootstrapped credential.
    fn serve(&self) -> Process {
        Process::start(
            &self.database(),
            &["--bootstrap-credential", &format!("{ID}:{SECRET}")],
        )
    }
}

/// A client with the bootstrapped credential.
fn operator(server: &Process) -> Client {
    Client::connect(server.url(), ID, SECRET)
}

/// The answer to a plain GET.
fn get(server: &Process, path: &str) -> testkit::Reply {
    testkit::http::send(server.url(), "GET", path, &[], None).unwrap()
}

//! A server on a fresh directory of its own: two tenants, a credential of each level, a clock that stands still.

use crate::http::{self, Reply};
use crate::kibo::Client;
use chrono::{DateTime, Utc};
use directory::{Clock, Directory, Ids, Keys, Options, bootstrap, credentials, tenants};
use model::{Access, Dialect};
use server::embedded::Embedded;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tempfile::TempDir;

const FILE: &str = "roster.db";
const KEY: [u8; 32] = [7; 32];

/// The credentials that every [`App`] has: client id, tenant, access.
const CREDENTIALS: [(&str, &str, Access); 3] = [
    ("reader", tenants::DEFAULT, Access::Reader),
    ("editor", tenants::DEFAULT, Access::Editor),
    ("stranger", "other", Access::Admin),
];

/// A running server. It stops, and its directory is deleted, when it is dropped.
pub struct App {
    admin: Client,
    editor: Client,
    reader: Client,
    stranger: Client,
    nobody: Client,
    wire: Arc<Wire>,
    /// Before the directory: the server stops first.
    server: Embedded,
    directory: Directory,
    folder: TempDir,
}

/// Where the server is, and what it was seen to answer.
pub(crate) struct Wire {
    pub url: String,
    pub seen: Mutex<Vec<(&'static str, u16)>>,
    /// The links that were followed since the last write, each with the request for it.
    pub followed: Mutex<HashSet<String>>,
}

impl Wire {
    pub fn to(url: &str) -> Arc<Self> {
        Arc::new(Self {
            url: url.to_owned(),
            seen: Mutex::default(),
            followed: Mutex::default(),
        })
    }
}

impl App {
    /// Starts a server on a copy of the template.
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join(FILE), &*TEMPLATE).unwrap();
        let directory = open(&folder.path().join(FILE), 2);
        let server = Embedded::start(directory.clone()).unwrap();
        let wire = Wire::to(server.url());
        let client = |id: &str| Client::new(wire.clone(), Some((id.to_owned(), secret(id))));
        Self {
            admin: client("admin"),
            editor: client("editor"),
            reader: client("reader"),
            stranger: client("stranger"),
            nobody: Client::new(wire.clone(), None),
            wire,
            server,
            directory,
            folder,
        }
    }

    /// The admin of tenant `default`, which Kibo knows as 1.
    pub fn admin(&self) -> &Client {
        &self.admin
    }

    /// May write in tenant `default`.
    pub fn editor(&self) -> &Client {
        &self.editor
    }

    /// May read in tenant `default`.
    pub fn reader(&self) -> &Client {
        &self.reader
    }

    /// The admin of tenant `other`, which Kibo, Forms On Fire and Taleo Learn know as 2.
    pub fn stranger(&self) -> &Client {
        &self.stranger
    }

    /// Sends no token.
    pub fn nobody(&self) -> &Client {
        &self.nobody
    }

    /// A client with a credential that the test made.
    pub fn client(&self, id: &str, secret: &str) -> Client {
        Client::new(self.wire.clone(), Some((id.to_owned(), secret.to_owned())))
    }

    pub(crate) fn wire(&self) -> &Arc<Wire> {
        &self.wire
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Lets time pass.
    pub fn advance(&self, seconds: i64) {
        self.directory.clock().advance(chrono::Duration::seconds(seconds));
    }

    /// Where the server answers, without a slash at the end.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Another server on the same directory, which remembers nothing of what this one saw.
    pub fn another(&self) -> Embedded {
        Embedded::start(self.directory.clone()).unwrap()
    }

    /// The same, where the body of a request may take this long only.
    pub fn hasty(&self, body_time: Duration) -> Embedded {
        Embedded::start_hasty(self.directory.clone(), body_time).unwrap()
    }

    pub fn database_path(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }

    /// The folder that holds the database and nothing else.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends bytes as they are and reads one answer, which is not compared with the document.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        http::raw(self.url(), bytes)
    }

    /// True if an operation answered with this status, and the answer was what the document promises.
    pub fn has_seen(&self, operation: &'static str, status: u16) -> bool {
        self.wire.seen.lock().unwrap().contains(&(operation, status))
    }

    /// Waits for a use case of the directory.
    pub fn wait<T>(&self, work: impl Future<Output = model::Result<T>>) -> T {
        wait(work)
    }
}

/// The secret of a client id; no two are the same.
pub fn secret(id: &str) -> String {
    format!("the secret of {id}, for tests only")
}

/// When the clock of every [`App`] stands.
pub fn start_of_time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_348_800, 0).unwrap()
}

/// The bytes of a database with the tenants and credentials that every test needs, made once per process.
static TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(FILE);
    let directory = open(&path, 1);
    wait(async {
        bootstrap::bootstrap(&directory, Some(("admin".to_owned(), secret("admin")))).await?;
        tenants::create(
            &directory,
            "other",
            vec![
                (Dialect::FormsOnFire, "2".to_owned()),
                (Dialect::Kibo, "2".to_owned()),
                (Dialect::MyPreferences, "other".to_owned()),
                (Dialect::TaleoLearn, "2".to_owned()),
            ],
        )
        .await?;
        for (id, tenant, access) in CREDENTIALS {
            credentials::create(
                &directory,
                tenant,
                Some(id.to_owned()),
                access,
                None,
                Some(secret(id)),
            )
            .await?;
        }
        directory.close().await
    });
    drop(directory);
    let log = folder.path().join(format!("{FILE}-wal"));
    let rest = std::fs::metadata(log).map_or(0, |log| log.len());
    assert_eq!(rest, 0, "closing a directory leaves nothing beside its file");
    std::fs::read(path).unwrap()
});

/// `seed` differs between the template and its copies, so that no id is drawn twice.
fn open(path: &Path, seed: u64) -> Directory {
    let store = store::Options::new(format!("sqlite://{}", path.display()));
    let options = Options {
        store,
        keys: Keys::derive(&KEY),
        clock: Clock::fixed(start_of_time()),
        ids: Ids::seeded(seed),
    };
    Directory::open(options).unwrap()
}

fn wait<T>(work: impl Future<Output = model::Result<T>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(work).unwrap()
}

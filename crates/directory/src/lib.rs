//! Use cases: authorise, one write that also holds its audit event, answer. No SQL, no HTTP.
//!
//! Every use case is an `async fn` that takes the [`Directory`] first. Reads end at their first poll; writes wait
//! for the commit that covers them.

pub mod access_tokens;
pub mod archive;
pub mod audit;
pub mod bootstrap;
pub mod bulk;
pub mod changes;
pub mod clock;
pub mod credentials;
mod external_ids;
pub mod group_types;
pub mod groups;
pub mod ids;
pub mod keys;
mod mark;
pub mod roles;
pub mod secrets;
pub mod tenants;
pub mod tokens;
mod unit;
pub mod users;

pub use clock::Clock;
pub use groups::Deletion;
pub use ids::Ids;
pub use keys::Keys;
pub use mark::Mark;
pub use secrets::Secret;
pub use store::Options as StoreOptions;

use futures_util::FutureExt;
use model::{Error, Instant, Result};
use std::sync::Arc;
use store::Store;

/// What a directory is made of.
#[derive(Debug)]
pub struct Options {
    pub store: store::Options,
    pub keys: Keys,
    pub clock: Clock,
    pub ids: Ids,
}

/// One store with its keys, clock and randomness. Clones share all of them.
#[derive(Clone)]
pub struct Directory {
    store: Store,
    tools: Arc<Tools>,
}

struct Tools {
    keys: Keys,
    clock: Clock,
    ids: Ids,
}

/// The versions that the caller has seen (`If-Match`). Any other one now is `Error::Stale`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precondition {
    pub versions: Vec<i64>,
}

impl Precondition {
    /// Demands one version.
    pub fn version(version: i64) -> Self {
        Self {
            versions: vec![version],
        }
    }

    /// Holds when there is no precondition, or when it names this version.
    fn check(precondition: Option<&Self>, version: i64) -> Result<()> {
        match precondition {
            Some(seen) if !seen.versions.contains(&version) => Err(Error::Stale),
            _ => Ok(()),
        }
    }
}

impl Directory {
    /// Opens the store, which brings its schema up to date.
    ///
    /// `Error::Conflict` when the database's secrets were made with other keys: nobody could sign in.
    pub fn open(options: Options) -> Result<Self> {
        let store = Store::open(&options.store)?;
        let tools = Tools {
            keys: options.keys,
            clock: options.clock,
            ids: options.ids,
        };
        let directory = Self {
            store,
            tools: Arc::new(tools),
        };
        at_once(keys::check(&directory.store.reads(), directory.keys()))?;
        Ok(directory)
    }

    /// Finishes the writes under way and closes the store; later writes fail.
    pub async fn close(&self) -> Result<()> {
        // An empty write waits its turn behind those under way, so that closing blocks this thread shortly only.
        let last = self.store.write(async |_| Ok(())).await;
        self.store.close();
        last
    }

    /// Whether the store answers, by a trivial read.
    pub fn ready(&self) -> Result<()> {
        at_once(keys::check(&self.store.reads(), self.keys()))
    }

    pub fn keys(&self) -> &Keys {
        &self.tools.keys
    }

    pub fn clock(&self) -> &Clock {
        &self.tools.clock
    }

    pub fn ids(&self) -> &Ids {
        &self.tools.ids
    }

    /// The present instant by this directory's clock, in whole microseconds.
    pub fn now(&self) -> Instant {
        self.tools.clock.now()
    }
}

/// Two lower-case digits per byte.
fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// The outcome of a read that waits for nothing but the calling thread's own connection.
fn at_once<T>(read: impl Future<Output = Result<T>>) -> Result<T> {
    read.now_or_never()
        .unwrap_or_else(|| Err(Error::internal("a read waited")))
}

//! The store: inline reads on the calling thread, writes in units of work on one writer thread.

use crate::db::Db;
use crate::migrations;
use crate::options::{OpenError, Options};
use crate::sqlite::Target;
use crate::writer::{ImageTask, Message, Unit, Writer};
use futures_util::FutureExt;
use model::{Error, Fault, Result};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::sync::{Semaphore, oneshot};

/// Units of work that may wait for the writer; the next one waits for a place.
const QUEUE: usize = 1024;

/// A database of the directory. Cloning is cheap; the last clone that goes closes it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    target: Arc<Target>,
    migrated: Vec<String>,
    places: Arc<Semaphore>,
    /// None when the database is opened for reading only.
    queue: Option<UnboundedSender<Message>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Store {
    /// Opens the database, makes it if it is missing, and brings its tables up to date. Blocks for a moment.
    pub fn open(options: &Options) -> Result<Self, OpenError> {
        let target = Arc::new(Target::new(options)?);
        let failed = |error: &dyn std::fmt::Display| OpenError::Database(error.to_string());
        target.create().map_err(|error| failed(&error))?;
        let places = Arc::new(Semaphore::new(QUEUE));
        if target.read_only() {
            let connection = target.reader().map_err(|error| failed(&error))?;
            migrations::require_current(&connection)?;
            return Ok(Self(Arc::new(Inner {
                target,
                migrated: Vec::new(),
                places,
                queue: None,
                thread: Mutex::new(None),
            })));
        }
        let connection = target.writer().map_err(|error| failed(&error))?;
        let (connection, migrated) = migrations::run(connection)?;
        let (queue, messages) = mpsc::unbounded_channel();
        let writer = Writer::new(Arc::clone(&target), messages, Db::writer(connection));
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run())
            .map_err(|error| failed(&error))?;
        Ok(Self(Arc::new(Inner {
            target,
            migrated,
            places,
            queue: Some(queue),
            thread: Mutex::new(Some(thread)),
        })))
    }

    /// The names of the migrations that opening it applied; empty if its tables were up to date.
    pub fn migrated(&self) -> &[String] {
        &self.0.migrated
    }

    /// Reads inline, on the calling thread's own connection. Each statement sees all that was committed before it;
    /// two statements that must agree with each other belong into [`Store::read`].
    pub fn reads(&self) -> Db {
        Db::reader(Arc::clone(&self.0.target))
    }

    /// Runs several reads on one snapshot. They may wait for nothing but the database.
    #[expect(
        clippy::unused_async,
        reason = "callers must not notice when PostgreSQL waits here"
    )]
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFn(&Db) -> Result<T>,
    {
        let db = self.reads();
        let snapshot = Snapshot::open(&db)?;
        let ended = work(&db).now_or_never();
        drop(snapshot);
        ended.unwrap_or_else(|| {
            let what = "waited for something other than the database";
            Err(Error::Internal(Fault::Unit(what)))
        })
    }

    /// Runs a unit of work in a transaction and answers once it is durable; an error undoes it.
    ///
    /// The unit may read what it wrote and may wait for nothing but the database. It runs apart from its caller: whoever
    /// stops waiting loses the answer only. It may be run again if the engine could not serialise it, so it must not
    /// change anything outside. Units that share a transaction see each other's writes in the order they came.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&Db) -> Result<T> + Send + 'static,
    {
        let closed = || Error::internal("the store is closed");
        let Some(queue) = &self.0.queue else {
            return Err(Error::internal("the database is opened for reading only"));
        };
        let places = Arc::clone(&self.0.places);
        let permit = places.acquire_owned().await.map_err(|_| closed())?;
        let (reply, answer) = oneshot::channel();
        let unit = Unit { work, reply, permit };
        queue.send(Message::Write(Box::new(unit))).map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Keeps a copy of the whole database in memory, in place of the one before.
    pub async fn keep_image(&self) -> Result<()> {
        self.image(ImageTask::Keep).await
    }

    /// Writes the kept copy over everything, behind the units that wait: a reader sees all of it or nothing.
    pub async fn restore_image(&self) -> Result<()> {
        self.image(ImageTask::Restore).await
    }

    async fn image(&self, task: ImageTask) -> Result<()> {
        let closed = || Error::internal("the store is closed");
        let Some(queue) = &self.0.queue else {
            return Err(Error::internal("the database is opened for reading only"));
        };
        let (reply, answer) = oneshot::channel();
        queue.send(Message::Image(task, reply)).map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Finishes the units that wait, moves the log into the database file and ends the writer thread. Blocks until then.
    /// Later writes fail; reads go on.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Inner {
    fn close(&self) {
        self.places.close();
        if let Some(queue) = &self.queue {
            // Fails only if the thread has ended.
            drop(queue.send(Message::Close));
        }
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A unit may hold the last clone of the store: its thread cannot wait for itself.
        if let Some(thread) = thread.filter(|handle| handle.thread().id() != thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!("the writer thread panicked");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// An open read transaction; ends when it is dropped.
struct Snapshot<'a>(&'a Db);

impl<'a> Snapshot<'a> {
    fn open(db: &'a Db) -> Result<Self> {
        db.step("BEGIN")
            .map_err(|fault| Error::Internal(Fault::Database(fault.to_string())))?;
        Ok(Self(db))
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if let Err(fault) = self.0.step("COMMIT") {
            tracing::error!(error = %fault, "a read transaction could not be ended");
        }
    }
}

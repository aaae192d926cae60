//! The one thread that writes. Many waiting units of work share one transaction and its one flush to disk
//! (group commit); each is answered after the COMMIT that covers it.

use crate::db::Db;
use crate::faults::SqliteFault;
use crate::image::Image;
use crate::sqlite::Target;
use futures_util::FutureExt;
use model::{Error, Fault, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// The most units that one transaction covers.
const GROUP: usize = 256;

/// What the writer thread is asked to do.
pub(crate) enum Message {
    Write(Box<dyn Job>),
    /// Something with the whole database, between two transactions.
    Image(ImageTask, oneshot::Sender<Result<()>>),
    /// Finish what came before, then end.
    Close,
}

/// What is done with the whole database.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ImageTask {
    Keep,
    Restore,
}

/// A unit of work with somebody who waits for its answer.
pub(crate) trait Job: Send {
    /// False if nobody waits any more, so that it need not run at all.
    fn wanted(&self) -> bool;
    /// Runs the unit between two savepoints.
    fn run(self: Box<Self>, db: &Db) -> Ran;
    /// Answers without running.
    fn refuse(self: Box<Self>, error: Error);
}

/// A unit that has run and is not yet answered.
pub(crate) struct Ran {
    /// What it wrote is to be kept.
    keep: bool,
    /// Answers; an error says that the transaction failed around a unit that had succeeded.
    answer: Box<dyn FnOnce(Option<Error>)>,
}

/// A closure over a transaction, and where its answer goes.
pub(crate) struct Unit<T, F> {
    pub work: F,
    pub reply: oneshot::Sender<Result<T>>,
    /// Its place in the queue, free again when it has run.
    pub permit: OwnedSemaphorePermit,
}

impl<T, F> Job for Unit<T, F>
where
    T: Send + 'static,
    F: AsyncFn(&Db) -> Result<T> + Send + 'static,
{
    fn wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(self: Box<Self>, db: &Db) -> Ran {
        let Self { work, reply, permit } = *self;
        // A statement is done when it is first polled, so a unit that only waits for the database is, too.
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let ended = work(db).now_or_never();
            drop(work);
            ended
        }));
        let failed = db.take_failed();
        let result = match ended {
            Ok(Some(Ok(_))) if failed => unit_fault("went on after a statement had failed"),
            Ok(Some(result)) => result,
            Ok(None) => unit_fault("waited for something other than the database"),
            Err(_) => unit_fault("panicked"),
        };
        drop(permit);
        Ran {
            keep: result.is_ok(),
            answer: Box::new(move |failure| {
                let result = match failure {
                    Some(error) => result.and(Err(error)),
                    None => result,
                };
                // Whoever has stopped waiting misses the answer, not the write.
                drop(reply.send(result));
            }),
        }
    }

    fn refuse(self: Box<Self>, error: Error) {
        drop(self.reply.send(Err(error)));
    }
}

fn unit_fault<T>(what: &'static str) -> Result<T> {
    Err(Error::Internal(Fault::Unit(what)))
}

/// The writer thread's state.
pub(crate) struct Writer {
    target: Arc<Target>,
    queue: UnboundedReceiver<Message>,
    /// None after a failure that leaves the connection in doubt: the next group opens another one.
    db: Option<Db>,
    image: Option<Image>,
    /// Taken from the queue while it was not its turn yet.
    next: Option<Message>,
    closing: bool,
}

impl Writer {
    pub fn new(target: Arc<Target>, queue: UnboundedReceiver<Message>, db: Db) -> Self {
        Self {
            target,
            queue,
            db: Some(db),
            image: None,
            next: None,
            closing: false,
        }
    }

    /// Serves units until it is told to close; then moves the log into the database file.
    pub fn run(mut self) {
        while !self.closing {
            match self.next.take().or_else(|| self.queue.blocking_recv()) {
                Some(Message::Write(first)) => self.serve(first),
                Some(Message::Image(task, reply)) => {
                    // Whoever has stopped waiting misses the answer only.
                    drop(reply.send(self.image(task).map_err(|fault| database(&fault))));
                }
                Some(Message::Close) | None => self.closing = true,
            }
        }
        let Some(connection) = self.db.and_then(Db::into_connection) else {
            return;
        };
        // Best effort: the next start would do it as well.
        let moved = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        if let Err(error) = moved {
            tracing::warn!(error = %error, "the write-ahead log could not be moved into the database");
        }
    }

    fn image(&mut self, task: ImageTask) -> Result<(), SqliteFault> {
        let known = self.db.take().and_then(Db::into_connection);
        let mut connection = known.map_or_else(|| self.target.writer(), Ok)?;
        match (task, &self.image) {
            (ImageTask::Keep, _) => self.image = Some(Image::of(&connection)?),
            (ImageTask::Restore, Some(image)) => image.write_to(&mut connection)?,
            (ImageTask::Restore, None) => return Err(SqliteFault::other("no copy of the database was kept")),
        }
        self.db = Some(Db::writer(connection));
        Ok(())
    }

    fn next(&mut self) -> Option<Box<dyn Job>> {
        if self.next.is_some() {
            return None;
        }
        match self.queue.try_recv().ok()? {
            Message::Write(job) => Some(job),
            later @ Message::Image(..) => {
                self.next = Some(later);
                None
            }
            Message::Close => {
                self.closing = true;
                None
            }
        }
    }

    /// Runs the first unit and those that wait behind it in one transaction, commits, answers.
    fn serve(&mut self, first: Box<dyn Job>) {
        let db = match self.begin() {
            Ok(db) => db,
            Err(error) => return self.refuse(first, &error),
        };
        let mut ran = Vec::new();
        let mut next = Some(first);
        let mut ended = Ok(());
        while ended.is_ok() {
            let Some(job) = next.take() else { break };
            if job.wanted() {
                let (unit, savepoint) = between_savepoints(&db, job);
                ran.push(unit);
                ended = savepoint;
            }
            if ran.len() < GROUP {
                next = self.next();
            }
        }
        // Taken from the queue while the transaction broke: it shares the group's fate.
        let failure = ended.and_then(|()| db.step("COMMIT")).err().map(|fault| {
            tracing::error!(error = %fault, units = ran.len(), "a group of writes failed; the connection is replaced");
            database(&fault)
        });
        if failure.is_none() {
            self.db = Some(db);
        } else {
            // Closing the connection undoes whatever is left of its transaction.
            drop(db);
        }
        for unit in ran {
            (unit.answer)(failure.clone());
        }
        if let (Some(job), Some(error)) = (next, failure) {
            job.refuse(error);
        }
    }

    fn begin(&mut self) -> Result<Db> {
        let db = match self.db.take() {
            Some(db) => db,
            None => Db::writer(self.target.writer().map_err(|fault| database(&fault))?),
        };
        match db.step("BEGIN IMMEDIATE") {
            Ok(()) => Ok(db),
            Err(fault) => {
                tracing::error!(error = %fault, "no write transaction could be opened");
                // Another process holds the lock: that is not the connection's fault.
                if fault.is_busy() {
                    self.db = Some(db);
                }
                Err(database(&fault))
            }
        }
    }

    /// Nobody can write now: those that wait must not wait for their turn to be told so. Whoever comes after the first
    /// answer is none of them, since the database may be free again by then.
    fn refuse(&mut self, first: Box<dyn Job>, error: &Error) {
        let mut waiting = vec![first];
        while waiting.len() < GROUP
            && let Some(job) = self.next()
        {
            waiting.push(job);
        }
        for job in waiting {
            job.refuse(error.clone());
        }
    }
}

/// Runs one unit so that it can be undone alone. An error means that the whole transaction is lost.
fn between_savepoints(db: &Db, job: Box<dyn Job>) -> (Ran, Result<(), SqliteFault>) {
    if let Err(fault) = db.step("SAVEPOINT unit") {
        let error = database(&fault);
        let ran = Ran {
            keep: false,
            answer: Box::new(move |failure| job.refuse(failure.unwrap_or(error))),
        };
        return (ran, Err(fault));
    }
    let ran = job.run(db);
    let undone = if ran.keep {
        Ok(())
    } else {
        db.step("ROLLBACK TO unit")
    };
    let ended = undone.and_then(|()| db.step("RELEASE unit")).and_then(|()| {
        if db.in_transaction() {
            Ok(())
        } else {
            Err(SqliteFault::other("SQLite ended the transaction by itself"))
        }
    });
    (ran, ended)
}

fn database(fault: &SqliteFault) -> Error {
    Error::Internal(Fault::Database(fault.to_string()))
}

//! Connections to the embedded SQLite: how they are set up, and one reading connection per thread.

use crate::faults::SqliteFault;
use crate::options::{Location, Mode, OpenError, Options};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// Statements that a connection keeps prepared: more than the crate has.
const STATEMENTS: usize = 256;
/// Between two attempts to turn on the write-ahead log, for which SQLite does not wait by itself.
const PAUSE: Duration = Duration::from_millis(10);

/// One database file, and how to connect to it.
#[derive(Debug)]
pub(crate) struct Target {
    location: Location,
    busy_timeout: Duration,
}

impl Target {
    pub fn new(options: &Options) -> Result<Self, OpenError> {
        Ok(Self {
            location: Location::parse(&options.url)?,
            busy_timeout: options.busy_timeout,
        })
    }

    pub fn read_only(&self) -> bool {
        self.location.mode == Mode::ReadOnly
    }

    /// Makes the file if it is missing and may be made. Nobody else may read it: it holds personal data.
    pub fn create(&self) -> std::io::Result<()> {
        if self.location.mode != Mode::Create || self.location.path.exists() {
            return Ok(());
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.location.path).map(drop)
    }

    /// The connection that writes.
    pub fn writer(&self) -> Result<Connection, SqliteFault> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        self.enable_wal(&connection)?;
        // An answered write survives the loss of power.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(connection)
    }

    /// A connection that only reads.
    pub fn reader(&self) -> Result<Connection, SqliteFault> {
        self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn connect(&self, access: OpenFlags) -> Result<Connection, SqliteFault> {
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = &self.location.path;
        let connection = match &self.location.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs.as_str()),
            None => Connection::open_with_flags(path, flags),
        }?;
        connection.busy_timeout(self.busy_timeout)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Without it, each new value of a LIMIT prepares the statement again.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(connection)
    }

    fn enable_wal(&self, connection: &Connection) -> Result<(), SqliteFault> {
        let mut attempts = self.busy_timeout.as_millis() / PAUSE.as_millis();
        loop {
            let answer = connection
                .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
            match answer {
                Ok(mode) if mode.eq_ignore_ascii_case("wal") => return Ok(()),
                Ok(mode) => {
                    return Err(SqliteFault::other(format!(
                        "the write-ahead log cannot be turned on here, the journal stays `{mode}`"
                    )));
                }
                Err(error) if attempts > 0 && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                    attempts -= 1;
                    thread::sleep(PAUSE);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

thread_local! {
    /// This thread's reading connections, one per store that is still in use.
    static READERS: RefCell<Vec<(Weak<Target>, Rc<Connection>)>> = const { RefCell::new(Vec::new()) };
}

/// This thread's own reading connection to the store.
pub(crate) fn reader(target: &Arc<Target>) -> Result<Rc<Connection>, SqliteFault> {
    READERS.with_borrow_mut(|readers| {
        let own = readers
            .iter()
            .find(|(weak, _)| std::ptr::eq(weak.as_ptr(), Arc::as_ptr(target)));
        if let Some((_, connection)) = own {
            return Ok(Rc::clone(connection));
        }
        // A good moment to let go of stores that are gone.
        readers.retain(|(weak, _)| weak.strong_count() > 0);
        let connection = Rc::new(target.reader()?);
        readers.push((Arc::downgrade(target), Rc::clone(&connection)));
        Ok(connection)
    })
}

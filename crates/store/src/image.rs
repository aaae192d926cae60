//! A copy of the whole database in memory, and the way back to it.

use crate::faults::SqliteFault;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

/// The database as it was once.
pub(crate) struct Image(Connection);

impl Image {
    /// Copies what `connection` sees.
    pub fn of(connection: &Connection) -> Result<Self, SqliteFault> {
        let mut copy = Connection::open_in_memory()?;
        run(connection, &mut copy)?;
        Ok(Self(copy))
    }

    /// Writes the copy over everything, in one transaction: readers see all of it or nothing.
    pub fn write_to(&self, connection: &mut Connection) -> Result<(), SqliteFault> {
        run(&self.0, connection)
    }
}

fn run(from: &Connection, to: &mut Connection) -> Result<(), SqliteFault> {
    const ALL: i32 = -1;
    match Backup::new(from, to)?.step(ALL)? {
        StepResult::Done => Ok(()),
        _ => Err(SqliteFault::other("the database is in use by somebody else")),
    }
}

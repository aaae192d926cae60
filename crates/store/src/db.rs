//! What entity code talks to: one connection type over every engine. Only this file knows which one it is.

use crate::cells::{Cells, FromRow};
use crate::faults::{SqliteFault, raise};
use crate::sqlite::{self, Target};
use crate::values::{self, Kind};
use async_trait::async_trait;
use model::{Error, Fault};
use rusqlite::{Connection, params_from_iter};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, FromQueryResult, ProxyExecResult, ProxyRow,
    QueryResult, QueryTrait, Select, Statement,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A place to run statements: the thread's own reading connection, or the open transaction of a unit of work.
///
/// PostgreSQL gets two more variants here; nothing that takes a `&Db` will notice.
pub struct Db(Inner);

enum Inner {
    /// Whatever thread asks, it reads on its own connection.
    Reader(Arc<Target>),
    /// The writer thread's connection. Nobody else has it: the lock is there because sea-orm asks for `Sync`.
    Writer {
        connection: Mutex<Connection>,
        /// A statement of the unit failed, so the unit must fail, as it would on PostgreSQL.
        failed: AtomicBool,
    },
}

impl Db {
    pub(crate) fn reader(target: Arc<Target>) -> Self {
        Self(Inner::Reader(target))
    }

    pub(crate) fn writer(connection: Connection) -> Self {
        Self(Inner::Writer {
            connection: Mutex::new(connection),
            failed: AtomicBool::new(false),
        })
    }

    /// True if a statement has failed since this was last asked.
    pub(crate) fn take_failed(&self) -> bool {
        match &self.0 {
            Inner::Reader(_) => false,
            Inner::Writer { failed, .. } => failed.swap(false, Ordering::Relaxed),
        }
    }

    /// Runs a statement that has no values, for the steps of a transaction.
    pub(crate) fn step(&self, sql: &str) -> Result<(), SqliteFault> {
        self.with(|connection| Ok(connection.prepare_cached(sql)?.execute([]).map(drop)?))
    }

    /// Runs a part of a unit of work between savepoints of its own, so that its failure undoes this part alone: the
    /// inner result. An internal fault, and a part that went on after one of its statements had failed, fail the unit.
    pub async fn attempt<T>(
        &self,
        work: impl AsyncFnOnce() -> model::Result<T>,
    ) -> model::Result<model::Result<T>> {
        let database = |fault: SqliteFault| Error::Internal(Fault::Database(fault.to_string()));
        let before = self.take_failed();
        self.step("SAVEPOINT part").map_err(database)?;
        let result = work().await;
        let failed = self.take_failed();
        self.set_failed(before);
        match &result {
            Ok(_) if failed => {
                let what = "went on after a statement had failed";
                return Err(Error::Internal(Fault::Unit(what)));
            }
            Err(Error::Internal(fault)) => return Err(Error::Internal(fault.clone())),
            Ok(_) => {}
            Err(_) => self.step("ROLLBACK TO part").map_err(database)?,
        }
        self.step("RELEASE part").map_err(database)?;
        Ok(result)
    }

    fn set_failed(&self, now: bool) {
        if let Inner::Writer { failed, .. } = &self.0 {
            failed.store(now, Ordering::Relaxed);
        }
    }

    /// False if SQLite has ended the transaction by itself, as it may when the disk is full.
    pub(crate) fn in_transaction(&self) -> bool {
        self.with(|connection| Ok(!connection.is_autocommit()))
            .unwrap_or(false)
    }

    /// Lets go of the writer's connection.
    pub(crate) fn into_connection(self) -> Option<Connection> {
        match self.0 {
            Inner::Reader(_) => None,
            Inner::Writer { connection, .. } => {
                Some(connection.into_inner().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }

    /// All rows of an entity's select. What sea-orm's `all` does, without its maps.
    #[expect(
        clippy::unused_async,
        reason = "callers must not notice when PostgreSQL waits here"
    )]
    pub(crate) async fn all<E>(&self, select: Select<E>) -> Result<Vec<E::Model>, DbErr>
    where
        E: EntityTrait,
        E::Model: FromRow,
    {
        self.structs(select.build(self.get_database_backend()))
    }

    /// The row of an entity's select that finds one at most.
    pub(crate) async fn one<E>(&self, select: Select<E>) -> Result<Option<E::Model>, DbErr>
    where
        E: EntityTrait,
        E::Model: FromRow,
    {
        Ok(self.all(select).await?.pop())
    }

    /// All rows of a select whose columns are those of a struct.
    #[expect(
        clippy::unused_async,
        reason = "callers must not notice when PostgreSQL waits here"
    )]
    pub(crate) async fn all_as<T: FromRow + FromQueryResult>(
        &self,
        select: &SelectStatement,
    ) -> Result<Vec<T>, DbErr> {
        self.structs(self.get_database_backend().build(select))
    }

    fn structs<T: FromRow>(&self, statement: Statement) -> Result<Vec<T>, DbErr> {
        trace(&statement.sql);
        let values = values::bind(statement.values)?;
        self.statement(|connection| {
            let mut prepared = connection.prepare_cached(&statement.sql)?;
            let mut cursor = prepared.query(params_from_iter(values))?;
            let mut structs = Vec::new();
            while let Some(row) = cursor.next()? {
                structs.push(T::from_row(&mut Cells::new(row))?);
            }
            Ok(structs)
        })
    }

    fn with<T>(&self, run: impl FnOnce(&Connection) -> Result<T, SqliteFault>) -> Result<T, SqliteFault> {
        match &self.0 {
            Inner::Reader(target) => run(&*sqlite::reader(target)?),
            // A unit that panicked has been rolled back: its connection is as good as before.
            Inner::Writer { connection, .. } => {
                run(&connection.lock().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }

    fn statement<T>(&self, run: impl FnOnce(&Connection) -> Result<T, SqliteFault>) -> Result<T, DbErr> {
        self.with(run).map_err(|fault| {
            if let Inner::Writer { failed, .. } = &self.0 {
                failed.store(true, Ordering::Relaxed);
            }
            raise(fault)
        })
    }
}

#[async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Inner::Reader(_) | Inner::Writer { .. } => DbBackend::Sqlite,
        }
    }

    fn support_returning(&self) -> bool {
        true
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        trace(&statement.sql);
        let values = values::bind(statement.values)?;
        self.statement(|connection| {
            let mut prepared = connection.prepare_cached(&statement.sql)?;
            let rows = prepared.execute(params_from_iter(values))?;
            let last = u64::try_from(connection.last_insert_rowid()).unwrap_or_default();
            Ok(ProxyExecResult::new(last, rows as u64).into())
        })
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.statement(|connection| {
            connection.execute_batch(sql)?;
            Ok(ProxyExecResult::default().into())
        })
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let rows = self.query_all_raw(statement).await?;
        Ok(rows.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        trace(&statement.sql);
        let values = values::bind(statement.values)?;
        self.statement(|connection| {
            let rows = rows(connection, &statement.sql, values)?;
            Ok(rows.into_iter().map(Into::into).collect())
        })
    }
}

/// The text of a statement, never its values.
fn trace(sql: &str) {
    tracing::trace!(target: "store::sql", sql);
}

/// Runs a statement and reads every row that it gives.
pub(crate) fn rows(
    connection: &Connection,
    sql: &str,
    values: Vec<rusqlite::types::Value>,
) -> Result<Vec<ProxyRow>, SqliteFault> {
    let mut prepared = connection.prepare_cached(sql)?;
    let columns: Vec<(String, Kind)> = prepared
        .columns()
        .iter()
        .map(|column| (column.name().to_owned(), Kind::of(column.decl_type())))
        .collect();
    let mut cursor = prepared.query(params_from_iter(values))?;
    let mut rows = Vec::new();
    while let Some(row) = cursor.next()? {
        let mut cells = BTreeMap::new();
        for (index, (name, kind)) in columns.iter().enumerate() {
            cells.insert(name.clone(), values::read(*kind, name, row.get_ref(index)?)?);
        }
        rows.push(ProxyRow::new(cells));
    }
    Ok(rows)
}

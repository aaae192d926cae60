//! Brings the tables up to date: forward only, all pending steps in one transaction, never a newer database.

mod columns;
mod m0001_tenants;
mod m0002_users;
mod m0003_groups;
mod m0004_roles;
mod m0005_credentials;
mod m0006_audit;
mod m0007_items;
mod statistics;

use crate::db;
use crate::faults::{SqliteFault, raise};
use crate::options::OpenError;
use crate::values;
use async_trait::async_trait;
use futures_util::FutureExt;
use rusqlite::{Connection, params_from_iter};
use sea_orm::{Database, DbBackend, DbErr, ProxyDatabaseTrait, ProxyExecResult, ProxyRow, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// All steps, oldest first. A step that was released is never changed.
struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenants::Step),
            Box::new(m0002_users::Step),
            Box::new(m0003_groups::Step),
            Box::new(m0004_roles::Step),
            Box::new(m0005_credentials::Step),
            Box::new(m0006_audit::Step),
            Box::new(m0007_items::Step),
        ]
    }
}

/// Applies what is pending and names it. A database that is up to date is not written to.
pub(crate) fn run(connection: Connection) -> Result<(Connection, Vec<String>), OpenError> {
    if pending(&connection)?.is_empty() {
        return Ok((connection, Vec::new()));
    }
    let failed =
        |error: &dyn fmt::Display| OpenError::Database(format!("its tables could not be made: {error}"));
    connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(|error| failed(&error))?;
    // Another process may have been faster.
    let pending = pending(&connection)?;
    let shared = Arc::new(Mutex::new(connection));
    apply(Arc::clone(&shared)).map_err(|error| failed(&error))?;
    let connection = Arc::into_inner(shared)
        .ok_or_else(|| failed(&"its connection is still in use"))?
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    statistics::write(&connection).map_err(|error| failed(&error))?;
    connection
        .execute_batch("COMMIT")
        .map_err(|error| failed(&error))?;
    Ok((connection, pending))
}

/// Refuses a database that this program cannot read as it is.
pub(crate) fn require_current(connection: &Connection) -> Result<(), OpenError> {
    match pending(connection)?.into_iter().next() {
        None => Ok(()),
        Some(name) => Err(OpenError::Older(name)),
    }
}

/// The names of the steps that the database lacks, oldest first.
fn pending(connection: &Connection) -> Result<Vec<String>, OpenError> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    let applied = applied(connection)?;
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        return Err(OpenError::Newer(newer.clone()));
    }
    Ok(known.into_iter().filter(|name| !applied.contains(name)).collect())
}

fn applied(connection: &Connection) -> Result<BTreeSet<String>, OpenError> {
    let read = |sql: &str| -> rusqlite::Result<BTreeSet<String>> {
        connection
            .prepare(sql)?
            .query_map([], |row| row.get(0))?
            .collect()
    };
    let failed = |error: rusqlite::Error| OpenError::Database(error.to_string());
    let tables = read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .map_err(failed)?;
    if tables.contains("seaql_migrations") {
        return read("SELECT version FROM seaql_migrations").map_err(failed);
    }
    match tables.first() {
        None => Ok(tables),
        Some(table) => Err(OpenError::Database(format!(
            "it belongs to something else: it has a table `{table}` and no `seaql_migrations`"
        ))),
    }
}

fn apply(shared: Arc<Mutex<Connection>>) -> Result<(), DbErr> {
    let steps = async {
        let proxy: Box<dyn ProxyDatabaseTrait> = Box::new(Proxy(shared));
        let database = Database::connect_proxy(DbBackend::Sqlite, Arc::new(proxy)).await?;
        Migrator::up(&database, None).await
    };
    // Every statement is done when it is first polled, and so is the whole.
    steps
        .now_or_never()
        .unwrap_or_else(|| Err(DbErr::Custom("a migration waited".to_owned())))
}

/// The one connection, as sea-orm's migrator takes it. Its transactions do nothing: [`run`] has opened the real one.
struct Proxy(Arc<Mutex<Connection>>);

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxy")
    }
}

impl Proxy {
    fn with<T>(&self, run: impl FnOnce(&Connection) -> Result<T, SqliteFault>) -> Result<T, DbErr> {
        run(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).map_err(raise)
    }
}

#[async_trait]
impl ProxyDatabaseTrait for Proxy {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        let values = values::bind(statement.values)?;
        self.with(|connection| db::rows(connection, &statement.sql, values))
    }

    async fn execute(&self, statement: Statement) -> Result<ProxyExecResult, DbErr> {
        let values = values::bind(statement.values)?;
        self.with(|connection| {
            let rows = connection.execute(&statement.sql, params_from_iter(values))?;
            let last = u64::try_from(connection.last_insert_rowid()).unwrap_or_default();
            Ok(ProxyExecResult::new(last, rows as u64))
        })
    }
}

//! The database behind a server's back.

use rusqlite::{Connection, types::ValueRef};
use std::collections::BTreeMap;
use testkit::App;

/// A second connection to the server's database.
pub fn open(app: &App) -> Connection {
    Connection::open(app.database_path()).unwrap()
}

/// Everything that the database holds: the rows of each table, in the order of their keys.
#[derive(Debug, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<String, Vec<String>>);

impl Snapshot {
    pub fn of(app: &App) -> Self {
        let database = open(app);
        let mut tables = BTreeMap::new();
        let mut names = database
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            .unwrap();
        let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for name in names.map(Result::unwrap) {
            tables.insert(name.clone(), rows(&database, &name));
        }
        Self(tables)
    }

    /// The tables that differ, apart from this one.
    pub fn differs(&self, other: &Self, but: &str) -> Vec<String> {
        let tables = self.0.iter().filter(|(name, _)| *name != but);
        let changed = tables.filter(|(name, rows)| other.0.get(*name) != Some(rows));
        changed.map(|(name, _)| name.clone()).collect()
    }
}

fn rows(database: &Connection, table: &str) -> Vec<String> {
    let mut statement = database
        .prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1, 2"))
        .unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values: Vec<String> = (0..width)
            .map(|at| row.get_ref(at).map(told))
            .collect::<Result<_, _>>()?;
        Ok(values.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn told(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{bytes:02x?}"),
    }
}

/// Stops the test if the work changed anything in the database.
#[track_caller]
pub fn unchanged<T>(app: &App, work: impl FnOnce() -> T) -> T {
    let before = Snapshot::of(app);
    let done = work();
    assert!(before == Snapshot::of(app), "something was written");
    done
}

/// Takes a table away, so that whatever needs it fails.
pub fn take_away(app: &App, table: &str) {
    open(app)
        .execute_batch(&format!("ALTER TABLE {table} RENAME TO {table}_gone"))
        .unwrap();
}

/// Puts it back.
pub fn put_back(app: &App, table: &str) {
    open(app)
        .execute_batch(&format!("ALTER TABLE {table}_gone RENAME TO {table}"))
        .unwrap();
}

/// How many audit events all tenants have together.
pub fn events(app: &App) -> i64 {
    open(app)
        .query_row("SELECT count(*) FROM audit_event", [], |row| row.get(0))
        .unwrap()
}

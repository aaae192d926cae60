//! Collects the statements that the store traces, and asks SQLite how it carries them out.

use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// The statements seen since they were last cleared, of the whole process.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Watches from now on; once per process.
    pub fn watch() -> Self {
        let statements = Self::default();
        tracing::subscriber::set_global_default(Watch(statements.clone())).unwrap();
        statements
    }

    pub fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    /// In the order of their running.
    pub fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// No statement has a step of its plan that is `bad`.
    pub fn expect(&self, database: &Path, what: &str, bad: fn(&str) -> bool) {
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let different: BTreeSet<String> = self.seen().into_iter().collect();
        assert!(!different.is_empty(), "{what}: no statement was seen");
        let mut findings = Vec::new();
        // A new type is looked up among orphans only if there can be some, which takes deferred references.
        let new_parent = |sql: &String| sql.starts_with("INSERT INTO \"group_type\"");
        for sql in different.into_iter().filter(|sql| !new_parent(sql)) {
            let steps = plan(&connection, &sql);
            if steps.iter().any(|step| bad(step)) {
                findings.push(format!("{sql}\n    {}", steps.join("\n    ")));
            }
        }
        assert!(findings.is_empty(), "{what}:\n{}", findings.join("\n"));
    }
}

/// Walks through a table, or through all of the tenant's rows in it. Catalogues are small: aliases, roles, group
/// types, and the credentials of a tenant, which only the deletion of a user looks through.
pub fn walks(step: &str) -> bool {
    let catalogue = ["role", "group_type", "credential", "tenant_alias"]
        .iter()
        .any(|table| step.starts_with(&format!("SEARCH {table} ")));
    scans(step) || (step.ends_with("(tenant=?)") && !catalogue)
}

/// Walks through a table, or sorts more than objects that are equal in what they are sorted by.
pub fn sorts(step: &str) -> bool {
    scans(step) || step == "USE TEMP B-TREE FOR ORDER BY"
}

/// `line` is the recursive walk from a group to its ancestors, `own` are the groups of one user, up to a limit; lists
/// of values are no tables.
fn scans(step: &str) -> bool {
    let bounded = step == "SCAN line" || step == "SCAN own" || step.ends_with("-ROW VALUES CLAUSE");
    step.starts_with("SCAN") && !bounded
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let is = |word: &str| sql.trim_start().to_ascii_uppercase().starts_with(word);
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"]
        .into_iter()
        .any(is)
    {
        return Vec::new();
    }
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>("detail").unwrap());
    }
    steps
}

struct Watch(Statements);

struct Sql<'a>(&'a Statements);

impl Visit for Sql<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.0.lock().unwrap().push(value.to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl Subscriber for Watch {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "store::sql"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Sql(&self.0));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

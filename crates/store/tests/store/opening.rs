//! Opening databases: new ones, old ones, newer ones, foreign ones.

use crate::fixture::{Fixture, group};
use model::Error;
use model::groups::GroupKey;
use std::time::Duration;
use store::{Db, OpenError, Options, Store, groups};
use tempfile::TempDir;

#[tokio::test]
async fn a_second_opening_finds_everything_and_migrates_nothing() {
    let f = Fixture::new().await;
    assert_eq!(
        f.store.migrated().first().map(String::as_str),
        Some("m0001_tenants")
    );
    let made = f.group("kept").await;
    f.store.close();
    let again = Store::open(&Options::new(f.url())).unwrap();
    assert!(again.migrated().is_empty());
    let key = GroupKey::Number(made.number);
    let found = groups::find(&again.reads(), f.one, &key).await.unwrap();
    assert_eq!(found, Some(made));
}

#[tokio::test]
async fn writes_after_closing_fail_and_closing_twice_is_fine() {
    let f = Fixture::new().await;
    f.store.close();
    f.store.close();
    let refused = f.insert(group(f.one, "late")).await;
    assert!(matches!(refused, Err(Error::Internal(_))));
    let wal = f.path().with_file_name("roster.db-wal");
    let left = wal.metadata().map_or(0, |file| file.len());
    assert_eq!(left, 0, "the log was moved into the database");
}

#[tokio::test]
async fn the_last_clone_closes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("roster.db");
    let store = Store::open(&Options::new(format!("sqlite://{}", path.display()))).unwrap();
    let clone = store.clone();
    drop(store);
    clone
        .write(async |tx: &Db| store::settings::put(tx, "a", b"1").await)
        .await
        .unwrap();
    let wal = path.with_file_name("roster.db-wal");
    assert!(wal.metadata().unwrap().len() > 0);
    drop(clone);
    assert_eq!(wal.metadata().map_or(0, |file| file.len()), 0);
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let f = Fixture::new().await;
    f.store.close();
    f.outside()
        .execute("INSERT INTO seaql_migrations VALUES ('m9999_future', 0)", [])
        .unwrap();
    let refused = Store::open(&Options::new(f.url())).err();
    assert_eq!(refused, Some(OpenError::Newer("m9999_future".to_owned())));
}

#[tokio::test]
async fn an_older_database_is_not_read_without_migration() {
    let f = Fixture::new().await;
    f.store.close();
    f.outside()
        .execute("DELETE FROM seaql_migrations WHERE version = 'm0006_audit'", [])
        .unwrap();
    let refused = Store::open(&Options::new(f.url() + "?mode=ro")).err();
    assert_eq!(refused, Some(OpenError::Older("m0006_audit".to_owned())));
}

#[tokio::test]
async fn a_database_of_something_else_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("other.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url)").unwrap();
    let refused = Store::open(&Options::new(format!("sqlite://{}", path.display()))).err();
    let text = refused.map(|error| error.to_string()).unwrap_or_default();
    assert!(
        text.contains("belongs to something else") && text.contains("bookmarks"),
        "{text}"
    );
    let tables: i64 = other
        .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 1);
    std::fs::write(&path, "no database at all, but a text that is long enough").unwrap();
    assert!(matches!(
        Store::open(&Options::new(format!("sqlite://{}", path.display()))).err(),
        Some(OpenError::Database(_))
    ));
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("roster.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    // The record of applied steps exists, and so does a table that the last step wants to make.
    other
        .execute_batch("CREATE TABLE seaql_migrations (version varchar PRIMARY KEY, applied_at integer); CREATE TABLE audit_event (x)")
        .unwrap();
    let refused = Store::open(&Options::new(format!("sqlite://{}", path.display()))).err();
    assert!(matches!(refused, Some(OpenError::Database(_))), "{refused:?}");
    let tables: i64 = other
        .query_row(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(tables, 2);
}

#[tokio::test]
async fn modes() {
    let folder = TempDir::new().unwrap();
    let url = |mode: &str| format!("sqlite://{}{mode}", folder.path().join("a b.db").display());
    for mode in ["?mode=rw", "?mode=ro"] {
        let refused = Store::open(&Options::new(url(mode))).err();
        assert!(
            matches!(refused, Some(OpenError::Database(_))),
            "{mode}: the file is missing"
        );
    }
    Store::open(&Options::new(url("?mode=rwc").replace(' ', "%20"))).unwrap();
    Store::open(&Options::new(url("?mode=rw"))).unwrap();
    let reading = Store::open(&Options::new(url("?mode=ro"))).unwrap();
    assert_eq!(store::tenants::any(&reading.reads()).await, Ok(false));
    let refused = reading.write(async |_: &Db| Ok(())).await;
    assert!(matches!(refused, Err(Error::Internal(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_database_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let f = Fixture::new().await;
    let mode = f.path().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn many_processes_may_make_the_same_database() {
    let folder = TempDir::new().unwrap();
    let options = Options {
        url: format!("sqlite://{}", folder.path().join("roster.db").display()),
        busy_timeout: Duration::from_mins(1),
    };
    let made: usize = std::thread::scope(|scope| {
        let openings: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| Store::open(&options).map(|store| store.migrated().len())))
            .collect();
        openings
            .into_iter()
            .map(|opening| opening.join().unwrap().unwrap())
            .sum()
    });
    let alone = Options {
        url: format!("sqlite://{}", folder.path().join("alone.db").display()),
        ..options
    };
    let steps = Store::open(&alone).unwrap().migrated().len();
    assert_eq!(made, steps, "each step was applied once");
}

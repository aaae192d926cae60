//! Units of work and group commit.

use crate::fixture::{Fixture, group};
use model::error::{Error, Fault};
use model::groups::{Group, GroupKey};
use model::ids::GroupNumber;
use sea_orm::ConnectionTrait;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use store::{Db, Options, Store, groups};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;

#[tokio::test]
async fn fifty_read_then_write_units_at_once_lose_nothing() {
    let f = Fixture::new().await;
    let number = f.group("counter").await.number;
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let (store, one) = (f.store.clone(), f.one);
        tasks.spawn(async move {
            store
                .write(async move |tx: &Db| {
                    let key = GroupKey::Number(number);
                    let before = groups::lock(tx, one, &key).await?.unwrap();
                    let after = Group {
                        version: before.version + 1,
                        ..before.clone()
                    };
                    groups::update(tx, &before, &after).await
                })
                .await
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap().unwrap();
    }
    assert_eq!(find(&f, number).await.unwrap().version, 51);
}

#[tokio::test]
async fn fifty_equal_creates_at_once_make_one() {
    let f = Fixture::new().await;
    let mut tasks = JoinSet::new();
    for i in 0..50 {
        let mut draft = group(f.one, "same");
        draft.id = group(f.one, &format!("id {i}")).id;
        let store = f.store.clone();
        tasks.spawn(async move {
            store
                .write(async move |tx: &Db| groups::insert(tx, draft.clone()).await)
                .await
        });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let taken = |answer: &&model::Result<Group>| matches!(answer, Err(Error::Exists { field: "code", .. }));
    assert_eq!(answers.iter().filter(taken).count(), 49);
}

type Waiting<T> = Pin<Box<dyn Future<Output = model::Result<T>> + Send>>;

/// Starts writes without waiting for their answers: each is in the queue when this returns.
fn queue<T>(writes: &mut [Waiting<T>]) {
    let mut context = Context::from_waker(Waker::noop());
    for write in writes {
        assert!(
            write.as_mut().poll(&mut context).is_pending(),
            "the writer is held"
        );
    }
}

/// Runs all these writes in one group: its first unit holds the writer until the others wait. Gives the first one's answer, too.
async fn together<T>(f: &Fixture, mut writes: Vec<Waiting<T>>) -> (model::Result<()>, Vec<model::Result<T>>) {
    let (go, held) = mpsc::channel::<()>();
    let (entered, inside) = oneshot::channel();
    let state = Mutex::new(Some((entered, held)));
    let store = f.store.clone();
    let first = tokio::spawn(async move {
        store
            .write(async move |_: &Db| {
                let (entered, held) = state.lock().unwrap().take().unwrap();
                entered.send(()).unwrap();
                held.recv().unwrap();
                Ok(())
            })
            .await
    });
    inside.await.unwrap();
    queue(&mut writes);
    go.send(()).unwrap();
    let first = first.await.unwrap();
    let mut answers = Vec::new();
    for write in writes {
        answers.push(write.await);
    }
    (first, answers)
}

fn create(f: &Fixture, code: &str) -> Waiting<GroupNumber> {
    let (store, draft) = (f.store.clone(), group(f.one, code));
    Box::pin(async move {
        store
            .write(async move |tx: &Db| Ok(groups::insert(tx, draft.clone()).await?.number))
            .await
    })
}

#[tokio::test]
async fn a_failing_unit_is_undone_alone() {
    let f = Fixture::new().await;
    let unit = |code: &'static str, end: fn() -> model::Result<()>| -> Waiting<GroupNumber> {
        let (store, draft) = (f.store.clone(), group(f.one, code));
        Box::pin(async move {
            store
                .write(async move |tx: &Db| {
                    let made = groups::insert(tx, draft.clone()).await?;
                    end()?;
                    Ok(made.number)
                })
                .await
        })
    };
    let (first, answers) = together(
        &f,
        vec![
            create(&f, "before"),
            unit("fails", || Err(Error::Stale)),
            unit("panics", || panic!("on purpose")),
            unit("duplicate", || Ok(())),
            create(&f, "duplicate"),
            create(&f, "after"),
        ],
    )
    .await;
    assert_eq!(first, Ok(()));
    assert!(answers[0].is_ok() && answers[3].is_ok() && answers[5].is_ok());
    assert_eq!(answers[1], Err(Error::Stale));
    assert_eq!(answers[2], Err(Error::Internal(Fault::Unit("panicked"))));
    assert!(matches!(answers[4], Err(Error::Exists { .. })));
    assert_eq!(codes(&f), ["after", "before", "duplicate"]);
}

#[tokio::test]
async fn a_unit_that_waits_for_something_else_is_undone() {
    let f = Fixture::new().await;
    let (notify, draft) = (Arc::new(Notify::new()), group(f.one, "waits"));
    let waits = f
        .store
        .write(async move |tx: &Db| {
            groups::insert(tx, draft.clone()).await?;
            notify.notified().await;
            Ok(())
        })
        .await;
    let fault = Fault::Unit("waited for something other than the database");
    assert_eq!(waits, Err(Error::Internal(fault.clone())));
    let (store, draft) = (f.store.clone(), group(f.one, "nested"));
    let nested = f
        .store
        .write(async move |_: &Db| {
            let draft = draft.clone();
            let unit = async move |tx: &Db| groups::insert(tx, draft.clone()).await;
            store.write(unit).await
        })
        .await;
    assert_eq!(nested.map(drop), Err(Error::Internal(fault.clone())));
    f.group("next").await;
    assert_eq!(codes(&f), ["next"], "a unit inside a unit is not left over");
    let read = f
        .store
        .read(async |_: &Db| {
            tokio::task::yield_now().await;
            Ok(())
        })
        .await;
    assert_eq!(read, Err(Error::Internal(fault)));
    assert!(
        groups::find(&f.store.reads(), f.one, &GroupKey::Id(group(f.one, "next").id))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_unit_that_goes_on_after_a_failed_statement_is_undone() {
    let f = Fixture::new().await;
    f.group("a").await;
    let (again, other) = (group(f.one, "a"), group(f.one, "b"));
    let went_on = f
        .store
        .write(async move |tx: &Db| {
            assert!(groups::insert(tx, again.clone()).await.is_err());
            groups::insert(tx, other.clone()).await
        })
        .await;
    assert!(
        matches!(went_on, Err(Error::Internal(Fault::Unit(_)))),
        "as it would be on PostgreSQL"
    );
    f.group("c").await;
    assert_eq!(codes(&f), ["a", "c"]);
}

#[tokio::test]
async fn requests_that_are_dropped_disturb_nobody() {
    let f = Fixture::new().await;
    let ran = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for i in 0..300 {
        let (store, ran, draft) = (
            f.store.clone(),
            Arc::clone(&ran),
            group(f.one, &format!("{i:03}")),
        );
        let task = tasks.spawn(async move {
            let made = store
                .write(async move |tx: &Db| {
                    ran.fetch_add(1, Ordering::SeqCst);
                    groups::insert(tx, draft.clone()).await
                })
                .await;
            made.map(|group| group.code.as_str().to_owned())
        });
        if i % 3 == 0 {
            tokio::task::yield_now().await;
            task.abort();
        }
    }
    let mut answered = Vec::new();
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok(answer) => answered.push(answer.unwrap()),
            Err(aborted) => assert!(aborted.is_cancelled()),
        }
    }
    f.group("after").await;
    let stored = codes(&f);
    assert!(answered.len() >= 200);
    assert!(
        answered.iter().all(|code| stored.contains(code)),
        "no answered write is lost"
    );
    assert_eq!(stored.len(), ran.load(Ordering::SeqCst) + 1, "whole or absent");
}

#[tokio::test]
async fn a_failed_commit_answers_everyone_and_the_next_write_is_fine() {
    let f = Fixture::new().await;
    let store = f.store.clone();
    // A reference that is checked no earlier than at COMMIT, where it breaks the whole group.
    let breaks: Waiting<GroupNumber> = Box::pin(async move {
        store
            .write(async |tx: &Db| {
                for sql in [
                    "PRAGMA defer_foreign_keys = ON",
                    "INSERT INTO group_owner VALUES (1, 77, 77)",
                ] {
                    let done = tx.execute_unprepared(sql).await;
                    done.map_err(|error| Error::internal(error.to_string()))?;
                }
                Ok(GroupNumber::new(1).unwrap())
            })
            .await
    });
    let writes = vec![create(&f, "one"), breaks, create(&f, "two")];
    let (first, answers) = together(&f, writes).await;
    assert!(first.is_err());
    for answer in &answers {
        assert!(
            matches!(answer, Err(Error::Internal(Fault::Database(_)))),
            "{answer:?}"
        );
    }
    assert!(codes(&f).is_empty());
    f.group("next").await;
    assert_eq!(codes(&f), ["next"]);
}

#[tokio::test]
async fn a_full_disk_loses_no_answered_write() {
    let f = Fixture::new().await;
    let limit = async |tx: &Db| {
        let done = tx.execute_unprepared("PRAGMA max_page_count = 120").await;
        done.map(drop).map_err(|error| Error::internal(error.to_string()))
    };
    f.store.write(limit).await.unwrap();
    let mut tasks = JoinSet::new();
    for i in 0..200 {
        let mut draft = group(f.one, &format!("{i:03}"));
        draft.fields.notes = Some("n".repeat(3000));
        let store = f.store.clone();
        tasks.spawn(async move {
            let made = store
                .write(async move |tx: &Db| groups::insert(tx, draft.clone()).await)
                .await;
            made.map(|group| group.code.as_str().to_owned())
        });
    }
    let answers = tasks.join_all().await;
    let mut answered: Vec<String> = answers.into_iter().filter_map(Result::ok).collect();
    answered.sort();
    assert!(
        !answered.is_empty() && answered.len() < 200,
        "{} of 200",
        answered.len()
    );
    assert_eq!(codes(&f), answered, "what was answered, and nothing else");
    let unlimited = async |tx: &Db| {
        let done = tx.execute_unprepared("PRAGMA max_page_count = 1000000").await;
        done.map(drop).map_err(|error| Error::internal(error.to_string()))
    };
    f.store.write(unlimited).await.unwrap();
    f.group("next").await;
}

#[tokio::test]
async fn other_processes_may_write_too() {
    let f = Fixture::new().await;
    let mut other = f.outside();
    other.busy_timeout(Duration::from_secs(30)).unwrap();
    let writing = std::thread::spawn(move || {
        for i in 0..40 {
            let tx = other
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                .unwrap();
            tx.execute("INSERT INTO server_setting VALUES (?1, x'00')", [i.to_string()])
                .unwrap();
            tx.commit().unwrap();
        }
        other
    });
    for i in 0..40 {
        f.group(&format!("{i:02}")).await;
    }
    let other = writing.join().unwrap();
    let count: i64 = other
        .query_row("SELECT count(*) FROM server_setting", [], |row| row.get(0))
        .unwrap();
    assert_eq!((count, codes(&f).len()), (40, 40));
}

#[tokio::test]
async fn a_writer_that_never_lets_go_is_an_error_not_a_hang() {
    let f = Fixture::new().await;
    f.store.close();
    let impatient = Store::open(&Options {
        busy_timeout: Duration::from_millis(20),
        ..Options::new(f.url())
    })
    .unwrap();
    let other = f.outside();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let draft = group(f.one, "a");
    let unit = async move |tx: &Db| groups::insert(tx, draft.clone()).await;
    let refused = impatient.write(unit.clone()).await;
    assert!(
        matches!(refused, Err(Error::Internal(Fault::Database(_)))),
        "{refused:?}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    let accepted = impatient.write(unit).await;
    assert!(accepted.is_ok(), "{accepted:?}");
}

#[tokio::test]
async fn a_read_sees_one_moment() {
    let f = Fixture::new().await;
    let number = f.group("a").await.number;
    let other = f.outside();
    let (one, key) = (f.one, GroupKey::Number(number));
    let versions = f
        .store
        .read(async |db: &Db| {
            let first = groups::find(db, one, &key).await?;
            other
                .execute("UPDATE directory_group SET version = 9", [])
                .unwrap();
            let second = groups::find(db, one, &key).await?;
            Ok([first, second].map(|group| group.map(|group| group.version)))
        })
        .await;
    assert_eq!(versions, Ok([Some(1), Some(1)]));
    assert_eq!(find(&f, number).await.map(|group| group.version), Some(9));
}

#[tokio::test]
async fn a_read_that_panics_or_fails_leaves_the_thread_usable() {
    let f = Fixture::new().await;
    let store = f.store.clone();
    let panicked = tokio::spawn(async move {
        store
            .read(async |_: &Db| -> model::Result<()> { panic!("on purpose") })
            .await
    });
    assert!(panicked.await.unwrap_err().is_panic());
    let failed = f.store.read(async |_: &Db| Err::<(), _>(Error::Stale)).await;
    assert_eq!(failed, Err(Error::Stale));
    let again = f.store.read(async |_: &Db| Ok(1)).await;
    assert_eq!(again, Ok(1));
}

#[tokio::test]
async fn readers_cannot_write() {
    let f = Fixture::new().await;
    let refused = groups::insert(&f.store.reads(), group(f.one, "a")).await;
    assert!(matches!(refused, Err(Error::Internal(Fault::Database(_)))));
}

#[tokio::test]
async fn closing_finishes_what_waits() {
    let f = Fixture::new().await;
    let mut writes: Vec<_> = (0..100).map(|i| create(&f, &format!("{i:02}"))).collect();
    let mut context = Context::from_waker(Waker::noop());
    let mut made = 0;
    writes.retain_mut(|write| match write.as_mut().poll(&mut context) {
        Poll::Pending => true,
        Poll::Ready(answer) => {
            made += usize::from(answer.is_ok());
            false
        }
    });
    f.store.close();
    for write in writes {
        made += usize::from(write.await.is_ok());
    }
    assert_eq!((made, codes(&f).len()), (100, 100));
}

#[tokio::test]
async fn many_stores_in_one_thread_keep_apart() {
    let mut fixtures = Vec::new();
    for _ in 0..3 {
        fixtures.push(Fixture::new().await);
    }
    for (i, f) in fixtures.iter().enumerate() {
        f.group(&format!("group {i}")).await;
    }
    for (i, f) in fixtures.iter().enumerate() {
        assert_eq!(codes(f), [format!("group {i}")]);
    }
}

async fn find(f: &Fixture, number: GroupNumber) -> Option<Group> {
    groups::find(&f.store.reads(), f.one, &GroupKey::Number(number))
        .await
        .unwrap()
}

/// What a program beside this one finds in the database.
fn codes(f: &Fixture) -> Vec<String> {
    let connection = f.outside();
    let mut select = connection
        .prepare("SELECT code FROM directory_group ORDER BY code")
        .unwrap();
    let codes = select.query_map([], |row| row.get(0)).unwrap();
    codes.collect::<Result<_, _>>().unwrap()
}

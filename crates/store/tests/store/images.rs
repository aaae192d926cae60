//! The copy of the whole database, and the way back to it.

use crate::fixture::{Fixture, group};
use model::groups::GroupKey;
use model::ids::GroupNumber;
use store::{Db, groups};

async fn find(f: &Fixture, code: &str) -> Option<GroupNumber> {
    let key = GroupKey::Code(crate::fixture::code(code));
    let found = groups::find(&f.store.reads(), f.one, &key).await.unwrap();
    found.map(|group| group.number)
}

#[tokio::test]
async fn the_way_back_undoes_everything_since() {
    let f = Fixture::new().await;
    assert!(f.store.restore_image().await.is_err(), "there is no copy yet");
    let kept = f.group("kept").await;
    f.store.keep_image().await.unwrap();
    for _ in 0..3 {
        let made = f.group("made").await;
        assert_eq!(made.number.get(), kept.number.get() + 1, "numbers go back, too");
        let gone = kept.clone();
        f.store
            .write(async move |tx: &Db| groups::delete(tx, &gone).await)
            .await
            .unwrap();
        assert_eq!(find(&f, "kept").await, None);
        // Another program sees the same file.
        let outside = f.outside();
        let count = || {
            outside.query_row("SELECT count(*) FROM directory_group", [], |row| {
                row.get::<_, i64>(0)
            })
        };
        assert_eq!(count(), Ok(1));
        f.store.restore_image().await.unwrap();
        assert_eq!(count(), Ok(1));
        assert_eq!(
            (find(&f, "kept").await, find(&f, "made").await),
            (Some(kept.number), None)
        );
    }
    f.group("later").await;
    f.store.keep_image().await.unwrap();
    f.store.restore_image().await.unwrap();
    assert!(find(&f, "later").await.is_some(), "the last copy counts");
}

/// What waits in front of it is undone, what waits behind it stays.
#[tokio::test]
async fn the_way_back_waits_its_turn() {
    let f = Fixture::new().await;
    f.store.keep_image().await.unwrap();
    let before = f.insert(group(f.one, "before"));
    let after = f.insert(group(f.one, "after"));
    let (before, back, after) = tokio::join!(before, f.store.restore_image(), after);
    before.unwrap();
    back.unwrap();
    after.unwrap();
    assert_eq!(find(&f, "before").await, None);
    assert!(find(&f, "after").await.is_some());
}

/// A snapshot that was opened before it ends on what it began with.
#[tokio::test]
async fn a_reader_sees_one_state() {
    let f = Fixture::new().await;
    f.store.keep_image().await.unwrap();
    f.group("made").await;
    let outside = f.outside();
    outside.execute_batch("BEGIN").unwrap();
    let count = || {
        outside.query_row("SELECT count(*) FROM directory_group", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    assert_eq!(count(), Ok(1));
    f.store.restore_image().await.unwrap();
    assert_eq!(count(), Ok(1));
    outside.execute_batch("COMMIT").unwrap();
    assert_eq!(count(), Ok(0));
}

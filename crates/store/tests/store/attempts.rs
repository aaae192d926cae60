//! Parts of a unit of work that fail by themselves.

use crate::fixture::{Fixture, group};
use model::error::{Error, Fault, Kind};
use model::groups::GroupKey;
use model::text::Code;
use store::{Db, groups};

/// The codes of tenant 1, in order.
async fn codes(f: &Fixture, candidates: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for text in candidates {
        let key = GroupKey::Code(Code::parse("code", *text).unwrap());
        let group = groups::find(&f.store.reads(), f.one, &key).await.unwrap();
        found.extend(group.map(|group| group.code.to_string()));
    }
    found
}

#[tokio::test]
async fn a_part_that_fails_is_undone_alone() {
    let f = Fixture::new().await;
    f.group("taken").await;
    let (one, drafts) = (f.one, ["a", "b", "c"].map(|code| group(f.one, code)));
    let taken = {
        let mut draft = group(one, "taken");
        draft.id = group(one, "other").id;
        draft
    };
    let results = f
        .store
        .write(async move |tx: &Db| {
            let [a, b, c] = drafts.clone();
            let taken = taken.clone();
            let first = tx.attempt(async || groups::insert(tx, a).await.map(drop)).await?;
            // Its first statement succeeds, its second one collides.
            let second = tx
                .attempt(async || {
                    groups::insert(tx, b).await?;
                    groups::insert(tx, taken).await.map(drop)
                })
                .await?;
            let third = tx.attempt(async || groups::insert(tx, c).await.map(drop)).await?;
            Ok([first, second, third])
        })
        .await
        .unwrap();
    let exists = Err(Error::Exists {
        kind: Kind::Group,
        field: "code",
    });
    assert_eq!(results, [Ok(()), exists, Ok(())]);
    assert_eq!(codes(&f, &["a", "b", "c"]).await, ["a", "c"]);
}

#[tokio::test]
async fn a_fault_and_a_hidden_failure_fail_the_unit() {
    let f = Fixture::new().await;
    f.group("taken").await;
    let fault = || Error::Internal(Fault::Unit("on purpose"));
    let (a, b) = (group(f.one, "a"), group(f.one, "b"));
    let broken = async move |tx: &Db| {
        let a = a.clone();
        tx.attempt(async || groups::insert(tx, a).await.map(drop))
            .await??;
        tx.attempt(async || Err::<(), _>(fault())).await?
    };
    assert_eq!(f.store.write(broken).await, Err(fault()));
    let taken = group(f.one, "taken");
    let hidden = async move |tx: &Db| {
        let (b, taken) = (b.clone(), taken.clone());
        tx.attempt(async || {
            groups::insert(tx, b).await?;
            drop(groups::insert(tx, taken).await);
            Ok(())
        })
        .await?
    };
    let what = "went on after a statement had failed";
    assert_eq!(
        f.store.write(hidden).await,
        Err(Error::Internal(Fault::Unit(what)))
    );
    assert_eq!(codes(&f, &["a", "b"]).await, Vec::<String>::new());
    // The next unit is not blamed.
    f.group("c").await;
}

#[tokio::test]
async fn a_failure_before_a_part_is_not_forgotten() {
    let f = Fixture::new().await;
    f.group("taken").await;
    let (taken, a) = (group(f.one, "taken"), group(f.one, "a"));
    let unit = async move |tx: &Db| {
        let (taken, a) = (taken.clone(), a.clone());
        drop(groups::insert(tx, taken).await);
        tx.attempt(async || groups::insert(tx, a).await.map(drop)).await?
    };
    let what = "went on after a statement had failed";
    assert_eq!(f.store.write(unit).await, Err(Error::Internal(Fault::Unit(what))));
    assert_eq!(codes(&f, &["a"]).await, Vec::<String>::new());
}

//! The audit trail and its chain.

use crate::fixture::{Fixture, actor, at, bound_actor, uuid};
use model::Dialect;
use model::audit::Change;
use model::error::Kind;
use model::ids::{RequestId, TenantNumber};
use serde_json::json;
use store::audit::{self, EventDraft, Verdict};
use store::{Db, Store};

fn draft(tenant: TenantNumber, operation: &str) -> EventDraft {
    let change = |kind, number, field: &str, before, after| Change {
        kind,
        number,
        field: field.to_owned(),
        before,
        after,
    };
    EventDraft {
        tenant,
        at: at(1),
        actor: bound_actor(),
        dialect: Dialect::Kibo,
        operation: operation.to_owned(),
        request: RequestId(uuid(operation)),
        changes: vec![
            change(Kind::Group, 7, "name", None, Some(json!("a\nb"))),
            change(
                Kind::Group,
                7,
                "budget",
                Some(json!({"b": 1.5, "a": [null]})),
                None,
            ),
            change(Kind::User, 8, "members/7", Some(json!(null)), Some(json!(true))),
        ],
    }
}

async fn append(store: &Store, draft: EventDraft) -> i64 {
    store
        .write(async move |tx: &Db| audit::append(tx, &draft, [9; 32]).await)
        .await
        .unwrap()
}

/// Five events of tenant one, the last one without changes, and one of tenant two.
async fn filled() -> Fixture {
    let f = Fixture::new().await;
    for (position, operation) in (1..).zip(["a", "b", "c", "d"]) {
        assert_eq!(append(&f.store, draft(f.one, operation)).await, position);
    }
    let bare = EventDraft {
        actor: actor(),
        changes: Vec::new(),
        ..draft(f.one, "e")
    };
    assert_eq!(append(&f.store, bare).await, 5);
    assert_eq!(append(&f.store, draft(f.two, "a")).await, 1);
    f
}

async fn verdict(f: &Fixture, tenant: TenantNumber) -> Verdict {
    f.store
        .read(async |db: &Db| audit::verify(db, tenant).await)
        .await
        .unwrap()
}

#[tokio::test]
async fn events_come_back_in_order() {
    let f = filled().await;
    let db = f.store.reads();
    let found = audit::events(&db, f.one, 2, 3).await.unwrap();
    let operations: Vec<_> = found.iter().map(|event| event.operation.as_str()).collect();
    assert_eq!(operations, ["b", "c", "d"]);
    let expected = draft(f.one, "b");
    assert_eq!(found[0].position, 2);
    assert_eq!(found[0].changes, expected.changes);
    assert_eq!(found[0].actor, expected.actor);
    assert_eq!(
        (found[0].at, found[0].dialect, found[0].request),
        (expected.at, expected.dialect, expected.request)
    );
    let last = audit::events(&db, f.one, 5, 10).await.unwrap();
    assert_eq!(
        (last.len(), last[0].changes.len(), last[0].actor.clone()),
        (1, 0, actor())
    );
    assert_eq!(audit::events(&db, f.one, 6, 10).await.unwrap(), []);
}

#[tokio::test]
async fn an_untouched_chain_holds() {
    let f = filled().await;
    let intact = |events, erased| Verdict::Intact { events, erased };
    assert_eq!(verdict(&f, f.one).await, intact(5, 0));
    assert_eq!(verdict(&f, f.two).await, intact(1, 0));
    let one = f.one;
    f.store
        .write(async move |tx: &Db| audit::erase(tx, one, 2, 3).await)
        .await
        .unwrap();
    assert_eq!(verdict(&f, f.one).await, intact(5, 1), "values may be erased");
    let event = &audit::events(&f.store.reads(), f.one, 2, 1).await.unwrap()[0];
    assert_eq!(
        (&event.changes[2].before, &event.changes[2].after),
        (&None, &None)
    );
    let gone = async move |tx: &Db| audit::erase(tx, one, 2, 4).await;
    assert!(f.store.write(gone).await.is_err(), "there is no fourth change");
}

#[tokio::test]
async fn more_events_than_are_read_at_once() {
    let f = Fixture::new().await;
    let one = f.one;
    f.store
        .write(async move |tx: &Db| {
            for i in 0..450 {
                audit::append(tx, &draft(one, &i.to_string()), [1; 32]).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let intact = Verdict::Intact {
        events: 450,
        erased: 0,
    };
    assert_eq!(verdict(&f, one).await, intact);
}

#[tokio::test]
async fn every_tampering_is_found_at_its_position() {
    // Swapping two whole events means swapping everything but their positions.
    let swap = "
        CREATE TEMP TABLE c AS SELECT * FROM audit_change WHERE tenant = 1 AND position IN (2, 3);
        CREATE TEMP TABLE e AS SELECT * FROM audit_event WHERE tenant = 1 AND position IN (2, 3);
        DELETE FROM audit_change WHERE tenant = 1 AND position IN (2, 3);
        DELETE FROM audit_event WHERE tenant = 1 AND position IN (2, 3);
        UPDATE c SET position = 5 - position; UPDATE e SET position = 5 - position;
        INSERT INTO audit_event SELECT * FROM e; INSERT INTO audit_change SELECT * FROM c;";
    let change = |set: &str| {
        format!("UPDATE audit_change SET {set} WHERE tenant = 1 AND position = 3 AND sequence = 1")
    };
    let event = |set: &str| format!("UPDATE audit_event SET {set} WHERE tenant = 1 AND position = 3");
    let remove = |position: i64| {
        format!(
            "DELETE FROM audit_change WHERE tenant = 1 AND position = {position};
             DELETE FROM audit_event WHERE tenant = 1 AND position = {position}"
        )
    };
    let cases = [
        (change("after = '\"x\"'"), 3),
        (change("after = NULL"), 3),
        (change("before = 'null'"), 3),
        (change("salt = zeroblob(16)"), 3),
        (change("digest = zeroblob(32)"), 3),
        (change("kind = 'user'"), 3),
        (change("number = 8"), 3),
        (change("field = 'other'"), 3),
        (change("salt = NULL"), 3),
        (change("sequence = 9"), 3),
        (event("at = '2026-01-01T00:00:00.000000Z'"), 3),
        (event("actor = 'x'"), 3),
        (event("actor_user = NULL"), 3),
        (event("dialect = 'roster'"), 3),
        (event("operation = 'x'"), 3),
        (event("request = zeroblob(16)"), 3),
        (event("previous_digest = zeroblob(32)"), 3),
        (event("digest = zeroblob(32)"), 3),
        (change("before = before") + "; DELETE FROM audit_change WHERE tenant = 1 AND position = 3 AND sequence = 2", 3),
        (
            "INSERT INTO audit_change SELECT tenant, position, 4, kind, number, field, before, after, salt, digest
             FROM audit_change WHERE tenant = 1 AND position = 3 AND sequence = 3"
                .to_owned(),
            3,
        ),
        (swap.to_owned(), 2),
        (remove(3), 3),
        (remove(1), 1),
        (remove(5), 5),
        (remove(4) + ";" + &remove(5), 4),
        (
            "INSERT INTO audit_event SELECT tenant, 6, at, actor, actor_user, actor_user_id, dialect, operation, request,
             digest, digest FROM audit_event WHERE tenant = 1 AND position = 5"
                .to_owned(),
            6,
        ),
        ("UPDATE tenant SET audit_position = 4 WHERE number = 1".to_owned(), 5),
        ("UPDATE tenant SET audit_digest = zeroblob(32) WHERE number = 1".to_owned(), 5),
    ];
    let f = filled().await;
    f.store.close();
    let clean = f.outside();
    for (sql, expected) in cases {
        let copy = f.path().with_file_name("copy.db");
        clean.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
        rusqlite::Connection::open(&copy)
            .unwrap()
            .execute_batch(&sql)
            .unwrap();
        let tampered = Store::open(&store::Options::new(format!("sqlite://{}", copy.display()))).unwrap();
        let found = tampered
            .read(async |db: &Db| audit::verify(db, f.one).await)
            .await
            .unwrap();
        assert!(
            matches!(found, Verdict::Broken { position, .. } if position == expected),
            "{sql}: {found:?}, expected at {expected}"
        );
        let other = tampered
            .read(async |db: &Db| audit::verify(db, f.two).await)
            .await
            .unwrap();
        assert!(other.holds(), "the other tenant's chain: {sql}");
        tampered.close();
        drop(tampered);
        std::fs::remove_file(&copy).unwrap();
    }
}

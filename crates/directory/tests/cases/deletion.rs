use crate::support::*;
use directory::groups;
use directory::groups::Deletion::{ForGood, RecycleBin};
use model::error::Kind;
use model::groups::{ExternalId, GroupKey, GroupPatch, NewGroup};
use model::{Error, Patch};

fn external(source: &str, value: &str) -> ExternalId {
    ExternalId {
        source: source.to_owned(),
        value: value.to_owned(),
    }
}

fn of_code(text: &str) -> NewGroup {
    NewGroup {
        code: Some(code(text)),
        ..NewGroup::default()
    }
}

#[tokio::test]
async fn deleting_for_good_frees_the_keys_and_orphans_the_children() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let full = || NewGroup {
        members: vec![existing(anna.user.id)],
        owners: vec![anna.user.number],
        external_ids: vec![external("erp", "1")],
        ..of_code("a")
    };
    let first = w.group(full()).await.group;
    let parent = GroupPatch {
        parent: Patch::Set(Some(GroupKey::Number(first.number))),
        ..GroupPatch::default()
    };
    w.group(NewGroup {
        patch: parent,
        ..of_code("child")
    })
    .await;

    let position = w.position().await;
    w.delete("a", ForGood).await.unwrap();
    assert_eq!(w.position().await, position + 1, "one event for all of it");
    assert_eq!(missing(w.get("a").await), Kind::Group);
    assert_eq!(missing(w.delete("a", ForGood).await), Kind::Group);
    let child = w.get("child").await.unwrap().group;
    assert_eq!((child.fields.parent, child.version), (None, 2));

    let second = w.group(full()).await.group;
    assert!(second.number > first.number, "numbers are not used again");
}

#[tokio::test]
async fn the_recycle_bin_hides_and_keeps_the_keys() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let new = NewGroup {
        external_ids: vec![external("erp", "1")],
        members: vec![existing(anna.user.id)],
        ..of_code("a")
    };
    let binned = w.group(new).await.group;
    let parent = GroupPatch {
        parent: Patch::Set(Some(GroupKey::Number(binned.number))),
        ..GroupPatch::default()
    };
    w.group(NewGroup {
        patch: parent.clone(),
        ..of_code("child")
    })
    .await;
    w.delete("a", RecycleBin).await.unwrap();

    for key in [
        by_code("a"),
        GroupKey::Number(binned.number),
        GroupKey::Id(binned.id),
        GroupKey::External(external("erp", "1")),
    ] {
        assert_eq!(
            missing(groups::get(&w.directory, &w.admin, &key, NO_PARTS).await),
            Kind::Group
        );
    }
    assert_eq!(missing(w.add("a", vec![]).await), Kind::Group);
    assert_eq!(missing(w.delete("a", ForGood).await), Kind::Group);
    let create = async |new| groups::create(&w.directory, w.context(), new, NO_PARTS).await;
    assert_eq!(
        create(of_code("a")).await,
        Err(Error::Exists {
            kind: Kind::Group,
            field: "code"
        })
    );
    let same_id = NewGroup {
        external_ids: vec![external("erp", "1")],
        ..NewGroup::default()
    };
    assert_eq!(
        create(same_id).await,
        Err(Error::Exists {
            kind: Kind::Group,
            field: "externalId"
        })
    );
    let below = NewGroup {
        patch: parent,
        ..NewGroup::default()
    };
    assert_eq!(complaints(create(below).await), complaint("parent", "unknown"));

    let child = w.get("child").await.unwrap().group;
    assert_eq!(
        (child.fields.parent, child.version),
        (None, 1),
        "hidden, not lost"
    );
    let named = GroupPatch {
        name: Patch::Set(name("child")),
        ..GroupPatch::default()
    };
    let child = w.update("child", patch(named)).await.unwrap().group;
    assert_eq!(child.fields.parent, None);
    let store = w.store();
    let stored = store.read(async |db| store::groups::find(db, w.admin.tenant, &by_code("child")).await);
    assert_eq!(stored.await.unwrap().unwrap().fields.parent, Some(binned.number));
}

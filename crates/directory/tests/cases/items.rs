use crate::support::*;
use directory::groups;
use directory::groups::Deletion::{ForGood, RecycleBin};
use model::error::Kind;
use model::groups::{GroupKey, GroupPatch, NewGroup};
use model::items::{ItemKey, ItemType, MAX_ITEMS, MappedItem};
use model::query::Window;
use model::{Access, Error, Patch};
use serde_json::json;

fn key(kind: ItemType, id: &str) -> ItemKey {
    ItemKey {
        kind,
        id: id.to_owned(),
    }
}

fn item(id: &str, retain: bool) -> MappedItem {
    MappedItem {
        key: key(ItemType::Skill, id),
        retain,
    }
}

async fn add(w: &World, item: MappedItem) -> model::Result<MappedItem> {
    groups::add_item(&w.directory, w.context(), by_code("a"), item).await
}

async fn shown(w: &World) -> Vec<MappedItem> {
    groups::list_items(&w.directory, &w.admin, &by_code("a"), WINDOW)
        .await
        .unwrap()
        .items
}

#[tokio::test]
async fn items_come_change_and_go() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    let d = &w.directory;
    assert_eq!(add(&w, item("b", true)).await.unwrap(), item("b", true));
    assert_eq!(add(&w, item("B", false)).await.unwrap(), item("B", false));
    let plan = MappedItem {
        key: key(ItemType::LearningPlan, "b"),
        retain: false,
    };
    add(&w, plan.clone()).await.unwrap();
    assert_eq!(shown(&w).await, [plan.clone(), item("B", false), item("b", true)]);
    assert_eq!(w.get("a").await.unwrap().group.version, 4);

    let position = w.position().await;
    let taken = add(&w, item("b", false)).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { .. }), "{taken:?}");
    let change = async |id, retain| {
        groups::change_item(d, w.context(), by_code("a"), key(ItemType::Skill, id), retain).await
    };
    assert_eq!(change("b", None).await.unwrap(), item("b", true));
    assert_eq!(change("b", Some(true)).await.unwrap(), item("b", true));
    assert_eq!(missing(change("c", Some(true)).await), Kind::Item);
    assert_eq!(w.position().await, position, "nothing changed, nothing written");

    assert_eq!(change("b", Some(false)).await.unwrap(), item("b", false));
    let event = w.events().await.pop().unwrap();
    let told = &event.changes[0];
    assert_eq!((told.kind, told.field.as_str()), (Kind::Group, "items/skill/b"));
    assert_eq!(
        (&told.before, &told.after),
        (
            &Some(json!({ "retain": true })),
            &Some(json!({ "retain": false }))
        )
    );

    let remove = async |id| groups::remove_item(d, w.context(), by_code("a"), key(ItemType::Skill, id)).await;
    remove("b").await.unwrap();
    assert_eq!(missing(remove("b").await), Kind::Item);
    assert_eq!(shown(&w).await, [plan, item("B", false)]);
    assert_eq!(w.get("a").await.unwrap().group.version, 6);
}

#[tokio::test]
async fn stretches_of_items() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    for id in ["1", "2", "3"] {
        add(&w, item(id, false)).await.unwrap();
    }
    for (start, limit, ids, has_more) in [
        (0, 3, vec!["1", "2", "3"], false),
        (0, 2, vec!["1", "2"], true),
        (2, 2, vec!["3"], false),
        (3, 2, vec![], false),
        (1_000_000, 1, vec![], false),
    ] {
        for counted in [false, true] {
            let window = Window {
                start,
                limit,
                counted,
            };
            let found = groups::list_items(&w.directory, &w.admin, &by_code("a"), window)
                .await
                .unwrap();
            let found_ids: Vec<&str> = found.items.iter().map(|item| item.key.id.as_str()).collect();
            assert_eq!(
                (found_ids, found.has_more, found.total),
                (ids.clone(), has_more, counted.then_some(3))
            );
        }
    }
}

#[tokio::test]
async fn a_group_has_so_many_items_and_no_more() {
    let w = World::new().await;
    let group = w.group_of("a", &[]).await.group;
    let tenant = w.admin.tenant;
    w.store()
        .write(async move |tx| {
            for i in 1..MAX_ITEMS {
                store::items::insert(tx, tenant, group.number, &item(&i.to_string(), false)).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    add(&w, item("last", false)).await.unwrap();
    assert_eq!(
        complaints(add(&w, item("one too many", false)).await),
        complaint("itemId", "maxItems")
    );
}

#[tokio::test]
async fn bounds_of_identifiers() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    add(&w, item(&"ä".repeat(50), false)).await.unwrap();
    for (id, rule) in [
        (String::new(), "minLength"),
        ("ä".repeat(51), "maxLength"),
        ("a\u{1}".to_owned(), "pattern"),
    ] {
        assert_eq!(
            complaints(add(&w, item(&id, false)).await),
            complaint("itemId", rule)
        );
    }
}

#[tokio::test]
async fn items_go_with_their_group() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    add(&w, item("1", true)).await.unwrap();
    w.delete("a", ForGood).await.unwrap();
    let event = w.events().await.pop().unwrap();
    let fields: Vec<&str> = event.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["code", "id", "items/skill/1"]);

    w.group_of("a", &[]).await;
    assert_eq!(shown(&w).await, []);
    add(&w, item("1", true)).await.unwrap();
    w.delete("a", RecycleBin).await.unwrap();
    assert_eq!(missing(add(&w, item("2", true)).await), Kind::Group);
}

#[tokio::test]
async fn who_may_not_edit_the_group_may_not_map_it() {
    let w = World::new().await;
    let owner = w.user("owner").await;
    let new = NewGroup {
        code: Some(code("a")),
        patch: GroupPatch {
            only_owners_edit: Patch::Set(true),
            ..GroupPatch::default()
        },
        owners: vec![owner.user.number],
        ..NewGroup::default()
    };
    w.group(new).await;
    let d = &w.directory;
    let owner = w.caller("default", Access::Editor, Some(owner.user.id)).await;
    for (access, bound) in [
        (Access::Reader, false),
        (Access::Editor, false),
        (Access::Editor, true),
    ] {
        let other = w.caller("default", access, None).await;
        let caller = if bound { &owner } else { &other };
        let group = || -> GroupKey { by_code("a") };
        let c = || w.by(caller);
        let done = [
            groups::add_item(d, c(), group(), item("1", true)).await.map(drop),
            groups::change_item(d, c(), group(), item("1", true).key, Some(false))
                .await
                .map(drop),
            groups::remove_item(d, c(), group(), item("1", true).key).await,
        ];
        for done in done {
            match done {
                Ok(()) => assert!(bound, "{access:?}"),
                Err(Error::Forbidden { .. }) => assert!(!bound),
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

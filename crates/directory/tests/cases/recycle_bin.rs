//! What the people who run the server do with the recycle bin.

use crate::support::*;
use directory::groups::{self, Deletion::RecycleBin};
use directory::{group_types, tenants};
use model::error::Kind;
use model::groups::{ExternalId, Group, GroupKey, GroupPatch, NewGroup};
use model::ids::GroupNumber;
use model::query::Window;
use model::users::{UserKey, UserPatch};
use model::{Dialect, Error, Patch, Result};

const ALL: Window = Window {
    start: 0,
    limit: 100,
    counted: true,
};

fn external() -> ExternalId {
    ExternalId {
        source: "erp".into(),
        value: "1".into(),
    }
}

async fn binned(w: &World) -> Vec<GroupNumber> {
    let found = groups::list_deleted(&w.directory, "default", ALL).await.unwrap();
    assert_eq!(found.total, Some(found.items.len() as u64));
    found.items.into_iter().map(|group| group.number).collect()
}

/// A group with a member, a child and a child user; then it is deleted.
async fn deleted(w: &World) -> Group {
    let anna = w.user("anna").await;
    let group = w
        .group(NewGroup {
            code: Some(code("a")),
            external_ids: vec![external()],
            members: vec![existing(anna.user.id)],
            owners: vec![anna.user.number],
            ..NewGroup::default()
        })
        .await
        .group;
    let parent = Patch::Set(Some(GroupKey::Number(group.number)));
    w.group(NewGroup {
        code: Some(code("child")),
        patch: GroupPatch {
            parent: parent.clone(),
            ..GroupPatch::default()
        },
        ..NewGroup::default()
    })
    .await;
    let patch = UserPatch {
        parent,
        ..UserPatch::default()
    };
    let key = UserKey::Number(anna.user.number);
    directory::users::update(&w.directory, w.context(), key, patch, None, USER_ALL)
        .await
        .unwrap();
    w.delete("a", RecycleBin).await.unwrap();
    group
}

#[tokio::test]
async fn a_restored_group_is_as_it_was() -> Result<()> {
    let w = World::new().await;
    let group = deleted(&w).await;
    assert_eq!(binned(&w).await, [group.number]);
    let position = w.position().await;

    let restored = groups::restore(&w.directory, "default", group.number).await?;
    assert_eq!((restored.deleted_at, restored.version), (None, group.version + 3));
    assert_eq!(binned(&w).await, []);
    let shown = w.get("a").await?;
    assert_eq!(shown.external_ids, [external()]);
    assert_eq!(shown.group.member_count, 1);
    assert_eq!(w.get("child").await?.group.fields.parent, Some(group.number));
    let events = w.events().await;
    assert_eq!(events.len(), position + 1);
    let event = events.last().unwrap();
    assert_eq!(
        (
            event.dialect,
            event.operation.as_str(),
            event.actor.client_id.as_str()
        ),
        (Dialect::Roster, "restoreGroup", "roster")
    );
    let again = groups::restore(&w.directory, "default", group.number).await;
    assert_eq!(
        again,
        Err(Error::not_found(Kind::Group, group.number.to_string()))
    );
    assert_eq!(w.position().await, position + 1);
    Ok(())
}

#[tokio::test]
async fn a_purged_group_frees_its_keys() -> Result<()> {
    let w = World::new().await;
    let group = deleted(&w).await;
    let position = w.position().await;
    groups::purge(&w.directory, "default", group.number).await?;
    assert_eq!(w.position().await, position + 1, "one event for all of it");
    assert_eq!(w.events().await.pop().unwrap().operation, "purgeGroup");
    assert_eq!(binned(&w).await, []);
    w.group(NewGroup {
        code: Some(code("a")),
        external_ids: vec![external()],
        ..NewGroup::default()
    })
    .await;
    assert_eq!(w.get("child").await?.group.fields.parent, None);
    let again = groups::purge(&w.directory, "default", group.number).await;
    assert_eq!(
        again,
        Err(Error::not_found(Kind::Group, group.number.to_string()))
    );
    Ok(())
}

#[tokio::test]
async fn only_what_is_in_the_bin_of_this_tenant_is_found() {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let group = deleted(&w).await;
    let live = w.group_of("live", &[]).await.group.number;
    let missing = |number: GroupNumber| Err(Error::not_found(Kind::Group, number.to_string()));
    for (tenant, number) in [("other", group.number), ("default", live)] {
        assert_eq!(
            groups::restore(&w.directory, tenant, number).await,
            missing(number)
        );
        assert_eq!(groups::purge(&w.directory, tenant, number).await, missing(number));
    }
    let none = groups::list_deleted(&w.directory, "other", ALL).await.unwrap();
    assert_eq!(none.items, []);
    let nowhere = groups::list_deleted(&w.directory, "nowhere", ALL).await;
    assert_eq!(nowhere, Err(Error::not_found(Kind::Tenant, "nowhere")));
    assert_eq!(binned(&w).await, [group.number]);
}

#[tokio::test]
async fn the_last_deleted_come_first() {
    let w = World::new().await;
    let mut numbers = Vec::new();
    for text in ["a", "b", "c"] {
        numbers.push(w.group_of(text, &[]).await.group.number);
    }
    for text in ["b", "c", "a"] {
        w.delete(text, RecycleBin).await.unwrap();
    }
    assert_eq!(binned(&w).await, [numbers[0], numbers[2], numbers[1]]);
    let window = Window {
        start: 1,
        limit: 1,
        counted: false,
    };
    let second = groups::list_deleted(&w.directory, "default", window)
        .await
        .unwrap();
    assert_eq!(second.items[0].number, numbers[2]);
    assert_eq!((second.has_more, second.total), (true, None));
}

#[tokio::test]
async fn a_name_that_was_taken_meanwhile_stays_with_its_new_owner() {
    let w = World::new().await;
    let made = group_types::create(&w.directory, w.context(), vec![type_named("Household")])
        .await
        .unwrap();
    let kind = made[0].number;
    let smith = |text: &str| NewGroup {
        code: Some(code(text)),
        patch: GroupPatch {
            name: Patch::Set(name("Smith")),
            group_type: Patch::Set(Some(kind)),
            ..GroupPatch::default()
        },
        ..NewGroup::default()
    };
    let first = w.group(smith("a")).await.group.number;
    w.delete("a", RecycleBin).await.unwrap();
    w.group(smith("b")).await;
    let refused = groups::restore(&w.directory, "default", first).await;
    let exists = Error::Exists {
        kind: Kind::Group,
        field: "name",
    };
    assert_eq!(refused, Err(exists));
    assert_eq!(binned(&w).await, [first]);
}

#[tokio::test]
async fn a_hidden_parent_is_kept_for_the_day_it_is_restored() -> Result<()> {
    let w = World::new().await;
    let group = deleted(&w).await;
    let none = || GroupPatch {
        parent: Patch::Set(None),
        ..GroupPatch::default()
    };
    let position = w.position().await;
    w.update("child", patch(none())).await?;
    assert_eq!(w.position().await, position, "nothing that is seen has changed");
    groups::restore(&w.directory, "default", group.number).await?;
    assert_eq!(w.get("child").await?.group.fields.parent, Some(group.number));
    w.update("child", patch(none())).await?;
    assert_eq!(w.get("child").await?.group.fields.parent, None);
    Ok(())
}

//! The one group that is a user's parent.

use crate::support::*;
use directory::groups::Deletion::RecycleBin;
use directory::users;
use model::groups::{ExternalId, GroupKey, NewGroup};
use model::ids::GroupNumber;
use model::lookup::Lookup;
use model::users::{NewUser, UserGroupParts, UserKey, UserParts, UserPatch, UserView};
use model::{Access, Error, Patch, Result};

const PARTS: UserParts = UserParts {
    external_ids: false,
    grants: false,
    groups: UserGroupParts::None,
    parent: true,
};

fn below(parent: Option<GroupKey>) -> UserPatch {
    UserPatch {
        parent: Patch::Set(parent),
        ..UserPatch::default()
    }
}

fn group(number: GroupNumber) -> UserPatch {
    below(Some(GroupKey::Number(number)))
}

async fn update(w: &World, user: &UserView, patch: UserPatch) -> Result<UserView> {
    let key = UserKey::Number(user.user.number);
    users::update(&w.directory, w.context(), key, patch, None, PARTS).await
}

async fn shown(w: &World, user: &UserView) -> Option<GroupNumber> {
    let key = UserKey::Number(user.user.number);
    users::get(&w.directory, &w.admin, &key, PARTS)
        .await
        .unwrap()
        .parent
}

/// The group's members who are not excluded, its count of them, its version.
async fn state(w: &World, text: &str) -> (usize, i64, i64) {
    let view = w.get(text).await.unwrap();
    let count = view.group.member_count;
    (crate::support::shown(&view).len(), count, view.group.version)
}

#[tokio::test]
async fn a_parent_moves_the_membership() -> Result<()> {
    let w = World::new().await;
    let a = w.group_of("a", &[]).await.group.number;
    let b = w.group_of("b", &[]).await.group.number;
    let new = NewUser { patch: group(a) };
    let anna = users::create(&w.directory, w.context(), new, PARTS).await?;
    assert_eq!((anna.parent, anna.user.version), (Some(a), 1));
    assert_eq!(state(&w, "a").await, (1, 1, 2));

    let position = w.position().await;
    assert_eq!(update(&w, &anna, group(a)).await?.parent, Some(a));
    assert_eq!(w.position().await, position, "the same again changes nothing");
    let moved = update(&w, &anna, group(b)).await?;
    assert_eq!((moved.parent, moved.user.version), (Some(b), 1));
    assert_eq!(
        (state(&w, "a").await, state(&w, "b").await),
        ((0, 0, 3), (1, 1, 2))
    );
    assert_eq!(w.position().await, position + 1, "one event for both groups");
    // And back, against the order of the groups' numbers.
    update(&w, &anna, group(a)).await?;
    assert_eq!((state(&w, "a").await.1, state(&w, "b").await.1), (1, 0));

    assert_eq!(update(&w, &anna, below(None)).await?.parent, None);
    assert_eq!(state(&w, "a").await.1, 0);
    let position = w.position().await;
    update(&w, &anna, below(None)).await?;
    assert_eq!(w.position().await, position);
    Ok(())
}

#[tokio::test]
async fn other_memberships_stay_and_become_parents() -> Result<()> {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let a = w.group_of("a", &[&anna]).await.group.number;
    let b = w.group_of("b", &[&anna]).await.group.number;
    assert_eq!(shown(&w, &anna).await, None, "a plain member has no parent");
    update(&w, &anna, group(a)).await?;
    assert_eq!(state(&w, "a").await, (1, 1, 2));
    update(&w, &anna, group(b)).await?;
    assert_eq!((state(&w, "a").await.1, state(&w, "b").await.1), (0, 1));

    w.remove("b", &[&anna]).await?;
    assert_eq!(shown(&w, &anna).await, None, "who leaves the group has no parent");
    let key = GroupKey::Number(a);
    directory::groups::join(&w.directory, w.context(), key.clone(), anna.user.number).await?;
    directory::groups::exclude_member(&w.directory, w.context(), key, anna.user.number, true).await?;
    update(&w, &anna, group(a)).await?;
    assert_eq!(
        shown(&w, &anna).await,
        Some(a),
        "a parent includes who was excluded"
    );
    assert_eq!(state(&w, "a").await.1, 1);
    Ok(())
}

#[tokio::test]
async fn a_parent_in_the_recycle_bin_is_hidden_and_kept() -> Result<()> {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let a = w.group_of("a", &[]).await.group.number;
    let b = w.group_of("b", &[]).await.group.number;
    update(&w, &anna, group(a)).await?;
    w.delete("a", RecycleBin).await?;
    assert_eq!(shown(&w, &anna).await, None);
    let position = w.position().await;
    update(&w, &anna, below(None)).await?;
    assert_eq!(w.position().await, position, "nothing that is seen has changed");
    let gone = update(&w, &anna, group(a)).await;
    assert_eq!(complaints(gone), complaint("parent", "unknown"));
    directory::groups::restore(&w.directory, "default", a).await?;
    assert_eq!(shown(&w, &anna).await, Some(a));

    w.delete("a", RecycleBin).await?;
    update(&w, &anna, group(b)).await?;
    let restored = directory::groups::restore(&w.directory, "default", a).await?;
    assert_eq!(restored.member_count, 0, "a new parent ends the old membership");
    assert_eq!(shown(&w, &anna).await, Some(b));
    Ok(())
}

#[tokio::test]
async fn a_parent_is_named_by_any_key_of_one_group() -> Result<()> {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let identified = async |text: &str, ids: &[(&str, &str)]| {
        let id = |(source, value): &(&str, &str)| ExternalId {
            source: (*source).to_owned(),
            value: (*value).to_owned(),
        };
        let new = NewGroup {
            code: Some(code(text)),
            external_ids: ids.iter().map(id).collect(),
            ..NewGroup::default()
        };
        w.group(new).await.group.number
    };
    let a = identified("a", &[("erp", "1"), ("crm", "7")]).await;
    identified("b", &[("crm", "1")]).await;
    let key = |value: &str| below(Some(GroupKey::Lookup(Lookup::external(value))));
    assert_eq!(update(&w, &anna, key("7")).await?.parent, Some(a));
    assert_eq!(
        complaints(update(&w, &anna, key("1")).await),
        complaint("parent", "conflict")
    );
    assert_eq!(
        complaints(update(&w, &anna, key("2")).await),
        complaint("parent", "unknown")
    );
    assert_eq!(
        update(&w, &anna, below(Some(by_code("a")))).await?.parent,
        Some(a)
    );

    let both = UserPatch {
        groups: Patch::Set(vec![]),
        ..group(a)
    };
    assert_eq!(
        complaints(update(&w, &anna, both).await),
        complaint("parent", "unsupported")
    );
    let new = new_member("users/0", NewUser { patch: group(a) });
    assert_eq!(
        complaints(w.add("a", vec![new]).await),
        complaint("users/0/parent", "unsupported")
    );
    Ok(())
}

#[tokio::test]
async fn groups_of_their_owners_are_left_and_joined_by_them_only() -> Result<()> {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let guarded = |text: &str| NewGroup {
        code: Some(code(text)),
        patch: model::groups::GroupPatch {
            only_owners_edit: Patch::Set(true),
            ..Default::default()
        },
        ..NewGroup::default()
    };
    let a = w.group(guarded("a")).await.group.number;
    let open = w.group_of("open", &[]).await.group.number;
    let editor = w.caller("default", Access::Editor, None).await;
    let by_editor = async |patch| {
        let key = UserKey::Number(anna.user.number);
        users::update(&w.directory, w.by(&editor), key, patch, None, PARTS).await
    };
    assert!(matches!(by_editor(group(a)).await, Err(Error::Forbidden { .. })));
    update(&w, &anna, group(a)).await?;
    assert!(matches!(
        by_editor(group(open)).await,
        Err(Error::Forbidden { .. })
    ));
    assert_eq!(shown(&w, &anna).await, Some(a));
    Ok(())
}

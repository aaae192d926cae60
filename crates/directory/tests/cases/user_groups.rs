//! The groups that a user is in, written from the user's side.

use crate::members::{exclude, rows};
use crate::support::*;
use directory::groups::Deletion::RecycleBin;
use directory::{Precondition, users};
use model::error::Kind;
use model::groups::{ExternalId, GroupEntry, GroupKey, GroupPatch, GroupRef, GroupView, NewGroup};
use model::ids::{GroupId, GroupNumber};
use model::users::{
    MAX_USER_GROUPS, NewUser, UserGroupParts, UserGroups, UserKey, UserParts, UserPatch, UserView,
};
use model::{Access, Caller, Error, Patch, Result};
use uuid::Uuid;

const GROUPS: UserParts = UserParts {
    external_ids: false,
    grants: false,
    groups: UserGroupParts::Names,
    parent: false,
};

fn entry(i: usize, group: GroupRef) -> GroupEntry {
    GroupEntry {
        field: format!("Groups/{i}"),
        group,
        or: None,
    }
}

fn list(groups: impl IntoIterator<Item = GroupRef>) -> UserPatch {
    let entries = groups.into_iter().enumerate().map(|(i, group)| entry(i, group));
    UserPatch {
        groups: Patch::Set(entries.collect()),
        ..UserPatch::default()
    }
}

fn by_name(text: &str) -> GroupRef {
    GroupRef::Name(text.to_owned())
}

fn coded(text: &str) -> GroupRef {
    GroupRef::Key(by_code(text))
}

async fn named_group(w: &World, code_text: &str, name_text: &str) -> GroupView {
    w.group(NewGroup {
        code: Some(code(code_text)),
        patch: GroupPatch {
            name: Patch::Set(name(name_text)),
            ..GroupPatch::default()
        },
        ..NewGroup::default()
    })
    .await
}

async fn set(w: &World, user: &UserView, patch: UserPatch) -> Result<UserView> {
    set_by(w, &w.admin, user, patch).await
}

async fn set_by(w: &World, caller: &Caller, user: &UserView, patch: UserPatch) -> Result<UserView> {
    let key = UserKey::Id(user.user.id);
    users::update(&w.directory, w.by(caller), key, patch, None, GROUPS).await
}

fn numbers(view: &UserView) -> Vec<GroupNumber> {
    match &view.groups {
        UserGroups::All(all) => all.iter().map(|group| group.number).collect(),
        other => panic!("the groups are {other:?}"),
    }
}

async fn version(w: &World, text: &str) -> (i64, i64) {
    let group = w.get(text).await.unwrap().group;
    (group.version, group.member_count)
}

#[tokio::test]
async fn a_new_user_joins_groups_however_they_are_named() {
    let w = World::new().await;
    let by_folded = named_group(&w, "a", "Alpha").await;
    let by_id = named_group(&w, "b", "Beta").await;
    let by_number = w.group_of("c", &[]).await;
    let by_own_code = w.group_of("d", &[]).await;
    let id = ExternalId {
        source: "erp".into(),
        value: "7".into(),
    };
    let by_source = w
        .group(NewGroup {
            code: Some(code("e")),
            external_ids: vec![id.clone()],
            ..NewGroup::default()
        })
        .await;
    let position = w.position().await;
    let named = [
        GroupRef::Key(GroupKey::External(id)),
        by_name("ALPHA"),
        GroupRef::Key(GroupKey::Id(by_id.group.id)),
        GroupRef::Key(GroupKey::Number(by_number.group.number)),
        coded("d"),
        coded("a"),
    ];
    let new = NewUser { patch: list(named) };
    let made = users::create(&w.directory, w.context(), new, GROUPS)
        .await
        .unwrap();
    let all = [&by_folded, &by_id, &by_number, &by_own_code, &by_source];
    assert_eq!(
        numbers(&made),
        all.map(|view| view.group.number),
        "each once, by number"
    );
    let UserGroups::All(shown) = &made.groups else {
        panic!()
    };
    assert_eq!(
        (shown[0].id, &shown[0].name),
        (by_folded.group.id, &name("Alpha"))
    );
    for text in ["a", "b", "c", "d", "e"] {
        assert_eq!(version(&w, text).await, (2, 1));
    }
    assert_eq!(w.position().await, position + 1);
    let event = w.events().await.pop().unwrap();
    let joined = event.changes.iter().filter(|change| change.kind == Kind::Group);
    let joined: Vec<_> = joined
        .map(|change| (change.number, change.field.clone()))
        .collect();
    let field = format!("members/{}", made.user.number);
    assert_eq!(joined, all.map(|view| (view.group.number.get(), field.clone())));
}

#[tokio::test]
async fn a_list_replaces_what_is_seen_and_nothing_else() {
    let w = World::new().await;
    let (anna, bert) = (w.user("anna").await, w.user("bert").await);
    let both = [&anna, &bert];
    for text in ["left", "kept", "binned"] {
        w.group_of(text, &both).await;
    }
    for text in ["joined", "closed", "reopened"] {
        w.group_of(text, &[&bert]).await;
    }
    exclude(&w, "closed", &anna).await;
    exclude(&w, "reopened", &anna).await;
    let binned = w.get("binned").await.unwrap().group.number;
    w.delete("binned", RecycleBin).await.unwrap();
    let position = w.position().await;

    let wanted = || list(["kept", "joined", "reopened"].map(coded));
    let view = set(&w, &anna, wanted()).await.unwrap();
    let mut expected = Vec::new();
    for text in ["kept", "joined", "reopened"] {
        expected.push(w.get(text).await.unwrap().group.number);
    }
    assert_eq!(numbers(&view), expected);
    assert_eq!(
        (view.user.version, view.user.updated_at),
        (anna.user.version, anna.user.updated_at),
        "the groups changed, not the user"
    );
    assert_eq!(version(&w, "left").await, (2, 1));
    assert_eq!(version(&w, "kept").await, (1, 2));
    assert_eq!(version(&w, "joined").await, (2, 2));
    assert_eq!(version(&w, "reopened").await, (2, 2));
    assert_eq!(version(&w, "closed").await, (1, 1));
    let [a, b] = both.map(|user| user.user.number);
    assert_eq!(rows(&w, "closed").await, [(a, true), (b, false)]);
    let store = w.store();
    let still = store
        .read(async |db| store::members::of_group(db, w.admin.tenant, binned).await)
        .await;
    assert_eq!(
        still.unwrap().len(),
        2,
        "what lies in the bin is restored as it was"
    );
    assert_eq!(w.position().await, position + 1);

    assert_eq!(set(&w, &anna, wanted()).await.unwrap(), view);
    assert_eq!(set(&w, &anna, UserPatch::default()).await.unwrap(), view);
    assert_eq!(w.position().await, position + 1, "the same again changes nothing");

    assert_eq!(numbers(&set(&w, &anna, list([])).await.unwrap()), []);
    assert_eq!(rows(&w, "closed").await, [(a, true), (b, false)]);
    assert_eq!(rows(&w, "reopened").await, [(b, false)]);
}

#[tokio::test]
async fn fields_and_groups_are_one_write() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    w.group_of("a", &[]).await;
    let position = w.position().await;
    let both = || UserPatch {
        given_name: Patch::Set(Some(name("Anna"))),
        ..list([coded("a")])
    };
    let key = || UserKey::Id(anna.user.id);
    let stale = Some(Precondition::version(2));
    let refused = users::update(&w.directory, w.context(), key(), both(), stale, GROUPS).await;
    assert_eq!(refused, Err(Error::Stale));
    let taken = UserPatch {
        user_name: Patch::Set(Some("bert".into())),
        ..both()
    };
    w.user("bert").await;
    assert!(matches!(set(&w, &anna, taken).await, Err(Error::Exists { .. })));
    assert_eq!(version(&w, "a").await, (1, 0));
    let seen = Some(Precondition::version(1));
    let view = users::update(&w.directory, w.context(), key(), both(), seen, GROUPS)
        .await
        .unwrap();
    assert_eq!((view.user.version, numbers(&view).len()), (2, 1));
    assert_eq!(w.position().await, position + 2);
}

#[tokio::test]
async fn what_is_not_one_group_is_named_and_nothing_is_written() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    for text in ["t1", "t2"] {
        named_group(&w, text, "Twin").await;
    }
    let nameless = w.group_of("nameless", &[]).await.group.id;
    w.group_of("binned", &[]).await;
    w.delete("binned", RecycleBin).await.unwrap();
    let position = w.position().await;
    let named = || {
        list([
            coded("nameless"),
            coded("binned"),
            by_name("twin"),
            by_name("nobody's"),
            GroupRef::Key(GroupKey::Id(GroupId(Uuid::nil()))),
        ])
    };
    let wrong = [
        ("Groups/1".to_owned(), "unknown"),
        ("Groups/2".to_owned(), "conflict"),
        ("Groups/3".to_owned(), "unknown"),
        ("Groups/4".to_owned(), "unknown"),
    ];
    assert_eq!(complaints(set(&w, &anna, named()).await), wrong);
    let new = NewUser { patch: named() };
    let refused = users::create(&w.directory, w.context(), new, GROUPS).await;
    assert_eq!(complaints(refused), wrong);
    assert_eq!(version(&w, "nameless").await, (1, 0));

    let many = list(vec![coded("t1"); MAX_USER_GROUPS + 1]);
    assert_eq!(
        complaints(set(&w, &anna, many).await),
        complaint("groups", "maxItems")
    );
    let nested = new_member(
        "users/0",
        NewUser {
            patch: list([coded("t1")]),
        },
    );
    let refused = w.add("t2", vec![nested]).await;
    assert_eq!(complaints(refused), complaint("users/0/groups", "unsupported"));
    assert_eq!(w.position().await, position);

    // A nameless group goes by its id among names, unless that is a name.
    let by_id = |text: &str| UserPatch {
        groups: Patch::Set(vec![GroupEntry {
            or: Some(nameless),
            ..entry(0, by_name(text))
        }]),
        ..UserPatch::default()
    };
    let joined = set(&w, &anna, by_id(&nameless.to_string())).await.unwrap();
    assert_eq!(numbers(&joined), [w.get("nameless").await.unwrap().group.number]);
    let refused = set(&w, &anna, by_id("twin")).await;
    assert_eq!(complaints(refused), complaint("Groups/0", "conflict"));
}

#[tokio::test]
async fn groups_that_only_owners_edit_stay_theirs() {
    let w = World::new().await;
    let (anna, owner) = (w.user("anna").await, w.user("owner").await);
    let closed = |text: &str, owners| NewGroup {
        code: Some(code(text)),
        patch: GroupPatch {
            only_owners_edit: Patch::Set(true),
            ..GroupPatch::default()
        },
        owners,
        ..NewGroup::default()
    };
    w.group(closed("theirs", vec![owner.user.number])).await;
    w.group(closed("nobodys", vec![])).await;
    w.group_of("open", &[]).await;
    let editor = w.caller("default", Access::Editor, None).await;
    let owning = w.caller("default", Access::Editor, Some(owner.user.id)).await;
    let reader = w.caller("default", Access::Reader, Some(owner.user.id)).await;
    let forbidden = |result| matches!(result, Err(Error::Forbidden { .. }));
    let groups = |all: &[&str]| list(all.iter().map(|text| coded(text)).collect::<Vec<_>>());

    assert!(forbidden(set_by(&w, &reader, &anna, groups(&[])).await));
    assert!(forbidden(
        set_by(&w, &editor, &anna, groups(&["open", "theirs"])).await
    ));
    assert_eq!(version(&w, "open").await, (1, 0));
    assert!(forbidden(
        set_by(&w, &owning, &anna, groups(&["theirs", "nobodys"])).await
    ));
    set_by(&w, &owning, &anna, groups(&["theirs"])).await.unwrap();
    assert!(
        forbidden(set_by(&w, &editor, &anna, groups(&["open"])).await),
        "nor leave it"
    );
    let kept = set_by(&w, &editor, &anna, groups(&["theirs", "open"]))
        .await
        .unwrap();
    assert_eq!(numbers(&kept).len(), 2, "a group that does not change may be any");
    set_by(&w, &w.admin, &anna, groups(&["nobodys"])).await.unwrap();
    assert_eq!(version(&w, "theirs").await, (3, 0));

    let new = NewUser {
        patch: UserPatch {
            user_name: Patch::Set(Some("anna".into())),
            ..groups(&["theirs"])
        },
    };
    let refused = users::create(&w.directory, w.by(&editor), new, GROUPS).await;
    assert!(forbidden(refused), "before the name is found taken");
}

#[tokio::test]
async fn users_join_one_group_at_the_same_time() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    let writes: Vec<_> = (0..20)
        .map(|i| {
            let (directory, context) = (w.directory.clone(), w.context());
            let patch = UserPatch {
                user_name: Patch::Set(Some(format!("user {i}"))),
                ..list([coded("a")])
            };
            tokio::spawn(async move { users::create(&directory, context, NewUser { patch }, GROUPS).await })
        })
        .collect();
    for write in writes {
        write.await.unwrap().unwrap();
    }
    assert_eq!(version(&w, "a").await, (21, 20));
}

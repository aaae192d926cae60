//! Another tenant's object is exactly like one that does not exist, whatever names it.

use crate::support::*;
use directory::groups::Deletion::{ForGood, RecycleBin};
use directory::{groups, tenants, users};
use model::groups::{
    ExternalId, GroupChange, GroupEntry, GroupKey, GroupPatch, GroupRef, MemberEntry, NewGroup,
};
use model::ids::{GroupId, GroupNumber, RoleNumber, UserId, UserNumber};
use model::items::{ItemKey, ItemType, MappedItem};
use model::lookup::{Lookup, LookupBy};
use model::query::ListQuery;
use model::users::{NewUser, UserKey, UserPatch};
use model::{Access, Caller, Error, Patch, Result};
use uuid::Uuid;

struct Two {
    w: World,
    stranger: Caller,
    group: model::groups::Group,
    user: model::users::User,
}

fn item() -> MappedItem {
    MappedItem {
        key: ItemKey {
            kind: ItemType::Skill,
            id: "SQL".into(),
        },
        retain: false,
    }
}

fn external() -> ExternalId {
    ExternalId {
        source: "erp".into(),
        value: "1".into(),
    }
}

fn numbered(number: i64) -> Lookup {
    Lookup {
        by: LookupBy::Number(number),
        ..Lookup::external("")
    }
}

async fn two() -> Two {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let patch = UserPatch {
        external_ids: vec![external_id("erp", Some("1"))],
        ..named("anna").patch
    };
    let user = users::create(&w.directory, w.context(), NewUser { patch }, USER_ALL)
        .await
        .unwrap()
        .user;
    let new = NewGroup {
        code: Some(code("a")),
        external_ids: vec![external()],
        members: vec![existing(user.id)],
        patch: GroupPatch {
            name: Patch::Set(name("shared")),
            ..GroupPatch::default()
        },
        ..NewGroup::default()
    };
    let group = w.group(new).await.group;
    Two {
        w,
        stranger,
        group,
        user,
    }
}

/// What the error says, without the key, which is the caller's own.
fn said<T: std::fmt::Debug>(result: Result<T>) -> Error {
    match result.unwrap_err() {
        Error::NotFound { kind, .. } => Error::NotFound {
            kind,
            key: String::new(),
        },
        other => other,
    }
}

#[tokio::test]
async fn groups_of_another_tenant_do_not_exist() {
    let Two {
        w, stranger, group, ..
    } = two().await;
    let d = &w.directory;
    let position = w.position().await;
    let anybody = UserNumber::new(1).unwrap();
    let foreign = [
        GroupKey::Number(group.number),
        GroupKey::Id(group.id),
        GroupKey::Code(group.code.clone()),
        GroupKey::External(external()),
        GroupKey::Lookup(Lookup::external("1")),
        GroupKey::Lookup(numbered(group.number.get())),
    ];
    let nowhere = [
        GroupKey::Number(GroupNumber::new(99).unwrap()),
        GroupKey::Id(GroupId(Uuid::nil())),
        GroupKey::Code(code("no")),
        GroupKey::External(ExternalId {
            value: "2".into(),
            ..external()
        }),
        GroupKey::Lookup(Lookup::external("2")),
        GroupKey::Lookup(numbered(99)),
    ];
    for (foreign, nowhere) in foreign.into_iter().zip(nowhere) {
        let mut answers = Vec::new();
        for key in [foreign, nowhere] {
            let c = || w.by(&stranger);
            let change = || GroupChange {
                members: Some(vec![]),
                ..GroupChange::default()
            };
            answers.push([
                said(groups::get(d, &stranger, &key, GROUP_ALL).await),
                said(groups::get(d, &stranger, &key, NO_PARTS).await),
                said(groups::update(d, c(), key.clone(), change(), None, GROUP_ALL).await),
                said(groups::add_members(d, c(), key.clone(), vec![], None, GROUP_ALL).await),
                said(groups::remove_members(d, c(), key.clone(), vec![], None).await),
                said(groups::delete(d, c(), key.clone(), None, ForGood).await),
                said(groups::delete(d, c(), key.clone(), None, RecycleBin).await),
                said(groups::list_owners(d, &stranger, &key, WINDOW).await),
                said(groups::get_owner(d, &stranger, &key, anybody, USER_ALL).await),
                said(groups::list_members(d, &stranger, &key, WINDOW).await),
                said(groups::get_member(d, &stranger, &key, anybody).await),
                said(groups::join(d, c(), key.clone(), anybody).await),
                said(groups::exclude_member(d, c(), key.clone(), anybody, true).await),
                said(groups::leave(d, c(), key.clone(), anybody).await),
                said(groups::list_items(d, &stranger, &key, WINDOW).await),
                said(groups::add_item(d, c(), key.clone(), item()).await),
                said(groups::change_item(d, c(), key.clone(), item().key, Some(true)).await),
                said(groups::remove_item(d, c(), key, item().key).await),
            ]);
        }
        assert_eq!(answers[0], answers[1]);
        assert!(
            answers[0]
                .iter()
                .all(|answer| matches!(answer, Error::NotFound { .. }))
        );
    }
    assert_eq!(w.position().await, position);
}

#[tokio::test]
async fn users_of_another_tenant_do_not_exist() {
    let Two {
        w, stranger, user, ..
    } = two().await;
    let d = &w.directory;
    let position = w.position().await;
    let foreign = [
        UserKey::Number(user.number),
        UserKey::Id(user.id),
        UserKey::External(external()),
        UserKey::Lookup(Lookup::external("1")),
        UserKey::Lookup(numbered(user.number.get())),
    ];
    let nowhere = [
        UserKey::Number(UserNumber::new(99).unwrap()),
        UserKey::Id(UserId(Uuid::nil())),
        UserKey::External(ExternalId {
            value: "2".into(),
            ..external()
        }),
        UserKey::Lookup(Lookup::external("2")),
        UserKey::Lookup(numbered(99)),
    ];
    let own = NewGroup {
        code: Some(code("own")),
        ..NewGroup::default()
    };
    groups::create(d, w.by(&stranger), own, NO_PARTS).await.unwrap();
    let role = RoleNumber::new(1).unwrap();
    for (foreign, nowhere) in foreign.into_iter().zip(nowhere) {
        let mut answers = Vec::new();
        for key in [foreign, nowhere] {
            let c = || w.by(&stranger);
            let keys = vec![key.clone()];
            answers.push([
                said(users::get(d, &stranger, &key, USER_ALL).await),
                said(users::update(d, c(), key.clone(), UserPatch::default(), None, USER_ALL).await),
                said(users::grants(d, &stranger, &key).await),
                said(users::memberships(d, &stranger, &key, WINDOW).await),
                said(users::grant(d, c(), key.clone(), role, None).await),
                said(users::revoke(d, c(), key.clone(), role, None).await),
                said(users::delete(d, c(), key, None).await),
                said(groups::remove_members(d, c(), by_code("own"), keys, None).await),
            ]);
        }
        assert_eq!(answers[0], answers[1]);
    }
    assert_eq!(w.position().await, position);
}

#[tokio::test]
async fn a_users_number_of_another_tenant_names_nobody() {
    let Two {
        w, stranger, user, ..
    } = two().await;
    let d = &w.directory;
    let own = NewGroup {
        code: Some(code("own")),
        ..NewGroup::default()
    };
    groups::create(d, w.by(&stranger), own, NO_PARTS).await.unwrap();
    let key = || by_code("own");
    let mut answers = Vec::new();
    for user in [user.number, UserNumber::new(99).unwrap()] {
        let c = || w.by(&stranger);
        let owners = GroupChange {
            owners: Some(vec![user]),
            ..GroupChange::default()
        };
        answers.push([
            said(groups::join(d, c(), key(), user).await),
            said(groups::get_member(d, &stranger, &key(), user).await),
            said(groups::exclude_member(d, c(), key(), user, true).await),
            said(groups::leave(d, c(), key(), user).await),
            said(groups::get_owner(d, &stranger, &key(), user, USER_ALL).await),
            said(groups::update(d, c(), key(), owners, None, NO_PARTS).await),
        ]);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn nothing_refers_across_tenants() {
    let Two {
        w,
        stranger,
        group,
        user,
    } = two().await;
    let d = &w.directory;
    let create = async |new| complaints(groups::create(d, w.by(&stranger), new, NO_PARTS).await);
    let member = |user| MemberEntry::Existing {
        field: "users/0/id".into(),
        user,
    };
    let members = NewGroup {
        members: vec![member(user.id)],
        ..NewGroup::default()
    };
    assert_eq!(create(members).await, complaint("users/0/id", "unknown"));
    let owners = NewGroup {
        owners: vec![user.number],
        ..NewGroup::default()
    };
    assert_eq!(create(owners).await, complaint("owners/0", "unknown"));
    let below = GroupPatch {
        parent: Patch::Set(Some(GroupKey::Number(group.number))),
        ..GroupPatch::default()
    };
    let child = NewGroup {
        patch: below,
        ..NewGroup::default()
    };
    assert_eq!(create(child).await, complaint("parent", "unknown"));
    for named in [
        GroupRef::Key(GroupKey::Number(group.number)),
        GroupRef::Key(GroupKey::Id(group.id)),
        GroupRef::Key(GroupKey::Code(group.code)),
        GroupRef::Key(GroupKey::External(external())),
        GroupRef::Name("shared".to_owned()),
    ] {
        let entry = GroupEntry {
            field: "Groups/0".into(),
            group: named,
            or: Some(group.id),
        };
        let patch = UserPatch {
            groups: Patch::Set(vec![entry]),
            ..UserPatch::default()
        };
        let joined = users::create(d, w.by(&stranger), NewUser { patch }, USER_ALL).await;
        assert_eq!(complaints(joined), complaint("Groups/0", "unknown"));
    }
    let bound = directory::credentials::create(d, "other", None, Access::Reader, Some(user.id), None).await;
    assert_eq!(missing(bound), model::error::Kind::User);
}

#[tokio::test]
async fn lists_and_keys_are_a_tenants_own() {
    let Two {
        w,
        stranger,
        group,
        user,
    } = two().await;
    let d = &w.directory;
    let groups_of = async |caller: &Caller| {
        let query = ListQuery {
            filter: vec![],
            sort: vec![],
            start: 0,
            limit: 100,
        };
        groups::list(d, caller, &query, GROUP_ALL).await.unwrap()
    };
    let users_of = async |caller: &Caller| {
        let query = ListQuery {
            filter: vec![],
            sort: vec![],
            start: 0,
            limit: 100,
        };
        users::list(d, caller, &query, USER_ALL).await.unwrap()
    };
    assert_eq!(
        (groups_of(&stranger).await.total, users_of(&stranger).await.total),
        (0, 0)
    );
    // The same keys are free in the other tenant.
    let patch = UserPatch {
        external_ids: vec![external_id("erp", Some("1"))],
        ..named("anna").patch
    };
    let new = NewGroup {
        code: Some(code("a")),
        external_ids: vec![external()],
        members: vec![new_member("users/0", NewUser { patch })],
        ..NewGroup::default()
    };
    let theirs = groups::create(d, w.by(&stranger), new, GROUP_ALL).await.unwrap();
    assert_ne!(theirs.group.number, group.number);
    assert_eq!(groups_of(&stranger).await.items, [theirs]);
    assert_eq!(groups_of(&w.admin).await.items[0].group, group);
    assert_eq!(users_of(&w.admin).await.items[0].user, user);
}

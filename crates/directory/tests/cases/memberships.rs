use crate::support::*;
use directory::groups::Deletion::RecycleBin;
use directory::{groups, users};
use model::error::Kind;
use model::groups::{GroupPatch, MemberView, NewGroup};
use model::ids::{GroupNumber, UserNumber};
use model::query::Window;
use model::users::{UserKey, UserPatch};
use model::{Access, Error, Patch, Result};
use serde_json::json;

async fn join(w: &World, group: &str, user: UserNumber) -> Result<MemberView> {
    groups::join(&w.directory, w.context(), by_code(group), user).await
}

async fn exclude(w: &World, group: &str, user: UserNumber, excluded: bool) -> Result<MemberView> {
    groups::exclude_member(&w.directory, w.context(), by_code(group), user, excluded).await
}

async fn leave(w: &World, group: &str, user: UserNumber) -> Result<()> {
    groups::leave(&w.directory, w.context(), by_code(group), user).await
}

async fn rows(w: &World, group: &str) -> Vec<(UserNumber, bool, bool)> {
    let found = groups::list_members(&w.directory, &w.admin, &by_code(group), WINDOW)
        .await
        .unwrap();
    let row = |view: MemberView| (view.membership.user, view.membership.excluded, view.active);
    found.items.into_iter().map(row).collect()
}

async fn count(w: &World, group: &str) -> (i64, i64) {
    let group = w.get(group).await.unwrap().group;
    (group.version, group.member_count)
}

#[tokio::test]
async fn one_comes_is_excluded_and_goes() {
    let w = World::new().await;
    let user = w.user("anna").await.user.number;
    w.group_of("a", &[]).await;
    let view = join(&w, "a", user).await.unwrap();
    assert_eq!(
        (view.membership.user, view.membership.excluded, view.active),
        (user, false, true)
    );
    assert_eq!(count(&w, "a").await, (2, 1));
    let again = join(&w, "a", user).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again:?}");

    let view = exclude(&w, "a", user, true).await.unwrap();
    assert!(view.membership.excluded);
    assert_eq!(count(&w, "a").await, (3, 0));
    assert_eq!(rows(&w, "a").await, [(user, true, true)]);
    assert_eq!(
        shown(&w.get("a").await.unwrap()),
        [],
        "other dialects see no member"
    );
    let event = w.events().await.pop().unwrap();
    assert_eq!(event.changes.len(), 1);
    assert_eq!(event.changes[0].field, format!("members/{user}"));
    assert_eq!(
        event.changes[0].after,
        Some(json!({ "excluded": true, "isParent": false }))
    );

    let position = w.position().await;
    exclude(&w, "a", user, true).await.unwrap();
    let again = join(&w, "a", user).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again:?}");
    assert_eq!(w.position().await, position, "nothing changed, nothing written");

    exclude(&w, "a", user, false).await.unwrap();
    assert_eq!(count(&w, "a").await, (4, 1));
    leave(&w, "a", user).await.unwrap();
    assert_eq!(count(&w, "a").await, (5, 0));
    join(&w, "a", user).await.unwrap();
    exclude(&w, "a", user, true).await.unwrap();
    leave(&w, "a", user).await.unwrap();
    assert_eq!(count(&w, "a").await, (8, 0));
    assert_eq!(rows(&w, "a").await, []);
}

#[tokio::test]
async fn who_is_not_there_is_not_found() {
    let w = World::new().await;
    let user = w.user("anna").await.user.number;
    let unknown = UserNumber::new(99).unwrap();
    w.group_of("a", &[]).await;
    let position = w.position().await;
    for user in [user, unknown] {
        let got = groups::get_member(&w.directory, &w.admin, &by_code("a"), user).await;
        assert_eq!(missing(got), Kind::User);
        assert_eq!(missing(exclude(&w, "a", user, true).await), Kind::User);
        assert_eq!(missing(leave(&w, "a", user).await), Kind::User);
        assert_eq!(missing(join(&w, "b", user).await), Kind::Group);
    }
    assert_eq!(
        complaints(join(&w, "a", unknown).await),
        complaint("user", "unknown")
    );
    assert_eq!(w.position().await, position);
}

#[tokio::test]
async fn who_is_excluded_has_no_parent_there() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let (tenant, user) = (w.admin.tenant, anna.user.number);
    let group = w.group_of("a", &[&anna]).await.group.number;
    w.store()
        .write(async move |tx| store::members::set_parent(tx, tenant, group, user, true).await)
        .await
        .unwrap();
    let view = exclude(&w, "a", user, true).await.unwrap();
    assert!(view.membership.excluded && !view.membership.is_parent);
    let event = w.events().await.pop().unwrap();
    assert_eq!(
        event.changes[0].before,
        Some(json!({ "excluded": false, "isParent": true }))
    );
}

#[tokio::test]
async fn stretches_of_members_and_of_a_users_groups() {
    let w = World::new().await;
    let (anna, bert) = (w.user("anna").await, w.user("bert").await);
    let [a, b] = [&anna, &bert].map(|user| user.user.number);
    let asleep = UserPatch {
        active: Patch::Set(false),
        ..UserPatch::default()
    };
    users::update(
        &w.directory,
        w.context(),
        UserKey::Number(b),
        asleep,
        None,
        USER_ALL,
    )
    .await
    .unwrap();
    w.group_of("a", &[&bert, &anna]).await;
    exclude(&w, "a", a, true).await.unwrap();
    assert_eq!(rows(&w, "a").await, [(a, true, true), (b, false, false)]);
    for (start, limit, users, has_more) in [
        (0, 1, vec![a], true),
        (0, 2, vec![a, b], false),
        (1, 5, vec![b], false),
        (2, 5, vec![], false),
    ] {
        for counted in [false, true] {
            let window = Window {
                start,
                limit,
                counted,
            };
            let found = groups::list_members(&w.directory, &w.admin, &by_code("a"), window)
                .await
                .unwrap();
            let shown: Vec<_> = found.items.iter().map(|view| view.membership.user).collect();
            assert_eq!(
                (shown, found.has_more, found.total),
                (users.clone(), has_more, counted.then_some(2))
            );
        }
    }

    let first = w.get("a").await.unwrap().group.number;
    let binned = w.group_of("b", &[&anna]).await.group.number;
    let last = w.group_of("c", &[&anna]).await.group.number;
    let groups_of = async || -> (Vec<(GroupNumber, bool)>, Option<u64>) {
        let key = UserKey::Number(a);
        let found = users::memberships(&w.directory, &w.admin, &key, WINDOW)
            .await
            .unwrap();
        let row = |view: &MemberView| (view.membership.group, view.membership.excluded);
        (found.items.iter().map(row).collect(), found.total)
    };
    let all = vec![(first, true), (binned, false), (last, false)];
    assert_eq!(groups_of().await, (all, Some(3)));
    w.delete("b", RecycleBin).await.unwrap();
    assert_eq!(groups_of().await, (vec![(first, true), (last, false)], Some(2)));
    let nobody = UserKey::Number(UserNumber::new(99).unwrap());
    let unknown = users::memberships(&w.directory, &w.admin, &nobody, WINDOW).await;
    assert_eq!(missing(unknown), Kind::User);
}

#[tokio::test]
async fn only_owners_change_a_group_of_owners() {
    let w = World::new().await;
    let (owner, anna) = (w.user("owner").await, w.user("anna").await);
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
    let (d, user) = (&w.directory, anna.user.number);
    let owner = w.caller("default", Access::Editor, Some(owner.user.id)).await;
    let editor = w.caller("default", Access::Editor, None).await;
    let reader = w.caller("default", Access::Reader, None).await;
    for caller in [&reader, &editor, &owner] {
        let key = || by_code("a");
        for done in [
            groups::join(d, w.by(caller), key(), user).await.map(drop),
            groups::exclude_member(d, w.by(caller), key(), user, true)
                .await
                .map(drop),
            groups::leave(d, w.by(caller), key(), user).await,
        ] {
            match done {
                Ok(()) => assert_eq!(caller, &owner),
                Err(Error::Forbidden { .. }) => assert_ne!(caller, &owner),
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

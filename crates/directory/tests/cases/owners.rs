use crate::support::*;
use directory::{groups, users};
use model::error::Kind;
use model::groups::{GroupChange, GroupPatch, MAX_OWNERS, NewGroup};
use model::ids::UserNumber;
use model::query::Window;
use model::users::UserKey;
use model::{Access, Error, Patch, Violation};

fn owned_by(owners: &[UserNumber]) -> GroupChange {
    GroupChange {
        owners: Some(owners.to_vec()),
        ..GroupChange::default()
    }
}

#[tokio::test]
async fn owners_are_replaced() {
    let w = World::new().await;
    let (anna, bert, cora) = (w.user("anna").await, w.user("bert").await, w.user("cora").await);
    let [a, b, c] = [&anna, &bert, &cora].map(|user| user.user.number);
    let made = w
        .group(NewGroup {
            code: Some(code("a")),
            owners: vec![b, a, b],
            ..NewGroup::default()
        })
        .await;
    assert_eq!(made.owners, [a, b]);

    let view = w.update("a", owned_by(&[c, b, c])).await.unwrap();
    assert_eq!((view.owners.clone(), view.group.version), (vec![b, c], 2));
    let event = w.events().await.pop().unwrap();
    let fields: Vec<String> = event.changes.iter().map(|change| change.field.clone()).collect();
    assert_eq!(fields, [format!("owners/{a}"), format!("owners/{c}")]);

    let position = w.position().await;
    assert_eq!(w.update("a", owned_by(&[b, c])).await.unwrap(), view);
    assert_eq!(w.update("a", GroupChange::default()).await.unwrap(), view);
    assert_eq!(w.position().await, position);

    let unknown = UserNumber::new(999).unwrap();
    assert_eq!(
        complaints(w.update("a", owned_by(&[a, unknown])).await),
        complaint("owners/1", "unknown")
    );
    assert_eq!(
        complaints(w.update("a", owned_by(&vec![a; MAX_OWNERS + 1])).await),
        complaint("owners", "maxItems")
    );
    assert_eq!(w.get("a").await.unwrap(), view);
    assert_eq!(w.update("a", owned_by(&[])).await.unwrap().owners, []);
}

#[tokio::test]
async fn owners_are_listed_and_read() {
    let w = World::new().await;
    let (anna, bert) = (w.user("anna").await, w.user("bert").await);
    let stranger = w.user("stranger").await.user.number;
    let [a, b] = [&anna, &bert].map(|user| user.user.number);
    w.group(NewGroup {
        code: Some(code("a")),
        owners: vec![a, b],
        ..NewGroup::default()
    })
    .await;
    let (d, key) = (&w.directory, by_code("a"));
    for (start, limit, items, has_more) in [
        (0, 2, vec![a, b], false),
        (0, 1, vec![a], true),
        (1, 1, vec![b], false),
        (2, 1, vec![], false),
    ] {
        for counted in [false, true] {
            let window = Window {
                start,
                limit,
                counted,
            };
            let found = groups::list_owners(d, &w.admin, &key, window).await.unwrap();
            assert_eq!(
                (found.items, found.has_more, found.total),
                (items.clone(), has_more, counted.then_some(2))
            );
        }
    }
    let owner = groups::get_owner(d, &w.admin, &key, b, USER_ALL).await.unwrap();
    assert_eq!(owner, bert);
    let none = groups::get_owner(d, &w.admin, &key, stranger, USER_ALL).await;
    assert_eq!(missing(none), Kind::User);
    let nowhere = groups::get_owner(d, &w.admin, &by_code("b"), b, USER_ALL).await;
    assert_eq!(missing(nowhere), Kind::Group);
}

#[tokio::test]
async fn codes_change_and_stay_unique() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    w.group_of("b", &[]).await;
    let renamed = |text: &str| GroupChange {
        code: Patch::Set(code(text)),
        ..GroupChange::default()
    };
    let taken = w.update("a", renamed("b")).await;
    assert_eq!(
        taken,
        Err(Error::Exists {
            kind: Kind::Group,
            field: "code"
        })
    );
    let view = groups::update(
        &w.directory,
        w.context(),
        model::groups::GroupKey::Number(w.get("a").await.unwrap().group.number),
        renamed("c"),
        None,
        GROUP_ALL,
    )
    .await
    .unwrap();
    assert_eq!((view.group.code.as_str(), view.group.version), ("c", 2));
    assert_eq!(missing(w.get("a").await), Kind::Group);
    assert_eq!(w.get("c").await.unwrap(), view);
}

#[tokio::test]
async fn a_name_that_may_only_stay() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    let named = |text: &str| GroupChange {
        patch: GroupPatch {
            name: Patch::Set(name(text)),
            ..GroupPatch::default()
        },
        unless_same_name: Some(Violation::new("name", "minLength", "is too short")),
        ..GroupChange::default()
    };
    assert_eq!(w.update("a", named("")).await.unwrap().group.version, 1);
    assert_eq!(
        complaints(w.update("a", named("b")).await),
        complaint("name", "minLength")
    );
}

#[tokio::test]
async fn a_group_ends_after_it_begins() {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    let at = |seconds| Patch::Set(Some(w.clock.now() + chrono::Duration::seconds(seconds)));
    let from = |from, until| {
        patch(GroupPatch {
            active_from: from,
            active_until: until,
            ..GroupPatch::default()
        })
    };
    w.update("a", from(at(10), at(10))).await.unwrap();
    for change in [
        from(at(20), Patch::Keep),
        from(Patch::Keep, at(5)),
        from(at(30), at(29)),
    ] {
        assert_eq!(
            complaints(w.update("a", change).await),
            complaint("activeUntil", "conflict")
        );
    }
    w.update("a", from(Patch::Set(None), at(5))).await.unwrap();
}

#[tokio::test]
async fn who_is_gone_is_left_out_where_only_the_present_are_wanted() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let editor = w.caller("default", Access::Editor, Some(anna.user.id)).await;
    let new = NewGroup {
        code: Some(code("a")),
        ..NewGroup::default()
    };
    let made = groups::create(&w.directory, w.by(&editor), new, GROUP_ALL)
        .await
        .unwrap();
    assert_eq!(made.group.created_by, editor.actor);
    directory::credentials::revoke(&w.directory, &editor.actor.client_id)
        .await
        .unwrap();
    users::delete(&w.directory, w.context(), UserKey::Id(anna.user.id), None)
        .await
        .unwrap();
    let view = w.get("a").await.unwrap();
    for actor in [&view.group.created_by, &view.group.updated_by] {
        assert_eq!((actor.user, &actor.client_id), (None, &editor.actor.client_id));
    }
    let kept = groups::get(&w.directory, &w.admin, &by_code("a"), NO_PARTS)
        .await
        .unwrap();
    assert_eq!(kept.group.created_by, editor.actor);
}

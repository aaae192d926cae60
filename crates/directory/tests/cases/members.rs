use crate::support::*;
use directory::groups;
use model::error::Kind;
use model::groups::{GroupKey, MAX_EMBEDDED_MEMBERS, Members, Membership, NewGroup};
use model::ids::{UserId, UserNumber};
use model::query::ListQuery;
use model::users::{UserKey, UserView};
use model::{Error, Result};

/// Excludes a user, as the dialect that knows exclusion will.
pub async fn exclude(w: &World, group: &str, user: &UserView) {
    let (tenant, user) = (w.admin.tenant, user.user.number);
    let group = w.get(group).await.unwrap().group.number;
    let row = Membership {
        group,
        user,
        excluded: true,
        is_parent: false,
    };
    let store = w.store();
    store
        .write(async move |tx| store::members::insert(tx, tenant, std::slice::from_ref(&row)).await)
        .await
        .unwrap();
}

pub async fn rows(w: &World, group: &str) -> Vec<(UserNumber, bool)> {
    let group = w.get(group).await.unwrap().group.number;
    let rows = w
        .store()
        .read(async |db| store::members::of_group(db, w.admin.tenant, group).await)
        .await;
    rows.unwrap()
        .into_iter()
        .map(|row| (row.user, row.excluded))
        .collect()
}

#[tokio::test]
async fn members_come_and_go() {
    let w = World::new().await;
    let (anna, bert, cora) = (w.user("anna").await, w.user("bert").await, w.user("cora").await);
    let numbers = |users: &[&UserView]| users.iter().map(|user| user.user.number).collect::<Vec<_>>();
    w.group_of("a", &[&bert]).await;

    let view = w
        .add("a", vec![existing(cora.user.id), existing(bert.user.id)])
        .await
        .unwrap();
    assert_eq!(shown(&view), numbers(&[&bert, &cora]));
    assert_eq!((view.group.version, view.group.member_count), (2, 2));

    let view = w
        .update("a", members(vec![existing(anna.user.id), existing(cora.user.id)]))
        .await
        .unwrap();
    assert_eq!(shown(&view), numbers(&[&anna, &cora]));
    assert_eq!((view.group.version, view.group.member_count), (3, 2));

    w.remove("a", &[&anna, &anna, &bert]).await.unwrap();
    let view = w.get("a").await.unwrap();
    assert_eq!(shown(&view), numbers(&[&cora]));
    assert_eq!((view.group.version, view.group.member_count), (4, 1));

    let view = w.update("a", members(vec![])).await.unwrap();
    assert_eq!((shown(&view), view.group.member_count), (vec![], 0));
    let unchanged = w.user("anna2").await;
    assert_eq!(
        unchanged.user.version, 1,
        "a user's version does not move with his memberships"
    );
}

#[tokio::test]
async fn who_is_named_twice_is_a_member_once() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let twice = || vec![existing(anna.user.id), existing(anna.user.id)];
    let made = w
        .group(NewGroup {
            code: Some(code("a")),
            members: twice(),
            ..NewGroup::default()
        })
        .await;
    assert_eq!((shown(&made).len(), made.group.member_count), (1, 1));
    w.group_of("b", &[]).await;
    assert_eq!(w.add("b", twice()).await.unwrap().group.member_count, 1);
    assert_eq!(
        w.update("b", members(twice())).await.unwrap().group.member_count,
        1
    );
}

#[tokio::test]
async fn unknown_users_are_named_and_nothing_is_written() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    w.group_of("a", &[&anna]).await;
    let ghost = |field: &str| model::groups::MemberEntry::Existing {
        field: field.to_owned(),
        user: UserId(uuid::Uuid::nil()),
    };
    let entries = || {
        vec![
            new_member("users/0", named("new")),
            existing(anna.user.id),
            ghost("users/2/id"),
            ghost("users/3/id"),
        ]
    };
    let both = vec![
        ("users/2/id".to_owned(), "unknown"),
        ("users/3/id".to_owned(), "unknown"),
    ];
    let position = w.position().await;
    let new = NewGroup {
        code: Some(code("b")),
        members: entries(),
        ..NewGroup::default()
    };
    assert_eq!(
        complaints(groups::create(&w.directory, w.context(), new, NO_PARTS).await),
        both
    );
    assert_eq!(complaints(w.add("a", entries()).await), both);
    assert_eq!(complaints(w.update("a", members(entries())).await), both);
    let keys = vec![
        UserKey::Id(anna.user.id),
        UserKey::Id(UserId(uuid::Uuid::nil())),
        UserKey::Number(UserNumber::new(99).unwrap()),
    ];
    let removed = groups::remove_members(&w.directory, w.context(), by_code("a"), keys, None).await;
    assert_eq!(
        complaints(removed),
        vec![("1".to_owned(), "unknown"), ("2".to_owned(), "unknown")]
    );
    assert_eq!(w.position().await, position);
    assert_eq!(w.get("a").await.unwrap().group.version, 1);
    // The group comes first.
    assert_eq!(missing(w.add("b", entries()).await), Kind::Group);
}

#[tokio::test]
async fn new_users_are_made_in_the_same_write_or_not_at_all() {
    let w = World::new().await;
    let position = w.position().await;
    let entries = vec![
        new_member("users/0", named("anna")),
        new_member("users/1", named("bert")),
    ];
    let made = w
        .group(NewGroup {
            code: Some(code("a")),
            members: entries,
            ..NewGroup::default()
        })
        .await;
    let Members::All(users) = &made.members else {
        panic!()
    };
    let names: Vec<_> = users
        .iter()
        .map(|user| user.user.fields.user_name.as_str())
        .collect();
    assert_eq!(names, ["anna", "bert"]);
    assert_eq!(
        w.position().await,
        position + 1,
        "one event for the group and its users"
    );

    let taken = NewGroup {
        code: Some(code("a")),
        members: vec![new_member("users/0", named("dora"))],
        ..NewGroup::default()
    };
    let exists = Err(Error::Exists {
        kind: Kind::Group,
        field: "code",
    });
    assert_eq!(
        groups::create(&w.directory, w.context(), taken, NO_PARTS).await,
        exists
    );
    assert_eq!(
        w.user("dora").await.user.version,
        1,
        "the user went with the group"
    );

    let entries = || {
        vec![
            new_member("users/0", named("cora")),
            new_member("users/1", named("ANNA")),
        ]
    };
    let exists = || {
        Err(Error::Exists {
            kind: Kind::User,
            field: "userName",
        })
    };
    assert_eq!(w.add("a", entries()).await, exists());
    assert_eq!(w.update("a", members(entries())).await, exists());
    assert_eq!(w.position().await, position + 2);
    let key = by_code("a");
    let added = groups::add_members(
        &w.directory,
        w.context(),
        key,
        vec![new_member("users/0", named("cora"))],
        None,
        GROUP_ALL,
    );
    assert_eq!(added.await.unwrap().group.member_count, 3);
}

#[tokio::test]
async fn excluded_users_are_no_members_until_they_are_added() {
    let w = World::new().await;
    let (anna, bert, cora) = (w.user("anna").await, w.user("bert").await, w.user("cora").await);
    w.group_of("a", &[&anna]).await;
    exclude(&w, "a", &bert).await;
    exclude(&w, "a", &cora).await;
    let [a, b, c] = [&anna, &bert, &cora].map(|user| user.user.number);
    assert_eq!(shown(&w.get("a").await.unwrap()), [a]);

    w.remove("a", &[&bert]).await.unwrap();
    assert_eq!(w.get("a").await.unwrap().group.version, 1, "he was no member");

    let view = w
        .update("a", members(vec![existing(bert.user.id)]))
        .await
        .unwrap();
    assert_eq!((shown(&view), view.group.member_count), (vec![b], 1));
    assert_eq!(
        rows(&w, "a").await,
        [(b, false), (c, true)],
        "who is not named stays excluded"
    );

    let view = w.add("a", vec![existing(cora.user.id)]).await.unwrap();
    assert_eq!((shown(&view), view.group.member_count), (vec![b, c], 2));
    assert_eq!(rows(&w, "a").await, [(b, false), (c, false)]);
}

#[tokio::test]
async fn groups_with_very_many_members_are_shown_without_them() {
    let w = World::new().await;
    let users = (0..=MAX_EMBEDDED_MEMBERS).map(|i| new_member("users/0", named(&format!("user {i}"))));
    let many: Vec<_> = users.collect();
    let made = w
        .group(NewGroup {
            code: Some(code("many")),
            members: many,
            ..NewGroup::default()
        })
        .await;
    assert_eq!(
        (made.group.member_count, made.members),
        (MAX_EMBEDDED_MEMBERS + 1, Members::TooMany)
    );

    // One fewer is shown; and on a page, as many groups as fit together.
    let first = UserKey::Number(UserNumber::new(1).unwrap());
    let key = || GroupKey::Code(code("many"));
    groups::remove_members(&w.directory, w.context(), key(), vec![first], None)
        .await
        .unwrap();
    let full = w.get("many").await.unwrap();
    assert_eq!(shown(&full).len(), 1000);
    let ids = || -> Vec<_> {
        let Members::All(users) = &full.members else {
            panic!()
        };
        users.iter().map(|user| existing(user.user.id)).collect()
    };
    for i in 0..10 {
        let text = code(&format!("copy {i}"));
        w.group(NewGroup {
            code: Some(text),
            members: ids(),
            ..NewGroup::default()
        })
        .await;
    }
    w.group_of("small", &[]).await;
    let query = ListQuery {
        filter: vec![],
        sort: vec![],
        start: 0,
        limit: 100,
    };
    let page = groups::list(&w.directory, &w.admin, &query, GROUP_ALL)
        .await
        .unwrap();
    let embedded: Vec<bool> = page
        .items
        .iter()
        .map(|item| matches!(item.members, Members::All(_)))
        .collect();
    assert_eq!(embedded, [[true; 10].as_slice(), &[false, true]].concat());
}

#[tokio::test]
async fn parallel_changes_are_all_kept() -> Result<()> {
    let w = World::new().await;
    w.group_of("a", &[]).await;
    let mut users = Vec::new();
    for i in 0..50 {
        users.push(w.user(&format!("user {i}")).await.user.id);
    }
    let adds: Vec<_> = users
        .iter()
        .map(|user| {
            let (directory, context, entries) = (w.directory.clone(), w.context(), vec![existing(*user)]);
            tokio::spawn(async move {
                groups::add_members(&directory, context, by_code("a"), entries, None, NO_PARTS).await
            })
        })
        .collect();
    let mut versions = Vec::new();
    for add in adds {
        versions.push(add.await.unwrap()?.group.version);
    }
    versions.sort_unstable();
    assert_eq!(versions, (2..=51).collect::<Vec<_>>());
    assert_eq!(w.get("a").await?.group.member_count, 50);
    Ok(())
}

#[tokio::test]
async fn of_fifty_equal_creates_one_wins() {
    let w = World::new().await;
    let position = w.position().await;
    let creates: Vec<_> = (0..50)
        .map(|_| {
            let (directory, context) = (w.directory.clone(), w.context());
            let members = vec![new_member("users/0", named("anna"))];
            let new = NewGroup {
                code: Some(code("a")),
                members,
                ..NewGroup::default()
            };
            tokio::spawn(async move { groups::create(&directory, context, new, NO_PARTS).await })
        })
        .collect();
    let mut won = 0;
    for create in creates {
        match create.await.unwrap() {
            Ok(_) => won += 1,
            Err(Error::Exists { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((won, w.position().await), (1, position + 1));
    assert_eq!(w.get("a").await.unwrap().group.member_count, 1);
}

//! Many groups or users in one request, each for itself.

use crate::support::*;
use directory::bulk::{Done, Item, MAX_ITEMS, Step};
use directory::groups::GroupItem;
use directory::users::UserItem;
use directory::{groups, users};
use model::error::Kind;
use model::groups::{ExternalId, GroupChange, GroupKey, GroupPatch, NewGroup};
use model::ids::GroupNumber;
use model::users::{NewUser, UserKey, UserPatch};
use model::{Access, Error, Patch, Result};

/// A group of this identifier, which gets this name and this parent.
fn item(value: &str, text: &str, parent: Option<GroupKey>) -> GroupItem {
    let id = ExternalId {
        source: "erp".into(),
        value: value.into(),
    };
    let patch = GroupPatch {
        name: Patch::Set(name(text)),
        parent: parent.map_or(Patch::Keep, |key| Patch::Set(Some(key))),
        ..GroupPatch::default()
    };
    Item {
        key: GroupKey::External(id.clone()),
        decide: Box::new(move |stored| {
            Ok(match stored {
                Some(_) => Step::Change(crate::support::patch(patch.clone())),
                None => Step::Create(NewGroup {
                    patch: patch.clone(),
                    external_ids: vec![id.clone()],
                    ..NewGroup::default()
                }),
            })
        }),
    }
}

fn key(value: &str) -> GroupKey {
    GroupKey::External(ExternalId {
        source: "erp".into(),
        value: value.into(),
    })
}

async fn bulk(w: &World, items: Vec<GroupItem>) -> Result<Vec<Result<Done<GroupNumber>>>> {
    groups::bulk(&w.directory, w.context(), items).await
}

async fn get(w: &World, value: &str) -> Result<model::groups::GroupView> {
    groups::get(&w.directory, &w.admin, &key(value), GROUP_ALL).await
}

#[tokio::test]
async fn each_item_succeeds_or_fails_by_itself() -> Result<()> {
    let w = World::new().await;
    bulk(&w, vec![item("1", "one", None)]).await?;
    let position = w.position().await;
    let done = bulk(
        &w,
        vec![
            item("1", "uno", None),
            item("2", "two", Some(key("1"))),
            item("3", "three", Some(key("nowhere"))),
            item("4", "four", Some(key("2"))),
            item("1", "uno", None),
            item("4", "four", Some(key("4"))),
        ],
    )
    .await?;
    let created: Vec<_> = done
        .iter()
        .map(|done| done.as_ref().ok().map(|done| done.created))
        .collect();
    assert_eq!(
        created,
        [Some(false), Some(true), None, Some(true), Some(false), None]
    );
    assert_eq!(complaints(done[2].clone()), complaint("parent", "unknown"));
    assert_eq!(complaints(done[5].clone()), complaint("parent", "conflict"));
    let two = get(&w, "2").await?.group;
    assert_eq!(two.number, done[1].clone()?.number);
    assert_eq!(two.fields.parent, Some(done[0].clone()?.number));
    assert_eq!(
        get(&w, "4").await?.group.fields.parent,
        Some(two.number),
        "it sees what came before"
    );
    assert_eq!(
        get(&w, "3").await.map(drop),
        Err(Error::not_found(Kind::Group, "3"))
    );

    let events = w.events().await;
    assert_eq!(
        events.len(),
        position + 3,
        "one for each item that changed something"
    );
    let about: Vec<_> = events[position..]
        .iter()
        .map(|event| event.changes[0].number)
        .collect();
    let numbers: Vec<i64> = [0, 1, 3]
        .map(|i: usize| done[i].clone().unwrap().number.get())
        .into();
    assert_eq!(about, numbers);
    let requests: Vec<_> = events[position..].iter().map(|event| event.request).collect();
    assert!(requests.iter().all(|request| *request == requests[0]));
    let verdicts = directory::audit::verify(&w.directory, None).await?;
    assert!(verdicts.iter().all(|(_, verdict)| verdict.holds()));
    Ok(())
}

#[tokio::test]
async fn a_taken_key_undoes_its_item_alone() -> Result<()> {
    let w = World::new().await;
    bulk(&w, vec![item("1", "one", None)]).await?;
    let position = w.position().await;
    // Changes the name first, then collides on the identifier.
    let taken = Item {
        key: GroupKey::Lookup(model::lookup::Lookup::external("2")),
        decide: Box::new(|_| {
            Ok(Step::Change(GroupChange {
                external_ids: vec![external_id("erp", Some("1"))],
                ..patch(GroupPatch {
                    name: Patch::Set(name("taken")),
                    ..GroupPatch::default()
                })
            }))
        }),
    };
    let done = bulk(&w, vec![item("2", "two", None), taken, item("3", "three", None)]).await?;
    assert!(done[0].is_ok() && done[2].is_ok(), "{done:?}");
    let exists = Error::Exists {
        kind: Kind::Group,
        field: "externalId",
    };
    assert_eq!(done[1], Err(exists));
    assert_eq!(get(&w, "2").await?.group.fields.name, name("two"));
    assert_eq!(w.position().await, position + 2);
    Ok(())
}

#[tokio::test]
async fn what_the_caller_decides_is_the_answer() -> Result<()> {
    let w = World::new().await;
    let seen = || Item {
        key: key("1"),
        decide: Box::new(|stored: Option<&model::groups::GroupView>| {
            let ids = stored.map(|view| view.external_ids.len());
            Err(Error::Conflict {
                reason: format!("{ids:?}"),
            })
        }),
    };
    let change = Item {
        key: key("2"),
        decide: Box::new(|_: Option<&_>| Ok(Step::Change(GroupChange::default()))),
    };
    let reason = |text: &str| {
        Err(Error::Conflict {
            reason: text.to_owned(),
        })
    };
    let done = bulk(&w, vec![seen(), item("1", "one", None), seen(), change]).await?;
    assert_eq!(
        (done[0].clone(), done[2].clone()),
        (reason("None"), reason("Some(1)"))
    );
    assert_eq!(
        done[3],
        Err(Error::not_found(Kind::Group, "2")),
        "nothing to be changed"
    );
    let long = item("5", "five", None);
    let refused = Item {
        decide: Box::new(move |stored| {
            let mut step = (long.decide)(stored)?;
            if let Step::Create(new) = &mut step {
                new.patch.office = Patch::Set(Some("\u{1}".to_owned()));
            }
            Ok(step)
        }),
        key: key("5"),
    };
    let done = bulk(&w, vec![refused]).await?;
    assert_eq!(complaints(done[0].clone()), complaint("office", "pattern"));
    Ok(())
}

#[tokio::test]
async fn the_whole_is_refused_to_readers_and_beyond_its_bound() -> Result<()> {
    let w = World::new().await;
    let reader = w.caller("default", Access::Reader, None).await;
    let position = w.position().await;
    let refused = groups::bulk(&w.directory, w.by(&reader), vec![item("1", "one", None)]).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let many = || {
        (0..=MAX_ITEMS)
            .map(|i| item(&i.to_string(), "x", None))
            .collect::<Vec<_>>()
    };
    assert_eq!(complaints(bulk(&w, many()).await), complaint("items", "maxItems"));
    assert_eq!(w.position().await, position);
    let fitting = many().into_iter().take(MAX_ITEMS).collect();
    let done = bulk(&w, fitting).await?;
    assert!(done.iter().all(Result::is_ok));
    assert_eq!(w.position().await, position + MAX_ITEMS);
    Ok(())
}

#[tokio::test]
async fn owners_guard_their_groups_in_bulk_too() -> Result<()> {
    let w = World::new().await;
    bulk(&w, vec![item("1", "one", None), item("2", "two", None)]).await?;
    let guard = GroupPatch {
        only_owners_edit: Patch::Set(true),
        ..GroupPatch::default()
    };
    groups::update(&w.directory, w.context(), key("1"), patch(guard), None, NO_PARTS).await?;
    let editor = w.caller("default", Access::Editor, None).await;
    let items = vec![item("1", "uno", None), item("2", "due", None)];
    let done = groups::bulk(&w.directory, w.by(&editor), items).await?;
    assert!(matches!(done[0], Err(Error::Forbidden { .. })));
    assert!(done[1].is_ok());
    assert_eq!(get(&w, "1").await?.group.fields.name, name("one"));
    Ok(())
}

fn user(value: &str, text: &str, parent: Option<GroupKey>) -> UserItem {
    let patch = UserPatch {
        parent: Patch::Set(parent),
        external_ids: vec![external_id("erp", Some(value))],
        ..named(text).patch
    };
    Item {
        key: UserKey::External(ExternalId {
            source: "erp".into(),
            value: value.into(),
        }),
        decide: Box::new(move |stored| {
            let patch = patch.clone();
            Ok(match stored {
                Some(_) => Step::Change(patch),
                None => Step::Create(NewUser { patch }),
            })
        }),
    }
}

#[tokio::test]
async fn users_too() -> Result<()> {
    let w = World::new().await;
    bulk(&w, vec![item("1", "one", None)]).await?;
    let position = w.position().await;
    let items = vec![
        user("1", "anna", Some(key("1"))),
        user("2", "ANNA", None),
        user("3", "bert", Some(key("2"))),
        user("1", "anna", None),
        user("1", "anna", None),
    ];
    let done = users::bulk(&w.directory, w.context(), items).await?;
    let exists = Error::Exists {
        kind: Kind::User,
        field: "userName",
    };
    assert_eq!(done[1], Err(exists));
    assert_eq!(complaints(done[2].clone()), complaint("parent", "unknown"));
    let created: Vec<_> = [0, 3, 4]
        .iter()
        .map(|i: &usize| done[*i].clone().unwrap().created)
        .collect();
    assert_eq!(created, [true, false, false]);
    assert_eq!(w.position().await, position + 2, "the last one changed nothing");
    assert_eq!(get(&w, "1").await?.group.version, 3);
    let page = model::query::ListQuery {
        filter: vec![],
        sort: vec![],
        start: 0,
        limit: 10,
    };
    assert_eq!(
        users::list(&w.directory, &w.admin, &page, USER_ALL).await?.total,
        1
    );
    let reader = w.caller("default", Access::Reader, None).await;
    let refused = users::bulk(&w.directory, w.by(&reader), vec![user("1", "x", None)]).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    Ok(())
}

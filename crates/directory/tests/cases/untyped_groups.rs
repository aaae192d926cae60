//! Groups without a type count as groups of the default type, so that no dialect's groups are hidden from another.

use crate::support::*;
use crate::typed_groups::{TYPED, pairs, typed};
use directory::groups::Rename;
use directory::{group_types, groups, users};
use model::Patch;
use model::group_types::{GroupTypeFields, Person, Sharing};
use model::groups::{GroupKey, GroupParts, GroupPatch, NewGroup};
use model::ids::GroupNumber;
use model::users::{UserKey, UserView};

/// A world with the types Household and Group, of which the second is the default.
async fn world() -> World {
    let w = World::new().await;
    w.group_type("Household").await;
    let default = GroupTypeFields {
        is_default: true,
        ..type_named("Group")
    };
    group_types::create(&w.directory, w.context(), vec![default])
        .await
        .unwrap();
    w
}

/// A group of this name without a type, with these members.
async fn untyped(w: &World, text: &str, members: &[&UserView]) -> GroupNumber {
    let new = NewGroup {
        patch: GroupPatch {
            name: Patch::Set(name(text)),
            ..GroupPatch::default()
        },
        members: members.iter().map(|view| existing(view.user.id)).collect(),
        ..NewGroup::default()
    };
    w.group(new).await.group.number
}

async fn seen(w: &World, user: &UserView) -> Vec<String> {
    let key = UserKey::Number(user.user.number);
    let view = users::get(&w.directory, &w.admin, &key, TYPED).await.unwrap();
    let pair = |(of, name): &(String, String)| format!("{of}/{name}");
    pairs(&view).iter().map(pair).collect()
}

async fn set(w: &World, user: &UserView, entries: &[(&str, &str)]) {
    let key = UserKey::Number(user.user.number);
    users::update(&w.directory, w.context(), key, typed(entries, false), None, TYPED)
        .await
        .unwrap();
}

async fn names(w: &World) -> Vec<String> {
    let all = group_types::names(&w.directory, &w.admin, None).await.unwrap();
    let shown = all.unwrap().into_iter().flat_map(|one| {
        let of = one.group_type.fields.name;
        let text = move |name: model::text::Name| format!("{}/{}", of.as_str(), name.as_str());
        one.names.into_iter().map(text)
    });
    shown.collect()
}

async fn count(w: &World, group: GroupNumber) -> i64 {
    let key = GroupKey::Number(group);
    let view = groups::get(&w.directory, &w.admin, &key, GroupParts::default()).await;
    view.unwrap().group.member_count
}

#[tokio::test]
async fn they_are_seen_where_types_are_asked_for() {
    let w = world().await;
    let (jo, kim) = (w.user("jo").await, w.user("kim").await);
    untyped(&w, "Staff", &[&jo, &kim]).await;
    untyped(&w, "", &[&jo]).await;
    set(&w, &jo, &[("Household", "Smith"), ("Group", "Staff")]).await;
    assert_eq!(
        seen(&w, &jo).await,
        ["Group/Staff", "Household/Smith"],
        "no nameless one"
    );
    assert_eq!(names(&w).await, ["Household/Smith", "Group/Staff"]);
    for name in [None, Some("staff")] {
        let person = Person::Number(jo.user.number);
        let found = group_types::sharing(&w.directory, &w.admin, &person, "group", name, TYPED).await;
        let Ok(Sharing::All(all)) = found else {
            panic!("{found:?}")
        };
        assert_eq!(all.len(), 2);
    }
}

#[tokio::test]
async fn without_a_default_type_they_are_no_groups_of_types() {
    let w = world().await;
    let jo = w.user("jo").await;
    let staff = untyped(&w, "Staff", &[&jo]).await;
    let types = group_types::list(&w.directory, &w.admin).await.unwrap();
    let none = |known: &model::group_types::GroupType| {
        Ok(GroupTypeFields {
            is_default: false,
            ..known.fields.clone()
        })
    };
    let default = types.last().unwrap().number;
    group_types::change(&w.directory, w.context(), default, none)
        .await
        .unwrap();
    assert!(seen(&w, &jo).await.is_empty());
    assert!(names(&w).await.is_empty());
    set(&w, &jo, &[("Group", "Staff")]).await;
    assert_eq!(count(&w, staff).await, 1, "another group of that name was made");
    set(&w, &jo, &[]).await;
    assert_eq!(count(&w, staff).await, 1, "it is left alone");
}

#[tokio::test]
async fn they_are_joined_and_left_by_name() {
    let w = world().await;
    let (jo, kim) = (w.user("jo").await, w.user("kim").await);
    let first = untyped(&w, "Staff", &[]).await;
    let second = untyped(&w, "STAFF", &[&kim]).await;
    let position = w.position().await;
    set(&w, &kim, &[("Group", "staff")]).await;
    assert_eq!(
        w.position().await,
        position,
        "who is in one of them stays where he is"
    );
    set(&w, &jo, &[("Group", "Staff")]).await;
    assert_eq!(
        (count(&w, first).await, count(&w, second).await),
        (1, 1),
        "the first"
    );
    assert_eq!(names(&w).await, ["Group/Staff"], "a name is told once");
    set(&w, &jo, &[]).await;
    assert_eq!(count(&w, first).await, 0);
    assert!(seen(&w, &jo).await.is_empty());
    assert_eq!(names(&w).await, ["Group/STAFF"]);
}

#[tokio::test]
async fn they_are_renamed_and_merged_by_name() {
    let w = world().await;
    let (jo, kim) = (w.user("jo").await, w.user("kim").await);
    let first = untyped(&w, "Staff", &[&jo, &kim]).await;
    untyped(&w, "staff", &[&kim]).await;
    let rename = |old: &str, new: &str| Rename {
        group_type: "Group".to_owned(),
        old: old.to_owned(),
        new: name(new),
        merge: true,
    };
    let (_, group) = groups::rename(&w.directory, w.context(), rename("STAFF", "Crew"))
        .await
        .unwrap();
    assert_eq!(group.number, first);
    assert_eq!(seen(&w, &kim).await, ["Group/Crew", "Group/Crew"], "each of them");
    let hands = untyped(&w, "Hands", &[&jo]).await;
    let position = w.position().await;
    groups::rename(&w.directory, w.context(), rename("crew", "hands"))
        .await
        .unwrap();
    assert_eq!(w.position().await, position + 1, "one event");
    assert_eq!(
        (seen(&w, &kim).await, seen(&w, &jo).await),
        (vec!["Group/Hands".to_owned()], vec!["Group/Hands".to_owned()])
    );
    assert_eq!(count(&w, hands).await, 2);
}

//! The groups with a type that a user is in: found or made by type and name.

use crate::members::exclude;
use crate::support::*;
use directory::groups::Deletion::{ForGood, RecycleBin};
use directory::{group_types, groups, tenants, users};
use model::error::Kind;
use model::group_types::{GroupType, GroupTypeFields, TypedEntry, TypedGroups};
use model::groups::{GroupKey, GroupPatch, NewGroup};
use model::users::{NewUser, UserGroupParts, UserGroups, UserKey, UserParts, UserPatch, UserView};
use model::{Access, Caller, Error, Patch, Result};

pub const TYPED: UserParts = UserParts {
    external_ids: false,
    grants: false,
    groups: UserGroupParts::Typed,
    parent: false,
};

pub fn typed(entries: &[(&str, &str)], keep_others: bool) -> UserPatch {
    let entries = entries.iter().enumerate().map(|(i, (of, text))| TypedEntry {
        field: format!("Groups/{i}"),
        group_type: (*of).to_owned(),
        name: name(text),
    });
    let entries = entries.collect();
    UserPatch {
        typed_groups: Patch::Set(TypedGroups { entries, keep_others }),
        ..UserPatch::default()
    }
}

pub async fn person(w: &World, entries: &[(&str, &str)]) -> UserView {
    let new = NewUser {
        patch: typed(entries, false),
    };
    users::create(&w.directory, w.context(), new, TYPED)
        .await
        .unwrap()
}

async fn set_by(w: &World, caller: &Caller, user: &UserView, patch: UserPatch) -> Result<UserView> {
    let key = UserKey::Number(user.user.number);
    users::update(&w.directory, w.by(caller), key, patch, None, TYPED).await
}

async fn set(w: &World, user: &UserView, entries: &[(&str, &str)]) -> Result<UserView> {
    set_by(w, &w.admin, user, typed(entries, false)).await
}

/// Type and name of each.
pub fn pairs(view: &UserView) -> Vec<(String, String)> {
    let UserGroups::All(all) = &view.groups else {
        panic!("the groups are {:?}", view.groups)
    };
    let text = |name: &model::text::Name| name.as_str().to_owned();
    all.iter()
        .map(|group| (text(group.type_name.as_ref().unwrap()), text(&group.name)))
        .collect()
}

fn owned(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let pair = |(of, name): &(&str, &str)| ((*of).to_owned(), (*name).to_owned());
    all.iter().map(pair).collect()
}

#[tokio::test]
async fn groups_are_found_or_made() {
    let w = World::new().await;
    w.group_type("Household").await;
    w.group_type("Team").await;
    let position = w.position().await;
    let jo = person(
        &w,
        &[("household", "Smith"), ("HOUSEHOLD", "SMITH"), ("Team", "Blue")],
    )
    .await;
    let first = [("Household", "Smith"), ("Team", "Blue")];
    assert_eq!(pairs(&jo), owned(&first), "each once");
    assert_eq!(w.position().await, position + 1, "one event");
    let kim = person(&w, &[("Household", "sMITH")]).await;
    assert_eq!(pairs(&kim), owned(&first[..1]), "called as it was made");
    let UserGroups::All(shown) = &kim.groups else {
        panic!()
    };
    let key = GroupKey::Number(shown[0].number);
    let group = groups::get(&w.directory, &w.admin, &key, GROUP_ALL)
        .await
        .unwrap();
    assert_eq!(group.group.member_count, 2);
    assert_eq!(group.group.code.as_str(), group.group.id.to_string());
    assert_eq!(
        shown_numbers(&group),
        [jo.user.number, kim.user.number].map(model::ids::UserNumber::get)
    );
}

fn shown_numbers(view: &model::groups::GroupView) -> Vec<i64> {
    shown(view).into_iter().map(model::ids::UserNumber::get).collect()
}

#[tokio::test]
async fn other_groups_stay_or_are_left() {
    let w = World::new().await;
    w.group_type("Household").await;
    let jo = person(&w, &[("Household", "Smith")]).await;
    w.group_of("plain", &[&jo]).await;
    let added = set_by(&w, &w.admin, &jo, typed(&[("Household", "Jones")], true)).await;
    let both = owned(&[("Household", "Smith"), ("Household", "Jones")]);
    assert_eq!(pairs(&added.unwrap()), both, "the oldest first");
    let position = w.position().await;
    set(&w, &jo, &[("Household", "Jones"), ("Household", "Smith")])
        .await
        .unwrap();
    assert_eq!(w.position().await, position, "nothing changed");
    let left = set(&w, &jo, &[("Household", "Jones")]).await.unwrap();
    assert_eq!(pairs(&left), owned(&[("Household", "Jones")]));
    let none = set(&w, &jo, &[]).await.unwrap();
    assert!(pairs(&none).is_empty());
    let plain = w.get("plain").await.unwrap();
    assert_eq!(shown(&plain), [jo.user.number], "without a type: not touched");
    let again = set(&w, &jo, &[("Household", "smith")]).await.unwrap();
    assert_eq!(
        pairs(&again),
        owned(&[("Household", "Smith")]),
        "an empty group is found"
    );
}

#[tokio::test]
async fn unknown_and_closed_types_are_refused() {
    let w = World::new().await;
    let of = w.group_type("Household").await;
    let jo = person(&w, &[("Household", "Smith")]).await;
    let close = |known: &GroupType| {
        Ok(GroupTypeFields {
            active: false,
            ..known.fields.clone()
        })
    };
    group_types::change(&w.directory, w.context(), of.number, close)
        .await
        .unwrap();
    let position = w.position().await;
    assert_eq!(missing(set(&w, &jo, &[("Team", "a")]).await), Kind::GroupType);
    let empty = set(&w, &jo, &[("Household", "Smith"), ("Household", "")]).await;
    assert_eq!(complaints(empty), complaint("Groups/1", "minLength"));
    for entered in ["Jones", "Smith"] {
        let new = NewUser {
            patch: typed(&[("Household", entered)], false),
        };
        let refused = users::create(&w.directory, w.context(), new, TYPED).await;
        assert_eq!(complaints(refused), complaint("Groups/0", "conflict"));
    }
    assert_eq!(w.position().await, position, "nothing is written");
    let stays = set(&w, &jo, &[("Household", "Smith")]).await.unwrap();
    assert_eq!(pairs(&stays).len(), 1, "who is in a group stays");
    assert!(
        pairs(&set(&w, &jo, &[]).await.unwrap()).is_empty(),
        "and may leave"
    );
    let both = UserPatch {
        groups: Patch::Set(vec![]),
        ..typed(&[], false)
    };
    let refused = set_by(&w, &w.admin, &jo, both).await;
    assert_eq!(complaints(refused), complaint("groups", "unsupported"));
}

#[tokio::test]
async fn excluded_binned_and_guarded_groups() {
    let w = World::new().await;
    let of = w.group_type("Household").await;
    let make = async |text: &str, only_owners_edit| {
        let patch = GroupPatch {
            name: Patch::Set(name(text)),
            group_type: Patch::Set(Some(of.number)),
            only_owners_edit: Patch::Set(only_owners_edit),
            ..GroupPatch::default()
        };
        let code = Some(code(text));
        w.group(NewGroup {
            code,
            patch,
            ..NewGroup::default()
        })
        .await
    };
    make("a", false).await;
    make("b", true).await;
    let jo = person(&w, &[("Household", "a"), ("Household", "b")]).await;
    let editor = w.caller("default", Access::Editor, None).await;
    let refused = set_by(&w, &editor, &jo, typed(&[("Household", "a")], false)).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    w.remove("a", &[&jo]).await.unwrap();
    exclude(&w, "a", &jo).await;
    let seen = users::get(&w.directory, &w.admin, &UserKey::Number(jo.user.number), TYPED).await;
    assert_eq!(pairs(&seen.unwrap()), owned(&[("Household", "b")]));
    set_by(&w, &editor, &jo, typed(&[], true)).await.unwrap();
    let back = set(&w, &jo, &[("Household", "a"), ("Household", "b")])
        .await
        .unwrap();
    assert_eq!(pairs(&back).len(), 2, "who is named is excluded no longer");
    w.delete("a", RecycleBin).await.unwrap();
    let rest = set(&w, &jo, &[]).await.unwrap();
    assert!(pairs(&rest).is_empty());
    let anew = set(&w, &jo, &[("Household", "A")]).await.unwrap();
    assert_eq!(
        pairs(&anew),
        owned(&[("Household", "A")]),
        "a new group beside the binned one"
    );
    w.delete("b", ForGood).await.unwrap();
}

#[tokio::test]
async fn types_and_groups_of_another_tenant_do_not_exist() {
    let w = World::new().await;
    w.group_type("Household").await;
    let jo = person(&w, &[("Household", "Smith")]).await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let theirs = || typed(&[("Household", "Smith")], false);
    let new = NewUser { patch: theirs() };
    let refused = users::create(&w.directory, w.by(&stranger), new, TYPED).await;
    assert_eq!(missing(refused), Kind::GroupType);
    assert_eq!(missing(set_by(&w, &stranger, &jo, theirs()).await), Kind::User);
    let made = group_types::create(&w.directory, w.by(&stranger), vec![type_named("Household")]).await;
    made.unwrap();
    let new = NewUser { patch: theirs() };
    let own = users::create(&w.directory, w.by(&stranger), new, TYPED)
        .await
        .unwrap();
    let groups = |view: &UserView| match &view.groups {
        UserGroups::All(all) => all[0].number,
        other => panic!("{other:?}"),
    };
    assert_ne!(groups(&own), groups(&jo));
}

//! Groups renamed within their type, and merged.

use crate::members::exclude;
use crate::support::*;
use crate::typed_groups::person;
use directory::groups::{self, Rename};
use directory::tenants;
use model::error::Kind;
use model::groups::{GroupPatch, GroupView, NewGroup};
use model::{Access, Error, Patch, Result};

fn to(old: &str, new: &str, merge: bool) -> Rename {
    Rename {
        group_type: "HOUSEHOLD".to_owned(),
        old: old.to_owned(),
        new: name(new),
        merge,
    }
}

async fn rename(w: &World, rename: Rename) -> Result<String> {
    let (_, group) = groups::rename(&w.directory, w.context(), rename).await?;
    Ok(group.fields.name.as_str().to_owned())
}

async fn household(w: &World, text: &str) -> GroupView {
    let of = group_type(w).await;
    let patch = GroupPatch {
        name: Patch::Set(name(text)),
        group_type: Patch::Set(Some(of)),
        ..GroupPatch::default()
    };
    let code = Some(code(text));
    w.group(NewGroup {
        code,
        patch,
        ..NewGroup::default()
    })
    .await
}

async fn group_type(w: &World) -> model::ids::GroupTypeNumber {
    let all = directory::group_types::list(&w.directory, &w.admin)
        .await
        .unwrap();
    all[0].number
}

#[tokio::test]
async fn a_name_changes_and_the_group_stays() {
    let w = World::new().await;
    w.group_type("Household").await;
    household(&w, "Smith").await;
    assert_eq!(rename(&w, to("SMITH", "Jones", false)).await.unwrap(), "Jones");
    let group = w.get("Smith").await.unwrap().group;
    assert_eq!((group.fields.name.as_str(), group.version), ("Jones", 2));
    assert_eq!(rename(&w, to("jones", "JONES", false)).await.unwrap(), "JONES");
    let position = w.position().await;
    assert_eq!(rename(&w, to("jones", "JONES", true)).await.unwrap(), "JONES");
    assert_eq!(w.position().await, position, "nothing changed");
    assert_eq!(missing(rename(&w, to("Smith", "a", false)).await), Kind::Group);
    let unknown = Rename {
        group_type: "Team".to_owned(),
        ..to("Jones", "a", false)
    };
    assert_eq!(missing(rename(&w, unknown).await), Kind::GroupType);
    let empty = rename(&w, to("Jones", "", false)).await;
    assert_eq!(complaints(empty), complaint("new", "minLength"));
}

#[tokio::test]
async fn a_merge_moves_the_members_and_deletes_the_old_group() {
    let w = World::new().await;
    w.group_type("Household").await;
    household(&w, "Smith").await;
    household(&w, "Jones").await;
    let [only_old, both, only_new, out_of_old, out_of_new] =
        [&["Smith"][..], &["Smith", "Jones"], &["Jones"], &[], &["Smith"]]
            .map(|names| names.iter().map(|text| ("Household", *text)).collect::<Vec<_>>());
    let only_old = person(&w, &only_old).await;
    let both = person(&w, &both).await;
    let only_new = person(&w, &only_new).await;
    let out_of_old = person(&w, &out_of_old).await;
    let out_of_new = person(&w, &out_of_new).await;
    exclude(&w, "Smith", &out_of_old).await;
    exclude(&w, "Jones", &out_of_new).await;
    let old = w.get("Smith").await.unwrap().group;
    let parent = (old.number, both.user.number, w.admin.tenant);
    w.store()
        .write(async move |tx: &store::Db| {
            store::members::set_parent(tx, parent.2, parent.0, parent.1, true).await
        })
        .await
        .unwrap();

    let taken = Err(Error::Exists {
        kind: Kind::Group,
        field: "name",
    });
    let position = w.position().await;
    assert_eq!(rename(&w, to("Smith", "jones", false)).await, taken);
    assert_eq!(w.position().await, position);
    assert_eq!(rename(&w, to("Smith", "jones", true)).await.unwrap(), "Jones");
    assert_eq!(w.position().await, position + 1, "one event");
    assert_eq!(missing(w.get("Smith").await), Kind::Group);
    let merged = w.get("Jones").await.unwrap();
    let members = [&only_old, &both, &only_new, &out_of_new].map(|view| view.user.number);
    assert_eq!(shown(&merged), members);
    assert_eq!(merged.group.member_count, 4);
    let (tenant, group) = (w.admin.tenant, merged.group.number);
    let rows = w
        .store()
        .read(async |db| store::members::of_group(db, tenant, group).await)
        .await
        .unwrap();
    let parents: Vec<_> = rows
        .into_iter()
        .filter(|row| row.is_parent)
        .map(|row| row.user)
        .collect();
    assert_eq!(
        parents,
        [both.user.number],
        "who had the old one as parent has the new one"
    );
}

#[tokio::test]
async fn a_guarded_group_and_another_tenant() {
    let w = World::new().await;
    let of = w.group_type("Household").await;
    household(&w, "Smith").await;
    let patch = GroupPatch {
        name: Patch::Set(name("Jones")),
        group_type: Patch::Set(Some(of.number)),
        only_owners_edit: Patch::Set(true),
        ..GroupPatch::default()
    };
    w.group(NewGroup {
        patch,
        ..NewGroup::default()
    })
    .await;
    let editor = w.caller("default", Access::Editor, None).await;
    let d = &w.directory;
    for (old, new) in [("Smith", "Jones"), ("Jones", "Smith"), ("Jones", "a")] {
        let refused = groups::rename(d, w.by(&editor), to(old, new, true)).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{old} to {new}");
    }
    tenants::create(d, "other", vec![]).await.unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let refused = groups::rename(d, w.by(&stranger), to("Smith", "a", true)).await;
    assert_eq!(missing(refused), Kind::GroupType);
}

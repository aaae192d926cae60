//! Group types: made in batches, changed, and at most one of them the default.

use crate::support::*;
use directory::{group_types, tenants};
use model::error::Kind;
use model::group_types::{GroupType, GroupTypeFields, Localized, MAX_GROUP_TYPES};
use model::ids::GroupTypeNumber;
use model::{Access, Error, Result};
use serde_json::json;

fn localized(locale: &str) -> Localized {
    Localized {
        locale: locale.to_owned(),
        name: "Household".to_owned(),
        description: Some("people at one address".to_owned()),
    }
}

async fn change(w: &World, of: &GroupType, fields: GroupTypeFields) -> Result<GroupType> {
    let change = move |_: &GroupType| Ok(fields.clone());
    group_types::change(&w.directory, w.context(), of.number, change).await
}

async fn defaults(w: &World) -> Vec<String> {
    let all = group_types::list(&w.directory, &w.admin).await.unwrap();
    all.into_iter()
        .filter(|one| one.fields.is_default)
        .map(|one| one.fields.name.as_str().to_owned())
        .collect()
}

#[tokio::test]
async fn every_field_is_kept_and_told_to_the_trail() {
    let w = World::new().await;
    let fields = GroupTypeFields {
        name: name("Household"),
        localized: vec![localized("en-us"), localized("fr-ca")],
        is_default: true,
        active: false,
    };
    let made = group_types::create(
        &w.directory,
        w.context(),
        vec![fields.clone(), type_named("Team")],
    )
    .await
    .unwrap();
    assert_eq!(made[0].fields, fields);
    assert_eq!(made[1].fields, type_named("Team"));
    assert_eq!(made[0].created_at, w.clock.now());
    assert_eq!(made[0].updated_by, w.admin.actor);
    assert_eq!(group_types::list(&w.directory, &w.admin).await.unwrap(), made);
    let got = group_types::get(&w.directory, &w.admin, made[1].number).await;
    assert_eq!(got.unwrap(), made[1]);
    let event = w.events().await.pop().unwrap();
    let told: Vec<_> = event.changes.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(told, ["active", "isDefault", "localized", "name", "name"]);
    assert_eq!(event.changes[4].after, Some(json!("Team")));
    assert_eq!(event.changes[4].kind, Kind::GroupType);
}

#[tokio::test]
async fn a_batch_is_made_whole_or_not_at_all() {
    let w = World::new().await;
    w.group_type("Household").await;
    let position = w.position().await;
    let create = async |names: &[&str]| {
        let new = names.iter().map(|text| type_named(text)).collect();
        group_types::create(&w.directory, w.context(), new).await
    };
    let taken = Err(Error::Exists {
        kind: Kind::GroupType,
        field: "name",
    });
    assert_eq!(create(&["Team", "HOUSEHOLD"]).await, taken);
    assert_eq!(create(&["Team", "team"]).await, taken, "two of the batch");
    let complaints = complaints(create(&["Team", ""]).await);
    assert_eq!(complaints, complaint("types/1/name", "minLength"));
    assert_eq!(group_types::list(&w.directory, &w.admin).await.unwrap().len(), 1);
    assert_eq!(w.position().await, position);
    let reader = w.caller("default", Access::Reader, None).await;
    let refused = group_types::create(&w.directory, w.by(&reader), vec![type_named("a")]).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn one_type_is_the_default_at_most() {
    let w = World::new().await;
    let default = |text: &str| GroupTypeFields {
        is_default: true,
        ..type_named(text)
    };
    let two = vec![default("a"), type_named("b"), default("c")];
    let refused = group_types::create(&w.directory, w.context(), two).await;
    assert_eq!(complaints(refused), complaint("types/2/isDefault", "conflict"));

    let a = group_types::create(&w.directory, w.context(), vec![default("a")])
        .await
        .unwrap()
        .remove(0);
    let b = group_types::create(&w.directory, w.context(), vec![default("b")])
        .await
        .unwrap()
        .remove(0);
    assert_eq!(defaults(&w).await, ["b"]);
    let event = w.events().await.pop().unwrap();
    let told: Vec<_> = event
        .changes
        .iter()
        .map(|one| (one.number, one.field.as_str()))
        .collect();
    let (old, new) = (a.number.get(), b.number.get());
    assert_eq!(told, [(old, "isDefault"), (new, "isDefault"), (new, "name")]);

    change(&w, &a, default("a")).await.unwrap();
    assert_eq!(defaults(&w).await, ["a"]);
    change(&w, &a, type_named("a")).await.unwrap();
    assert!(defaults(&w).await.is_empty());
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    let w = World::new().await;
    let made = w.group_type("Household").await;
    w.group_type("Team").await;
    let position = w.position().await;
    let same = change(&w, &made, made.fields.clone()).await.unwrap();
    assert_eq!((same, w.position().await), (made.clone(), position));
    let bad = GroupTypeFields {
        localized: vec![localized("en"), localized("EN")],
        ..made.fields.clone()
    };
    let places = complaints(change(&w, &made, bad).await);
    assert_eq!(places, complaint("localized/1/locale", "uniqueItems"));
    let taken = change(&w, &made, type_named("TEAM")).await;
    assert!(matches!(taken, Err(Error::Exists { .. })), "{taken:?}");
    let renamed = change(&w, &made, type_named("HOUSEHOLD")).await.unwrap();
    assert_eq!(renamed.fields.name.as_str(), "HOUSEHOLD");
    assert_eq!(
        (renamed.created_at, renamed.updated_at),
        (made.created_at, w.clock.now())
    );
    assert_eq!(w.position().await, position + 1);
}

#[tokio::test]
async fn there_is_a_bound() {
    let w = World::new().await;
    let many = |from: usize, count| -> Vec<GroupTypeFields> {
        (from..from + count)
            .map(|i| type_named(&format!("type {i}")))
            .collect()
    };
    let made = group_types::create(&w.directory, w.context(), many(0, MAX_GROUP_TYPES)).await;
    assert_eq!(made.unwrap().len(), MAX_GROUP_TYPES);
    let more = group_types::create(&w.directory, w.context(), many(MAX_GROUP_TYPES, 1)).await;
    assert!(matches!(more, Err(Error::Conflict { .. })), "{more:?}");
}

#[tokio::test]
async fn another_tenants_type_does_not_exist() {
    let w = World::new().await;
    let made = w.group_type("Household").await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let nowhere = GroupTypeNumber::new(99).unwrap();
    let d = &w.directory;
    for number in [made.number, nowhere] {
        let got = group_types::get(d, &stranger, number).await;
        assert_eq!(missing(got), Kind::GroupType);
        let names = group_types::names(d, &stranger, Some(number)).await;
        assert_eq!(missing(names), Kind::GroupType);
        let same = |known: &GroupType| Ok(known.fields.clone());
        let changed = group_types::change(d, w.by(&stranger), number, same).await;
        assert_eq!(missing(changed), Kind::GroupType);
    }
    assert!(group_types::list(d, &stranger).await.unwrap().is_empty());
    let same = group_types::create(d, w.by(&stranger), vec![type_named("Household")]).await;
    assert_ne!(same.unwrap()[0].number, made.number);
}

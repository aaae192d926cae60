//! Users.

use crate::fixture::{Fixture, at, bound_actor, contact, name, user};
use model::Error;
use model::error::Kind;
use model::groups::ExternalId;
use model::ids::RoleNumber;
use model::roles::{Grant, Role};
use model::users::{User, UserFields, UserKey, UserParts};
use serde_json::json;
use store::users::UserDraft;
use store::{Db, roles, users};

#[tokio::test]
async fn every_field_comes_back() {
    let f = Fixture::new().await;
    let extras = [
        ("formsonfire", json!({"a": null})),
        ("kibo", json!({"optInToEmail": true, "ids": [1, 2.5, "ü"]})),
        ("mypreferences", json!({})),
        ("propeller", json!("text")),
        ("taleolearn", json!(null)),
    ];
    let full = UserDraft {
        fields: UserFields {
            user_name: "Ann".to_owned(),
            emails: vec![
                contact("work@example.com", "work", false),
                contact("Ann@Example.com", "", true),
                contact("work@example.com", "again", false),
            ],
            phones: vec![contact("+31 20 1", "mobile", true)],
            given_name: Some(name("Ann")),
            middle_name: Some(name("B.")),
            family_name: Some(name("Clark")),
            display_name: Some(name("Ann B. Clark")),
            locale: Some("nl-NL".to_owned()),
            time_zone: Some("Europe/Amsterdam".to_owned()),
            active: false,
            extras: extras.map(|(dialect, value)| (dialect.to_owned(), value)).into(),
        },
        at: at(42),
        by: bound_actor(),
        ..user(f.one, "ann")
    };
    for draft in [full, user(f.one, "empty")] {
        let made = f.insert_user(draft.clone()).await.unwrap();
        assert_eq!(made.fields, draft.fields);
        for key in [UserKey::Number(made.number), UserKey::Id(made.id)] {
            let found = users::find(&f.store.reads(), f.one, &key).await.unwrap();
            assert_eq!(found.as_ref(), Some(&made), "{key:?}");
            let other = users::find(&f.store.reads(), f.two, &key).await.unwrap();
            assert_eq!(other, None, "{key:?} of another tenant");
        }
    }
}

#[tokio::test]
async fn user_names_are_unique_without_regard_to_case() {
    let f = Fixture::new().await;
    let ann = f.user("Änn").await;
    let mut other = user(f.one, "äNN");
    other.id = user(f.one, "someone else").id;
    let taken = Error::Exists {
        kind: Kind::User,
        field: "userName",
    };
    assert_eq!(f.insert_user(other).await, Err(taken.clone()));
    assert!(f.insert_user(user(f.two, "änn")).await.is_ok(), "another tenant");
    let db = f.store.reads();
    let by_name = users::user_name_taken(&db, f.one, "ÄNN").await;
    assert_eq!(by_name, Ok(Some(ann.number)));
    assert_eq!(users::user_name_taken(&db, f.one, "anna").await, Ok(None));
    let bob = f.user("bob").await;
    let mut renamed = bob.clone();
    renamed.fields.user_name = "änn".to_owned();
    assert_eq!(update(&f, &bob, &renamed).await, Err(taken));
}

#[tokio::test]
async fn an_update_replaces_contacts_and_notices_an_old_version() {
    let f = Fixture::new().await;
    let mut draft = user(f.one, "ann");
    draft.fields.emails = vec![
        contact("a@example.com", "", true),
        contact("b@example.com", "", false),
    ];
    let before = f.insert_user(draft).await.unwrap();
    let mut after = before.clone();
    after.fields.emails = vec![contact("c@example.com", "", true)];
    after.fields.phones = vec![contact("1", "", false), contact("2", "", true)];
    after.fields.locale = Some("en".to_owned());
    after.version = 2;
    after.updated_at = at(1);
    after.updated_by = bound_actor();
    update(&f, &before, &after).await.unwrap();
    let key = UserKey::Number(before.number);
    let found = users::find(&f.store.reads(), f.one, &key).await.unwrap();
    assert_eq!(found.as_ref(), Some(&after));
    assert_eq!(update(&f, &before, &after).await, Err(Error::Stale));
}

#[tokio::test]
async fn views_hold_the_parts_that_were_asked_for() {
    let f = Fixture::new().await;
    let ann = f.user("ann").await;
    let bob = f.user("bob").await;
    let (one, number) = (f.one, ann.number);
    let external = ExternalId {
        source: String::new(),
        value: "42".to_owned(),
    };
    let put = external.clone();
    f.store
        .write(async move |tx: &Db| {
            let reader = Role {
                number: RoleNumber::new(1).unwrap(),
                name: "Reader".to_owned(),
            };
            let grant = Grant {
                role: reader.number,
                scope: None,
                resources: Vec::new(),
                tags: Vec::new(),
            };
            roles::insert(tx, one, &[reader]).await?;
            roles::put_grant(tx, one, number, &grant, at(0), &bound_actor()).await?;
            users::put_external_id(tx, one, number, &put).await
        })
        .await
        .unwrap();
    let db = f.store.reads();
    let all = UserParts {
        external_ids: true,
        grants: true,
        ..UserParts::default()
    };
    let found = users::views(&db, one, &[bob.number, ann.number, bob.number], all)
        .await
        .unwrap();
    assert_eq!([&found[0].user, &found[1].user], [&ann, &bob]);
    assert_eq!(found[0].external_ids, std::slice::from_ref(&external));
    assert_eq!(found[0].grants[0].role_name, "Reader");
    assert!(found[1].external_ids.is_empty() && found[1].grants.is_empty());
    let key = UserKey::External(external);
    let bare = users::view(&db, one, &key, UserParts::default())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(bare.user, ann);
    assert!(bare.external_ids.is_empty() && bare.grants.is_empty());

    let resolved = users::resolve(&db, one, &[ann.id, user(one, "nobody").id])
        .await
        .unwrap();
    assert_eq!(resolved.into_iter().collect::<Vec<_>>(), [(ann.id, ann.number)]);
    let ids = users::ids(&db, one, &[bob.number]).await.unwrap();
    assert_eq!(ids.into_iter().collect::<Vec<_>>(), [(bob.number, bob.id)]);
    assert!(users::ids(&db, f.two, &[bob.number]).await.unwrap().is_empty());

    let gone = async move |tx: &Db| users::delete(tx, &ann).await;
    f.store.write(gone).await.unwrap();
    assert_eq!(users::view(&db, one, &key, all).await, Ok(None));
    assert!(roles::grants(&db, one, &[number]).await.unwrap().is_empty());
}

async fn update(f: &Fixture, before: &User, after: &User) -> model::Result<()> {
    let (before, after) = (before.clone(), after.clone());
    f.store
        .write(async move |tx: &Db| users::update(tx, &before, &after).await)
        .await
}

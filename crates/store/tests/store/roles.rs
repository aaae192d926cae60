//! Roles, grants and group types.

use crate::fixture::{Fixture, actor, at, bound_actor, group_type};
use model::Error;
use model::error::Kind;
use model::ids::RoleNumber;
use model::roles::{Grant, Resource, Role, Scope};
use store::{Db, group_types, roles};

#[tokio::test]
async fn grants_come_back_whole_and_are_replaced_by_scope() {
    let f = Fixture::new().await;
    let user = f.user("ann").await.number;
    let one = f.one;
    let scope = Scope {
        kind: Some("Tenant".to_owned()),
        id: Some(-1),
        name: None,
    };
    let full = Grant {
        role: number(2),
        scope: Some(scope.clone()),
        resources: vec![
            Resource {
                kind: Some("site".to_owned()),
                id: None,
            },
            Resource::default(),
        ],
        tags: vec!["a".to_owned(), "a".to_owned()],
    };
    let bare = Grant {
        role: number(2),
        scope: None,
        resources: Vec::new(),
        tags: Vec::new(),
    };
    let empty_scope = Grant {
        scope: Some(Scope::default()),
        ..bare.clone()
    };
    let given = [full.clone(), empty_scope.clone(), bare.clone()];
    f.store
        .write(async move |tx: &Db| {
            roles::insert(tx, one, &[role(1, "Reader"), role(2, "Editor")]).await?;
            for grant in &given {
                roles::put_grant(tx, one, user, grant, at(0), &actor()).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let db = f.store.reads();
    assert_eq!(
        roles::list(&db, one).await.unwrap(),
        [role(1, "Reader"), role(2, "Editor")]
    );
    assert_eq!(roles::list(&db, f.two).await.unwrap(), []);

    let changed = Grant {
        tags: vec!["b".to_owned()],
        ..full.clone()
    };
    let put = changed.clone();
    f.store
        .write(async move |tx: &Db| {
            roles::put_grant(tx, one, user, &put, at(1), &bound_actor()).await?;
            roles::remove_grant(tx, one, user, number(2), None).await
        })
        .await
        .unwrap();
    let mut found = roles::grants(&db, one, &[user])
        .await
        .unwrap()
        .remove(&user)
        .unwrap();
    found.sort_by_key(|view| view.grant.tags.len());
    let grants: Vec<_> = found.iter().map(|view| view.grant.clone()).collect();
    assert_eq!(grants, [empty_scope, changed]);
    assert_eq!(found[1].role_name, "Editor");
    assert_eq!((found[1].created_at, found[1].updated_at), (at(0), at(1)));
    assert_eq!(
        (&found[1].created_by, &found[1].updated_by),
        (&actor(), &bound_actor())
    );

    let unknown = Grant {
        role: number(9),
        ..bare
    };
    let refused = f
        .store
        .write(async move |tx: &Db| roles::put_grant(tx, one, user, &unknown, at(0), &actor()).await)
        .await;
    assert!(refused.is_err(), "the role is not in the catalogue");
    let scope = Some(scope);
    f.store
        .write(async move |tx: &Db| roles::remove_grant(tx, one, user, number(2), scope.as_ref()).await)
        .await
        .unwrap();
}

#[tokio::test]
async fn types_are_found_without_regard_to_case() {
    let f = Fixture::new().await;
    let one = f.one;
    let make = |text: &'static str| {
        f.store
            .write(async move |tx: &Db| group_types::insert(tx, group_type(one, text)).await)
    };
    let household = make("Household").await.unwrap();
    let taken = Error::Exists {
        kind: Kind::GroupType,
        field: "name",
    };
    assert_eq!(make("HOUSEHOLD").await, Err(taken));
    let team = make("Team").await.unwrap();
    let db = f.store.reads();
    let found = group_types::find(&db, one, "houseHOLD").await;
    assert_eq!(found, Ok(Some(household.clone())));
    assert_eq!(group_types::find(&db, f.two, "Household").await, Ok(None));
    assert_eq!(group_types::list(&db, one).await.unwrap(), [household, team]);
}

fn number(number: i64) -> RoleNumber {
    RoleNumber::new(number).unwrap()
}

fn role(of: i64, name: &str) -> Role {
    Role {
        number: number(of),
        name: name.to_owned(),
    }
}

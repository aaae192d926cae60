//! The catalogue of roles, and roles given to users one by one.

use crate::support::*;
use directory::{Precondition, roles, users};
use model::bounds::MAX_GRANTS;
use model::error::Kind;
use model::ids::RoleNumber;
use model::roles::{Grant, Scope};
use model::users::{GrantView, UserKey, UserPatch, UserView};
use model::{Access, Caller, Error, Patch, Result};

fn role(number: i64) -> RoleNumber {
    RoleNumber::new(number).unwrap()
}

fn key(user: &UserView) -> UserKey {
    UserKey::Id(user.user.id)
}

fn in_scope(number: i64, id: i32, tags: &[&str]) -> Grant {
    Grant {
        role: role(number),
        scope: Some(Scope {
            id: Some(id),
            ..Scope::default()
        }),
        resources: vec![],
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    }
}

async fn grant(w: &World, by: &Caller, user: &UserView, number: i64) -> Result<()> {
    users::grant(&w.directory, w.by(by), key(user), role(number), None).await
}

async fn revoke(w: &World, by: &Caller, user: &UserView, number: i64) -> Result<()> {
    users::revoke(&w.directory, w.by(by), key(user), role(number), None).await
}

async fn grants(w: &World, user: &UserView) -> Vec<GrantView> {
    users::grants(&w.directory, &w.admin, &key(user)).await.unwrap()
}

async fn version(w: &World, user: &UserView) -> i64 {
    let view = users::get(&w.directory, &w.admin, &key(user), USER_ALL)
        .await
        .unwrap();
    view.user.version
}

#[tokio::test]
async fn the_catalogue_is_listed_by_number() {
    let w = World::new().await;
    let reader = w.caller("default", Access::Reader, None).await;
    let listed = roles::list(&w.directory, &reader).await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|role| (role.number.get(), role.name.as_str()))
        .collect();
    assert_eq!(listed, [(1, "Reader"), (2, "Editor"), (3, "Admin")]);
}

#[tokio::test]
async fn a_role_is_given_once_and_taken_in_all_scopes() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let patch = UserPatch {
        grants: Patch::Set(vec![
            in_scope(2, 7, &["kept"]),
            in_scope(2, 8, &[]),
            in_scope(3, 7, &[]),
        ]),
        ..UserPatch::default()
    };
    users::update(&w.directory, w.context(), key(&anna), patch, None, USER_ALL)
        .await
        .unwrap();
    let position = w.position().await;

    grant(&w, &w.admin, &anna, 2).await.unwrap();
    let held = grants(&w, &anna).await;
    let of_role = |number| held.iter().filter(move |view| view.grant.role == role(number));
    assert_eq!((of_role(2).count(), of_role(3).count()), (3, 1));
    let plain = of_role(2).find(|view| view.grant.scope.is_none()).unwrap();
    assert_eq!(
        (plain.role_name.as_str(), plain.created_at),
        ("Editor", w.clock.now())
    );
    assert!(of_role(2).any(|view| view.grant.tags == ["kept"]));
    assert_eq!((version(&w, &anna).await, w.position().await), (3, position + 1));
    grant(&w, &w.admin, &anna, 2).await.unwrap();
    assert_eq!((version(&w, &anna).await, w.position().await), (3, position + 1));

    revoke(&w, &w.admin, &anna, 2).await.unwrap();
    let left: Vec<_> = grants(&w, &anna)
        .await
        .into_iter()
        .map(|view| view.grant)
        .collect();
    assert_eq!(left, [in_scope(3, 7, &[])]);
    assert_eq!((version(&w, &anna).await, w.position().await), (4, position + 2));
    revoke(&w, &w.admin, &anna, 2).await.unwrap();
    assert_eq!((version(&w, &anna).await, w.position().await), (4, position + 2));
}

#[tokio::test]
async fn what_refuses_a_role() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let reader = w.caller("default", Access::Reader, None).await;
    let position = w.position().await;
    let forbidden = |result| matches!(result, Err(Error::Forbidden { .. }));
    assert!(forbidden(grant(&w, &reader, &anna, 1).await));
    assert!(forbidden(revoke(&w, &reader, &anna, 1).await));
    assert_eq!(missing(grant(&w, &w.admin, &anna, 4).await), Kind::Role);
    assert_eq!(missing(revoke(&w, &w.admin, &anna, 4).await), Kind::Role);
    let nobody = || {
        UserKey::External(model::groups::ExternalId {
            source: String::new(),
            value: "nobody".into(),
        })
    };
    let d = &w.directory;
    assert_eq!(missing(users::grants(d, &w.admin, &nobody()).await), Kind::User);
    assert_eq!(
        missing(users::grant(d, w.context(), nobody(), role(4), None).await),
        Kind::User
    );
    assert_eq!(
        missing(users::revoke(d, w.context(), nobody(), role(4), None).await),
        Kind::User
    );
    let stale = || Some(Precondition::version(2));
    let refused = users::grant(d, w.context(), key(&anna), role(1), stale()).await;
    assert_eq!(refused, Err(Error::Stale));
    let refused = users::revoke(d, w.context(), key(&anna), role(1), stale()).await;
    assert_eq!(refused, Err(Error::Stale));
    assert_eq!(w.position().await, position);
}

#[tokio::test]
async fn a_user_has_so_many_roles_and_no_more() {
    let w = World::new().await;
    let anna = w.user("anna").await;
    let all = (0..).take(MAX_GRANTS).map(|id| in_scope(1, id, &[]));
    let patch = UserPatch {
        grants: Patch::Set(all.collect()),
        ..UserPatch::default()
    };
    users::update(&w.directory, w.context(), key(&anna), patch, None, USER_ALL)
        .await
        .unwrap();
    assert!(matches!(
        grant(&w, &w.admin, &anna, 2).await,
        Err(Error::Conflict { .. })
    ));
    assert_eq!(grants(&w, &anna).await.len(), MAX_GRANTS);
    revoke(&w, &w.admin, &anna, 1).await.unwrap();
    grant(&w, &w.admin, &anna, 2).await.unwrap();
    assert_eq!(grants(&w, &anna).await.len(), 1);
}

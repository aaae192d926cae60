//! Tenants and settings.

use crate::fixture::{Fixture, at};
use model::error::{Error, Kind};
use model::ids::TenantNumber;
use model::tenants::Tenant;
use model::{Dialect, Result};
use store::{Db, settings, tenants};

#[tokio::test]
async fn tenants_and_their_aliases() {
    let f = Fixture::new().await;
    let aliases = [(Dialect::Propeller, "p"), (Dialect::Kibo, "17")];
    let made = insert(&f, "three", &aliases).await.unwrap();
    assert_eq!(
        made.aliases,
        [
            (Dialect::Kibo, "17".to_owned()),
            (Dialect::Propeller, "p".to_owned())
        ]
    );
    let db = f.store.reads();
    assert_eq!(tenants::find(&db, "three").await.unwrap().as_ref(), Some(&made));
    assert_eq!(
        tenants::get(&db, made.number).await.unwrap().as_ref(),
        Some(&made)
    );
    assert_eq!(tenants::find(&db, "Three").await, Ok(None));
    let by_alias = tenants::by_alias(&db, Dialect::Kibo, "17").await;
    assert_eq!(by_alias, Ok(Some(made.number)));
    assert_eq!(tenants::by_alias(&db, Dialect::Propeller, "17").await, Ok(None));
    let all = tenants::list(&db).await.unwrap();
    let names: Vec<_> = all.iter().map(|tenant| tenant.name.as_str()).collect();
    assert_eq!(names, ["one", "two", "three"]);
    assert_eq!(all[2], made);
    assert_eq!(tenants::any(&db).await, Ok(true));

    let exists = |field| Error::Exists {
        kind: Kind::Tenant,
        field,
    };
    assert_eq!(insert(&f, "three", &[]).await, Err(exists("name")));
    let taken = insert(&f, "four", &[(Dialect::Kibo, "17")]).await;
    assert_eq!(taken, Err(exists("alias")));
    let twice = insert(&f, "four", &[(Dialect::Kibo, "1"), (Dialect::Kibo, "2")]).await;
    assert_eq!(twice, Err(exists("alias")), "one alias per dialect");
    assert_eq!(tenants::find(&db, "four").await, Ok(None), "nothing was written");
}

#[tokio::test]
async fn locking_a_tenant_that_is_not_there() {
    let f = Fixture::new().await;
    let (one, nobody) = (f.one, TenantNumber::new(99).unwrap());
    let db = f.store.reads();
    assert_eq!(tenants::lock(&db, one).await, Ok(()));
    assert!(matches!(
        tenants::lock(&db, nobody).await,
        Err(Error::NotFound { .. })
    ));
}

#[tokio::test]
async fn settings_are_replaced() {
    let f = Fixture::new().await;
    for value in [b"first".as_slice(), &[0, 255]] {
        f.store
            .write(async move |tx: &Db| settings::put(tx, "check", value).await)
            .await
            .unwrap();
        let found = settings::get(&f.store.reads(), "check").await.unwrap();
        assert_eq!(found.as_deref(), Some(value));
    }
    assert_eq!(settings::get(&f.store.reads(), "other").await, Ok(None));
}

async fn insert(f: &Fixture, name: &'static str, aliases: &[(Dialect, &str)]) -> Result<Tenant> {
    let aliases: Vec<_> = aliases
        .iter()
        .map(|(dialect, value)| (*dialect, (*value).to_owned()))
        .collect();
    f.store
        .write(async move |tx: &Db| tenants::insert(tx, name, &aliases, at(7)).await)
        .await
}

use crate::support::*;
use directory::tenants;
use model::error::Kind;
use model::{Access, Dialect, Error};

#[tokio::test]
async fn a_tenant_has_a_name_of_its_own_and_aliases() {
    let w = World::new().await;
    let d = &w.directory;
    let alias = |value: &str| vec![(Dialect::Kibo, value.to_owned())];
    let other = tenants::create(d, "other", alias("2")).await.unwrap();
    assert_eq!(tenants::find(d, "other").await.unwrap(), other);
    assert_eq!(other.aliases, alias("2"));
    let names: Vec<_> = tenants::list(d)
        .await
        .unwrap()
        .into_iter()
        .map(|tenant| tenant.name)
        .collect();
    assert_eq!(names, ["default", "other"]);
    assert!(tenants::default_exists(d).await.unwrap());

    let exists = |field| {
        Err(Error::Exists {
            kind: Kind::Tenant,
            field,
        })
    };
    assert_eq!(tenants::create(d, "other", vec![]).await, exists("name"));
    assert_eq!(tenants::create(d, "third", alias("1")).await, exists("alias"));
    assert_eq!(missing(tenants::find(d, "third").await), Kind::Tenant);
    let kibo = [alias("3"), alias("4")].concat();
    assert_eq!(
        complaints(tenants::create(d, "third", kibo).await),
        complaint("aliases/kibo", "uniqueItems")
    );
    assert_eq!(
        complaints(tenants::create(d, "", vec![]).await),
        complaint("name", "minLength")
    );
    assert_eq!(
        complaints(tenants::create(d, "a\nb", vec![]).await),
        complaint("name", "pattern")
    );
    for (dialect, value, rule) in [
        (Dialect::TaleoLearn, "north", "pattern"),
        (Dialect::TaleoLearn, "0", "pattern"),
        (Dialect::TaleoLearn, "9007199254740992", "maximum"),
        (Dialect::TaleoLearn, "99999999999999999999", "maximum"),
        (Dialect::FormsOnFire, "+1", "pattern"),
        (Dialect::FormsOnFire, "01", "pattern"),
        (Dialect::FormsOnFire, "2147483648", "maximum"),
        (Dialect::Kibo, " 3", "pattern"),
        (Dialect::Kibo, "2147483648", "maximum"),
        (Dialect::MyPreferences, "a\u{ffff}", "pattern"),
        (Dialect::Propeller, "5", "unknown"),
    ] {
        let field = format!("aliases/{}", dialect.as_str());
        assert_eq!(
            complaints(tenants::create(d, "third", vec![(dialect, value.to_owned())]).await),
            complaint(&field, rule),
            "{value}"
        );
    }
    let furthest = vec![
        (Dialect::FormsOnFire, "2147483647".to_owned()),
        (Dialect::MyPreferences, "Größe & Söhne/7".to_owned()),
        (Dialect::TaleoLearn, "9007199254740991".to_owned()),
    ];
    tenants::create(d, "furthest", furthest).await.unwrap();
    let own = vec![(Dialect::Roster, "1".to_owned())];
    assert_eq!(
        complaints(tenants::create(d, "third", own).await),
        complaint("aliases/roster", "unknown")
    );
}

#[tokio::test]
async fn a_caller_sees_his_own_tenant() {
    let w = World::new().await;
    let other = tenants::create(&w.directory, "other", vec![(Dialect::Kibo, "2".into())])
        .await
        .unwrap();
    let stranger = w.caller("other", Access::Reader, None).await;
    assert_eq!(tenants::own(&w.directory, &stranger).await.unwrap(), other);
    assert_eq!(
        tenants::own(&w.directory, &w.admin).await.unwrap().name,
        "default"
    );
}

#[tokio::test]
async fn every_tenant_starts_with_the_roles() {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let caller = w.caller("other", Access::Reader, None).await;
    for tenant in [w.admin.tenant, caller.tenant] {
        let roles = w
            .store()
            .read(async |db| store::roles::list(db, tenant).await)
            .await
            .unwrap();
        let roles: Vec<_> = roles
            .iter()
            .map(|role| (role.number.get(), role.name.as_str()))
            .collect();
        assert_eq!(roles, model::roles::INITIAL);
    }
}

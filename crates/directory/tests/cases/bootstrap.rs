use crate::support::*;
use directory::bootstrap::{Bootstrap, bootstrap};
use directory::{Clock, Directory, Ids, Keys, Options, Secret, credentials, tenants};
use model::{Access, Dialect, Error};

/// An empty database.
fn empty(folder: &tempfile::TempDir) -> Directory {
    Directory::open(Options {
        store: store::Options::new(format!("sqlite://{}", folder.path().join("roster.db").display())),
        keys: Keys::derive(&[7; 32]),
        clock: Clock::system(),
        ids: Ids::random(),
    })
    .unwrap()
}

fn given(secret: &str) -> (String, String) {
    ("given".to_owned(), secret.to_owned())
}

#[tokio::test]
async fn an_empty_database_gets_a_tenant_and_a_credential_once() {
    let folder = tempfile::tempdir().unwrap();
    let d = empty(&folder);
    d.ready().unwrap();
    assert!(!tenants::default_exists(&d).await.unwrap());
    let first = bootstrap(&d, None).await.unwrap();
    assert!(first.tenant_created);
    let (client_id, secret) = first.credential.unwrap();
    let caller = credentials::authenticate(&d, &client_id, secret.reveal())
        .await
        .unwrap();
    assert_eq!(caller.access, Access::Admin);
    let tenant = tenants::find(&d, "default").await.unwrap();
    let mut aliases = tenant.aliases;
    aliases.sort();
    let alias = |dialect, value: &str| (dialect, value.to_owned());
    assert_eq!(
        aliases,
        [
            alias(Dialect::FormsOnFire, "1"),
            alias(Dialect::Kibo, "1"),
            alias(Dialect::MyPreferences, "default"),
            alias(Dialect::TaleoLearn, "1"),
        ]
    );
    let nothing = Bootstrap {
        tenant_created: false,
        credential: None,
    };
    assert_eq!(bootstrap(&d, None).await.unwrap(), nothing);
    let events = directory::audit::events(&d, "default", 1, 10).await.unwrap();
    assert_eq!(events.len(), 1, "tenant, roles and credential in one event");
    assert_eq!(events[0].dialect, Dialect::Roster);
}

#[tokio::test]
async fn a_given_credential_is_made_sure_of() {
    let folder = tempfile::tempdir().unwrap();
    let d = empty(&folder);
    let made = Bootstrap {
        tenant_created: true,
        credential: Some(("given".to_owned(), Secret::parse(SECRET).unwrap())),
    };
    assert_eq!(bootstrap(&d, Some(given(SECRET))).await.unwrap(), made);
    let nothing = Bootstrap {
        tenant_created: false,
        credential: None,
    };
    assert_eq!(bootstrap(&d, Some(given(SECRET))).await.unwrap(), nothing);
    let other = bootstrap(&d, Some(given("another secret of enough characters"))).await;
    assert!(matches!(other, Err(Error::Conflict { ref reason }) if reason.contains("another secret")));
    assert_eq!(
        complaints(bootstrap(&d, Some(given("short"))).await),
        complaint("secret", "minLength")
    );
    assert_eq!(credentials::list(&d, None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn other_tenants_do_not_stand_in_for_the_default_one() {
    let folder = tempfile::tempdir().unwrap();
    let d = empty(&folder);
    tenants::create(&d, "acme", vec![]).await.unwrap();
    let nothing = Bootstrap {
        tenant_created: false,
        credential: None,
    };
    assert_eq!(bootstrap(&d, None).await.unwrap(), nothing);
    let made = bootstrap(&d, Some(given(SECRET))).await.unwrap();
    assert!(made.tenant_created && made.credential.is_some());
}

#[tokio::test]
async fn two_first_starts_at_once_make_one_credential() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (empty(&folder), empty(&folder));
    let starts = [
        tokio::spawn(async move { bootstrap(&a, None).await }),
        tokio::spawn(async move { bootstrap(&b, None).await }),
    ];
    let mut made = 0;
    for start in starts {
        made += usize::from(start.await.unwrap().unwrap().credential.is_some());
    }
    assert_eq!(made, 1);
}

use crate::support::*;
use directory::credentials::{self, Ensured};
use directory::{Keys, tenants};
use model::error::Kind;
use model::ids::{CredentialNumber, UserId};
use model::{Access, Dialect, Error};

#[tokio::test]
async fn what_proves_a_secret_opens_too() {
    let w = World::new().await;
    let d = &w.directory;
    let (made, secret) = credentials::create(d, "default", None, Access::Reader, None, None)
        .await
        .unwrap();
    let known = async |client_id: &str, text: &str| {
        let tried = std::cell::RefCell::new(Vec::new());
        let proves = |secret: &str| {
            tried.borrow_mut().push(secret.to_owned());
            secret == text
        };
        let caller = credentials::authenticate_proof(d, client_id, proves).await;
        (caller, tried.into_inner())
    };
    let text = secret.reveal();
    let (caller, tried) = known(&made.client_id, text).await;
    assert_eq!(caller.unwrap().credential, made.number);
    assert_eq!(tried, ["", text], "one of nobody, and its own");
    let refused = Err(Error::Unauthenticated);
    for (client_id, text) in [
        (made.client_id.as_str(), SECRET),
        (made.client_id.as_str(), ""),
        ("nobody", text),
        ("nobody", ""),
        (ADMIN, text),
    ] {
        assert_eq!(known(client_id, text).await.0, refused, "{client_id}");
    }
    credentials::revoke(d, &made.client_id).await.unwrap();
    assert_eq!(known(&made.client_id, text).await, (refused, vec![String::new()]));
}

#[tokio::test]
async fn a_credential_opens_with_its_secret_until_it_is_revoked() {
    let w = World::new().await;
    let d = &w.directory;
    let (made, secret) = credentials::create(d, "default", None, Access::Editor, None, None)
        .await
        .unwrap();
    assert_eq!(
        (made.access, made.secrets, made.revoked_at),
        (Access::Editor, 1, None)
    );
    let caller = credentials::authenticate(d, &made.client_id, secret.reveal())
        .await
        .unwrap();
    assert_eq!(
        (caller.tenant, caller.credential, caller.access),
        (made.tenant, made.number, Access::Editor)
    );
    assert_eq!(
        (caller.actor.client_id.as_str(), caller.actor.user),
        (made.client_id.as_str(), None)
    );
    assert_eq!(credentials::caller(d, made.number).await.unwrap(), caller);

    let refused = Err(Error::Unauthenticated);
    assert_eq!(
        credentials::authenticate(d, &made.client_id, SECRET).await,
        refused
    );
    assert_eq!(credentials::authenticate(d, &made.client_id, "").await, refused);
    assert_eq!(
        credentials::authenticate(d, "nobody", secret.reveal()).await,
        refused
    );
    assert_eq!(
        credentials::authenticate(d, ADMIN, secret.reveal()).await,
        refused
    );
    assert_eq!(
        credentials::caller(d, CredentialNumber::new(99).unwrap()).await,
        refused
    );

    credentials::revoke(d, &made.client_id).await.unwrap();
    assert_eq!(
        credentials::authenticate(d, &made.client_id, secret.reveal()).await,
        refused
    );
    assert_eq!(credentials::caller(d, made.number).await, refused);
    let position = w.position().await;
    credentials::revoke(d, &made.client_id).await.unwrap();
    assert_eq!(w.position().await, position, "twice is once");
    assert_eq!(missing(credentials::revoke(d, "nobody").await), Kind::Credential);
}

#[tokio::test]
async fn a_secret_opens_with_the_dialects_name_of_its_tenant() {
    let w = World::new().await;
    let d = &w.directory;
    tenants::create(d, "other", vec![(Dialect::FormsOnFire, "2".into())])
        .await
        .unwrap();
    let anna = w.user("anna").await.user;
    let secret = |text: &str| Some(format!("{text}, long enough to be a secret"));
    let make = async |tenant: &str, id: &str, user, text| {
        let id = Some(id.to_owned());
        credentials::create(d, tenant, id, Access::Editor, user, secret(text))
            .await
            .unwrap()
    };
    let (first, shown) = make("default", "first", Some(anna.id), "shared").await;
    let (second, _) = make("default", "second", None, "own").await;
    let (foreign, _) = make("other", "foreign", None, "shared").await;
    let open = async |dialect, alias: &str, text| {
        credentials::authenticate_secret(d, dialect, alias, &secret(text).unwrap()).await
    };
    let fof = Dialect::FormsOnFire;
    let caller = open(fof, "1", "shared").await.unwrap();
    assert_eq!(caller, credentials::caller(d, first.number).await.unwrap());
    assert_eq!(caller.actor.user, Some((anna.number, anna.id)));
    assert_eq!(open(fof, "1", "own").await.unwrap().credential, second.number);
    assert_eq!(open(fof, "2", "shared").await.unwrap().credential, foreign.number);

    let refused = Err(Error::Unauthenticated);
    for (dialect, alias, text) in [
        (fof, "1", "wrong"),
        (fof, "2", "own"),
        (fof, "3", "shared"),
        (fof, "", "shared"),
        (fof, "default", "shared"),
        (fof, "01", "shared"),
        (Dialect::Kibo, "2", "shared"),
        (Dialect::Roster, "1", "shared"),
    ] {
        assert_eq!(
            open(dialect, alias, text).await,
            refused,
            "{dialect:?} {alias} {text}"
        );
    }
    let cut = &shown.reveal()[1..];
    assert_eq!(credentials::authenticate_secret(d, fof, "1", cut).await, refused);
    credentials::revoke(d, "first").await.unwrap();
    assert_eq!(open(fof, "1", "shared").await, refused);
    assert!(open(fof, "2", "shared").await.is_ok());
}

#[tokio::test]
async fn what_a_credential_must_be() {
    let w = World::new().await;
    let create = async |tenant: &str, id: Option<&str>, secret: Option<&str>| {
        let (id, secret) = (id.map(str::to_owned), secret.map(str::to_owned));
        credentials::create(&w.directory, tenant, id, Access::Reader, None, secret).await
    };
    assert_eq!(
        complaints(create("default", Some("a:b"), None).await),
        complaint("clientId", "pattern")
    );
    assert_eq!(
        complaints(create("default", Some(""), None).await),
        complaint("clientId", "minLength")
    );
    assert_eq!(
        complaints(create("default", None, Some("short")).await),
        complaint("secret", "minLength")
    );
    assert_eq!(missing(create("nowhere", None, None).await), Kind::Tenant);
    let exists = |field| Error::Exists {
        kind: Kind::Credential,
        field,
    };
    assert_eq!(
        create("default", Some(ADMIN), None).await.unwrap_err(),
        exists("clientId")
    );
    assert_eq!(
        create("default", Some("other"), Some(SECRET)).await.unwrap_err(),
        exists("secret")
    );
    let ghost = Some(UserId(uuid::Uuid::nil()));
    let bound = credentials::create(&w.directory, "default", None, Access::Reader, ghost, None).await;
    assert_eq!(missing(bound), Kind::User);

    // The client id is unique in the server, the secret in its tenant.
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    assert_eq!(
        create("other", Some(ADMIN), None).await.unwrap_err(),
        exists("clientId")
    );
    let (made, _) = create("other", Some("other"), Some(SECRET)).await.unwrap();
    let all = credentials::list(&w.directory, Some("other")).await.unwrap();
    assert_eq!(all, [made]);
    assert_eq!(credentials::list(&w.directory, None).await.unwrap().len(), 2);
    assert_eq!(
        missing(credentials::list(&w.directory, Some("nowhere")).await),
        Kind::Tenant
    );
}

#[tokio::test]
async fn ensuring_changes_nothing_that_exists() {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![]).await.unwrap();
    let ensure = async |tenant: &str, id: &str, secret: &str, access| {
        credentials::ensure(&w.directory, tenant, id, secret, access).await
    };
    let second = "another secret of enough characters";
    assert_eq!(
        ensure("default", "new", second, Access::Reader).await,
        Ok(Ensured::Created)
    );
    let position = w.position().await;
    assert_eq!(
        ensure("default", "new", second, Access::Reader).await,
        Ok(Ensured::Unchanged)
    );
    for (tenant, secret, access) in [
        ("default", SECRET, Access::Reader),
        ("default", second, Access::Admin),
        ("other", second, Access::Reader),
    ] {
        let refused = ensure(tenant, "new", secret, access).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    }
    assert_eq!(w.position().await, position);
    credentials::revoke(&w.directory, "new").await.unwrap();
    let revoked = ensure("default", "new", second, Access::Reader).await;
    assert!(matches!(revoked, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn a_database_opens_with_its_own_keys_only() {
    let w = World::new().await;
    w.reopen(&Keys::derive(&[7; 32])).unwrap();
    let Err(Error::Conflict { reason }) = w.reopen(&Keys::derive(&[8; 32])).map(drop) else {
        panic!("opened with other keys")
    };
    assert!(reason.contains("--key-file"));
}

#[tokio::test]
async fn no_secret_is_in_the_database() {
    let w = World::new().await;
    let (_, secret) = credentials::create(&w.directory, "default", None, Access::Reader, None, None)
        .await
        .unwrap();
    w.directory.close().await.unwrap();
    let folder = w.database().parent().unwrap().to_owned();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in [SECRET, secret.reveal()] {
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            );
        }
    }
}

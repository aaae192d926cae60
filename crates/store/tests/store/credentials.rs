//! Credentials.

use crate::fixture::{Fixture, at};
use model::credentials::Credential;
use model::error::{Error, Kind};
use model::{Access, Actor, Caller, Result};
use store::credentials::{self, CredentialDraft, StoredSecret};
use store::{Db, users};

#[tokio::test]
async fn a_credential_from_its_making_to_its_end() {
    let f = Fixture::new().await;
    let user = f.user("ann").await;
    let draft = CredentialDraft {
        tenant: f.one,
        client_id: "erp".to_owned(),
        access: Access::Editor,
        user: Some(user.number),
        at: at(3),
    };
    let secrets = [secret(1), secret(2)];
    let made = insert(&f, &draft, &secrets).await.unwrap();
    let expected = Credential {
        number: made.number,
        tenant: f.one,
        client_id: "erp".to_owned(),
        access: Access::Editor,
        user: Some(user.id),
        created_at: at(3),
        revoked_at: None,
        secrets: 2,
    };
    assert_eq!(made, expected);
    let db = f.store.reads();
    assert_eq!(
        credentials::find(&db, "erp").await.unwrap().as_ref(),
        Some(&expected)
    );
    assert_eq!(credentials::find(&db, "ERP").await, Ok(None));
    assert_eq!(
        credentials::lock(&db, "erp").await.unwrap().as_ref(),
        Some(&expected)
    );
    assert_eq!(
        credentials::list(&db, None).await.unwrap(),
        std::slice::from_ref(&expected)
    );
    assert_eq!(credentials::list(&db, Some(f.two)).await.unwrap(), []);
    let by_secret = credentials::by_secret(&db, f.one, &[2; 32]).await.unwrap();
    assert_eq!(by_secret.as_ref(), Some(&expected));
    assert_eq!(credentials::by_secret(&db, f.two, &[2; 32]).await, Ok(None));
    assert!(credentials::secrets(&db, made.number).await.unwrap() == secrets);
    let caller = Caller {
        tenant: f.one,
        credential: made.number,
        access: Access::Editor,
        actor: Actor {
            client_id: "erp".to_owned(),
            user: Some((user.number, user.id)),
        },
    };
    assert_eq!(
        credentials::caller(&db, made.number).await.unwrap().as_ref(),
        Some(&caller)
    );
    let by_secret = async |tenant, byte| {
        credentials::caller_by_secret(&db, tenant, &[byte; 32])
            .await
            .unwrap()
    };
    assert_eq!(by_secret(f.one, 1).await.as_ref(), Some(&caller));
    assert_eq!(by_secret(f.one, 2).await, Some(caller));
    assert_eq!(
        (by_secret(f.one, 3).await, by_secret(f.two, 1).await),
        (None, None)
    );
    let bound = credentials::bound_to(&db, f.one, user.number).await.unwrap();
    assert_eq!(bound, [expected]);

    let delete = {
        let user = user.clone();
        async move |tx: &Db| {
            credentials::unbind(tx, user.tenant, user.number).await?;
            users::delete(tx, &user).await
        }
    };
    assert!(
        f.store.write(delete.clone()).await.is_err(),
        "the credential holds the user"
    );
    let number = made.number;
    let revoke = async move |tx: &Db| credentials::revoke(tx, number, at(4)).await;
    f.store.write(revoke).await.unwrap();
    assert!(f.store.write(revoke).await.is_err(), "it is revoked already");
    assert_eq!(credentials::caller(&db, number).await, Ok(None));
    assert_eq!(by_secret(f.one, 1).await, None);
    assert!(credentials::secrets(&db, number).await.unwrap().is_empty());
    assert_eq!(credentials::bound_to(&db, f.one, user.number).await.unwrap(), []);
    f.store.write(delete).await.unwrap();
    let left = credentials::find(&db, "erp").await.unwrap().unwrap();
    assert_eq!((left.user, left.revoked_at, left.secrets), (None, Some(at(4)), 0));
}

#[tokio::test]
async fn client_ids_are_unique_in_the_server_and_secrets_in_the_tenant() {
    let f = Fixture::new().await;
    let draft = |tenant, client_id: &str| CredentialDraft {
        tenant,
        client_id: client_id.to_owned(),
        access: Access::Reader,
        user: None,
        at: at(0),
    };
    insert(&f, &draft(f.one, "a"), &[secret(1)]).await.unwrap();
    let exists = |field| Error::Exists {
        kind: Kind::Credential,
        field,
    };
    let taken = insert(&f, &draft(f.two, "a"), &[secret(2)]).await;
    assert_eq!(taken, Err(exists("clientId")));
    let taken = insert(&f, &draft(f.one, "b"), &[secret(1)]).await;
    assert_eq!(taken, Err(exists("secret")));
    let other = insert(&f, &draft(f.two, "b"), &[secret(1)]).await.unwrap();
    let caller = credentials::caller_by_secret(&f.store.reads(), f.two, &[1; 32])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(caller.credential, other.number);
    assert_eq!((caller.actor.user, caller.access), (None, Access::Reader));
}

async fn insert(f: &Fixture, draft: &CredentialDraft, secrets: &[StoredSecret]) -> Result<Credential> {
    let (draft, secrets) = (draft.clone(), secrets.to_vec());
    f.store
        .write(async move |tx: &Db| credentials::insert(tx, draft.clone(), &secrets).await)
        .await
}

fn secret(byte: u8) -> StoredSecret {
    StoredSecret {
        lookup: [byte; 32],
        sealed: vec![byte; 40],
        created_at: at(1),
    }
}

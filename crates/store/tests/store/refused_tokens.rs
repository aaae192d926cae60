//! Tokens that were given back.

use crate::fixture::{Fixture, at};
use store::{Db, refused_tokens};

#[tokio::test]
async fn a_token_is_refused_until_it_is_forgotten() {
    let f = Fixture::new().await;
    let insert = async |digest: [u8; 32], expires| {
        f.store
            .write(async move |tx: &Db| refused_tokens::insert(tx, &digest, expires).await)
            .await
            .unwrap();
    };
    insert([1; 32], at(10)).await;
    insert([1; 32], at(20)).await;
    insert([2; 32], at(11)).await;
    let refused = async |byte| {
        refused_tokens::contains(&f.store.reads(), &[byte; 32])
            .await
            .unwrap()
    };
    assert!(refused(1).await && refused(2).await && !refused(3).await);
    f.store
        .write(async |tx: &Db| refused_tokens::remove_expired(tx, at(10)).await)
        .await
        .unwrap();
    assert!(!refused(1).await && refused(2).await);
}

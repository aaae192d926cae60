use crate::support::*;
use chrono::Duration;
use directory::{access_tokens, credentials};
use model::{Access, Error};

#[tokio::test]
async fn a_token_lives_for_a_while_after_its_last_use() {
    let w = World::new().await;
    let d = &w.directory;
    let position = w.position().await;
    let (token, issued) = access_tokens::issue(d, &w.admin).await.unwrap();
    assert_eq!((issued.credential, issued.used_at), (w.admin.credential, d.now()));
    let digest = access_tokens::digest(d, token.reveal());
    assert_eq!(access_tokens::find(d, &digest).await.unwrap(), Some(issued));
    let other = access_tokens::digest(d, "another token");
    assert_eq!(access_tokens::find(d, &other).await.unwrap(), None);

    w.clock.advance(access_tokens::LIFE - Duration::microseconds(1));
    assert_eq!(access_tokens::find(d, &digest).await.unwrap(), Some(issued));
    let used = d.now();
    access_tokens::touch(d, digest, used).await.unwrap();
    access_tokens::touch(d, digest, issued.used_at).await.unwrap();
    let known = access_tokens::find(d, &digest).await.unwrap().unwrap();
    assert_eq!(known.used_at, used, "an earlier use changes nothing");

    w.clock.advance(access_tokens::LIFE);
    assert_eq!(access_tokens::find(d, &digest).await.unwrap(), None);
    assert_eq!(w.position().await, position, "tokens leave no events");
}

#[tokio::test]
async fn expired_and_revoked_tokens_are_forgotten() {
    let w = World::new().await;
    let d = &w.directory;
    let kept = async |digest: [u8; 32]| {
        let found = store::access_tokens::find(&w.store().reads(), &digest).await;
        found.unwrap().is_some()
    };
    let issue = async |caller| {
        let (token, _) = access_tokens::issue(d, caller).await.unwrap();
        access_tokens::digest(d, token.reveal())
    };
    let old = issue(&w.admin).await;
    w.clock.advance(Duration::minutes(29));
    let newer = issue(&w.admin).await;
    assert!(kept(old).await && kept(newer).await);
    w.clock.advance(Duration::minutes(1) + access_tokens::NOTED_EVERY);
    let newest = issue(&w.admin).await;
    assert!(!kept(old).await && kept(newer).await && kept(newest).await);

    let caller = w.caller("default", Access::Reader, None).await;
    let digest = issue(&caller).await;
    credentials::revoke(d, &caller.actor.client_id).await.unwrap();
    assert!(!kept(digest).await && kept(newest).await);
    let known = credentials::caller(d, caller.credential).await;
    assert_eq!(known, Err(Error::Unauthenticated));
}

#[tokio::test]
async fn a_token_is_kept_by_a_digest_under_the_servers_key() {
    let w = World::new().await;
    let (token, _) = access_tokens::issue(&w.directory, &w.admin).await.unwrap();
    let digest = access_tokens::digest(&w.directory, token.reveal());
    let other = w.reopen(&directory::Keys::derive(&[7; 32])).unwrap();
    assert_eq!(access_tokens::digest(&other, token.reveal()), digest);
    let bytes = std::fs::read(w.database()).unwrap();
    let log = std::fs::read(w.database().with_extension("db-wal")).unwrap_or_default();
    for bytes in [bytes, log] {
        let text = token.reveal().as_bytes();
        assert!(!bytes.windows(text.len()).any(|window| window == text));
    }
}

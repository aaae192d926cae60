//! Refresh tokens that were given back.

use crate::support::*;
use chrono::Duration;
use directory::tokens;

async fn refused(w: &World, byte: u8) -> bool {
    tokens::is_refused(&w.directory, &[byte; 32]).await.unwrap()
}

#[tokio::test]
async fn a_token_stays_refused_while_it_could_be_used() {
    let w = World::new().await;
    let position = w.position().await;
    let until = |seconds| w.clock.now() + Duration::seconds(seconds);
    tokens::refuse(&w.directory, [1; 32], until(10)).await.unwrap();
    tokens::refuse(&w.directory, [1; 32], until(10)).await.unwrap();
    tokens::refuse(&w.directory, [2; 32], until(0)).await.unwrap();
    assert!(refused(&w, 1).await, "twice is once");
    assert!(!refused(&w, 2).await, "it had expired");

    w.clock.advance(Duration::seconds(9));
    tokens::refuse(&w.directory, [3; 32], until(10)).await.unwrap();
    assert!(refused(&w, 1).await && refused(&w, 3).await);
    w.clock.advance(Duration::seconds(1));
    tokens::refuse(&w.directory, [4; 32], until(10)).await.unwrap();
    assert!(!refused(&w, 1).await, "it is forgotten with its expiry");
    assert!(refused(&w, 3).await && refused(&w, 4).await);
    assert_eq!(w.position().await, position, "tokens are not in the trail");
}

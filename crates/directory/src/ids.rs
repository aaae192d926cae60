//! Randomness as a parameter: identifiers, salts, secrets and keys are all drawn here.

use model::{Error, Instant, Result};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Draws identifiers and random bytes.
#[derive(Clone, Debug)]
pub struct Ids(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Ids {
    /// Draws from the operating system.
    pub fn random() -> Self {
        Self(Source::System)
    }

    /// Draws the same sequence for the same seed. For tests: nothing made by it is secret.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded {
            seed,
            drawn: Arc::new(AtomicU64::new(0)),
        })
    }

    /// How often a seeded source was asked; 0 for the operating system's.
    pub(crate) fn drawn(&self) -> u64 {
        match &self.0 {
            Source::System => 0,
            Source::Seeded { drawn, .. } => drawn.load(Ordering::SeqCst),
        }
    }

    /// Has a seeded source repeat what it gave since it was asked so often.
    pub(crate) fn set_back(&self, to: u64) {
        if let Source::Seeded { drawn, .. } = &self.0 {
            drawn.store(to, Ordering::SeqCst);
        }
    }

    /// A UUID of version 7 with the milliseconds of `at`; instants before 1970 count as 1970.
    pub fn uuid(&self, at: Instant) -> Result<Uuid> {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let random = self.bytes::<10>()?;
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// Random bytes; fails only when the operating system gives none.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Fills `bytes` with random ones.
    pub fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        match &self.0 {
            Source::System => {
                getrandom::fill(bytes).map_err(|error| Error::internal(format!("draw random bytes: {error}")))
            }
            Source::Seeded { seed, drawn } => {
                for chunk in bytes.chunks_mut(32) {
                    let count = drawn.fetch_add(1, Ordering::SeqCst);
                    let mut block = Sha256::new();
                    block.update(seed.to_be_bytes());
                    block.update(count.to_be_bytes());
                    chunk.copy_from_slice(&block.finalize()[..chunk.len()]);
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_seed_gives_its_sequence() {
        let at = Instant::from_timestamp_micros(1_700_000_000_000_000).unwrap();
        let draw = |seed| {
            let ids = Ids::seeded(seed);
            (ids.uuid(at).unwrap(), ids.bytes::<40>().unwrap())
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_eq!(draw(7).0.get_version_num(), 7);
    }

    #[test]
    fn identifiers_differ_and_rise_with_the_time() {
        let ids = Ids::random();
        let at = |millis| Instant::from_timestamp_millis(millis).unwrap();
        let drawn: HashSet<_> = (0..1000).map(|_| ids.uuid(at(1000)).unwrap()).collect();
        assert_eq!(drawn.len(), 1000);
        assert!(ids.uuid(at(1000)).unwrap() < ids.uuid(at(1001)).unwrap());
    }
}

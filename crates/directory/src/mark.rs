//! A moment that a directory can be taken back to, for tests of its callers.

use crate::Directory;
use model::{Instant, Result};

/// Where a directory stood: what a fixed clock showed and how far identifiers were drawn. The store keeps its own part.
#[derive(Debug)]
pub struct Mark {
    now: Instant,
    drawn: u64,
}

impl Directory {
    /// Keeps a copy of everything in memory. There is one at a time.
    pub async fn mark(&self) -> Result<Mark> {
        self.store.keep_image().await?;
        Ok(Mark {
            now: self.now(),
            drawn: self.ids().drawn(),
        })
    }

    /// Takes everything back to the mark that was made last: the store, a fixed clock, and identifiers that follow from a number. Reads
    /// that are under way end on what they began with; what is read by several of them is for the caller to keep apart.
    pub async fn go_back(&self, mark: &Mark) -> Result<()> {
        self.store.restore_image().await?;
        self.clock().set_back(mark.now);
        self.ids().set_back(mark.drawn);
        Ok(())
    }
}

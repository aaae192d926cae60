//! The clock as a parameter: the system's, or one that only moves when a test moves it.

use chrono::{DateTime, Duration, Utc};
use model::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time in whole microseconds, which is what the store keeps. Never goes back.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    /// The latest instant told, or the instant of a fixed clock; microseconds since 1970.
    micros: Arc<AtomicI64>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    System,
    Fixed,
}

impl Clock {
    /// The system's clock. When that is set back, this one stands still until it is overtaken, so that the
    /// events of a tenant stay ordered by time.
    pub fn system() -> Self {
        Self {
            source: Source::System,
            micros: Arc::new(AtomicI64::new(i64::MIN)),
        }
    }

    /// A clock that stands at `at`; its clones move with it.
    pub fn fixed(at: Instant) -> Self {
        Self {
            source: Source::Fixed,
            micros: Arc::new(AtomicI64::new(at.timestamp_micros())),
        }
    }

    /// Whether it only moves when it is told to.
    pub fn is_fixed(&self) -> bool {
        matches!(self.source, Source::Fixed)
    }

    /// Moves a fixed clock forward. The system's clock does not listen.
    pub fn advance(&self, by: Duration) {
        if self.is_fixed() {
            let by = by.num_microseconds().unwrap_or(0).max(0);
            self.micros.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// Takes a fixed clock back. The system's clock does not listen.
    pub(crate) fn set_back(&self, to: Instant) {
        if self.is_fixed() {
            self.micros.store(to.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        let micros = match self.source {
            Source::Fixed => self.micros.load(Ordering::SeqCst),
            Source::System => {
                let now = system_now().timestamp_micros();
                self.micros.fetch_max(now, Ordering::SeqCst).max(now)
            }
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the system's clock"
)]
fn system_now() -> Instant {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let start = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        let clock = Clock::fixed(start);
        let clone = clock.clone();
        assert_eq!(clock.now(), start);
        clone.advance(Duration::microseconds(5));
        assert_eq!(clock.now(), start + Duration::microseconds(5));
        clone.advance(Duration::microseconds(-5));
        assert_eq!(clock.now(), start + Duration::microseconds(5));
    }

    #[test]
    fn the_system_clock_tells_whole_microseconds_and_never_goes_back() {
        let clock = Clock::system();
        let first = clock.now();
        let second = clock.now();
        assert!(second >= first);
        assert_eq!(first.timestamp_subsec_nanos() % 1000, 0);
    }
}

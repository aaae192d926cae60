//! Runs that repeat: a clock that stands still and identifiers that come in the same order each time.

use crate::cli::Failure;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use directory::{Clock, Ids};
use std::net::SocketAddr;

/// The years that a fixed clock may show: identifiers count from 1970 on, and tokens outlive the present by two weeks.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;

#[derive(Args, Clone, Debug)]
pub struct Repeatable {
    /// With --ephemeral: the clock stands at this instant (RFC 3339); nothing expires
    #[arg(long, env = "ROSTER_FIXED_CLOCK", value_name = "INSTANT", value_parser = instant)]
    pub fixed_clock: Option<DateTime<Utc>>,
    /// With --ephemeral, on the loopback: identifiers, tokens and keys come in the order of this number and can be foretold
    #[arg(long, env = "ROSTER_SEED_IDS", value_name = "NUMBER")]
    pub seed_ids: Option<u64>,
}

impl Repeatable {
    /// Refuses what would make a lasting directory, or one that others reach, foreseeable.
    pub fn check(&self, ephemeral: bool, listen: SocketAddr) -> Result<(), Failure> {
        let given = [
            ("--fixed-clock", self.fixed_clock.is_some()),
            ("--seed-ids", self.seed_ids.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(_, given)| *given && !ephemeral) {
            return Err(Failure(format!("`{name}` needs `--ephemeral`")));
        }
        if self.seed_ids.is_some() && !listen.ip().to_canonical().is_loopback() {
            return Err(Failure(format!(
                "`--seed-ids` makes tokens that anybody can foretell: it needs a loopback address to listen on, and {listen} \
                 is none"
            )));
        }
        Ok(())
    }

    pub fn clock(&self) -> Clock {
        self.fixed_clock.map_or_else(Clock::system, Clock::fixed)
    }

    pub fn ids(&self) -> Ids {
        self.seed_ids.map_or_else(Ids::random, Ids::seeded)
    }

    /// Says in the log what is not as it would be elsewhere.
    pub fn announce(&self) {
        if let Some(at) = self.fixed_clock {
            let at = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            tracing::warn!("the clock stands at {at}: nothing expires");
        }
        if let Some(seed) = self.seed_ids {
            tracing::warn!(
                "identifiers, tokens and keys follow from the number {seed}: none of them is secret"
            );
        }
    }
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let wrong = || "expected an instant of the years 1970 to 9998 such as 2027-01-31T12:00:00Z".to_owned();
    let at = DateTime::parse_from_rfc3339(text).map_err(|_| wrong())?.to_utc();
    let year = chrono::Datelike::year(&at);
    if YEARS.contains(&year) {
        Ok(at)
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        assert_eq!(
            instant("2027-01-31T13:00:00.5+01:00").unwrap().to_rfc3339(),
            "2027-01-31T12:00:00.500+00:00"
        );
        for bad in [
            "2027-01-31",
            "2027-02-30T00:00:00Z",
            "2027-01-31T12:00:00",
            "1969-12-31T23:59:59Z",
            "9999-01-01T00:00:00Z",
            "now",
            "",
        ] {
            assert!(instant(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_run_that_repeats_is_a_run_of_its_own() {
        let near = "127.0.0.1:0".parse().unwrap();
        let far = "0.0.0.0:80".parse().unwrap();
        let options = |clock: bool, seed| Repeatable {
            fixed_clock: clock.then(DateTime::default),
            seed_ids: seed,
        };
        for (options, ephemeral, listen, word) in [
            (options(false, None), false, far, None),
            (options(true, None), true, far, None),
            (options(true, Some(1)), true, near, None),
            (options(true, None), false, near, Some("--fixed-clock")),
            (options(false, Some(1)), false, near, Some("--seed-ids")),
            (options(false, Some(1)), true, far, Some("loopback")),
        ] {
            let said = options.check(ephemeral, listen).err().map(|failure| failure.0);
            assert_eq!(said.is_some(), word.is_some(), "{options:?}");
            assert!(word.is_none_or(|word| said.unwrap().contains(word)));
        }
    }
}

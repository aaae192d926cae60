//! Dates of groups: answered without a zone and in UTC, taken with one too.

use chrono::{DateTime, NaiveDateTime};
use model::{Instant, Violation};

/// The beginning of the year 0 and the end of the year 9999, in microseconds.
const FIRST: i64 = -62_167_219_200_000_000;
const LAST: i64 = 253_402_300_799_999_999;

/// A date that the contract has checked; what it lets through and the calendar does not have is a violation at `field`.
pub fn parse(field: &str, text: &str) -> Result<Instant, Violation> {
    read(text).ok_or_else(|| Violation::new(field, "format", "must be a date and time that the calendar has"))
}

fn read(text: &str) -> Option<Instant> {
    let at = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.to_utc(),
        Err(_) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
            .ok()?
            .and_utc(),
    };
    // A leap second becomes the next one. A zone can lead out of the years that can be written: to their edge.
    let at = at.timestamp_micros().clamp(FIRST, LAST);
    Instant::from_timestamp_micros(at)
}

/// Without a zone; the second has no fraction, or one of three or six digits.
pub fn show(at: Instant) -> String {
    let micros = at.timestamp_subsec_micros();
    let second = at.format("%Y-%m-%dT%H:%M:%S");
    match micros {
        0 => second.to_string(),
        _ if micros.is_multiple_of(1000) => format!("{second}.{:03}", micros / 1000),
        _ => format!("{second}.{micros:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back_in_utc() {
        for (given, shown) in [
            ("2017-05-06T00:00:00", "2017-05-06T00:00:00"),
            ("2017-05-06T00:00:00Z", "2017-05-06T00:00:00"),
            ("2017-05-06T00:00:00+02:00", "2017-05-05T22:00:00"),
            ("2013-06-17T18:27:01.843", "2013-06-17T18:27:01.843"),
            ("2013-06-17T18:27:01.8", "2013-06-17T18:27:01.800"),
            ("2013-06-17T18:27:01.000001-11:30", "2013-06-18T05:57:01.000001"),
            ("2016-02-29T23:59:59", "2016-02-29T23:59:59"),
            ("2016-12-31T23:59:60", "2017-01-01T00:00:00"),
            ("0000-01-01T00:00:00", "0000-01-01T00:00:00"),
            ("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"),
            ("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00"),
            ("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.999999"),
        ] {
            assert_eq!(show(parse("x", given).unwrap()), shown, "{given}");
        }
    }

    #[test]
    fn dates_that_no_calendar_has() {
        for given in [
            "2017-02-29T00:00:00",
            "2017-13-01T00:00:00",
            "2017-00-01T00:00:00",
            "2017-04-31T00:00:00Z",
            "2017-01-01T24:00:00",
            "2017-01-01T00:60:00",
            "2017-01-01T00:00:61",
            "2017-01-01T00:00:00+24:00",
        ] {
            let violation = parse("activeFromDate", given).unwrap_err();
            assert_eq!(
                (violation.field.as_str(), violation.rule),
                ("activeFromDate", "format"),
                "{given}"
            );
        }
    }
}

//! Formats of texts: values that have them, near misses, and a judge.

/// The formats that a value can break: those of which the document's server takes no other text. Every other
/// format tells people what to expect; valid samples have it all the same.
pub const ASSERTED: &[&str] = &["date-time", "uuid", "int32", "int64"];

/// Texts of a format; none for a format that is not known.
pub fn right(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2026-11-22T15:04:05Z",
            "2026-11-22T15:04:05.250137Z",
            "2024-02-29T23:59:59.9Z",
            "2026-11-22T15:04:05+01:00",
            "2026-01-01T00:30:00-11:30",
            "2026-11-22T15:04:05.000001+14:00",
            "2026-11-22t15:04:05z",
            "0001-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "2016-12-31T23:59:60Z",
            "2000-02-29T12:00:00-00:00",
        ],
        "date-time-local" => &[
            "2026-11-22T15:04:05",
            "2024-02-29T23:59:59.999999",
            "2026-01-31T00:00:00.1",
            "1970-01-01T00:00:00",
            "2000-12-31T12:30:00Z",
            "2026-11-22T15:04:05+01:00",
        ],
        "date" => &[
            "2026-11-22",
            "2024-02-29",
            "1970-01-01",
            "0001-01-01",
            "9999-12-31",
        ],
        "time" => &["15:04:05Z", "00:00:00+01:00", "23:59:59.999999Z"],
        "uuid" => &[
            "0190163d-8694-739b-aea5-966c26f8ad91",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "F47AC10B-58CC-4372-A567-0E02B2C3D479",
        ],
        "email" => &[
            "grace@example.com",
            "a+b.c@sub.example.org",
            "\"a b\"@example.com",
        ],
        "uri" => &[
            "https://example.com/",
            "https://user@example.com:8443/a/b;c=1?q=%20&r=#f",
            "http://[2001:db8::1]/",
        ],
        "uri-reference" => &["/a/b?c#d", "https://example.com/", ""],
        "hostname" => &["example.com", "xn--bcher-kva.example"],
        "ipv4" => &["127.0.0.1", "255.255.255.255", "0.0.0.0"],
        "ipv6" => &["::1", "2001:db8::8a2e:370:7334"],
        _ => &[],
    }
}

/// Texts that miss a format by little.
pub fn wrong(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2026-11-22",
            "2026-11-22T15:04:05",
            "2026-11-22 15:04:05Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T15:04:05+0100",
            "2026-11-22T15:04:05.Z",
            "2026-11-22T15:04Z",
            "20261122T150405Z",
            "+2026-11-22T15:04:05Z",
            "2026-11-22T15:04:05Z ",
            " 2026-11-22T15:04:05Z",
            "1795359845",
            "now",
            "",
        ],
        "uuid" => &[
            "0190163d8694739baea5966c26f8ad91",
            "{0190163d-8694-739b-aea5-966c26f8ad91}",
            "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
            "0190163d-8694-739b-aea5-966c26f8ad9",
            "0190163d-8694-739b-aea5-966c26f8ad911",
            "0190163d-8694-739b-aea5-966c26f8ad9g",
            "0190163d8-694-739b-aea5-966c26f8ad91",
            "0190163d-8694-739b-aea5-966c26f8ad9\u{e9}",
            " 0190163d-8694-739b-aea5-966c26f8ad9",
            "",
        ],
        _ => &[],
    }
}

/// Whether a text has a format; true for formats that are not asserted.
pub fn fits(format: &str, text: &str) -> bool {
    match format {
        "date-time" => is_date_time(text),
        "uuid" => is_uuid(text),
        _ => true,
    }
}

fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// RFC 3339.
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        let part = text.get(from..to)?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| is_number)
    };
    let is = |at: usize, wanted: u8| {
        bytes
            .get(at)
            .is_some_and(|byte| byte.eq_ignore_ascii_case(&wanted))
    };
    if !(is(4, b'-') && is(7, b'-') && is(10, b't') && is(13, b':') && is(16, b':')) {
        return false;
    }
    let numbers = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)].map(|(from, to)| number(from, to));
    let [
        Some(year),
        Some(month),
        Some(day),
        Some(hour),
        Some(minute),
        Some(second),
    ] = numbers
    else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let rest = text.get(19..).unwrap_or_default();
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    (1..=days).contains(&day) && hour < 24 && minute < 60 && second <= 60 && is_zone(zone)
}

fn is_zone(zone: &str) -> bool {
    let number = |from: usize, to: usize| zone.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let is_offset = zone.len() == 6
        && zone.starts_with(['+', '-'])
        && zone.as_bytes().get(3) == Some(&b':')
        && zone.bytes().filter(u8::is_ascii_digit).count() == 4
        && number(1, 3).is_some_and(|hours| hours < 24)
        && number(4, 6).is_some_and(|minutes| minutes < 60);
    zone.eq_ignore_ascii_case("z") || is_offset
}

#[cfg(test)]
mod tests {
    use super::{fits, right, wrong};

    #[test]
    fn right_and_wrong() {
        for format in ["date-time", "uuid"] {
            for text in right(format) {
                assert!(fits(format, text), "{format}: {text}");
            }
            for text in wrong(format) {
                assert!(!fits(format, text), "{format}: {text}");
            }
        }
    }

    #[test]
    fn an_independent_judge_agrees() {
        for format in [
            "date-time",
            "date",
            "time",
            "uuid",
            "email",
            "uri",
            "uri-reference",
            "hostname",
            "ipv4",
            "ipv6",
        ] {
            let schema = serde_json::json!({"format": format});
            let judge = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .unwrap();
            for text in right(format) {
                assert!(judge.is_valid(&(*text).into()), "{format}: {text}");
            }
            for text in wrong(format) {
                assert!(!judge.is_valid(&(*text).into()), "{format}: {text}");
            }
        }
    }
}

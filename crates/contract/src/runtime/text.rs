//! Values that travel as text: path segments, query values, headers.

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::Secret;

/// A value that can be read from a path segment, a query value or a header.
pub trait FromText: Sized {
    /// What a right value is, for a message: "expected {EXPECTED}".
    const EXPECTED: &'static str;
    /// The rule that any other text breaks.
    const RULE: &'static str = "type";
    /// Written with letters that mean the same in any case, such as `true`.
    const IS_WORD: bool = false;

    /// `None` when the text is no such value.
    fn from_text(text: &str) -> Option<Self>;
}

/// What a right value of the type is, as the message of a violation.
pub fn demand<T: FromText>() -> String {
    if T::RULE == "type" {
        format!("expected {}", T::EXPECTED)
    } else {
        format!("must be {}", T::EXPECTED)
    }
}

impl FromText for String {
    const EXPECTED: &'static str = "text";
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromText for Secret {
    const EXPECTED: &'static str = "text";
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }
}

impl FromText for bool {
    const EXPECTED: &'static str = "`true` or `false`";
    const IS_WORD: bool = true;
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

impl FromText for i32 {
    const EXPECTED: &'static str = "a whole number of 32 bits";
    fn from_text(text: &str) -> Option<Self> {
        i64::from_text(text)?.try_into().ok()
    }
}

impl FromText for i64 {
    const EXPECTED: &'static str = "a whole number of 64 bits";
    fn from_text(text: &str) -> Option<Self> {
        // A sign other than minus is not JSON's, and `parse` would take it.
        if text.starts_with('+') {
            None
        } else {
            text.parse().ok()
        }
    }
}

impl FromText for f64 {
    const EXPECTED: &'static str = "a number";
    fn from_text(text: &str) -> Option<Self> {
        // JSON's grammar, so that `inf`, `NaN` and `1.` stay outside; but not its white space.
        let is_bare = !text.contains([' ', '\t', '\n', '\r']);
        serde_json::from_str(text).ok().filter(|_| is_bare)
    }
}

impl FromText for DateTime<Utc> {
    const EXPECTED: &'static str = "an RFC 3339 date and time";
    fn from_text(text: &str) -> Option<Self> {
        // chrono would also take a space for the `T`, and fractions without end.
        let is_strict = matches!(text.as_bytes().get(10), Some(b'T' | b't')) && text.len() <= 64;
        let at = DateTime::parse_from_rfc3339(text).ok().filter(|_| is_strict)?;
        // To the microsecond, which is what the store keeps; a leap second becomes the next one.
        let at = DateTime::from_timestamp_micros(at.timestamp_micros())?;
        // An offset can lead out of the years that RFC 3339 can write.
        (0..=9999).contains(&at.year()).then_some(at)
    }
}

impl FromText for Uuid {
    const EXPECTED: &'static str = "a UUID with dashes";
    fn from_text(text: &str) -> Option<Self> {
        // Other spellings (braces, `urn:`, no dashes) are not `format: uuid`.
        if text.len() == 36 {
            Self::try_parse(text).ok()
        } else {
            None
        }
    }
}

/// Decodes `%XX` once. `None` for a bad escape and for bytes that are not UTF-8.
pub fn percent_decode(raw: &str) -> Option<String> {
    if !raw.contains('%') {
        return Some(raw.to_owned());
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// As `percent_decode`, with `+` for a space as in forms.
pub fn query_decode(raw: &str) -> Option<String> {
    if raw.contains('+') {
        percent_decode(&raw.replace('+', " "))
    } else {
        percent_decode(raw)
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DateTime, FromText, Utc, percent_decode, query_decode};
    use uuid::Uuid;

    #[test]
    fn escapes_are_decoded_once() {
        for (raw, decoded) in [
            ("sdk%20group%2F1", Some("sdk group/1")),
            ("a%252Fb", Some("a%2Fb")),
            ("a+b", Some("a+b")),
            ("gr%C3%BCn", Some("grün")),
            ("%", None),
            ("%2", None),
            ("%zz", None),
            ("%FF", None),
            ("%+1", None),
        ] {
            assert_eq!(percent_decode(raw).as_deref(), decoded, "{raw}");
        }
        assert_eq!(query_decode("a+b%20c%2Bd").as_deref(), Some("a b c+d"));
    }

    #[test]
    fn numbers_and_words() {
        assert_eq!(i32::from_text("-7"), Some(-7));
        for wrong in ["", "+1", "1.0", "2147483648", "abc", "١"] {
            assert_eq!(i32::from_text(wrong), None, "{wrong}");
        }
        assert_eq!(f64::from_text("1e2"), Some(100.0));
        for wrong in ["NaN", " 1", "1 ", "\n1"] {
            assert_eq!(f64::from_text(wrong), None, "{wrong:?}");
        }
        assert_eq!(bool::from_text("True"), None);
        let at = |text: &str| DateTime::<Utc>::from_text(text).map(|at| at.to_rfc3339());
        assert_eq!(
            at("2026-11-22T15:04:05.1234567+01:00").as_deref(),
            Some("2026-11-22T14:04:05.123456+00:00")
        );
        assert_eq!(
            at("2016-12-31T23:59:60Z").as_deref(),
            Some("2017-01-01T00:00:00+00:00")
        );
        for wrong in [
            "2026-11-22 15:04:05Z",
            "2026-11-22",
            "9999-12-31T23:59:59-01:00",
            "2026-02-30T00:00:00Z",
        ] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
        assert!(Uuid::from_text("0190163d-8694-739b-aea5-966c26f8ad91").is_some());
        assert!(Uuid::from_text("0190163d8694739baea5966c26f8ad91").is_none());
    }
}

//! What XML may be made of: the encoding, the characters and the names.

use std::borrow::Cow;

/// Why a text is no XML that is taken, and the byte at which that shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: &'static str,
    pub at: usize,
}

impl Fault {
    pub fn new(message: &'static str, at: usize) -> Self {
        Self { message, at }
    }
}

/// The text of a document without its byte order mark, line ends as XML wants them.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let is_wide = bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) || bytes.contains(&0);
    if is_wide {
        return Err(Fault::new("the encoding must be UTF-8", 0));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Fault::new("the encoding must be UTF-8", error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some((at, _)) = text
        .char_indices()
        .find(|(_, character)| !is_character(*character))
    {
        return Err(Fault::new("a character that XML cannot carry", at));
    }
    if text.contains('\r') {
        Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")))
    } else {
        Ok(Cow::Borrowed(text))
    }
}

/// `Char` of XML 1.0.
pub fn is_character(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => other >= ' ',
    }
}

/// White space of XML, which is less than that of Unicode.
pub fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// A name with at most one prefix. Letters outside of ASCII are all taken.
pub fn is_name(name: &str) -> bool {
    let mut parts = name.split(':');
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        let is_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii();
        bytes.next().is_some_and(is_start)
            && bytes.all(|byte| is_start(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
    };
    parts.next().is_some_and(is_part) && parts.next().is_none_or(is_part) && parts.next().is_none()
}

/// One of the five entities that every document has.
pub fn entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// Line and column, counted from 1, of a byte.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::{is_name, place, text};

    #[test]
    fn encodings_and_characters() {
        assert_eq!(text(b"\xEF\xBB\xBFa\r\nb\rc").unwrap(), "a\nb\nc");
        for wrong in [
            &b"\xFE\xFF\0a"[..],
            b"\xFF\xFEa\0",
            b"\0a",
            b"a\0",
            b"\xE4",
            b"a\x0B",
            b"\xEF\xBF\xBE",
        ] {
            assert!(text(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn names() {
        for name in ["a", "_a", "a:b", "gr\u{fc}n", "a-1.b"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1", ":a", "a:", "a:b:c", "-a", "a b", "a!", "a&b"] {
            assert!(!is_name(name), "{name}");
        }
        assert_eq!(place("a\nb\u{fc}c", 5), (2, 3));
    }
}

//! Texts with bounds. Every text that enters the directory has passed one of these.

use crate::error::Violation;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest name of a group, user, role or type, in characters.
pub const MAX_NAME: usize = 255;
/// Longest description or note, in characters.
pub const MAX_DESCRIPTION: usize = 4000;
/// Longest short text (company, department, office, …), in characters.
pub const MAX_SHORT: usize = 255;

/// True for characters that XML and PostgreSQL cannot carry: C0 controls except tab, LF and CR, and U+FFFE, U+FFFF.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The key under which texts are compared without regard to case.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A text of `min ..= max` characters without forbidden ones.
pub fn bounded(field: &str, text: String, min: usize, max: usize) -> Result<String, Violation> {
    if text.chars().any(is_forbidden) {
        return Err(Violation::new(
            field,
            "pattern",
            "must not contain control characters",
        ));
    }
    let length = text.chars().count();
    if length < min {
        return Err(Violation::new(
            field,
            "minLength",
            format!("must have at least {min} characters"),
        ));
    }
    if length > max {
        return Err(Violation::new(
            field,
            "maxLength",
            format!("must have at most {max} characters"),
        ));
    }
    Ok(text)
}

/// A display name: at most 255 characters, `""` when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// Checks the bounds; `field` names the member in the violation.
    pub fn parse(field: &str, text: impl Into<String>) -> Result<Self, Violation> {
        bounded(field, text.into(), 0, MAX_NAME).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name's key for comparisons without regard to case.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }

    /// A name that the store has kept; its bounds were checked when it was written.
    pub fn stored(text: String) -> Self {
        Self(text)
    }
}

/// A group's code: 1 to 255 characters without control characters, not `.` or `..`, compared exactly, unique per tenant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// Checks the bounds; `field` names the member in the violation.
    pub fn parse(field: &str, text: impl Into<String>) -> Result<Self, Violation> {
        let text = bounded(field, text.into(), 1, MAX_NAME)?;
        if text.chars().any(char::is_control) {
            return Err(Violation::new(
                field,
                "pattern",
                "must not contain control characters",
            ));
        }
        if matches!(text.as_str(), "." | "..") {
            return Err(Violation::new(field, "pattern", "must not be `.` or `..`"));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A code that the store has kept; its bounds were checked when it was written.
    pub fn stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for good in ["a", "sdk group/1", "…", &"x".repeat(255)] {
            assert!(Code::parse("groupCode", good).is_ok(), "{good}");
        }
        for (bad, rule) in [
            ("", "minLength"),
            (".", "pattern"),
            ("..", "pattern"),
            ("a\tb", "pattern"),
            ("a\u{7f}", "pattern"),
        ] {
            assert_eq!(Code::parse("groupCode", bad).unwrap_err().rule, rule, "{bad:?}");
        }
        assert_eq!(
            Code::parse("groupCode", "x".repeat(256)).unwrap_err().rule,
            "maxLength"
        );
    }

    #[test]
    fn lengths_count_characters() {
        assert!(Name::parse("name", "é".repeat(255)).is_ok());
        assert!(Name::parse("name", "é".repeat(256)).is_err());
        assert!(Name::parse("name", "a\u{FFFE}").is_err());
        assert!(Name::parse("name", "tab\tline\r\n").is_ok());
    }

    #[test]
    fn folding_is_by_character() {
        assert_eq!(fold("ÄÖ Straße İ"), "äö straße i\u{307}");
    }
}

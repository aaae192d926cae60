//! A pattern must mean the same to ECMA-262, which documents are written in, and to Rust's `regex`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;

type Compiled = Result<Regex, String>;

/// What was compiled so far: each pattern meets many texts.
static COMPILED: LazyLock<Mutex<HashMap<String, Compiled>>> = LazyLock::new(Mutex::default);

/// The pattern, or why Rust cannot compile it.
pub fn compiled(pattern: &str) -> Compiled {
    let mut known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(pattern) {
        return found.clone();
    }
    let made = Regex::new(pattern).map_err(|error| {
        let text = error.to_string();
        let last = text.lines().last().unwrap_or_default();
        last.trim_start_matches("error: ").to_owned()
    });
    known.insert(pattern.to_owned(), made.clone());
    made
}

/// Why a pattern is not portable.
pub fn complaint(pattern: &str) -> Option<String> {
    if let Err(error) = compiled(pattern) {
        return Some(format!("Rust cannot compile it: {error}"));
    }
    let mut in_class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match character {
            '\\' => {
                let Some(escaped) = characters.next() else { break };
                if "dDwWsSbB".contains(escaped) {
                    return Some(format!(
                        "`\\{escaped}` is Unicode in Rust and ASCII in ECMA-262; write the characters out"
                    ));
                }
                if "pPAzxhK".contains(escaped) {
                    return Some(format!("`\\{escaped}` does not mean the same in ECMA-262"));
                }
                if escaped == 'u' && characters.peek() == Some(&'{') {
                    return Some("`\\u{…}` needs a flag in ECMA-262; write `\\uXXXX`".to_owned());
                }
            }
            '[' if in_class => {
                return Some("`[` inside of a class starts another one in Rust; escape it".to_owned());
            }
            '[' => in_class = true,
            ']' if in_class => in_class = false,
            '&' | '~' | '-' if in_class && next == Some(character) => {
                return Some(format!(
                    "`{character}{character}` inside of a class is an operator in Rust"
                ));
            }
            '.' if !in_class => {
                return Some("`.` does not match the same line ends in ECMA-262; write a class".to_owned());
            }
            '(' if next == Some('?') && !in_class => {
                let mut rest = characters.clone();
                rest.next();
                if rest.next() != Some(':') {
                    return Some("groups other than `(…)` and `(?:…)` differ in ECMA-262".to_owned());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::complaint;

    #[test]
    fn portable_and_not() {
        for portable in [
            r"^[^\u0000-\u0008]*$",
            r"^(?:a|b)+\.$",
            r"^[!#-~.]$",
            "",
            r"^\*|[a-z-]$",
        ] {
            assert_eq!(complaint(portable), None, "{portable}");
        }
        for other in [
            r"^\d+$",
            "(?=a)",
            "(",
            "(?i)a",
            "[[a]]",
            "[a&&b]",
            "a.b",
            r"\p{L}",
            r"\u{1F600}",
            r"(?<n>a)",
        ] {
            assert!(complaint(other).is_some(), "{other}");
        }
    }
}

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

/// Why a pattern is not portable. ECMA-262 is taken with its flag `u`, as validators of JSON Schema take it.
pub fn complaint(pattern: &str) -> Option<String> {
    if let Err(error) = compiled(pattern) {
        return Some(format!("Rust cannot compile it: {error}"));
    }
    let characters: Vec<char> = pattern.chars().collect();
    let (mut rest, mut before) = (characters.as_slice(), Piece::Start);
    while let [first, ..] = rest {
        let (length, piece) = match first {
            '\\' => (escape(rest, false), Piece::Atom),
            '[' => (class(rest), Piece::Atom),
            '*' | '+' | '?' | '{' => (quantifier(rest, before), Piece::Quantifier),
            '(' => (group(rest), Piece::Start),
            '.' => {
                let text = "`.` does not match the same line ends in ECMA-262; write a class";
                (Err(text.to_owned()), Piece::Atom)
            }
            ']' | '}' => (
                Err(format!("a lone `{first}` must be escaped in ECMA-262")),
                Piece::Atom,
            ),
            '^' | '$' | '|' => (Ok(1), Piece::Start),
            _ => (Ok(1), Piece::Atom),
        };
        match length {
            Err(complaint) => return Some(complaint),
            Ok(length) => rest = rest.get(length..).unwrap_or_default(),
        }
        before = piece;
    }
    None
}

/// What stands before a quantifier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Nothing that can be repeated.
    Start,
    Atom,
    Quantifier,
}

/// How many characters a piece has, or why it is not portable.
type Length = Result<usize, String>;

/// An escape of two characters and those of its number.
fn escape(rest: &[char], is_in_class: bool) -> Length {
    match rest {
        [_, 'u', '{', ..] => Err("`\\u{…}` needs a flag in ECMA-262; write `\\uXXXX`".to_owned()),
        [_, 'u', ..] => Ok(6),
        [_, letter @ ('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B'), ..] => Err(format!(
            "`\\{letter}` is Unicode in Rust and ASCII in ECMA-262; write the characters out"
        )),
        [_, 'n' | 'r' | 't' | 'f' | 'v' | '/', ..] => Ok(2),
        [_, '-', ..] if is_in_class => Ok(2),
        [_, sign, ..] if "^$\\.*+?()[]{}|".contains(*sign) => Ok(2),
        [_, other, ..] => Err(format!("`\\{other}` does not mean the same in ECMA-262")),
        _ => Ok(1),
    }
}

/// A class up to its closing bracket.
fn class(rest: &[char]) -> Length {
    let start = if rest.get(1) == Some(&'^') { 2 } else { 1 };
    let mut at = start;
    loop {
        let next = rest.get(at + 1);
        match rest.get(at) {
            Some(']') if at == start => {
                return Err("`]` as the first character ends a class in ECMA-262; escape it".to_owned());
            }
            Some(']') | None => return Ok(at + 1),
            Some('[') => return Err("`[` inside of a class starts another one in Rust; escape it".to_owned()),
            Some(sign @ ('&' | '~' | '-')) if next == Some(sign) => {
                return Err(format!("`{sign}{sign}` inside of a class is an operator in Rust"));
            }
            Some('\\') => at += escape(rest.get(at..).unwrap_or_default(), true)?,
            Some(_) => at += 1,
        }
    }
}

/// A quantifier and the sign that makes it lazy.
fn quantifier(rest: &[char], before: Piece) -> Length {
    if before != Piece::Atom {
        return Err("a quantifier behind nothing or behind another one is an error in ECMA-262".to_owned());
    }
    let length = if rest.first() == Some(&'{') {
        rest.iter().take_while(|c| **c != '}').count() + 1
    } else {
        1
    };
    Ok(length + usize::from(rest.get(length) == Some(&'?')))
}

/// The start of a group.
fn group(rest: &[char]) -> Length {
    match rest {
        [_, '?', ':', ..] => Ok(3),
        [_, '?', ..] => Err("groups other than `(…)` and `(?:…)` differ in ECMA-262".to_owned()),
        _ => Ok(1),
    }
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
            r"^[^\]\-\\]{1,3}?(?:a|b)*?\/\u00e9$",
            r"(a|)+",
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
            "[]a]",
            "[^]a]",
            "a**",
            "a*+",
            "a{2}{3}",
            "^*",
            "a]",
            "a}",
            r"\a",
            r"\<a\>",
            r"\U0001F600",
            r"\-",
            r"\@",
        ] {
            assert!(complaint(other).is_some(), "{other}");
        }
    }
}

//! A pattern must mean the same to ECMA-262, which documents are written in, and to Rust's `regex`.

use regex::Regex;

/// Why a pattern is not portable.
pub fn complaint(pattern: &str) -> Option<String> {
    if let Err(error) = Regex::new(pattern) {
        let text = error.to_string();
        let last = text
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        return Some(format!("Rust cannot compile it: {last}"));
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

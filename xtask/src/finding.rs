//! One thing that is wrong, with the place and the command that mends it.

use std::fmt;
use std::path::PathBuf;

/// A finding: what rule is broken where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Stable identifier of the broken rule.
    pub rule: &'static str,
    /// The file, relative to the workspace root where it lies inside.
    pub file: PathBuf,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub text: String,
    /// The command or the act that mends it.
    pub mend: Option<String>,
}

/// One line. What a document says may stand in it, so signs that would end the line or command a terminal are shown.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, text) = (self.file.display().to_string(), &self.text);
        write!(
            f,
            "{}:{}:{}: {}: {}",
            visible(&file),
            self.line,
            self.column,
            self.rule,
            visible(text)
        )
    }
}

/// A text whose control characters, and those that turn the direction of writing, are escaped.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_control() || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            shown.extend(sign.escape_default());
        } else {
            shown.push(sign);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn a_finding_is_one_line_without_commands() {
        let finding = Finding {
            rule: "yaml",
            file: "openapi/a\nb.yaml".into(),
            line: 1,
            column: 2,
            text: "`x\n::error::y\u{1b}[2J\u{202e}` is ü".to_owned(),
            mend: None,
        };
        assert_eq!(
            finding.to_string(),
            "openapi/a\\nb.yaml:1:2: yaml: `x\\n::error::y\\u{1b}[2J\\u{202e}` is ü"
        );
    }
}

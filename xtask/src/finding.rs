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

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}: {}",
            self.file.display(),
            self.line,
            self.column,
            self.rule,
            self.text
        )
    }
}

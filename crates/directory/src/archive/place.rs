//! Where a file is wrong, and what is wrong there.

use model::{Error, Violation};

/// A place in a file. Both numbers count from 1; columns count bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: u64,
    pub column: u64,
}

impl Place {
    pub const START: Self = Self { line: 1, column: 1 };

    /// This place, where `inner` is counted from here on.
    pub fn within(self, line: usize, column: usize) -> Self {
        let (line, column) = (line.max(1) as u64, column.max(1) as u64);
        if line == 1 {
            return Self {
                line: self.line,
                column: self.column + column - 1,
            };
        }
        Self {
            line: self.line + line - 1,
            column,
        }
    }

    /// What is wrong here, as an error whose field is the place: `12:7`.
    pub fn wrong(self, rule: &'static str, message: impl Into<String>) -> Error {
        Error::Invalid(vec![Violation::new(self.to_string(), rule, message)])
    }

    /// What a rule of the directory says of the object that begins here. The server's own faults stay what they are.
    pub fn explain(self, error: Error) -> Error {
        let text = match error {
            Error::Internal(_) => return error,
            Error::Invalid(all) => {
                let told = |one: Violation| {
                    let message = format!("`{}` {}", one.field, one.message);
                    Violation::new(self.to_string(), one.rule, message)
                };
                return Error::Invalid(all.into_iter().map(told).collect());
            }
            Error::Exists { kind, field } => format!("a {} with this {field} exists already", kind.as_str()),
            Error::NotFound { kind, key } => format!("{} `{key}` does not exist", kind.as_str()),
            Error::Ambiguous { kind, key } => format!("several {}s have the key `{key}`", kind.as_str()),
            Error::Conflict { reason } => reason,
            Error::Forbidden { reason } => reason.to_owned(),
            Error::Unauthenticated | Error::Stale => "contradicts what was there before".to_owned(),
        };
        self.wrong("conflict", text)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

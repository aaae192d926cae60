//! What a command says to the person who runs it.

use model::{Error, Fault};
use std::io::Write;

/// Writes a line to the standard output. A closed pipe is not an error of ours.
pub fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// Writes a line to the standard error output.
pub fn error(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// A text of somebody else on one line, without what a terminal would obey.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// An error in words for an operator, who may also read what the log would say.
pub fn describe(error: &Error) -> String {
    match error {
        Error::Invalid(violations) => violations
            .iter()
            .map(|violation| format!("`{}` {}", violation.field, violation.message))
            .collect::<Vec<_>>()
            .join("; "),
        Error::Unauthenticated => "the credential is not known".to_owned(),
        Error::Forbidden { reason } => (*reason).to_owned(),
        Error::NotFound { kind, key } => format!("{} `{key}` does not exist", kind.as_str()),
        Error::Ambiguous { kind, key } => format!("several {}s have the key `{key}`", kind.as_str()),
        Error::Exists { kind, field } => format!("a {} with this {field} exists already", kind.as_str()),
        Error::Conflict { reason } => reason.clone(),
        Error::Stale => "it was changed in the meantime; try again".to_owned(),
        Error::Internal(Fault::Other(text) | Fault::Database(text)) => text.clone(),
        Error::Internal(fault) => format!("{fault:?}"),
    }
}

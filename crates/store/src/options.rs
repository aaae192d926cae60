//! Where the database is, as operators say it, and why it could not be opened.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// An SQLite URL as sqlx takes them: `sqlite://roster.db?mode=rwc`. A missing file is created unless `mode` says `rw` or `ro`.
    pub url: String,
    /// How long a statement waits for another process's write.
    pub busy_timeout: Duration,
}

impl Options {
    /// The database at this URL, with a busy timeout of five seconds.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            busy_timeout: Duration::from_secs(5),
        }
    }

    /// The file of the database.
    pub fn path(&self) -> Result<PathBuf, OpenError> {
        Location::parse(&self.url).map(|location| location.path)
    }
}

/// Why a store could not be opened. The text is for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The URL cannot be used.
    Url(String),
    /// The database was made by a newer version of this program: it has this unknown migration.
    Newer(String),
    /// The database is opened for reading only and lacks this migration.
    Older(String),
    /// The database could not be opened, read or migrated.
    Database(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(text) => write!(f, "the database URL cannot be used: {text}"),
            Self::Newer(name) => write!(
                f,
                "the database is newer than this program: it has the unknown migration `{name}`; use the newer program"
            ),
            Self::Older(name) => write!(
                f,
                "the database lacks the migration `{name}` and is opened for reading only; open it for writing once"
            ),
            Self::Database(text) => write!(f, "the database cannot be opened: {text}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<OpenError> for model::Error {
    fn from(error: OpenError) -> Self {
        Self::internal(error.to_string())
    }
}

/// What a database URL says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    pub path: PathBuf,
    pub mode: Mode,
    /// The name of SQLite's file layer, if not the default one.
    pub vfs: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    ReadOnly,
    ReadWrite,
    Create,
}

impl Location {
    /// Reads `sqlite:path?query` and `sqlite://path?query`; both parts are percent-decoded.
    pub fn parse(url: &str) -> Result<Self, OpenError> {
        let refuse = |text: &str| Err(OpenError::Url(text.to_owned()));
        let Some(rest) = url.strip_prefix("sqlite:") else {
            return refuse("it must start with `sqlite:`, as in `sqlite://roster.db`");
        };
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = decode(path)?;
        if path == ":memory:" {
            return refuse(
                "a database in memory cannot be shared by connections; use `--ephemeral` for one that is gone at exit",
            );
        }
        if path.is_empty() {
            return refuse("it names no file");
        }
        let mut location = Self {
            path: PathBuf::from(path),
            mode: Mode::Create,
            vfs: None,
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            location.set(&decode(name)?, decode(value)?)?;
        }
        Ok(location)
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), OpenError> {
        match (name, value.as_str()) {
            ("mode", "ro") => self.mode = Mode::ReadOnly,
            ("mode", "rw") => self.mode = Mode::ReadWrite,
            ("mode", "rwc") => self.mode = Mode::Create,
            ("mode", "memory") => {
                return Err(OpenError::Url(
                    "`mode=memory` cannot be shared by connections; use `--ephemeral`".to_owned(),
                ));
            }
            ("cache", "private") | ("immutable", "false" | "0") => {}
            ("vfs", _) if !value.is_empty() => self.vfs = Some(value),
            ("mode" | "cache" | "immutable" | "vfs", _) => {
                return Err(OpenError::Url(format!("`{name}={value}` is not supported")));
            }
            _ => {
                return Err(OpenError::Url(format!(
                    "unknown query parameter `{name}`; known are `mode`, `cache`, `immutable` and `vfs`"
                )));
            }
        }
        Ok(())
    }
}

fn decode(text: &str) -> Result<String, OpenError> {
    let wrong = || OpenError::Url(format!("`{text}` is not percent-encoded UTF-8"));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex
            .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .ok_or_else(wrong)?;
        bytes.push(byte);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        for (url, path, mode) in [
            ("sqlite:roster.db", "roster.db", Mode::Create),
            ("sqlite://roster.db", "roster.db", Mode::Create),
            (
                "sqlite:///var/lib/r%20s.db?mode=rw",
                "/var/lib/r s.db",
                Mode::ReadWrite,
            ),
            ("sqlite://a.db?cache=private&mode=ro", "a.db", Mode::ReadOnly),
        ] {
            let location = Location::parse(url).unwrap();
            assert_eq!(
                (location.path, location.mode),
                (PathBuf::from(path), mode),
                "{url}"
            );
        }
        let vfs = Location::parse("sqlite://a.db?vfs=unix-dotfile").unwrap().vfs;
        assert_eq!(vfs.as_deref(), Some("unix-dotfile"));
    }

    #[test]
    fn refused_urls_say_why() {
        for (url, part) in [
            ("postgres://host/db", "must start with `sqlite:`"),
            ("sqlite::memory:", "--ephemeral"),
            ("sqlite://:memory:", "--ephemeral"),
            ("sqlite://a.db?mode=memory", "--ephemeral"),
            ("sqlite://", "names no file"),
            ("sqlite://a.db?mode=rx", "`mode=rx` is not supported"),
            ("sqlite://a.db?cache=shared", "`cache=shared` is not supported"),
            ("sqlite://a.db?journal=wal", "unknown query parameter `journal`"),
            ("sqlite://a%2", "percent-encoded"),
            ("sqlite://a%+1", "percent-encoded"),
            ("sqlite://a%ff", "percent-encoded"),
        ] {
            let text = Location::parse(url).unwrap_err().to_string();
            assert!(text.contains(part), "{url}: {text}");
        }
    }
}

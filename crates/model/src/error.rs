//! The one error of the directory. It knows no transport: `server/status.rs` gives it a status.

/// What every rule and use case answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out. Whatever it is, nothing was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The input breaks a rule that its sender can read in the document.
    Invalid(Vec<Violation>),
    /// No credential, or one that is unknown, wrong, expired or revoked.
    Unauthenticated,
    /// The caller is known and may not do this.
    Forbidden {
        /// What is missing, for the caller to read.
        reason: &'static str,
    },
    /// The object does not exist, or is another tenant's, which looks the same.
    NotFound {
        /// What was looked for.
        kind: Kind,
        /// The key as the caller gave it.
        key: String,
    },
    /// The key names several objects.
    Ambiguous {
        /// What was looked for.
        kind: Kind,
        /// The key as the caller gave it.
        key: String,
    },
    /// Another object has this key already.
    Exists {
        /// What exists already.
        kind: Kind,
        /// The field that has to be unique, in the words of `semantics`: `code`, `userName`, `externalId`, …
        field: &'static str,
    },
    /// The request contradicts the state of the object.
    Conflict {
        /// What contradicts, for the caller to read.
        reason: String,
    },
    /// The caller's precondition (`If-Match`) does not hold any more.
    Stale,
    /// The server's own fault.
    Internal(Fault),
}

/// One member of the input that breaks a rule. Never carries the rejected value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, in the caller's words: `groupCode`, `users/2/id`.
    pub field: String,
    /// Which rule: a JSON Schema keyword, or `unknown`, `unsupported`, `conflict`.
    pub rule: &'static str,
    /// What is expected, for the caller to read.
    pub message: String,
}

impl Violation {
    pub fn new(field: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            rule,
            message: message.into(),
        }
    }

    /// True where the value fits the document, and what the directory holds, or another value, forbids it.
    pub fn is_judged(&self) -> bool {
        matches!(self.rule, "unknown" | "unsupported" | "conflict")
    }
}

/// The kinds of object that errors and audit events name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Tenant,
    User,
    Group,
    GroupType,
    Role,
    Credential,
    Item,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Tenant,
        Self::User,
        Self::Group,
        Self::GroupType,
        Self::Role,
        Self::Credential,
        Self::Item,
    ];

    /// The word for it in messages and in the audit trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::User => "user",
            Self::Group => "group",
            Self::GroupType => "group_type",
            Self::Role => "role",
            Self::Credential => "credential",
            Self::Item => "item",
        }
    }
}

/// An internal failure. Its text is for the log only, so it cannot be displayed.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The database refused or failed.
    Database(String),
    /// A write touched another number of rows than it must.
    RowsAffected {
        /// The statement's purpose.
        what: &'static str,
        expected: u64,
        actual: u64,
    },
    /// A stored value has no meaning.
    Inconsistent {
        table: &'static str,
        column: &'static str,
        number: i64,
    },
    /// A unit of work panicked, or waited for something other than the database.
    Unit(&'static str),
    /// Anything else, with the operation that failed.
    Other(String),
}

impl Error {
    /// One violation.
    pub fn invalid(field: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation::new(field, rule, message)])
    }

    pub fn not_found(kind: Kind, key: impl Into<String>) -> Self {
        Self::NotFound {
            kind,
            key: key.into(),
        }
    }

    /// A failure of the server itself, told to the log only.
    pub fn internal(text: impl Into<String>) -> Self {
        Self::Internal(Fault::Other(text.into()))
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

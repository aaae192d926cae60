//! What went wrong in the database, and what it means to callers: the one place that knows both engines' ways to say it.

use model::error::Kind;
use model::{Error, Fault};
use sea_orm::DbErr;
use std::fmt;
use std::sync::Arc;

/// A failure of the embedded SQLite.
#[derive(Debug)]
pub(crate) struct SqliteFault {
    message: String,
    violation: Option<Violation>,
    /// Another connection holds the lock that was needed.
    busy: bool,
}

/// A rule of the tables that a statement broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub kind: ViolationKind,
    /// What SQLite names: the columns of a unique key (`table.a, table.b`), a NOT NULL column, a check; nothing for references.
    pub on: String,
}

/// The kinds of rules that tables have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    Unique,
    ForeignKey,
    NotNull,
    Check,
}

impl SqliteFault {
    pub fn other(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            violation: None,
            busy: false,
        }
    }

    pub fn is_busy(&self) -> bool {
        self.busy
    }
}

impl From<rusqlite::Error> for SqliteFault {
    fn from(error: rusqlite::Error) -> Self {
        let message = error.to_string();
        let violation = error.sqlite_error().and_then(|code| {
            use rusqlite::ffi;
            let kind = match code.extended_code {
                ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | ffi::SQLITE_CONSTRAINT_UNIQUE
                | ffi::SQLITE_CONSTRAINT_ROWID => ViolationKind::Unique,
                ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ViolationKind::ForeignKey,
                ffi::SQLITE_CONSTRAINT_NOTNULL => ViolationKind::NotNull,
                ffi::SQLITE_CONSTRAINT_CHECK => ViolationKind::Check,
                _ => return None,
            };
            let on = message
                .split_once(" constraint failed: ")
                .map_or("", |(_, on)| on);
            Some(Violation {
                kind,
                on: on.to_owned(),
            })
        });
        Self {
            message,
            violation,
            busy: error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy),
        }
    }
}

impl fmt::Display for SqliteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SqliteFault {}

/// Carries the fault through sea-orm. Of its errors only this variant takes a value of ours without sqlx.
pub(crate) fn raise(fault: SqliteFault) -> DbErr {
    DbErr::TryIntoErr {
        from: "statement",
        into: "result",
        source: Arc::new(fault),
    }
}

/// The rule that the failed statement broke, if that is why it failed.
pub fn violation(error: &DbErr) -> Option<Violation> {
    match error {
        DbErr::TryIntoErr { source, .. } => source.downcast_ref::<SqliteFault>()?.violation.clone(),
        _ => None,
    }
}

/// A key that is unique by index, and what its violation means to a caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UniqueKey {
    /// As SQLite names it.
    columns: &'static str,
    kind: Kind,
    field: &'static str,
}

impl UniqueKey {
    const fn new(columns: &'static str, kind: Kind, field: &'static str) -> Self {
        Self { columns, kind, field }
    }
}

pub(crate) const TENANT_NAME: UniqueKey = UniqueKey::new("tenant.name", Kind::Tenant, "name");
pub(crate) const TENANT_ALIAS: UniqueKey =
    UniqueKey::new("tenant_alias.dialect, tenant_alias.value", Kind::Tenant, "alias");
pub(crate) const TENANT_DIALECT: UniqueKey =
    UniqueKey::new("tenant_alias.tenant, tenant_alias.dialect", Kind::Tenant, "alias");
pub(crate) const USER_NAME: UniqueKey = UniqueKey::new(
    "user_account.tenant, user_account.user_name_folded",
    Kind::User,
    "userName",
);
pub(crate) const USER_EXTERNAL_ID: UniqueKey = UniqueKey::new(
    "user_external_id.tenant, user_external_id.source, user_external_id.value",
    Kind::User,
    "externalId",
);
pub(crate) const GROUP_CODE: UniqueKey = UniqueKey::new(
    "directory_group.tenant, directory_group.code",
    Kind::Group,
    "code",
);
pub(crate) const GROUP_NAME: UniqueKey = UniqueKey::new(
    "directory_group.tenant, directory_group.group_type, directory_group.name_folded",
    Kind::Group,
    "name",
);
pub(crate) const GROUP_EXTERNAL_ID: UniqueKey = UniqueKey::new(
    "group_external_id.tenant, group_external_id.source, group_external_id.value",
    Kind::Group,
    "externalId",
);
pub(crate) const GROUP_TYPE_NAME: UniqueKey = UniqueKey::new(
    "group_type.tenant, group_type.name_folded",
    Kind::GroupType,
    "name",
);
pub(crate) const CREDENTIAL_CLIENT_ID: UniqueKey =
    UniqueKey::new("credential.client_id", Kind::Credential, "clientId");
pub(crate) const CREDENTIAL_SECRET: UniqueKey = UniqueKey::new(
    "credential_secret.tenant, credential_secret.lookup",
    Kind::Credential,
    "secret",
);

/// What a failed write means to the caller, if one of the keys that it can collide on is the reason.
pub(crate) fn expecting(keys: &[UniqueKey]) -> impl FnOnce(DbErr) -> Error + '_ {
    move |error| {
        let taken = violation(&error)
            .filter(|violation| violation.kind == ViolationKind::Unique)
            .and_then(|violation| keys.iter().find(|key| key.columns == violation.on));
        match taken {
            Some(key) => Error::Exists {
                kind: key.kind,
                field: key.field,
            },
            None => internal(error),
        }
    }
}

/// A failure that no caller can do anything about.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is used as a function of `map_err`"
)]
pub(crate) fn internal(error: DbErr) -> Error {
    Error::Internal(Fault::Database(error.to_string()))
}

/// The member of a file that the last of these columns is made from: `user_account.tenant, user_account.user_name_folded`
/// is `userName`.
fn member(columns: &str) -> String {
    let column = columns.rsplit('.').next().unwrap_or(columns);
    let mut words = column.trim_end_matches("_folded").split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_uppercase());
        name.push_str(rest);
    }
    name
}

/// A row that somebody else composed and that breaks a rule of the tables is invalid input.
pub(crate) fn refused(error: DbErr) -> Error {
    let Some(broken) = violation(&error) else {
        return internal(error);
    };
    match broken.kind {
        ViolationKind::Unique => Error::invalid(member(&broken.on), "uniqueItems", "is there already"),
        ViolationKind::ForeignKey => Error::invalid(
            "a reference",
            "unknown",
            "names an object that is not in the file above",
        ),
        ViolationKind::NotNull | ViolationKind::Check => Error::invalid(broken.on, "range", "breaks a bound"),
    }
}

/// A write has to touch exactly as many rows as its caller counted.
pub(crate) fn affected(what: &'static str, expected: usize, actual: u64) -> model::Result<()> {
    let expected = expected as u64;
    if expected == actual {
        return Ok(());
    }
    Err(Error::Internal(Fault::RowsAffected {
        what,
        expected,
        actual,
    }))
}

/// A stored value without meaning.
pub(crate) fn inconsistent(table: &'static str, column: &'static str, number: i64) -> Error {
    Error::Internal(Fault::Inconsistent {
        table,
        column,
        number,
    })
}

//! Values between sea-query and SQLite. Whatever pair is not named here is an error, never a guess.

use crate::cells::Cell as _;
use crate::faults::{self, SqliteFault};
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::{Value as Cell, ValueRef};
use sea_orm::sea_query::{Value, Values};
use uuid::Uuid;

/// What a column holds, by the type name that sea-query gave it in the table's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    Bytes,
    Instant,
    Integer,
    Json,
    Text,
    Uuid,
    /// No declared type: counts, `EXISTS`, literals.
    Computed,
    /// A declared type that this crate does not use.
    Foreign,
}

impl Kind {
    /// The kind of a column with this declared type. `RETURNING` writes the names in capitals.
    pub fn of(declared: Option<&str>) -> Self {
        let Some(declared) = declared else {
            return Self::Computed;
        };
        let name = declared.split('(').next().unwrap_or_default().trim();
        match name.to_ascii_lowercase().as_str() {
            "boolean" => Self::Boolean,
            "blob" | "varbinary_blob" | "binary_blob" => Self::Bytes,
            "timestamp_with_timezone_text" => Self::Instant,
            "integer" | "bigint" => Self::Integer,
            "json_text" => Self::Json,
            "text" | "varchar" => Self::Text,
            "uuid_text" => Self::Uuid,
            _ => Self::Foreign,
        }
    }
}

/// The value of one cell, or the name of the column that holds something else than it declares.
pub(crate) fn read(kind: Kind, column: &str, cell: ValueRef<'_>) -> Result<Value, SqliteFault> {
    let value = match (kind, cell) {
        // Every empty variant reads as None.
        (_, ValueRef::Null) => Some(Value::BigInt(None)),
        (Kind::Boolean, cell) => bool::read(cell).map(Value::from),
        (Kind::Bytes, cell) => Vec::<u8>::read(cell).map(Value::from),
        (Kind::Instant, cell) => DateTime::<Utc>::read(cell).map(Value::from),
        (Kind::Json, cell) => serde_json::Value::read(cell).map(Value::from),
        (Kind::Uuid, cell) => Uuid::read(cell).map(Value::from),
        (Kind::Integer | Kind::Computed, cell @ ValueRef::Integer(_)) => i64::read(cell).map(Value::from),
        (Kind::Text | Kind::Computed, cell @ ValueRef::Text(_)) => String::read(cell).map(Value::from),
        (Kind::Integer | Kind::Text | Kind::Computed | Kind::Foreign, _) => None,
    };
    value.ok_or_else(|| SqliteFault::other(format!("column `{column}` holds a value that is no {kind:?}")))
}

/// The parameters of a statement as SQLite takes them.
pub(crate) fn bind(values: Option<Values>) -> Result<Vec<Cell>, sea_orm::DbErr> {
    values
        .map(|values| values.0)
        .unwrap_or_default()
        .into_iter()
        .map(|value| cell(value).map_err(faults::raise))
        .collect()
}

fn cell(value: Value) -> Result<Cell, SqliteFault> {
    Ok(match value {
        Value::Bool(v) => integer(v),
        Value::TinyInt(v) => integer(v),
        Value::SmallInt(v) => integer(v),
        Value::Int(v) => integer(v),
        Value::BigInt(v) => integer(v),
        Value::TinyUnsigned(v) => integer(v),
        Value::SmallUnsigned(v) => integer(v),
        Value::Unsigned(v) => integer(v),
        // LIMIT and OFFSET are unsigned: more than SQLite can count is as good as the most.
        Value::BigUnsigned(v) => integer(v.map(|v| i64::try_from(v).unwrap_or(i64::MAX))),
        Value::Double(v) => v.map_or(Cell::Null, Cell::Real),
        Value::String(v) => v.map_or(Cell::Null, Cell::Text),
        Value::Bytes(v) => v.map_or(Cell::Null, Cell::Blob),
        Value::Json(v) => v.map_or(Cell::Null, |v| Cell::Text(v.to_string())),
        Value::Uuid(v) => v.map_or(Cell::Null, |v| Cell::Blob(v.as_bytes().to_vec())),
        Value::ChronoDateTimeUtc(v) => v.map_or(Cell::Null, |v| Cell::Text(instant(v))),
        // Not named in the message: faults are logged, values never.
        _ => return Err(SqliteFault::other("a parameter's type has no form in SQLite")),
    })
}

fn integer<T: Into<i64>>(value: Option<T>) -> Cell {
    value.map_or(Cell::Null, |value| Cell::Integer(value.into()))
}

/// Fixed width, so that the order of the texts is the order of the instants.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_declared_types() {
        for (declared, kind) in [
            ("BOOLEAN", Kind::Boolean),
            ("varchar(255)", Kind::Text),
            ("VARBINARY_BLOB(32)", Kind::Bytes),
            ("uuid_text", Kind::Uuid),
            ("TIMESTAMP_WITH_TIMEZONE_TEXT", Kind::Instant),
            ("real", Kind::Foreign),
        ] {
            assert_eq!(Kind::of(Some(declared)), kind, "{declared}");
        }
        assert_eq!(Kind::of(None), Kind::Computed);
    }

    #[test]
    fn a_value_of_another_type_is_an_error() {
        for (kind, cell) in [
            (Kind::Boolean, ValueRef::Integer(2)),
            (Kind::Integer, ValueRef::Text(b"1")),
            (Kind::Uuid, ValueRef::Blob(b"short")),
            (Kind::Instant, ValueRef::Text(b"yesterday")),
            (Kind::Text, ValueRef::Text(b"\xff")),
            (Kind::Computed, ValueRef::Real(1.0)),
            (Kind::Foreign, ValueRef::Integer(1)),
        ] {
            assert!(read(kind, "c", cell).is_err(), "{kind:?} {cell:?}");
        }
    }

    #[test]
    fn instants_sort_as_texts() {
        let early: DateTime<Utc> = "2026-11-22T10:00:00Z".parse().unwrap();
        let late: DateTime<Utc> = "2026-11-22T10:00:00.000001Z".parse().unwrap();
        assert_eq!(instant(early), "2026-11-22T10:00:00.000000Z");
        assert!(instant(early) < instant(late));
    }
}

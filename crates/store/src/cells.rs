//! Rows of SQLite read straight into structs, cell by cell.
//!
//! sea-orm's own rows are maps: reading a page through them costs several times as much as finding it.

use crate::faults::SqliteFault;
use chrono::{DateTime, Utc};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use uuid::Uuid;

/// A type that a column may hold. Whatever else a cell holds is an error, never a guess.
pub(crate) trait Cell: Sized {
    fn read(cell: ValueRef<'_>) -> Option<Self>;
}

impl Cell for i64 {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Integer(integer) => Some(integer),
            _ => None,
        }
    }
}

impl Cell for bool {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Integer(integer @ 0..=1) => Some(integer == 1),
            _ => None,
        }
    }
}

impl Cell for String {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        text(cell).map(str::to_owned)
    }
}

impl Cell for Vec<u8> {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl Cell for Uuid {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Blob(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

impl Cell for DateTime<Utc> {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        let at = DateTime::parse_from_rfc3339(text(cell)?).ok()?;
        Some(at.with_timezone(&Utc))
    }
}

impl Cell for serde_json::Value {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        serde_json::from_str(text(cell)?).ok()
    }
}

impl<T: Cell> Cell for Option<T> {
    fn read(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Null => Some(None),
            cell => T::read(cell).map(Some),
        }
    }
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    match cell {
        ValueRef::Text(text) => std::str::from_utf8(text).ok(),
        _ => None,
    }
}

/// The cells of a row, in the order of the statement's columns.
pub(crate) struct Cells<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Cells<'a> {
    pub fn new(row: &'a Row<'a>) -> Self {
        Self { row, next: 0 }
    }

    /// The next cell; `column` names it if it cannot be read.
    pub fn next<T: Cell>(&mut self, column: &str) -> Result<T, SqliteFault> {
        let cell = self.row.get_ref(self.next)?;
        self.next += 1;
        T::read(cell)
            .ok_or_else(|| SqliteFault::other(format!("column `{column}` holds a value of another type")))
    }
}

/// A struct that can be read from the cells of a row.
pub(crate) trait FromRow: Sized {
    /// The columns in the order in which they are read.
    const COLUMNS: &'static [&'static str];

    fn from_row(cells: &mut Cells<'_>) -> Result<Self, SqliteFault>;
}

/// Has a struct read from columns of the names of its members, in this order.
macro_rules! from_row {
    ($row:ident { $($column:ident),+ $(,)? }) => {
        impl $crate::cells::FromRow for $row {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];

            fn from_row(
                cells: &mut $crate::cells::Cells<'_>,
            ) -> Result<Self, $crate::faults::SqliteFault> {
                Ok(Self { $($column: cells.next(stringify!($column))?),+ })
            }
        }
    };
}
pub(crate) use from_row;

#[cfg(test)]
mod tests {
    use super::FromRow;
    use crate::entities::{
        access_token, audit_change, audit_event, credential, credential_secret, directory_group, group_item,
        group_owner, group_type, membership, role, role_grant, server_setting, tenant, tenant_alias,
        user_account,
    };
    use sea_orm::{EntityTrait, IdenStatic, Iterable};

    /// sea-orm selects the columns in the order of the entity's members.
    fn in_order<E: EntityTrait>()
    where
        E::Model: FromRow,
    {
        let selected: Vec<_> = E::Column::iter().map(|column| column.as_str()).collect();
        assert_eq!(selected, E::Model::COLUMNS);
    }

    #[test]
    fn cells_are_read_in_the_order_in_which_they_are_selected() {
        in_order::<access_token::Entity>();
        in_order::<audit_change::Entity>();
        in_order::<audit_event::Entity>();
        in_order::<credential::Entity>();
        in_order::<credential_secret::Entity>();
        in_order::<directory_group::Entity>();
        in_order::<group_item::Entity>();
        in_order::<group_owner::Entity>();
        in_order::<group_type::Entity>();
        in_order::<membership::Entity>();
        in_order::<role::Entity>();
        in_order::<role_grant::Entity>();
        in_order::<server_setting::Entity>();
        in_order::<tenant::Entity>();
        in_order::<tenant_alias::Entity>();
        in_order::<user_account::Entity>();
    }
}

//! Columns, references and keys as every table of the directory writes them.

use sea_orm_migration::prelude::*;

/// 2^53 - 1: the largest number that every JSON reader keeps exactly.
const MAX_NUMBER: i64 = (1 << 53) - 1;

/// Makes a step's tables, then its indexes.
pub async fn make(
    manager: &SchemaManager<'_>,
    tables: impl IntoIterator<Item = TableCreateStatement>,
    indexes: impl IntoIterator<Item = IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// The primary key `number`: rises, is never reused, at most `max`.
fn rising(max: i64) -> ColumnDef {
    let mut column = ColumnDef::new("number");
    column
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key()
        .check(Expr::col("number").between(1, max));
    column
}

/// The primary key `number` of most tables.
pub fn number() -> ColumnDef {
    rising(MAX_NUMBER)
}

/// The primary key `number` where dialects carry 32 bits.
pub fn small_number() -> ColumnDef {
    rising(i64::from(i32::MAX))
}

/// A number that must be there.
pub fn integer(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().not_null();
    column
}

/// A number that may be missing.
pub fn optional_integer(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.big_integer().null();
    column
}

/// A text of `min ..= max` characters.
pub fn text(name: &'static str, min: i32, max: u32) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column
        .string_len(max)
        .not_null()
        .check(length(name).between(min, max));
    column
}

/// A text of at most `max` characters that may be missing.
pub fn optional_text(name: &'static str, max: u32) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.string_len(max).null().check(length(name).lte(max));
    column
}

/// A text without a bound of its own: what goes in is bounded by what it is made of.
pub fn long_text(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null();
    column
}

/// One of a few words.
pub fn word<const N: usize>(name: &'static str, words: [&'static str; N]) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column
        .string_len(64)
        .not_null()
        .check(Expr::col(name).is_in(words));
    column
}

pub fn boolean(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.boolean().not_null();
    column
}

pub fn instant(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.timestamp_with_time_zone().not_null();
    column
}

pub fn optional_instant(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.timestamp_with_time_zone().null();
    column
}

pub fn uuid(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.uuid().not_null();
    column
}

pub fn optional_uuid(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.uuid().null();
    column
}

/// JSON that may be missing.
pub fn optional_json(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.json().null();
    column
}

/// JSON that must be there.
pub fn json(name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.json().not_null();
    column
}

/// Exactly `bytes` bytes.
pub fn bytes(name: &'static str, bytes: u32) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column
        .var_binary(bytes)
        .not_null()
        .check(byte_length(name).eq(bytes));
    column
}

/// Exactly `bytes` bytes, or nothing.
pub fn optional_bytes(name: &'static str, bytes: u32) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.var_binary(bytes).null().check(byte_length(name).eq(bytes));
    column
}

/// Who wrote a row: client id, and number and UUID of the user that the credential was bound to. No reference: it stays
/// true when both are gone.
pub fn actor(names: [&'static str; 3]) -> [ColumnDef; 3] {
    let [client, number, id] = names;
    [text(client, 1, 255), optional_integer(number), optional_uuid(id)]
}

fn length(name: &'static str) -> SimpleExpr {
    Func::char_length(Expr::col(name)).into()
}

fn byte_length(name: &'static str) -> SimpleExpr {
    Func::cust("length").arg(Expr::col(name)).into()
}

/// The target of references that cannot leave their tenant.
pub fn tenant_and_number(name: &'static str) -> IndexCreateStatement {
    Index::create()
        .name(name)
        .unique()
        .col("tenant")
        .col("number")
        .take()
}

/// A reference to the tenant.
pub fn to_tenant(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "tenant")
        .to("tenant", "number")
        .take()
}

/// A reference to an object of the same tenant.
pub fn to_same_tenant(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, ("tenant", column))
        .to(target, ("tenant", "number"))
        .take()
}

/// A primary key of several columns.
pub fn primary_key<const N: usize>(columns: [&'static str; N]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.primary();
    for column in columns {
        index.col(column);
    }
    index
}

/// A unique index.
pub fn unique<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    let mut index = index(name, table, columns);
    index.unique();
    index
}

/// An index for a list's order or a look-up.
pub fn index<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(column);
    }
    index
}

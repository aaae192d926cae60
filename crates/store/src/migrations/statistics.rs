//! What SQLite's planner is told about the tables, so that it plans for a large directory from the first row on.
//!
//! Without it a tenant is guessed to have ten rows, and reading all of them to be cheaper than looking up twenty keys.

use rusqlite::Connection;

/// Rows of a table, and those of one tenant.
const ROWS: u32 = 1_000_000;
const OF_TENANT: u32 = 100_000;
/// Rows of a tenant in an index that leaves some out: where it can be used, it is the shorter way.
const OF_TENANT_PARTIAL: u32 = 90_000;
/// Rows that share the value of any other column.
const ALIKE: u32 = 10;

/// Writes an estimate for every index. No `ANALYZE` is needed, and plans do not change with the data.
pub fn write(connection: &Connection) -> rusqlite::Result<()> {
    // Makes the table, which exists only once statistics do.
    connection.execute_batch("ANALYZE sqlite_schema; DELETE FROM sqlite_stat1")?;
    let mut columns = connection.prepare(
        "SELECT t.name, i.name, i.\"unique\", i.partial, group_concat(c.name)
         FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
         GROUP BY t.name, i.name, i.\"unique\", i.partial",
    )?;
    let mut insert = connection.prepare("INSERT INTO sqlite_stat1 VALUES (?1, ?2, ?3)")?;
    let mut rows = columns.query([])?;
    while let Some(row) = rows.next()? {
        let (table, index): (String, String) = (row.get(0)?, row.get(1)?);
        let columns: String = row.get(4)?;
        insert.execute((table, index, estimate(row.get(2)?, row.get(3)?, &columns)))?;
    }
    drop(rows);
    // Has this connection read them; the others are opened later.
    connection.execute_batch("ANALYZE sqlite_schema")
}

/// All rows, then how many are left when the first, the first two, … columns are known.
fn estimate(unique: bool, partial: bool, columns: &str) -> String {
    let mut text = ROWS.to_string();
    let mut left = ROWS;
    let count = columns.split(',').count();
    for (position, column) in (1..).zip(columns.split(',')) {
        left = match column {
            _ if unique && position == count => 1,
            "tenant" if partial => OF_TENANT_PARTIAL,
            "tenant" => OF_TENANT,
            _ => ALIKE.min(left),
        };
        text = format!("{text} {left}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::estimate;

    #[test]
    fn estimates() {
        assert_eq!(estimate(true, false, "tenant,number"), "1000000 100000 1");
        assert_eq!(estimate(false, true, "tenant,number"), "1000000 90000 10");
        assert_eq!(
            estimate(false, false, "tenant,name,number"),
            "1000000 100000 10 10"
        );
        assert_eq!(estimate(true, false, "id"), "1000000 1");
    }
}

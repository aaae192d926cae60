//! What the database itself refuses, whatever code asks for it.

use crate::fixture::{Fixture, group, user};
use rusqlite::Connection;

/// A database with groups 1 and 3, user 1 and their rows in tenant one, group 2 and user 2 in tenant two.
async fn filled() -> (Fixture, Connection) {
    let f = Fixture::new().await;
    for tenant in [f.one, f.two] {
        f.insert(group(tenant, "g")).await.unwrap();
        f.insert_user(user(tenant, "u")).await.unwrap();
    }
    f.insert(group(f.one, "g3")).await.unwrap();
    f.store.close();
    let connection = f.outside();
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    connection
        .execute_batch(
            "INSERT INTO group_type (tenant, name, name_folded, localized, is_default, active, created_at, updated_at, created_by, updated_by)
             VALUES (1, 'T', 't', '[]', 1, 1, '', '', 'c', 'c'), (2, 'T', 't', '[]', 1, 1, '', '', 'c', 'c');
             INSERT INTO role VALUES (1, 1, 'Reader'), (2, 7, 'Other');
             INSERT INTO credential (tenant, client_id, access, created_at) VALUES (1, 'c', 'admin', '2026-01-01T00:00:00.000000Z');
             INSERT INTO membership VALUES (1, 1, 1, 0, 1);
             INSERT INTO group_owner VALUES (1, 1, 1);
             INSERT INTO user_email VALUES (1, 1, 0, 'a@b', 'a@b', '', '', 1);
             INSERT INTO user_external_id VALUES (1, 1, 'erp', '1');
             INSERT INTO group_external_id VALUES (1, 1, 'erp', '1');",
        )
        .unwrap();
    (f, connection)
}

#[tokio::test]
async fn references_stay_in_their_tenant() {
    let (_f, connection) = filled().await;
    for sql in [
        "INSERT INTO membership VALUES (1, 1, 2, 0, 0)",
        "INSERT INTO membership VALUES (1, 2, 1, 0, 0)",
        "INSERT INTO membership VALUES (2, 1, 2, 0, 0)",
        "INSERT INTO membership VALUES (1, 99, 1, 0, 0)",
        "INSERT INTO group_owner VALUES (1, 1, 2)",
        "INSERT INTO group_owner VALUES (2, 1, 2)",
        "UPDATE directory_group SET parent = 2 WHERE number = 1",
        "UPDATE directory_group SET group_type = 2 WHERE number = 1",
        "UPDATE directory_group SET tenant = 2, code = 'x' WHERE number = 1",
        "UPDATE directory_group SET tenant = 99 WHERE number = 3",
        "INSERT INTO user_email VALUES (2, 1, 1, 'a', 'a', '', '', 0)",
        "INSERT INTO user_phone VALUES (2, 1, 1, 'a', 'a', '', '', 0)",
        "INSERT INTO user_external_id VALUES (2, 1, 'x', '1')",
        "INSERT INTO group_external_id VALUES (2, 1, 'x', '1')",
        "UPDATE credential SET user_number = 2",
        "INSERT INTO credential_secret (tenant, credential_number, lookup, sealed, created_at) VALUES (2, 1, zeroblob(32), x'00', '')",
        "INSERT INTO role_grant SELECT 1, 1, 7, '', '[]', '[]', created_at, created_at, 'c', NULL, NULL, 'c', NULL, NULL FROM tenant WHERE number = 1",
        "INSERT INTO tenant_alias VALUES ('kibo', '1', 99)",
        "INSERT INTO audit_change VALUES (1, 1, 1, 'group', 1, 'f', NULL, NULL, NULL, zeroblob(32))",
        "DELETE FROM user_account WHERE number = 1",
        "DELETE FROM directory_group WHERE number = 1",
        "DELETE FROM tenant WHERE number = 1",
    ] {
        refused(&connection, sql, "FOREIGN KEY constraint failed");
    }
}

#[tokio::test]
async fn keys_are_unique() {
    let (_f, connection) = filled().await;
    for sql in [
        "INSERT INTO tenant (name, created_at, audit_position, audit_digest) VALUES ('one', '', 0, zeroblob(32))",
        "UPDATE directory_group SET code = 'g' WHERE number = 3",
        "UPDATE directory_group SET id = (SELECT id FROM directory_group WHERE number = 1) WHERE number = 3",
        "UPDATE directory_group SET group_type = 1, name_folded = 'g' WHERE number IN (1, 3)",
        "UPDATE user_account SET id = (SELECT id FROM user_account WHERE number = 1) WHERE number = 2",
        "INSERT INTO membership VALUES (1, 1, 1, 0, 0)",
        "INSERT INTO membership VALUES (1, 3, 1, 0, 1)",
        "INSERT INTO group_owner VALUES (1, 1, 1)",
        "INSERT INTO user_email VALUES (1, 1, 1, 'b', 'b', '', '', 1)",
        "INSERT INTO user_external_id VALUES (1, 1, 'erp', '2')",
        "INSERT INTO group_external_id VALUES (1, 3, 'erp', '1')",
        "INSERT INTO group_type (tenant, name, name_folded, localized, is_default, active, created_at, updated_at, created_by, updated_by) SELECT 1, 'X', 't', '[]', 0, 1, '', '', 'c', 'c'",
        "INSERT INTO group_type (tenant, name, name_folded, localized, is_default, active, created_at, updated_at, created_by, updated_by) SELECT 1, 'X', 'x', '[]', 1, 1, '', '', 'c', 'c'",
        "INSERT INTO role VALUES (1, 1, 'x')",
        "INSERT INTO credential (tenant, client_id, access, created_at) VALUES (2, 'c', 'admin', '')",
    ] {
        refused(&connection, sql, "UNIQUE constraint failed");
    }
    connection
        .execute_batch("UPDATE directory_group SET group_type = 1, name_folded = 'g', deleted_at = '2026-01-01T00:00:00.000000Z' WHERE number = 3; UPDATE directory_group SET group_type = 1 WHERE number = 1")
        .unwrap();
}

#[tokio::test]
async fn values_have_bounds() {
    let (_f, connection) = filled().await;
    let long = |table: &str, column: &str, length: usize| {
        let text = "é".repeat(length);
        format!("UPDATE {table} SET {column} = '{text}' WHERE tenant = 1")
    };
    for (table, column, most) in [
        ("directory_group", "name", 255),
        ("directory_group", "description", 4000),
        ("directory_group", "notes", 4000),
        ("directory_group", "company", 255),
        ("user_account", "locale", 35),
        ("user_account", "time_zone", 64),
        ("user_email", "value", 254),
        ("user_email", "kind_folded", 192),
        ("user_external_id", "value", 255),
        ("group_external_id", "source", 255),
    ] {
        connection.execute_batch(&long(table, column, most)).unwrap();
        refused(
            &connection,
            &long(table, column, most + 1),
            "CHECK constraint failed",
        );
    }
    for sql in [
        "UPDATE directory_group SET code = ''",
        "UPDATE directory_group SET status = 'other'",
        "UPDATE directory_group SET budget = 'y'",
        "UPDATE directory_group SET order_list_allow_all = ''",
        "UPDATE directory_group SET self_service = 'no'",
        "UPDATE directory_group SET member_count = -1",
        "UPDATE directory_group SET parent = number",
        "UPDATE directory_group SET number = 9007199254740992 WHERE number = 3",
        "UPDATE user_account SET user_name = ''",
        "UPDATE user_external_id SET value = ''",
        "UPDATE group_type SET number = 2147483648 WHERE number = 2",
        "UPDATE role SET number = 2147483648",
        "UPDATE credential SET access = 'root'",
        "UPDATE tenant SET audit_digest = zeroblob(31)",
    ] {
        refused(&connection, sql, "CHECK constraint failed");
    }
    refused(
        &connection,
        "UPDATE directory_group SET name = NULL",
        "NOT NULL constraint failed",
    );
}

#[tokio::test]
async fn numbers_are_never_reused() {
    let f = Fixture::new().await;
    let first = f.group("a").await;
    let gone = first.clone();
    f.store
        .write(async move |tx: &store::Db| store::groups::delete(tx, &gone).await)
        .await
        .unwrap();
    let second = f.group("a").await;
    assert!(second.number > first.number);
}

fn refused(connection: &Connection, sql: &str, reason: &str) {
    let answer = connection.execute_batch(sql);
    let text = answer.map_or_else(|error| error.to_string(), |()| "accepted".to_owned());
    assert!(text.contains(reason), "{sql}: {text}");
}

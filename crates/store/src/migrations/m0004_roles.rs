//! The role catalogue and its grants.

use super::columns::{
    actor, index, instant, integer, json, long_text, make, primary_key, text, to_same_tenant, to_tenant,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(
            manager,
            [roles(), grants()],
            [index("role_grant_role", "role_grant", ["tenant", "role_number"])],
        )
        .await
    }
}

fn roles() -> TableCreateStatement {
    let mut number = integer("number");
    number.check(Expr::col("number").between(1, i32::MAX));
    Table::create()
        .table("role")
        .col(integer("tenant"))
        .col(number)
        .col(text("name", 1, 255))
        .primary_key(&mut primary_key(["tenant", "number"]))
        .foreign_key(&mut to_tenant("role"))
        .take()
}

fn grants() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("role_grant")
        .col(integer("tenant"))
        .col(integer("user_number"))
        .col(integer("role_number"))
        // The scope as JSON, '' for none: part of the key, where NULL would not compare.
        .col(long_text("scope"))
        .col(json("resources"))
        .col(json("tags"))
        .col(instant("created_at"))
        .col(instant("updated_at"));
    for column in actor(["created_by", "created_by_user", "created_by_user_id"])
        .into_iter()
        .chain(actor(["updated_by", "updated_by_user", "updated_by_user_id"]))
    {
        table.col(column);
    }
    table
        .primary_key(&mut primary_key([
            "tenant",
            "user_number",
            "role_number",
            "scope",
        ]))
        .foreign_key(&mut to_same_tenant("role_grant", "user_number", "user_account"))
        .foreign_key(&mut to_same_tenant("role_grant", "role_number", "role"))
        .take()
}

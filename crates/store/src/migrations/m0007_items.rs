//! Learning items that groups are mapped to.

use super::columns::{boolean, integer, make, primary_key, text, to_same_tenant, word};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(manager, [items()], []).await
    }
}

fn items() -> TableCreateStatement {
    Table::create()
        .table("group_item")
        .col(integer("tenant"))
        .col(integer("group_number"))
        .col(word("kind", ["learningPlan", "jobProfile", "skill"]))
        .col(text("item", 1, 50))
        .col(boolean("retain"))
        .primary_key(&mut primary_key(["tenant", "group_number", "kind", "item"]))
        .foreign_key(&mut to_same_tenant(
            "group_item",
            "group_number",
            "directory_group",
        ))
        .take()
}

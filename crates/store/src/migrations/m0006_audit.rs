//! The audit trail: events, chained by digests, and their changes.

use super::columns::{
    actor, bytes, index, instant, integer, make, optional_bytes, primary_key, text, to_tenant, uuid,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(
            manager,
            [events(), changes()],
            [index(
                "audit_change_object",
                "audit_change",
                ["tenant", "kind", "number", "position"],
            )],
        )
        .await
    }
}

fn events() -> TableCreateStatement {
    let mut position = integer("position");
    position.check(Expr::col("position").gte(1));
    let mut table = Table::create();
    table
        .table("audit_event")
        .col(integer("tenant"))
        .col(position)
        .col(instant("at"));
    for column in actor(["actor", "actor_user", "actor_user_id"]) {
        table.col(column);
    }
    table
        .col(text("dialect", 1, 64))
        .col(text("operation", 1, 255))
        .col(uuid("request"))
        .col(bytes("previous_digest", 32))
        .col(bytes("digest", 32))
        .primary_key(&mut primary_key(["tenant", "position"]))
        .foreign_key(&mut to_tenant("audit_event"))
        .take()
}

fn changes() -> TableCreateStatement {
    Table::create()
        .table("audit_change")
        .col(integer("tenant"))
        .col(integer("position"))
        .col(integer("sequence"))
        .col(text("kind", 1, 64))
        .col(integer("number"))
        .col(text("field", 1, 1024))
        // JSON as it was digested. Both and the salt are NULL once the values were erased.
        .col(ColumnDef::new("before").text().null().take())
        .col(ColumnDef::new("after").text().null().take())
        .col(optional_bytes("salt", 16))
        .col(bytes("digest", 32))
        .primary_key(&mut primary_key(["tenant", "position", "sequence"]))
        .foreign_key(
            ForeignKey::create()
                .from("audit_change", ("tenant", "position"))
                .to("audit_event", ("tenant", "position")),
        )
        .take()
}

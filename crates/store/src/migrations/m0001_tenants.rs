//! Tenants, their names in each dialect, and the settings of the server.

use super::columns::{bytes, instant, integer, make, number, primary_key, text, to_tenant, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(manager, [tenants(), aliases(), settings()], indexes()).await
    }
}

fn tenants() -> TableCreateStatement {
    Table::create()
        .table("tenant")
        .col(number())
        .col(text("name", 1, 255))
        .col(instant("created_at"))
        // The end of the tenant's audit chain.
        .col(integer("audit_position"))
        .col(bytes("audit_digest", 32))
        .take()
}

fn aliases() -> TableCreateStatement {
    Table::create()
        .table("tenant_alias")
        .col(text("dialect", 1, 64))
        .col(text("value", 1, 255))
        .col(integer("tenant"))
        .primary_key(&mut primary_key(["dialect", "value"]))
        .foreign_key(&mut to_tenant("tenant_alias"))
        .take()
}

fn settings() -> TableCreateStatement {
    Table::create()
        .table("server_setting")
        .col(text("name", 1, 64).primary_key().take())
        .col(ColumnDef::new("value").var_binary(4096).not_null().take())
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("tenant_name", "tenant", ["name"]),
        unique("tenant_alias_dialect", "tenant_alias", ["tenant", "dialect"]),
    ]
}

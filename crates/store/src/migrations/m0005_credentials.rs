//! Credentials, their secrets, and tokens that were given back.

use super::columns::{
    bytes, index, instant, integer, make, number, optional_instant, optional_integer, tenant_and_number,
    text, to_same_tenant, to_tenant, unique, word,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(
            manager,
            [credentials(), secrets(), refused_tokens(), access_tokens()],
            indexes(),
        )
        .await
    }
}

fn credentials() -> TableCreateStatement {
    Table::create()
        .table("credential")
        .col(number())
        .col(integer("tenant"))
        .col(text("client_id", 1, 255))
        .col(word("access", ["reader", "editor", "admin"]))
        .col(optional_integer("user_number"))
        .col(instant("created_at"))
        .col(optional_instant("revoked_at"))
        .index(&mut tenant_and_number("credential_tenant"))
        .foreign_key(&mut to_tenant("credential"))
        .foreign_key(&mut to_same_tenant("credential", "user_number", "user_account"))
        .take()
}

fn secrets() -> TableCreateStatement {
    Table::create()
        .table("credential_secret")
        .col(number())
        .col(integer("tenant"))
        .col(integer("credential_number"))
        // HMAC under the server's key, for look-up.
        .col(bytes("lookup", 32))
        // The secret itself, sealed under the same key, for the one scheme that computes with it.
        .col(ColumnDef::new("sealed").var_binary(4096).not_null().take())
        .col(instant("created_at"))
        .foreign_key(&mut to_same_tenant(
            "credential_secret",
            "credential_number",
            "credential",
        ))
        .take()
}

/// Refresh tokens that are refused although they have not expired.
fn refused_tokens() -> TableCreateStatement {
    Table::create()
        .table("refused_token")
        .col(bytes("digest", 32).primary_key().take())
        .col(instant("expires_at"))
        .take()
}

/// Opaque access tokens. Each lives for a while after its last use.
fn access_tokens() -> TableCreateStatement {
    Table::create()
        .table("access_token")
        .col(bytes("digest", 32).primary_key().take())
        .col(integer("tenant"))
        .col(integer("credential_number"))
        .col(instant("last_used_at"))
        .foreign_key(&mut to_same_tenant(
            "access_token",
            "credential_number",
            "credential",
        ))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("credential_client_id", "credential", ["client_id"]),
        index("credential_user", "credential", ["tenant", "user_number"]),
        unique(
            "credential_secret_lookup",
            "credential_secret",
            ["tenant", "lookup"],
        ),
        index(
            "credential_secret_credential",
            "credential_secret",
            ["credential_number", "tenant"],
        ),
        index("refused_token_expiry", "refused_token", ["expires_at"]),
        index("access_token_use", "access_token", ["last_used_at"]),
        index(
            "access_token_credential",
            "access_token",
            ["credential_number", "tenant"],
        ),
    ]
}

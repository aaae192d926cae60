//! Users, their addresses, phones and external identifiers.

use super::columns::{
    actor, boolean, index, instant, integer, make, number, optional_json, optional_text, primary_key,
    tenant_and_number, text, to_same_tenant, to_tenant, unique, uuid,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(
            manager,
            [
                accounts(),
                contacts("user_email", 254),
                contacts("user_phone", 64),
                external_ids(),
            ],
            indexes(),
        )
        .await
    }
}

fn accounts() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("user_account")
        .col(number())
        .col(integer("tenant"))
        .col(uuid("id").unique_key().take())
        .col(text("user_name", 1, 255))
        // Folding may lengthen a text, up to threefold.
        .col(text("user_name_folded", 1, 765))
        .col(optional_text("given_name", 255))
        .col(optional_text("middle_name", 255))
        .col(optional_text("family_name", 255))
        .col(optional_text("display_name", 255))
        .col(optional_text("given_name_folded", 765))
        .col(optional_text("family_name_folded", 765))
        // Both with a space between.
        .col(optional_text("full_name_folded", 1531))
        .col(optional_text("locale", 35))
        .col(optional_text("locale_folded", 105))
        .col(optional_text("time_zone", 64))
        .col(boolean("active"));
    for dialect in [
        "extra_formsonfire",
        "extra_kibo",
        "extra_mypreferences",
        "extra_propeller",
        "extra_taleolearn",
    ] {
        table.col(optional_json(dialect));
    }
    table
        // Copies of the primary address and of the identifier without source: lists are filtered and sorted by them.
        .col(optional_text("sort_email", 762))
        .col(optional_text("sort_external_id", 255))
        .col(integer("version"))
        .col(instant("created_at"))
        .col(instant("updated_at"));
    for column in actor(["created_by", "created_by_user", "created_by_user_id"])
        .into_iter()
        .chain(actor(["updated_by", "updated_by_user", "updated_by_user_id"]))
    {
        table.col(column);
    }
    table
        .index(&mut tenant_and_number("user_account_tenant"))
        .foreign_key(&mut to_tenant("user_account"))
        .take()
}

fn contacts(table: &'static str, longest: u32) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(integer("tenant"))
        .col(integer("user_number"))
        .col(integer("position"))
        .col(text("value", 0, longest))
        .col(text("value_folded", 0, 3 * longest))
        .col(text("kind", 0, 64))
        .col(text("kind_folded", 0, 192))
        .col(boolean("is_primary"))
        .primary_key(&mut primary_key(["tenant", "user_number", "position"]))
        .foreign_key(&mut to_same_tenant(table, "user_number", "user_account"))
        .take()
}

fn external_ids() -> TableCreateStatement {
    Table::create()
        .table("user_external_id")
        .col(integer("tenant"))
        .col(integer("user_number"))
        .col(text("source", 0, 255))
        .col(text("value", 1, 255))
        .primary_key(&mut primary_key(["tenant", "user_number", "source"]))
        .foreign_key(&mut to_same_tenant(
            "user_external_id",
            "user_number",
            "user_account",
        ))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let listed = |name, column| index(name, "user_account", ["tenant", column, "number"]);
    let contact = |name, table| index(name, table, ["tenant", "value_folded"]);
    let primary = |name, table| {
        let mut one = unique(name, table, ["user_number"]);
        one.and_where(Expr::col("is_primary").eq(true));
        one
    };
    vec![
        unique(
            "user_account_user_name",
            "user_account",
            ["tenant", "user_name_folded"],
        ),
        listed("user_account_id", "id"),
        listed("user_account_given_name", "given_name"),
        listed("user_account_family_name", "family_name"),
        listed("user_account_given_folded", "given_name_folded"),
        listed("user_account_family_folded", "family_name_folded"),
        listed("user_account_full_folded", "full_name_folded"),
        listed("user_account_email", "sort_email"),
        listed("user_account_external_id", "sort_external_id"),
        listed("user_account_created", "created_at"),
        contact("user_email_value", "user_email"),
        contact("user_phone_value", "user_phone"),
        primary("user_email_primary", "user_email"),
        primary("user_phone_primary", "user_phone"),
        unique(
            "user_external_id_value",
            "user_external_id",
            ["tenant", "source", "value"],
        ),
        // Look-ups without a source.
        index(
            "user_external_id_any",
            "user_external_id",
            ["tenant", "value", "user_number"],
        ),
    ]
}

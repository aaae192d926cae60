//! Group types, groups, their external identifiers, owners and members.

use super::columns::{
    actor, boolean, index, instant, integer, json, make, number, optional_instant, optional_integer,
    optional_text, primary_key, small_number, tenant_and_number, text, to_same_tenant, to_tenant, unique,
    uuid, word,
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
                types(),
                groups(),
                external_ids(),
                people("group_owner", &[]),
                people("membership", &["excluded", "is_parent"]),
            ],
            indexes(),
        )
        .await
    }
}

fn types() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("group_type")
        .col(small_number())
        .col(integer("tenant"))
        .col(text("name", 1, 255))
        .col(text("name_folded", 1, 765))
        .col(json("localized"))
        .col(boolean("is_default"))
        .col(boolean("active"))
        .col(instant("created_at"))
        .col(instant("updated_at"));
    for column in actor(["created_by", "created_by_user", "created_by_user_id"])
        .into_iter()
        .chain(actor(["updated_by", "updated_by_user", "updated_by_user_id"]))
    {
        table.col(column);
    }
    table
        .index(&mut tenant_and_number("group_type_tenant"))
        .foreign_key(&mut to_tenant("group_type"))
        .take()
}

fn groups() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("directory_group")
        .col(number())
        .col(integer("tenant"))
        .col(uuid("id").unique_key().take())
        .col(text("code", 1, 255))
        .col(text("name", 0, 255))
        // Folding may lengthen a text, up to threefold.
        .col(text("name_folded", 0, 765))
        .col(optional_text("description", 4000))
        .col(optional_integer("parent"))
        .col(optional_integer("group_type"))
        .col(word("status", ["active", "inactive"]))
        .col(optional_instant("active_from"))
        .col(optional_instant("active_until"))
        .col(optional_text("language", 255))
        .col(optional_text("language_folded", 765))
        .col(optional_text("company", 255))
        .col(optional_text("department", 255))
        .col(optional_text("office", 255))
        .col(optional_text("notes", 4000))
        .col(boolean("inherit_product_list"))
        .col(boolean("inherit_order_list"))
        .col(word("budget", ["Y", "H", "N"]))
        .col(boolean("budget_inherit"))
        .col(word("order_list_allow_all", ["N", "Y", "A", "U", "P"]))
        .col(boolean("only_owners_edit"))
        .col(word(
            "self_service",
            ["private", "requiresApproval", "doesNotRequireApprovals"],
        ))
        .col(optional_integer("scope_type_id"))
        .col(optional_integer("scope_id"))
        // A copy of the identifier without source: lists are filtered and sorted by it.
        .col(optional_text("sort_external_id", 255))
        .col(integer("version"))
        .col(
            integer("member_count")
                .check(Expr::col("member_count").gte(0))
                .take(),
        )
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(optional_instant("deleted_at"));
    for column in actor(["created_by", "created_by_user", "created_by_user_id"])
        .into_iter()
        .chain(actor(["updated_by", "updated_by_user", "updated_by_user_id"]))
    {
        table.col(column);
    }
    table
        .check(Expr::col("parent").ne(Expr::col("number")))
        .index(&mut tenant_and_number("directory_group_tenant"))
        .foreign_key(&mut to_tenant("directory_group"))
        .foreign_key(&mut to_same_tenant(
            "directory_group",
            "parent",
            "directory_group",
        ))
        .foreign_key(&mut to_same_tenant("directory_group", "group_type", "group_type"))
        .take()
}

fn external_ids() -> TableCreateStatement {
    Table::create()
        .table("group_external_id")
        .col(integer("tenant"))
        .col(integer("group_number"))
        .col(text("source", 0, 255))
        .col(text("value", 1, 255))
        .primary_key(&mut primary_key(["tenant", "group_number", "source"]))
        .foreign_key(&mut to_same_tenant(
            "group_external_id",
            "group_number",
            "directory_group",
        ))
        .take()
}

/// A row per user of a group.
fn people(name: &'static str, flags: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table(name)
        .col(integer("tenant"))
        .col(integer("group_number"))
        .col(integer("user_number"));
    for flag in flags {
        table.col(boolean(flag));
    }
    table
        .primary_key(&mut primary_key(["tenant", "group_number", "user_number"]))
        .foreign_key(&mut to_same_tenant(name, "group_number", "directory_group"))
        .foreign_key(&mut to_same_tenant(name, "user_number", "user_account"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    const GROUP: &str = "directory_group";
    let listed = |name, column| index(name, GROUP, ["tenant", column, "number"]);
    // Names may repeat, except among live groups of one type.
    let mut names = unique(
        "directory_group_type_name",
        GROUP,
        ["tenant", "group_type", "name_folded"],
    );
    names
        .and_where(Expr::col("group_type").is_not_null())
        .and_where(Expr::col("deleted_at").is_null());
    // With the column of its condition, so that counting reads nothing else.
    let mut live = index("directory_group_live", GROUP, ["tenant", "number", "deleted_at"]);
    live.and_where(Expr::col("deleted_at").is_null());
    // Look-ups by name read nothing but this.
    let mut folded = index(
        "directory_group_folded",
        GROUP,
        ["tenant", "name_folded", "number"],
    );
    folded.and_where(Expr::col("deleted_at").is_null());
    let mut bin = index("directory_group_bin", GROUP, ["tenant", "deleted_at", "number"]);
    bin.and_where(Expr::col("deleted_at").is_not_null());
    let mut parent = unique("membership_parent", "membership", ["user_number"]);
    parent.and_where(Expr::col("is_parent").eq(true));
    let mut default = unique("group_type_default", "group_type", ["tenant"]);
    default.and_where(Expr::col("is_default").eq(true));
    vec![
        default,
        unique("group_type_name", "group_type", ["tenant", "name_folded"]),
        unique("directory_group_code", GROUP, ["tenant", "code"]),
        names,
        live,
        listed("directory_group_name", "name"),
        folded,
        bin,
        listed("directory_group_external_id", "sort_external_id"),
        listed("directory_group_parent", "parent"),
        listed("directory_group_language", "language_folded"),
        listed("directory_group_created", "created_at"),
        listed("directory_group_updated", "updated_at"),
        unique(
            "group_external_id_value",
            "group_external_id",
            ["tenant", "source", "value"],
        ),
        // Look-ups without a source.
        index(
            "group_external_id_any",
            "group_external_id",
            ["tenant", "value", "group_number"],
        ),
        index(
            "group_owner_user",
            "group_owner",
            ["tenant", "user_number", "group_number"],
        ),
        index(
            "membership_user",
            "membership",
            ["tenant", "user_number", "group_number"],
        ),
        parent,
    ]
}

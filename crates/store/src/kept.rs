//! Whole tenants row by row, as they are: what an export reads and what an import of one writes. Nothing is decided, numbered or
//! recorded here.

mod credentials;
mod events;
mod groups;
mod numbers;
mod users;

pub use credentials::put_credential;
pub use events::{KeptChange, KeptEvent, events, put_event};
pub use groups::{
    count_members, groups, items, memberships, put_group, put_group_type, put_item, put_membership,
    put_owner, put_parent,
};
pub use numbers::{Numbers, last_numbers, raise_numbers};
pub use users::{put_grant, put_user, users};

use crate::db::Db;
use crate::entities::{role, tenant, tenant_alias};
use crate::faults::{affected, internal, refused};
use crate::rows::insert_all;
use model::Result;
use model::ids::TenantNumber;
use model::roles::Role;
use model::tenants::Tenant;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Puts a tenant with its aliases, before its first event.
pub async fn put_tenant(tx: &Db, kept: &Tenant) -> Result<()> {
    let row = tenant::ActiveModel {
        number: Set(kept.number.get()),
        name: Set(kept.name.clone()),
        created_at: Set(kept.created_at),
        audit_position: Set(0),
        audit_digest: Set(crate::chain::START.to_vec()),
    };
    tenant::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .map_err(refused)?;
    let aliases = kept.aliases.iter();
    let rows = aliases
        .map(|(dialect, value)| tenant_alias::ActiveModel {
            dialect: Set(dialect.as_str().to_owned()),
            value: Set(value.clone()),
            tenant: Set(kept.number.get()),
        })
        .collect();
    insert_all(tx, rows).await.map_err(refused)
}

/// Puts the tenant's catalogue of roles.
pub async fn put_roles(tx: &Db, tenant: TenantNumber, roles: &[Role]) -> Result<()> {
    let rows = roles.iter().map(|kept| role::ActiveModel {
        tenant: Set(tenant.get()),
        number: Set(kept.number.get()),
        name: Set(kept.name.clone()),
    });
    insert_all(tx, rows.collect()).await.map_err(refused)
}

/// Says where the tenant's chain of events ends.
pub async fn end_chain(tx: &Db, number: TenantNumber, position: i64, digest: &[u8]) -> Result<()> {
    let done = tenant::Entity::update_many()
        .col_expr(tenant::Column::AuditPosition, Expr::value(position))
        .col_expr(tenant::Column::AuditDigest, Expr::value(digest.to_vec()))
        .filter(tenant::Column::Number.eq(number.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("end the audit chain", 1, done.rows_affected)
}

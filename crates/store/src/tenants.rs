//! Tenants and what each dialect calls them.

use crate::chain;
use crate::db::Db;
use crate::entities::{tenant, tenant_alias};
use crate::faults::{TENANT_ALIAS, TENANT_DIALECT, TENANT_NAME, expecting, inconsistent, internal};
use crate::rows::{insert_all, tenant_number, unnumbered};
use model::error::Kind;
use model::ids::TenantNumber;
use model::tenants::Tenant;
use model::{Dialect, Error, Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

/// Makes a tenant, with at most one alias per dialect. A name or alias that is taken is [`Error::Exists`].
pub async fn insert(tx: &Db, name: &str, aliases: &[(Dialect, String)], at: Instant) -> Result<Tenant> {
    let row = tenant::ActiveModel {
        number: unnumbered(),
        name: Set(name.to_owned()),
        created_at: Set(at),
        audit_position: Set(0),
        audit_digest: Set(chain::START.to_vec()),
    };
    let inserted = tenant::Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[TENANT_NAME]))?;
    let number = tenant_number(inserted.last_insert_id)?;
    let mut aliases = aliases.to_vec();
    aliases.sort();
    let rows = aliases
        .iter()
        .map(|(dialect, value)| tenant_alias::ActiveModel {
            dialect: Set(dialect.as_str().to_owned()),
            value: Set(value.clone()),
            tenant: Set(number.get()),
        })
        .collect();
    insert_all(tx, rows)
        .await
        .map_err(expecting(&[TENANT_ALIAS, TENANT_DIALECT]))?;
    Ok(Tenant {
        number,
        name: name.to_owned(),
        created_at: at,
        aliases,
    })
}

/// All tenants, by number.
pub async fn list(db: &Db) -> Result<Vec<Tenant>> {
    let rows = tenant::Entity::find().order_by_asc(tenant::Column::Number);
    read(db, rows, tenant_alias::Entity::find()).await
}

/// The tenant of this name.
pub async fn find(db: &Db, name: &str) -> Result<Option<Tenant>> {
    one(db, tenant::Entity::find().filter(tenant::Column::Name.eq(name))).await
}

/// The tenant with this number.
pub async fn get(db: &Db, number: TenantNumber) -> Result<Option<Tenant>> {
    one(
        db,
        tenant::Entity::find().filter(tenant::Column::Number.eq(number.get())),
    )
    .await
}

/// The tenant that a dialect calls so.
pub async fn by_alias(db: &Db, dialect: Dialect, value: &str) -> Result<Option<TenantNumber>> {
    let select = tenant_alias::Entity::find()
        .filter(tenant_alias::Column::Dialect.eq(dialect.as_str()))
        .filter(tenant_alias::Column::Value.eq(value));
    let row = db.one(select).await.map_err(internal)?;
    row.map(|row| tenant_number(row.tenant)).transpose()
}

/// True if there is a tenant.
pub async fn any(db: &Db) -> Result<bool> {
    let select = tenant::Entity::find().limit(1);
    let row = db.one(select).await.map_err(internal)?;
    Ok(row.is_some())
}

/// Makes other units of the tenant wait that decide about several objects together, such as the place of a group in its
/// tree. SQLite has them wait anyway.
pub async fn lock(tx: &Db, number: TenantNumber) -> Result<()> {
    let select = tenant::Entity::find_by_id(number.get()).lock_exclusive();
    let row = tx.one(select).await.map_err(internal)?;
    row.map(drop)
        .ok_or_else(|| Error::not_found(Kind::Tenant, number.to_string()))
}

async fn one(db: &Db, select: Select<tenant::Entity>) -> Result<Option<Tenant>> {
    let Some(row) = db.one(select).await.map_err(internal)? else {
        return Ok(None);
    };
    let aliases = tenant_alias::Entity::find().filter(tenant_alias::Column::Tenant.eq(row.number));
    let aliases = db.all(aliases).await.map_err(internal)?;
    let mut found = tenants(vec![row], aliases)?;
    Ok(found.pop())
}

async fn read(
    db: &Db,
    rows: Select<tenant::Entity>,
    aliases: Select<tenant_alias::Entity>,
) -> Result<Vec<Tenant>> {
    let rows = db.all(rows).await.map_err(internal)?;
    let aliases = db.all(aliases).await.map_err(internal)?;
    tenants(rows, aliases)
}

fn tenants(rows: Vec<tenant::Model>, aliases: Vec<tenant_alias::Model>) -> Result<Vec<Tenant>> {
    let mut of: HashMap<i64, Vec<(Dialect, String)>> = HashMap::new();
    for alias in aliases {
        let dialect = Dialect::parse(&alias.dialect)
            .ok_or_else(|| inconsistent("tenant_alias", "dialect", alias.tenant))?;
        of.entry(alias.tenant).or_default().push((dialect, alias.value));
    }
    rows.into_iter()
        .map(|row| {
            let mut aliases = of.remove(&row.number).unwrap_or_default();
            aliases.sort();
            Ok(Tenant {
                number: tenant_number(row.number)?,
                name: row.name,
                created_at: row.created_at,
                aliases,
            })
        })
        .collect()
}

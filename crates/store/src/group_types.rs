//! Group types: within one, the names of live groups are unique.

mod names;
pub(crate) mod rows;

pub use names::{groups, names};

use crate::db::Db;
use crate::entities::group_type::{Column, Entity};
use crate::faults::{GROUP_TYPE_NAME, affected, expecting, internal};
use crate::rows::{actor_columns, column, in_lists, keep_changes, unnumbered};
use model::group_types::{GroupType, GroupTypeFields};
use model::ids::{GroupTypeNumber, TenantNumber};
use model::text;
use model::{Actor, Error, Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// A group type that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTypeDraft {
    pub tenant: TenantNumber,
    pub fields: GroupTypeFields,
    pub at: Instant,
    pub by: Actor,
}

/// The tenant's types, by number.
pub async fn list(db: &Db, tenant: TenantNumber) -> Result<Vec<GroupType>> {
    let select = of_tenant(tenant).order_by_asc(Column::Number);
    let rows = db.all(select).await.map_err(internal)?;
    rows.into_iter().map(rows::group_type).collect()
}

/// How many types the tenant has.
pub async fn count(db: &Db, tenant: TenantNumber) -> Result<usize> {
    let select = Query::select()
        .expr_as(Expr::col("number").count(), "types")
        .from("group_type")
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .take();
    let row = db.query_one(&select).await.map_err(internal)?;
    let count = row.map(|row| column::<i64>(&row, "types")).transpose()?;
    Ok(usize::try_from(count.unwrap_or_default()).unwrap_or(usize::MAX))
}

/// The type of this number.
pub async fn get(db: &Db, tenant: TenantNumber, number: GroupTypeNumber) -> Result<Option<GroupType>> {
    one(db, by_number(tenant, number)).await
}

/// As [`get`], locked until the unit ends.
pub async fn lock(tx: &Db, tenant: TenantNumber, number: GroupTypeNumber) -> Result<Option<GroupType>> {
    one(tx, by_number(tenant, number).lock_exclusive()).await
}

/// The type of this name, without regard to case.
pub async fn find(db: &Db, tenant: TenantNumber, name: &str) -> Result<Option<GroupType>> {
    let select = of_tenant(tenant).filter(Column::NameFolded.eq(text::fold(name)));
    one(db, select).await
}

/// The types of these names, which are folded already. Unknown ones are left out.
pub async fn folded(db: &Db, tenant: TenantNumber, names: &[String]) -> Result<Vec<GroupType>> {
    let mut found = Vec::with_capacity(names.len());
    for list in in_lists(names) {
        let select = of_tenant(tenant).filter(Column::NameFolded.is_in(list));
        for row in db.all(select).await.map_err(internal)? {
            found.push(rows::group_type(row)?);
        }
    }
    Ok(found)
}

/// The type that is the default, locked until the unit ends.
pub async fn default(tx: &Db, tenant: TenantNumber) -> Result<Option<GroupType>> {
    let select = of_tenant(tenant)
        .filter(Column::IsDefault.eq(true))
        .lock_exclusive();
    one(tx, select).await
}

/// Makes a type. A name that is taken is [`Error::Exists`]. No other type may be the default if this one is.
pub async fn insert(tx: &Db, draft: GroupTypeDraft) -> Result<GroupType> {
    let mut row = rows::of_fields(&draft.fields)?;
    let (client, user, user_id) = actor_columns(&draft.by);
    row.number = unnumbered();
    row.tenant = Set(draft.tenant.get());
    row.created_at = Set(draft.at);
    row.created_by = Set(client);
    row.created_by_user = Set(user);
    row.created_by_user_id = Set(user_id);
    rows::updated(&mut row, draft.at, &draft.by);
    let inserted = Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[GROUP_TYPE_NAME]))?;
    Ok(GroupType {
        number: rows::number(inserted.last_insert_id)?,
        tenant: draft.tenant,
        fields: draft.fields,
        created_at: draft.at,
        created_by: draft.by.clone(),
        updated_at: draft.at,
        updated_by: draft.by,
    })
}

/// Writes what differs. `before` is as it was read under a lock.
pub async fn update(tx: &Db, before: &GroupType, after: &GroupType) -> Result<()> {
    let mut row = rows::changeable(after)?;
    if !keep_changes(&rows::changeable(before)?, &mut row) {
        return Ok(());
    }
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Number.eq(before.number.get()))
        .filter(Column::Tenant.eq(before.tenant.get()))
        .exec(tx)
        .await
        .map_err(expecting(&[GROUP_TYPE_NAME]))?;
    match done.rows_affected {
        0 => Err(Error::Stale),
        rows => affected("update a group type", 1, rows),
    }
}

async fn one(db: &Db, select: Select<Entity>) -> Result<Option<GroupType>> {
    let row = db.one(select).await.map_err(internal)?;
    row.map(rows::group_type).transpose()
}

fn of_tenant(tenant: TenantNumber) -> Select<Entity> {
    Entity::find().filter(Column::Tenant.eq(tenant.get()))
}

fn by_number(tenant: TenantNumber, number: GroupTypeNumber) -> Select<Entity> {
    of_tenant(tenant).filter(Column::Number.eq(number.get()))
}

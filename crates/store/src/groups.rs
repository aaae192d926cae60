//! Groups. What is in the recycle bin is hidden from every function but [`children`], [`lock_many`], [`binned`] and
//! [`lock_binned`].

mod bin;
mod external;
mod owners;
mod resolve;
pub(crate) mod rows;

pub use bin::{binned, lock_binned};
pub use external::{external_ids, put_external_id, remove_external_id};
pub use owners::{add_owners, owned_by, owners, owners_of, remove_owners};
pub use resolve::{Named, resolve};

use crate::db::Db;
use crate::entities::directory_group::{Column, Entity};
use crate::external_ids::GROUP;
use crate::faults::{GROUP_CODE, GROUP_NAME, affected, expecting, internal};
use crate::list;
use crate::rows::{actor_columns, column, group_number, in_lists, keep_changes};
use model::groups::{Group, GroupFields, GroupKey};
use model::ids::{GroupId, GroupNumber, TenantNumber};
use model::query::{GroupField, ListQuery, Page, Stretch, Window};
use model::text::Code;
use model::{Actor, Error, Instant, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CommonTableExpression, Expr, ExprTrait, Query, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// A group that is about to be made. Its parent and type have to be of the same tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupDraft {
    pub tenant: TenantNumber,
    pub id: GroupId,
    pub code: Code,
    pub fields: GroupFields,
    /// How many members that are not excluded it will have at the end of this unit of work.
    pub member_count: i64,
    pub at: Instant,
    pub by: Actor,
}

/// Makes a group, version 1. A code or a name within its type that is taken is [`Error::Exists`].
pub async fn insert(tx: &Db, draft: GroupDraft) -> Result<Group> {
    let mut row = rows::of_fields(&draft.fields);
    let (client, user, user_id) = actor_columns(&draft.by);
    row.tenant = Set(draft.tenant.get());
    row.id = Set(draft.id.0);
    row.code = Set(draft.code.as_str().to_owned());
    row.version = Set(1);
    row.member_count = Set(draft.member_count);
    row.created_at = Set(draft.at);
    row.created_by = Set(client);
    row.created_by_user = Set(user);
    row.created_by_user_id = Set(user_id);
    row.deleted_at = Set(None);
    rows::updated(&mut row, draft.at, &draft.by);
    let inserted = Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[GROUP_CODE, GROUP_NAME]))?;
    Ok(Group {
        number: group_number(inserted.last_insert_id)?,
        id: draft.id,
        tenant: draft.tenant,
        code: draft.code,
        fields: draft.fields,
        version: 1,
        member_count: draft.member_count,
        created_at: draft.at,
        created_by: draft.by.clone(),
        updated_at: draft.at,
        updated_by: draft.by,
        deleted_at: None,
    })
}

/// The group with this key.
pub async fn find(db: &Db, tenant: TenantNumber, key: &GroupKey) -> Result<Option<Group>> {
    let Some(select) = by_key(db, tenant, key).await? else {
        return Ok(None);
    };
    let row = db.one(select).await.map_err(internal)?;
    row.map(rows::group).transpose()
}

/// The group with this key, locked until the unit ends: every read that decides something.
pub async fn lock(tx: &Db, tenant: TenantNumber, key: &GroupKey) -> Result<Option<Group>> {
    let Some(select) = by_key(tx, tenant, key).await? else {
        return Ok(None);
    };
    let row = tx.one(select.lock_exclusive()).await.map_err(internal)?;
    row.map(rows::group).transpose()
}

/// These groups, also those in the recycle bin, by number, locked until the unit ends. Unknown numbers are left out.
pub async fn lock_many(tx: &Db, tenant: TenantNumber, groups: &[GroupNumber]) -> Result<Vec<Group>> {
    let numbers: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let mut found = Vec::with_capacity(groups.len());
    for list in in_lists(&numbers) {
        let select = Entity::find()
            .filter(Column::Tenant.eq(tenant.get()))
            .filter(Column::Number.is_in(list))
            .order_by_asc(Column::Number)
            .lock_exclusive();
        for row in tx.all(select).await.map_err(internal)? {
            found.push(rows::group(row)?);
        }
    }
    found.sort_by_key(|group| group.number);
    Ok(found)
}

/// Which of these groups are not in the recycle bin.
pub async fn live_among(db: &Db, tenant: TenantNumber, groups: &[GroupNumber]) -> Result<Vec<GroupNumber>> {
    let numbers: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let mut found = Vec::with_capacity(groups.len());
    for list in in_lists(&numbers) {
        let select = Query::select()
            .column("number")
            .from("directory_group")
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("number").is_in(list))
            .and_where(Expr::col("deleted_at").is_null())
            .take();
        for row in db.query_all(&select).await.map_err(internal)? {
            found.push(group_number(column(&row, "number")?)?);
        }
    }
    Ok(found)
}

/// Writes what differs: fields, code, version, count of members, last change, deletion.
/// [`Error::Stale`] if the stored version is not that of `before`.
pub async fn update(tx: &Db, before: &Group, after: &Group) -> Result<()> {
    let mut row = rows::changeable(after);
    if !keep_changes(&rows::changeable(before), &mut row) {
        return Ok(());
    }
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Number.eq(before.number.get()))
        .filter(Column::Tenant.eq(before.tenant.get()))
        .filter(Column::Version.eq(before.version))
        .exec(tx)
        .await
        .map_err(expecting(&[GROUP_CODE, GROUP_NAME]))?;
    match done.rows_affected {
        0 => Err(Error::Stale),
        rows => affected("update a group", 1, rows),
    }
}

/// Deletes the group and its external identifiers for good. Its members, owners and children have to be gone.
pub async fn delete(tx: &Db, group: &Group) -> Result<()> {
    GROUP.clear(tx, group.tenant, group.number.get()).await?;
    let done = Entity::delete_many()
        .filter(Column::Number.eq(group.number.get()))
        .filter(Column::Tenant.eq(group.tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("delete a group", 1, done.rows_affected)
}

/// The groups right below this one, also those in the recycle bin, by number, locked until the unit ends.
pub async fn children(tx: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<Vec<Group>> {
    let select = Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::Parent.eq(group.get()))
        .order_by_asc(Column::Number)
        .lock_exclusive();
    let found = tx.all(select).await.map_err(internal)?;
    found.into_iter().map(rows::group).collect()
}

/// True if `candidate` is the group `of`, or lies anywhere below it. Walks up from the candidate.
pub async fn is_self_or_descendant(
    tx: &Db,
    tenant: TenantNumber,
    of: GroupNumber,
    candidate: GroupNumber,
) -> Result<bool> {
    let start = Query::select()
        .columns(["number", "parent"])
        .from("directory_group")
        .and_where(Expr::col("number").eq(candidate.get()))
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .take();
    let above = Query::select()
        .columns([("g", "number"), ("g", "parent")])
        .from_as("directory_group", "g")
        .inner_join("line", Expr::col(("line", "parent")).equals(("g", "number")))
        .take();
    // UNION, not UNION ALL: it ends even if a cycle had crept in.
    let line = CommonTableExpression::new()
        .table_name("line")
        .columns(["number", "parent"])
        .query(start.clone().union(UnionType::Distinct, above).take())
        .to_owned();
    let hit = Query::select()
        .expr_as(Expr::val(1), "hit")
        .from("line")
        .and_where(Expr::col("number").eq(of.get()))
        .take();
    let walk = hit.with(Query::with().recursive(true).cte(line).to_owned());
    let row = tx.query_one(&walk).await.map_err(internal)?;
    row.map(|row| column::<i64>(&row, "hit"))
        .transpose()
        .map(|hit| hit.is_some())
}

/// A page of the tenant's groups.
pub async fn list(db: &Db, tenant: TenantNumber, query: &ListQuery<GroupField>) -> Result<Page<Group>> {
    let (found, total) = list::page(db, tenant, live(tenant), query).await?;
    let items = found.into_iter().map(rows::group).collect::<Result<_>>()?;
    Ok(Page { items, total })
}

/// A stretch of the tenant's groups, by number.
pub async fn stretch(db: &Db, tenant: TenantNumber, window: Window) -> Result<Stretch<Group>> {
    let found = list::stretch(db, live(tenant), |all| all.order_by_asc(Column::Number), window).await?;
    Ok(Stretch {
        items: found.items.into_iter().map(rows::group).collect::<Result<_>>()?,
        has_more: found.has_more,
        total: found.total,
    })
}

fn live(tenant: TenantNumber) -> Select<Entity> {
    Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::DeletedAt.is_null())
}

async fn by_key(db: &Db, tenant: TenantNumber, key: &GroupKey) -> Result<Option<Select<Entity>>> {
    let condition = match key {
        GroupKey::Number(number) => Column::Number.eq(number.get()),
        GroupKey::Id(id) => Column::Id.eq(id.0),
        GroupKey::Code(code) => Column::Code.eq(code.as_str()),
        GroupKey::External(id) => match GROUP.find(db, tenant, id).await? {
            Some(number) => Column::Number.eq(number),
            None => return Ok(None),
        },
        GroupKey::Lookup(lookup) => match GROUP.lookup(db, tenant, lookup).await? {
            Some(number) => Column::Number.eq(number),
            None => return Ok(None),
        },
    };
    Ok(Some(live(tenant).filter(condition)))
}

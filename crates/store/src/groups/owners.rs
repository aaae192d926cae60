//! The users who may edit a group.

use crate::db::Db;
use crate::entities::group_owner::{ActiveModel, Column, Entity};
use crate::faults::{affected, internal};
use crate::rows::{group_number, in_lists, insert_all, user_number};
use model::Result;
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// A group's owners, by number.
pub async fn owners(db: &Db, tenant: TenantNumber, group: GroupNumber) -> Result<Vec<UserNumber>> {
    let select = Entity::find()
        .filter(Column::GroupNumber.eq(group.get()))
        .filter(Column::Tenant.eq(tenant.get()))
        .order_by_asc(Column::UserNumber);
    let rows = db.all(select).await.map_err(internal)?;
    rows.into_iter().map(|row| user_number(row.user_number)).collect()
}

/// The owners of these groups, each group's by number. Groups without any are left out.
pub async fn owners_of(
    db: &Db,
    tenant: TenantNumber,
    groups: &[GroupNumber],
) -> Result<HashMap<GroupNumber, Vec<UserNumber>>> {
    let numbers: Vec<i64> = groups.iter().map(|group| group.get()).collect();
    let mut found: HashMap<GroupNumber, Vec<UserNumber>> = HashMap::new();
    for list in in_lists(&numbers) {
        let select = Entity::find()
            .filter(Column::Tenant.eq(tenant.get()))
            .filter(Column::GroupNumber.is_in(list))
            .order_by_asc(Column::GroupNumber)
            .order_by_asc(Column::UserNumber);
        for row in db.all(select).await.map_err(internal)? {
            let owner = user_number(row.user_number)?;
            found
                .entry(group_number(row.group_number)?)
                .or_default()
                .push(owner);
        }
    }
    Ok(found)
}

/// The groups that a user owns, by number.
pub async fn owned_by(tx: &Db, tenant: TenantNumber, user: UserNumber) -> Result<Vec<GroupNumber>> {
    let select = Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::UserNumber.eq(user.get()))
        .order_by_asc(Column::GroupNumber);
    let rows = tx.all(select).await.map_err(internal)?;
    rows.into_iter()
        .map(|row| group_number(row.group_number))
        .collect()
}

/// Makes users of the same tenant owners; none of them may be one already.
pub async fn add_owners(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    users: &[UserNumber],
) -> Result<()> {
    let rows = users
        .iter()
        .map(|user| ActiveModel {
            tenant: Set(tenant.get()),
            group_number: Set(group.get()),
            user_number: Set(user.get()),
        })
        .collect();
    insert_all(tx, rows).await.map_err(internal)
}

/// Takes ownership away; all of them have to be owners.
pub async fn remove_owners(
    tx: &Db,
    tenant: TenantNumber,
    group: GroupNumber,
    users: &[UserNumber],
) -> Result<()> {
    let numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    let mut removed = 0;
    for list in in_lists(&numbers) {
        removed += Entity::delete_many()
            .filter(Column::GroupNumber.eq(group.get()))
            .filter(Column::UserNumber.is_in(list))
            .filter(Column::Tenant.eq(tenant.get()))
            .exec(tx)
            .await
            .map_err(internal)?
            .rows_affected;
    }
    affected("remove owners", users.len(), removed)
}

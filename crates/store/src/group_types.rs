//! Group types: within one, the names of live groups are unique.

use crate::db::Db;
use crate::entities::group_type::{ActiveModel, Column, Entity, Model};
use crate::faults::{GROUP_TYPE_NAME, expecting, inconsistent, internal};
use crate::rows::unnumbered;
use model::Result;
use model::ids::{GroupTypeNumber, TenantNumber};
use model::text::Name;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A kind of groups, such as "Household".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupType {
    pub number: GroupTypeNumber,
    pub name: Name,
}

/// The tenant's types, by number.
pub async fn list(db: &Db, tenant: TenantNumber) -> Result<Vec<GroupType>> {
    let select = Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .order_by_asc(Column::Number);
    let rows = db.all(select).await.map_err(internal)?;
    rows.into_iter().map(group_type).collect()
}

/// The type of this name, without regard to case.
pub async fn find(db: &Db, tenant: TenantNumber, name: &Name) -> Result<Option<GroupType>> {
    let select = Entity::find()
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::NameFolded.eq(name.folded()));
    let row = db.one(select).await.map_err(internal)?;
    row.map(group_type).transpose()
}

/// Makes a type. A name that is taken is [`model::Error::Exists`].
pub async fn insert(tx: &Db, tenant: TenantNumber, name: &Name) -> Result<GroupType> {
    let row = ActiveModel {
        number: unnumbered(),
        tenant: Set(tenant.get()),
        name: Set(name.as_str().to_owned()),
        name_folded: Set(name.folded()),
    };
    let inserted = Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[GROUP_TYPE_NAME]))?;
    Ok(GroupType {
        number: number(inserted.last_insert_id)?,
        name: name.clone(),
    })
}

fn group_type(row: Model) -> Result<GroupType> {
    Ok(GroupType {
        number: number(row.number)?,
        name: Name::stored(row.name),
    })
}

fn number(number: i64) -> Result<GroupTypeNumber> {
    GroupTypeNumber::new(number).ok_or_else(|| inconsistent("group_type", "number", number))
}

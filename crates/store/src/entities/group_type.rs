//! A kind of groups within which names are unique. `localized` is JSON.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "group_type")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub tenant: i64,
    pub name: String,
    pub name_folded: String,
    pub localized: Json,
    pub is_default: bool,
    pub active: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: String,
    pub created_by_user: Option<i64>,
    pub created_by_user_id: Option<Uuid>,
    pub updated_by: String,
    pub updated_by_user: Option<i64>,
    pub updated_by_user_id: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    number,
    tenant,
    name,
    name_folded,
    localized,
    is_default,
    active,
    created_at,
    updated_at,
    created_by,
    created_by_user,
    created_by_user_id,
    updated_by,
    updated_by_user,
    updated_by_user_id,
});

//! A role given to a user. `scope` is JSON, or empty for none.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    pub resources: Json,
    pub tags: Json,
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
    tenant,
    user_number,
    role_number,
    scope,
    resources,
    tags,
    created_at,
    updated_at,
    created_by,
    created_by_user,
    created_by_user_id,
    updated_by,
    updated_by_user,
    updated_by_user_id,
});

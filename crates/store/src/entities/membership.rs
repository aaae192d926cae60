//! A user in a group.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_number: i64,
    pub excluded: bool,
    pub is_parent: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    tenant,
    group_number,
    user_number,
    excluded,
    is_parent,
});

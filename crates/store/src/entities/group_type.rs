//! A kind of groups within which names are unique.

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
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    number,
    tenant,
    name,
    name_folded,
});

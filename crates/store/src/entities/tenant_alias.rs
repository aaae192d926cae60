//! A tenant's account identifier in one dialect.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_alias")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dialect: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    pub tenant: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    dialect,
    value,
    tenant,
});

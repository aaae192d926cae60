//! An organisation and the end of its audit chain.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub name: String,
    pub created_at: DateTimeUtc,
    pub audit_position: i64,
    pub audit_digest: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    number,
    name,
    created_at,
    audit_position,
    audit_digest,
});

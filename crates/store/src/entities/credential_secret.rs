//! A secret of a credential: its look-up digest, and itself sealed.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_secret")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub tenant: i64,
    pub credential_number: i64,
    pub lookup: Vec<u8>,
    pub sealed: Vec<u8>,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    number,
    tenant,
    credential_number,
    lookup,
    sealed,
    created_at,
});

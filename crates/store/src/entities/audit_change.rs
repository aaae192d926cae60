//! One field before and after a write. Values and salt are NULL once erased.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub kind: String,
    pub number: i64,
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub salt: Option<Vec<u8>>,
    pub digest: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    tenant,
    position,
    sequence,
    kind,
    number,
    field,
    before,
    after,
    salt,
    digest,
});

//! One write, chained to the one before it.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub at: DateTimeUtc,
    pub actor: String,
    pub actor_user: Option<i64>,
    pub actor_user_id: Option<Uuid>,
    pub dialect: String,
    pub operation: String,
    pub request: Uuid,
    pub previous_digest: Vec<u8>,
    pub digest: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

from_row!(Model {
    tenant,
    position,
    at,
    actor,
    actor_user,
    actor_user_id,
    dialect,
    operation,
    request,
    previous_digest,
    digest,
});

//! A group. `sort_external_id` is a copy that lists are filtered and sorted by.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_group")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub tenant: i64,
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub name_folded: String,
    pub description: Option<String>,
    pub parent: Option<i64>,
    pub group_type: Option<i64>,
    pub status: String,
    pub active_from: Option<DateTimeUtc>,
    pub active_until: Option<DateTimeUtc>,
    pub language: Option<String>,
    pub company: Option<String>,
    pub department: Option<String>,
    pub office: Option<String>,
    pub notes: Option<String>,
    pub inherit_product_list: bool,
    pub inherit_order_list: bool,
    pub budget: String,
    pub budget_inherit: bool,
    pub order_list_allow_all: String,
    pub only_owners_edit: bool,
    pub self_service: String,
    pub scope_type_id: Option<i64>,
    pub scope_id: Option<i64>,
    pub sort_external_id: Option<String>,
    pub version: i64,
    pub member_count: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
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
    id,
    code,
    name,
    name_folded,
    description,
    parent,
    group_type,
    status,
    active_from,
    active_until,
    language,
    company,
    department,
    office,
    notes,
    inherit_product_list,
    inherit_order_list,
    budget,
    budget_inherit,
    order_list_allow_all,
    only_owners_edit,
    self_service,
    scope_type_id,
    scope_id,
    sort_external_id,
    version,
    member_count,
    created_at,
    updated_at,
    deleted_at,
    created_by,
    created_by_user,
    created_by_user_id,
    updated_by,
    updated_by_user,
    updated_by_user_id,
});

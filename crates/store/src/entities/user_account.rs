//! A user. Folded texts, `sort_email` and `sort_external_id` are copies that lists are filtered and sorted by.

use crate::cells::from_row;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub tenant: i64,
    pub id: Uuid,
    pub user_name: String,
    pub user_name_folded: String,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub family_name: Option<String>,
    pub display_name: Option<String>,
    pub given_name_folded: Option<String>,
    pub family_name_folded: Option<String>,
    pub full_name_folded: Option<String>,
    pub locale: Option<String>,
    pub locale_folded: Option<String>,
    pub time_zone: Option<String>,
    pub active: bool,
    pub extra_formsonfire: Option<Json>,
    pub extra_kibo: Option<Json>,
    pub extra_mypreferences: Option<Json>,
    pub extra_propeller: Option<Json>,
    pub extra_taleolearn: Option<Json>,
    pub sort_email: Option<String>,
    pub sort_external_id: Option<String>,
    pub version: i64,
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
    id,
    user_name,
    user_name_folded,
    given_name,
    middle_name,
    family_name,
    display_name,
    given_name_folded,
    family_name_folded,
    full_name_folded,
    locale,
    locale_folded,
    time_zone,
    active,
    extra_formsonfire,
    extra_kibo,
    extra_mypreferences,
    extra_propeller,
    extra_taleolearn,
    sort_email,
    sort_external_id,
    version,
    created_at,
    updated_at,
    created_by,
    created_by_user,
    created_by_user_id,
    updated_by,
    updated_by_user,
    updated_by_user_id,
});

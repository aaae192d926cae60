//! Group types as rows.

use crate::entities::group_type::{ActiveModel, Model};
use crate::faults::inconsistent;
use crate::rows::{actor, actor_columns, tenant_number};
use model::group_types::{GroupType, GroupTypeFields};
use model::ids::GroupTypeNumber;
use model::text::Name;
use model::{Actor, Error, Instant, Result};
use sea_orm::ActiveValue::Set;

/// A stored type.
pub fn group_type(row: Model) -> Result<GroupType> {
    let localized = serde_json::from_value(row.localized)
        .map_err(|_| inconsistent("group_type", "localized", row.number))?;
    Ok(GroupType {
        number: number(row.number)?,
        tenant: tenant_number(row.tenant)?,
        fields: GroupTypeFields {
            name: Name::stored(row.name),
            localized,
            is_default: row.is_default,
            active: row.active,
        },
        created_at: row.created_at,
        created_by: actor(row.created_by, row.created_by_user, row.created_by_user_id),
        updated_at: row.updated_at,
        updated_by: actor(row.updated_by, row.updated_by_user, row.updated_by_user_id),
    })
}

/// The columns that a write may change.
pub fn changeable(group_type: &GroupType) -> Result<ActiveModel> {
    let mut row = of_fields(&group_type.fields)?;
    updated(&mut row, group_type.updated_at, &group_type.updated_by);
    Ok(row)
}

/// When and by whom a row was last changed.
pub fn updated(row: &mut ActiveModel, at: Instant, by: &Actor) {
    let (client, user, user_id) = actor_columns(by);
    row.updated_at = Set(at);
    row.updated_by = Set(client);
    row.updated_by_user = Set(user);
    row.updated_by_user_id = Set(user_id);
}

/// What a type says about itself.
pub fn of_fields(fields: &GroupTypeFields) -> Result<ActiveModel> {
    let localized = serde_json::to_value(&fields.localized)
        .map_err(|error| Error::internal(format!("localized fields are not JSON: {error}")))?;
    Ok(ActiveModel {
        name: Set(fields.name.as_str().to_owned()),
        name_folded: Set(fields.name.folded()),
        localized: Set(localized),
        is_default: Set(fields.is_default),
        active: Set(fields.active),
        ..Default::default()
    })
}

pub fn number(number: i64) -> Result<GroupTypeNumber> {
    GroupTypeNumber::new(number).ok_or_else(|| inconsistent("group_type", "number", number))
}

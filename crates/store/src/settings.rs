//! Values of the server as a whole, such as the check value of its key.

use crate::db::Db;
use crate::entities::server_setting::{ActiveModel, Column, Entity};
use crate::faults::internal;
use model::Result;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;

/// The value of this name. Names have at most 64 characters, values at most 4096 bytes.
pub async fn get(db: &Db, name: &str) -> Result<Option<Vec<u8>>> {
    let row = db.one(Entity::find_by_id(name)).await.map_err(internal)?;
    Ok(row.map(|row| row.value))
}

/// Sets the value of this name.
pub async fn put(tx: &Db, name: &str, value: &[u8]) -> Result<()> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_vec()),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Name)
                .update_column(Column::Value)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await
        .map(drop)
        .map_err(internal)
}

//! The recycle bin, for the people who run the server.

use super::write;
use crate::unit::{Origin, Unit};
use crate::{Directory, tenants};
use model::error::Kind;
use model::groups::Group;
use model::ids::GroupNumber;
use model::query::{Stretch, Window};
use model::{Error, Result};
use store::Db;

/// A stretch of a tenant's deleted groups, those that were deleted last first.
pub async fn list_deleted(directory: &Directory, tenant: &str, window: Window) -> Result<Stretch<Group>> {
    directory
        .store
        .read(async |db| {
            let tenant = tenants::existing(db, tenant).await?.number;
            store::groups::binned(db, tenant, window).await
        })
        .await
}

/// Takes a group out of the recycle bin, as it was. `Error::Exists` if its name within its type was taken meanwhile.
pub async fn restore(directory: &Directory, tenant: &str, group: GroupNumber) -> Result<Group> {
    write(
        directory,
        tenant,
        "restoreGroup",
        async move |unit: &mut Unit<'_>| {
            let binned = binned(unit, group).await?;
            let restored = Group {
                deleted_at: None,
                ..binned.clone()
            };
            unit.save_group(binned, restored, Vec::new()).await
        },
    )
    .await
}

/// Deletes a group in the recycle bin for good, which frees its keys. Its children lose their parent.
pub async fn purge(directory: &Directory, tenant: &str, group: GroupNumber) -> Result<Group> {
    write(
        directory,
        tenant,
        "purgeGroup",
        async move |unit: &mut Unit<'_>| {
            let binned = binned(unit, group).await?;
            write::remove(unit, binned.clone()).await?;
            Ok(binned)
        },
    )
    .await
}

async fn write<T, F>(directory: &Directory, tenant: &str, operation: &'static str, work: F) -> Result<T>
where
    T: Send + 'static,
    F: AsyncFn(&mut Unit<'_>) -> Result<T> + Send + 'static,
{
    let origin = Origin::roster(directory, operation)?;
    let (shared, tenant) = (directory.clone(), tenant.to_owned());
    directory
        .store
        .write(async move |tx: &Db| {
            let tenant = tenants::existing(tx, &tenant).await?.number;
            let mut unit = Unit::new(&shared, tx, &origin, tenant, shared.now());
            let done = work(&mut unit).await?;
            unit.finish().await?;
            Ok(done)
        })
        .await
}

async fn binned(unit: &Unit<'_>, group: GroupNumber) -> Result<Group> {
    store::groups::lock_binned(unit.tx, unit.tenant, group)
        .await?
        .ok_or_else(|| Error::not_found(Kind::Group, group.to_string()))
}

//! Learning items that groups are mapped to.

use super::{editable, unknown};
use crate::Directory;
use crate::changes::{diff, of_items};
use crate::unit::Unit;
use model::error::Kind;
use model::groups::{Group, GroupKey};
use model::items::{ItemKey, MAX_ITEMS, MappedItem};
use model::query::{Stretch, Window};
use model::{Caller, Context, Error, Result};

/// A stretch of a group's items, by kind and identifier.
pub async fn list_items(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    window: Window,
) -> Result<Stretch<MappedItem>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            store::items::list(db, tenant, group.number, window).await
        })
        .await
}

/// Maps a group to an item. `Error::Conflict` if it is mapped already.
pub async fn add_item(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    item: MappedItem,
) -> Result<MappedItem> {
    refuse(&item.key)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let group = editable(unit, &caller, &key, None).await?;
            let number = group.number;
            if store::items::lock(unit.tx, unit.tenant, number, &item.key)
                .await?
                .is_some()
            {
                return Err(Error::Conflict {
                    reason: format!("item `{}` is already mapped to group `{number}`", item.key.id),
                });
            }
            if store::items::count(unit.tx, unit.tenant, number).await? >= MAX_ITEMS {
                let message = format!("must not be more than the {MAX_ITEMS} that a group may have");
                return Err(Error::invalid("itemId", "maxItems", message));
            }
            store::items::insert(unit.tx, unit.tenant, number, &item).await?;
            save(unit, group, None, Some(&item)).await?;
            Ok(item.clone())
        })
        .await
}

/// Changes the mapping of an item; without a value for `retain` nothing is changed. An item that is not mapped is not
/// found.
pub async fn change_item(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    item: ItemKey,
    retain: Option<bool>,
) -> Result<MappedItem> {
    refuse(&item)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let group = editable(unit, &caller, &key, None).await?;
            let old = mapped(unit, &group, &item).await?;
            let new = MappedItem {
                retain: retain.unwrap_or(old.retain),
                ..old.clone()
            };
            if new != old {
                store::items::set_retain(unit.tx, unit.tenant, group.number, &new).await?;
                save(unit, group, Some(&old), Some(&new)).await?;
            }
            Ok(new)
        })
        .await
}

/// Ends the mapping of an item. An item that is not mapped is not found.
pub async fn remove_item(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    item: ItemKey,
) -> Result<()> {
    refuse(&item)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let group = editable(unit, &caller, &key, None).await?;
            let old = mapped(unit, &group, &item).await?;
            store::items::delete(unit.tx, unit.tenant, group.number, &item).await?;
            save(unit, group, Some(&old), None).await
        })
        .await
}

async fn save(
    unit: &mut Unit<'_>,
    group: Group,
    old: Option<&MappedItem>,
    new: Option<&MappedItem>,
) -> Result<()> {
    let rows = diff(Kind::Group, group.number.get(), of_items(old), of_items(new));
    let after = group.clone();
    unit.save_group(group, after, rows).await.map(drop)
}

async fn mapped(unit: &Unit<'_>, group: &Group, item: &ItemKey) -> Result<MappedItem> {
    store::items::lock(unit.tx, unit.tenant, group.number, item)
        .await?
        .ok_or_else(|| Error::not_found(Kind::Item, item.id.clone()))
}

fn refuse(item: &ItemKey) -> Result<()> {
    let violations = item.violations();
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

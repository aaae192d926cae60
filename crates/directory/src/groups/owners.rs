//! Owners of groups: the users who may edit one that only its owners may edit.

use super::{references, unknown};
use crate::Directory;
use crate::changes::{diff, of_owners};
use crate::unit::Unit;
use model::audit::Change;
use model::error::Kind;
use model::groups::GroupKey;
use model::ids::{GroupNumber, UserNumber};
use model::query::{Stretch, Window};
use model::users::{UserKey, UserParts, UserView};
use model::{Caller, Error, Result};
use std::collections::HashSet;

/// A stretch of a group's owners, by number. A group never has more than may be read at once.
pub async fn list_owners(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    window: Window,
) -> Result<Stretch<UserNumber>> {
    let tenant = caller.reads().tenant();
    let all = directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            store::groups::owners(db, tenant, group.number).await
        })
        .await?;
    let total = all.len() as u64;
    let bounded = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let shown = all.into_iter().skip(bounded(window.start));
    let items: Vec<UserNumber> = shown.take(bounded(window.limit)).collect();
    Ok(Stretch {
        has_more: window.start.saturating_add(items.len() as u64) < total && !items.is_empty(),
        items,
        total: window.counted.then_some(total),
    })
}

/// One owner of a group; a user who does not own it is not found.
pub async fn get_owner(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    user: UserNumber,
    parts: UserParts,
) -> Result<UserView> {
    let tenant = caller.reads().tenant();
    let view = directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            let owners = store::groups::owners(db, tenant, group.number).await?;
            if owners.binary_search(&user).is_err() {
                return Ok(None);
            }
            store::users::view(db, tenant, &UserKey::Number(user), parts).await
        })
        .await?;
    view.ok_or_else(|| Error::not_found(Kind::User, user.to_string()))
}

/// Makes these users the owners.
pub(super) async fn replace(
    unit: &mut Unit<'_>,
    group: GroupNumber,
    wanted: &[UserNumber],
) -> Result<Vec<Change>> {
    let wanted = references::owners(unit, wanted).await?;
    let held = store::groups::owners(unit.tx, unit.tenant, group).await?;
    let (new, old): (HashSet<_>, HashSet<_>) = (wanted.iter().collect(), held.iter().collect());
    let leaving: Vec<UserNumber> = held.iter().filter(|user| !new.contains(user)).copied().collect();
    let coming: Vec<UserNumber> = wanted
        .iter()
        .filter(|user| !old.contains(user))
        .copied()
        .collect();
    store::groups::remove_owners(unit.tx, unit.tenant, group, &leaving).await?;
    store::groups::add_owners(unit.tx, unit.tenant, group, &coming).await?;
    Ok(diff(
        Kind::Group,
        group.get(),
        of_owners(&leaving),
        of_owners(&coming),
    ))
}

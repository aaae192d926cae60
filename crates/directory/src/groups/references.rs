//! What a group refers to: its parent, its type, its owners.

use crate::unit::Unit;
use chrono::SubsecRound;
use model::groups::{Group, GroupFields, GroupKey};
use model::ids::{GroupNumber, UserNumber};
use model::{Error, Patch, Result, Violation};
use std::collections::HashSet;

/// Brings fields to the form in which they are stored, so that an equal value is seen to be equal.
pub(super) fn settle(fields: &mut GroupFields) {
    for at in [&mut fields.active_from, &mut fields.active_until] {
        *at = at.map(|at| at.trunc_subsecs(6));
    }
}

/// The parent that a group gets. An unknown one is `Error::Invalid`. Taking away a parent in the recycle bin changes
/// nothing: callers see none, and it may be restored.
pub(super) async fn parent(
    unit: &Unit<'_>,
    before: Option<&Group>,
    wanted: &Patch<Option<GroupKey>>,
) -> Result<Option<GroupNumber>> {
    let old = before.and_then(|group| group.fields.parent);
    let Patch::Set(wanted) = wanted else {
        return Ok(old);
    };
    let (tx, tenant) = (unit.tx, unit.tenant);
    let Some(key) = wanted else {
        let binned = match old {
            Some(old) => store::groups::live_among(tx, tenant, &[old]).await?.is_empty(),
            None => false,
        };
        return Ok(old.filter(|_| binned));
    };
    if old.is_some_and(|old| *key == GroupKey::Number(old)) {
        return Ok(old);
    }
    store::tenants::lock(tx, tenant).await?;
    Ok(Some(named_parent(unit, key).await?.number))
}

/// A group that is named as a parent.
pub(crate) async fn named_parent(unit: &Unit<'_>, key: &GroupKey) -> Result<Group> {
    match store::groups::lock(unit.tx, unit.tenant, key).await {
        Ok(Some(group)) => Ok(group),
        Ok(None) => Err(Error::invalid("parent", "unknown", "must be an existing group")),
        Err(Error::Ambiguous { .. }) => {
            let message = "must be the key of one group only";
            Err(Error::invalid("parent", "conflict", message))
        }
        Err(error) => Err(error),
    }
}

/// A new parent is never the group itself or a descendant; a new type exists; a group is not in use until before it is
/// in use from.
pub(super) async fn check(unit: &Unit<'_>, before: Option<&Group>, after: &GroupFields) -> Result<()> {
    let old = before.map(|group| &group.fields);
    if let (Some(from), Some(until)) = (after.active_from, after.active_until)
        && until < from
    {
        let message = "must not be before the beginning";
        return Err(Error::invalid("activeUntil", "conflict", message));
    }
    if let Some(parent) = after.parent
        && old.is_none_or(|old| old.parent != Some(parent))
        && let Some(group) = before
        && store::groups::is_self_or_descendant(unit.tx, unit.tenant, group.number, parent).await?
    {
        let message = "must not be the group itself or one of its descendants";
        return Err(Error::invalid("parent", "conflict", message));
    }
    if let Some(group_type) = after.group_type
        && old.is_none_or(|old| old.group_type != Some(group_type))
    {
        let known = store::group_types::get(unit.tx, unit.tenant, group_type).await?;
        if known.is_none() {
            return Err(Error::invalid(
                "groupType",
                "unknown",
                "must be an existing group type",
            ));
        }
    }
    Ok(())
}

/// The owners, each once; all of them exist.
pub(super) async fn owners(unit: &Unit<'_>, owners: &[UserNumber]) -> Result<Vec<UserNumber>> {
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let known = store::users::ids(unit.tx, unit.tenant, owners).await?;
    let unknown: Vec<Violation> = owners
        .iter()
        .enumerate()
        .filter(|(_, owner)| !known.contains_key(owner))
        .map(|(i, _)| Violation::new(format!("owners/{i}"), "unknown", "must be an existing user"))
        .collect();
    if !unknown.is_empty() {
        return Err(Error::Invalid(unknown));
    }
    let mut seen = HashSet::new();
    Ok(owners
        .iter()
        .copied()
        .filter(|owner| seen.insert(*owner))
        .collect())
}

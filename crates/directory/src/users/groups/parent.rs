//! The one group that shall be a user's parent.

use super::{Plan, Step, may_edit};
use crate::groups::named_parent;
use crate::unit::Unit;
use model::groups::GroupKey;
use model::ids::UserNumber;
use model::{Caller, Result};

/// The user leaves the old parent and belongs to the new one. Taking away a parent in the recycle bin changes nothing:
/// callers see none, and it may be restored; a new parent ends that membership, too.
///
/// An unknown group is `Error::Invalid`; a group that the caller may not change is `Error::Forbidden`.
pub(super) async fn plan(
    unit: &Unit<'_>,
    caller: &Caller,
    user: Option<UserNumber>,
    wanted: Option<&GroupKey>,
) -> Result<Plan> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let new = match wanted {
        Some(key) => Some(named_parent(unit, key).await?),
        None => None,
    };
    let old = match user {
        Some(user) => store::members::parent(tx, tenant, user).await?,
        None => None,
    };
    let mut plan = Plan::default();
    if let Some(row) = old {
        if new.as_ref().is_some_and(|new| new.number == row.group) {
            return Ok(plan);
        }
        let group = store::groups::lock_many(tx, tenant, &[row.group]).await?.pop();
        let group = group.filter(|group| new.is_some() || group.deleted_at.is_none());
        // First, because a user has one parent at most.
        plan.steps.extend(group.map(|group| (group, Step::Leave(row))));
    }
    if let Some(group) = new {
        let held = match user {
            Some(user) => store::members::among(tx, tenant, group.number, &[user])
                .await?
                .pop(),
            None => None,
        };
        plan.steps.push((group, Step::Adopt(held)));
    }
    may_edit(unit, caller, &plan.steps).await?;
    Ok(plan)
}

//! The groups that a user is in, set from the user's side.

use crate::changes::{diff, of_members};
use crate::unit::Unit;
use model::error::Kind;
use model::groups::{Group, GroupEntry, GroupKey, GroupRef, Membership};
use model::ids::{GroupNumber, UserNumber};
use model::users::UserPatch;
use model::{Caller, Error, Patch, Result, Violation};
use std::collections::{BTreeMap, BTreeSet};
use store::groups::Named;

/// What a write does to one membership of the user.
enum Step {
    Leave(Membership),
    /// He is a member afterwards. `old` is his row so far, which may have excluded him.
    Belong {
        old: Option<Membership>,
        is_parent: bool,
    },
}

/// What a write does to the user's memberships, by group. Made before anything is written, so that a refusal comes
/// before those of the store.
#[derive(Default)]
pub(super) struct Plan(Vec<(Group, Step)>);

/// Compares the groups that the user shall be in, or the one that shall be his parent, with those that he is in; `user`
/// is none if he does not exist yet.
///
/// An unknown group and a name that several groups have are `Error::Invalid`; a group that the caller may not change is
/// `Error::Forbidden`.
pub(super) async fn plan(
    unit: &Unit<'_>,
    caller: &Caller,
    user: Option<UserNumber>,
    patch: &UserPatch,
) -> Result<Plan> {
    let steps = match (&patch.groups, &patch.parent) {
        (Patch::Set(entries), _) => of_groups(unit, user, entries).await?,
        (Patch::Keep, Patch::Set(parent)) => of_parent(unit, user, parent.as_ref()).await?,
        (Patch::Keep, Patch::Keep) => return Ok(Plan::default()),
    };
    may_edit(unit, caller, &steps).await?;
    Ok(Plan(steps))
}

/// An excluded row stays unless it is named, and so does a row in the recycle bin, where nobody sees it.
async fn of_groups(
    unit: &Unit<'_>,
    user: Option<UserNumber>,
    entries: &[GroupEntry],
) -> Result<Vec<(Group, Step)>> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let named = resolve(unit, entries).await?;
    let held = match user {
        Some(user) => store::members::of_user(tx, tenant, user).await?,
        None => Vec::new(),
    };
    let join = || Step::Belong {
        old: None,
        is_parent: false,
    };
    let mut steps: BTreeMap<GroupNumber, Step> = named.iter().map(|group| (*group, join())).collect();
    for row in held {
        match (named.contains(&row.group), row.excluded) {
            (true, false) => drop(steps.remove(&row.group)),
            (true, true) => {
                let include = Step::Belong {
                    is_parent: row.is_parent,
                    old: Some(row.clone()),
                };
                steps.insert(row.group, include);
            }
            (false, false) => drop(steps.insert(row.group, Step::Leave(row))),
            (false, true) => {}
        }
    }
    let numbers: Vec<GroupNumber> = steps.keys().copied().collect();
    let mut plan = Vec::with_capacity(steps.len());
    for group in store::groups::lock_many(tx, tenant, &numbers).await? {
        match steps.remove(&group.number) {
            Some(Step::Leave(_)) if group.deleted_at.is_some() => {}
            Some(step) => plan.push((group, step)),
            None => {}
        }
    }
    Ok(plan)
}

/// The user leaves the old parent and belongs to the new one. Taking away a parent in the recycle bin changes nothing:
/// callers see none, and it may be restored; a new parent ends that membership, too.
async fn of_parent(
    unit: &Unit<'_>,
    user: Option<UserNumber>,
    wanted: Option<&GroupKey>,
) -> Result<Vec<(Group, Step)>> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let new = match wanted {
        Some(key) => Some(crate::groups::named_parent(unit, key).await?),
        None => None,
    };
    let old = match user {
        Some(user) => store::members::parent(tx, tenant, user).await?,
        None => None,
    };
    let mut steps = Vec::new();
    if let Some(row) = old {
        if new.as_ref().is_some_and(|new| new.number == row.group) {
            return Ok(steps);
        }
        let group = store::groups::lock_many(tx, tenant, &[row.group]).await?.pop();
        let group = group.filter(|group| new.is_some() || group.deleted_at.is_none());
        // First, because a user has one parent at most.
        steps.extend(group.map(|group| (group, Step::Leave(row))));
    }
    if let Some(group) = new {
        let mut held = Vec::new();
        if let Some(user) = user {
            held = store::members::among(tx, tenant, group.number, &[user]).await?;
        }
        let belong = Step::Belong {
            old: held.pop(),
            is_parent: true,
        };
        steps.push((group, belong));
    }
    Ok(steps)
}

/// Writes the memberships and their groups. Each group gets one new version.
pub(super) async fn carry_out(unit: &mut Unit<'_>, user: UserNumber, plan: Plan) -> Result<()> {
    for (before, step) in plan.0 {
        let (old, new) = match step {
            Step::Leave(row) => {
                store::members::delete(unit.tx, unit.tenant, before.number, &[user]).await?;
                (Some(row), None)
            }
            Step::Belong { old, is_parent } => {
                let new = Membership {
                    group: before.number,
                    user,
                    excluded: false,
                    is_parent,
                };
                put(unit, old.as_ref(), &new).await?;
                (old, Some(new))
            }
        };
        let counted = |row: &Option<Membership>| i64::from(row.as_ref().is_some_and(|row| !row.excluded));
        let mut after = before.clone();
        after.member_count += counted(&new) - counted(&old);
        let rows = diff(
            Kind::Group,
            before.number.get(),
            of_members(&old),
            of_members(&new),
        );
        unit.save_group(before, after, rows).await?;
    }
    Ok(())
}

async fn put(unit: &Unit<'_>, old: Option<&Membership>, new: &Membership) -> Result<()> {
    let (tx, tenant, group, user) = (unit.tx, unit.tenant, new.group, new.user);
    let Some(old) = old else {
        return store::members::insert(tx, tenant, std::slice::from_ref(new)).await;
    };
    if old.excluded {
        store::members::set_excluded(tx, tenant, group, &[user], false).await?;
    }
    if old.is_parent != new.is_parent {
        store::members::set_parent(tx, tenant, group, user, new.is_parent).await?;
    }
    Ok(())
}

/// Whether the caller may change all these groups. What he owns is read at most once.
async fn may_edit(unit: &Unit<'_>, caller: &Caller, plan: &[(Group, Step)]) -> Result<()> {
    if !plan.iter().any(|(group, _)| group.fields.only_owners_edit) {
        return Ok(());
    }
    let bound = caller.actor.user.map(|(user, _)| user);
    let owned = match bound {
        Some(user) => store::groups::owned_by(unit.tx, unit.tenant, user).await?,
        None => Vec::new(),
    };
    let owned: BTreeSet<GroupNumber> = owned.into_iter().collect();
    for (group, _) in plan {
        let owners = bound.filter(|_| owned.contains(&group.number));
        caller.may_edit(group.fields.only_owners_edit, owners.as_slice())?;
    }
    Ok(())
}

async fn resolve(unit: &Unit<'_>, entries: &[GroupEntry]) -> Result<BTreeSet<GroupNumber>> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let refs: Vec<GroupRef> = entries.iter().map(|entry| entry.group.clone()).collect();
    let mut named = store::groups::resolve(tx, tenant, &refs).await?;
    let second: Vec<(usize, GroupRef)> = (0..)
        .zip(entries)
        .filter(|(i, _)| named[*i] == Named::Nothing)
        .filter_map(|(i, entry)| Some((i, GroupRef::Key(GroupKey::Id(entry.or?)))))
        .collect();
    let (places, refs): (Vec<usize>, Vec<GroupRef>) = second.into_iter().unzip();
    for (i, meant) in places
        .into_iter()
        .zip(store::groups::resolve(tx, tenant, &refs).await?)
    {
        named[i] = meant;
    }
    let (mut groups, mut wrong) = (BTreeSet::new(), Vec::new());
    for (entry, named) in entries.iter().zip(named) {
        let (rule, message) = match named {
            Named::One(group) => {
                groups.insert(group);
                continue;
            }
            Named::Nothing => ("unknown", "must be an existing group"),
            Named::Several => ("conflict", "must be the name of one group only"),
        };
        wrong.push(Violation::new(&entry.field, rule, message));
    }
    if wrong.is_empty() {
        Ok(groups)
    } else {
        Err(Error::Invalid(wrong))
    }
}

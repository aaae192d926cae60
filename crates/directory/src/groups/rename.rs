//! Groups renamed within their type, and merged.

use super::{editable, remove, unknown_name};
use crate::changes::{diff, of_members};
use crate::unit::Unit;
use crate::{Directory, group_types};
use model::audit::Change;
use model::error::Kind;
use model::group_types::GroupType;
use model::groups::{Group, GroupKey, Membership};
use model::ids::UserNumber;
use model::text::{Name, fold};
use model::{Context, Error, Result};
use std::collections::{BTreeMap, HashMap};

/// What a group is called, and what it shall be called. Types and names are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    pub group_type: String,
    pub old: String,
    /// Not empty.
    pub new: Name,
    /// Whether it may become one with the group that has the new name already.
    pub merge: bool,
}

/// Renames a group of a type. Where another group of that type has the new name, its members become members of that
/// one, and it is deleted for good. The group as it is called now comes back. Where several groups count as of that
/// type under the old name, all of them are renamed or merged.
///
/// `Error::Exists` when the new name is taken and `merge` is not said. A group is renamed, and names are taken, also
/// without members.
pub async fn rename(directory: &Directory, context: Context, rename: Rename) -> Result<(GroupType, Group)> {
    if rename.new.as_str().is_empty() {
        return Err(Error::invalid(
            "new",
            "minLength",
            "must have at least 1 characters",
        ));
    }
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let (tx, tenant) = (unit.tx, unit.tenant);
            let of = store::group_types::find(tx, tenant, &rename.group_type)
                .await?
                .ok_or_else(|| group_types::unknown(&rename.group_type))?;
            let (old, new) = (fold(&rename.old), rename.new.folded());
            let names = [old.clone(), new.clone()];
            let untyped = of.fields.is_default;
            let found = store::group_types::groups(tx, tenant, of.number, untyped, &names).await?;
            let numbers = found.get(&old).ok_or_else(|| unknown_name(&rename.old))?;
            let mut groups = Vec::with_capacity(numbers.len());
            for number in numbers {
                groups.push(editable(unit, &caller, &GroupKey::Number(*number), None).await?);
            }
            let holder = found.get(&new).filter(|_| new != old).and_then(|all| all.first());
            let group = match holder {
                None => call(unit, groups, &rename.new).await?,
                Some(_) if !rename.merge => {
                    return Err(Error::Exists {
                        kind: Kind::Group,
                        field: "name",
                    });
                }
                Some(holder) => {
                    let holder = editable(unit, &caller, &GroupKey::Number(*holder), None).await?;
                    merge(unit, groups, holder).await?
                }
            };
            Ok((of, group))
        })
        .await
}

/// Gives the groups another name; the first of them comes back.
async fn call(unit: &mut Unit<'_>, groups: Vec<Group>, name: &Name) -> Result<Group> {
    let mut first = None;
    for group in groups {
        let mut after = group.clone();
        after.fields.name = name.clone();
        let saved = unit.save_group(group, after, Vec::new()).await?;
        first.get_or_insert(saved);
    }
    first.ok_or_else(|| Error::internal("a rename without a group"))
}

/// The members of `old` that are not excluded become members of `into`; who had one of `old` as his parent has `into`.
async fn merge(unit: &mut Unit<'_>, old: Vec<Group>, into: Group) -> Result<Group> {
    let mut moving: BTreeMap<UserNumber, Membership> = BTreeMap::new();
    for group in old {
        for row in store::members::of_group(unit.tx, unit.tenant, group.number).await? {
            if !row.excluded {
                let is_parent = row.is_parent;
                moving.entry(row.user).or_insert(row).is_parent |= is_parent;
            }
        }
        remove(unit, group).await?;
    }
    let moving: Vec<Membership> = moving.into_values().collect();
    let users: Vec<UserNumber> = moving.iter().map(|member| member.user).collect();
    let known = store::members::among(unit.tx, unit.tenant, into.number, &users).await?;
    let known: HashMap<UserNumber, Membership> = known.into_iter().map(|row| (row.user, row)).collect();
    let mut after = into.clone();
    let rows = move_in(unit, &mut after, moving, &known).await?;
    unit.save_group(into, after, rows).await
}

async fn move_in(
    unit: &Unit<'_>,
    into: &mut Group,
    moving: Vec<Membership>,
    known: &HashMap<UserNumber, Membership>,
) -> Result<Vec<Change>> {
    let (tx, tenant, number) = (unit.tx, unit.tenant, into.number);
    let (mut joining, mut before, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for row in moving {
        match known.get(&row.user) {
            None => joining.push(Membership { group: number, ..row }),
            Some(held) => {
                let kept = Membership {
                    excluded: false,
                    is_parent: held.is_parent || row.is_parent,
                    ..held.clone()
                };
                if kept != *held {
                    before.push(held.clone());
                    changed.push(kept);
                }
            }
        }
    }
    let back: Vec<UserNumber> = before
        .iter()
        .filter(|row| row.excluded)
        .map(|row| row.user)
        .collect();
    store::members::insert(tx, tenant, &joining).await?;
    store::members::set_excluded(tx, tenant, number, &back, false).await?;
    for (before, after) in before.iter().zip(&changed) {
        if after.is_parent != before.is_parent {
            store::members::set_parent(tx, tenant, number, after.user, after.is_parent).await?;
        }
    }
    into.member_count += super::members::count(joining.len() + back.len())?;
    let after = of_members(joining.iter().chain(&changed));
    Ok(diff(Kind::Group, number.get(), of_members(&before), after))
}

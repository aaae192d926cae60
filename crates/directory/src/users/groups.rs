//! The groups that a user is in, set from the user's side.

mod parent;
mod typed;

use crate::changes::{Fields, diff, of_group, of_members};
use crate::unit::Unit;
use model::error::Kind;
use model::groups::{Group, GroupEntry, GroupFields, GroupKey, GroupRef, Membership};
use model::ids::{GroupId, GroupNumber, GroupTypeNumber, UserNumber};
use model::text::{Code, Name};
use model::users::UserPatch;
use model::{Caller, Error, Patch, Result, Violation};
use std::collections::{BTreeMap, BTreeSet};
use store::groups::{GroupDraft, Named};

/// What a write does to one membership of the user.
enum Step {
    Join,
    Leave(Membership),
    /// The row excluded him so far.
    Include(Membership),
    /// The group becomes his parent; his row so far, if there is one.
    Adopt(Option<Membership>),
}

/// What a write does to the user's memberships, by group. Made before anything is written, so that a refusal comes
/// before those of the store.
#[derive(Default)]
pub(super) struct Plan {
    steps: Vec<(Group, Step)>,
    /// Groups of a type that are made for him.
    new: Vec<(GroupTypeNumber, Name)>,
}

/// What a write of a user says about the groups that he shall be in; `user` is none if he does not exist yet.
pub(super) async fn plan(
    unit: &Unit<'_>,
    caller: &Caller,
    user: Option<UserNumber>,
    patch: &UserPatch,
) -> Result<Plan> {
    match (&patch.groups, &patch.typed_groups, &patch.parent) {
        (Patch::Set(wanted), _, _) => of_groups(unit, caller, user, wanted).await,
        (_, Patch::Set(wanted), _) => typed::plan(unit, caller, user, wanted).await,
        (_, _, Patch::Set(wanted)) => parent::plan(unit, caller, user, wanted.as_ref()).await,
        (Patch::Keep, Patch::Keep, Patch::Keep) => Ok(Plan::default()),
    }
}

/// Compares the groups that the user shall be in with those that he is in.
///
/// An excluded row stays unless it is named, and so does a row in the recycle bin, where nobody sees it. An unknown
/// group and a name that several groups have are `Error::Invalid`; a group that the caller may not change is
/// `Error::Forbidden`.
async fn of_groups(
    unit: &Unit<'_>,
    caller: &Caller,
    user: Option<UserNumber>,
    entries: &[GroupEntry],
) -> Result<Plan> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let named = resolve(unit, entries).await?;
    let held = match user {
        Some(user) => store::members::of_user(tx, tenant, user).await?,
        None => Vec::new(),
    };
    let mut steps: BTreeMap<GroupNumber, Step> = named.iter().map(|group| (*group, Step::Join)).collect();
    for row in held {
        match (named.contains(&row.group), row.excluded) {
            (true, false) => drop(steps.remove(&row.group)),
            (true, true) => drop(steps.insert(row.group, Step::Include(row))),
            (false, false) => drop(steps.insert(row.group, Step::Leave(row))),
            (false, true) => {}
        }
    }
    let numbers: Vec<GroupNumber> = steps.keys().copied().collect();
    let mut plan = Plan::default();
    for group in store::groups::lock_many(tx, tenant, &numbers).await? {
        match steps.remove(&group.number) {
            Some(Step::Leave(_)) if group.deleted_at.is_some() => {}
            Some(step) => plan.steps.push((group, step)),
            None => {}
        }
    }
    may_edit(unit, caller, &plan.steps).await?;
    Ok(plan)
}

/// Writes the memberships and their groups. Each group gets one new version.
pub(super) async fn carry_out(unit: &mut Unit<'_>, user: UserNumber, plan: Plan) -> Result<()> {
    for (before, step) in plan.steps {
        let member = |is_parent| Membership {
            group: before.number,
            user,
            excluded: false,
            is_parent,
        };
        let (old, new) = match step {
            Step::Leave(row) => (Some(row), None),
            Step::Join => (None, Some(member(false))),
            Step::Include(row) => {
                let included = member(row.is_parent);
                (Some(row), Some(included))
            }
            Step::Adopt(row) => (row, Some(member(true))),
        };
        write(unit, &before, user, old.as_ref(), new.as_ref()).await?;
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
    for (group_type, name) in plan.new {
        make(unit, user, group_type, name).await?;
    }
    Ok(())
}

/// Turns one row into the other.
async fn write(
    unit: &Unit<'_>,
    group: &Group,
    user: UserNumber,
    old: Option<&Membership>,
    new: Option<&Membership>,
) -> Result<()> {
    let (tx, tenant, group) = (unit.tx, unit.tenant, group.number);
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => store::members::insert(tx, tenant, std::slice::from_ref(new)).await?,
        (Some(_), None) => store::members::delete(tx, tenant, group, &[user]).await?,
        (Some(old), Some(new)) => {
            if old.excluded != new.excluded {
                store::members::set_excluded(tx, tenant, group, &[user], new.excluded).await?;
            }
            if old.is_parent != new.is_parent {
                store::members::set_parent(tx, tenant, group, user, new.is_parent).await?;
            }
        }
    }
    Ok(())
}

/// Makes a group whose only member is the user.
async fn make(unit: &mut Unit<'_>, user: UserNumber, group_type: GroupTypeNumber, name: Name) -> Result<()> {
    let id = GroupId(unit.uuid()?);
    let draft = GroupDraft {
        tenant: unit.tenant,
        id,
        code: Code::stored(id.to_string()),
        fields: GroupFields {
            name,
            group_type: Some(group_type),
            ..GroupFields::default()
        },
        member_count: 1,
        at: unit.at,
        by: unit.actor().clone(),
    };
    let group = store::groups::insert(unit.tx, draft).await?;
    let member = Membership {
        group: group.number,
        user,
        excluded: false,
        is_parent: false,
    };
    store::members::insert(unit.tx, unit.tenant, std::slice::from_ref(&member)).await?;
    let mut after = of_group(&group);
    after.extend(of_members([&member]));
    unit.record(diff(Kind::Group, group.number.get(), Fields::new(), after));
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

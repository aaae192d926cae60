//! The groups with a type that a user shall be in, named by type and name.

use super::{Plan, Step, may_edit};
use crate::group_types::unknown;
use crate::unit::Unit;
use model::group_types::{GroupType, TypedEntry, TypedGroups};
use model::groups::Membership;
use model::ids::{GroupNumber, GroupTypeNumber, UserNumber};
use model::text::fold;
use model::{Caller, Error, Result, Violation};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A named group: its type, and itself if it exists.
struct Wanted<'a> {
    entry: &'a TypedEntry,
    of: &'a GroupType,
    /// More than one only where groups without a type count as of this one: their names may repeat.
    groups: Vec<GroupNumber>,
}

impl Wanted<'_> {
    /// Those that the user is in, else the first.
    fn meant(&self, held: &BTreeMap<GroupNumber, Membership>) -> Vec<GroupNumber> {
        let within: Vec<GroupNumber> = self
            .groups
            .iter()
            .copied()
            .filter(|group| is_in(held, *group))
            .collect();
        if within.is_empty() {
            self.groups.iter().copied().take(1).collect()
        } else {
            within
        }
    }
}

fn is_in(held: &BTreeMap<GroupNumber, Membership>, group: GroupNumber) -> bool {
    held.get(&group).is_some_and(|row| !row.excluded)
}

/// Compares the groups that the user shall be in with those of the same kind that he is in.
///
/// An unknown type is `Error::NotFound`; a type that is not in use, where the user would enter a group of it, is
/// `Error::Invalid`. Excluded rows stay unless they are named; groups that count as of no type and groups in the
/// recycle bin stay.
pub(super) async fn plan(
    unit: &Unit<'_>,
    caller: &Caller,
    user: Option<UserNumber>,
    wish: &TypedGroups,
) -> Result<Plan> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let types = types(unit, &wish.entries).await?;
    let wanted = wanted(unit, &wish.entries, &types).await?;
    let held = match user {
        Some(user) => store::members::of_user(tx, tenant, user).await?,
        None => Vec::new(),
    };
    let held: BTreeMap<GroupNumber, Membership> = held.into_iter().map(|row| (row.group, row)).collect();
    let enters = |one: &&Wanted| !one.groups.iter().any(|group| is_in(&held, *group));
    let closed: Vec<Violation> = wanted
        .iter()
        .filter(enters)
        .filter(|one| !one.of.fields.active)
        .map(|one| {
            Violation::new(
                &one.entry.field,
                "conflict",
                "must be of a group type that is in use",
            )
        })
        .collect();
    if !closed.is_empty() {
        return Err(Error::Invalid(closed));
    }
    let named: BTreeSet<GroupNumber> = wanted.iter().flat_map(|one| one.meant(&held)).collect();
    let untyped = !wish.keep_others && store::group_types::default(tx, tenant).await?.is_some();
    let left = held.keys().filter(|_| !wish.keep_others);
    let touched: BTreeSet<GroupNumber> = named.iter().chain(left).copied().collect();
    let touched: Vec<GroupNumber> = touched.into_iter().collect();
    let mut plan = Plan::default();
    for group in store::groups::lock_many(tx, tenant, &touched).await? {
        let is_shown = group.fields.group_type.is_some() || untyped && !group.fields.name.as_str().is_empty();
        let is_named = named.contains(&group.number);
        if let Some(step) = step(
            is_named,
            is_shown && group.deleted_at.is_none(),
            held.get(&group.number),
        ) {
            plan.steps.push((group, step));
        }
    }
    let new = wanted.iter().filter(|one| one.groups.is_empty());
    plan.new
        .extend(new.map(|one| (one.of.number, one.entry.name.clone())));
    may_edit(unit, caller, &plan.steps).await?;
    Ok(plan)
}

fn step(is_named: bool, is_shown: bool, held: Option<&Membership>) -> Option<Step> {
    match (is_named, held) {
        (true, None) => Some(Step::Join),
        (true, Some(row)) if row.excluded => Some(Step::Include(row.clone())),
        (true, _) | (false, None) => None,
        (false, Some(row)) => (is_shown && !row.excluded).then(|| Step::Leave(row.clone())),
    }
}

/// The types that the entries name, by folded name.
async fn types(unit: &Unit<'_>, entries: &[TypedEntry]) -> Result<HashMap<String, GroupType>> {
    let names: BTreeSet<String> = entries.iter().map(|entry| fold(&entry.group_type)).collect();
    let names: Vec<String> = names.into_iter().collect();
    let found = store::group_types::folded(unit.tx, unit.tenant, &names).await?;
    let found: HashMap<String, GroupType> = found
        .into_iter()
        .map(|one| (one.fields.name.folded(), one))
        .collect();
    match entries
        .iter()
        .find(|entry| !found.contains_key(&fold(&entry.group_type)))
    {
        Some(entry) => Err(unknown(&entry.group_type)),
        None => Ok(found),
    }
}

/// The groups that the entries name, each once.
async fn wanted<'a>(
    unit: &Unit<'_>,
    entries: &'a [TypedEntry],
    types: &'a HashMap<String, GroupType>,
) -> Result<Vec<Wanted<'a>>> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::with_capacity(entries.len());
    let mut names: BTreeMap<GroupTypeNumber, Vec<String>> = BTreeMap::new();
    for entry in entries {
        let Some(of) = types.get(&fold(&entry.group_type)) else {
            return Err(unknown(&entry.group_type));
        };
        let name = entry.name.folded();
        if seen.insert((of.number, name.clone())) {
            names.entry(of.number).or_default().push(name);
            let groups = Vec::new();
            wanted.push(Wanted { entry, of, groups });
        }
    }
    let mut groups = HashMap::new();
    for (of, names) in names {
        let untyped = types
            .values()
            .any(|one| one.number == of && one.fields.is_default);
        let found = store::group_types::groups(unit.tx, unit.tenant, of, untyped, &names).await?;
        groups.insert(of, found);
    }
    for one in &mut wanted {
        let known = groups.get_mut(&one.of.number);
        let known = known.and_then(|known| known.remove(&one.entry.name.folded()));
        one.groups = known.unwrap_or_default();
    }
    Ok(wanted)
}

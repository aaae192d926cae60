//! Members of groups: who is named, who is added, who is removed.

use super::{editable, refuse, view};
use crate::changes::{Fields, diff, of_members};
use crate::unit::Unit;
use crate::{Directory, Precondition, users};
use model::audit::Change;
use model::error::Kind;
use model::groups::{Group, GroupKey, GroupParts, GroupView, MemberEntry, Membership};
use model::ids::{UserId, UserNumber};
use model::users::UserKey;
use model::{Context, Error, Result, Violation};
use std::collections::HashSet;

/// Adds members, and makes the users among them that do not exist yet. Who is a member already stays one; who was
/// excluded is a member from now on.
pub async fn add_members(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    entries: Vec<MemberEntry>,
    precondition: Option<Precondition>,
    parts: GroupParts,
) -> Result<GroupView> {
    refuse(Vec::new(), &entries)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, precondition.as_ref()).await?;
            let users = resolve(unit, &entries).await?;
            let known = store::members::among(unit.tx, unit.tenant, before.number, &users).await?;
            let mut after = before.clone();
            let rows = include(unit, &mut after, &users, &known).await?;
            let group = unit.save_group(before, after, rows).await?;
            view::one(unit.tx, unit.tenant, group, parts).await
        })
        .await
}

/// Removes members. An unknown user is invalid input, named by his place in the list; a known one who is not a
/// member, or is excluded, changes nothing.
pub async fn remove_members(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    keys: Vec<UserKey>,
    precondition: Option<Precondition>,
) -> Result<()> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, precondition.as_ref()).await?;
            let users = known_users(unit, &keys).await?;
            let mut leaving = store::members::among(unit.tx, unit.tenant, before.number, &users).await?;
            leaving.retain(|member| !member.excluded);
            let mut after = before.clone();
            let rows = dismiss(unit, &mut after, &leaving).await?;
            unit.save_group(before, after, rows).await.map(drop)
        })
        .await
}

/// Makes the named users the members, and leaves alone the excluded ones that are not named.
pub(super) async fn replace(
    unit: &mut Unit<'_>,
    group: &mut Group,
    entries: &[MemberEntry],
) -> Result<Vec<Change>> {
    let users = resolve(unit, entries).await?;
    let known = store::members::of_group(unit.tx, unit.tenant, group.number).await?;
    let named: HashSet<UserNumber> = users.iter().copied().collect();
    let leaving: Vec<Membership> = known
        .iter()
        .filter(|member| !member.excluded && !named.contains(&member.user))
        .cloned()
        .collect();
    let mut rows = dismiss(unit, group, &leaving).await?;
    rows.extend(include(unit, group, &users, &known).await?);
    Ok(rows)
}

/// The users that the entries name, each once, in the order of their first mention. Makes the new ones.
pub(super) async fn resolve(unit: &mut Unit<'_>, entries: &[MemberEntry]) -> Result<Vec<UserNumber>> {
    let named: Vec<UserId> = entries
        .iter()
        .filter_map(|entry| match entry {
            MemberEntry::Existing { user, .. } => Some(*user),
            MemberEntry::New { .. } => None,
        })
        .collect();
    let known = store::users::resolve(unit.tx, unit.tenant, &named).await?;
    let unknown: Vec<Violation> = entries
        .iter()
        .filter_map(|entry| match entry {
            MemberEntry::Existing { field, user } if !known.contains_key(user) => Some(stranger(field)),
            _ => None,
        })
        .collect();
    if !unknown.is_empty() {
        return Err(Error::Invalid(unknown));
    }
    let mut users = Vec::with_capacity(entries.len());
    let mut seen = HashSet::new();
    for entry in entries {
        let user = match entry {
            MemberEntry::Existing { user, .. } => known.get(user).copied(),
            MemberEntry::New { field, user } => Some(
                users::insert(unit, &format!("{field}/"), &user.patch)
                    .await?
                    .number,
            ),
        };
        users.extend(user.filter(|user| seen.insert(*user)));
    }
    Ok(users)
}

async fn known_users(unit: &Unit<'_>, keys: &[UserKey]) -> Result<Vec<UserNumber>> {
    let ids: Vec<UserId> = keys
        .iter()
        .filter_map(|key| match key {
            UserKey::Id(id) => Some(*id),
            UserKey::Number(_) | UserKey::External(_) | UserKey::Lookup(_) => None,
        })
        .collect();
    let by_id = store::users::resolve(unit.tx, unit.tenant, &ids).await?;
    let (mut users, mut unknown) = (Vec::with_capacity(keys.len()), Vec::new());
    let mut seen = HashSet::new();
    for (i, key) in keys.iter().enumerate() {
        let user = match key {
            UserKey::Id(id) => by_id.get(id).copied(),
            key => store::users::find(unit.tx, unit.tenant, key)
                .await?
                .map(|user| user.number),
        };
        match user {
            Some(user) => users.extend(seen.insert(user).then_some(user)),
            None => unknown.push(stranger(&i.to_string())),
        }
    }
    if unknown.is_empty() {
        Ok(users)
    } else {
        Err(Error::Invalid(unknown))
    }
}

fn stranger(field: &str) -> Violation {
    Violation::new(field, "unknown", "must be an existing user")
}

/// Rows of plain members.
pub(super) fn rows(group: &Group, users: &[UserNumber]) -> Vec<Membership> {
    let row = |user: &UserNumber| Membership {
        group: group.number,
        user: *user,
        excluded: false,
        is_parent: false,
    };
    users.iter().map(row).collect()
}

/// A number of members, as groups keep it.
pub(super) fn count(members: usize) -> Result<i64> {
    i64::try_from(members).map_err(|_| Error::internal("more members than can be counted"))
}

/// Makes `users` members. `known` are the rows that these users have already, and perhaps others.
async fn include(
    unit: &Unit<'_>,
    group: &mut Group,
    users: &[UserNumber],
    known: &[Membership],
) -> Result<Vec<Change>> {
    let present: HashSet<UserNumber> = known.iter().map(|member| member.user).collect();
    let named: HashSet<UserNumber> = users.iter().copied().collect();
    let new: Vec<UserNumber> = users
        .iter()
        .copied()
        .filter(|user| !present.contains(user))
        .collect();
    let excluded: Vec<Membership> = known
        .iter()
        .filter(|member| member.excluded && named.contains(&member.user))
        .cloned()
        .collect();
    let back: Vec<UserNumber> = excluded.iter().map(|member| member.user).collect();
    let mut included = excluded.clone();
    for member in &mut included {
        member.excluded = false;
    }
    let joining = rows(group, &new);
    store::members::insert(unit.tx, unit.tenant, &joining).await?;
    store::members::set_excluded(unit.tx, unit.tenant, group.number, &back, false).await?;

    group.member_count += count(joining.len() + back.len())?;
    let after = of_members(joining.iter().chain(&included));
    Ok(diff(
        Kind::Group,
        group.number.get(),
        of_members(&excluded),
        after,
    ))
}

/// Deletes these rows.
async fn dismiss(unit: &Unit<'_>, group: &mut Group, leaving: &[Membership]) -> Result<Vec<Change>> {
    let users: Vec<UserNumber> = leaving.iter().map(|member| member.user).collect();
    store::members::delete(unit.tx, unit.tenant, group.number, &users).await?;
    let counted = leaving.iter().filter(|member| !member.excluded).count();
    group.member_count -= count(counted)?;
    Ok(diff(
        Kind::Group,
        group.number.get(),
        of_members(leaving),
        Fields::new(),
    ))
}

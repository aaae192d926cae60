//! The writing steps of the use cases, inside a unit.

use super::{members, owners, references, unknown};
use crate::Precondition;
use crate::changes::{Fields, diff, of_external_ids, of_group, of_items, of_members, of_owners};
use crate::external_ids::{self, Owner};
use crate::unit::Unit;
use model::audit::Change;
use model::error::Kind;
use model::groups::{Group, GroupChange, GroupFields, GroupKey, Membership, NewGroup};
use model::ids::{GroupId, UserNumber};
use model::text::Code;
use model::{Caller, Error, Result};
use store::groups::GroupDraft;

/// Changes a group that the caller may change.
pub(super) async fn change(unit: &mut Unit<'_>, before: Group, change: &GroupChange) -> Result<Group> {
    let mut after = before.clone();
    change.patch.clone().apply(&mut after.fields);
    change.code.clone().apply(&mut after.code);
    references::settle(&mut after.fields);
    check_name(change, &before, &after)?;
    after.fields.parent = references::parent(unit, Some(&before), &change.patch.parent).await?;
    references::check(unit, Some(&before), &after.fields).await?;
    let owner = Owner::Group(before.number);
    let mut rows = external_ids::change(unit, owner, &change.external_ids).await?;
    if let Some(wanted) = &change.owners {
        rows.extend(owners::replace(unit, before.number, wanted).await?);
    }
    if let Some(entries) = &change.members {
        rows.extend(members::replace(unit, &mut after, entries).await?);
    }
    unit.save_group(before, after, rows).await
}

fn check_name(change: &GroupChange, before: &Group, after: &Group) -> Result<()> {
    match &change.unless_same_name {
        Some(violation) if before.fields.name != after.fields.name => {
            Err(Error::Invalid(vec![violation.clone()]))
        }
        _ => Ok(()),
    }
}

/// The group, locked, if it exists, the caller may change it and the precondition holds.
pub(super) async fn editable(
    unit: &Unit<'_>,
    caller: &Caller,
    key: &GroupKey,
    precondition: Option<&Precondition>,
) -> Result<Group> {
    let group = store::groups::lock(unit.tx, unit.tenant, key)
        .await?
        .ok_or_else(|| unknown(key))?;
    if group.fields.only_owners_edit {
        let owners = store::groups::owners(unit.tx, unit.tenant, group.number).await?;
        caller.may_edit(true, &owners)?;
    }
    Precondition::check(precondition, group.version)?;
    Ok(group)
}

/// Makes a group with its rows.
pub(crate) async fn insert(unit: &mut Unit<'_>, new: &NewGroup) -> Result<Group> {
    let mut fields = GroupFields::default();
    new.patch.clone().apply(&mut fields);
    references::settle(&mut fields);
    fields.parent = references::parent(unit, None, &new.patch.parent).await?;
    references::check(unit, None, &fields).await?;
    let owners = references::owners(unit, &new.owners).await?;
    let users = members::resolve(unit, &new.members).await?;

    let id = GroupId(unit.uuid()?);
    let draft = GroupDraft {
        tenant: unit.tenant,
        id,
        code: new.code.clone().unwrap_or_else(|| Code::stored(id.to_string())),
        fields,
        member_count: members::count(users.len())?,
        at: unit.at,
        by: unit.actor().clone(),
    };
    let group = store::groups::insert(unit.tx, draft).await?;
    for id in &new.external_ids {
        store::groups::put_external_id(unit.tx, unit.tenant, group.number, id).await?;
    }
    store::groups::add_owners(unit.tx, unit.tenant, group.number, &owners).await?;
    let members = members::rows(&group, &users);
    store::members::insert(unit.tx, unit.tenant, &members).await?;

    unit.record(creation(&group, new, &owners, &members));
    Ok(group)
}

fn creation(group: &Group, new: &NewGroup, owners: &[UserNumber], members: &[Membership]) -> Vec<Change> {
    let mut after = of_group(group);
    after.extend(of_external_ids(&new.external_ids));
    after.extend(of_owners(owners));
    after.extend(of_members(members));
    diff(Kind::Group, group.number.get(), Fields::new(), after)
}

/// Deletes a group for good.
pub(super) async fn remove(unit: &mut Unit<'_>, group: Group) -> Result<()> {
    let (tx, tenant, number) = (unit.tx, unit.tenant, group.number);
    for child in store::groups::children(tx, tenant, number).await? {
        let mut orphan = child.clone();
        orphan.fields.parent = None;
        unit.save_group(child, orphan, Vec::new()).await?;
    }
    let members = store::members::of_group(tx, tenant, number).await?;
    let owners = store::groups::owners(tx, tenant, number).await?;
    let external_ids = store::groups::external_ids(tx, tenant, &[number])
        .await?
        .remove(&number);
    let users: Vec<UserNumber> = members.iter().map(|member| member.user).collect();
    let items = store::items::of_group(tx, tenant, number).await?;
    store::items::clear(tx, tenant, number).await?;
    store::members::delete(tx, tenant, number, &users).await?;
    store::groups::remove_owners(tx, tenant, number, &owners).await?;
    store::groups::delete(tx, &group).await?;

    let mut before = of_group(&group);
    before.extend(of_members(&members));
    before.extend(of_owners(&owners));
    before.extend(of_items(&items));
    before.extend(of_external_ids(&external_ids.unwrap_or_default()));
    unit.record(diff(Kind::Group, number.get(), before, Fields::new()));
    Ok(())
}

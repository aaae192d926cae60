//! Groups: lists, reads, creates, updates and deletes them. What belongs to a group is below: `groups/members.rs`,
//! `groups/owners.rs`, `groups/items.rs`; single memberships are in `groups/memberships.rs`.

mod items;
mod members;
mod memberships;
mod owners;
mod references;
mod rename;
mod view;

pub use items::{add_item, change_item, list_items, remove_item};
pub use members::{add_members, remove_members};
pub use memberships::{exclude_member, get_member, join, leave, list_members};
pub use owners::{get_owner, list_owners};
pub use rename::{Rename, rename};

use crate::changes::{Fields, diff, of_external_ids, of_group, of_items, of_members, of_owners};
use crate::external_ids::{self, Owner};
use crate::unit::Unit;
use crate::{Directory, Precondition};
use model::audit::Change;
use model::error::Kind;
use model::groups::{
    Group, GroupChange, GroupFields, GroupKey, GroupParts, GroupView, MemberEntry, Membership, NewGroup,
};
use model::ids::{GroupId, UserNumber};
use model::query::{GroupField, ListQuery, Page};
use model::text::Code;
use model::{Caller, Context, Error, Patch, Result, Violation};
use store::groups::GroupDraft;

/// What becomes of a deleted group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It is gone, and its code, name and external identifiers are free again.
    ForGood,
    /// It is hidden everywhere, keeps its keys and members, and can be restored.
    RecycleBin,
}

/// One page of the tenant's groups.
pub async fn list(
    directory: &Directory,
    caller: &Caller,
    query: &ListQuery<GroupField>,
    parts: GroupParts,
) -> Result<Page<GroupView>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let page = store::groups::list(db, tenant, query).await?;
            let items = view::many(db, tenant, page.items, parts).await?;
            Ok(Page {
                items,
                total: page.total,
            })
        })
        .await
}

/// One group.
pub async fn get(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    parts: GroupParts,
) -> Result<GroupView> {
    let tenant = caller.reads().tenant();
    if parts == GroupParts::default() {
        // One statement is its own snapshot.
        let db = directory.store.reads();
        let group = store::groups::find(&db, tenant, key)
            .await?
            .ok_or_else(|| unknown(key))?;
        return view::one(&db, tenant, group, parts).await;
    }
    directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            view::one(db, tenant, group, parts).await
        })
        .await
}

/// Makes a group, with the users that its members name and that do not exist yet.
pub async fn create(
    directory: &Directory,
    context: Context,
    new: NewGroup,
    parts: GroupParts,
) -> Result<GroupView> {
    refuse(new.violations(), &new.members)?;
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let group = insert(unit, &new).await?;
            view::one(unit.tx, unit.tenant, group, parts).await
        })
        .await
}

/// Changes a group's fields, and replaces its members if the change says so.
pub async fn update(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    change: GroupChange,
    precondition: Option<Precondition>,
    parts: GroupParts,
) -> Result<GroupView> {
    refuse(change.violations(), change.members.as_deref().unwrap_or_default())?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, precondition.as_ref()).await?;
            let mut after = before.clone();
            change.patch.clone().apply(&mut after.fields);
            change.code.clone().apply(&mut after.code);
            references::settle(&mut after.fields);
            check_name(&change, &before, &after)?;
            references::check(unit, Some(&before), &after.fields).await?;
            let owner = Owner::Group(before.number);
            let mut rows = external_ids::change(unit, owner, &change.external_ids).await?;
            if let Some(wanted) = &change.owners {
                rows.extend(owners::replace(unit, before.number, wanted).await?);
            }
            if let Some(entries) = &change.members {
                rows.extend(members::replace(unit, &mut after, entries).await?);
            }
            let group = unit.save_group(before, after, rows).await?;
            view::one(unit.tx, unit.tenant, group, parts).await
        })
        .await
}

/// Deletes a group. Its children lose their parent; while it lies in the recycle bin they only show none.
pub async fn delete(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    precondition: Option<Precondition>,
    deletion: Deletion,
) -> Result<()> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let group = editable(unit, &caller, &key, precondition.as_ref()).await?;
            match deletion {
                Deletion::ForGood => remove(unit, group).await,
                Deletion::RecycleBin => {
                    let binned = Group {
                        deleted_at: Some(unit.at),
                        ..group.clone()
                    };
                    unit.save_group(group, binned, Vec::new()).await.map(drop)
                }
            }
        })
        .await
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
async fn editable(
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

async fn insert(unit: &mut Unit<'_>, new: &NewGroup) -> Result<Group> {
    let mut fields = GroupFields::default();
    new.patch.clone().apply(&mut fields);
    references::settle(&mut fields);
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

async fn remove(unit: &mut Unit<'_>, group: Group) -> Result<()> {
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

/// Invalid input is refused before anything else is looked at.
fn refuse(mut violations: Vec<Violation>, members: &[MemberEntry]) -> Result<()> {
    for entry in members {
        if let MemberEntry::New { field, user } = entry {
            violations.extend(user.patch.violations(&format!("{field}/")));
            if user.patch.groups != Patch::Keep || user.patch.typed_groups != Patch::Keep {
                let message = "must not be named by a user who is made for a group";
                violations.push(Violation::new(format!("{field}/groups"), "unsupported", message));
            }
        }
    }
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

fn unknown_name(name: &str) -> Error {
    Error::not_found(Kind::Group, name)
}

fn unknown(key: &GroupKey) -> Error {
    let text = match key {
        GroupKey::Number(number) => number.to_string(),
        GroupKey::Id(id) => id.to_string(),
        GroupKey::Code(code) => code.to_string(),
        GroupKey::External(id) => id.value.clone(),
    };
    Error::not_found(Kind::Group, text)
}

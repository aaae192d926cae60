//! Groups: lists, reads, creates, updates and deletes them. What belongs to a group is below: `groups/members.rs`,
//! `groups/owners.rs`, `groups/items.rs`; single memberships are in `groups/memberships.rs`.

mod bin;
mod bulk;
mod items;
mod members;
mod memberships;
mod owners;
mod references;
mod rename;
mod view;
mod write;

pub use bin::{list_deleted, purge, restore};
pub use bulk::{GroupItem, bulk};
pub use items::{add_item, change_item, list_items, remove_item};
pub use members::{add_members, remove_members};
pub use memberships::{exclude_member, get_member, join, leave, list_members};
pub use owners::{get_owner, list_owners};
pub use rename::{Rename, rename};

pub(crate) use references::named_parent;
pub(crate) use write::insert;

use crate::{Directory, Precondition};
use model::error::Kind;
use model::groups::{Group, GroupChange, GroupKey, GroupParts, GroupView, MemberEntry, NewGroup};
use model::query::{GroupField, ListQuery, Page, Stretch, Window};
use model::{Caller, Context, Error, Result, Violation};
use write::{editable, remove};

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

/// A stretch of the tenant's groups, the oldest first.
pub async fn stretch(
    directory: &Directory,
    caller: &Caller,
    window: Window,
    parts: GroupParts,
) -> Result<Stretch<GroupView>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let found = store::groups::stretch(db, tenant, window).await?;
            Ok(Stretch {
                items: view::many(db, tenant, found.items, parts).await?,
                has_more: found.has_more,
                total: found.total,
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
            let group = write::insert(unit, &new).await?;
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
            let group = write::change(unit, before, &change).await?;
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

/// Invalid input is refused before anything else is looked at.
fn refuse(mut violations: Vec<Violation>, members: &[MemberEntry]) -> Result<()> {
    for entry in members {
        if let MemberEntry::New { field, user } = entry {
            violations.extend(user.patch.violations(&format!("{field}/")));
            let patch = &user.patch;
            let groups = patch.groups.as_set().is_some() || patch.typed_groups.as_set().is_some();
            for (name, given) in [("groups", groups), ("parent", patch.parent.as_set().is_some())] {
                if given {
                    let message = "must not be named by a user who is made for a group";
                    violations.push(Violation::new(format!("{field}/{name}"), "unsupported", message));
                }
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
        GroupKey::Lookup(lookup) => lookup.key(),
    };
    Error::not_found(Kind::Group, text)
}

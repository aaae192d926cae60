//! Single memberships, with those that exclude a user.

use super::{editable, members, unknown};
use crate::Directory;
use crate::changes::{Fields, diff, of_members};
use crate::unit::Unit;
use model::error::Kind;
use model::groups::{Group, GroupKey, MemberView, Membership};
use model::ids::UserNumber;
use model::query::{Stretch, Window};
use model::users::UserKey;
use model::{Caller, Context, Error, Result};

/// A stretch of a group's memberships, by user.
pub async fn list_members(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    window: Window,
) -> Result<Stretch<MemberView>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            store::members::list(db, tenant, group.number, window).await
        })
        .await
}

/// One membership; a user without one in the group is not found.
pub async fn get_member(
    directory: &Directory,
    caller: &Caller,
    key: &GroupKey,
    user: UserNumber,
) -> Result<MemberView> {
    let tenant = caller.reads().tenant();
    let view = directory
        .store
        .read(async |db| {
            let group = store::groups::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            store::members::view(db, tenant, group.number, user).await
        })
        .await?;
    view.ok_or_else(|| stranger(user))
}

/// Makes a user a member. `Error::Conflict` for one who has a membership already, also when it excludes him; an
/// unknown user is invalid input at `user`.
pub async fn join(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    user: UserNumber,
) -> Result<MemberView> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, None).await?;
            if store::users::lock(unit.tx, unit.tenant, &UserKey::Number(user))
                .await?
                .is_none()
            {
                return Err(Error::invalid("user", "unknown", "must be an existing user"));
            }
            let held = store::members::among(unit.tx, unit.tenant, before.number, &[user]).await?;
            if !held.is_empty() {
                return Err(Error::Conflict {
                    reason: format!("user `{user}` already belongs to group `{}`", before.number),
                });
            }
            let joining = members::rows(&before, &[user]);
            store::members::insert(unit.tx, unit.tenant, &joining).await?;
            let mut after = before.clone();
            after.member_count += 1;
            save(unit, before, after, &[], &joining).await?;
            shown(unit, &key, user).await
        })
        .await
}

/// Says that a user of the group is explicitly not a member of it, or takes that back. Who is excluded, does not have
/// the group as his parent.
pub async fn exclude_member(
    directory: &Directory,
    context: Context,
    key: GroupKey,
    user: UserNumber,
    excluded: bool,
) -> Result<MemberView> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, None).await?;
            let old = held(unit, &before, user).await?;
            if old.excluded != excluded {
                let mut after = before.clone();
                after.member_count += if excluded { -1 } else { 1 };
                let new = Membership {
                    excluded,
                    is_parent: old.is_parent && !excluded,
                    ..old
                };
                if old.is_parent != new.is_parent {
                    store::members::set_parent(unit.tx, unit.tenant, before.number, user, false).await?;
                }
                store::members::set_excluded(unit.tx, unit.tenant, before.number, &[user], excluded).await?;
                save(unit, before, after, &[old], &[new]).await?;
            }
            shown(unit, &key, user).await
        })
        .await
}

/// Ends a user's membership, also one that excludes him.
pub async fn leave(directory: &Directory, context: Context, key: GroupKey, user: UserNumber) -> Result<()> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = editable(unit, &caller, &key, None).await?;
            let old = held(unit, &before, user).await?;
            store::members::delete(unit.tx, unit.tenant, before.number, &[user]).await?;
            let mut after = before.clone();
            after.member_count -= i64::from(!old.excluded);
            save(unit, before, after, &[old], &[]).await
        })
        .await
}

async fn save(
    unit: &mut Unit<'_>,
    before: Group,
    after: Group,
    old: &[Membership],
    new: &[Membership],
) -> Result<()> {
    let (old, new): (Fields, Fields) = (of_members(old), of_members(new));
    let rows = diff(Kind::Group, before.number.get(), old, new);
    unit.save_group(before, after, rows).await.map(drop)
}

/// The user's membership in the group, locked.
async fn held(unit: &Unit<'_>, group: &Group, user: UserNumber) -> Result<Membership> {
    store::members::among(unit.tx, unit.tenant, group.number, &[user])
        .await?
        .pop()
        .ok_or_else(|| stranger(user))
}

async fn shown(unit: &Unit<'_>, key: &GroupKey, user: UserNumber) -> Result<MemberView> {
    let group = store::groups::find(unit.tx, unit.tenant, key)
        .await?
        .ok_or_else(|| unknown(key))?;
    store::members::view(unit.tx, unit.tenant, group.number, user)
        .await?
        .ok_or_else(|| stranger(user))
}

fn stranger(user: UserNumber) -> Error {
    Error::not_found(Kind::User, user.to_string())
}

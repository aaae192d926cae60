//! Users: lists, reads, creates, updates and deletes them.

mod bulk;
mod fields;
mod groups;
mod leave;
mod roles;

pub use bulk::{UserItem, bulk};
pub use roles::{grant, grants, revoke};

use crate::changes::{Fields, diff, of_external_ids, of_grants, of_user};
use crate::external_ids::{self, Owner};
use crate::unit::Unit;
use crate::{Directory, Precondition};
use model::error::Kind;
use model::groups::MemberView;
use model::ids::UserId;
use model::query::{ListQuery, Page, Stretch, UserField, Window};
use model::users::{NewUser, User, UserFields, UserKey, UserParts, UserPatch, UserView};
use model::{Caller, Context, Error, Patch, Result, Violation};
use store::users::UserDraft;

/// One page of the tenant's users.
pub async fn list(
    directory: &Directory,
    caller: &Caller,
    query: &ListQuery<UserField>,
    parts: UserParts,
) -> Result<Page<UserView>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| store::users::list(db, tenant, query, parts).await)
        .await
}

/// One user.
pub async fn get(
    directory: &Directory,
    caller: &Caller,
    key: &UserKey,
    parts: UserParts,
) -> Result<UserView> {
    let tenant = caller.reads().tenant();
    let view = directory
        .store
        .read(async |db| store::users::view(db, tenant, key, parts).await)
        .await?;
    view.ok_or_else(|| unknown(key))
}

/// A stretch of a user's memberships, by group, those that exclude him included.
pub async fn memberships(
    directory: &Directory,
    caller: &Caller,
    key: &UserKey,
    window: Window,
) -> Result<Stretch<MemberView>> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let user = store::users::find(db, tenant, key)
                .await?
                .ok_or_else(|| unknown(key))?;
            store::members::list_of_user(db, tenant, user.number, window).await
        })
        .await
}

/// Makes a user.
pub async fn create(
    directory: &Directory,
    context: Context,
    new: NewUser,
    parts: UserParts,
) -> Result<UserView> {
    refuse(&new.patch)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let user = make(unit, &caller, &new.patch).await?;
            shown(unit, &user, parts).await
        })
        .await
}

/// Changes a user.
pub async fn update(
    directory: &Directory,
    context: Context,
    key: UserKey,
    patch: UserPatch,
    precondition: Option<Precondition>,
    parts: UserParts,
) -> Result<UserView> {
    refuse(&patch)?;
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = existing(unit, &key, precondition.as_ref()).await?;
            let user = apply(unit, &caller, before, &patch).await?;
            shown(unit, &user, parts).await
        })
        .await
}

/// Changes a user by what `change` says when it is given him, with these parts, as he is in the moment of the write.
pub async fn revise<F>(
    directory: &Directory,
    context: Context,
    key: UserKey,
    precondition: Option<Precondition>,
    parts: UserParts,
    change: F,
) -> Result<UserView>
where
    F: Fn(&UserView) -> Result<UserPatch> + Send + Sync + 'static,
{
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write(context, async move |unit| {
            let before = existing(unit, &key, precondition.as_ref()).await?;
            let view = shown(unit, &before, parts).await?;
            let patch = change(&view)?;
            refuse(&patch)?;
            let user = apply(unit, &caller, before, &patch).await?;
            shown(unit, &user, parts).await
        })
        .await
}

async fn apply(unit: &mut Unit<'_>, caller: &Caller, before: User, patch: &UserPatch) -> Result<User> {
    let plan = groups::plan(unit, caller, Some(before.number), patch).await?;
    let mut after = before.clone();
    fields::apply(patch, &mut after.fields);
    if let Patch::Set(name) = &patch.user_name {
        let name = fields::user_name(unit, name.as_deref(), &after).await?;
        after.fields.user_name = name;
    }
    let owner = Owner::User(before.number);
    let mut rows = external_ids::change(unit, owner, &patch.external_ids).await?;
    if let Patch::Set(wanted) = &patch.grants {
        rows.extend(roles::replace(unit, before.number, "", wanted).await?);
    }
    let user = unit.save_user(before, after, rows).await?;
    groups::carry_out(unit, user.number, plan).await?;
    Ok(user)
}

/// Deletes a user for good: his memberships, ownerships, external identifiers and grants go with him.
///
/// He also leaves groups that only their owners may edit: this changes the user, not a decision about the group.
/// `Error::Conflict` while a credential that is not revoked is bound to him.
pub async fn delete(
    directory: &Directory,
    context: Context,
    key: UserKey,
    precondition: Option<Precondition>,
) -> Result<()> {
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let user = existing(unit, &key, precondition.as_ref()).await?;
            leave::groups(unit, &user).await?;
            remove(unit, user).await
        })
        .await
}

/// Makes a user with the groups that he shall be in.
async fn make(unit: &mut Unit<'_>, caller: &Caller, patch: &UserPatch) -> Result<User> {
    let plan = groups::plan(unit, caller, None, patch).await?;
    let user = insert(unit, "", patch).await?;
    groups::carry_out(unit, user.number, plan).await?;
    Ok(user)
}

/// Makes a user inside a unit, but for the groups that he shall be in. Its violations are named below `prefix`.
pub(crate) async fn insert(unit: &mut Unit<'_>, prefix: &str, patch: &UserPatch) -> Result<User> {
    insert_over(unit, prefix, crate::changes::new_user(), patch).await
}

/// As [`insert`], with other fields than those of a new user below the patch.
pub(crate) async fn insert_over(
    unit: &mut Unit<'_>,
    prefix: &str,
    mut fields: UserFields,
    patch: &UserPatch,
) -> Result<User> {
    let id = UserId(unit.uuid()?);
    fields::apply(patch, &mut fields);
    let wanted = patch.user_name.as_set().and_then(Option::as_deref);
    fields.user_name = fields::new_user_name(unit, wanted, &fields, id).await?;
    let draft = UserDraft {
        tenant: unit.tenant,
        id,
        fields,
        at: unit.at,
        by: unit.actor().clone(),
    };
    let user = store::users::insert(unit.tx, draft).await?;

    let mut rows = external_ids::change(unit, Owner::User(user.number), &patch.external_ids).await?;
    if let Patch::Set(wanted) = &patch.grants {
        rows.extend(roles::replace(unit, user.number, prefix, wanted).await?);
    }
    unit.record(diff(Kind::User, user.number.get(), Fields::new(), of_user(&user)));
    unit.record(rows);
    Ok(user)
}

async fn remove(unit: &mut Unit<'_>, user: User) -> Result<()> {
    let (tx, tenant, number) = (unit.tx, unit.tenant, user.number);
    let external_ids = store::users::external_ids(tx, tenant, &[number])
        .await?
        .remove(&number);
    let grants = store::roles::grants(tx, tenant, &[number])
        .await?
        .remove(&number)
        .unwrap_or_default();
    store::users::delete(tx, &user).await?;
    let mut before = of_user(&user);
    before.extend(of_external_ids(&external_ids.unwrap_or_default()));
    before.extend(of_grants(grants.iter().map(|view| &view.grant)));
    unit.record(diff(Kind::User, number.get(), before, Fields::new()));
    Ok(())
}

/// The user, locked, if he exists and the precondition holds.
async fn existing(unit: &Unit<'_>, key: &UserKey, precondition: Option<&Precondition>) -> Result<User> {
    let user = found(unit, key).await?;
    Precondition::check(precondition, user.version)?;
    Ok(user)
}

async fn found(unit: &Unit<'_>, key: &UserKey) -> Result<User> {
    store::users::lock(unit.tx, unit.tenant, key)
        .await?
        .ok_or_else(|| unknown(key))
}

async fn shown(unit: &Unit<'_>, user: &User, parts: UserParts) -> Result<UserView> {
    let key = UserKey::Number(user.number);
    store::users::view(unit.tx, unit.tenant, &key, parts)
        .await?
        .ok_or_else(|| unknown(&key))
}

fn refuse(patch: &UserPatch) -> Result<()> {
    let violations: Vec<Violation> = patch.violations("");
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

fn unknown(key: &UserKey) -> Error {
    let text = match key {
        UserKey::Number(number) => number.to_string(),
        UserKey::Id(id) => id.to_string(),
        UserKey::External(id) => id.value.clone(),
        UserKey::Lookup(lookup) => lookup.key(),
    };
    Error::not_found(Kind::User, text)
}

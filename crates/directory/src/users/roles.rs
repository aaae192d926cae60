//! Roles given to a user.

use super::{found, unknown};
use crate::changes::{Fields, diff, of_grants};
use crate::unit::Unit;
use crate::{Directory, Precondition};
use model::audit::Change;
use model::bounds::MAX_GRANTS;
use model::error::Kind;
use model::ids::{RoleNumber, UserNumber};
use model::roles::Grant;
use model::users::{GrantView, UserKey, UserParts};
use model::{Caller, Context, Error, Result, Violation};
use std::collections::HashSet;

/// The roles that a user has, by role and scope.
pub async fn grants(directory: &Directory, caller: &Caller, key: &UserKey) -> Result<Vec<GrantView>> {
    let tenant = caller.reads().tenant();
    let parts = UserParts {
        grants: true,
        ..UserParts::default()
    };
    let view = directory
        .store
        .read(async |db| store::users::view(db, tenant, key, parts).await)
        .await?;
    view.map(|view| view.grants).ok_or_else(|| unknown(key))
}

/// Gives a user a role without a scope. If he has it already, it stays as it is; what he has in scopes stays beside it.
///
/// An unknown role is `Error::NotFound`; one more than a user may have is `Error::Conflict`.
pub async fn grant(
    directory: &Directory,
    context: Context,
    key: UserKey,
    role: RoleNumber,
    precondition: Option<Precondition>,
) -> Result<()> {
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let user = found(unit, &key).await?;
            exists(unit, role).await?;
            Precondition::check(precondition.as_ref(), user.version)?;
            let held = held(unit, user.number).await?;
            if held.iter().any(|held| held.role == role && held.scope.is_none()) {
                return Ok(());
            }
            if held.len() >= MAX_GRANTS {
                return Err(Error::Conflict {
                    reason: format!("the user has {MAX_GRANTS} roles already"),
                });
            }
            let new = Grant {
                role,
                scope: None,
                resources: Vec::new(),
                tags: Vec::new(),
            };
            store::roles::put_grant(unit.tx, unit.tenant, user.number, &new, unit.at, unit.actor()).await?;
            let rows = diff(Kind::User, user.number.get(), Fields::new(), of_grants([&new]));
            unit.save_user(user.clone(), user, rows).await.map(drop)
        })
        .await
}

/// Takes a role from a user, in all the scopes in which he has it. If he does not have it, nothing changes.
///
/// An unknown role is `Error::NotFound`.
pub async fn revoke(
    directory: &Directory,
    context: Context,
    key: UserKey,
    role: RoleNumber,
    precondition: Option<Precondition>,
) -> Result<()> {
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let user = found(unit, &key).await?;
            exists(unit, role).await?;
            Precondition::check(precondition.as_ref(), user.version)?;
            let mut gone = held(unit, user.number).await?;
            gone.retain(|held| held.role == role);
            for grant in &gone {
                let scope = grant.scope.as_ref();
                store::roles::remove_grant(unit.tx, unit.tenant, user.number, role, scope).await?;
            }
            let rows = diff(Kind::User, user.number.get(), of_grants(&gone), Fields::new());
            unit.save_user(user.clone(), user, rows).await.map(drop)
        })
        .await
}

/// Makes `wanted` the user's grants. A grant of the same role in the same scope keeps when and by whom it was made.
pub(super) async fn replace(
    unit: &Unit<'_>,
    user: UserNumber,
    prefix: &str,
    wanted: &[Grant],
) -> Result<Vec<Change>> {
    check_roles(unit, prefix, wanted).await?;
    let (tx, tenant) = (unit.tx, unit.tenant);
    let held = held(unit, user).await?;
    let same = |a: &Grant, b: &Grant| a.role == b.role && a.scope == b.scope;
    for grant in held
        .iter()
        .filter(|held| !wanted.iter().any(|wanted| same(held, wanted)))
    {
        store::roles::remove_grant(tx, tenant, user, grant.role, grant.scope.as_ref()).await?;
    }
    for grant in wanted.iter().filter(|wanted| !held.contains(wanted)) {
        store::roles::put_grant(tx, tenant, user, grant, unit.at, unit.actor()).await?;
    }
    Ok(diff(Kind::User, user.get(), of_grants(&held), of_grants(wanted)))
}

async fn held(unit: &Unit<'_>, user: UserNumber) -> Result<Vec<Grant>> {
    let held = store::roles::grants(unit.tx, unit.tenant, &[user])
        .await?
        .remove(&user);
    Ok(held
        .unwrap_or_default()
        .into_iter()
        .map(|view| view.grant)
        .collect())
}

async fn exists(unit: &Unit<'_>, role: RoleNumber) -> Result<()> {
    let roles = store::roles::list(unit.tx, unit.tenant).await?;
    if roles.iter().any(|known| known.number == role) {
        Ok(())
    } else {
        Err(Error::not_found(Kind::Role, role.to_string()))
    }
}

async fn check_roles(unit: &Unit<'_>, prefix: &str, wanted: &[Grant]) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let roles = store::roles::list(unit.tx, unit.tenant).await?;
    let roles: HashSet<RoleNumber> = roles.into_iter().map(|role| role.number).collect();
    let unknown: Vec<Violation> = wanted
        .iter()
        .enumerate()
        .filter(|(_, grant)| !roles.contains(&grant.role))
        .map(|(i, _)| {
            let field = format!("{prefix}grants/{i}/role");
            Violation::new(field, "unknown", "must be a role of the catalogue")
        })
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(unknown))
    }
}

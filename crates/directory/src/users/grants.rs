//! Roles given to a user.

use crate::changes::{diff, of_grants};
use crate::unit::Unit;
use model::audit::Change;
use model::error::Kind;
use model::ids::{RoleNumber, UserNumber};
use model::roles::Grant;
use model::{Error, Result, Violation};
use std::collections::HashSet;

/// Makes `wanted` the user's grants. A grant of the same role in the same scope keeps when and by whom it was made.
pub(super) async fn replace(
    unit: &Unit<'_>,
    user: UserNumber,
    prefix: &str,
    wanted: &[Grant],
) -> Result<Vec<Change>> {
    check_roles(unit, prefix, wanted).await?;
    let (tx, tenant) = (unit.tx, unit.tenant);
    let held = store::roles::grants(tx, tenant, &[user])
        .await?
        .remove(&user)
        .unwrap_or_default();
    let held: Vec<Grant> = held.into_iter().map(|view| view.grant).collect();
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

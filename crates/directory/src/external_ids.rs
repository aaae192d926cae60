//! One external identifier of a user or a group, set or removed.

use crate::changes::{diff, of_external_ids};
use crate::unit::Unit;
use model::audit::Change;
use model::error::Kind;
use model::groups::ExternalId;
use model::ids::{GroupNumber, UserNumber};
use model::{Patch, Result};

/// What has external identifiers.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    User(UserNumber),
    Group(GroupNumber),
}

/// Sets or removes the identifier of one source: `(source, value)`.
pub(crate) async fn change(
    unit: &Unit<'_>,
    owner: Owner,
    patch: &Patch<(String, Option<String>)>,
) -> Result<Vec<Change>> {
    let Patch::Set((source, value)) = patch else {
        return Ok(Vec::new());
    };
    let (tx, tenant) = (unit.tx, unit.tenant);
    let (kind, number, held) = match owner {
        Owner::User(user) => {
            let held = store::users::external_ids(tx, tenant, &[user])
                .await?
                .remove(&user);
            (Kind::User, user.get(), held)
        }
        Owner::Group(group) => {
            let held = store::groups::external_ids(tx, tenant, &[group])
                .await?
                .remove(&group);
            (Kind::Group, group.get(), held)
        }
    };
    let held = held
        .unwrap_or_default()
        .into_iter()
        .find(|id| id.source == *source);
    let wanted = value.clone().map(|value| ExternalId {
        source: source.clone(),
        value,
    });
    let changes = diff(kind, number, of_external_ids(&held), of_external_ids(&wanted));
    if changes.is_empty() {
        return Ok(changes);
    }
    match (owner, &wanted) {
        (Owner::User(user), Some(id)) => store::users::put_external_id(tx, tenant, user, id).await?,
        (Owner::User(user), None) => store::users::remove_external_id(tx, tenant, user, source).await?,
        (Owner::Group(group), Some(id)) => store::groups::put_external_id(tx, tenant, group, id).await?,
        (Owner::Group(group), None) => {
            store::groups::remove_external_id(tx, tenant, group, source).await?;
        }
    }
    Ok(changes)
}

//! External identifiers of a user or a group, set and removed by source.

use crate::changes::{Fields, diff, of_external_ids};
use crate::unit::Unit;
use model::audit::Change;
use model::error::Kind;
use model::groups::{ExternalId, ExternalIdChange, MAX_EXTERNAL_IDS};
use model::ids::{GroupNumber, UserNumber};
use model::{Error, Result};

/// What has external identifiers.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    User(UserNumber),
    Group(GroupNumber),
}

/// Sets and removes identifiers, each source at most once. More than the owner may have are `Error::Invalid`.
pub(crate) async fn change(
    unit: &Unit<'_>,
    owner: Owner,
    wanted: &[ExternalIdChange],
) -> Result<Vec<Change>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let (kind, number, held) = held(unit, owner).await?;
    let mut count = held.len();
    let (mut before, mut after) = (Fields::new(), Fields::new());
    for id in wanted {
        let old = held.iter().find(|old| old.source == id.source);
        let new = id.value.clone().map(|value| ExternalId {
            source: id.source.clone(),
            value,
        });
        if old == new.as_ref() {
            continue;
        }
        before.extend(of_external_ids(old));
        after.extend(of_external_ids(&new));
        count = count + usize::from(new.is_some()) - usize::from(old.is_some());
        write(unit, owner, &id.source, new).await?;
    }
    if count > held.len().max(MAX_EXTERNAL_IDS) {
        let message = format!("must not be more than {MAX_EXTERNAL_IDS} together");
        return Err(Error::invalid("externalIds", "maxItems", message));
    }
    Ok(diff(kind, number, before, after))
}

async fn held(unit: &Unit<'_>, owner: Owner) -> Result<(Kind, i64, Vec<ExternalId>)> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    let (kind, number, held) = match owner {
        Owner::User(user) => {
            let mut held = store::users::external_ids(tx, tenant, &[user]).await?;
            (Kind::User, user.get(), held.remove(&user))
        }
        Owner::Group(group) => {
            let mut held = store::groups::external_ids(tx, tenant, &[group]).await?;
            (Kind::Group, group.get(), held.remove(&group))
        }
    };
    Ok((kind, number, held.unwrap_or_default()))
}

async fn write(unit: &Unit<'_>, owner: Owner, source: &str, new: Option<ExternalId>) -> Result<()> {
    let (tx, tenant) = (unit.tx, unit.tenant);
    match (owner, new) {
        (Owner::User(user), Some(id)) => store::users::put_external_id(tx, tenant, user, &id).await,
        (Owner::User(user), None) => store::users::remove_external_id(tx, tenant, user, source).await,
        (Owner::Group(group), Some(id)) => store::groups::put_external_id(tx, tenant, group, &id).await,
        (Owner::Group(group), None) => store::groups::remove_external_id(tx, tenant, group, source).await,
    }
}

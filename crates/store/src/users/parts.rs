//! Users as answers show them, with the parts that were asked for.

use super::{external_ids, groups};
use crate::db::Db;
use crate::{members, roles};
use model::Result;
use model::ids::{TenantNumber, UserNumber};
use model::users::{User, UserGroupParts, UserParts, UserView};
use std::collections::HashMap;

/// Reads the parts of all these users at once.
pub async fn read(
    db: &Db,
    tenant: TenantNumber,
    users: Vec<User>,
    parts: UserParts,
) -> Result<Vec<UserView>> {
    let numbers: Vec<UserNumber> = users.iter().map(|user| user.number).collect();
    let mut external = HashMap::new();
    if parts.external_ids {
        external = external_ids(db, tenant, &numbers).await?;
    }
    let mut grants = HashMap::new();
    if parts.grants {
        grants = roles::grants(db, tenant, &numbers).await?;
    }
    let mut shown = HashMap::new();
    if parts.groups != UserGroupParts::None {
        shown = groups::read(db, tenant, &numbers, parts.groups).await?;
    }
    let mut parents = HashMap::new();
    if parts.parent {
        parents = members::parents(db, tenant, &numbers).await?;
    }
    Ok(users
        .into_iter()
        .map(|user| UserView {
            external_ids: external.remove(&user.number).unwrap_or_default(),
            grants: grants.remove(&user.number).unwrap_or_default(),
            groups: shown.remove(&user.number).unwrap_or_default(),
            parent: parents.remove(&user.number),
            user,
        })
        .collect())
}

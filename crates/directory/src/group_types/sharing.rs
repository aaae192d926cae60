//! Who shares groups with somebody.

use super::unknown;
use crate::Directory;
use model::group_types::{MAX_SHARING, Person, Sharing};
use model::users::UserParts;
use model::{Caller, Result};

/// The users who are in one of the groups of this type that `person` is in, `person` included. `name` leaves one of
/// these groups only.
pub async fn sharing(
    directory: &Directory,
    caller: &Caller,
    person: &Person,
    group_type: &str,
    name: Option<&str>,
    parts: UserParts,
) -> Result<Sharing> {
    let tenant = caller.reads().tenant();
    directory
        .store
        .read(async |db| {
            let of = store::group_types::find(db, tenant, group_type)
                .await?
                .ok_or_else(|| unknown(group_type))?;
            let (most, untyped) = (MAX_SHARING as u64 + 1, of.fields.is_default);
            let found = store::members::sharing(db, tenant, person, of.number, untyped, name, most).await?;
            if found.is_empty() && !store::members::exists(db, tenant, person).await? {
                return Ok(Sharing::Nobody);
            }
            if found.len() > MAX_SHARING {
                return Ok(Sharing::TooMany);
            }
            let users = store::users::views(db, tenant, &found, parts).await?;
            Ok(Sharing::All(users))
        })
        .await
}

//! Many users in one request.

use super::{apply, existing, make, refuse, shown, unknown};
use crate::Directory;
use crate::bulk::{Done, Item, Step};
use crate::unit::Unit;
use model::ids::UserNumber;
use model::users::{NewUser, UserGroupParts, UserKey, UserParts, UserPatch, UserView};
use model::{Caller, Context, Error, Result};

/// A user to be changed, or to be made where there is none. The stored user is shown with his external identifiers and
/// his parent.
pub type UserItem = Item<UserKey, UserView, NewUser, UserPatch>;

const STORED: UserParts = UserParts {
    external_ids: true,
    grants: false,
    groups: UserGroupParts::None,
    parent: true,
};

/// Makes and changes users, up to [`crate::bulk::MAX_ITEMS`]; tells of each. What a caller may not do at all fails as a
/// whole.
pub async fn bulk(
    directory: &Directory,
    context: Context,
    items: Vec<UserItem>,
) -> Result<Vec<Result<Done<UserNumber>>>> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write_each(
            context,
            items,
            async move |unit: &mut Unit<'_>, item: &UserItem| one(unit, &caller, item).await,
        )
        .await
}

async fn one(unit: &mut Unit<'_>, caller: &Caller, item: &UserItem) -> Result<Done<UserNumber>> {
    let stored = match existing(unit, &item.key, None).await {
        Ok(user) => Some(user),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let view = match &stored {
        Some(user) => Some(shown(unit, user, STORED).await?),
        None => None,
    };
    match ((item.decide)(view.as_ref())?, stored) {
        (Step::Create(new), _) => {
            refuse(&new.patch)?;
            let user = make(unit, caller, &new.patch).await?;
            Ok(Done {
                number: user.number,
                created: true,
            })
        }
        (Step::Change(patch), Some(before)) => {
            refuse(&patch)?;
            let user = apply(unit, caller, before, &patch).await?;
            Ok(Done {
                number: user.number,
                created: false,
            })
        }
        (Step::Change(_), None) => Err(unknown(&item.key)),
    }
}

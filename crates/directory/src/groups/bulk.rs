//! Many groups in one request.

use super::{refuse, unknown, view, write};
use crate::Directory;
use crate::bulk::{Done, Item, Step};
use crate::unit::Unit;
use model::groups::{GroupChange, GroupKey, GroupParts, GroupView, MemberParts, NewGroup};
use model::ids::GroupNumber;
use model::{Caller, Context, Error, Result};

/// A group to be changed, or to be made where there is none. The stored group is shown with its external identifiers.
pub type GroupItem = Item<GroupKey, GroupView, NewGroup, GroupChange>;

const STORED: GroupParts = GroupParts {
    members: MemberParts::None,
    external_ids: true,
    owners: false,
    present_actors: false,
};

/// Makes and changes groups, up to [`crate::bulk::MAX_ITEMS`]; tells of each. What a caller may not do at all fails as a whole.
pub async fn bulk(
    directory: &Directory,
    context: Context,
    items: Vec<GroupItem>,
) -> Result<Vec<Result<Done<GroupNumber>>>> {
    context.caller.writes()?;
    let caller = context.caller.clone();
    directory
        .write_each(
            context,
            items,
            async move |unit: &mut Unit<'_>, item: &GroupItem| one(unit, &caller, item).await,
        )
        .await
}

async fn one(unit: &mut Unit<'_>, caller: &Caller, item: &GroupItem) -> Result<Done<GroupNumber>> {
    let stored = match write::editable(unit, caller, &item.key, None).await {
        Ok(group) => Some(group),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let shown = match &stored {
        Some(group) => Some(view::one(unit.tx, unit.tenant, group.clone(), STORED).await?),
        None => None,
    };
    match ((item.decide)(shown.as_ref())?, stored) {
        (Step::Create(new), _) => {
            refuse(new.violations(), &new.members)?;
            let group = write::insert(unit, &new).await?;
            Ok(Done {
                number: group.number,
                created: true,
            })
        }
        (Step::Change(change), Some(before)) => {
            refuse(change.violations(), change.members.as_deref().unwrap_or_default())?;
            let group = write::change(unit, before, &change).await?;
            Ok(Done {
                number: group.number,
                created: false,
            })
        }
        (Step::Change(_), None) => Err(unknown(&item.key)),
    }
}

//! Groups as answers show them.

use model::Result;
use model::groups::{
    Group, GroupParts, GroupView, MAX_EMBEDDED_MEMBERS, MAX_EMBEDDED_MEMBERS_OF_PAGE, Members,
};
use model::ids::{GroupNumber, TenantNumber};
use std::collections::HashSet;
use store::Db;

/// One group with the parts that were asked for.
pub(super) async fn one(db: &Db, tenant: TenantNumber, group: Group, parts: GroupParts) -> Result<GroupView> {
    let number = group.number;
    let mut views = many(db, tenant, vec![group], parts).await?;
    views
        .pop()
        .ok_or_else(|| model::Error::internal(format!("the view of group {number} is missing")))
}

/// The groups of a page; the number of queries does not depend on how many they are.
pub(super) async fn many(
    db: &Db,
    tenant: TenantNumber,
    mut groups: Vec<Group>,
    parts: GroupParts,
) -> Result<Vec<GroupView>> {
    hide_binned_parents(db, tenant, &mut groups).await?;
    let Some(user_parts) = parts.members else {
        return Ok(groups
            .into_iter()
            .map(|group| GroupView {
                group,
                members: Members::Unread,
            })
            .collect());
    };
    let embedded = embedded(&groups);
    let filled: Vec<GroupNumber> = embedded
        .iter()
        .zip(&groups)
        .filter(|(embedded, group)| **embedded && group.member_count > 0)
        .map(|(_, group)| group.number)
        .collect();
    let mut users = store::members::users(db, tenant, &filled, user_parts).await?;
    let views = groups.into_iter().zip(embedded).map(|(group, embedded)| {
        let members = if embedded {
            Members::All(users.remove(&group.number).unwrap_or_default())
        } else {
            Members::TooMany
        };
        GroupView { group, members }
    });
    Ok(views.collect())
}

/// Which groups are shown with their members: none with too many, and together not too many for a page.
fn embedded(groups: &[Group]) -> Vec<bool> {
    let mut left = MAX_EMBEDDED_MEMBERS_OF_PAGE;
    groups
        .iter()
        .map(|group| {
            let fits = group.member_count <= MAX_EMBEDDED_MEMBERS.min(left);
            if fits {
                left -= group.member_count;
            }
            fits
        })
        .collect()
}

/// A parent in the recycle bin is not shown; the reference stays, for the day it is restored.
async fn hide_binned_parents(db: &Db, tenant: TenantNumber, groups: &mut [Group]) -> Result<()> {
    let parents: HashSet<GroupNumber> = groups.iter().filter_map(|group| group.fields.parent).collect();
    if parents.is_empty() {
        return Ok(());
    }
    let parents: Vec<GroupNumber> = parents.into_iter().collect();
    let live: HashSet<GroupNumber> = store::groups::live_among(db, tenant, &parents)
        .await?
        .into_iter()
        .collect();
    for group in groups {
        group.fields.parent = group.fields.parent.filter(|parent| live.contains(parent));
    }
    Ok(())
}

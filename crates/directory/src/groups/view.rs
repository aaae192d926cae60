//! Groups as answers show them.

use model::Result;
use model::groups::{
    Group, GroupParts, GroupView, MAX_EMBEDDED_MEMBERS, MAX_EMBEDDED_MEMBERS_OF_PAGE, MAX_MEMBER_IDS,
    MemberParts, Members,
};
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use std::collections::{HashMap, HashSet};
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
    let members = members(db, tenant, &groups, parts.members).await?;
    let mut external_ids = HashMap::new();
    if parts.external_ids {
        let numbers: Vec<GroupNumber> = groups.iter().map(|group| group.number).collect();
        external_ids = store::groups::external_ids(db, tenant, &numbers).await?;
    }
    let mut owners = HashMap::new();
    if parts.owners {
        let numbers: Vec<GroupNumber> = groups.iter().map(|group| group.number).collect();
        owners = store::groups::owners_of(db, tenant, &numbers).await?;
    }
    if parts.present_actors {
        hide_gone_actors(db, tenant, &mut groups).await?;
    }
    let views = groups.into_iter().zip(members).map(|(group, members)| GroupView {
        external_ids: external_ids.remove(&group.number).unwrap_or_default(),
        owners: owners.remove(&group.number).unwrap_or_default(),
        group,
        members,
    });
    Ok(views.collect())
}

/// The members of each group, in the order of the groups.
async fn members(
    db: &Db,
    tenant: TenantNumber,
    groups: &[Group],
    parts: MemberParts,
) -> Result<Vec<Members>> {
    let (most, most_of_page) = match parts {
        MemberParts::None => return Ok(vec![Members::Unread; groups.len()]),
        MemberParts::Ids => (MAX_MEMBER_IDS, MAX_MEMBER_IDS),
        MemberParts::Users(_) => (MAX_EMBEDDED_MEMBERS, MAX_EMBEDDED_MEMBERS_OF_PAGE),
    };
    let fitting = fitting(groups, most, most_of_page);
    let filled: Vec<GroupNumber> = fitting
        .iter()
        .zip(groups)
        .filter(|(fits, group)| **fits && group.member_count > 0)
        .map(|(_, group)| group.number)
        .collect();
    let (mut ids, mut users) = (HashMap::new(), HashMap::new());
    match parts {
        MemberParts::None => {}
        MemberParts::Ids => ids = store::members::ids(db, tenant, &filled).await?,
        MemberParts::Users(parts) => users = store::members::users(db, tenant, &filled, parts).await?,
    }
    let members = groups.iter().zip(fitting).map(|(group, fits)| match parts {
        _ if !fits => Members::TooMany,
        MemberParts::Ids => Members::Ids(ids.remove(&group.number).unwrap_or_default()),
        _ => Members::All(users.remove(&group.number).unwrap_or_default()),
    });
    Ok(members.collect())
}

/// Which groups are shown with their members: none with too many, and together not too many for a page.
fn fitting(groups: &[Group], most: i64, most_of_page: i64) -> Vec<bool> {
    let mut left = most_of_page;
    groups
        .iter()
        .map(|group| {
            let fits = group.member_count <= most.min(left);
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

/// Of who made and last changed a group, a user who is gone since then is not shown.
async fn hide_gone_actors(db: &Db, tenant: TenantNumber, groups: &mut [Group]) -> Result<()> {
    let actors = groups
        .iter()
        .flat_map(|group| [&group.created_by, &group.updated_by]);
    let users: HashSet<UserNumber> = actors.filter_map(|actor| Some(actor.user?.0)).collect();
    if users.is_empty() {
        return Ok(());
    }
    let users: Vec<UserNumber> = users.into_iter().collect();
    let known = store::users::ids(db, tenant, &users).await?;
    for group in groups {
        for actor in [&mut group.created_by, &mut group.updated_by] {
            actor.user = actor.user.filter(|(user, _)| known.contains_key(user));
        }
    }
    Ok(())
}

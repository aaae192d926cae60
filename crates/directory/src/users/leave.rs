//! What a user leaves behind before he is deleted: memberships, ownerships, revoked credentials.

use crate::changes::{Fields, diff, of_credential, of_members, of_owners};
use crate::unit::Unit;
use model::error::Kind;
use model::groups::Membership;
use model::ids::{GroupNumber, UserNumber};
use model::users::User;
use model::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Takes the user out of everything that refers to him. Each group that he was a member or owner of gets one new
/// version, groups in the recycle bin included.
pub(super) async fn groups(unit: &mut Unit<'_>, user: &User) -> Result<()> {
    let (tx, tenant, number) = (unit.tx, unit.tenant, user.number);
    if !store::credentials::bound_to(tx, tenant, number).await?.is_empty() {
        return Err(Error::Conflict {
            reason: "a credential is bound to this user; revoke it first".to_owned(),
        });
    }
    let memberships = store::members::of_user(tx, tenant, number).await?;
    let member: BTreeMap<GroupNumber, &Membership> = memberships.iter().map(|row| (row.group, row)).collect();
    let owned: BTreeSet<GroupNumber> = store::groups::owned_by(tx, tenant, number)
        .await?
        .into_iter()
        .collect();
    let all: BTreeSet<GroupNumber> = member.keys().chain(&owned).copied().collect();
    let all: Vec<GroupNumber> = all.into_iter().collect();
    for before in store::groups::lock_many(tx, tenant, &all).await? {
        let mut after = before.clone();
        let mut gone = Fields::new();
        if let Some(row) = member.get(&before.number) {
            store::members::delete(tx, tenant, before.number, &[number]).await?;
            after.member_count -= i64::from(!row.excluded);
            gone.extend(of_members([*row]));
        }
        if owned.contains(&before.number) {
            store::groups::remove_owners(tx, tenant, before.number, &[number]).await?;
            gone.extend(of_owners([&number]));
        }
        let rows = diff(Kind::Group, before.number.get(), gone, Fields::new());
        unit.save_group(before, after, rows).await?;
    }
    unbind(unit, number, user).await
}

/// Revoked credentials let go of the user.
async fn unbind(unit: &mut Unit<'_>, number: UserNumber, user: &User) -> Result<()> {
    let credentials = store::credentials::list(unit.tx, Some(unit.tenant)).await?;
    let bound: Vec<_> = credentials
        .into_iter()
        .filter(|one| one.user == Some(user.id))
        .collect();
    if bound.is_empty() {
        return Ok(());
    }
    store::credentials::unbind(unit.tx, unit.tenant, number).await?;
    for before in bound {
        let mut after = before.clone();
        after.user = None;
        let kind = Kind::Credential;
        unit.record(diff(
            kind,
            before.number.get(),
            of_credential(&before),
            of_credential(&after),
        ));
    }
    Ok(())
}

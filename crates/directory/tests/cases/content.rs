//! The whole content of a tenant, as the store has it.

use crate::support::{USER_ALL, World};
use model::Result;
use model::credentials::Credential;
use model::group_types::GroupType;
use model::groups::{ExternalId, Group, Membership};
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use model::items::MappedItem;
use model::query::ListQuery;
use model::tenants::Tenant;
use model::users::UserView;
use store::Db;

/// Everything but secrets.
#[derive(Debug, PartialEq)]
pub struct Content {
    pub tenant: Tenant,
    pub roles: Vec<(i64, String)>,
    pub group_types: Vec<GroupType>,
    pub users: Vec<UserView>,
    pub groups: Vec<GroupRows>,
    pub credentials: Vec<Credential>,
}

/// A group with all its rows.
#[derive(Debug, PartialEq)]
pub struct GroupRows {
    pub group: Group,
    pub external_ids: Vec<ExternalId>,
    pub owners: Vec<UserNumber>,
    pub members: Vec<Membership>,
    pub items: Vec<MappedItem>,
}

impl Content {
    /// One order for both sides of a comparison.
    pub fn sorted(mut self) -> Self {
        self.tenant.aliases.sort();
        for user in &mut self.users {
            user.external_ids.sort();
            user.grants.sort_by_key(|view| format!("{:?}", view.grant));
        }
        self
    }
}

/// Reads the tenant through the store, groups in the recycle bin included.
pub async fn stored(w: &World, tenant: TenantNumber) -> Content {
    w.store()
        .read(async |db| read(db, tenant).await)
        .await
        .unwrap()
        .sorted()
}

pub async fn read(db: &Db, tenant: TenantNumber) -> Result<Content> {
    let all = ListQuery {
        filter: vec![],
        sort: vec![],
        start: 0,
        limit: 100_000,
    };
    let numbers: Vec<GroupNumber> = (1..=2000).filter_map(GroupNumber::new).collect();
    let mut groups = Vec::new();
    for group in store::groups::lock_many(db, tenant, &numbers).await? {
        let number = group.number;
        let external_ids = store::groups::external_ids(db, tenant, &[number])
            .await?
            .remove(&number);
        groups.push(GroupRows {
            external_ids: external_ids.unwrap_or_default(),
            owners: store::groups::owners(db, tenant, number).await?,
            members: store::members::of_group(db, tenant, number).await?,
            items: store::items::of_group(db, tenant, number).await?,
            group,
        });
    }
    let roles = store::roles::list(db, tenant).await?.into_iter();
    let tenants = store::tenants::list(db).await?;
    Ok(Content {
        tenant: tenants.into_iter().find(|one| one.number == tenant).unwrap(),
        roles: roles.map(|role| (role.number.get(), role.name)).collect(),
        group_types: store::group_types::list(db, tenant).await?,
        users: store::users::list(db, tenant, &all, USER_ALL).await?.items,
        groups,
        credentials: store::credentials::list(db, Some(tenant)).await?,
    })
}

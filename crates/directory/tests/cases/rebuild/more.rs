//! Bulk writes and the recycle bin, in the random sequence.

use super::Run;
use directory::bulk::{Item, Step};
use directory::groups::{GroupItem, bulk as bulk_groups};
use directory::users::{UserItem, bulk as bulk_users};
use directory::{Directory, groups};
use model::groups::{GroupChange, GroupKey, NewGroup};
use model::query::Window;
use model::users::{NewUser, UserKey};
use model::{Error, Result};

impl Run<'_> {
    /// A few items, some of which fail.
    pub async fn bulk(&mut self) -> Result<()> {
        if self.random.chance(50) {
            self.groups().await
        } else {
            self.users().await
        }
    }

    async fn groups(&mut self) -> Result<()> {
        let mut items: Vec<GroupItem> = Vec::new();
        for _ in 0..4 {
            let Some(number) = self.random.pick(&self.known.groups) else {
                continue;
            };
            let change = GroupChange {
                patch: self.group_patch(),
                external_ids: self.external_ids(),
                ..GroupChange::default()
            };
            items.push(Item {
                key: GroupKey::Number(number),
                decide: Box::new(move |stored| {
                    Ok(match stored {
                        Some(_) => Step::Change(change.clone()),
                        None => Step::Create(NewGroup {
                            patch: change.patch.clone(),
                            ..NewGroup::default()
                        }),
                    })
                }),
            });
        }
        let done = bulk_groups(&self.w.directory, self.w.by(&self.caller), items).await?;
        for made in done.into_iter().flatten().filter(|done| done.created) {
            self.known.groups.push(made.number);
        }
        Ok(())
    }

    async fn users(&mut self) -> Result<()> {
        let mut items: Vec<UserItem> = Vec::new();
        for _ in 0..4 {
            let Some((number, _)) = self.random.pick(&self.known.users) else {
                continue;
            };
            let patch = self.own_patch();
            items.push(Item {
                key: UserKey::Number(number),
                decide: Box::new(move |stored| {
                    let patch = patch.clone();
                    Ok(match stored {
                        Some(_) => Step::Change(patch),
                        None => Step::Create(NewUser { patch }),
                    })
                }),
            });
        }
        bulk_users(&self.w.directory, self.w.by(&self.caller), items)
            .await
            .map(drop)
    }

    /// Restores or purges a group in the recycle bin, if there is one.
    pub async fn empty_bin(&mut self) -> Result<()> {
        let d: &Directory = &self.w.directory;
        self.w.clock.advance(chrono::Duration::seconds(1));
        let window = Window {
            start: 0,
            limit: 100,
            counted: false,
        };
        let binned = groups::list_deleted(d, self.tenant, window).await?.items;
        let Some(group) = self.random.pick(&binned) else {
            return Err(Error::Stale);
        };
        if self.random.chance(60) {
            groups::restore(d, self.tenant, group.number).await.map(drop)
        } else {
            groups::purge(d, self.tenant, group.number).await.map(drop)
        }
    }
}

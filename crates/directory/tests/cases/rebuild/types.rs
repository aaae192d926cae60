//! Writes of group types, and renames of their groups.

use super::Run;
use crate::support::name;
use directory::group_types;
use directory::groups::{self, Rename};
use model::Result;
use model::group_types::{GroupType, GroupTypeFields, Localized};

impl Run<'_> {
    fn localized(&mut self) -> Vec<Localized> {
        let all = ["en", "fr-ca"].map(|locale| Localized {
            locale: locale.to_owned(),
            name: format!("name {}", self.random.below(3)),
            description: self.random.chance(50).then(|| "what for".to_owned()),
        });
        all[..self.random.below(3)].to_vec()
    }

    pub async fn create_types(&mut self) -> Result<()> {
        let mut new = Vec::new();
        for _ in 0..=self.random.below(2) {
            new.push(GroupTypeFields {
                name: name(&format!("type {}", self.random.below(8))),
                localized: self.localized(),
                is_default: self.random.chance(30),
                active: self.random.chance(90),
            });
        }
        let made = group_types::create(&self.w.directory, self.w.by(&self.caller), new).await?;
        self.known.types.extend(made.iter().map(|one| one.number));
        Ok(())
    }

    pub async fn change_type(&mut self) -> Result<()> {
        let Some(number) = self.random.pick(&self.known.types) else {
            return Ok(());
        };
        let renamed = self.random.chance(30).then(|| self.random.below(8));
        let (localized, is_default) = (self.localized(), self.random.chance(40));
        let active = self.random.chance(80);
        let change = move |known: &GroupType| {
            Ok(GroupTypeFields {
                name: renamed.map_or_else(|| known.fields.name.clone(), |i| name(&format!("type {i}"))),
                localized: localized.clone(),
                is_default,
                active,
            })
        };
        group_types::change(&self.w.directory, self.w.by(&self.caller), number, change)
            .await
            .map(drop)
    }

    pub async fn rename_group(&mut self) -> Result<()> {
        let mut text = |stem: &str| format!("{stem} {}", self.random.below(8));
        let rename = Rename {
            group_type: text("TYPE"),
            old: text("group"),
            new: name(&text("Group")),
            merge: true,
        };
        groups::rename(&self.w.directory, self.w.by(&self.caller), rename)
            .await
            .map(drop)
    }
}

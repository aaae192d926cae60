//! A long random sequence of all writes; then the audit events alone give back what the store has.

mod more;
pub mod replay;
mod types;

use crate::content::stored;
use crate::support::*;
use directory::groups::Deletion::{ForGood, RecycleBin};
use directory::{credentials, groups, tenants, users};
use model::group_types::{TypedEntry, TypedGroups};
use model::groups::{
    ExternalId, ExternalIdChange, GroupChange, GroupEntry, GroupKey, GroupPatch, GroupRef, MemberEntry,
    NewGroup, SelfService, Status,
};
use model::ids::{GroupNumber, GroupTypeNumber, RoleNumber, UserId, UserNumber};
use model::items::{ItemKey, ItemType, MappedItem};
use model::roles::{Grant, Resource, Scope};
use model::text::Code;
use model::users::{Contact, NewUser, UserKey, UserPatch};
use model::{Access, Caller, Error, Instant, Patch, Result};
use serde_json::{Map, Value, json};

/// A small generator; what matters is that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            None
        } else {
            Some(all[self.below(all.len())].clone())
        }
    }

    /// Mostly keeps, sometimes clears, sometimes sets a text of a few.
    fn text(&mut self, stem: &str) -> Patch<Option<String>> {
        match self.below(5) {
            0 => Patch::Set(Some(format!("{stem} {}", self.below(40)))),
            1 => Patch::Set(None),
            _ => Patch::Keep,
        }
    }

    fn set<T: Clone>(&mut self, all: &[T]) -> Patch<T> {
        if self.chance(30) {
            self.pick(all).map_or(Patch::Keep, Patch::Set)
        } else {
            Patch::Keep
        }
    }
}

/// What a run knows of the tenant: keys that exist or existed.
#[derive(Default)]
struct Known {
    groups: Vec<GroupNumber>,
    users: Vec<(UserNumber, UserId)>,
    types: Vec<GroupTypeNumber>,
    client_ids: Vec<String>,
}

struct Run<'a> {
    w: &'a World,
    random: Random,
    tenant: &'static str,
    caller: Caller,
    known: Known,
}

impl Run<'_> {
    fn group_patch(&mut self) -> GroupPatch {
        let r = &mut self.random;
        let at = |micros| Instant::from_timestamp_micros(micros);
        let parents: Vec<_> = self
            .known
            .groups
            .iter()
            .map(|number| Some(GroupKey::Number(*number)))
            .chain([None])
            .collect();
        let types: Vec<_> = self.known.types.iter().copied().map(Some).chain([None]).collect();
        GroupPatch {
            name: r.set(&["", "Smith", "SMITH", "Jones", "Ä"].map(name)),
            description: r.text("description"),
            parent: r.set(&parents),
            group_type: r.set(&types),
            status: r.set(&[Status::Active, Status::Inactive]),
            active_from: r.set(&[None, at(1), at(1_700_000_000_000_001)]),
            active_until: r.set(&[None, at(2)]),
            notes: r.text("notes"),
            budget_inherit: r.set(&[true, false]),
            only_owners_edit: r.set(&[true, false]),
            self_service: r.set(&[SelfService::Private, SelfService::DoesNotRequireApprovals]),
            scope_id: r.set(&[None, Some(1), Some(-1)]),
            ..GroupPatch::default()
        }
    }

    fn user_patch(&mut self) -> UserPatch {
        let external_ids = self.external_ids();
        let r = &mut self.random;
        let scope = |id| {
            Some(Scope {
                kind: Some("site".into()),
                id: Some(id),
                name: None,
            })
        };
        let mut grants = Vec::new();
        for (role, scope) in [(1, None), (1, scope(1)), (2, scope(1)), (3, scope(2))] {
            if r.chance(50) {
                let tags = if r.chance(50) { vec!["tag".into()] } else { vec![] };
                let resources = vec![Resource {
                    kind: None,
                    id: Some("x".into()),
                }];
                grants.push(Grant {
                    role: RoleNumber::new(role).unwrap(),
                    scope,
                    resources,
                    tags,
                });
            }
        }
        let contacts = ["home", "work"].map(|kind| Contact {
            value: format!("{kind} {}", r.below(9)),
            kind: kind.to_owned(),
            primary: kind == "work",
        });
        let contacts = contacts.to_vec();
        let extra = |dialect: &str, value| (dialect.to_owned(), value);
        UserPatch {
            user_name: r.text("user"),
            emails: r.set(&[vec![], contacts]),
            primary_email: r.text("mail"),
            primary_phone: r.text("phone"),
            given_name: r.set(&[None, Some(name("Anna")), Some(name("Bert"))]),
            locale: r.text("de"),
            active: r.set(&[true, false]),
            extra: r.set(&[
                extra("kibo", Some(json!({ "optInToEmail": true, "list": [1, null] }))),
                extra("kibo", None),
                extra("taleolearn", Some(json!({ "x": "ä" }))),
            ]),
            extra_members: r.set(&[
                ("kibo".to_owned(), object(json!({ "list": null, "a": 1 }))),
                (
                    "kibo".to_owned(),
                    object(json!({ "optInToEmail": null, "a": null })),
                ),
                ("formsonfire".to_owned(), object(json!({ "Country": "US" }))),
                ("formsonfire".to_owned(), object(json!({ "Country": null }))),
            ]),
            external_ids,
            grants: r.set(&[grants]),
            ..UserPatch::default()
        }
    }

    /// Changes of some sources' identifiers.
    fn external_ids(&mut self) -> Vec<ExternalIdChange> {
        let r = &mut self.random;
        let mut changes = Vec::new();
        for source in ["", "erp", "a/b"] {
            if r.chance(40) {
                let value = r.chance(70).then(|| r.below(600).to_string());
                changes.push(external_id(source, value.as_deref()));
            }
        }
        changes
    }

    /// A patch that also names groups, if the user is not made for a group.
    fn own_patch(&mut self) -> UserPatch {
        let mut patch = self.user_patch();
        if self.random.chance(40) {
            let mut entries = Vec::new();
            for i in 0..self.random.below(4) {
                let group = match self.random.pick(&self.known.groups) {
                    Some(number) if self.random.chance(80) => GroupRef::Key(GroupKey::Number(number)),
                    _ => GroupRef::Name("Jones".to_owned()),
                };
                entries.push(GroupEntry {
                    field: format!("groups/{i}"),
                    group,
                    or: None,
                });
            }
            patch.groups = Patch::Set(entries);
        } else if self.random.chance(50) {
            let group = self.random.pick(&self.known.groups);
            let known = group.filter(|_| self.random.chance(80));
            patch.parent = Patch::Set(known.map(GroupKey::Number));
        } else if self.random.chance(70) {
            let entries = (0..self.random.below(4)).map(|i| TypedEntry {
                field: format!("groups/{i}"),
                group_type: format!("type {}", self.random.below(8)),
                name: name(&format!("group {}", self.random.below(8))),
            });
            let entries = entries.collect();
            patch.typed_groups = Patch::Set(TypedGroups {
                entries,
                keep_others: self.random.chance(50),
            });
        }
        patch
    }

    fn entries(&mut self) -> Vec<MemberEntry> {
        let mut entries = Vec::new();
        for i in 0..self.random.below(5) {
            if self.random.chance(25) {
                let user = NewUser {
                    patch: self.user_patch(),
                };
                entries.push(new_member(&format!("users/{i}"), user));
            } else if let Some((_, id)) = self.random.pick(&self.known.users) {
                entries.push(existing(id));
            }
        }
        entries
    }

    async fn step(&mut self) -> Result<()> {
        match self.random.below(20) {
            0..=3 => self.create_user().await,
            4..=7 => self.change_user().await,
            8..=12 => self.create_group().await,
            13..=17 => self.change_group().await,
            18 => match self.random.below(4) {
                0 => self.create_types().await,
                1 => self.change_type().await,
                _ => self.rename_group().await,
            },
            _ => self.change_credentials().await,
        }
    }

    async fn create_user(&mut self) -> Result<()> {
        let new = NewUser {
            patch: self.own_patch(),
        };
        let user = users::create(&self.w.directory, self.w.by(&self.caller), new, USER_ALL)
            .await?
            .user;
        self.known.users.push((user.number, user.id));
        Ok(())
    }

    async fn change_user(&mut self) -> Result<()> {
        let Some((number, _)) = self.random.pick(&self.known.users) else {
            return Ok(());
        };
        let (d, context, key) = (
            &self.w.directory,
            self.w.by(&self.caller),
            UserKey::Number(number),
        );
        if self.random.chance(15) {
            return users::delete(d, context, key, None).await;
        }
        if self.random.chance(25) {
            let role = RoleNumber::new(self.random.pick(&[1, 2, 3, 4]).unwrap()).unwrap();
            return if self.random.chance(50) {
                users::grant(d, context, key, role, None).await
            } else {
                users::revoke(d, context, key, role, None).await
            };
        }
        let patch = self.own_patch();
        users::update(d, context, key, patch, None, USER_ALL)
            .await
            .map(drop)
    }

    fn owners(&mut self) -> Vec<UserNumber> {
        (0..3)
            .filter_map(|_| self.random.pick(&self.known.users))
            .map(|(user, _)| user)
            .collect()
    }

    fn code_patch(&mut self) -> Patch<Code> {
        if self.random.chance(20) {
            Patch::Set(code(&format!("code/{}", self.random.below(200))))
        } else {
            Patch::Keep
        }
    }

    async fn create_group(&mut self) -> Result<()> {
        let sources = ["", "erp", "a/b"].map(str::to_owned);
        let mut external_ids = Vec::new();
        for source in sources {
            if self.random.chance(30) {
                external_ids.push(ExternalId {
                    source,
                    value: format!("{}", self.random.below(80)),
                });
            }
        }
        let owners = self.owners();
        let new = NewGroup {
            code: self
                .random
                .chance(70)
                .then(|| code(&format!("code/{}", self.random.below(200)))),
            patch: self.group_patch(),
            members: self.entries(),
            owners,
            external_ids,
        };
        let made = groups::create(&self.w.directory, self.w.by(&self.caller), new, GROUP_ALL).await?;
        self.known.groups.push(made.group.number);
        Ok(())
    }

    async fn change_group(&mut self) -> Result<()> {
        let Some(number) = self.random.pick(&self.known.groups) else {
            return Ok(());
        };
        let (w, context, key) = (self.w, self.w.by(&self.caller), GroupKey::Number(number));
        let d = &w.directory;
        match self.random.below(36) {
            30..=32 => self.bulk().await,
            33.. => self.empty_bin().await,
            20..=24 => self.change_membership(key).await,
            25..=29 => self.change_items(key).await,
            0 => groups::delete(d, context, key, None, ForGood).await,
            1 => groups::delete(d, context, key, None, RecycleBin).await,
            2..=4 => {
                let entries = self.entries();
                groups::add_members(d, context, key, entries, None, GROUP_ALL)
                    .await
                    .map(drop)
            }
            5..=6 => {
                let users = (0..3).filter_map(|_| self.random.pick(&self.known.users));
                let keys = users.map(|(number, _)| UserKey::Number(number)).collect();
                groups::remove_members(d, context, key, keys, None).await
            }
            _ => {
                let members = self.random.chance(50).then(|| self.entries());
                let change = GroupChange {
                    patch: self.group_patch(),
                    members,
                    external_ids: self.external_ids(),
                    code: self.code_patch(),
                    owners: self.random.chance(30).then(|| self.owners()),
                    unless_same_name: None,
                };
                groups::update(d, context, key, change, None, GROUP_ALL)
                    .await
                    .map(drop)
            }
        }
    }

    async fn change_membership(&mut self, key: GroupKey) -> Result<()> {
        let Some((user, _)) = self.random.pick(&self.known.users) else {
            return Ok(());
        };
        let (d, context) = (&self.w.directory, self.w.by(&self.caller));
        match self.random.below(5) {
            0 | 1 => groups::join(d, context, key, user).await.map(drop),
            2 | 3 => {
                let excluded = self.random.chance(70);
                groups::exclude_member(d, context, key, user, excluded)
                    .await
                    .map(drop)
            }
            _ => groups::leave(d, context, key, user).await,
        }
    }

    async fn change_items(&mut self, key: GroupKey) -> Result<()> {
        let (d, context) = (&self.w.directory, self.w.by(&self.caller));
        let item = ItemKey {
            kind: self.random.pick(&ItemType::ALL).unwrap(),
            id: format!("a/{}", self.random.below(3)),
        };
        let retain = self.random.chance(50);
        match self.random.below(4) {
            0 | 1 => {
                let item = MappedItem { key: item, retain };
                groups::add_item(d, context, key, item).await.map(drop)
            }
            2 => groups::change_item(d, context, key, item, Some(retain))
                .await
                .map(drop),
            _ => groups::remove_item(d, context, key, item).await,
        }
    }

    async fn change_credentials(&mut self) -> Result<()> {
        let d = &self.w.directory;
        self.w.clock.advance(chrono::Duration::seconds(1));
        if self.random.chance(60)
            && let Some(client_id) = self.random.pick(&self.known.client_ids)
        {
            return credentials::revoke(d, &client_id).await;
        }
        let user = if self.random.chance(60) {
            self.random.pick(&self.known.users)
        } else {
            None
        };
        let user = user.map(|(_, id)| id);
        let (made, _) = credentials::create(d, self.tenant, None, Access::Reader, user, None).await?;
        self.known.client_ids.push(made.client_id);
        Ok(())
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} has no members"),
    }
}

#[tokio::test]
async fn the_events_alone_give_the_directory_back() {
    let w = World::new().await;
    tenants::create(&w.directory, "other", vec![(model::Dialect::Kibo, "2".into())])
        .await
        .unwrap();
    let stranger = w.caller("other", Access::Admin, None).await;
    let run = |tenant, caller: &Caller, seed| Run {
        w: &w,
        random: Random(seed),
        tenant,
        caller: caller.clone(),
        known: Known::default(),
    };
    let mut runs = [run("default", &w.admin, 11), run("other", &stranger, 12)];
    let (mut done, mut refused) = (0, 0);
    for step in 1..=700 {
        for run in &mut runs {
            match run.step().await {
                Ok(()) => done += 1,
                Err(Error::Internal(fault)) => panic!("step {step}: {fault:?}"),
                Err(_) => refused += 1,
            }
        }
        if step % 350 == 0 {
            for run in &runs {
                compare(&w, run).await;
            }
        }
    }
    assert!(
        done > 500 && refused > 100,
        "{done} done, {refused} refused: the sequence proves little"
    );
    let report = directory::audit::verify(&w.directory, None).await.unwrap();
    assert!(report.iter().all(|(_, verdict)| verdict.holds()), "{report:?}");
    crate::export::comes_back(&w).await;
}

async fn compare(w: &World, run: &Run<'_>) {
    let events = directory::audit::events(&w.directory, run.tenant, 1, 1_000_000)
        .await
        .unwrap();
    let stored = stored(w, run.caller.tenant).await;
    let rebuilt = replay::rebuild(run.caller.tenant, &events);
    // Piece by piece first: a difference in one user is easier to read than two whole directories.
    for (rebuilt, stored) in rebuilt.users.iter().zip(&stored.users) {
        assert_eq!(rebuilt, stored);
    }
    for (rebuilt, stored) in rebuilt.groups.iter().zip(&stored.groups) {
        assert_eq!(rebuilt, stored);
    }
    assert_eq!(rebuilt, stored);
    let (users, groups) = (stored.users.len(), stored.groups.len());
    assert!(
        users > 20 && groups > 20,
        "{users} users, {groups} groups: the sequence proves little"
    );
}

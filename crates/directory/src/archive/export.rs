//! Writes everything that a directory holds.

use super::records::{
    By, ChangeRecord, CredentialRecord, EventRecord, GrantRecord, GroupRecord, GroupTypeRecord, ItemRecord,
    MembershipRecord, Numbers, RoleRecord, TenantHead, Touch, UserRecord,
};
use super::{Summary, VERSION};
use crate::{Directory, hex};
use model::group_types::GroupType;
use model::groups::{ExternalId, Group};
use model::ids::{GroupNumber, TenantNumber, UserNumber};
use model::items::MappedItem;
use model::tenants::Tenant;
use model::users::{GrantView, UserView};
use model::{Error, Result};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use store::Db;
use store::kept::{KeptChange, KeptEvent};

/// How many objects are read at once.
const PAGE: u64 = 500;

/// Writes the whole directory as it is in one moment, without secrets, one object to a line. Writing goes on beside it.
pub async fn export(directory: &Directory, out: impl Write) -> Result<Summary> {
    // A read can be run again, an output is written once.
    let out = Mutex::new(Some(out));
    directory
        .store
        .read(async |db| {
            let out = out.lock().unwrap_or_else(PoisonError::into_inner).take();
            let out = out.ok_or_else(|| Error::internal("the output was written already"))?;
            let mut export = Export {
                db,
                out,
                summary: Summary::default(),
            };
            export.directory().await?;
            export.out.flush().map_err(|error| unwritten(&error))?;
            Ok(export.summary)
        })
        .await
}

struct Export<'a, W> {
    db: &'a Db,
    out: W,
    summary: Summary,
}

impl<W: Write> Export<'_, W> {
    fn text(&mut self, text: &str) -> Result<()> {
        self.out
            .write_all(text.as_bytes())
            .map_err(|error| unwritten(&error))
    }

    fn value(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(|error| unwritten(&error))
    }

    async fn directory(&mut self) -> Result<()> {
        let last = store::kept::last_numbers(self.db).await?;
        let numbers = Numbers {
            tenant: last.tenant,
            group_type: last.group_type,
            user: last.user,
            group: last.group,
            credential: last.credential,
        };
        self.text(&format!(
            "{{\"roster\":\"export\",\"version\":{VERSION},\n\"lastNumbers\":"
        ))?;
        self.value(&numbers)?;
        self.text(",\n\"tenants\":[")?;
        for (i, tenant) in store::tenants::list(self.db).await?.into_iter().enumerate() {
            self.text(if i == 0 { "\n" } else { ",\n" })?;
            self.tenant(tenant).await?;
        }
        self.text("\n]}\n")
    }

    async fn tenant(&mut self, tenant: Tenant) -> Result<()> {
        let number = tenant.number;
        let roles = store::roles::list(self.db, number).await?.into_iter();
        let head = TenantHead {
            number,
            name: tenant.name,
            created_at: tenant.created_at,
            aliases: tenant
                .aliases
                .into_iter()
                .map(|(dialect, value)| (dialect.as_str().to_owned(), value))
                .collect(),
            roles: roles
                .map(|role| RoleRecord {
                    number: role.number,
                    name: role.name,
                })
                .collect(),
        };
        let head = serde_json::to_string(&head).map_err(|error| unwritten(&error))?;
        self.text(head.trim_end_matches('}'))?;
        let types = store::group_types::list(self.db, number).await?;
        self.list("groupTypes")?;
        self.items(true, types.iter().map(group_type))?;
        self.users(number).await?;
        self.groups(number).await?;
        self.memberships(number).await?;
        self.credentials(number).await?;
        self.events(number).await?;
        self.summary.tenants += 1;
        self.text("]}")
    }

    /// Ends the list before and begins one.
    fn list(&mut self, name: &str) -> Result<()> {
        let end = if name == "groupTypes" { "" } else { "]" };
        self.text(&format!("{end},\n\"{name}\":["))
    }

    fn items<T: Serialize>(&mut self, first: bool, items: impl Iterator<Item = T>) -> Result<()> {
        for (i, item) in items.enumerate() {
            self.text(if first && i == 0 { "\n" } else { ",\n" })?;
            self.value(&item)?;
        }
        Ok(())
    }

    async fn users(&mut self, tenant: TenantNumber) -> Result<()> {
        self.list("users")?;
        let mut after = 0;
        loop {
            let page = store::kept::users(self.db, tenant, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            let first = after == 0;
            after = last.user.number.get();
            self.summary.users += page.len() as u64;
            self.items(first, page.into_iter().map(user))?;
        }
    }

    async fn groups(&mut self, tenant: TenantNumber) -> Result<()> {
        self.list("groups")?;
        let mut after = 0;
        loop {
            let page = store::kept::groups(self.db, tenant, after, PAGE).await?;
            let numbers: Vec<GroupNumber> = page.iter().map(|group| group.number).collect();
            let Some(last) = numbers.last() else { return Ok(()) };
            let first = after == 0;
            after = last.get();
            self.summary.groups += page.len() as u64;
            let mut external = store::groups::external_ids(self.db, tenant, &numbers).await?;
            let mut owners = store::groups::owners_of(self.db, tenant, &numbers).await?;
            let mut items = store::kept::items(self.db, tenant, &numbers).await?;
            let records = page
                .into_iter()
                .map(|group| self::group(group, &mut external, &mut owners, &mut items));
            self.items(first, records)?;
        }
    }

    async fn memberships(&mut self, tenant: TenantNumber) -> Result<()> {
        self.list("memberships")?;
        let mut after = (0, 0);
        loop {
            let page = store::kept::memberships(self.db, tenant, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            let first = after.0 == 0;
            after = (last.group.get(), last.user.get());
            self.summary.memberships += page.len() as u64;
            let record = |one: model::groups::Membership| MembershipRecord {
                group: one.group,
                user: one.user,
                excluded: one.excluded,
                is_parent: one.is_parent,
            };
            self.items(first, page.into_iter().map(record))?;
        }
    }

    async fn credentials(&mut self, tenant: TenantNumber) -> Result<()> {
        self.list("credentials")?;
        let all = store::credentials::list(self.db, Some(tenant)).await?;
        self.summary.credentials += all.len() as u64;
        let record = |one: model::credentials::Credential| CredentialRecord {
            number: one.number,
            client_id: one.client_id,
            access: one.access,
            user: one.user,
            created_at: one.created_at,
            revoked_at: one.revoked_at,
            secret: None,
        };
        self.items(true, all.into_iter().map(record))
    }

    async fn events(&mut self, tenant: TenantNumber) -> Result<()> {
        self.list("events")?;
        let mut from = 1;
        loop {
            let page = store::kept::events(self.db, tenant, from, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            let first = from == 1;
            from = last.position + 1;
            self.summary.events += page.len() as u64;
            self.items(first, page.into_iter().map(event))?;
        }
    }
}

fn unwritten(error: &dyn std::fmt::Display) -> Error {
    Error::internal(format!("the file cannot be written: {error}"))
}

fn group_type(one: &GroupType) -> GroupTypeRecord {
    GroupTypeRecord {
        number: one.number,
        created: Touch::new(one.created_at, &one.created_by),
        updated: Touch::new(one.updated_at, &one.updated_by),
        fields: one.fields.clone(),
    }
}

fn by_source(ids: Vec<ExternalId>) -> BTreeMap<String, String> {
    ids.into_iter().map(|id| (id.source, id.value)).collect()
}

fn user(view: UserView) -> UserRecord {
    let user = view.user;
    let grant = |view: GrantView| GrantRecord {
        created: Touch::new(view.created_at, &view.created_by),
        updated: Touch::new(view.updated_at, &view.updated_by),
        grant: view.grant,
    };
    UserRecord {
        number: user.number,
        id: user.id,
        version: user.version,
        created: Touch::new(user.created_at, &user.created_by),
        updated: Touch::new(user.updated_at, &user.updated_by),
        fields: user.fields,
        external_ids: by_source(view.external_ids),
        grants: view.grants.into_iter().map(grant).collect(),
    }
}

fn group(
    group: Group,
    external: &mut HashMap<GroupNumber, Vec<ExternalId>>,
    owners: &mut HashMap<GroupNumber, Vec<UserNumber>>,
    items: &mut HashMap<GroupNumber, Vec<MappedItem>>,
) -> GroupRecord {
    let item = |item: MappedItem| ItemRecord {
        kind: item.key.kind,
        id: item.key.id,
        retain: item.retain,
    };
    let number = group.number;
    GroupRecord {
        number,
        id: group.id,
        code: group.code.to_string(),
        version: group.version,
        created: Touch::new(group.created_at, &group.created_by),
        updated: Touch::new(group.updated_at, &group.updated_by),
        deleted_at: group.deleted_at,
        fields: group.fields,
        external_ids: by_source(external.remove(&number).unwrap_or_default()),
        owners: owners.remove(&number).unwrap_or_default(),
        items: items
            .remove(&number)
            .unwrap_or_default()
            .into_iter()
            .map(item)
            .collect(),
    }
}

fn event(one: KeptEvent) -> EventRecord {
    let change = |one: KeptChange| ChangeRecord {
        kind: one.kind,
        number: one.number,
        field: one.field,
        before: one.before,
        after: one.after,
        salt: one.salt.map(|salt| hex(&salt)),
        digest: hex(&one.digest),
    };
    EventRecord {
        position: one.position,
        at: one.at,
        by: By::from(&one.actor),
        dialect: one.dialect,
        operation: one.operation,
        request: one.request,
        changes: one.changes.into_iter().map(change).collect(),
        digest: hex(&one.digest),
    }
}

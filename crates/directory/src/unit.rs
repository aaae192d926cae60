//! One unit of work: a transaction, the circumstances of the write, and the changes that become its event.

use crate::changes::{diff, of_group, of_user};
use crate::{Directory, Keys};
use model::access::Actor;
use model::audit::Change;
use model::error::Kind;
use model::groups::Group;
use model::ids::{RequestId, TenantNumber};
use model::users::User;
use model::{Context, Dialect, Instant, Result};
use sha2::{Digest, Sha256};
use store::Db;
use store::audit::EventDraft;
use uuid::Uuid;

/// The client id under which the command line and the server itself appear in the trail.
const ROSTER: &str = "roster";

/// Who writes, and how: what the event says beside its changes.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub actor: Actor,
    pub dialect: Dialect,
    pub operation: &'static str,
    pub request: RequestId,
    /// For the salts of the changes.
    seed: [u8; 32],
}

impl Origin {
    /// A request's.
    pub fn of(directory: &Directory, context: Context) -> Result<Self> {
        Ok(Self {
            actor: context.caller.actor,
            dialect: context.dialect,
            operation: context.operation,
            request: context.request,
            seed: directory.ids().bytes()?,
        })
    }

    /// That of one part of a request which leaves an event of its own.
    pub fn part(&self, place: u32) -> Self {
        let mut digest = Sha256::new();
        digest.update(self.seed);
        digest.update(b"part");
        digest.update(place.to_be_bytes());
        Self {
            seed: digest.finalize().into(),
            ..self.clone()
        }
    }

    /// The command line's, or the server's own.
    pub fn roster(directory: &Directory, operation: &'static str) -> Result<Self> {
        Ok(Self {
            actor: Actor {
                client_id: ROSTER.to_owned(),
                user: None,
            },
            dialect: Dialect::Roster,
            operation,
            request: RequestId(directory.ids().uuid(directory.now())?),
            seed: directory.ids().bytes()?,
        })
    }
}

/// What a write's body works with.
pub(crate) struct Unit<'a> {
    pub tx: &'a Db,
    pub tenant: TenantNumber,
    /// When the write happens: `at` of its event and of everything that it touches.
    pub at: Instant,
    origin: &'a Origin,
    directory: &'a Directory,
    changes: Vec<Change>,
}

impl<'a> Unit<'a> {
    pub fn new(
        directory: &'a Directory,
        tx: &'a Db,
        origin: &'a Origin,
        tenant: TenantNumber,
        at: Instant,
    ) -> Self {
        Self {
            tx,
            tenant,
            at,
            origin,
            directory,
            changes: Vec::new(),
        }
    }

    pub fn actor(&self) -> &'a Actor {
        &self.origin.actor
    }

    pub fn keys(&self) -> &'a Keys {
        self.directory.keys()
    }

    pub fn uuid(&self) -> Result<Uuid> {
        self.directory.ids().uuid(self.at)
    }

    /// Adds to the event.
    pub fn record(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.changes.extend(changes);
    }

    /// Stores a changed group and records it together with the changes of its rows. Nothing changed: nothing is
    /// written and the version stays.
    pub async fn save_group(&mut self, before: Group, mut after: Group, rows: Vec<Change>) -> Result<Group> {
        let mut changes = diff(
            Kind::Group,
            before.number.get(),
            of_group(&before),
            of_group(&after),
        );
        changes.extend(rows);
        if changes.is_empty() {
            return Ok(before);
        }
        after.version = before.version + 1;
        after.updated_at = self.at;
        after.updated_by = self.actor().clone();
        store::groups::update(self.tx, &before, &after).await?;
        self.record(changes);
        Ok(after)
    }

    /// As [`Unit::save_group`].
    pub async fn save_user(&mut self, before: User, mut after: User, rows: Vec<Change>) -> Result<User> {
        let mut changes = diff(Kind::User, before.number.get(), of_user(&before), of_user(&after));
        changes.extend(rows);
        if changes.is_empty() {
            return Ok(before);
        }
        after.version = before.version + 1;
        after.updated_at = self.at;
        after.updated_by = self.actor().clone();
        store::users::update(self.tx, &before, &after).await?;
        self.record(changes);
        Ok(after)
    }

    /// Appends the event, if there is anything to tell.
    pub async fn finish(self) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let event = EventDraft {
            tenant: self.tenant,
            at: self.at,
            actor: self.origin.actor.clone(),
            dialect: self.origin.dialect,
            operation: self.origin.operation.to_owned(),
            request: self.origin.request,
            changes: self.changes,
        };
        store::audit::append(self.tx, &event, self.origin.seed).await?;
        Ok(())
    }
}

impl Directory {
    /// Runs `work` in one transaction of the tenant and appends its event. An error undoes everything.
    pub(crate) async fn write<T, F>(&self, context: Context, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Unit<'_>) -> Result<T> + Send + 'static,
    {
        let tenant = context.caller.tenant;
        let origin = Origin::of(self, context)?;
        let directory = self.clone();
        self.store
            .write(async move |tx: &Db| {
                let mut unit = Unit::new(&directory, tx, &origin, tenant, directory.now());
                let done = work(&mut unit).await?;
                unit.finish().await?;
                Ok(done)
            })
            .await
    }
}

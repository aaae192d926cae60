//! Audit events with what chains them.

use crate::chain;
use crate::db::Db;
use crate::entities::{audit_change, audit_event};
use crate::faults::refused;
use crate::rows::{actor, actor_columns, insert_all};
use model::ids::TenantNumber;
use model::{Actor, Error, Instant, Result};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEvent {
    pub position: i64,
    pub at: Instant,
    pub actor: Actor,
    pub dialect: String,
    pub operation: String,
    pub request: Uuid,
    pub changes: Vec<KeptChange>,
    pub digest: Vec<u8>,
}

/// A change as it is kept; values and salt are gone once they were erased.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptChange {
    pub kind: String,
    pub number: i64,
    pub field: String,
    /// JSON as it was digested.
    pub before: Option<String>,
    pub after: Option<String>,
    pub salt: Option<Vec<u8>>,
    pub digest: Vec<u8>,
}

/// The tenant's events from a position on, in order, at most `limit`.
pub async fn events(db: &Db, tenant: TenantNumber, from: i64, limit: u64) -> Result<Vec<KeptEvent>> {
    let found = chain::read(db, tenant, from, limit).await?;
    let event = |(event, changes): (audit_event::Model, Vec<audit_change::Model>)| KeptEvent {
        position: event.position,
        at: event.at,
        actor: actor(event.actor, event.actor_user, event.actor_user_id),
        dialect: event.dialect,
        operation: event.operation,
        request: event.request,
        changes: changes.into_iter().map(change).collect(),
        digest: event.digest,
    };
    Ok(found.into_iter().map(event).collect())
}

fn change(row: audit_change::Model) -> KeptChange {
    KeptChange {
        kind: row.kind,
        number: row.number,
        field: row.field,
        before: row.before,
        after: row.after,
        salt: row.salt,
        digest: row.digest,
    }
}

/// Puts the event that follows the one with this position and digest. `Error::Invalid` when it does not.
pub async fn put_event(tx: &Db, tenant: TenantNumber, kept: KeptEvent, last: &(i64, Vec<u8>)) -> Result<()> {
    let position = kept.position;
    let rows: Vec<audit_change::Model> = (1..)
        .zip(kept.changes)
        .map(|(sequence, change)| audit_change::Model {
            tenant: tenant.get(),
            position,
            sequence,
            kind: change.kind,
            number: change.number,
            field: change.field,
            before: change.before,
            after: change.after,
            salt: change.salt,
            digest: change.digest,
        })
        .collect();
    let (client, user, user_id) = actor_columns(&kept.actor);
    let event = audit_event::Model {
        tenant: tenant.get(),
        position,
        at: kept.at,
        actor: client,
        actor_user: user,
        actor_user_id: user_id,
        dialect: kept.dialect,
        operation: kept.operation,
        request: kept.request,
        previous_digest: last.1.clone(),
        digest: kept.digest,
    };
    if let Err(reason) = chain::check(&event, &rows, last) {
        return Err(Error::invalid(
            "digest",
            "conflict",
            format!("does not hold: {reason}"),
        ));
    }
    audit_event::Entity::insert(event.into_active_model())
        .exec_without_returning(tx)
        .await
        .map_err(refused)?;
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    insert_all::<audit_change::ActiveModel>(tx, rows)
        .await
        .map_err(refused)
}

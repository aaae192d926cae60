//! The audit trail: one event per write, appended in the write's own transaction.

pub use crate::chain::verify;
pub use model::audit::Verdict;

use crate::chain;
use crate::db::Db;
use crate::entities::{audit_change, audit_event, tenant};
use crate::faults::{affected, inconsistent, internal};
use crate::rows::{actor, actor_columns, insert_all};
use chrono::SubsecRound;
use model::audit::{Change, Event};
use model::error::Kind;
use model::ids::{RequestId, TenantNumber};
use model::{Actor, Dialect, Error, Instant, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::Value;

/// An event that is about to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDraft {
    pub tenant: TenantNumber,
    pub at: Instant,
    pub actor: Actor,
    pub dialect: Dialect,
    /// At most 255 characters.
    pub operation: String,
    pub request: RequestId,
    pub changes: Vec<Change>,
}

/// Appends an event to its tenant's chain and gives its position.
///
/// `seed` are random bytes that are used for nothing else, drawn outside the unit: the salts of the changes come from them.
pub async fn append(tx: &Db, draft: &EventDraft, seed: [u8; 32]) -> Result<i64> {
    let head = tx
        .one(tenant::Entity::find_by_id(draft.tenant.get()).lock_exclusive())
        .await
        .map_err(internal)?
        .ok_or_else(|| Error::not_found(Kind::Tenant, draft.tenant.to_string()))?;
    let position = head.audit_position + 1;
    let changes: Vec<audit_change::Model> = (1..)
        .zip(&draft.changes)
        .map(|(sequence, change)| row(draft.tenant, position, sequence, change, &seed))
        .collect();
    let (client, user, user_id) = actor_columns(&draft.actor);
    let mut event = audit_event::Model {
        tenant: draft.tenant.get(),
        position,
        // As it will be read: the digest must not cover what is not kept.
        at: draft.at.trunc_subsecs(6),
        actor: client,
        actor_user: user,
        actor_user_id: user_id,
        dialect: draft.dialect.as_str().to_owned(),
        operation: draft.operation.clone(),
        request: draft.request.0,
        previous_digest: head.audit_digest,
        digest: Vec::new(),
    };
    event.digest = chain::of_event(&event, &changes);
    let digest = event.digest.clone();
    audit_event::Entity::insert(event.into_active_model())
        .exec_without_returning(tx)
        .await
        .map_err(internal)?;
    let changes = changes
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .collect();
    insert_all::<audit_change::ActiveModel>(tx, changes)
        .await
        .map_err(internal)?;
    let done = tenant::Entity::update_many()
        .col_expr(tenant::Column::AuditPosition, Expr::value(position))
        .col_expr(tenant::Column::AuditDigest, Expr::value(digest))
        .filter(tenant::Column::Number.eq(draft.tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("move the end of the audit chain", 1, done.rows_affected)?;
    Ok(position)
}

/// The tenant's events from a position on, in order. An erased change has neither value.
pub async fn events(db: &Db, tenant: TenantNumber, from: i64, limit: u64) -> Result<Vec<Event>> {
    chain::read(db, tenant, from, limit)
        .await?
        .into_iter()
        .map(|(event, changes)| {
            let position = event.position;
            Ok(Event {
                tenant,
                position,
                at: event.at,
                actor: actor(event.actor, event.actor_user, event.actor_user_id),
                dialect: Dialect::parse(&event.dialect)
                    .ok_or_else(|| inconsistent("audit_event", "dialect", position))?,
                operation: event.operation,
                request: RequestId(event.request),
                changes: changes.into_iter().map(change).collect::<Result<_>>()?,
            })
        })
        .collect()
}

/// Forgets the values of one change, counted from 1 within its event. The chain still verifies.
pub async fn erase(tx: &Db, tenant: TenantNumber, position: i64, sequence: i64) -> Result<()> {
    use audit_change::Column;
    let done = audit_change::Entity::update_many()
        .col_expr(Column::Before, Expr::value(None::<String>))
        .col_expr(Column::After, Expr::value(None::<String>))
        .col_expr(Column::Salt, Expr::value(None::<Vec<u8>>))
        .filter(Column::Tenant.eq(tenant.get()))
        .filter(Column::Position.eq(position))
        .filter(Column::Sequence.eq(sequence))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("erase a change", 1, done.rows_affected)
}

fn row(
    tenant: TenantNumber,
    position: i64,
    sequence: i64,
    change: &Change,
    seed: &[u8; 32],
) -> audit_change::Model {
    let salt = chain::salt(seed, sequence);
    let before = change.before.as_ref().map(Value::to_string);
    let after = change.after.as_ref().map(Value::to_string);
    audit_change::Model {
        tenant: tenant.get(),
        position,
        sequence,
        kind: change.kind.as_str().to_owned(),
        number: change.number,
        field: change.field.clone(),
        digest: chain::of_values(&salt, before.as_deref(), after.as_deref()),
        before,
        after,
        salt: Some(salt),
    }
}

fn change(row: audit_change::Model) -> Result<Change> {
    let wrong = |column| move || inconsistent("audit_change", column, row.position);
    let value = |column, text: Option<String>| {
        text.map(|text| serde_json::from_str(&text).map_err(|_| wrong(column)()))
            .transpose()
    };
    Ok(Change {
        kind: Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == row.kind)
            .ok_or_else(wrong("kind"))?,
        number: row.number,
        field: row.field,
        before: value("before", row.before)?,
        after: value("after", row.after)?,
    })
}

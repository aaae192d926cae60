//! The digests that chain a tenant's audit events, and the check of a whole chain.
//!
//! A change's digest covers its values with a salt of its own; an event's digest covers the event before it, its own
//! facts and the digests of its changes. So values and salt can be erased and the chain still verifies.

use crate::db::Db;
use crate::entities::{audit_change, audit_event, tenant};
use crate::faults::internal;
use chrono::SecondsFormat;
use model::audit::Verdict;
use model::error::Kind;
use model::ids::TenantNumber;
use model::{Error, Result};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the first event of a tenant is chained to.
pub(crate) const START: [u8; 32] = [0; 32];

/// Events that are read at once.
const BATCH: u64 = 200;

/// Checks every event and change of a tenant, and that the last one is the last that was written.
/// Read it on one snapshot: `store.read`.
pub async fn verify(db: &Db, number: TenantNumber) -> Result<Verdict> {
    let head = db
        .one(tenant::Entity::find_by_id(number.get()))
        .await
        .map_err(internal)?
        .ok_or_else(|| Error::not_found(Kind::Tenant, number.to_string()))?;
    let mut last = (0, START.to_vec());
    let mut erased = 0;
    loop {
        let batch = read(db, number, last.0 + 1, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        for (event, changes) in batch {
            match check(&event, &changes, &last) {
                Ok(count) => erased += count,
                Err(reason) => {
                    // Where one is missing, the gap is what is wrong.
                    let position = event.position.min(last.0 + 1);
                    return Ok(Verdict::Broken { position, reason });
                }
            }
            last = (event.position, event.digest);
        }
    }
    let position = last.0;
    Ok(if last == (head.audit_position, head.audit_digest) {
        Verdict::Intact {
            events: position,
            erased,
        }
    } else if position < head.audit_position {
        Verdict::Broken {
            position: position + 1,
            reason: "the event is missing at the end of the chain",
        }
    } else {
        Verdict::Broken {
            position,
            reason: "the event is not the one that the tenant's row names as the last",
        }
    })
}

/// Events from a position on, each with its changes, in order.
pub(crate) async fn read(
    db: &Db,
    tenant: TenantNumber,
    from: i64,
    limit: u64,
) -> Result<Vec<(audit_event::Model, Vec<audit_change::Model>)>> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::Tenant.eq(tenant.get()))
        .filter(audit_event::Column::Position.gte(from))
        .order_by_asc(audit_event::Column::Position)
        .limit(limit);
    let events = db.all(events).await.map_err(internal)?;
    let Some(to) = events.last().map(|event| event.position) else {
        return Ok(Vec::new());
    };
    let changes = audit_change::Entity::find()
        .filter(audit_change::Column::Tenant.eq(tenant.get()))
        .filter(audit_change::Column::Position.between(from, to))
        .order_by_asc(audit_change::Column::Position)
        .order_by_asc(audit_change::Column::Sequence);
    let changes = db.all(changes).await.map_err(internal)?;
    let mut changes = changes.into_iter().peekable();
    Ok(events
        .into_iter()
        .map(|event| {
            let mut own = Vec::new();
            while let Some(change) = changes.next_if(|change| change.position <= event.position) {
                own.push(change);
            }
            (event, own)
        })
        .collect())
}

/// The number of erased changes, or what is wrong with the event that follows `last`.
pub(crate) fn check(
    event: &audit_event::Model,
    changes: &[audit_change::Model],
    last: &(i64, Vec<u8>),
) -> Result<u64, &'static str> {
    if event.position != last.0 + 1 {
        return Err("the event is missing");
    }
    if event.previous_digest != last.1 {
        return Err("the event is not chained to the one before it");
    }
    let mut erased = 0;
    for change in changes {
        match &change.salt {
            Some(salt) => {
                let digest = of_values(salt, change.before.as_deref(), change.after.as_deref());
                if change.digest != digest {
                    return Err("the values of a change are not those that were written");
                }
            }
            None if change.before.is_none() && change.after.is_none() => erased += 1,
            None => return Err("an erased change has values"),
        }
    }
    if event.digest != of_event(event, changes) {
        return Err("the event is not the one that was written");
    }
    Ok(erased)
}

/// The digest of a change's values: salt, then both as JSON, an absent one empty, apart by a line feed, which no compact
/// JSON contains.
pub(crate) fn of_values(salt: &[u8], before: Option<&str>, after: Option<&str>) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(before.unwrap_or_default());
    digest.update(b"\n");
    digest.update(after.unwrap_or_default());
    digest.finalize().to_vec()
}

/// The digest of an event: the digest before it, then its facts and its changes' as one JSON array.
pub(crate) fn of_event(event: &audit_event::Model, changes: &[audit_change::Model]) -> Vec<u8> {
    let changes: Vec<Value> = changes
        .iter()
        .map(|change| {
            json!([
                change.sequence,
                change.kind,
                change.number,
                change.field,
                hex(&change.digest)
            ])
        })
        .collect();
    let facts = json!([
        "roster audit event 1",
        event.tenant,
        event.position,
        event.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        [
            json!(event.actor),
            json!(event.actor_user),
            json!(event.actor_user_id)
        ],
        event.dialect,
        event.operation,
        event.request,
        changes
    ]);
    let mut digest = Sha256::new();
    digest.update(&event.previous_digest);
    digest.update(facts.to_string());
    digest.finalize().to_vec()
}

/// The salt of one change of an event, from the event's seed.
pub(crate) fn salt(seed: &[u8; 32], sequence: i64) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(seed);
    digest.update(sequence.to_be_bytes());
    digest.finalize().iter().copied().take(16).collect()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

//! Audit events: one per write, chained by digests, enough to rebuild the directory.

use crate::Instant;
use crate::access::{Actor, Dialect};
use crate::error::Kind;
use crate::ids::{RequestId, TenantNumber};
use serde_json::Value;
use std::fmt;

/// One field of one object before and after a write. A field that did not exist is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub kind: Kind,
    /// The object's number.
    pub number: i64,
    /// A field's name, or a row of the object: `members/7`, `owners/7`, `externalIds/erp`.
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// One write.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub tenant: TenantNumber,
    /// Rises by one per tenant, from 1.
    pub position: i64,
    pub at: Instant,
    pub actor: Actor,
    pub dialect: Dialect,
    pub operation: String,
    pub request: RequestId,
    pub changes: Vec<Change>,
}

/// Whether a tenant's trail is as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every digest holds. `erased` counts the changes whose values were erased on request, which the chain allows.
    Intact { events: i64, erased: u64 },
    /// The first position at which it does not.
    Broken { position: i64, reason: &'static str },
}

impl Verdict {
    pub fn holds(&self) -> bool {
        matches!(self, Self::Intact { .. })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Intact { events, erased: 0 } => write!(f, "intact, {events} events"),
            Self::Intact { events, erased } => {
                write!(f, "intact, {events} events, values of {erased} changes erased")
            }
            Self::Broken { position, reason } => write!(f, "broken at event {position}: {reason}"),
        }
    }
}

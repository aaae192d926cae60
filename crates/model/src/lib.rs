//! Vocabulary and rules of the directory: ids, names, groups, users, roles, callers, errors.
//!
//! Nothing here does input or output, waits, reads a clock or draws a random number, and nothing
//! here knows a dialect, a database or a web framework.

pub mod access;
pub mod audit;
pub mod bounds;
pub mod credentials;
pub mod error;
pub mod group_types;
pub mod groups;
pub mod ids;
pub mod items;
pub mod lookup;
pub mod patch;
pub mod query;
pub mod roles;
pub mod tenants;
pub mod text;
pub mod users;

pub use access::{Access, Actor, Caller, Context, Dialect};
pub use error::{Error, Fault, Result, Violation};
pub use patch::Patch;

/// An instant in UTC. Stored with microseconds.
pub type Instant = chrono::DateTime<chrono::Utc>;

//! The role catalogue and its grants: data that Kibo clients keep here. They give no rights in Roster.

use crate::ids::RoleNumber;
use serde::{Deserialize, Serialize};

/// The roles that every tenant starts with.
pub const INITIAL: [(i64, &str); 3] = [(1, "Reader"), (2, "Editor"), (3, "Admin")];

/// One role of a tenant's catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub number: RoleNumber,
    pub name: String,
}

/// A role given to a user, in a scope. Unique per user, role and scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    pub role: RoleNumber,
    pub scope: Option<Scope>,
    /// Kept as given: at most 100, type and id at most 255 characters.
    pub resources: Vec<Resource>,
    /// Kept as given: at most 100 of at most 255 characters.
    pub tags: Vec<String>,
}

/// Where a grant holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub kind: Option<String>,
    pub id: Option<i32>,
    pub name: Option<String>,
}

/// What a granted role reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    pub kind: Option<String>,
    pub id: Option<String>,
}

//! Tenants: the isolation boundary.

use crate::Instant;
use crate::access::Dialect;
use crate::ids::TenantNumber;

/// An organisation. Its name is unique in the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    pub number: TenantNumber,
    pub name: String,
    pub created_at: Instant,
    /// Its account identifier in each dialect that has one; (dialect, value) is unique in the server.
    pub aliases: Vec<(Dialect, String)>,
}

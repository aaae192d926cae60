//! Credentials: the only source of rights, together with ownership.

use crate::Instant;
use crate::access::Access;
use crate::ids::{CredentialNumber, TenantNumber, UserId};

/// Fewest characters of a secret.
pub const MIN_SECRET: usize = 24;
/// Most characters of a secret.
pub const MAX_SECRET: usize = 255;
/// Most characters of a client id.
pub const MAX_CLIENT_ID: usize = 255;

/// A credential without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub number: CredentialNumber,
    pub tenant: TenantNumber,
    /// Unique in the server.
    pub client_id: String,
    pub access: Access,
    pub user: Option<UserId>,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
    /// How many secrets are valid now.
    pub secrets: u32,
}

//! Tenants: the isolation boundary.

use crate::Instant;
use crate::access::Dialect;
use crate::ids::{MAX_NUMBER, TenantNumber};

/// An organisation. Its name is unique in the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    pub number: TenantNumber,
    pub name: String,
    pub created_at: Instant,
    /// Its account identifier in each dialect that has one; (dialect, value) is unique in the server.
    pub aliases: Vec<(Dialect, String)>,
}

/// How the requests of a dialect name the account that they mean, and so what the alias of a tenant in it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Not at all.
    None,
    /// By a number from 1 to this one, in decimal digits.
    Number(i64),
    /// By a text.
    Text,
}

impl Account {
    pub fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::FormsOnFire | Dialect::Kibo => Self::Number(i64::from(i32::MAX)),
            Dialect::TaleoLearn => Self::Number(MAX_NUMBER),
            Dialect::MyPreferences => Self::Text,
            Dialect::Propeller | Dialect::Roster => Self::None,
        }
    }
}

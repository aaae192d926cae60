//! Identifiers. Numbers are the keys of the store; UUIDs and codes are other names of the same things.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The largest number that every JSON reader keeps exactly: 2^53 - 1.
pub const MAX_NUMBER: i64 = (1 << 53) - 1;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The number, if it lies in 1 ..= 2^53 - 1.
            pub fn new(value: i64) -> Option<Self> {
                (1..=MAX_NUMBER).contains(&value).then_some(Self(value))
            }

            /// The number as stored.
            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number!(/// A tenant's number.
    TenantNumber);
number!(/// A user's number, unique in the server.
    UserNumber);
number!(/// A group's number, unique in the server.
    GroupNumber);
number!(/// A group type's number; fits 32 bits.
    GroupTypeNumber);
number!(/// The number of a role of the catalogue, counted per tenant; fits 32 bits.
    RoleNumber);
number!(/// A credential's number.
    CredentialNumber);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(/// A user's UUID (version 7).
    UserId);
uuid_id!(/// A group's UUID (version 7).
    GroupId);
uuid_id!(/// The id of one request, given by the server.
    RequestId);

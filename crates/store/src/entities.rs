//! The tables, one file each. What they hold is fixed in the migrations; here is how code names it.
//! The two tables of contacts and the two of external identifiers have one shape each: `users/contacts.rs` and
//! `external_ids.rs` name their columns.

pub(crate) mod access_token;
pub(crate) mod audit_change;
pub(crate) mod audit_event;
pub(crate) mod credential;
pub(crate) mod credential_secret;
pub(crate) mod directory_group;
pub(crate) mod group_item;
pub(crate) mod group_owner;
pub(crate) mod group_type;
pub(crate) mod membership;
pub(crate) mod role;
pub(crate) mod role_grant;
pub(crate) mod server_setting;
pub(crate) mod tenant;
pub(crate) mod tenant_alias;
pub(crate) mod user_account;

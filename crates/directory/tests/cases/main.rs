//! The rules of the directory as its callers rely on them, each test on a fresh database.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod access_tokens;
mod archive;
mod bootstrap;
mod bulk;
mod content;
mod credentials;
mod deletion;
mod export;
mod group_parts;
mod group_types;
mod groups;
mod isolation;
mod items;
mod lookups;
mod members;
mod memberships;
mod owners;
mod parents;
mod rebuild;
mod recycle_bin;
mod rename;
mod roles;
mod sharing;
mod support;
mod tenants;
mod tokens;
mod trail;
mod typed_groups;
mod untyped_groups;
mod user_groups;
mod users;

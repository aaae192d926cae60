//! The store through its public functions, on database files of its own.
#![expect(clippy::unwrap_used, reason = "a test's helpers fail by panicking")]

mod attempts;
mod audit;
mod credentials;
mod fixture;
mod groups;
mod images;
mod lists;
mod members;
mod names;
mod opening;
mod parts;
mod refusals;
mod refused_tokens;
mod roles;
mod tenants;
mod users;
mod writes;

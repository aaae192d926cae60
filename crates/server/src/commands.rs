//! The commands beside `serve`. They open the same database as a running server and may run beside it.

pub mod archive;
pub mod audit;
pub mod credential;
pub mod group;
pub mod migrate;
pub mod openapi;
#[cfg(feature = "introspection")]
pub mod routes;
pub mod tenant;

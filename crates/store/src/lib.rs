//! Where the directory is kept: tables, migrations, reads and units of work, and rows turned into the model and back.
//!
//! The only crate that names sea-orm. Its functions take a [`Db`], which is a place to read or the open transaction of
//! a unit of work, and answer in the model's words.

pub mod access_tokens;
pub mod audit;
pub mod credentials;
pub mod group_types;
pub mod groups;
pub mod items;
pub mod kept;
pub mod members;
pub mod refused_tokens;
pub mod roles;
pub mod settings;
pub mod tenants;
pub mod users;

mod cells;
mod chain;
mod db;
mod entities;
mod external_ids;
mod faults;
mod image;
mod list;
mod migrations;
mod options;
mod rows;
mod sqlite;
mod store;
mod values;
mod writer;

pub use db::Db;
pub use faults::{Violation, ViolationKind, violation};
pub use options::{OpenError, Options};
pub use store::Store;

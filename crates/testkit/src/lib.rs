//! Helpers for tests: a server on a fresh directory, clients that check every answer against the document, raw
//! requests, and the real program as a process.
//!
//! A helper that cannot do its work stops the test with the reason; nothing here is used outside of tests.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "this crate exists for tests only, and a test that cannot go on has to say why and stop"
)]

pub mod access;
pub mod app;
pub mod bearer;
pub mod document;
pub mod exchange;
pub mod formsonfire;
pub mod http;
pub mod kibo;
mod links;
pub mod mypreferences;
pub mod process;
pub mod program;
pub mod propeller;
pub mod taleolearn;
pub mod xml;

pub use app::App;
pub use http::{Reply, raw};
pub use process::Process;
pub use program::roster;

//! Power failures, vanishing clients and a busy database.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests, and their helpers stop them with the reason"
)]

mod cancelled;
mod hardly_http;
mod imported;
mod killed;
mod locked;

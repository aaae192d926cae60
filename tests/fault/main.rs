//! Power failures, vanishing clients and a busy database.

mod cancelled;
mod killed;
mod locked;

//! Kibo's dialect.

mod accounts;
mod audit;
mod bad_input;
mod claims;
mod concurrency;
mod etags;
mod examples;
mod filters;
mod groups;
mod members;
mod old_tickets;
mod order;
mod other_dialects;
mod paging;
mod passwords;
mod paths;
mod refusals;
mod roles;
mod samples;
mod secrets;
mod selections;
mod tenants;
mod tickets;
mod updates;
mod views;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 8] = [
    groups::CASES,
    members::CASES,
    accounts::CASES,
    views::CASES,
    roles::CASES,
    passwords::CASES,
    tickets::CASES,
    old_tickets::CASES,
];

//! Kibo's dialect.

mod accounts;
mod audit;
mod bad_input;
mod concurrency;
mod etags;
mod examples;
mod filters;
mod groups;
mod members;
mod order;
mod other_dialects;
mod paging;
mod paths;
mod refusals;
mod samples;
mod secrets;
mod selections;
mod tenants;
mod tickets;
mod updates;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 4] = [groups::CASES, members::CASES, accounts::CASES, tickets::CASES];

//! Taleo Learn's dialect.

mod audit;
mod bad_input;
mod changes;
mod dates;
mod examples;
mod groups;
mod isolation;
mod items;
mod members;
mod order;
mod other_dialects;
mod owners;
mod paging;
mod quirks;
mod refusals;
mod samples;
mod tokens;
mod users;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 5] = [
    groups::CASES,
    owners::CASES,
    members::CASES,
    items::CASES,
    users::CASES,
];

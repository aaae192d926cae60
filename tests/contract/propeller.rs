//! Propeller's dialect.

mod audit;
mod bad_input;
mod bulk;
mod error_pages;
mod examples;
mod isolation;
mod lookups;
mod order;
mod other_dialects;
mod paths;
mod recycle_bin;
mod refusals;
mod samples;
mod tokens;
mod usergroups;
mod users;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 4] = [usergroups::CASES, users::CASES, bulk::CASES, tokens::CASES];

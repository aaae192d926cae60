//! Forms On Fire's dialect.

mod examples;
mod groups;
mod order;
mod paths;
mod refusals;
mod samples;
mod two_doors;
mod user_updates;
mod users;
mod xml_bad;
mod xml_good;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 2] = [groups::CASES, users::CASES];

//! MyPreferences' dialect.

mod examples;
mod group_types;
mod groups;
mod order;
mod other_dialects;
mod patches;
mod paths;
mod profiles;
mod refusals;
mod samples;
mod signatures;
mod tokens;
mod type_patches;
mod updates;

use crate::Case;

/// The cases, one table per noun.
pub static TABLES: [&[Case]; 4] = [group_types::CASES, groups::CASES, profiles::CASES, tokens::CASES];

//! What the generated code of every dialect leans on: decoders, violations, negotiation, selection, replies.
//!
//! Nothing here knows a dialect. The generated code calls plain functions of this module, in the order
//! in which requests are refused: 401, 413, 415, 406, 400.

pub mod body;
pub mod example;
pub mod fold;
pub mod form;
pub mod format;
pub mod guid;
pub mod intake;
pub mod json;
pub mod negotiate;
pub mod openapi;
pub mod pairs;
pub mod params;
pub mod patch;
pub mod prune;
pub mod query;
pub mod refusal;
pub mod reply;
pub mod rule;
pub mod secret;
pub mod security;
pub mod selection;
pub mod shape;
pub mod takes;
pub mod text;
pub mod trial;
pub mod wire;
pub mod xml;

pub use format::{Format, Media, Negotiated, Protocol};
pub use guid::Guid;
pub use patch::Patch;
pub use query::Query;
pub use refusal::{Call, Failure, Operation, Place, Refusal, Violation};
pub use secret::Secret;
pub use selection::Selection;
pub use shape::{Member, Shape};

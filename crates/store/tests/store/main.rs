//! The store through its public functions, on database files of its own.

mod fixture;
mod groups;

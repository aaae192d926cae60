//! The project's only automation: `generate`, `check`, `changelog`, `test` and `bench`.

pub mod bench;
pub mod cargo;
pub mod catalogue;
pub mod changelog;
pub mod check;
pub mod clients;
pub mod compare;
pub mod document;
pub mod emit;
pub mod finding;
pub mod generate;
pub mod git;
pub mod ir;
pub mod lint;
pub mod manifest;
pub mod mutations;
pub mod report;
pub mod server;
pub mod source;
pub mod test;
pub mod threads;
pub mod workspace;

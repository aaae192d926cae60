//! The `roster` server: command line, routes, access, and the dialects over the directory.

mod app;
pub mod cli;
mod commands;
mod dialects;
mod docs;
mod documents;
pub mod embedded;
mod error_pages;
mod etag;
mod files;
mod health;
mod intake;
mod logs;
mod origin;
mod plain;
mod repeatable;
mod requests;
mod reset;
mod serve;
mod sliding;
mod state;
mod status;
mod storage;
mod terminal;
mod tokens;
mod welcome;

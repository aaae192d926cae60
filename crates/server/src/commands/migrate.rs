//! `roster migrate`: brings the database to this version's schema, as `serve` does when it starts.

use crate::cli::{Failure, Storage};
use crate::{storage, terminal};
use clap::Args;

#[derive(Args, Debug)]
pub struct Options {
    #[command(flatten)]
    pub storage: Storage,
}

pub async fn run(options: Options) -> Result<(), Failure> {
    storage::open(&options.storage)?.close().await?;
    terminal::line("the database is up to date");
    Ok(())
}

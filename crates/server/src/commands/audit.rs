//! `roster audit`: verifies the audit trail.

use crate::cli::{Failure, Storage};
use crate::{storage, terminal};
use clap::Subcommand;
use directory::audit;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Recompute the chain of digests and report the first place where it does not hold
    Verify {
        /// Name of the tenant [default: all]
        #[arg(long)]
        tenant: Option<String>,
        #[command(flatten)]
        storage: Storage,
    },
}

pub async fn run(command: Command) -> Result<(), Failure> {
    let Command::Verify { tenant, storage } = command;
    let directory = storage::open(&storage)?;
    let report = audit::verify(&directory, tenant.as_deref()).await?;
    directory.close().await?;
    let mut broken = 0;
    for (tenant, verdict) in report {
        broken += u32::from(!verdict.holds());
        terminal::line(&format!("{tenant}\t{verdict}"));
    }
    if broken > 0 {
        return Err(Failure(format!(
            "the audit trail of {broken} tenant(s) does not hold"
        )));
    }
    Ok(())
}

//! The audit trail: its events, and whether its chain of digests still holds.

use crate::{Directory, tenants};
use model::Result;
use model::audit::Event;

pub use model::audit::Verdict;

/// Recomputes the chain of one tenant, or of all, by tenant number. Answers the tenants' names with the verdicts.
pub async fn verify(directory: &Directory, tenant: Option<&str>) -> Result<Vec<(String, Verdict)>> {
    let tenants = match tenant {
        Some(name) => vec![tenants::find(directory, name).await?],
        None => tenants::list(directory).await?,
    };
    let mut report = Vec::with_capacity(tenants.len());
    for tenant in tenants {
        // One snapshot per tenant: writes may go on meanwhile.
        let verdict = directory
            .store
            .read(async |db| store::audit::verify(db, tenant.number).await)
            .await?;
        report.push((tenant.name, verdict));
    }
    Ok(report)
}

/// The tenant's events from position `from` (the first is 1), rising, at most `limit`.
pub async fn events(directory: &Directory, tenant: &str, from: i64, limit: u64) -> Result<Vec<Event>> {
    directory
        .store
        .read(async |db| {
            let tenant = tenants::existing(db, tenant).await?;
            store::audit::events(db, tenant.number, from, limit).await
        })
        .await
}

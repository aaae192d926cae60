//! `roster group`: looks into the recycle bin, restores from it and empties it.

use crate::cli::{Failure, Storage};
use crate::{storage, terminal};
use clap::{Args, Subcommand};
use directory::{Directory, groups, tenants};
use model::Error;
use model::groups::Group;
use model::ids::GroupNumber;
use model::query::Window;

/// How many groups are read at once.
const AT_ONCE: u64 = 500;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the groups in the recycle bin, the last deleted first: number, when, by whom, code, name
    ListDeleted {
        #[command(flatten)]
        place: Place,
    },
    /// Take groups out of the recycle bin, as they were
    Restore {
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Delete groups in the recycle bin for good; their codes and external identifiers become free
    Purge {
        #[command(flatten)]
        chosen: Chosen,
    },
}

/// Whose recycle bin.
#[derive(Args, Debug)]
pub struct Place {
    /// Name of the tenant
    #[arg(long, default_value = tenants::DEFAULT)]
    tenant: String,
    #[command(flatten)]
    storage: Storage,
}

/// Which groups of it.
#[derive(Args, Debug)]
pub struct Chosen {
    /// Numbers of the groups, as `list-deleted` shows them
    #[arg(required = true, value_name = "NUMBER", value_parser = number)]
    numbers: Vec<GroupNumber>,
    #[command(flatten)]
    place: Place,
}

pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::ListDeleted { place } => list(place).await,
        Command::Restore { chosen } => {
            each(chosen, "restored", async |directory, tenant, number| {
                groups::restore(directory, tenant, number).await
            })
            .await
        }
        Command::Purge { chosen } => {
            each(chosen, "purged", async |directory, tenant, number| {
                groups::purge(directory, tenant, number).await
            })
            .await
        }
    }
}

async fn list(place: Place) -> Result<(), Failure> {
    let directory = storage::open(&place.storage)?;
    let mut window = Window {
        start: 0,
        limit: AT_ONCE,
        counted: false,
    };
    loop {
        let found = groups::list_deleted(&directory, &place.tenant, window).await?;
        for group in &found.items {
            terminal::line(&line(group));
        }
        if !found.has_more {
            break;
        }
        window.start += AT_ONCE;
    }
    directory.close().await?;
    Ok(())
}

fn line(group: &Group) -> String {
    let deleted = group.deleted_at.unwrap_or(group.updated_at);
    let (by, code) = (&group.updated_by.client_id, &group.code);
    let name = terminal::plain(group.fields.name.as_str());
    let at = deleted.format("%Y-%m-%dT%H:%M:%SZ");
    format!("{}\t{at}\t{by}\t{code}\t{name}", group.number)
}

/// Carries out one group after the other; the first failure ends it, and what was done before stays done.
async fn each<F>(chosen: Chosen, done: &str, work: F) -> Result<(), Failure>
where
    F: AsyncFn(&Directory, &str, GroupNumber) -> model::Result<Group>,
{
    let Chosen { numbers, place } = chosen;
    let directory = storage::open(&place.storage)?;
    for number in numbers {
        let group = work(&directory, &place.tenant, number)
            .await
            .map_err(|error| refused(error, &place.tenant, number))?;
        let name = terminal::plain(group.fields.name.as_str());
        terminal::line(&format!("group {number} `{name}` was {done}"));
    }
    directory.close().await?;
    Ok(())
}

/// What to do about it, where there is something to do.
fn refused(error: Error, tenant: &str, number: GroupNumber) -> Failure {
    match error {
        Error::NotFound {
            kind: model::error::Kind::Group,
            ..
        } => Failure(format!(
            "the recycle bin of tenant `{tenant}` has no group {number}; `roster group list-deleted --tenant {tenant}` \
             shows what it has"
        )),
        Error::Exists { .. } => Failure(format!(
            "group {number} cannot be restored: another group of its type has its name now; rename that one first"
        )),
        other => other.into(),
    }
}

fn number(text: &str) -> Result<GroupNumber, String> {
    text.parse()
        .ok()
        .and_then(GroupNumber::new)
        .ok_or_else(|| "expected the number of a group, a whole number from 1 on".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{GroupNumber, number};

    #[test]
    fn numbers_are_whole_and_positive() {
        assert_eq!(number("12").map(GroupNumber::get), Ok(12));
        for wrong in ["0", "-1", "1.5", "staff", "", "99999999999999999999"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }
}

//! `roster tenant`: makes and lists tenants.

use crate::cli::{Failure, Storage};
use crate::{storage, terminal};
use clap::Subcommand;
use directory::tenants;
use model::Dialect;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a tenant
    Create {
        /// Its name, unique in the server
        name: String,
        /// Its account identifier in a dialect, as DIALECT=VALUE; may be repeated
        #[arg(long = "alias", value_name = "DIALECT=VALUE", value_parser = alias)]
        aliases: Vec<(Dialect, String)>,
        #[command(flatten)]
        storage: Storage,
    },
    /// List the tenants: number, name, aliases
    List {
        #[command(flatten)]
        storage: Storage,
    },
}

pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Create {
            name,
            aliases,
            storage,
        } => {
            let directory = storage::open(&storage)?;
            let tenant = tenants::create(&directory, &name, aliases).await?;
            directory.close().await?;
            terminal::line(&format!("tenant {} `{}` was made", tenant.number, tenant.name));
        }
        Command::List { storage } => {
            let directory = storage::open(&storage)?;
            for tenant in tenants::list(&directory).await? {
                let aliases: Vec<String> = tenant
                    .aliases
                    .iter()
                    .map(|(dialect, value)| format!("{}={value}", dialect.as_str()))
                    .collect();
                terminal::line(&format!(
                    "{}\t{}\t{}",
                    tenant.number,
                    tenant.name,
                    aliases.join(",")
                ));
            }
            directory.close().await?;
        }
    }
    Ok(())
}

fn alias(text: &str) -> Result<(Dialect, String), String> {
    let (dialect, value) = text.split_once('=').ok_or("expected DIALECT=VALUE")?;
    let dialect = Dialect::parse(dialect)
        .filter(|dialect| *dialect != Dialect::Roster)
        .ok_or_else(|| {
            let names: Vec<&str> = Dialect::ALL
                .into_iter()
                .filter(|d| *d != Dialect::Roster)
                .map(Dialect::as_str)
                .collect();
            format!("`{dialect}` is no dialect; there are {}", names.join(", "))
        })?;
    Ok((dialect, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases() {
        assert_eq!(alias("kibo=12"), Ok((Dialect::Kibo, "12".to_owned())));
        assert!(alias("kibo").is_err());
        assert!(alias("roster=1").is_err());
        assert!(alias("other=1").unwrap_err().contains("kibo"));
    }
}

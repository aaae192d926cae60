//! `roster credential`: makes, lists and revokes credentials.

use crate::cli::{Failure, Storage};
use crate::{storage, terminal};
use clap::{Subcommand, ValueEnum};
use directory::credentials;
use model::Access;
use model::ids::UserId;
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a credential and print its secret, once
    Create {
        /// Name of the tenant
        #[arg(long, default_value = "default")]
        tenant: String,
        /// What it allows
        #[arg(long, value_enum, default_value_t = Level::Reader)]
        access: Level,
        /// Client id, unique in the server [default: a new UUID]
        #[arg(long)]
        client_id: Option<String>,
        /// UUID of the user that it acts for
        #[arg(long)]
        user: Option<uuid::Uuid>,
        /// Read the secret from this file instead of drawing one: 24 to 255 characters
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
        #[command(flatten)]
        storage: Storage,
    },
    /// List the credentials: client id, tenant number, access, valid secrets, state
    List {
        /// Name of the tenant [default: all]
        #[arg(long)]
        tenant: Option<String>,
        #[command(flatten)]
        storage: Storage,
    },
    /// Revoke a credential: it and its tokens are refused from now on
    Revoke {
        client_id: String,
        #[command(flatten)]
        storage: Storage,
    },
}

/// An access level, as the command line spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Read the tenant's directory
    Reader,
    /// Also write groups, users and memberships
    Editor,
    /// Also change groups that only their owners may edit
    Admin,
}

impl From<Level> for Access {
    fn from(level: Level) -> Self {
        match level {
            Level::Reader => Self::Reader,
            Level::Editor => Self::Editor,
            Level::Admin => Self::Admin,
        }
    }
}

pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Create {
            tenant,
            access,
            client_id,
            user,
            secret_file,
            storage,
        } => {
            let secret = secret_file.as_deref().map(read_secret).transpose()?;
            let given = secret.is_some();
            let directory = storage::open(&storage)?;
            let (credential, secret) = credentials::create(
                &directory,
                &tenant,
                client_id,
                access.into(),
                user.map(UserId),
                secret,
            )
            .await?;
            directory.close().await?;
            terminal::line(&format!("client id: {}", credential.client_id));
            if !given {
                terminal::line(&format!("secret:    {}", secret.reveal()));
            }
        }
        Command::List { tenant, storage } => {
            let directory = storage::open(&storage)?;
            for credential in credentials::list(&directory, tenant.as_deref()).await? {
                let state = if credential.revoked_at.is_some() {
                    "revoked"
                } else {
                    "valid"
                };
                terminal::line(&format!(
                    "{}\t{}\t{}\t{}\t{state}",
                    credential.client_id,
                    credential.tenant,
                    credential.access.as_str(),
                    credential.secrets
                ));
            }
            directory.close().await?;
        }
        Command::Revoke { client_id, storage } => {
            let directory = storage::open(&storage)?;
            credentials::revoke(&directory, &client_id).await?;
            directory.close().await?;
            terminal::line(&format!("credential `{client_id}` is revoked"));
        }
    }
    Ok(())
}

/// A secret from a file, without the line break at its end.
pub fn read_secret(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure(format!(
            "the secret cannot be read from {}: {error}",
            path.display()
        ))
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

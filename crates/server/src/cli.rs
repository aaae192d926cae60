//! The command line: what every command takes, and where it goes.

use crate::commands::{archive, audit, credential, group, migrate, openapi, tenant};
use crate::{logs, serve, terminal};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A self-hosted directory of user groups that speaks the dialects of five commercial group APIs.
#[derive(Debug, Parser)]
#[command(name = "roster", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: serve::Options,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the server (what bare `roster` does)
    Serve(Box<serve::Options>),
    /// Make and list tenants
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Make, list and revoke credentials
    #[command(subcommand)]
    Credential(credential::Command),
    /// Look into the recycle bin of groups, restore from it, empty it
    #[command(subcommand)]
    Group(group::Command),
    /// Print a dialect's OpenAPI document
    Openapi(openapi::Options),
    /// Bring the database to this version's schema
    Migrate(migrate::Options),
    /// Make what a file says: a seed written by hand, or an export into an empty database
    Import(archive::Import),
    /// Write everything but secrets to a file that `import` takes back
    Export(archive::Export),
    /// Verify the audit trail
    #[command(subcommand)]
    Audit(audit::Command),
    /// List the live route table
    #[cfg(feature = "introspection")]
    #[command(hide = true)]
    Routes,
}

/// Where the directory is kept.
#[derive(Args, Clone, Debug)]
pub struct Storage {
    /// Database URL; a missing file is made
    #[arg(long, env = "ROSTER_DATABASE", default_value = "sqlite://roster.db")]
    pub database: String,
    /// File of the server's key; made when missing [default: beside the database, `.key` appended]
    #[arg(long, env = "ROSTER_KEY_FILE")]
    pub key_file: Option<PathBuf>,
}

/// How log lines look. They go to the standard error output.
#[derive(Args, Clone, Debug)]
pub struct Logs {
    /// Form of the log lines
    #[arg(long, env = "ROSTER_LOG_FORMAT", value_enum, default_value_t = logs::Format::Human)]
    pub log_format: logs::Format,
    /// Log filter: a level, or `target=level` joined by commas
    #[arg(long, env = "ROSTER_LOG", default_value = "info")]
    pub log: String,
}

/// Why a command failed: one line for its user.
#[derive(Debug)]
pub struct Failure(pub String);

impl From<model::Error> for Failure {
    fn from(error: model::Error) -> Self {
        Self(terminal::describe(&error))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command. 0: done; 1: failed, with one line on the standard error output.
pub fn run(cli: Cli) -> ExitCode {
    let done = match cli.command.unwrap_or(Command::Serve(Box::new(cli.serve))) {
        Command::Serve(options) => serve::run(&options),
        Command::Tenant(command) => block_on(tenant::run(command)),
        Command::Credential(command) => block_on(credential::run(command)),
        Command::Group(command) => block_on(group::run(command)),
        Command::Openapi(options) => openapi::run(&options),
        Command::Migrate(options) => block_on(migrate::run(options)),
        Command::Import(options) => block_on(archive::import(options)),
        Command::Export(options) => block_on(archive::export(options)),
        Command::Audit(command) => block_on(audit::run(command)),
        #[cfg(feature = "introspection")]
        Command::Routes => crate::commands::routes::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(text)) => {
            terminal::error(&format!("error: {text}"));
            ExitCode::FAILURE
        }
    }
}

fn block_on(command: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn bare_roster_serves() {
        let cli = Cli::try_parse_from(["roster", "--listen", "127.0.0.1:0"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.serve.listen.to_string(), "127.0.0.1:0");
    }
}

//! Log lines: `tracing` only, to the standard error output.

use crate::cli::{Failure, Logs};
use clap::ValueEnum;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What a client sends that is no HTTP, or breaks off, is no fault of the server: its HTTP library tells of it as one.
/// A filter that names the library hears it again.
const QUIET: &str = "actix_http=off";

/// The form of the log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object a line, for machines
    Json,
}

/// Starts logging for the whole process.
pub fn start(options: &Logs) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", options.log))
        .map_err(|error| Failure(format!("`--log` is not a log filter: {error}")))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // It would tell of a closed standard error output on that very output, and panic.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal());
    match options.log_format {
        Format::Human => lines.with_target(false).try_init(),
        Format::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    }
    .map_err(|error| Failure(format!("logging could not be started: {error}")))
}

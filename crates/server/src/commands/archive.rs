//! `roster import` and `roster export`: a directory from a file and to a file.

use crate::cli::{Failure, Storage};
use crate::{files, storage, terminal};
use clap::Args;
use directory::Directory;
use directory::archive::{self, Summary};
use model::Error;
use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};

/// Stands for the standard input or output.
const STANDARD: &str = "-";

#[derive(Args, Debug)]
pub struct Import {
    /// A seed or an export as JSON; `-` reads the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub storage: Storage,
}

pub async fn import(options: Import) -> Result<(), Failure> {
    let directory = storage::open(&options.storage)?;
    let made = load(&directory, &options.file).await;
    let closed = directory.close().await;
    terminal::line(&format!("imported {}", told(made?)));
    Ok(closed?)
}

/// Makes what a file says, all of it or nothing.
pub async fn load(directory: &Directory, file: &Path) -> Result<Summary, Failure> {
    let source: Box<dyn Read + Send> = if file == Path::new(STANDARD) {
        Box::new(io::stdin())
    } else if file.is_dir() {
        return Err(Failure(format!("cannot read {}: it is a folder", file.display())));
    } else {
        let opened = File::open(file);
        Box::new(opened.map_err(|error| Failure(format!("cannot read {}: {error}", file.display())))?)
    };
    archive::import(directory, source)
        .await
        .map_err(|error| refused(file, error))
}

/// `FILE:LINE:COLUMN: …`, a line for each thing that is wrong.
fn refused(file: &Path, error: Error) -> Failure {
    let Error::Invalid(all) = error else {
        return error.into();
    };
    let named = if file == Path::new(STANDARD) {
        Path::new("standard input")
    } else {
        file
    };
    let line = |one: &model::Violation| format!("{}:{}: {}", named.display(), one.field, one.message);
    let lines: Vec<String> = all.iter().map(line).collect();
    Failure(format!("{}\nnothing was imported", lines.join("\n")))
}

fn told(summary: Summary) -> String {
    let Summary {
        tenants,
        users,
        groups,
        memberships,
        credentials,
        events,
    } = summary;
    format!(
        "{tenants} tenants, {users} users, {groups} groups, {memberships} memberships, {credentials} credentials, {events} events"
    )
}

#[derive(Args, Debug)]
pub struct Export {
    /// Written whole or not at all, readable by its owner only; `-` writes to the standard output
    #[arg(value_name = "FILE", default_value = STANDARD)]
    pub file: PathBuf,
    #[command(flatten)]
    pub storage: Storage,
}

pub async fn export(options: Export) -> Result<(), Failure> {
    let directory = storage::open(&options.storage)?;
    let written = save(&directory, &options).await;
    let closed = directory.close().await;
    terminal::error(&format!("exported {}", told(written?)));
    Ok(closed?)
}

async fn save(directory: &Directory, options: &Export) -> Result<Summary, Failure> {
    let file = options.file.as_path();
    if file == Path::new(STANDARD) {
        return Ok(archive::export(directory, BufWriter::new(io::stdout())).await?);
    }
    let failed = |error: &io::Error| Failure(format!("cannot write {}: {error}", file.display()));
    let file = &files::target(file).map_err(|error| failed(&error))?;
    if storage::is_part(&options.storage, file)? {
        let reason = "it belongs to the directory that is exported";
        return Err(Failure(format!("cannot write {}: {reason}", file.display())));
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Made with the rights of its owner alone, gone unless it is complete.
    let draft = tempfile::Builder::new()
        .prefix(".roster-export-")
        .tempfile_in(folder);
    let draft = draft.map_err(|error| failed(&error))?;
    let summary = archive::export(directory, BufWriter::new(draft.as_file())).await?;
    draft.as_file().sync_all().map_err(|error| failed(&error))?;
    draft.persist(file).map_err(|error| failed(&error.error))?;
    // The name is to survive a loss of power as well.
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| failed(&error))?;
    Ok(summary)
}

//! A directory as a file: one JSON document, read and written in pieces, all or nothing.
//!
//! There are two forms. A *seed* is written by hand: most members may be left out, objects refer to each other by name, and
//! importing it makes the objects as any other write would, with their audit events. An *export* is written by
//! [`export`]: it has every number, identifier, instant and actor and the whole audit history, and importing it gives the same directory
//! back. `docs/archive.md` describes both.

mod export;
mod place;
mod records;
mod restore;
mod scan;
mod seed;
mod strict;
mod unique;

pub use export::export;

use crate::Directory;
use crate::unit::Origin;
use model::{Error, Result};
use place::Place;
use scan::Scanner;
use std::io::Read;
use std::sync::{Mutex, PoisonError};
use store::Db;

/// The version of the format that this program reads and writes.
const VERSION: u64 = 1;

/// How many objects an import made or an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub tenants: u64,
    pub users: u64,
    pub groups: u64,
    pub memberships: u64,
    pub credentials: u64,
    pub events: u64,
}

/// Reads a file and makes what it says, in one write: all of it or nothing.
///
/// What is wrong in the file is `Error::Invalid`; the field of a violation is the place, as `LINE:COLUMN`.
pub async fn import(directory: &Directory, source: impl Read + Send + 'static) -> Result<Summary> {
    let origin = Origin::roster(directory, "import")?;
    let shared = directory.clone();
    // A unit of work can be run again, a source is read once.
    let source = Mutex::new(Some(source));
    directory
        .store
        .write(async move |tx: &Db| {
            let source = source.lock().unwrap_or_else(PoisonError::into_inner).take();
            let source = source.ok_or_else(|| Error::internal("the file was read already"))?;
            let mut scanner = Scanner::new(source);
            let import = Import {
                directory: &shared,
                tx,
                origin: &origin,
            };
            let summary = import.run(&mut scanner).await?;
            scanner.end()?;
            Ok(summary)
        })
        .await
}

/// What an import works with.
struct Import<'a> {
    directory: &'a Directory,
    tx: &'a Db,
    origin: &'a Origin,
}

impl Import<'_> {
    async fn run<R: Read>(&self, scanner: &mut Scanner<R>) -> Result<Summary> {
        scanner.mark()?;
        scanner.object()?;
        let form: String = required(scanner, "roster")?.1;
        let (place, version): (Place, u64) = required(scanner, "version")?;
        if version != VERSION {
            let message = format!("this program reads version {VERSION}, and this is version {version}");
            return Err(place.wrong("version", message));
        }
        match form.as_str() {
            "seed" => seed::read(self, scanner).await,
            "export" => restore::read(self, scanner).await,
            _ => Err(Place::START.wrong("enum", "`roster` must be `seed` or `export`")),
        }
    }
}

/// The value of the next member, which must have this name, and the member's place.
fn required<T: serde::de::DeserializeOwned>(
    scanner: &mut Scanner<impl Read>,
    name: &str,
) -> Result<(Place, T)> {
    let end = scanner.place()?;
    match scanner.member()? {
        Some((found, place)) if found == name => Ok((place, scanner.value()?.read()?)),
        Some((_, place)) => Err(place.wrong("required", format!("expected the member `{name}` here"))),
        None => Err(end.wrong("required", format!("the member `{name}` is missing"))),
    }
}

/// Members that come in a fixed order, each at most once.
struct Order<'a> {
    names: &'a [&'a str],
    next: usize,
}

impl<'a> Order<'a> {
    fn new(names: &'a [&'a str]) -> Self {
        Self { names, next: 0 }
    }

    /// The next member that is there; None leaves the object.
    fn member(&mut self, scanner: &mut Scanner<impl Read>) -> Result<Option<(&'a str, Place)>> {
        let Some((name, place)) = scanner.member()? else {
            return Ok(None);
        };
        let known = self.names.iter().position(|known| *known == name);
        let Some(at) = known else {
            let names = self.names.join("`, `");
            return Err(place.wrong(
                "additionalProperties",
                format!("`{name}` is not known; expected are `{names}`"),
            ));
        };
        if at < self.next {
            let names = self.names.join("`, `");
            let message = format!("`{name}` is there twice or out of place; the order is `{names}`");
            return Err(place.wrong("order", message));
        }
        self.next = at + 1;
        Ok(Some((self.names[at], place)))
    }
}

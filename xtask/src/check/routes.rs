//! Step `routes`: the documents, the route table of the server and what the running server answers agree.

use std::path::PathBuf;

use crate::check::Context;
use crate::finding::Finding;
use crate::server::{Server, ask_program};
use crate::source::place_of;
use crate::workspace::{Outcome, TextFile};

pub mod documented;
mod probe;
mod table;

/// A route that is no operation of a document.
pub struct Named {
    /// Path as registered; names in templates do not matter.
    pub path: String,
    /// The path as the list below has it.
    pub listed: &'static str,
    /// Verbs in capitals; `*` is any.
    pub verbs: &'static [&'static str],
    /// Why it exists beside the documents.
    pub reason: &'static str,
}

impl Named {
    /// A finding at its line in the list.
    fn finding(&self, rule: &'static str, text: String, mend: &str) -> Finding {
        let (line, column) = place_of(include_str!("routes.rs"), &format!("(\"{}\"", self.listed));
        let file = PathBuf::from("xtask/src/check/routes.rs");
        Finding {
            rule,
            file,
            line,
            column,
            text,
            mend: Some(mend.to_owned()),
        }
    }
}

/// All routes beside the documents, with their verbs and the reason. `<dialect>` stands for every document. A
/// name that the server does not use is a finding, so the list stays true.
const NAMED: &[(&str, &[&str], &str)] = &[
    ("/", &["GET", "HEAD"], "leads a person to the documents"),
    ("/docs/errors/{code}", &["GET", "HEAD"], "explains an error code"),
    ("/healthz", &["GET", "HEAD"], "says that the process lives"),
    ("/readyz", &["GET", "HEAD"], "says that the database answers"),
    (
        "/_test/reset",
        &["POST"],
        "takes an ephemeral server back to its start",
    ),
    ("/docs", &["GET", "HEAD"], "leads to /docs/"),
    ("/docs/{file}", &["GET", "HEAD"], "Swagger UI"),
    (
        "/openapi/<dialect>.yaml",
        &["GET", "HEAD"],
        "the document as it is written",
    ),
    (
        "/openapi/<dialect>.json",
        &["GET", "HEAD"],
        "the document for tools",
    ),
];

fn named(dialects: &[&str]) -> Vec<Named> {
    let mut all = Vec::new();
    for &(listed, verbs, reason) in NAMED {
        // A path without a dialect is named once.
        let each = if listed.contains("<dialect>") {
            dialects
        } else {
            &[""]
        };
        all.extend(each.iter().map(|dialect| Named {
            path: listed.replace("<dialect>", dialect),
            listed,
            verbs,
            reason,
        }));
    }
    all
}

/// Starts the server, probes it, and compares its route table.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let program = match context.server()? {
        Ok(program) => program,
        Err(complaints) => return Ok(complaints),
    };
    let paths = documented::paths(documents);
    let server = Server::start(&program)?;
    let dialects: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    let named = named(&dialects);
    findings.extend(probe::probe(&server.address, &paths)?);
    findings.extend(probe::probe_named(&server.address, &named)?);
    drop(server);

    let routes = table::read(&ask_program(&program, &["routes"])?)?;
    let is_ours = |file: &&TextFile| file.is_rust() && file.path.starts_with("crates/server/src");
    let sources: Vec<&TextFile> = context.texts()?.iter().filter(is_ours).collect();
    findings.extend(table::compare(&routes, &paths, &named, &sources));
    Ok(findings)
}

//! Step `derived`: the document that the server derives from its own types equals the document in `openapi/`.

use std::path::Path;

use serde_json::Value;

use crate::check::Context;
use crate::document::Document;
use crate::finding::Finding;
use crate::server::ask_program;
use crate::threads::each;
use crate::workspace::{Fault, Outcome};

mod compare;
mod node;
mod normalise;

pub use normalise::VERBS;

const RULE: &str = "derived";
const MEND: &str = "cargo xtask generate";

/// Asks the built server for the derived document of every dialect and compares.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let program = match context.server()? {
        Ok(program) => program,
        Err(complaints) => return Ok(complaints),
    };
    for outcome in each(documents, |document| check(&program, document))? {
        findings.extend(outcome?);
    }
    Ok(findings)
}

fn check(program: &Path, document: &Document) -> Outcome {
    let text = ask_program(program, &["openapi", &document.name, "--derived"])?;
    let derived: Value = serde_json::from_str(&text).map_err(|e| {
        Fault(format!(
            "`roster openapi {} --derived` printed no JSON: {e}",
            document.name
        ))
    })?;
    Ok(findings(document, &derived))
}

/// The differences as findings at their lines in the document.
pub fn findings(document: &Document, derived: &Value) -> Vec<Finding> {
    let source = normalise::normalise(&document.value);
    let derived = normalise::normalise(derived);
    let mut findings = Vec::new();
    for (pointer, reference) in &derived.dangling {
        let text = format!("#{pointer}: the derived document refers to {reference}, which it lacks");
        findings.push(finding(document, pointer, text));
    }
    for difference in compare::differences(&source.root, &derived.root) {
        let text = format!("#{}: {}", difference.path, difference.text);
        findings.push(finding(document, &difference.source, text));
    }
    findings
}

fn finding(document: &Document, pointer: &str, text: String) -> Finding {
    let (line, column) = document.position(pointer);
    Finding {
        rule: RULE,
        file: document.path.clone(),
        line,
        column,
        text,
        mend: Some(MEND.to_owned()),
    }
}

#[cfg(test)]
mod tests;

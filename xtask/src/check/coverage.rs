//! Step `coverage`: every documented answer of every operation has a test case.
//!
//! A case is a struct literal `Case { operation: "createGroup", status: 409, .. }` below `tests/contract`. It
//! belongs to the document that its folder or file is named after, or to all if there is no such name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::check::Context;
use crate::check::derived::VERBS;
use crate::check::routes::documented::is_secured;
use crate::document::Document;
use crate::finding::Finding;
use crate::threads::each;
use crate::workspace::{Outcome, TextFile};

mod cases;

use cases::Case;

/// Where the cases are.
const FOLDER: &str = "tests/contract";

/// The accepted gaps, one `operation status` on a line. None is accepted any more.
const GAPS: &str = "tests/contract/gaps.txt";

/// An answer that needs a case.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Needed {
    operation: String,
    /// A status, a class such as `4XX`, or `default`.
    status: String,
    /// The other answers of the operation; `default` stands for none of them.
    others: Vec<String>,
    why: &'static str,
    file: PathBuf,
    place: (usize, usize),
}

/// Compares the documents with the cases in the sources of the contract tests.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let mut found = Vec::new();
    let has_cases =
        |file: &&TextFile| file.is_rust() && file.path.starts_with(FOLDER) && file.text.contains(cases::NAME);
    let files: Vec<&TextFile> = context.texts()?.iter().filter(has_cases).collect();
    for read in each(&files, |file| cases::read(file))? {
        match read {
            Ok((cases, unreadable)) => {
                found.extend(cases);
                findings.extend(unreadable);
            }
            Err(finding) => findings.push(finding),
        }
    }
    let gaps = context.workspace.read(GAPS)?;
    findings.extend(compare(documents, &found, gaps.as_deref()));
    Ok(findings)
}

/// Answers without a case, cases without an answer, and everything in the list of gaps.
fn compare(documents: &[Document], cases: &[Case], gaps: Option<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut missing = BTreeSet::new();
    let needs: Vec<Vec<Needed>> = documents.iter().map(needed).collect();
    let mut homes = BTreeMap::new();
    for case in cases {
        let home = || (0..documents.len()).filter(|at| belongs(&case.file, &documents[*at], documents));
        homes
            .entry(case.file.as_path())
            .or_insert_with(|| home().collect::<Vec<usize>>());
    }
    let is_at = |case: &Case, at: usize| homes[case.file.as_path()].contains(&at);
    for (at, needs) in needs.iter().enumerate() {
        let own: Vec<&Case> = cases.iter().filter(|case| is_at(case, at)).collect();
        for needed in needs {
            if !own.iter().any(|case| answers(case, needed)) {
                missing.insert((needed.operation.clone(), needed.status.clone()));
                findings.push(uncovered(needed));
            }
        }
    }
    let known = |case: &Case| homes[case.file.as_path()].iter().flat_map(|at| &needs[*at]);
    findings.extend(
        cases
            .iter()
            .filter_map(|case| unknown(case, &known(case).collect::<Vec<_>>())),
    );
    findings.extend(check_gaps(gaps, &missing));
    findings
}

fn uncovered(needed: &Needed) -> Finding {
    let Needed {
        operation,
        status,
        why,
        file,
        place: (line, column),
        ..
    } = needed;
    let literal = if status.parse::<u16>().is_ok() {
        status
    } else {
        "…"
    };
    Finding {
        rule: "coverage",
        file: file.clone(),
        line: *line,
        column: *column,
        text: format!("`{operation}` has no test case for {status} ({why})"),
        mend: Some(format!(
            "add `Case {{ operation: \"{operation}\", status: {literal}, .. }}` below {FOLDER}, then \
             cargo xtask test contract"
        )),
    }
}

/// What a document demands of the tests.
fn needed(document: &Document) -> Vec<Needed> {
    let mut all = Vec::new();
    for (path, item) in document.value["paths"].as_object().into_iter().flatten() {
        for verb in VERBS.iter().filter(|verb| item.get(**verb).is_some()) {
            let pointer = format!("/paths/{}/{verb}", path.replace('~', "~0").replace('/', "~1"));
            all.extend(of_operation(document, &item[*verb], &pointer));
        }
    }
    all
}

fn of_operation(document: &Document, operation: &Value, pointer: &str) -> Vec<Needed> {
    let id = operation["operationId"].as_str().unwrap_or(pointer);
    let responses = operation["responses"].as_object();
    let documented: Vec<&String> = responses
        .into_iter()
        .flat_map(|all| all.keys())
        .filter(|status| !status.starts_with("x-"))
        .collect();
    let need = |status: &str, why: &'static str, place: (usize, usize)| Needed {
        operation: id.to_owned(),
        status: status.to_owned(),
        others: documented
            .iter()
            .filter(|other| **other != status)
            .map(ToString::to_string)
            .collect(),
        why,
        file: document.path.clone(),
        place,
    };
    let here = document.position(pointer);
    let place = |status: &str| document.position(&format!("{pointer}/responses/{status}"));
    let mut all: Vec<Needed> = documented
        .iter()
        .map(|status| need(status, "documented", place(status)))
        .collect();
    if is_secured(&document.value, operation) && !all.iter().any(|needed| needed.status == "401") {
        all.push(need("401", "the operation is secured", here));
    }
    if !all.iter().any(|needed| needed.status.starts_with('2')) {
        all.push(need("2XX", "every operation succeeds somehow", here));
    }
    all
}

fn answers(case: &Case, needed: &Needed) -> bool {
    case.operation == needed.operation
        && match needed.status.as_str() {
            "default" => !needed.others.iter().any(|other| covers(other, case.status)),
            documented => covers(documented, case.status),
        }
}

/// Whether a documented status, or a class such as `4XX`, stands for a status.
fn covers(documented: &str, status: u16) -> bool {
    match documented.to_ascii_uppercase().strip_suffix("XX") {
        Some(class) => class == (status / 100).to_string(),
        None => documented == status.to_string(),
    }
}

/// A case below a folder or in a file with the name of a document speaks of that document only.
fn belongs(file: &Path, document: &Document, documents: &[Document]) -> bool {
    let named = |name: &str| {
        let below = file.strip_prefix(FOLDER).unwrap_or(file);
        below
            .iter()
            .any(|part| Path::new(part).file_stem().is_some_and(|stem| stem == name))
    };
    named(&document.name) || !documents.iter().any(|other| named(&other.name))
}

/// A case for an operation or an answer that is none of those known to its documents.
fn unknown(case: &Case, known: &[&Needed]) -> Option<Finding> {
    if known.iter().any(|needed| answers(case, needed)) {
        return None;
    }
    let text = if known.iter().any(|needed| needed.operation == case.operation) {
        format!("`{}` does not document {}", case.operation, case.status)
    } else {
        format!("no document has an operation `{}`", case.operation)
    };
    Some(Finding {
        rule: "coverage-unknown",
        file: case.file.clone(),
        line: case.line,
        column: case.column,
        text,
        mend: Some("correct the case, or describe the answer in openapi/".to_owned()),
    })
}

fn check_gaps(gaps: Option<&str>, missing: &BTreeSet<(String, String)>) -> Vec<Finding> {
    let finding = |line: usize, text: String| Finding {
        rule: "coverage-gaps",
        file: PathBuf::from(GAPS),
        line,
        column: 1,
        text,
        mend: Some(format!(
            "the list stays empty: write the test and take the line out of {GAPS}"
        )),
    };
    let Some(text) = gaps else {
        return vec![finding(1, "the list of gaps is missing".to_owned())];
    };
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let gap = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let text = if missing.contains(&gap) {
                format!("`{line}` is a gap")
            } else {
                format!("`{line}` is no gap any more")
            };
            finding(number, text)
        })
        .collect()
}

#[cfg(test)]
mod tests;

//! Step `generated`: the generated files are byte for byte what the generator makes of the documents.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::catalogue;
use crate::check::Context;
use crate::document::Document;
use crate::finding::Finding;
use crate::generate::{first_difference, render};
use crate::threads::each;
use crate::workspace::{Outcome, TextFile};

const MEND: &str = "cargo xtask generate";

/// Renders in memory and compares with the work tree.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let (fixtures, unreadable) = context.fixtures()?;
    findings.extend(unreadable);
    if !findings.is_empty() {
        return Ok(findings);
    }
    let all: Vec<&Document> = documents.iter().chain(fixtures).collect();
    let mut expected = BTreeMap::new();
    for rendered in each(&all, |document| render(std::slice::from_ref(*document)))? {
        match rendered {
            Ok(files) => expected.extend(
                files
                    .into_iter()
                    .map(|file| (context.workspace.shown(&file.path), file.text)),
            ),
            Err(found) => findings.extend(found),
        }
    }
    if !findings.is_empty() {
        return Ok(findings);
    }
    expected.insert(PathBuf::from(catalogue::FILE), catalogue::markdown());
    findings.extend(compare(&expected, context.texts()?));
    Ok(findings)
}

/// Differing, missing and surplus files.
pub fn compare(expected: &BTreeMap<PathBuf, String>, texts: &[TextFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let there: HashMap<&Path, &TextFile> = texts.iter().map(|file| (file.path.as_path(), file)).collect();
    for (path, text) in expected {
        match there.get(path.as_path()) {
            None => findings.push(finding(
                "generated-missing",
                path,
                (1, 1),
                "this generated file is missing",
            )),
            Some(file) if file.text != *text => {
                let place = first_difference(&file.text, text);
                let text = "the file differs from what the documents generate, from here on";
                findings.push(finding("generated-differs", path, place, text));
            }
            Some(_) => {}
        }
    }
    for file in texts
        .iter()
        .filter(|file| file.is_generated() && !expected.contains_key(&file.path))
    {
        findings.push(finding(
            "generated-surplus",
            &file.path,
            (1, 1),
            "no document generates this file",
        ));
    }
    findings
}

fn finding(rule: &'static str, file: &Path, (line, column): (usize, usize), text: &str) -> Finding {
    Finding {
        rule,
        file: file.to_path_buf(),
        line,
        column,
        text: text.to_owned(),
        mend: Some(MEND.to_owned()),
    }
}

#[cfg(test)]
mod tests;

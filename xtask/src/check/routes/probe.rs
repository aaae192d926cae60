//! Asks a running server for every documented path with every verb.

use std::collections::{BTreeMap, BTreeSet};

use super::Named;
use super::documented::Path;
use crate::finding::Finding;
use crate::server::{Answer, request};
use crate::workspace::Outcome;

/// The verbs a path is probed with.
const PROBES: [&str; 8] = [
    "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE",
];

/// What stands for a template. It is no id of anything, and valid in a path as it is.
const SAMPLE: &str = "probe";

const MEND: &str = "cargo xtask generate";

/// Probes all paths, with and without a slash at the end. What is wrong in the same way with the same line of a
/// document is one finding.
pub fn probe(address: &str, paths: &[Path]) -> Outcome {
    let mut wrong: BTreeMap<Finding, Vec<String>> = BTreeMap::new();
    for path in paths {
        for target in targets(&path.full) {
            for verb in PROBES {
                let answer = request(address, verb, &target)?;
                if let Some(text) = judge(verb, path, &answer) {
                    let finding = path.finding("routes-probe", Some(verb), text, MEND);
                    wrong.entry(finding).or_default().push(format!("{verb} {target}"));
                }
            }
        }
    }
    let told = wrong.into_iter().map(|(finding, probes)| {
        let more = if probes.len() > 1 {
            format!(" (and {} more)", probes.len() - 1)
        } else {
            String::new()
        };
        Finding {
            text: format!("{}{more}: {}", probes[0], finding.text),
            ..finding
        }
    });
    Ok(told.collect())
}

/// Probes the named routes whose path is fixed: a handler for any verb hides behind one for GET in the table.
pub fn probe_named(address: &str, named: &[Named]) -> Outcome {
    let mut findings = Vec::new();
    for route in named.iter().filter(|route| !route.path.contains('{')) {
        for verb in PROBES {
            let answer = request(address, verb, &route.path)?;
            if let Some(text) = judge_named(route.verbs.contains(&verb), &answer) {
                let text = format!("{verb} {}: {text}", route.path);
                findings.push(route.finding("routes-probe", text, "mend the route, or its line in `NAMED`"));
            }
        }
    }
    Ok(findings)
}

/// What is wrong with the answer of a route that no document describes.
fn judge_named(listed: bool, answer: &Answer) -> Option<String> {
    let refused = matches!(answer.status, 404 | 405);
    match (listed, refused) {
        (true, true) => Some(format!("listed, but the server answers {}", answer.status)),
        (false, false) => Some(format!("not listed, but the server answers {}", answer.status)),
        _ => None,
    }
}

/// The path as it is requested: templates filled in, without and with a slash at the end.
pub fn targets(full: &str) -> [String; 2] {
    let segments: Vec<String> = full.split('/').map(fill).collect();
    let filled = segments.join("/");
    if filled.is_empty() {
        ["/".to_owned(), "/".to_owned()]
    } else {
        [filled.clone(), format!("{filled}/")]
    }
}

/// A segment may have text around its templates.
fn fill(segment: &str) -> String {
    let mut filled = String::new();
    let mut rest = segment;
    while let Some((before, (_, after))) = rest
        .split_once('{')
        .and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(SAMPLE);
        rest = after;
    }
    filled + rest
}

/// What is wrong with an answer: a documented verb must be known, another must be refused with `Allow`.
pub fn judge(verb: &str, path: &Path, answer: &Answer) -> Option<String> {
    if path.verbs.contains(verb) {
        return match answer.status {
            404 if path.may_miss.contains(verb) => None,
            404 | 405 => Some(format!("documented, but the server answers {}", answer.status)),
            _ => None,
        };
    }
    if answer.status != 405 {
        return Some(format!(
            "not documented, but the server answers {} instead of 405",
            answer.status
        ));
    }
    let allow = answer.header("allow").unwrap_or_default();
    let offered: BTreeSet<String> = allow
        .split(',')
        .map(|verb| verb.trim().to_owned())
        .filter(|verb| !verb.is_empty())
        .collect();
    (offered != path.verbs).then(|| {
        let documented: Vec<&str> = path.verbs.iter().map(String::as_str).collect();
        format!(
            "`Allow: {allow}` differs from the documented verbs {}",
            documented.join(", ")
        )
    })
}

#[cfg(test)]
mod tests;

//! Compares the live route table with the documents and the named list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use super::Named;
use super::documented::Path;
use crate::finding::Finding;
use crate::source::place_of;
use crate::workspace::{Fault, TextFile};

/// A route as the server lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Full path, as registered.
    pub path: String,
    /// Verbs in capitals; none means that any verb is answered.
    pub verbs: BTreeSet<String>,
}

/// Verbs by [`key`], with one spelling of the path.
type Live<'r> = BTreeMap<String, (&'r str, BTreeSet<String>)>;

const RULE: &str = "routes-table";

/// Reads `[{"path":…,"methods":[…]}]`.
pub fn read(text: &str) -> Result<Vec<Route>, Fault> {
    let wrong = || Fault("`roster routes` printed no list of {path, methods}".to_owned());
    let value: Value = serde_json::from_str(text).map_err(|_| wrong())?;
    let routes = value.as_array().ok_or_else(wrong)?.iter().map(|route| {
        let verbs = route["methods"]
            .as_array()?
            .iter()
            .map(|verb| verb.as_str().map(str::to_ascii_uppercase));
        Some(Route {
            path: route["path"].as_str()?.to_owned(),
            verbs: verbs.collect::<Option<_>>()?,
        })
    });
    routes.collect::<Option<_>>().ok_or_else(wrong)
}

/// Routes that nobody documented, documented operations without a route, names without a use.
pub fn compare(routes: &[Route], paths: &[Path], named: &[Named], sources: &[&TextFile]) -> Vec<Finding> {
    let mut live = Live::new();
    let mut findings = Vec::new();
    for route in routes {
        let entry = live
            .entry(key(&route.path))
            .or_insert((&route.path, BTreeSet::new()));
        entry.1.extend(route.verbs.iter().cloned());
        if route.verbs.is_empty() && !is_named_for_any_verb(named, &route.path) {
            findings.push(undocumented(&route.path, "every verb", paths, sources));
        }
    }
    for (at, (path, verbs)) in &live {
        for verb in verbs {
            let known = paths
                .iter()
                .any(|known| key(&known.full) == *at && known.verbs.contains(verb));
            let listed = named
                .iter()
                .any(|entry| key(&entry.path) == *at && entry.verbs.contains(&verb.as_str()));
            if !known && !listed {
                findings.push(undocumented(path, verb, paths, sources));
            }
        }
    }
    findings.extend(missing(&live, paths));
    findings.extend(stale(&live, named));
    findings
}

fn missing(live: &Live, paths: &[Path]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in paths {
        let verbs = live.get(&key(&path.full)).map(|(_, verbs)| verbs);
        for verb in path
            .verbs
            .iter()
            .filter(|verb| verbs.is_none_or(|known| !known.contains(*verb)))
        {
            let text = format!(
                "{verb} {} is documented, but the server has no such route",
                path.full
            );
            findings.push(path.finding(RULE, Some(verb), text, "cargo xtask generate"));
        }
    }
    findings
}

fn stale(live: &Live, named: &[Named]) -> Vec<Finding> {
    let idle = named.iter().filter(|entry| !live.contains_key(&key(&entry.path)));
    idle.map(|entry| {
        let text = format!(
            "the named route {} ({}) is no route of the server",
            entry.path, entry.reason
        );
        entry.finding(RULE, text, "take it off the list `NAMED`")
    })
    .collect()
}

fn is_named_for_any_verb(named: &[Named], path: &str) -> bool {
    named
        .iter()
        .any(|entry| key(&entry.path) == key(path) && entry.verbs.contains(&"*"))
}

fn undocumented(path: &str, verb: &str, paths: &[Path], sources: &[&TextFile]) -> Finding {
    let text = format!("the server answers {verb} at {path}, which no document and no named list knows");
    let mend = "describe it in openapi/ and run `cargo xtask generate`, or remove the route";
    // A verb too many at a documented path is best understood there.
    if let Some(known) = paths.iter().find(|known| key(&known.full) == key(path)) {
        return known.finding(RULE, None, text, mend);
    }
    let (file, line, column) = declared(path, sources);
    Finding {
        rule: RULE,
        file,
        line,
        column,
        text,
        mend: Some(mend.to_owned()),
    }
}

/// Where a route is likely declared: the first literal with the longest tail of its path.
fn declared(path: &str, sources: &[&TextFile]) -> (PathBuf, usize, usize) {
    for (start, _) in path.match_indices('/') {
        for wanted in [format!("\"{}\"", &path[start..]), format!("\"{}", &path[start..])] {
            if let Some(file) = sources.iter().find(|file| file.text.contains(&wanted)) {
                let (line, column) = place_of(&file.text, &wanted);
                return (file.path.clone(), line, column);
            }
        }
    }
    (PathBuf::from("crates/server/src"), 1, 1)
}

/// A path without what does not matter: names of templates, letter case, a slash at the end.
pub fn key(path: &str) -> String {
    let mut key = String::new();
    let mut depth = 0_usize;
    for c in literal(path).trim_end_matches('/').chars() {
        match c {
            '{' => {
                depth += 1;
                if depth == 1 {
                    key.push_str("{}");
                }
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    if key.is_empty() { "/".to_owned() } else { key }
}

/// A path in which the segments that are routed in any letter case are literals again: generated code registers
/// `{_1:(?i-u:user)}` for `user`; a character that means something in an expression has a backslash before it.
fn literal(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let inner = segment
            .strip_prefix("{_")
            .and_then(|inner| inner.strip_suffix(")}"))
            .and_then(|inner| inner.split_once(":(?i-u:"));
        inner.map_or_else(|| segment.to_owned(), |(_, text)| text.replace('\\', ""))
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;

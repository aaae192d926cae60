//! The operations of the documents, at every address where they must answer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::check::derived::VERBS;
use crate::document::Document;
use crate::finding::Finding;

/// A documented path at one mount point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Path with its mount in front, templates as `{name}`, no slash at the end.
    pub full: String,
    /// Its verbs in capitals, sorted.
    pub verbs: BTreeSet<String>,
    /// Verbs that may answer 404 to a stranger: unsecured operations that document it.
    pub may_miss: BTreeSet<String>,
    /// The document.
    pub file: PathBuf,
    /// Where the path stands in the document.
    pub place: (usize, usize),
    /// Where each verb stands in the document.
    pub verb_places: BTreeMap<String, (usize, usize)>,
}

impl Path {
    /// A finding at the path, or at one of its verbs.
    pub fn finding(&self, rule: &'static str, verb: Option<&str>, text: String, mend: &str) -> Finding {
        let own = verb.and_then(|verb| self.verb_places.get(verb));
        let (line, column) = *own.unwrap_or(&self.place);
        Finding {
            rule,
            file: self.file.clone(),
            line,
            column,
            text,
            mend: Some(mend.to_owned()),
        }
    }
}

/// Every path of the documents under every mount point.
pub fn paths(documents: &[Document]) -> Vec<Path> {
    documents.iter().flat_map(of_document).collect()
}

fn of_document(document: &Document) -> Vec<Path> {
    let value = &document.value;
    let mut found = Vec::new();
    for (path, item) in value["paths"].as_object().into_iter().flatten() {
        let pointer = format!("/paths/{}", path.replace('~', "~0").replace('/', "~1"));
        let servers = if item["servers"].is_array() {
            &item["servers"]
        } else {
            &value["servers"]
        };
        let operations = VERBS.iter().filter(|verb| item.get(**verb).is_some());
        let verb_places: BTreeMap<String, (usize, usize)> = operations
            .map(|verb| {
                (
                    verb.to_ascii_uppercase(),
                    document.position(&format!("{pointer}/{verb}")),
                )
            })
            .collect();
        let may_miss = verb_places
            .keys()
            .filter(|verb| may_miss(value, &item[verb.to_ascii_lowercase()]));
        let template = Path {
            full: String::new(),
            verbs: verb_places.keys().cloned().collect(),
            may_miss: may_miss.cloned().collect(),
            file: document.path.clone(),
            place: document.position(&pointer),
            verb_places: verb_places.clone(),
        };
        let spellings = std::iter::once(path.as_str()).chain(aliases(item));
        for spelling in spellings.map(|path| path.trim_end_matches('/')) {
            for mount in mounts(servers) {
                found.push(Path {
                    full: format!("{mount}{spelling}"),
                    ..template.clone()
                });
            }
        }
    }
    found
}

/// Other spellings of a path.
fn aliases(item: &Value) -> impl Iterator<Item = &str> {
    let words = item["x-roster-tolerates"].as_array().into_iter().flatten();
    words.filter_map(|word| word.as_str()?.strip_prefix("alias:"))
}

/// Path prefixes of the `servers`, without slash at the end; none declared means the root.
pub fn mounts(servers: &Value) -> BTreeSet<String> {
    let urls = servers
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|server| server["url"].as_str());
    let mut mounts: BTreeSet<String> = urls
        .map(|url| prefix(url).trim_end_matches('/').to_owned())
        .collect();
    if mounts.is_empty() {
        mounts.insert(String::new());
    }
    mounts
}

fn prefix(url: &str) -> &str {
    match url.split_once("://") {
        None => url,
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
    }
}

fn may_miss(document: &Value, operation: &Value) -> bool {
    !is_secured(document, operation) && operation["responses"].get("404").is_some()
}

/// Whether every caller of an operation must show a credential.
pub fn is_secured(document: &Value, operation: &Value) -> bool {
    let own = operation.get("security").or_else(|| document.get("security"));
    let alternatives = own.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let anonymous = |alternative: &Value| alternative.as_object().is_some_and(serde_json::Map::is_empty);
    !alternatives.is_empty() && !alternatives.iter().any(anonymous)
}

#[cfg(test)]
mod tests;

//! The differences between two normalised documents.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node::{Node, Shape, below};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Pointer into the normalised document: where an operation, not a component, is different.
    pub path: String,
    /// Pointer into the source document, to find the line.
    pub source: String,
    /// What is different.
    pub text: String,
}

/// All differences, in the order of the normalised document. One place in the source that is used by many
/// operations is reported once, with the number of its uses.
pub fn differences(source: &Node, derived: &Node) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(source, derived, "", &mut found);
    let mut uses: BTreeMap<(String, String), usize> = BTreeMap::new();
    for difference in &found {
        *uses
            .entry((difference.source.clone(), difference.text.clone()))
            .or_default() += 1;
    }
    found.retain_mut(
        |difference| match uses.remove(&(difference.source.clone(), difference.text.clone())) {
            None => false,
            Some(1) => true,
            Some(count) => {
                difference.text = format!("{} (and at {} other uses)", difference.text, count - 1);
                true
            }
        },
    );
    found
}

fn compare(source: &Node, derived: &Node, path: &str, found: &mut Vec<Difference>) {
    match (&source.shape, &derived.shape) {
        (Shape::Map(ours), Shape::Map(theirs)) => {
            for (name, node) in ours {
                let path = below(path, name);
                match theirs.get(name) {
                    Some(other) => compare(node, other, &path, found),
                    None => found.push(only_in_source(node, path)),
                }
            }
            for (name, node) in theirs.iter().filter(|(name, _)| !ours.contains_key(*name)) {
                found.push(only_derived(&source.pointer, node, below(path, name)));
            }
        }
        (Shape::List(ours), Shape::List(theirs)) => {
            for index in 0..ours.len().max(theirs.len()) {
                let path = below(path, &index.to_string());
                match (ours.get(index), theirs.get(index)) {
                    (Some(node), Some(other)) => compare(node, other, &path, found),
                    (Some(node), None) => found.push(only_in_source(node, path)),
                    (None, Some(node)) => found.push(only_derived(&source.pointer, node, path)),
                    (None, None) => {}
                }
            }
        }
        (Shape::Set(ours), Shape::Set(theirs)) if ours == theirs => {}
        (Shape::Leaf(ours), Shape::Leaf(theirs)) if ours == theirs => {}
        _ => {
            let (ours, theirs) = excerpts(&source.value(), &derived.value());
            let text = format!("the document says {ours}, the derived document says {theirs}");
            found.push(Difference {
                path: path.to_owned(),
                source: source.pointer.clone(),
                text,
            });
        }
    }
}

fn only_in_source(node: &Node, path: String) -> Difference {
    let text = format!(
        "the derived document lacks it; the document says {}",
        excerpt(&node.value(), 0)
    );
    Difference {
        path,
        source: node.pointer.clone(),
        text,
    }
}

fn only_derived(parent: &str, node: &Node, path: String) -> Difference {
    let text = format!(
        "the document lacks it; the derived document says {}",
        excerpt(&node.value(), 0)
    );
    Difference {
        path,
        source: parent.to_owned(),
        text,
    }
}

/// Characters shown of a value.
const SHOWN: usize = 60;

/// Both values, from a little before their first difference on.
fn excerpts(ours: &Value, theirs: &Value) -> (String, String) {
    let (left, right) = (ours.to_string(), theirs.to_string());
    let same = left
        .chars()
        .zip(right.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let longest = left.chars().count().max(right.chars().count());
    let from = if longest <= SHOWN {
        0
    } else {
        same.saturating_sub(SHOWN / 3)
    };
    (excerpt(ours, from), excerpt(theirs, from))
}

fn excerpt(value: &Value, from: usize) -> String {
    let text = value.to_string();
    let shown: String = text.chars().skip(from).take(SHOWN).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if text.chars().count() > from + SHOWN {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests;

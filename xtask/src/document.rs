//! An OpenAPI document with the place of each of its nodes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::finding::Finding;

mod node;
mod yaml;

pub use node::{Node, below, is_own_extension};

/// A document that could be read: YAML with one root, without duplicate keys.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file as it is shown to people.
    pub path: PathBuf,
    /// The dialect: the file's name without its extension.
    pub name: String,
    /// The content as JSON.
    pub value: Value,
    /// JSON pointer to (line, column), both counted from 1. A member stands where its key stands.
    positions: BTreeMap<String, (usize, usize)>,
}

impl Document {
    /// Reads a file.
    pub fn load(path: &Path) -> Result<Self, Vec<Finding>> {
        let shown = shown(path);
        let bytes = fs::read(path).map_err(|error| {
            vec![finding(
                "unreadable",
                &shown,
                (1, 1),
                format!("the file cannot be read: {error}"),
            )]
        })?;
        Self::read(shown, &bytes)
    }

    /// Reads the bytes of a file.
    pub fn read(path: PathBuf, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            vec![finding(
                "not-utf-8",
                &path,
                (line, column),
                "the file is not UTF-8".to_owned(),
            )]
        })?;
        Self::parse(path, text)
    }

    /// Reads the text of a file.
    pub fn parse(path: PathBuf, text: &str) -> Result<Self, Vec<Finding>> {
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        match yaml::read(text) {
            Ok((value, positions)) => Ok(Self {
                path,
                name,
                value,
                positions,
            }),
            Err(fault) => Err(vec![finding(fault.rule, &path, fault.place, fault.text)]),
        }
    }

    /// Whether another document says the same in the same order; as values, mappings have none.
    pub fn is_same(&self, other: &Self) -> bool {
        self.value == other.value && self.order() == other.order()
    }

    fn order(&self) -> Vec<&String> {
        let mut places: Vec<_> = self.positions.iter().collect();
        places.sort_by_key(|(_, place)| **place);
        places.into_iter().map(|(pointer, _)| pointer).collect()
    }

    /// Where the node at a JSON pointer stands, or its nearest ancestor that is in the file.
    pub fn position(&self, pointer: &str) -> (usize, usize) {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.positions.get(pointer) {
                return *place;
            }
            match pointer.rsplit_once('/') {
                Some((parent, _)) => pointer = parent,
                None => return (1, 1),
            }
        }
    }

    /// The root node.
    pub fn root(&self) -> Node<'_> {
        Node::root(self)
    }
}

fn finding(rule: &'static str, file: &Path, (line, column): (usize, usize), text: String) -> Finding {
    Finding {
        rule,
        file: file.to_path_buf(),
        line,
        column,
        text,
        mend: None,
    }
}

/// People read paths from the folder that holds `openapi` and `xtask`.
fn shown(path: &Path) -> PathBuf {
    let Some(folder) = path.parent() else {
        return path.to_path_buf();
    };
    let rooms = [Path::new("openapi"), Path::new("xtask/fixtures")];
    let root = rooms
        .iter()
        .find(|room| folder.ends_with(room))
        .and_then(|room| folder.ancestors().nth(room.components().count()));
    root.and_then(|root| path.strip_prefix(root).ok())
        .unwrap_or(path)
        .to_path_buf()
}

#[cfg(test)]
mod tests;

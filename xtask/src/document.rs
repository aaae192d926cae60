//! An OpenAPI document with the place of each of its nodes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::finding::Finding;

mod node;
mod yaml;

pub use node::{Node, below, is_own_extension};

/// The longest file that is read, in bytes: twenty times what a document of a hundred operations has.
const LARGEST: usize = 4 << 20;

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

/// A finding where a file among the documents looks like one and would be passed over, as its name ends otherwise.
pub fn misnamed(path: &Path) -> Option<Finding> {
    let extension = path.extension()?.to_str()?;
    let is_other = extension != "yaml"
        && ["yaml", "yml", "json"]
            .iter()
            .any(|e| extension.eq_ignore_ascii_case(e));
    let text = "the name of a document ends with `.yaml`, or nothing is made of it".to_owned();
    is_other.then(|| finding("unreadable", &shown(path), (1, 1), text))
}

impl Document {
    /// Reads a file.
    pub fn load(path: &Path) -> Result<Self, Vec<Finding>> {
        let shown = shown(path);
        let bytes = bytes(path).map_err(|error| {
            let text = format!("the file cannot be read: {error}");
            vec![finding("unreadable", &shown, (1, 1), text)]
        })?;
        Self::read(shown, &bytes)
    }

    /// Reads the bytes of a file.
    pub fn read(path: PathBuf, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        if bytes.len() > LARGEST {
            let text = format!("the file is longer than {LARGEST} bytes");
            return Err(vec![finding("unreadable", &path, (1, 1), text)]);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = before.split('\n').count();
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
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

/// The bytes of a file; of one that is too long, as many as show that it is.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // Whoever opens a pipe waits for somebody to write into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST + 1).unwrap_or(u64::MAX);
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
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

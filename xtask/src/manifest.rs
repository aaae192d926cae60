//! Reads `Cargo.toml` line by line. Our manifests keep one entry on one line, so a line reader sees all of
//! them, comments included, which a TOML parser would drop.

use std::path::PathBuf;

/// A manifest as a list of entries in the order of its lines.
#[derive(Debug)]
pub struct Manifest {
    /// Path relative to the root.
    pub path: PathBuf,
    /// All `key = value` lines.
    pub entries: Vec<Entry>,
    /// The comment lines, as (line, section).
    pub comments: Vec<(usize, String)>,
}

/// One `key = value` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The table it stands in, without brackets.
    pub section: String,
    /// Key as written, `serde.workspace` included.
    pub key: String,
    /// Value as written, an array over several lines joined into one.
    pub value: String,
    /// The comment behind the value, without `#`.
    pub comment: Option<String>,
    /// Line, counted from 1.
    pub line: usize,
}

/// The tables that name dependencies.
pub const DEPENDENCY_TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

impl Manifest {
    /// Reads the text of a manifest.
    pub fn parse(path: impl Into<PathBuf>, text: &str) -> Self {
        let (mut entries, mut comments) = (Vec::<Entry>::new(), Vec::new());
        let mut section = String::new();
        let mut open = 0_i32;
        for (index, raw) in text.lines().enumerate() {
            let (body, comment) = split_comment(raw);
            let body = body.trim();
            if open > 0 {
                open += depth(body);
                if let Some(last) = entries.last_mut() {
                    last.value.push_str(body);
                }
            } else if body.is_empty() {
                if comment.is_some() {
                    comments.push((index + 1, section.clone()));
                }
            } else if body.starts_with('[') {
                body.trim_matches(['[', ']']).clone_into(&mut section);
            } else if let Some((key, value)) = body.split_once('=') {
                open = depth(value);
                entries.push(Entry {
                    section: section.clone(),
                    key: key.trim().to_owned(),
                    value: value.trim().to_owned(),
                    comment,
                    line: index + 1,
                });
            }
        }
        Self {
            path: path.into(),
            entries,
            comments,
        }
    }

    /// The entries of one table.
    pub fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.section == section)
    }

    /// The text value of an entry, without quotes.
    pub fn string(&self, section: &str, key: &str) -> Option<String> {
        let entry = self.section(section).find(|entry| entry.key == key)?;
        Some(entry.value.trim_matches('"').to_owned())
    }

    /// The values of a list of texts.
    pub fn strings(&self, section: &str, key: &str) -> Vec<String> {
        let value = self.string(section, key).unwrap_or_default();
        value
            .trim_matches(['[', ']'])
            .split(',')
            .map(|item| item.trim().trim_matches('"').to_owned())
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// The dependencies it takes, as (table, crate name, entry). A table `[dependencies.x]` counts as well.
    pub fn dependencies(&self) -> Vec<(&str, &str, &Entry)> {
        let mut found: Vec<(&str, &str, &Entry)> = Vec::new();
        for entry in &self.entries {
            for table in DEPENDENCY_TABLES {
                let name = if entry.section == table {
                    entry.key.split('.').next()
                } else if let Some(rest) = entry.section.strip_prefix(table) {
                    rest.strip_prefix('.')
                } else {
                    None
                };
                if let Some(name) = name {
                    found.push((table, name.trim_matches('"'), entry));
                }
            }
        }
        found
    }
}

/// Cuts a comment off a line; a `#` within quotes is text.
fn split_comment(line: &str) -> (&str, Option<String>) {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '#') => return (&line[..at], Some(line[at + 1..].trim().to_owned())),
            _ => {}
        }
    }
    (line, None)
}

/// How many brackets stay open at the end of a line.
fn depth(text: &str) -> i32 {
    text.chars()
        .map(|c| match c {
            '[' | '{' => 1,
            ']' | '}' => -1,
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests;

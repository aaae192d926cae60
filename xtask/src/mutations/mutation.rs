//! One mutation: what is edited, and what the gate then has to say.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::check::Step;
use crate::document::Document;
use crate::finding::Finding;

/// A change of the work tree that the gate has to notice.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// What it is, in one line.
    pub name: String,
    /// The step that has to go red.
    pub step: Step,
    pub edits: Vec<Edit>,
    /// Everything that the step then finds, no less and no more.
    pub expected: Vec<Expected>,
}

/// A change of one file.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A text that stands in the file exactly once, and what becomes of it.
    Replace(PathBuf, String, String),
    /// A file with other content, or a new one.
    Write(PathBuf, Vec<u8>),
    /// A file that goes.
    Remove(PathBuf),
    /// A folder where a file should be.
    Folder(PathBuf),
}

/// A finding that has to be there.
#[derive(Clone, Debug)]
pub struct Expected {
    pub rule: String,
    /// Relative to the root.
    pub file: PathBuf,
    pub place: Place,
}

/// Where a finding has to stand.
#[derive(Clone, Debug)]
pub enum Place {
    /// Line and column, counted from 1.
    At(usize, usize),
    /// Where this text stands in the edited file.
    Of(String),
    /// Where this JSON pointer leads in the edited document, or to what is around it where that is gone.
    Node(String),
}

impl Edit {
    pub fn replace(file: impl Into<PathBuf>, from: &str, to: &str) -> Self {
        Self::Replace(file.into(), from.to_owned(), to.to_owned())
    }

    pub fn file(&self) -> &Path {
        match self {
            Self::Replace(file, ..) | Self::Write(file, _) | Self::Remove(file) | Self::Folder(file) => file,
        }
    }
}

impl Expected {
    pub fn new(rule: &str, file: impl Into<PathBuf>, place: Place) -> Self {
        Self {
            rule: rule.to_owned(),
            file: file.into(),
            place,
        }
    }

    /// Reads `rule pointer`: what is found in a document, and where.
    pub fn at_node(told: &str, file: impl Into<PathBuf>) -> Self {
        let (rule, pointer) = told.split_once(' ').unwrap_or((told, ""));
        Self::new(rule, file, Place::Node(pointer.to_owned()))
    }

    /// Whether a finding is this one. `after` is the file's text as it was edited.
    pub fn is(&self, finding: &Finding, after: &str) -> bool {
        if finding.rule != self.rule || finding.file != self.file {
            return false;
        }
        let place = match &self.place {
            Place::At(line, column) => Some((*line, *column)),
            Place::Of(text) => position(after, text),
            Place::Node(pointer) => Document::parse(self.file.clone(), after)
                .map(|document| document.position(pointer))
                .ok(),
        };
        place == Some((finding.line, finding.column))
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rule, file) = (&self.rule, self.file.display());
        match &self.place {
            Place::At(line, column) => write!(f, "{rule} {file}:{line}:{column}"),
            Place::Of(text) => write!(f, "{rule} {file} at `{}`", short(text)),
            Place::Node(pointer) => write!(f, "{rule} {file} at `#{pointer}`"),
        }
    }
}

/// How a finding is told beside what was expected.
pub fn told(finding: &Finding) -> String {
    let (rule, file) = (finding.rule, finding.file.display());
    format!("{rule} {file}:{}:{}", finding.line, finding.column)
}

/// A text in one line, cut where it is long.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 48;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let start: String = line.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}

/// The part that an edit changes, in one line.
pub fn shown(from: &str, to: &str) -> String {
    let common = |a: &str, b: &str| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
        same.map(|(c, _)| c.len_utf8()).sum::<usize>()
    };
    // A word that is cut in the middle reads badly.
    let head = common(from, to);
    let head = from[..head].rfind([' ', '\n']).map_or(0, |at| at + 1);
    let (from, to) = (&from[head..], &to[head..]);
    let quoted = |text: &str| match short(text).as_str() {
        "" => "nothing".to_owned(),
        text => format!("`{text}`"),
    };
    format!("{} -> {}", quoted(from), quoted(to))
}

/// Line and column of a text that stands in another exactly once.
fn position(whole: &str, text: &str) -> Option<(usize, usize)> {
    let at = whole.find(text)?;
    if whole[at + 1..].contains(text) {
        return None;
    }
    let before = &whole[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Some((line, column))
}

#[cfg(test)]
mod tests;

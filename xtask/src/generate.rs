//! `cargo xtask generate`: all files in memory first, and nothing is touched unless everything succeeded.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::document::{self, Document};
use crate::emit::emit;
use crate::finding::Finding;
use crate::ir::{Api, lower};
use crate::lint::lint;
use crate::workspace::write_all_whole;

/// Where documents come from, and where their code goes.
const ROOMS: [(&str, &str); 2] = [
    ("openapi", "crates/contract/src/generated"),
    ("xtask/fixtures", "crates/contract/tests/fixtures"),
];

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Relative to the root of the workspace.
    pub path: PathBuf,
    pub text: String,
}

/// What `generate` did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub documents: usize,
    pub unchanged: usize,
    pub written: Vec<PathBuf>,
    pub deleted: Vec<PathBuf>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (written, deleted) = (self.written.len(), self.deleted.len());
        write!(
            f,
            "{} documents: {written} files written, {deleted} deleted, {} unchanged",
            self.documents, self.unchanged
        )
    }
}

/// What makes the code of a document: names of files and their tokens.
pub type Emitter = fn(&Api<'_>) -> Vec<(&'static str, TokenStream)>;

/// Makes the files of all documents. Pure: it reads and writes nothing.
pub fn render(documents: &[Document]) -> Result<Vec<GeneratedFile>, Vec<Finding>> {
    render_by(documents, emit)
}

/// The same by another emitter.
pub fn render_by(documents: &[Document], emitter: Emitter) -> Result<Vec<GeneratedFile>, Vec<Finding>> {
    let (mut files, mut findings) = (Vec::new(), Vec::new());
    for document in documents {
        match render_one(document, emitter) {
            Ok(rendered) => files.extend(rendered),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() {
        Ok(files)
    } else {
        Err(findings)
    }
}

fn render_one(document: &Document, emitter: Emitter) -> Result<Vec<GeneratedFile>, Vec<Finding>> {
    let api = lower(document)?;
    let folder = ROOMS
        .iter()
        .find(|(from, _)| document.path.starts_with(from))
        .map_or(ROOMS[0].1, |(_, to)| *to);
    let mut files = Vec::new();
    for (name, tokens) in emitter(&api) {
        let file = syn::parse2(tokens).map_err(|error| {
            let text = format!("the generator wrote code in `{name}.rs` that does not parse: {error}");
            vec![document.root().finding("generator", text)]
        })?;
        let path = if name.is_empty() {
            Path::new(folder).join(format!("{}.rs", document.name))
        } else {
            Path::new(folder).join(&document.name).join(format!("{name}.rs"))
        };
        let text = format!("{}\n{}", header(document), spaced(&prettyplease::unparse(&file)));
        files.push(GeneratedFile { path, text });
    }
    Ok(files)
}

/// Sets items apart by a blank line, which prettyplease does not do.
fn spaced(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(next) = lines.peek() else { break };
        // Most lines are deep inside of an item; nothing is set apart there.
        if line.starts_with("     ") {
            continue;
        }
        let start = next.trim_start();
        let starts = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
        let is_inside = next.starts_with("    ") && !next.starts_with("     ");
        let is_item = || {
            starts(&[
                "///", "#[", "pub ", "fn ", "async ", "impl ", "static ", "struct ",
            ])
        };
        let ends_use = line.starts_with("use ") || line == "};" && !starts(&["}"]);
        let is_apart = match line {
            _ if line.starts_with("//!") => !next.starts_with("//!"),
            _ if ends_use && !next.starts_with(' ') => !next.starts_with("use "),
            _ if line.ends_with(';') && !line.starts_with([' ', 'u']) => next.starts_with("///"),
            "}" => !next.is_empty() && !next.starts_with('}'),
            "    }" => is_inside && is_item(),
            _ => {
                line.ends_with(';')
                    && line.starts_with("    ")
                    && !line.starts_with("     ")
                    && is_inside
                    && next.starts_with("    ///")
            }
        };
        if is_apart {
            text.push('\n');
        }
    }
    text
}

/// The first line of every generated file.
fn header(document: &Document) -> String {
    let source = document.path.to_string_lossy().replace('\\', "/");
    format!("{HEADER} from {source}. Do not edit.")
}

const HEADER: &str = "// @generated by `cargo xtask generate`";

/// Regenerates everything below `root`.
pub fn generate(root: &Path) -> Result<Summary, Vec<Finding>> {
    let documents = load(root)?;
    let findings: Vec<Finding> = documents.iter().flat_map(lint).collect();
    if !findings.is_empty() {
        return Err(findings);
    }
    let files = render(&documents)?;
    let stale = stale(root, &files);
    let mut summary = Summary {
        documents: documents.len(),
        ..Summary::default()
    };
    let is_there =
        |file: &&GeneratedFile| fs::read_to_string(root.join(&file.path)).is_ok_and(|text| text == file.text);
    let (same, new): (Vec<_>, Vec<_>) = files.iter().partition(is_there);
    summary.unchanged = same.len();
    let wanted: Vec<_> = new
        .iter()
        .map(|file| (root.join(&file.path), file.text.as_str()))
        .collect();
    write_all_whole(&wanted).map_err(|(path, error)| {
        let path = path.strip_prefix(root).unwrap_or(&path);
        vec![unwritable(path, &error)]
    })?;
    summary.written = new.into_iter().map(|file| file.path.clone()).collect();
    for path in stale {
        fs::remove_file(root.join(&path)).map_err(|error| vec![unwritable(&path, &error)])?;
        summary.deleted.push(path);
    }
    Ok(summary)
}

fn load(root: &Path) -> Result<Vec<Document>, Vec<Finding>> {
    let (mut documents, mut findings) = (Vec::new(), Vec::new());
    for (room, _) in ROOMS {
        // A clone without fixtures is fine; one without documents has nothing to generate.
        let Ok(entries) = fs::read_dir(root.join(room)) else {
            continue;
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        findings.extend(paths.iter().filter_map(|path| document::misnamed(path)));
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
        paths.sort();
        for path in paths {
            match Document::load(&path) {
                Ok(document) => documents.push(document),
                Err(found) => findings.extend(found),
            }
        }
    }
    if findings.is_empty() {
        Ok(documents)
    } else {
        Err(findings)
    }
}

/// Files with our header that no document makes any more. Files without it are never touched.
fn stale(root: &Path, files: &[GeneratedFile]) -> Vec<PathBuf> {
    let wanted: BTreeSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
    let mut stale = Vec::new();
    for (_, room) in ROOMS {
        for entry in walkdir::WalkDir::new(root.join(room))
            .sort_by_file_name()
            .into_iter()
            .flatten()
        {
            let Ok(path) = entry.path().strip_prefix(root) else {
                continue;
            };
            let is_ours = || fs::read_to_string(entry.path()).is_ok_and(|text| text.starts_with(HEADER));
            if entry.file_type().is_file() && !wanted.contains(path) && is_ours() {
                stale.push(path.to_path_buf());
            }
        }
    }
    stale
}

fn unwritable(path: &Path, error: &std::io::Error) -> Finding {
    let text = format!("the file cannot be written: {error}");
    Finding {
        rule: "unwritable",
        file: path.to_path_buf(),
        line: 1,
        column: 1,
        text,
        mend: None,
    }
}

/// Line and column, counted from 1, of the first character in which `actual` differs from `expected`.
pub fn first_difference(actual: &str, expected: &str) -> (usize, usize) {
    let same = actual.chars().zip(expected.chars()).take_while(|(a, b)| a == b);
    same.fold((1, 1), |(line, column), (character, _)| {
        if character == '\n' {
            (line + 1, 1)
        } else {
            (line, column + 1)
        }
    })
}

#[cfg(test)]
mod tests;

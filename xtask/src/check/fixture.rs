//! Small inputs for the tests of the steps.

use std::fs;
use std::path::PathBuf;

use crate::check::Context;
use crate::document::Document;
use crate::finding::Finding;
use crate::workspace::{TextFile, Workspace};

/// A document as it would be read from `openapi/<name>.yaml`.
pub fn document(name: &str, yaml: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{name}.yaml"));
    fs::write(&path, yaml).unwrap();
    Document::load(&path).unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// A text file of the work tree.
pub fn file(path: &str, text: &str) -> TextFile {
    TextFile {
        path: PathBuf::from(path),
        text: text.to_owned(),
    }
}

/// A work tree in a temporary folder.
pub fn tree(files: &[(&str, &str)]) -> (tempfile::TempDir, Context) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let context = Context::new(Workspace::at(folder.path()));
    (folder, context)
}

/// The findings as `name:line:column: rule: text`, the file without its folders.
pub fn shown(findings: &[Finding]) -> Vec<String> {
    let name = |finding: &Finding| PathBuf::from(finding.file.file_name().unwrap_or_default());
    findings
        .iter()
        .map(|finding| {
            Finding {
                file: name(finding),
                ..finding.clone()
            }
            .to_string()
        })
        .collect()
}

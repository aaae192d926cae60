//! Rules about whole files and their lines.

use regex::Regex;

use super::finding;
use crate::finding::Finding;
use crate::workspace::{Fault, GENERATED, Outcome, TextFile};

/// Lines a hand-written Rust file may have.
const MOST_LINES: usize = 500;

/// Files that may be longer, with the number of lines that they may have at most. The list may only shrink.
const LONGER: &[(&str, usize)] = &[];

/// A line that must not occur.
struct LineRule {
    name: &'static str,
    pattern: &'static str,
    applies: fn(&TextFile) -> bool,
    text: &'static str,
    mend: &'static str,
}

/// The patterns are spelled so that they do not find themselves here.
const LINE_RULES: [LineRule; 4] = [
    LineRule {
        name: "tidy-marker",
        pattern: r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
        applies: |_| true,
        text: "work that is put off is not recorded in the sources",
        mend: "do it now, or file an issue",
    },
    LineRule {
        name: "tidy-path",
        pattern: r#"(?:^|[\s"'`=(:])/(?:work/|root/|home/|Users/[a-z])"#,
        applies: |_| true,
        text: "a path of one machine",
        mend: "use a path relative to the root, an option or a temporary folder",
    },
    LineRule {
        name: "tidy-path",
        pattern: r#"["'=(\s]/tm[p](?:/|["'\s]|$)"#,
        applies: |file| is_source(file) && !file.is_test(),
        text: "a fixed temporary folder",
        mend: "use the system's temporary folder through `tempfile`",
    },
    LineRule {
        name: "tidy-host",
        pattern: r"(?i)crates\.io|pypi\.(?:org|python)|npmjs\.|rubygems\.org",
        applies: |_| true,
        text: "the host name of a package registry",
        mend: "name the package, not the place it comes from",
    },
];

/// Checks every file.
pub fn check(files: &[TextFile]) -> Outcome {
    let mut findings = Vec::new();
    for rule in LINE_RULES {
        let compiled =
            |pattern: &str| Regex::new(pattern).map_err(|e| Fault(format!("pattern of {}: {e}", rule.name)));
        let (line, anywhere) = (
            compiled(rule.pattern)?,
            compiled(&format!("(?m){}", rule.pattern))?,
        );
        let suspects = files.iter().filter(|file| anywhere.is_match(&file.text));
        findings.extend(suspects.flat_map(|file| rule.check(&line, file)));
    }
    for file in files.iter().filter(|file| file.is_rust()) {
        findings.extend(size(file));
        findings.extend(module_file(file));
        findings.extend(header(file));
    }
    findings.extend(longer(files));
    Ok(findings)
}

impl LineRule {
    fn check(&self, pattern: &Regex, file: &TextFile) -> Vec<Finding> {
        if !(self.applies)(file) {
            return Vec::new();
        }
        let lines = file.text.lines().enumerate();
        lines
            .filter_map(|(index, line)| {
                let found = pattern.find(line)?;
                let column = line[..found.start()].chars().count() + 1;
                let shown = found.as_str().trim_matches(['"', '\'', ' ']);
                let text = format!("{}: `{shown}`", self.text);
                Some(finding(
                    self.name,
                    &file.path,
                    (index + 1, column),
                    text,
                    self.mend,
                ))
            })
            .collect()
    }
}

fn is_source(file: &TextFile) -> bool {
    file.path
        .extension()
        .is_none_or(|e| e == "rs" || e == "toml" || e == "sh")
}

fn size(file: &TextFile) -> Option<Finding> {
    let lines = file.text.lines().count();
    let most = LONGER
        .iter()
        .find(|(path, _)| file.path.as_os_str() == *path)
        .map_or(MOST_LINES, |(_, most)| *most);
    (lines > most && !file.is_generated()).then(|| {
        let text = format!("{lines} lines, at most {most} are read in one go");
        finding(
            "tidy-size",
            &file.path,
            (most + 1, 1),
            text,
            "split the file by its reasons to change",
        )
    })
}

/// Exceptions that are no exception any more.
fn longer(files: &[TextFile]) -> Vec<Finding> {
    let stale = LONGER.iter().filter(|(path, most)| {
        let file = files.iter().find(|file| file.path.as_os_str() == *path);
        file.is_none_or(|file| file.text.lines().count() < *most)
    });
    stale
        .map(|(path, most)| {
            let own = std::path::Path::new("xtask/src/check/tidy/files.rs");
            let text = format!("{path} has fewer than {most} lines by now");
            finding(
                "tidy-size",
                own,
                (1, 1),
                text,
                "lower its number in `LONGER`, or take it off the list",
            )
        })
        .collect()
}

fn module_file(file: &TextFile) -> Option<Finding> {
    (file.path.file_name().is_some_and(|name| name == "mod.rs")).then(|| {
        let text = "a module named `mod.rs`".to_owned();
        finding(
            "tidy-module",
            &file.path,
            (1, 1),
            text,
            "name the file after the module, beside its folder",
        )
    })
}

/// The first line of generated files says so, and no file outside of their folders claims it.
fn header(file: &TextFile) -> Option<Finding> {
    let first = file.text.lines().next().unwrap_or_default();
    let at_home = file.has_folder("generated") || file.path.starts_with("crates/contract/tests/fixtures");
    if file.has_folder("generated") && !first.starts_with(GENERATED) {
        let text = "a generated file whose first line does not say so".to_owned();
        return Some(finding(
            "tidy-header",
            &file.path,
            (1, 1),
            text,
            "cargo xtask generate",
        ));
    }
    if !at_home && first.contains("@generated") {
        let text = "a file outside of `generated` that says it is generated".to_owned();
        let mend = "take the mark out of a hand-written file";
        return Some(finding("tidy-header", &file.path, (1, 1), text, mend));
    }
    None
}

#[cfg(test)]
mod tests;

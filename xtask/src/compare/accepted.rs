//! The list of changes that were accepted without a new version, each with its reason.

use std::path::Path;

use super::{Change, rules};
use crate::finding::Finding;

/// Where the list is kept.
pub const FILE: &str = "openapi/lint/accepted.txt";

/// One line: document, its version, rule, pointer, reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file's name, such as `kibo.yaml`.
    pub document: String,
    /// The version that the change was accepted for; the entry ends with it.
    pub version: String,
    pub rule: String,
    pub pointer: String,
    pub reason: String,
    pub line: usize,
}

impl Entry {
    pub fn accepts(&self, document: &str, change: &Change) -> bool {
        self.document == document && self.rule == change.rule.id && self.pointer == change.pointer
    }

    /// Whether another entry accepts the same, for whatever reason.
    fn is_repeated(&self, other: &Self) -> bool {
        let key = |entry: &Self| {
            let Self {
                document,
                version,
                rule,
                pointer,
                ..
            } = entry.clone();
            (document, version, rule, pointer)
        };
        key(self) == key(other)
    }

    /// The same entry, wherever it stands.
    pub fn is_same(&self, other: &Self) -> bool {
        let other = Self {
            line: self.line,
            ..other.clone()
        };
        *self == other
    }
}

/// Reads the list. A line that cannot be read is a finding.
pub fn read(text: &str) -> (Vec<Entry>, Vec<Finding>) {
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.splitn(5, ' ');
        let mut next = || words.next().unwrap_or_default().trim().to_owned();
        let entry = Entry {
            document: next(),
            version: next(),
            rule: next(),
            pointer: next(),
            reason: next(),
            line: line_number,
        };
        if entry.reason.is_empty() {
            let text = "expected `document version rule pointer reason`, apart by one space each";
            findings.push(finding("accepted-malformed", line_number, text.to_owned()));
        } else if *rules::named(&entry.rule) == rules::UNNAMED {
            let text = format!("there is no rule `{}`", entry.rule);
            findings.push(finding("accepted-malformed", line_number, text));
        } else if let Some(first) = entries.iter().find(|first| entry.is_repeated(first)) {
            let text = format!("line {} accepts this already", first.line);
            findings.push(finding("accepted-unused", line_number, text));
        } else {
            entries.push(entry);
        }
    }
    (entries, findings)
}

/// A finding in the list.
pub fn finding(rule: &'static str, line: usize, text: String) -> Finding {
    Finding {
        rule,
        file: Path::new(FILE).to_path_buf(),
        line,
        column: 1,
        text,
        mend: Some("mend or remove the line".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn lines_name_document_version_rule_pointer_and_reason() {
        let text = "# A comment.\n\nkibo.yaml 0.1.0 server-removed /servers nobody used it, see the log\n";
        let (entries, findings) = read(text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].reason, "nobody used it, see the log");
        assert_eq!((entries[0].line, entries[0].pointer.as_str()), (3, "/servers"));
    }

    #[test]
    fn a_line_that_repeats_another_one_is_a_finding() {
        let line = "kibo.yaml 0.1.0 server-removed /servers";
        let (entries, findings) = read(&format!("{line} one\n{line} two\n"));
        assert_eq!((entries.len(), findings.len()), (1, 1));
        assert_eq!((findings[0].rule, findings[0].line), ("accepted-unused", 2));
    }

    #[test]
    fn a_line_without_a_reason_or_with_an_unknown_rule_is_a_finding() {
        for (line, words) in [
            (
                "kibo.yaml 0.1.0 server-removed /servers",
                "expected `document version",
            ),
            ("kibo.yaml", "expected `document version"),
            (
                "kibo.yaml 0.1.0 server-gone /servers why",
                "no rule `server-gone`",
            ),
        ] {
            let (entries, findings) = read(line);
            assert!(entries.is_empty());
            assert_eq!(findings[0].rule, "accepted-malformed");
            assert!(findings[0].text.contains(words), "{findings:?}");
        }
    }
}

//! Workflow commands of GitHub Actions.

use std::fmt::Write;

use super::{Report, slashed};
use crate::catalogue::{Level, level};

pub fn render(report: &Report) -> String {
    let mut text = String::new();
    for (_, finding) in report.findings() {
        let command = match level(finding.rule) {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let mend = finding.mend.as_ref().map(|mend| format!("\nmend: {mend}"));
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "::{command} file={},line={},col={},title={}::{}",
            property(&slashed(finding)),
            finding.line,
            finding.column,
            property(finding.rule),
            data(&format!("{}{}", finding.text, mend.unwrap_or_default())),
        );
    }
    for step in &report.steps {
        if let Some(fault) = &step.fault {
            let title = property(&format!("{} could not run", step.name));
            let _ = writeln!(text, "::error title={title}::{}", data(fault));
        }
        for note in &step.notes {
            let _ = writeln!(text, "::notice title={}::{}", property(&step.name), data(note));
        }
    }
    text
}

/// A line break would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

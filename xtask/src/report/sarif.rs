//! SARIF 2.1.0: the rules that were broken, and where.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Report, slashed};
use crate::catalogue::{self, level};
use crate::finding::Finding;

/// Where the rules are explained.
const HELP: &str = "docs/rules.md";

pub fn render(report: &Report) -> String {
    let ids: BTreeSet<&str> = report.findings().map(|(_, finding)| finding.rule).collect();
    let rules: Vec<Value> = ids.iter().map(|id| rule(id)).collect();
    let results: Vec<Value> = report
        .findings()
        .map(|(_, finding)| result(finding, ids.iter().position(|id| *id == finding.rule)))
        .collect();
    let faults: Vec<Value> = report
        .steps
        .iter()
        .filter_map(|step| Some((step, step.fault.as_ref()?)))
        .map(|(step, fault)| json!({ "level": "error", "message": { "text": format!("{}: {fault}", step.name) } }))
        .collect();
    let run = json!({
        "tool": { "driver": { "name": "cargo xtask check", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { "ROOT": { "description": { "text": "the root of the work tree" } } },
        "invocations": [{ "executionSuccessful": faults.is_empty(), "toolExecutionNotifications": faults }],
        "results": results,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    format!("{log:#}\n")
}

fn rule(id: &str) -> Value {
    let about = catalogue::named(id).map_or("", |entry| entry.about);
    json!({
        "id": id,
        "shortDescription": { "text": if about.is_empty() { id } else { about } },
        "help": { "text": format!("See {HELP}.") },
        "defaultConfiguration": { "level": level(id).name() },
    })
}

fn result(finding: &Finding, index: Option<usize>) -> Value {
    let mend = finding.mend.as_ref().map(|mend| format!("\nmend: {mend}"));
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.rule).name(),
        "message": { "text": format!("{}{}", finding.text, mend.unwrap_or_default()) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": artifact(finding),
                "region": { "startLine": finding.line.max(1), "startColumn": finding.column.max(1) },
            },
        }],
    })
}

/// A file of the work tree, or one elsewhere by its whole path.
fn artifact(finding: &Finding) -> Value {
    let path = uri(&slashed(finding));
    if finding.file.is_absolute() {
        json!({ "uri": format!("file://{path}") })
    } else {
        json!({ "uri": path, "uriBaseId": "ROOT" })
    }
}

/// A path as a URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

//! One JSON object.

use serde_json::{Value, json};

use super::{Report, Verdict, slashed};
use crate::catalogue::level;

pub fn render(report: &Report) -> String {
    let verdict = match report.verdict() {
        Verdict::Clean => "clean",
        Verdict::Findings => "findings",
        Verdict::Faulty => "faulty",
    };
    let step = |step: &super::StepReport| {
        json!({
            "name": step.name,
            "seconds": step.seconds,
            "fault": step.fault,
            "findings": step.findings.len(),
            "repeated": step.repeated,
            "notes": step.notes,
        })
    };
    let steps: Vec<Value> = report.steps.iter().map(step).collect();
    let findings: Vec<Value> = report
        .findings()
        .map(|(step, finding)| {
            json!({
                "step": step.name,
                "rule": finding.rule,
                "level": level(finding.rule).name(),
                "file": slashed(finding),
                "line": finding.line,
                "column": finding.column,
                "text": finding.text,
                "mend": finding.mend,
            })
        })
        .collect();
    format!(
        "{:#}\n",
        json!({ "verdict": verdict, "exitCode": report.verdict().code(), "steps": steps, "findings": findings })
    )
}

//! JUnit's XML: a suite per step, a failed case per finding.

use super::xml::Xml;
use super::{Report, StepReport, slashed};

pub fn render(report: &Report) -> String {
    let mut xml = Xml::default();
    let failures = report.findings().count();
    let tests: usize = report.steps.iter().map(cases).sum();
    let (tests, failures) = (tests.to_string(), failures.to_string());
    let errors = report.faults().to_string();
    let seconds: f64 = report.steps.iter().map(|step| step.seconds).sum();
    xml.open(
        "testsuites",
        &[
            ("name", "check"),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
            ("time", &format!("{seconds:.3}")),
        ],
    );
    for step in &report.steps {
        suite(step, &mut xml);
    }
    xml.finish()
}

/// A step that found nothing is one case that passed.
fn cases(step: &StepReport) -> usize {
    step.findings.len().max(1)
}

fn suite(step: &StepReport, xml: &mut Xml) {
    let (tests, failures) = (cases(step).to_string(), step.findings.len().to_string());
    let errors = usize::from(step.fault.is_some()).to_string();
    let time = format!("{:.3}", step.seconds);
    xml.open(
        "testsuite",
        &[
            ("name", &step.name),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
            ("time", &time),
        ],
    );
    if step.findings.is_empty() {
        let case = [
            ("name", step.name.as_str()),
            ("classname", "check"),
            ("time", &time),
        ];
        match &step.fault {
            None => xml.empty("testcase", &case),
            Some(fault) => {
                xml.open("testcase", &case);
                xml.text("error", &[("message", "the step could not run")], fault);
                xml.close();
            }
        }
    }
    for finding in &step.findings {
        let file = slashed(finding);
        let name = format!("{file}:{}:{} {}", finding.line, finding.column, finding.rule);
        let class = format!("check.{}", step.name);
        let line = finding.line.to_string();
        xml.open(
            "testcase",
            &[
                ("name", &name),
                ("classname", &class),
                ("file", &file),
                ("line", &line),
            ],
        );
        let mend = finding.mend.as_ref().map(|mend| format!("\nmend: {mend}"));
        let text = format!("{finding}{}", mend.unwrap_or_default());
        xml.text(
            "failure",
            &[("message", &finding.text), ("type", finding.rule)],
            &text,
        );
        xml.close();
    }
    if !step.notes.is_empty() {
        xml.text("system-out", &[], &step.notes.join("\n"));
    }
    xml.close();
}

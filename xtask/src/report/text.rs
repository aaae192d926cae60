//! Lines for people.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{Report, StepReport};

/// What a step found, behind its name.
pub fn step(step: &StepReport, out: &mut dyn Write) -> io::Result<()> {
    let seconds = step.seconds;
    if let Some(fault) = &step.fault {
        writeln!(out, "FAULT in {seconds:.1} s")?;
        writeln!(out, "  {}", fault.replace('\n', "\n  "))?;
    } else {
        match (step.findings.len(), step.repeated) {
            (0, 0) => writeln!(out, "ok in {seconds:.1} s")?,
            (0, repeated) => writeln!(out, "not clean: {}, all shown above", counted(repeated))?,
            (fresh, repeated) => writeln!(out, "{} in {seconds:.1} s", counted(fresh + repeated))?,
        }
    }
    for finding in &step.findings {
        writeln!(out, "  {finding}")?;
        if let Some(mend) = &finding.mend {
            writeln!(out, "    mend: {mend}")?;
        }
    }
    for note in &step.notes {
        writeln!(out, "  note: {note}")?;
    }
    Ok(())
}

/// The sum of all steps.
pub fn close(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (count, steps, faults) = (report.findings().count(), report.steps.len(), report.faults());
    if faults > 0 {
        return writeln!(
            out,
            "check: {faults} of {steps} steps could not run, {}",
            counted(count)
        );
    }
    if count == 0 {
        return writeln!(out, "check: nothing found, steps run: {steps}");
    }
    writeln!(out, "check: {}, steps run: {steps}", counted(count))?;
    let mends: BTreeSet<&str> = report
        .findings()
        .filter_map(|(_, finding)| finding.mend.as_deref())
        .collect();
    for mend in mends.into_iter().filter(|mend| mend.starts_with("cargo ")) {
        writeln!(out, "  {mend}")?;
    }
    Ok(())
}

fn counted(findings: usize) -> String {
    format!(
        "{findings} {}",
        if findings == 1 { "finding" } else { "findings" }
    )
}

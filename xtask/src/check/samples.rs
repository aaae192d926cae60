//! Step `samples`: from each schema of a body, parameter or header follow samples, valid and broken; the generated code has to
//! be of the same opinion about them as an independent validator of JSON Schema, and lose nothing of a valid one.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use samples::trial::{Complaint, Trials};

use crate::check::Context;
use crate::document::Document;
use crate::finding::Finding;
use crate::server::ask_program_about;
use crate::workspace::{Fault, Outcome};

/// Runs can be repeated.
const SEED: u64 = 1;

/// Has the built server try the samples of every dialect.
pub fn run(context: &Context) -> Outcome {
    let (documents, mut findings) = context.documents()?;
    let program = match context.server()? {
        Ok(program) => program,
        Err(complaints) => return Ok(complaints),
    };
    let program = program.as_path();
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let threads: Vec<_> = documents
            .iter()
            .map(|document| scope.spawn(move || of_document(program, document)))
            .collect();
        let ended = || Err(Fault("a thread that made samples ended early".to_owned()));
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| ended()))
            .collect()
    });
    for outcome in outcomes {
        findings.extend(outcome?);
    }
    Ok(findings)
}

fn of_document(program: &Path, document: &Document) -> Outcome {
    let fault = |text: String| Fault(format!("{}: {text}", document.name));
    let trials = Trials::new(&document.value, SEED).map_err(fault)?;
    let mut input = String::new();
    for group in &trials.groups {
        input.push_str(&group.line);
        input.push('\n');
        for case in &group.cases {
            input.push_str(&case.line);
            input.push('\n');
        }
    }
    let text = ask_program_about(program, &["openapi", &document.name, "--samples"], input)?;
    let mut lines = text.lines();
    let mut complaints = Vec::new();
    for group in &trials.groups {
        for case in &group.cases {
            let line = lines
                .next()
                .ok_or_else(|| fault("the server answered too few samples".to_owned()))?;
            complaints.extend(trials.complaint(group, case, line).map_err(fault)?);
        }
    }
    Ok(findings(document, complaints))
}

/// One finding for each rule at each place.
fn findings(document: &Document, complaints: Vec<Complaint>) -> Vec<Finding> {
    let mut places: BTreeMap<(usize, usize, &'static str), (String, usize)> = BTreeMap::new();
    for complaint in complaints {
        let (line, column) = document.position(&complaint.pointer);
        let place = places
            .entry((line, column, complaint.rule))
            .or_insert((complaint.text, 0));
        place.1 += 1;
    }
    let finding = |((line, column, rule), (text, count)): ((usize, usize, &'static str), (String, usize))| {
        Finding {
        rule,
        file: document.path.clone(),
        line,
        column,
        text: if count > 1 { format!("{text} (and {} more)", count - 1) } else { text },
        mend: Some(
            "`cargo xtask generate`; where the generated code is current, mend the generator, the runtime or the schema"
                .to_owned(),
        ),
    }
    };
    places.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::fixture::{document, shown};
    use samples::trial::Complaint;

    #[test]
    fn one_finding_for_each_rule_and_place() {
        let yaml =
            "components:\n  schemas:\n    Group:\n      properties:\n        name:\n          maxLength: 3\n";
        let complaint = |rule, text: &str| Complaint {
            rule,
            pointer: "/components/schemas/Group/properties/name/maxLength".to_owned(),
            text: text.to_owned(),
        };
        let complaints = vec![
            complaint("sample-accepted", "one"),
            complaint("sample-accepted", "two"),
            complaint("sample-misplaced", "three"),
        ];
        assert_eq!(
            shown(&findings(&document("kibo", yaml), complaints)),
            [
                "kibo.yaml:6:11: sample-accepted: one (and 1 more)",
                "kibo.yaml:6:11: sample-misplaced: three"
            ]
        );
    }
}

use super::fixture::{shown, tree};
use super::{Options, Step, run, shown as paths};
use crate::finding::Finding;
use crate::report::{Format, Report, Verdict, text};
use crate::workspace::{Fault, Workspace};

fn finding(line: usize, mend: &str) -> Finding {
    let (file, text) = ("root/a.rs".into(), "wrong".to_owned());
    Finding {
        rule: "rule",
        file,
        line,
        column: 2,
        text,
        mend: Some(mend.to_owned()),
    }
}

fn report(outcomes: Vec<Result<Vec<Finding>, Fault>>) -> (Verdict, String) {
    let (workspace, mut report, mut out) = (Workspace::at("root"), Report::default(), Vec::new());
    for outcome in outcomes {
        let outcome = paths(&workspace, outcome).map_err(|fault| fault.0);
        let step = report.add("step".to_owned(), 0.0, outcome, Vec::new());
        text::step(step, &mut out).unwrap();
    }
    report.write(Format::Text, &mut out).unwrap();
    (report.verdict(), String::from_utf8(out).unwrap())
}

#[test]
fn findings_name_place_rule_and_mend() {
    let (verdict, text) = report(vec![Ok(vec![finding(3, "cargo xtask generate")])]);
    assert_eq!(verdict, Verdict::Findings);
    assert!(
        text.contains("  a.rs:3:2: rule: wrong\n    mend: cargo xtask generate\n"),
        "{text}"
    );
    assert!(
        text.ends_with("check: 1 finding, steps run: 1\n  cargo xtask generate\n"),
        "{text}"
    );
}

#[test]
fn what_two_steps_find_is_shown_once_and_fails_both() {
    let (_, text) = report(vec![
        Ok(vec![finding(3, "x")]),
        Ok(vec![finding(3, "x")]),
        Ok(vec![]),
    ]);
    assert_eq!(text.matches("rule: wrong").count(), 1, "{text}");
    assert!(text.contains("not clean: 1 finding, all shown above"), "{text}");
}

#[test]
fn a_step_that_cannot_run_outweighs_findings() {
    let (verdict, text) = report(vec![Err(Fault("no cargo".to_owned())), Ok(vec![finding(1, "x")])]);
    assert_eq!(verdict, Verdict::Faulty);
    assert!(
        text.contains("FAULT") && text.contains("no cargo") && text.contains("rule: wrong"),
        "{text}"
    );
}

#[test]
fn no_findings_is_clean() {
    assert_eq!(report(vec![Ok(vec![])]).0, Verdict::Clean);
}

#[test]
fn a_document_that_is_no_yaml_fails_every_step_that_reads_it() {
    let (folder, context) = tree(&[
        ("Cargo.toml", "[workspace]\nmembers = []\n"),
        ("openapi/kibo.yaml", "openapi: 3.1.0\npaths: [\n"),
    ]);
    let (_, findings) = context.documents().unwrap();
    assert!(shown(&findings)[0].starts_with("kibo.yaml:"), "{findings:?}");
    for step in [Step::Lint, Step::Generated, Step::Breaking] {
        let mut out = Vec::new();
        let options = Options {
            steps: vec![step],
            ..Options::default()
        };
        let verdict = run(Workspace::at(folder.path()), &options, &mut out).unwrap();
        assert_eq!(verdict, Verdict::Findings, "{}", String::from_utf8(out).unwrap());
    }
}

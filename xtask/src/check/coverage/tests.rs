use super::{cases, compare};
use crate::check::fixture::{document, file, shown};
use crate::document::Document;

const YAML: &str = "openapi: 3.1.0
security: [{ bearer: [] }]
paths:
  /groups:
    post:
      operationId: createGroup
      responses:
        '200': { description: d }
        '401': { description: d }
        '409': { description: d }
  /ticket:
    post:
      operationId: issueTicket
      security: []
      responses:
        2XX: { description: d }
        default: { description: d }
";

const CASES: &str = r#"
const CASES: &[Case] = &[
    Case { operation: "createGroup", status: 200, run: created },
    Case { operation: "createGroup", status: 401, ..base() },
];
fn more() -> Vec<super::Case> {
    let Case { operation, .. } = base();
    vec![
        super::Case { operation: "createGroup", status: 409, run: taken },
        Case { operation: "issueTicket", status: 200, run: issued },
    ]
}
#[test]
fn last() { check(Case { operation: "issueTicket", status: 503, run: down }); }
"#;

fn documents() -> Vec<Document> {
    vec![document("kibo", YAML)]
}

fn check(source: &str, gaps: Option<&str>) -> Vec<String> {
    let (cases, mut findings) = cases::read(&file("tests/contract/kibo/groups.rs", source)).unwrap();
    findings.extend(compare(&documents(), &cases, gaps));
    shown(&findings)
}

#[test]
fn a_case_for_every_answer_is_clean() {
    assert_eq!(check(CASES, Some("# nothing\n\n")), Vec::<String>::new());
}

#[test]
fn an_answer_without_a_case_is_found_at_its_line() {
    let cases = [
        (
            "status: 409",
            "kibo.yaml:10:9: coverage: `createGroup` has no test case for 409 (documented)",
        ),
        (
            "status: 503",
            "kibo.yaml:17:9: coverage: `issueTicket` has no test case for default (documented)",
        ),
    ];
    for (gone, expected) in cases {
        let found = check(&CASES.replace(gone, "status: 200"), Some(""));
        assert_eq!(found, [expected], "{gone}");
    }
}

#[test]
fn an_operation_without_any_case_is_found() {
    let found = check("", Some(""));
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found[0].starts_with("kibo.yaml:8:9: "), "{found:?}");
}

#[test]
fn a_secured_operation_needs_401_and_each_a_success_although_undocumented() {
    let yaml = "openapi: 3.1.0
security: [{ bearer: [] }]
paths:
  /groups:
    post:
      operationId: createGroup
      responses: {}
";
    let found = shown(&compare(&[document("kibo", yaml)], &[], Some("")));
    assert_eq!(
        found,
        [
            "kibo.yaml:5:5: coverage: `createGroup` has no test case for 401 (the operation is secured)",
            "kibo.yaml:5:5: coverage: `createGroup` has no test case for 2XX (every operation succeeds somehow)",
        ]
    );
}

#[test]
fn cases_for_what_no_document_knows_are_found() {
    let cases = [
        (
            "status: 409, run",
            "status: 418, run",
            "groups.rs:9:9: coverage-unknown: `createGroup` does not document 418",
        ),
        (
            "\"createGroup\", status: 409",
            "\"make\", status: 409",
            "groups.rs:9:9: coverage-unknown: no document has an operation `make`",
        ),
    ];
    for (from, to, expected) in cases {
        let found = check(&CASES.replace(from, to), Some(""));
        assert!(found.iter().any(|f| f == expected), "{found:?}");
    }
}

#[test]
fn a_case_that_only_a_run_can_know_does_not_count() {
    let found = check(&CASES.replace("status: 409", "status"), Some(""));
    assert!(
        found[0].starts_with("groups.rs:9:9: coverage-literal: "),
        "{found:?}"
    );
    assert!(
        found.iter().any(|f| f.contains("no test case for 409")),
        "{found:?}"
    );
}

#[test]
fn the_list_of_gaps_stays_empty() {
    let cases = [
        (
            CASES.to_owned(),
            Some("createGroup 409"),
            "gaps.txt:1:1: coverage-gaps: `createGroup 409` is no gap any more",
        ),
        (
            CASES.replace("409", "200"),
            Some("# old\ncreateGroup 409"),
            "gaps.txt:2:1: coverage-gaps: `createGroup 409` is a gap",
        ),
        (
            CASES.to_owned(),
            None,
            "gaps.txt:1:1: coverage-gaps: the list of gaps is missing",
        ),
    ];
    for (source, gaps, expected) in cases {
        let found = check(&source, gaps);
        assert!(found.iter().any(|f| f == expected), "{found:?}");
    }
}

#[test]
fn a_case_below_the_name_of_one_document_says_nothing_about_another() {
    let documents = vec![document("kibo", YAML), document("other", YAML)];
    let (own, _) = cases::read(&file("tests/contract/kibo.rs", CASES)).unwrap();
    let found = shown(&compare(&documents, &own, Some("")));
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|f| f.starts_with("other.yaml:")), "{found:?}");
    let (common, _) = cases::read(&file("tests/contract/main.rs", CASES)).unwrap();
    assert!(compare(&documents, &common, Some("")).is_empty());
}

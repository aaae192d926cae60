//! Samples of every schema: generated code is of the same opinion about them as an independent validator.

use crate::fixtures::{everything, loose, tolerant};
use contract::runtime::trial::{Body, Headers, Parameters, session};
use samples::trial::{Complaint, Trials};
use samples::{Direction, Samples};
use serde_json::Value;

const DOCUMENTS: [&str; 8] = [
    everything::DOCUMENT_JSON,
    loose::DOCUMENT_JSON,
    tolerant::DOCUMENT_JSON,
    contract::formsonfire::DOCUMENT_JSON,
    contract::kibo::DOCUMENT_JSON,
    contract::mypreferences::DOCUMENT_JSON,
    contract::propeller::DOCUMENT_JSON,
    contract::taleolearn::DOCUMENT_JSON,
];

#[test]
fn every_schema_has_a_plain_value() {
    for document in DOCUMENTS {
        let document: Value = serde_json::from_str(document).unwrap();
        let samples = Samples::new(&document, 1);
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            for way in [Direction::Request, Direction::Response] {
                for value in [samples.any(schema, way), samples.smallest(schema, way)] {
                    assert_eq!(samples.complaints(schema, &value, way), [], "{name}: {value}");
                }
            }
        }
    }
}

/// What is wrong with a document's code, as `cargo xtask check --step samples` finds it for the dialects.
fn complaints(
    document: &Value,
    bodies: &[Body],
    parameters: &[Parameters],
    headers: &[Headers],
) -> Vec<Complaint> {
    let trials = Trials::new(document, 1).unwrap();
    assert_eq!(trials.disputed, []);
    let mut found = Vec::new();
    for group in &trials.groups {
        let lines: Vec<&str> = group.cases.iter().map(|case| case.line.as_str()).collect();
        let input = format!("{}\n{}\n", group.line, lines.join("\n"));
        let mut output = Vec::new();
        session(input.as_bytes(), &mut output, bodies, parameters, headers).unwrap();
        let output = String::from_utf8(output).unwrap();
        let answers: Vec<&str> = output.lines().collect();
        assert_eq!(answers.len(), lines.len(), "{}", group.line);
        for (case, answer) in group.cases.iter().zip(answers) {
            found.extend(trials.complaint(group, case, answer).unwrap());
        }
    }
    found
}

#[test]
fn fixtures_take_and_refuse_what_their_schemas_do() {
    for (document, bodies, parameters, headers) in [
        (
            everything::DOCUMENT_JSON,
            everything::trials::BODIES,
            everything::trials::PARAMETERS,
            everything::trials::HEADERS,
        ),
        (
            loose::DOCUMENT_JSON,
            loose::trials::BODIES,
            loose::trials::PARAMETERS,
            loose::trials::HEADERS,
        ),
        (
            tolerant::DOCUMENT_JSON,
            tolerant::trials::BODIES,
            tolerant::trials::PARAMETERS,
            tolerant::trials::HEADERS,
        ),
    ] {
        let document: Value = serde_json::from_str(document).unwrap();
        let found = complaints(&document, bodies, parameters, headers);
        assert_eq!(found, [], "{}", document["info"]["title"]);
    }
}

/// The document changes and the code does not: each keyword that is tightened is found where it stands.
#[test]
fn a_difference_is_found_where_it_is() {
    let thing = "/components/schemas/Thing/properties";
    for (keyword, value, rule) in [
        ("name/maxLength", Value::from(9), "sample-accepted"),
        ("name/maxLength", Value::from(11), "sample-refused"),
        ("name/minLength", Value::from(2), "sample-accepted"),
        (
            "name/pattern",
            Value::from("^[^\\u0000-\\u0020]*$"),
            "sample-accepted",
        ),
        ("id/minimum", Value::from(2), "sample-accepted"),
        ("id/maximum", Value::from(100), "sample-accepted"),
        ("ratio/maximum", Value::from(1.25), "sample-accepted"),
        ("tags/maxItems", Value::from(1), "sample-accepted"),
        ("nick/type", Value::from("boolean"), "sample-refused"),
        ("key/format", Value::from("slug"), "sample-refused"),
    ] {
        let mut document: Value = serde_json::from_str(everything::DOCUMENT_JSON).unwrap();
        let pointer = format!("{thing}/{keyword}");
        assert!(document.pointer(&pointer).is_some(), "{pointer}");
        *document.pointer_mut(&pointer).unwrap() = value;
        let found = complaints(
            &document,
            everything::trials::BODIES,
            everything::trials::PARAMETERS,
            everything::trials::HEADERS,
        );
        let schema = pointer.rsplit_once('/').unwrap().0;
        let is_told = |complaint: &Complaint| complaint.rule == rule && complaint.pointer.starts_with(schema);
        assert!(found.iter().any(is_told), "{keyword}: {found:#?}");
    }
    let mut document: Value = serde_json::from_str(everything::DOCUMENT_JSON).unwrap();
    document["components"]["schemas"]["Thing"]["required"] =
        serde_json::json!(["id", "name", "secretary", "nick"]);
    let found = complaints(
        &document,
        everything::trials::BODIES,
        everything::trials::PARAMETERS,
        everything::trials::HEADERS,
    );
    let is_told = |complaint: &Complaint| {
        complaint.rule == "sample-accepted" && complaint.pointer == "/components/schemas/Thing/required"
    };
    assert!(found.iter().any(is_told), "{found:#?}");
}

/// A header that the document has and the code does not write.
#[test]
fn a_header_that_is_not_written_is_found() {
    let mut document: Value = serde_json::from_str(everything::DOCUMENT_JSON).unwrap();
    document["components"]["headers"]["RequestId"]["x-roster-set-by"] = "handler".into();
    let found = complaints(
        &document,
        everything::trials::BODIES,
        everything::trials::PARAMETERS,
        everything::trials::HEADERS,
    );
    let is_told = |rule: &str| {
        let mut told = found.iter().filter(|complaint| complaint.rule == rule);
        told.any(|complaint| complaint.pointer == "/components/headers/RequestId/schema")
    };
    assert!(
        is_told("sample-changed") && is_told("sample-untried"),
        "{found:#?}"
    );
}

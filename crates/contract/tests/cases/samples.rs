//! Every schema of every document has samples.

use crate::fixtures::{everything, loose, tolerant};
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

//! Models: what goes in and comes out.

use contract::runtime::Secret;
use serde_json::json;

use super::api::thing;
use crate::fixtures::everything::models::{Kind, Note, Thing, ThingMood};
use crate::fixtures::everything::{DOCUMENT_JSON, DOCUMENT_YAML, OPERATIONS};

#[test]
fn absent_null_and_secret_members() {
    let mut thing = thing();
    thing.password = Some(Secret::new("a long pass phrase"));
    let written = serde_json::to_value(&thing).unwrap();
    let expected = json!({
        "id": 1, "name": "One", "secretary": null, "note": null, "tags": ["a"],
        "owner": {"name": "Ada"}, "made": null, "flag": null
    });
    assert_eq!(
        written, expected,
        "optional members are left out, nullable ones are null, secrets are never written"
    );
    assert!(!format!("{thing:?}").contains("pass phrase"));
}

#[test]
fn the_example_is_read_and_written() {
    let document: serde_json::Value = serde_json::from_str(DOCUMENT_JSON).unwrap();
    assert!(DOCUMENT_YAML.starts_with("openapi: 3.1.0"));
    let mut example = document["components"]["examples"]["Thing"]["value"].clone();
    let thing: Thing = serde_json::from_value(example.clone()).unwrap();
    assert_eq!(
        (thing.kind, thing.mood),
        (Some(Kind::Large), Some(ThingMood::Good))
    );
    assert_eq!(
        thing.password.as_ref().map(Secret::expose),
        Some("a long pass phrase")
    );
    // What is never written is not expected back, and what is left out comes back as null.
    example.as_object_mut().unwrap().remove("password");
    let part = example["parts"][0].as_object_mut().unwrap();
    for name in ["note", "tags", "made", "flag"] {
        part.insert(name.to_owned(), json!(null));
    }
    assert_eq!(serde_json::to_value(&thing).unwrap(), example);
}

#[test]
fn names_that_rust_keeps_for_itself() {
    let note: Note = serde_json::from_value(json!({"type": "memo"})).unwrap();
    assert_eq!(serde_json::to_value(&note).unwrap(), json!({"type": "memo"}));
    assert_eq!(Kind::ExtraLarge.as_str(), "extra-large");
}

#[test]
fn operations_are_listed_in_the_order_of_the_document() {
    let list: Vec<String> = OPERATIONS
        .iter()
        .map(|operation| format!("{} {} {}", operation.id, operation.method, operation.path))
        .collect();
    assert_eq!(
        list,
        [
            "listThings GET /things",
            "createThing POST /things",
            "getThing GET /things/{thingId}",
            "deleteThing DELETE /things/{thingId}",
            "replaceSpecial PUT /things/special",
            "tagSpecial PATCH /things/special",
            "addNote POST /notes/{noteId}/{page}",
        ]
    );
    assert!(
        OPERATIONS
            .iter()
            .all(|operation| operation.dialect == "everything")
    );
}

use serde_json::{Value, json};

use super::findings;
use crate::check::fixture::{document, shown};

const SOURCE: &str = r#"openapi: 3.1.0
info: { title: T, version: "1" }
servers: [{ url: / }]
paths:
  /groups:
    get:
      operationId: listGroups
      description: All groups.
      responses:
        "200": { $ref: '#/components/responses/Groups' }
        "404": { $ref: '#/components/responses/Groups' }
components:
  responses:
    Groups:
      description: The groups.
      content:
        application/json:
          schema: { $ref: '#/components/schemas/Group' }
  schemas:
    Group:
      type: object
      properties:
        name:
          type: string
          maxLength: 80
"#;

fn derived() -> Value {
    let response = json!({
        "description": "The groups.",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Group" } } },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "/" }],
        "paths": { "/groups": { "get": {
            "operationId": "listGroups",
            "description": "All groups.",
            "responses": { "200": response, "404": response },
        } } },
        "components": { "schemas": { "Group": {
            "type": "object",
            "properties": { "name": { "type": "string", "maxLength": 80 } },
        } } },
    })
}

fn check(change: impl Fn(&mut Value)) -> Vec<String> {
    let mut derived = derived();
    change(&mut derived);
    let found = findings(&document("kibo", SOURCE), &derived);
    assert!(
        found
            .iter()
            .all(|f| f.mend.as_deref() == Some("cargo xtask generate"))
    );
    shown(&found)
}

#[test]
fn the_same_api_in_another_spelling_is_clean() {
    assert_eq!(check(|_| {}), Vec::<String>::new());
}

#[test]
fn a_difference_is_found_at_its_line_in_the_document() {
    let name = "/components/schemas/Group/properties/name";
    let found = check(|d| d.pointer_mut(name).unwrap()["maxLength"] = json!(81));
    assert_eq!(
        found,
        [
            "kibo.yaml:25:11: derived: #/components/schemas/Group/properties/name/maxLength: the document says \
             80, the derived document says 81"
        ]
    );
    let found = check(|d| {
        d["paths"]["/groups"]["get"]["description"] = json!("Some groups.");
    });
    assert!(
        found[0].starts_with("kibo.yaml:8:7: derived: #/paths/~1groups/get/description: "),
        "{found:?}"
    );
}

#[test]
fn what_is_missing_and_what_is_too_much_is_found() {
    let found = check(|d| {
        d["paths"]["/groups"]["get"]
            .as_object_mut()
            .unwrap()
            .remove("operationId");
        d["paths"]["/groups"]["post"] = json!({ "responses": {} });
    });
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("kibo.yaml:7:7: ") && found[0].contains("the derived document lacks it"));
    assert!(
        found[1].starts_with("kibo.yaml:5:3: ") && found[1].contains("#/paths/~1groups/post"),
        "{found:?}"
    );
}

#[test]
fn a_component_used_twice_is_reported_once() {
    let found = check(|d| {
        for status in ["200", "404"] {
            d["paths"]["/groups"]["get"]["responses"][status]["description"] = json!("Groups.");
        }
    });
    let [only] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(
        only.starts_with("kibo.yaml:15:7: ") && only.ends_with("(and at 1 other uses)"),
        "{only}"
    );
}

#[test]
fn a_reference_of_the_derived_document_that_leads_nowhere_is_found() {
    let name = "/components/schemas/Group/properties/name";
    let found = check(|d| *d.pointer_mut(name).unwrap() = json!({ "$ref": "#/components/schemas/Name" }));
    assert!(
        found
            .iter()
            .any(|f| f.contains("refers to #/components/schemas/Name, which it lacks")),
        "{found:?}"
    );
}

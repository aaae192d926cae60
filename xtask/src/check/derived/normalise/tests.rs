use serde_json::{Value, json};

use super::normalise;
use crate::check::derived::compare::differences;

fn operation(operation: &Value) -> Value {
    json!({ "openapi": "3.1.0", "paths": { "/a": { "get": operation } } })
}

fn schema(schema: &Value) -> Value {
    json!({ "openapi": "3.1.0", "components": { "schemas": { "A": schema } } })
}

fn header(header: &Value) -> Value {
    operation(&json!({ "responses": { "200": { "description": "d", "headers": header } } }))
}

fn body(media: &Value) -> Value {
    operation(&json!({ "requestBody": { "content": media } }))
}

fn paths(left: &Value, right: &Value) -> Vec<String> {
    let (left, right) = (normalise(left), normalise(right));
    differences(&left.root, &right.root)
        .into_iter()
        .map(|difference| difference.path)
        .collect()
}

#[test]
fn spellings_of_operations_that_mean_the_same_are_equal() {
    let query = json!({ "name": "q", "in": "query", "schema": { "type": "string" } });
    let full = json!({ "name": "q", "in": "query", "schema": { "type": "string" }, "required": false,
        "style": "form", "explode": true, "deprecated": false, "allowReserved": false });
    let cases = [
        // parameters of the path, by reference, in any order
        (
            json!({ "paths": { "/a": { "parameters": [query], "get": {} } } }),
            json!({ "paths": { "/a": { "get": { "parameters": [full] } } } }),
        ),
        (
            json!({ "paths": { "/a": { "get": { "parameters": [{ "$ref": "#/components/parameters/Q" }] } } },
                "components": { "parameters": { "Q": query } } }),
            json!({ "paths": { "/a": { "get": { "parameters": [query] } } } }),
        ),
        (
            operation(
                &json!({ "parameters": [query, { "name": "X-A", "in": "header", "required": false }] }),
            ),
            operation(
                &json!({ "parameters": [{ "name": "x-a", "in": "header", "style": "simple" }, query] }),
            ),
        ),
        // flags, empty lists, our notes, nulls
        (
            operation(
                &json!({ "tags": [], "deprecated": false, "x-roster-max-body": 5, "externalDocs": null }),
            ),
            operation(&json!({})),
        ),
        // inherited security and servers
        (
            json!({ "security": [{ "b": [] }, { "a": ["y", "x"] }], "paths": { "/a": { "get": {} } } }),
            json!({ "paths": { "/a": { "get": { "security": [{ "a": ["x", "y"] }, { "b": [] }] } } } }),
        ),
        (
            json!({ "paths": { "/a": { "servers": [{ "url": "/x" }], "get": {} } } }),
            json!({ "paths": { "/a": { "get": { "servers": [{ "url": "/x" }] } } } }),
        ),
        (
            json!({ "paths": { "/a": { "get": {} } } }),
            json!({ "paths": { "/a": { "get": { "servers": [{ "url": "/" }] } } } }),
        ),
    ];
    for (left, right) in cases {
        assert_eq!(paths(&left, &right), Vec::<String>::new(), "{left}\n{right}");
    }
}

#[test]
fn spellings_of_messages_that_mean_the_same_are_equal() {
    let cases = [
        (
            header(&json!({ "ETag": { "schema": {} } })),
            header(
                &json!({ "etag": { "schema": {}, "required": false, "style": "simple", "explode": false } }),
            ),
        ),
        (
            header(&json!({})),
            operation(&json!({ "responses": { "200": { "description": "d" } } })),
        ),
        (
            body(&json!({ "Application/JSON": { "examples": {} } })),
            operation(
                &json!({ "requestBody": { "required": false, "content": { "application/json": {} } } }),
            ),
        ),
        (
            json!({ "paths": { "/a": { "get": { "responses": { "404": { "$ref": "#/components/responses/N",
                "description": "other" } } } } }, "components": { "responses": { "N": { "description": "d" } } } }),
            json!({ "paths": { "/a": { "get": { "responses": { "404": { "description": "other" } } } } } }),
        ),
        (
            with_example(&body(
                &json!({ "a/b": { "examples": { "e": { "$ref": "#/components/examples/E" } } } }),
            )),
            body(&json!({ "a/b": { "examples": { "e": { "value": { "n": null } } } } })),
        ),
    ];
    for (left, right) in cases {
        assert_eq!(paths(&left, &right), Vec::<String>::new(), "{left}\n{right}");
    }
}

fn with_example(document: &Value) -> Value {
    let mut document = document.clone();
    document["components"] = json!({ "examples": { "E": { "value": { "n": null } } } });
    document
}

#[test]
fn spellings_of_schemas_that_mean_the_same_are_equal() {
    let cases = [
        (json!({ "type": ["string"] }), json!({ "type": "string" })),
        (
            json!({ "type": ["null", "string"] }),
            json!({ "type": ["string", "null"] }),
        ),
        (
            json!({ "required": ["b", "a"] }),
            json!({ "required": ["a", "b"] }),
        ),
        (json!({ "required": [], "properties": {} }), json!({})),
        (
            json!({ "additionalProperties": true }),
            json!({ "additionalProperties": {} }),
        ),
        (json!({ "additionalProperties": true }), json!({})),
        (json!({ "propertyNames": { "type": "string" } }), json!({})),
        (
            json!({ "properties": { "a": true } }),
            json!({ "properties": { "a": {} } }),
        ),
        (
            json!({ "minLength": 0, "minItems": 0, "uniqueItems": false, "readOnly": false }),
            json!({}),
        ),
        (
            json!({ "maximum": 10.0, "default": 1.0 }),
            json!({ "maximum": 10, "default": 1 }),
        ),
        (json!({ "xml": {} }), json!({})),
        (
            json!({ "xml": { "name": "n", "wrapped": false } }),
            json!({ "xml": { "name": "n" } }),
        ),
        (json!({ "x-roster-selects": "Group" }), json!({})),
        (json!({ "x-sunset": "2027-01-31" }), json!({})),
    ];
    for (left, right) in cases {
        assert_eq!(
            paths(&schema(&left), &schema(&right)),
            Vec::<String>::new(),
            "{left} {right}"
        );
    }
}

#[test]
fn what_counts_in_schemas_is_found() {
    let cases = [
        (json!({ "maxLength": 5 }), json!({ "maxLength": 6 }), "/maxLength"),
        (
            json!({ "description": "a" }),
            json!({ "description": "b" }),
            "/description",
        ),
        (json!({ "description": "a" }), json!({}), "/description"),
        (json!({ "minimum": 0 }), json!({}), "/minimum"),
        (json!({ "default": null }), json!({}), "/default"),
        (
            json!({ "example": { "a": null } }),
            json!({ "example": {} }),
            "/example/a",
        ),
        (
            json!({ "examples": [1, 2] }),
            json!({ "examples": [2, 1] }),
            "/examples/0",
        ),
        (
            json!({ "enum": ["a", "b"] }),
            json!({ "enum": ["b", "a"] }),
            "/enum/0",
        ),
        (
            json!({ "type": ["string", "null"] }),
            json!({ "type": "string" }),
            "/type",
        ),
        (json!({ "required": ["a"] }), json!({}), "/required"),
        (
            json!({ "additionalProperties": false }),
            json!({}),
            "/additionalProperties",
        ),
        (json!({ "readOnly": true }), json!({}), "/readOnly"),
        (
            json!({ "format": "int32" }),
            json!({ "format": "int64" }),
            "/format",
        ),
        (json!({ "x-other": 1 }), json!({}), "/x-other"),
        (
            json!({ "oneOf": [{ "type": "null" }] }),
            json!({ "oneOf": [{ "type": "string" }] }),
            "/oneOf/0/type",
        ),
        (
            json!({ "properties": { "x-roster-a": { "type": "string" } } }),
            json!({}),
            "/properties",
        ),
        (
            json!({ "items": { "maxLength": 5 } }),
            json!({ "items": {} }),
            "/items/maxLength",
        ),
        (
            json!({ "$ref": "#/components/schemas/A" }),
            json!({ "$ref": "#/components/schemas/B" }),
            "/$ref",
        ),
    ];
    for (left, right, expected) in cases {
        let found = paths(&schema(&left), &schema(&right));
        assert_eq!(
            found.first(),
            Some(&format!("/components/schemas/A{expected}")),
            "{left} {right}"
        );
    }
}

#[test]
fn what_counts_elsewhere_is_found() {
    let query = |more: &Value| {
        let mut parameter = json!({ "name": "q", "in": "query" });
        parameter
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        operation(&json!({ "parameters": [parameter] }))
    };
    let get = "/paths/~1a/get";
    let cases = [
        (
            query(&json!({})),
            query(&json!({ "required": true })),
            format!("{get}/parameters/query:q/required"),
        ),
        (
            query(&json!({})),
            query(&json!({ "explode": false })),
            format!("{get}/parameters/query:q/explode"),
        ),
        (
            query(&json!({ "example": "a" })),
            query(&json!({})),
            format!("{get}/parameters/query:q/example"),
        ),
        (
            operation(&json!({ "summary": "a" })),
            operation(&json!({})),
            format!("{get}/summary"),
        ),
        (
            operation(&json!({ "tags": ["a", "b"] })),
            operation(&json!({ "tags": ["b", "a"] })),
            format!("{get}/tags/0"),
        ),
        (
            operation(&json!({ "security": [{ "a": [] }] })),
            operation(&json!({})),
            format!("{get}/security/0"),
        ),
        (
            operation(&json!({ "security": [{ "a": [] }, {}] })),
            operation(&json!({ "security": [{ "a": [] }] })),
            format!("{get}/security/1"),
        ),
        (
            header(&json!({ "ETag": { "required": true } })),
            header(&json!({ "ETag": {} })),
            format!("{get}/responses/200/headers/etag/required"),
        ),
        (
            body(&json!({ "a/b": { "example": { "n": null } } })),
            body(&json!({ "a/b": { "example": {} } })),
            format!("{get}/requestBody/content/a~1b/example/n"),
        ),
        (
            operation(&json!({ "responses": { "404": { "description": "d" } } })),
            operation(&json!({ "responses": {} })),
            format!("{get}/responses/404"),
        ),
        (
            json!({ "info": { "title": "a" } }),
            json!({ "info": { "title": "b" } }),
            "/info/title".to_owned(),
        ),
        (
            json!({ "tags": [{ "name": "a" }, { "name": "b" }] }),
            json!({ "tags": [{ "name": "b" }, { "name": "a" }] }),
            "/tags/0/name".to_owned(),
        ),
        (
            json!({ "servers": [{ "url": "/" }, { "url": "/api" }] }),
            json!({ "servers": [{ "url": "/" }] }),
            "/servers/1".to_owned(),
        ),
        (
            json!({ "components": { "securitySchemes": { "b": { "type": "http", "scheme": "bearer" } } } }),
            json!({ "components": { "securitySchemes": { "b": { "type": "http", "scheme": "basic" } } } }),
            "/components/securitySchemes/b/scheme".to_owned(),
        ),
        // a component that nothing refers to is compared where it stands
        (
            json!({ "components": { "responses": { "N": { "description": "d" } } } }),
            json!({ "components": { "schemas": {} } }),
            "/components".to_owned(),
        ),
    ];
    for (left, right, expected) in cases {
        assert_eq!(paths(&left, &right).first(), Some(&expected), "{left}\n{right}");
    }
}

#[test]
fn references_that_lead_nowhere_or_in_a_circle_are_named() {
    let dangling = |document: &Value| {
        normalise(document)
            .dangling
            .into_iter()
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let lost = operation(&json!({ "responses": { "200": { "$ref": "#/components/responses/Lost" } } }));
    assert_eq!(dangling(&lost), ["/paths/~1a/get/responses/200"]);
    let circle = json!({ "components": { "headers": { "A": { "$ref": "#/components/headers/A" } } } });
    assert_eq!(dangling(&circle).len(), 1);
    assert_eq!(
        dangling(&schema(&json!({ "$ref": "#/components/schemas/B" }))),
        ["/components/schemas/A/$ref"]
    );
    assert!(dangling(&schema(&json!({ "$ref": "#/components/schemas/A" }))).is_empty());
}

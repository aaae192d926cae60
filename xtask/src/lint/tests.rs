//! Each rule against a small document with one change: what is found, and where.

use std::path::PathBuf;

use super::lint;
use crate::document::Document;

mod extensions;
mod links;
mod tolerances;

const SMALL: &str = include_str!("small.yaml");

fn found(text: &str) -> Vec<String> {
    let findings = match Document::parse(PathBuf::from("openapi/small.yaml"), text) {
        Ok(document) => lint(&document),
        Err(findings) => findings,
    };
    findings
        .iter()
        .map(|found| format!("{} {}:{}", found.rule, found.line, found.column))
        .collect()
}

/// Cases, and those that failed.
#[derive(Default)]
struct Cases(Vec<String>);

impl Cases {
    /// Replaces the first `from`; `expected` is everything that is then found.
    fn check(&mut self, from: &str, to: &str, expected: &[&str]) {
        assert!(SMALL.contains(from), "{from}");
        let found = found(&SMALL.replacen(from, to, 1));
        if found != expected {
            self.0.push(format!(
                "{from} -> {to}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }

    fn end(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[test]
fn the_small_document_is_clean() {
    assert_eq!(found(SMALL), Vec::<String>::new());
}

#[test]
fn members_and_references() {
    let mut cases = Cases::default();
    cases.check(
        "title: Small",
        "titel: Small",
        &["missing-member 2:1", "unknown-keyword 3:3"],
    );
    cases.check("openapi: 3.1.0", "openapi: 3.0.3", &["unsupported 1:1"]);
    cases.check("version: \"1\"", "version: 1.10", &["unquoted-version 4:3"]);
    cases.check("parameters/Id'", "parameters/Nobody'", &["dangling-ref 19:11"]);
    cases.check("parameters/Id'", "responses/Error'", &["dangling-ref 19:11"]);
    cases.check(
        "$ref: '#/components/schemas/Thing'",
        "$ref: 'other.yaml#/Thing'",
        &["dangling-ref 30:22"],
    );
    cases.check(
        "$ref: '#/components/schemas/Thing'",
        "$ref: 7",
        &["wrong-type 30:22"],
    );
    cases.check(
        "    Error:\n      description: An error.\n      content:",
        "    Round: {$ref: '#/components/responses/Round'}\n    Error:\n      description: An error.\n      content:",
        &["circular-ref 60:5"],
    );
    cases.check("maxLength: 3", "maxLenght: 3", &["unknown-keyword 81:54"]);
    cases.check("maxLength: 3", "maxLength: '3'", &["wrong-type 81:54"]);
    cases.check("required: [name]", "required: name", &["wrong-type 79:7"]);
    cases.check(
        "      tags: [Things]",
        "      x-roster-choise: x",
        &["unknown-keyword 15:7"],
    );
    cases.check("tags: [Things]", "tags: Things", &["wrong-type 15:7"]);
    cases.check(
        "      parameters:\n",
        "      parameter:\n",
        &["unknown-keyword 18:7"],
    );
    cases.end();
}

#[test]
fn operations() {
    let mut cases = Cases::default();
    cases.check(
        "      operationId: putThing\n",
        "",
        &["missing-operation-id 13:5"],
    );
    cases.check("putThing", "put-thing", &["operation-id 14:7"]);
    cases.check("      summary: Put\n", "", &["missing-summary 13:5"]);
    cases.check(
        "      description: Puts a thing.\n",
        "",
        &["missing-description 13:5"],
    );
    cases.check(
        "        description: The thing.\n",
        "",
        &["missing-description 25:7"],
    );
    cases.check("    description: Things.\n", "", &["missing-description 7:5"]);
    cases.check("/things/{id}:", "/things/{id}/:", &["trailing-slash 12:3"]);
    cases.check(
        "/things/{id}:",
        "/things/{name}:",
        &["path-parameter 13:5", "path-parameter 19:11", "unsupported 53:5"],
    );
    cases.check(
        "        - name: size",
        "        - $ref: '#/components/parameters/Id'\n        - name: size",
        &["duplicate-parameter 20:11"],
    );
    cases.check(
        "        '415': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status 34:7"],
    );
    cases.check(
        "        '401': {$ref: '#/components/responses/Error'}\n",
        "",
        &["undeclared-status 34:7"],
    );
    cases.check(
        "            examples:\n              one:\n                value: {name: abc}\n",
        "",
        &["missing-example 29:11"],
    );
    cases.check(
        "'401': {$ref: '#/components/responses/Error'}",
        "'4XX': {$ref: '#/components/responses/Error'}",
        &["undeclared-status 34:7", "unsupported 44:9"],
    );
    let second = "  /things/{other}:\n    get: {operationId: putThing, summary: Get, description: Gets., responses: {'401': {$ref: '#/components/responses/Error'}, '500': {$ref: '#/components/responses/Error'}}}\ncomponents:";
    cases.check(
        "components:",
        second,
        &[
            "ambiguous-path 49:3",
            "name-clash 50:5",
            "path-parameter 50:5",
            "duplicate-operation-id 50:11",
        ],
    );
    let other = "'401': {description: Other., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, examples: {one: {value: {name: abc}}}}}}";
    cases.check(
        "'401': {$ref: '#/components/responses/Error'}",
        other,
        &["error-schema-differs 44:67"],
    );
    cases.end();
}

#[test]
fn paths_that_match_the_same_requests() {
    let with = |path: &str| SMALL.replace("components:", &format!("  {path}: {{}}\ncomponents:"));
    for (path, is_ambiguous) in [
        ("/{all}/things", true),
        ("/{all}/{id}", false),
        ("/others/{id}", false),
        ("/things", false),
    ] {
        assert_eq!(
            found(&with(path)).contains(&"ambiguous-path 49:3".to_owned()),
            is_ambiguous,
            "{path}"
        );
    }
}

#[test]
fn schemas() {
    let mut cases = Cases::default();
    cases.check("maxLength: 3, ", "", &["missing-bound 81:9"]);
    cases.check("          maxItems: 2\n", "", &["missing-bound 84:9"]);
    cases.check("minimum: 1, ", "", &["missing-bound 24:11"]);
    cases.check("description: Its name., ", "", &["missing-description 81:9"]);
    cases.end();
}

#[test]
fn bounds_and_required_members() {
    let mut cases = Cases::default();
    cases.check(
        "minimum: 1, ",
        "minimum: 10, ",
        &[
            "example-mismatch 23:11",
            "bounds-crossed 24:11",
            "example-mismatch 24:75",
        ],
    );
    let found = found(&SMALL.replacen("required: [name]", "required: [name, none]", 1));
    assert!(found.contains(&"required-unknown 79:24".to_owned()), "{found:?}");
    cases.end();
}

#[test]
fn patterns_and_examples() {
    let mut cases = Cases::default();
    cases.check("'^[a-z]*$'", "'^\\w*$'", &["pattern-not-portable 81:68"]);
    cases.check("'^[a-z]*$'", "'^(?=a)[a-z]*$'", &["pattern-not-portable 81:68"]);
    cases.check("example: 3", "example: 30", &["example-mismatch 23:11"]);
    cases.check("example: 3", "example: three", &["example-mismatch 23:11"]);
    cases.check("default: 2", "default: 20", &["example-mismatch 24:74"]);
    cases.check(
        "examples: [abc]",
        "examples: [abcd]",
        &["example-mismatch 81:100"],
    );
    cases.check(
        "value: {name: abc}",
        "value: {name: ABC}",
        &["example-mismatch 33:25"],
    );
    cases.check("value: {name: abc}", "value: {}", &["example-mismatch 33:17"]);
    cases.check(
        "value: {name: abc}",
        "value: {name: abc, more: 1}",
        &["example-mismatch 33:36"],
    );
    cases.check(
        "value: {name: abc}",
        "value: {name: abc, at: today}",
        &["example-mismatch 33:36"],
    );
    cases.check(
        "value: {name: abc}",
        "value: {name: abc, list: [a, bcd, e]}",
        &["example-mismatch 33:36", "example-mismatch 33:46"],
    );
    cases.check("value: {name: abc}", "value: {name: abc, secret: x}", &[]);
    let answer = "                one:\n                  value: {name: abc";
    cases.check(
        answer,
        "                one:\n                  value: {secret: x, name: abc",
        &["example-mismatch 42:27"],
    );
    cases.check(
        "value: {text: wrong}",
        "value: {text: null}",
        &["example-mismatch 67:23"],
    );
    cases.end();
}

#[test]
fn unsupported_constructs_are_named() {
    let mut cases = Cases::default();
    for (from, to, place) in [
        ("maxLength: 3", "const: a, maxLength: 3", "81:54"),
        ("additionalProperties: false", "allOf: []", "78:7"),
        ("additionalProperties: false", "patternProperties: {}", "78:7"),
        (
            "additionalProperties: false",
            "additionalProperties: {type: string, maxLength: 1}",
            "78:7",
        ),
        ("type: integer, format: int32", "type: integer", "24:11"),
        ("type: integer, format: int32", "type: number", "24:11"),
        (
            "type: integer, format: int32",
            "type: [integer, 'null'], format: int32",
            "24:11",
        ),
        (
            "type: integer, format: int32",
            "type: [integer, string], maxLength: 1, format: int32",
            "24:20",
        ),
        ("in: query", "in: cookie", "20:11"),
        ("      tags: [Things]", "      callbacks: {}", "15:7"),
        ("- bearer: []", "- bearer: [read]", "10:5"),
        ("- bearer: []", "- {}", "10:5"),
        ("scheme: bearer", "scheme: digest", "51:5"),
        (
            "items: {type: string, maxLength: 2}",
            "items: {type: object}",
            "88:11",
        ),
        (
            "items: {type: string, maxLength: 2}",
            "items: {type: [string, 'null'], maxLength: 2}",
            "84:9",
        ),
        (
            "at: {type: string, description: When., format: date-time}",
            "at: {description: When., oneOf: [{type: string, maxLength: 1}]}",
            "83:34",
        ),
        (
            "at: {type: string, description: When., format: date-time}",
            "at: {type: string, description: When., format: byte, maxLength: 1}",
            "83:9",
        ),
        (
            "at: {type: string, description: When., format: date-time}",
            "at: {type: [string, 'null'], description: When., enum: [a]}",
            "83:9",
        ),
        (
            "at: {type: string, description: When., format: date-time}",
            "at: {$ref: '#/components/schemas/Thing'}",
            "83:9",
        ),
        (
            "          in: query\n",
            "          in: query\n          x-roster-type: selection\n",
            "20:11",
        ),
    ] {
        cases.check(from, to, &[&format!("unsupported {place}")]);
    }
    cases.end();
}

#[test]
fn names_that_clash_in_rust() {
    let mut cases = Cases::default();
    cases.check(
        "        at: {",
        "        Name: {type: string, description: x, maxLength: 1}\n        at: {",
        &["name-clash 83:9"],
    );
    let found = found(&SMALL.replace("Thing", "Result"));
    assert!(found.contains(&"name-clash 75:5".to_owned()), "{found:?}");
    cases.check("name: size", "name: Id", &["name-clash 13:5"]);
    cases.check(
        "name: {type: string,",
        "kind: {type: string, description: x, enum: [a-b, a_b]}\n        name: {type: string,",
        &["name-clash 81:9"],
    );
    cases.check(
        "operationId: putThing",
        "operationId: refuse",
        &["name-clash 13:5"],
    );
    cases.end();
}

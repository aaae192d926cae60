//! Links of answers.

use super::{SMALL, found};

/// The small document with a link, whose parameters and body these are.
fn small(link: &str) -> String {
    let before = "                  value: {name: abc}\n        '400'";
    assert!(SMALL.contains(before));
    let with = format!(
        "                  value: {{name: abc}}\n          links:\n            again:\n              {link}\n        '400'"
    );
    SMALL.replacen(before, &with, 1)
}

#[test]
fn right_links() {
    for link in [
        "{operationId: putThing}",
        "{operationId: putThing, description: Again., parameters: {id: $response.body#/name}}",
        "{operationId: putThing, parameters: {path.id: $request.path.id, query.size: $request.query.size}}",
        "{operationId: putThing, parameters: {id: $request.body#/name, size: 4}}",
        "{operationId: putThing, requestBody: $request.body}",
        "{operationId: putThing, requestBody: {name: '{$method} of {$response.body#/name}'}}",
    ] {
        assert_eq!(found(&small(link)), Vec::<String>::new(), "{link}");
    }
}

#[test]
fn wrong_links() {
    for (link, rule) in [
        ("{operationId: getThing}", "link-operation 45:16"),
        ("{description: Nowhere.}", "missing-member 44:13"),
        ("{operationRef: '#/paths/~1things'}", "missing-member 44:13"),
        ("{operationId: putThing, server: {url: /}}", "unsupported 45:39"),
        (
            "{operationId: putThing, parameters: {nmae: x}}",
            "link-parameter 45:52",
        ),
        (
            "{operationId: putThing, parameters: {query.id: x}}",
            "link-parameter 45:52",
        ),
        ("{operationId: putThing, parameters: x}", "wrong-type 45:39"),
        (
            "{operationId: putThing, parameters: {id: $response.body#/id}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $response.body#name}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $response.header.ETag}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $request.query.id}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $request.cookie.id}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $name}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: $answer.body}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, parameters: {id: 'a{$url'}}",
            "link-expression 45:52",
        ),
        (
            "{operationId: putThing, requestBody: [{name: $response.body#/x}]}",
            "link-expression 45:54",
        ),
        ("{$ref: '#/components/links/Nobody'}", "dangling-ref 45:16"),
    ] {
        let found = found(&small(link));
        assert_eq!(found.first().map(String::as_str), Some(rule), "{link}: {found:?}");
    }
}

#[test]
fn needs() {
    let name = "name: {type: string,";
    assert!(SMALL.contains(name));
    let with =
        |word: &str| SMALL.replacen(name, &format!("name: {{x-roster-needs: {word}, type: string,"), 1);
    assert_eq!(found(&with("reference")), Vec::<String>::new());
    assert_eq!(found(&with("luck")).len(), 1);
    let tagged = SMALL.replacen(
        "tags: [Things]",
        "tags: [Things]\n      x-roster-needs: tenant",
        1,
    );
    assert_eq!(found(&tagged).len(), 1);
}

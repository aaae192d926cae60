//! Links that lead nowhere.

use super::{Case, case};

/// The small document with one link.
macro_rules! link {
    ($link:literal, $($found:literal),+) => {
        case(
            "                  value: {name: abc}\n        '400'",
            concat!(
                "                  value: {name: abc}\n          links:\n            again:\n              ",
                $link,
                "\n        '400'"
            ),
            &[$($found),+],
        )
    };
}

pub static CASES: &[Case] = &[
    link!("{operationId: getThing}", "link-operation 45:16"),
    link!("{description: Nowhere.}", "missing-member 44:13"),
    link!(
        "{operationRef: '#/paths/~1things'}",
        "missing-member 44:13",
        "unsupported 45:16"
    ),
    link!("{operationId: putThing, server: {url: /}}", "unsupported 45:39"),
    link!(
        "{operationId: putThing, parameters: {nmae: x}}",
        "link-parameter 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {query.id: x}}",
        "link-parameter 45:52"
    ),
    link!("{operationId: putThing, parameters: x}", "wrong-type 45:39"),
    link!(
        "{operationId: putThing, parameters: {id: $response.body#/id}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $response.body#name}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $response.header.ETag}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $request.query.id}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $request.cookie.id}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $name}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: $answer.body}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, parameters: {id: 'a{$url'}}",
        "link-expression 45:52"
    ),
    link!(
        "{operationId: putThing, x-roster-request-body: [{name: $response.body#/x}]}",
        "link-expression 45:64"
    ),
    link!("{$ref: '#/components/links/Nobody'}", "dangling-ref 45:16"),
];

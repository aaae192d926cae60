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
        "{operationId: putThing, x-roster-request-body: $request.body}",
        "{operationId: putThing, x-roster-request-body: {name: '{$method} of {$response.body#/name}'}}",
    ] {
        assert_eq!(found(&small(link)), Vec::<String>::new(), "{link}");
    }
}

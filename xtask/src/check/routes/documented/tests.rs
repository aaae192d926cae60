use serde_json::json;

use super::{is_secured, mounts, paths};
use crate::check::fixture::document;

const YAML: &str = r"openapi: 3.1.0
servers: [{ url: / }, { url: /api }]
security: [{ bearer: [] }]
paths:
  /groups/{groupCode}:
    summary: one
    get: { responses: { '404': { description: d } } }
    put: { responses: {} }
  /ticket:
    servers: [{ url: 'https://example.com/v2/' }]
    post:
      security: []
      responses: { '404': { description: d } }
";

#[test]
fn every_path_stands_below_every_mount_with_its_place() {
    let found = paths(&[document("kibo", YAML)]);
    let full: Vec<_> = found.iter().map(|path| path.full.as_str()).collect();
    assert_eq!(
        full,
        ["/groups/{groupCode}", "/api/groups/{groupCode}", "/v2/ticket"]
    );
    assert_eq!(found[1].verbs, ["GET".to_owned(), "PUT".to_owned()].into());
    assert_eq!((found[1].place, found[1].verb_places["PUT"]), ((5, 3), (8, 5)));
    assert!(found[1].may_miss.is_empty(), "a stranger gets 401");
    assert_eq!(found[2].may_miss, ["POST".to_owned()].into());
}

#[test]
fn other_spellings_of_a_path_have_its_verbs() {
    let yaml = YAML.replace(
        "    summary: one\n",
        "    x-roster-tolerates: ['alias:/group/{id}', 'alias:/all/groups/{id}']\n",
    );
    let found = paths(&[document("kibo", &yaml)]);
    let full: Vec<_> = found.iter().map(|path| path.full.as_str()).collect();
    assert_eq!(
        full,
        [
            "/groups/{groupCode}",
            "/api/groups/{groupCode}",
            "/group/{id}",
            "/api/group/{id}",
            "/all/groups/{id}",
            "/api/all/groups/{id}",
            "/v2/ticket"
        ]
    );
    assert_eq!(found[4].verbs, found[0].verbs);
    assert_eq!(found[4].place, (5, 3));
}

#[test]
fn mounts_are_prefixes() {
    for (servers, expected) in [
        (json!(null), vec![""]),
        (json!([{ "url": "/" }]), vec![""]),
        (json!([{ "url": "/" }, { "url": "/api/" }]), vec!["", "/api"]),
        (json!([{ "url": "https://example.com" }]), vec![""]),
    ] {
        assert_eq!(
            mounts(&servers),
            expected.iter().map(ToString::to_string).collect(),
            "{servers}"
        );
    }
}

#[test]
fn security_is_inherited_and_may_be_optional() {
    let document = json!({ "security": [{ "a": [] }] });
    for (operation, expected) in [
        (json!({}), true),
        (json!({ "security": [] }), false),
        (json!({ "security": [{ "a": [] }, {}] }), false),
        (json!({ "security": [{ "b": [] }] }), true),
    ] {
        assert_eq!(is_secured(&document, &operation), expected, "{operation}");
    }
    assert!(!is_secured(&json!({}), &json!({})));
}

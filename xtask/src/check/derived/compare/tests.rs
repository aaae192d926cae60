use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::differences;
use crate::check::derived::node::{Node, below};

fn node(value: &Value, pointer: &str) -> Node {
    match value {
        Value::Object(members) => {
            let nodes = members
                .iter()
                .map(|(name, v)| (name.clone(), node(v, &below(pointer, name))));
            Node::map(nodes.collect::<BTreeMap<_, _>>(), pointer)
        }
        Value::Array(items) => {
            let nodes = items
                .iter()
                .enumerate()
                .map(|(i, v)| node(v, &below(pointer, &i.to_string())));
            Node::list(nodes.collect(), pointer)
        }
        _ => Node::leaf(value, pointer),
    }
}

#[test]
fn every_kind_of_difference_names_path_and_source() {
    let cases = [
        (json!({"a": 1}), json!({"a": 1.0}), None),
        (json!({"a": 1}), json!({"a": 2}), Some(("/a", "/a"))),
        (json!({"a": 1}), json!({}), Some(("/a", "/a"))),
        (
            json!({"a": {}}),
            json!({"a": {"b/c": 1}}),
            Some(("/a/b~1c", "/a")),
        ),
        (json!([1, 2]), json!([1]), Some(("/1", "/1"))),
        (json!([1]), json!([1, 2]), Some(("/1", ""))),
        (json!([1, 2]), json!([2, 1]), Some(("/0", "/0"))),
        (json!({"a": null}), json!({"a": false}), Some(("/a", "/a"))),
        (json!({"a": []}), json!({"a": {}}), Some(("/a", "/a"))),
    ];
    for (ours, theirs, expected) in cases {
        let found = differences(&node(&ours, ""), &node(&theirs, ""));
        let first = found.first().map(|d| (d.path.as_str(), d.source.as_str()));
        assert_eq!(first, expected, "{ours} {theirs}");
    }
}

#[test]
fn long_texts_are_shown_around_their_first_difference() {
    let (ours, theirs) = (
        format!("{}left", "x".repeat(200)),
        format!("{}right", "x".repeat(200)),
    );
    let found = differences(&node(&json!(ours), ""), &node(&json!(theirs), ""));
    let text = &found[0].text;
    assert!(
        text.contains("xleft\"") && text.contains("xright\"") && text.len() < 200,
        "{text}"
    );
}

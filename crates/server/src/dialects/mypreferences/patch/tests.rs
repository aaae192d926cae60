use super::*;
use serde_json::json;

fn operations(patch: &Value) -> Vec<PatchOperation> {
    let kind = |word: &str| match word {
        "add" => PatchOperationKind::Add,
        "remove" => PatchOperationKind::Remove,
        "replace" => PatchOperationKind::Replace,
        _ => PatchOperationKind::Test,
    };
    let one = |one: &Value| PatchOperation {
        op: kind(one["op"].as_str().unwrap()),
        path: one["path"].as_str().unwrap().to_owned(),
        value: one.get("value").cloned(),
        from: None,
    };
    patch.as_array().unwrap().iter().map(one).collect()
}

fn run(document: Value, patch: &Value) -> Result<Value, (String, &'static str)> {
    apply(document, &operations(patch), &["Id"]).map_err(|violation| (violation.field, violation.rule))
}

/// The appendix of RFC 6902, as far as it is about these operations.
#[test]
fn examples_of_the_rfc() {
    for (document, operation, result) in [
        (
            json!({"foo": "bar"}),
            json!({"op": "add", "path": "/baz", "value": "qux"}),
            json!({"baz": "qux", "foo": "bar"}),
        ),
        (
            json!({"foo": ["bar", "baz"]}),
            json!({"op": "add", "path": "/foo/1", "value": "qux"}),
            json!({"foo": ["bar", "qux", "baz"]}),
        ),
        (
            json!({"baz": "qux", "foo": "bar"}),
            json!({"op": "remove", "path": "/baz"}),
            json!({"foo": "bar"}),
        ),
        (
            json!({"foo": ["bar", "qux", "baz"]}),
            json!({"op": "remove", "path": "/foo/1"}),
            json!({"foo": ["bar", "baz"]}),
        ),
        (
            json!({"baz": "qux"}),
            json!({"op": "replace", "path": "/baz", "value": "boo"}),
            json!({"baz": "boo"}),
        ),
        (
            json!({"foo": "bar"}),
            json!({"op": "add", "path": "/child", "value": {"grandchild": {}}}),
            json!({"foo": "bar", "child": {"grandchild": {}}}),
        ),
        (
            json!({"/": 9, "~1": 10}),
            json!({"op": "test", "path": "/~01", "value": 10}),
            json!({"/": 9, "~1": 10}),
        ),
        (
            json!({"/": 9, "~1": 10}),
            json!({"op": "replace", "path": "/~1", "value": 8}),
            json!({"/": 8, "~1": 10}),
        ),
        (
            json!({"foo": ["bar"]}),
            json!({"op": "add", "path": "/foo/-", "value": ["abc", "def"]}),
            json!({"foo": ["bar", ["abc", "def"]]}),
        ),
        (
            json!({"foo": null}),
            json!({"op": "add", "path": "/foo", "value": 1}),
            json!({"foo": 1}),
        ),
        (
            json!({"foo": 1}),
            json!({"op": "replace", "path": "", "value": {"bar": 2}}),
            json!({"bar": 2}),
        ),
    ] {
        assert_eq!(run(document, &json!([operation])), Ok(result), "{operation}");
    }
}

#[test]
fn what_cannot_be_carried_out() {
    let document = json!({"Id": 7, "Name": "a", "List": [1, 2, 3], "Gone": null});
    for (operation, place, rule) in [
        (
            json!({"op": "replace", "path": "/No", "value": 1}),
            "0/path",
            "unknown",
        ),
        (json!({"op": "remove", "path": "/No"}), "0/path", "unknown"),
        (
            json!({"op": "test", "path": "/No", "value": null}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/No/a", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/Name/a", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/Gone/a", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/List/4", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/List/01", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/List/+1", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/List/", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "add", "path": "/List/18446744073709551616", "value": 1}),
            "0/path",
            "unknown",
        ),
        (
            json!({"op": "replace", "path": "/List/-", "value": 1}),
            "0/path",
            "unknown",
        ),
        (json!({"op": "remove", "path": "/List/-"}), "0/path", "unknown"),
        (json!({"op": "remove", "path": "/List/3"}), "0/path", "unknown"),
        (
            json!({"op": "test", "path": "/Name", "value": "A"}),
            "0/value",
            "conflict",
        ),
        (
            json!({"op": "test", "path": "/Name", "value": 1}),
            "0/value",
            "conflict",
        ),
        (
            json!({"op": "test", "path": "/List", "value": [1, 2]}),
            "0/value",
            "conflict",
        ),
        (
            json!({"op": "test", "path": "/List", "value": [1, 3, 2]}),
            "0/value",
            "conflict",
        ),
        (json!({"op": "test", "path": "/Name"}), "0/value", "required"),
        (json!({"op": "add", "path": "/Name"}), "0/value", "required"),
        (json!({"op": "replace", "path": "/Name"}), "0/value", "required"),
        (
            json!({"op": "replace", "path": "/Id", "value": 7}),
            "0/path",
            "unsupported",
        ),
        (
            json!({"op": "add", "path": "/id", "value": 8}),
            "0/path",
            "unsupported",
        ),
        (json!({"op": "remove", "path": "/ID"}), "0/path", "unsupported"),
    ] {
        let refused = Err((place.to_owned(), rule));
        assert_eq!(run(document.clone(), &json!([operation])), refused, "{operation}");
    }
}

#[test]
fn lists_shrink_from_their_end() {
    let list = || json!({"A": [0, 1, 2, 3], "B": [0, 1]});
    let remove = |path: &str| json!({"op": "remove", "path": path});
    let falling = json!([remove("/A/3"), remove("/B/0"), remove("/a/1"), remove("/A/0")]);
    assert_eq!(run(list(), &falling), Ok(json!({"A": [2], "B": [1]})));
    for (second, i) in [("/A/1", 1), ("/a/2", 1)] {
        let wrong = json!([remove("/A/1"), remove(second)]);
        assert_eq!(run(list(), &wrong), Err((format!("{i}/path"), "conflict")));
    }
}

#[test]
fn letter_case_and_numbers() {
    let document = json!({"Id": 1, "Name": {"First": "Jo", "Count": 2}});
    let patch = json!([
        {"op": "test", "path": "/ID", "value": 1.0},
        {"op": "test", "path": "/name", "value": {"count": 2, "FIRST": "Jo"}},
        {"op": "replace", "path": "/NAME/first", "value": "Kim"},
        {"op": "add", "path": "/name/LAST", "value": null},
    ]);
    let expected = json!({"Id": 1, "Name": {"First": "Kim", "Count": 2, "LAST": null}});
    assert_eq!(run(document.clone(), &patch), Ok(expected));
    let whole = json!([{"op": "add", "path": "", "value": {"id": 9, "Name": "b"}}]);
    assert_eq!(run(document.clone(), &whole), Ok(json!({"Id": 1, "Name": "b"})));
    let nothing = json!([{"op": "remove", "path": ""}]);
    assert_eq!(run(document, &nothing), Ok(Value::Null));
}

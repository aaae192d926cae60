//! Right and wrong answers.

use super::*;

fn reply(status: u16, headers: &[(&str, &str)], body: &Value) -> Reply {
    let mut all = vec![
        ("content-type".to_owned(), "application/json".to_owned()),
        (
            "x-vol-correlation".to_owned(),
            "7d3f5c1e-2b7a-4f0e-9a53-0c1d2e3f4a5b".to_owned(),
        ),
    ];
    all.extend(
        headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    Reply {
        status,
        headers: all,
        body: body.to_string().into_bytes(),
    }
}

#[test]
fn a_right_answer_names_its_operation() {
    let good = reply(
        200,
        &[("etag", "\"1-ab\"")],
        &json!({"groupCode": "a", "users": []}),
    );
    for target in [
        "/platform/adminuser/groups/a%2Fb",
        "/api/platform/adminuser/groups/a/?responseFields=",
    ] {
        assert_eq!(KIBO.check("GET", target, &good), Ok(Some("getGroup")), "{target}");
    }
}

#[test]
fn wrong_answers_are_told() {
    let group = "/platform/adminuser/groups/a";
    for (answer, complaint) in [
        (
            reply(201, &[("etag", "\"1\"")], &json!({})),
            "does not document 201",
        ),
        (reply(200, &[], &json!({})), "header ETag is missing"),
        (reply(200, &[("etag", "1")], &json!({})), "header ETag: "),
        (
            reply(200, &[("etag", "\"1\"")], &json!({"groupcode": "a"})),
            "groupcode",
        ),
        (
            reply(200, &[("etag", "\"1\"")], &json!({"users": [{"password": "x"}]})),
            "password",
        ),
        (
            reply(200, &[("etag", "\"1\"")], &json!({"users": [{"id": "x"}]})),
            "/users/0/id",
        ),
        (reply(404, &[], &json!({})), "required"),
    ] {
        let complaints = KIBO.check("GET", group, &answer).unwrap_err();
        assert!(complaints.contains(complaint), "{complaints}");
    }
    let unknown = KIBO
        .check("GET", "/platform/other", &reply(200, &[], &json!({})))
        .unwrap_err();
    assert!(unknown.contains("404 is due"), "{unknown}");
    let wrong_verb = KIBO
        .check("PATCH", group, &reply(405, &[], &json!({})))
        .unwrap_err();
    assert!(wrong_verb.contains("without `Allow`"), "{wrong_verb}");
}

//! Answers: statuses, headers, selected members.

use serde_json::json;

use super::api::{authorised, send};

#[actix_web::test]
async fn only_selected_members_are_answered() {
    let whole = json!({
        "id": 1, "name": "One", "secretary": null, "note": null, "tags": ["a"],
        "owner": {"name": "Ada"}, "made": null, "flag": null
    });
    for (fields, expected) in [
        ("", json!({"total": 1, "items": [whole]})),
        ("total", json!({"total": 1})),
        (
            "items(id,owner)",
            json!({"items": [{"id": 1, "owner": {"name": "Ada"}}]}),
        ),
        (
            "total,items(-tags,-note,-made,-flag,-secretary,-owner)",
            json!({"total": 1, "items": [{"id": 1, "name": "One"}]}),
        ),
    ] {
        let answer = send(authorised("GET", &format!("/things?fields={fields}"))).await;
        assert_eq!(answer.json(), expected, "{fields}");
        assert_eq!(answer.header("x-total"), Some("1"));
    }
    let answer = send(authorised("GET", "/things?fields=total&order=teapot")).await;
    assert_eq!(
        answer.json(),
        json!({"code": 1, "text": "teapot"}),
        "errors are answered whole"
    );
}

#[actix_web::test]
async fn headers_are_those_of_the_document() {
    let body = r#"{"id":1,"name":"One","secretary":null,"password":"a long pass phrase"}"#;
    let answer = send(
        authorised("POST", "/things")
            .insert_header(("x-trace", "1"))
            .set_payload(body),
    )
    .await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("etag"), Some("\"1\""));
    assert_eq!(answer.header("location"), Some("/things/1"));
    assert_eq!(answer.header("x-request-id"), None, "middleware writes it");
    assert_eq!(answer.json().get("password"), None, "never answered");
}

#[actix_web::test]
async fn failures_become_documented_answers() {
    for (uri, status, retry) in [
        ("/things?order=slow", 429, Some("60")),
        // Without the header that the document promises it is no such answer.
        ("/things?order=slower", 500, None),
        ("/things?order=teapot", 500, None),
        ("/things/3", 404, None),
    ] {
        let answer = send(authorised("GET", uri)).await;
        assert_eq!(
            (answer.status, answer.header("retry-after")),
            (status, retry),
            "{uri}"
        );
    }
}

#[actix_web::test]
async fn answers_without_a_body() {
    let answer = send(authorised("GET", "/things/2")).await;
    assert_eq!(
        (answer.status, answer.body.as_str(), answer.header("content-type")),
        (304, "", None)
    );
    let answer = send(authorised("DELETE", "/things/1").set_payload("whatever")).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.calls, ["deleteThing 1"]);
}

//! Request bodies and media types.

use actix_web::test::TestRequest;

use super::api::{authorised, send};

const THING: &str = r#"{"id":1,"name":"One","secretary":null}"#;

fn create(body: &str) -> TestRequest {
    authorised("POST", "/things")
        .insert_header(("x-trace", "1"))
        .set_payload(body.to_owned())
}

#[actix_web::test]
async fn each_fault_of_a_body_has_its_answer() {
    for (body, expected) in [
        ("", "Body  required: a JSON body is required"),
        ("{", "Body  json: malformed JSON at line 1 column 1"),
        ("{} {}", "Body /id required: is required"),
        (
            &format!("{THING}x"),
            "Body  json: malformed JSON at line 1 column 39",
        ),
        ("[1,\"One\",null]", "Body  type: expected an object"),
        (
            r#"{"id":1.5,"name":"One","secretary":null}"#,
            "Body /id type: expected a whole number of 64 bits",
        ),
        (
            r#"{"id":1,"id":2}"#,
            "Body /id duplicate: must not be given twice",
        ),
        (
            r#"{"id":1,"ID":2}"#,
            "Body /ID additionalProperties: is not a known member",
        ),
        (r#"{"id":1,"name":null}"#, "Body /name type: expected text"),
        (
            r#"{"id":1,"name":"x","secretary":{"name":7}}"#,
            "Body /secretary/name type: expected text",
        ),
        (
            r#"{"id":1,"name":"x","secretary":["Ada"]}"#,
            "Body /secretary type: expected an object",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"nick":null}"#,
            "Body /nick type: expected text",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"kind":"tiny"}"#,
            "Body /kind enum: must be `small` or `large` or `extra-large`",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"mood":7}"#,
            "Body /mood type: expected `good` or `bad`",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"made":"now"}"#,
            "Body /made type: expected an RFC 3339 date and time",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"key":"{0190163d8694739baea5966c26f8ad91}"}"#,
            "Body /key type: expected a UUID with dashes",
        ),
        (
            r#"{"id":0,"name":"","secretary":null,"password":"short","tags":["a","long","a"],"ratio":2,
                "parts":[{"id":1,"name":"x\u0000","secretary":null,"tags":["a","a"]}]}"#,
            "Body /id minimum: must be at least 1\n\
             Body /name minLength: must have at least 1 character\n\
             Body /parts/0/name pattern: must match the pattern ^[^\\u0000-\\u001F]*$\n\
             Body /parts/0/tags/1 uniqueItems: must not be in the list twice\n\
             Body /password minLength: must have at least 8 characters\n\
             Body /ratio maximum: must be at most 1.5\n\
             Body /tags/1 maxLength: must have at most 3 characters",
        ),
        (
            r#"{"id":1,"name":"x","secretary":null,"tags":["a","b","c","d"]}"#,
            "Body /tags maxItems: must have at most 3 items",
        ),
    ] {
        let answer = send(create(body)).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.text(), expected, "{body}");
        assert!(answer.calls.is_empty(), "{body}");
    }
    assert_eq!(send(create(THING)).await.calls, ["createThing 1 One"]);
    let spelled = r#"{"id":1e0,"name":"One","secretary":null}"#;
    assert_eq!(send(create(spelled)).await.status, 201);
}

#[actix_web::test]
async fn media_types() {
    for (name, value, status) in [
        ("content-type", "text/plain", 415),
        ("content-type", "application/json; charset=latin1", 415),
        ("content-encoding", "gzip", 415),
        ("accept", "text/html", 406),
        ("accept", "application/json;q=0", 406),
        ("content-type", "application/json; charset=utf-8", 201),
        ("accept", "text/html, */*;q=0.1", 201),
    ] {
        let answer = send(create(THING).insert_header((name, value))).await;
        assert_eq!(answer.status, status, "{name}: {value}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
    let answer = send(authorised("DELETE", "/things/1").insert_header(("accept", "text/html"))).await;
    assert_eq!(
        answer.status, 204,
        "an answer without a body has no media type to refuse"
    );
}

#[actix_web::test]
async fn refusals_come_in_their_order() {
    let large = "x".repeat(2 * 1024 * 1024);
    let wrong = |request: TestRequest| {
        request
            .insert_header(("content-type", "text/plain"))
            .insert_header(("accept", "text/html"))
    };
    let nobody = TestRequest::post().uri("/things").set_payload(large.clone());
    assert_eq!(send(wrong(nobody)).await.status, 401);
    assert_eq!(send(wrong(create(&large))).await.status, 413);
    assert_eq!(send(wrong(create("{"))).await.status, 415);
    assert_eq!(
        send(create("{").insert_header(("accept", "text/html")))
            .await
            .status,
        406
    );
    assert_eq!(send(create("{")).await.status, 400);
}

#[actix_web::test]
async fn an_operation_may_have_its_own_limit() {
    let put = |body: String| send(authorised("PUT", "/things/special").set_payload(body));
    let answer = put(format!("[{THING}{}]", " ".repeat(300))).await;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (413, "PUT PayloadTooLarge { limit: 300 }")
    );
    assert_eq!(put(format!("[{THING}]")).await.calls, ["replaceSpecial 1"]);
}

#[actix_web::test]
async fn lists_as_bodies() {
    let put = |body: &str| send(authorised("PUT", "/things/special").set_payload(body.to_owned()));
    for (body, expected) in [
        ("[]", "Body  minItems: must have at least 1 item"),
        (
            &format!("[{THING},{THING},{THING}]"),
            "Body  maxItems: must have at most 2 items",
        ),
        (
            r#"[{"id":0,"name":"x","secretary":null}]"#,
            "Body /0/id minimum: must be at least 1",
        ),
        (r#"[{"id":1}]"#, "Body /0/name required: is required"),
        ("[[1]]", "Body /0 type: expected an object"),
        ("{}", "Body  type: expected a list"),
        ("null", "Body  type: expected a list"),
    ] {
        let answer = put(body).await;
        assert_eq!((answer.status, answer.text().as_str()), (400, expected), "{body}");
    }
    let patch = |body: &str| send(authorised("PATCH", "/things/special").set_payload(body.to_owned()));
    assert_eq!(patch("").await.calls, ["tagSpecial None"]);
    assert_eq!(patch("[\"a\"]").await.calls, ["tagSpecial Some([\"a\"])"]);
    for (body, expected) in [
        (
            "[\"a\",\"long\"]",
            "Body /1 maxLength: must have at most 3 characters",
        ),
        (
            "[\"a\",\"b\",\"a\"]",
            "Body /2 uniqueItems: must not be in the list twice",
        ),
        ("[7]", "Body /0 type: expected text"),
    ] {
        assert_eq!(patch(body).await.text(), expected, "{body}");
    }
}

#[actix_web::test]
async fn open_objects_take_unknown_members_but_none_twice() {
    let uri = "/notes/0190163d-8694-739b-aea5-966c26f8ad91/ab";
    let add = |body: &str| send(authorised("POST", uri).set_payload(body.to_owned()));
    assert_eq!(
        add(r#"{"type":"memo","other":{"a":1}}"#).await.json(),
        serde_json::json!({"type": "memo"})
    );
    for body in [
        r#"{"type":"memo","more":null}"#,
        r#"{"type":"memo","more":{"a":[null,1.5]},"state":{"count":null}}"#,
        r#"{"type":"memo","state":{"count":7,"word":"abc"}}"#,
    ] {
        assert_eq!(add(body).await.body, body);
    }
    for (body, expected) in [
        (
            r#"{"type":"memo","more":1,"more":2}"#,
            "Body /more duplicate: must not be given twice",
        ),
        (
            r#"{"type":"memo","state":{"count":0,"word":"long"}}"#,
            "Body /state/count minimum: must be at least 1\nBody /state/word maxLength: must have at most 3 characters",
        ),
        (
            r#"{"type":"memo","state":{"count":"7"}}"#,
            "Body /state/count type: expected a whole number of 64 bits",
        ),
        (
            r#"{"type":"memo","more":{"a":1,"a":2}}"#,
            "Body /more/a duplicate: must not be given twice",
        ),
    ] {
        assert_eq!(add(body).await.text(), expected, "{body}");
    }
}

//! JSON that is not taken by the letter: other names, other spellings of values, absent and null apart.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use super::loose_api::{Answer, send};
use crate::fixtures::loose::routes::CHANGE_THING;

async fn put(body: &str) -> Answer {
    let request = TestRequest::with_uri("/V1/Things/7/").method(Method::PUT);
    let request = request.insert_header(("authorization", "Bearer good"));
    send(request.set_payload(body.to_owned())).await
}

#[actix_web::test]
async fn absent_null_and_value_are_three() {
    for body in [
        "{}",
        r#"{"parent":null,"note":null,"kind":null,"at":null,"key":null,"tag":null,"count":null,"ratio":null,"flag":null}"#,
        r#"{"name":"One","code":"7","parent":9007199254740991,"note":"a","kind":"large","at":"2026-11-22T15:04:05.25Z","key":"0190163d-8694-739b-aea5-966c26f8ad91","tag":"01a203b07c9271d48e52a0f19c3b5d6e","count":7,"ratio":0.5,"flag":true,"owners":[1,2]}"#,
    ] {
        let answer = put(body).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body));
    }
    let answer = put(r#"{"parent": null, "count": 7.0}"#).await;
    assert!(
        answer.calls[0].contains("parent: Null, note: Absent"),
        "{:?}",
        answer.calls
    );
    assert!(answer.calls[0].contains("count: Value(7)"), "{:?}", answer.calls);
}

#[actix_web::test]
async fn members_have_other_names_and_spellings() {
    for (body, expected) in [
        (r#"{"title": "One"}"#, r#"{"name":"One"}"#),
        (r#"{"THING name": "One"}"#, r#"{"name":"One"}"#),
        (r#"{"code": 177}"#, r#"{"code":"177"}"#),
        (r#"{"Short": -17}"#, r#"{"code":"-17"}"#),
        (
            r#"{"owners": {"items": [{"id": 5, "links": []}, {"ID": 6}], "count": 2}}"#,
            r#"{"owners":[5,6]}"#,
        ),
        (r#"{"owners": {"ITEMS": []}}"#, r#"{"owners":[]}"#),
        (r#"{"KIND": "LARGE", "x": {"y": [null]}}"#, r#"{"kind":"large"}"#),
    ] {
        let answer = put(body).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, expected), "{body}");
    }
}

#[actix_web::test]
async fn what_is_wrong_is_told_under_the_documented_names() {
    for (body, expected) in [
        (
            r#"{"name": "a", "title": "b", "Code": "1", "short": 2}"#,
            "Body /code duplicate: must not be given twice\nBody /name duplicate: must not be given twice",
        ),
        (
            r#"{"title": null, "code": 1.5, "short": true}"#,
            "Body /code duplicate: must not be given twice\nBody /code type: expected text\n\
             Body /name type: expected text",
        ),
        (
            r#"{"title": "longer", "code": 1234567, "note": 17, "parent": 0, "count": 10, "ratio": 2}"#,
            "Body /code maxLength: must have at most 5 characters\n\
             Body /count maximum: must be at most 9\n\
             Body /name maxLength: must have at most 5 characters\n\
             Body /note pattern: must match the pattern ^[a-z]*$\n\
             Body /parent minimum: must be at least 1\n\
             Body /ratio maximum: must be at most 1.0",
        ),
        (
            r#"{"note": "abcd", "parent": 9007199254740992, "kind": "tiny", "at": "now", "key": "1", "tag": "x", "flag": 1}"#,
            "Body /at type: expected an RFC 3339 date and time\n\
             Body /flag type: expected `true` or `false`\n\
             Body /key type: expected a UUID with dashes\n\
             Body /kind enum: must be `small` or `large`\n\
             Body /note maxLength: must have at most 3 characters\n\
             Body /parent maximum: must be at most 9007199254740991\n\
             Body /tag pattern: must be 32 hexadecimal digits",
        ),
        (
            r#"{"owners": {"items": [{"id": 10}, {"id": "x"}]}}"#,
            "Body /owners/0 maximum: must be at most 9\n\
             Body /owners/1 type: expected a whole number of 64 bits",
        ),
        (
            r#"{"owners": {"items": [5]}}"#,
            "Body /owners type: expected a list",
        ),
        (
            r#"{"owners": {"items": [], "Items": []}}"#,
            "Body /owners/Items duplicate: must not be given twice",
        ),
        (r#"{"owners": null}"#, "Body /owners type: expected a list"),
        ("[]", "Body  type: expected an object"),
        ("", "Body  required: a body is required: `application/json`"),
    ] {
        let answer = put(body).await;
        assert_eq!(
            (answer.status, answer.told()),
            (400, expected.to_owned()),
            "{body}"
        );
        assert_eq!(answer.calls, [""; 0], "{body}");
    }
}

async fn ask(kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    let mut request = TestRequest::with_uri("/V1/Tokens").method(Method::POST);
    if !kind.is_empty() {
        request = request.insert_header(("content-type", kind));
    }
    send(request.set_payload(body.into())).await
}

const FORM: &str = "application/x-www-form-urlencoded";

#[actix_web::test]
async fn forms_are_read() {
    for (kind, body, expected) in [
        (
            FORM,
            "grant_type=client_credentials&client_id=a&client_secret=s%2B+%C3%BC",
            "createToken client_credentials a s+ \u{fc} None",
        ),
        (
            "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
            "GRANT_TYPE=Client_Credentials&client_id=a+b%26&Client_Secret=s&audience=x&other=%zz",
            "createToken client_credentials a b& s Some(\"x\")",
        ),
        (
            "",
            "grant_type=client_credentials&client_id=a&client_secret=s&scope=",
            "createToken client_credentials a s None",
        ),
    ] {
        let answer = ask(kind, body).await;
        assert_eq!(
            (answer.status, answer.calls),
            (204, vec![expected.to_owned()]),
            "{body}"
        );
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_form_is_told() {
    let good = "grant_type=client_credentials&client_id=a&client_secret=s";
    for (body, expected) in [
        (
            "client_id=A&client_secret=&scope=long".to_owned(),
            "Body /client_id pattern: must match the pattern ^[a-z &]*$\n\
             Body /client_secret required: is required\n\
             Body /grant_type required: is required\n\
             Body /scope maxLength: must have at most 3 characters",
        ),
        (
            format!("{good}&Client_ID=a&scope=x&audience=x&GRANT_TYPE=other"),
            "Body /client_id duplicate: must not be given twice\n\
             Body /grant_type duplicate: must not be given twice\n\
             Body /scope duplicate: must not be given twice",
        ),
        (
            "grant_type=password&client_id=%zz&client_secret=%FF".to_owned(),
            "Body /client_id encoding: must be UTF-8 with well-formed percent-escapes\n\
             Body /client_secret encoding: must be UTF-8 with well-formed percent-escapes\n\
             Body /grant_type enum: must be `client_credentials`",
        ),
        (
            format!("{good}&%zz=1"),
            "Body  encoding: must be UTF-8 with well-formed percent-escapes",
        ),
        (
            format!("{good}{}", "&a=1".repeat(1000)),
            "Body  form: must have at most 1000 pairs",
        ),
        (
            String::new(),
            "Body  required: a body is required: `application/x-www-form-urlencoded`",
        ),
    ] {
        let answer = ask(FORM, body.as_str()).await;
        assert_eq!(
            (answer.status, answer.told()),
            (400, expected.to_owned()),
            "{body}"
        );
        assert!(answer.calls.is_empty(), "{body}");
    }
    assert_eq!(ask(FORM, b"client_id=\xFF".to_vec()).await.status, 400);
    assert_eq!(ask(FORM, "a".repeat(1024 * 1024 + 1)).await.status, 413);
    for kind in [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
    ] {
        let answer = ask(kind, good).await;
        assert_eq!(answer.status, 415, "{kind}");
        assert!(
            answer.told().contains("x-www-form-urlencoded"),
            "{}",
            answer.told()
        );
    }
}

async fn patch(kind: &str, body: &str) -> Answer {
    let mut request = TestRequest::with_uri("/v1/things/7").method(Method::PATCH);
    if !kind.is_empty() {
        request = request.insert_header(("content-type", kind));
    }
    let request = request.insert_header(("authorization", "Bearer good"));
    send(request.set_payload(body.to_owned())).await
}

const PATCH: &str = "application/json-patch+json";

#[actix_web::test]
async fn json_under_other_names() {
    let body = r#"[{"OP": "Test", "path": "/a", "value": 1}]"#;
    for kind in [
        "",
        PATCH,
        "application/json",
        "text/json; charset=utf-8",
        "Application/JSON-Patch+JSON",
    ] {
        assert_eq!(patch(kind, body).await.status, 200, "{kind}");
    }
    for kind in [
        "application/merge-patch+json",
        "text/plain",
        "application/xml",
        FORM,
    ] {
        let answer = patch(kind, body).await;
        assert_eq!(answer.status, 415, "{kind}");
        let expected = "UnsupportedMediaType { supported: \"`application/json-patch+json`\" }";
        assert_eq!(answer.told(), expected);
    }
    let answer = patch(PATCH, "").await.told();
    assert_eq!(
        answer,
        "Body  required: a body is required: `application/json-patch+json`"
    );
    let put = TestRequest::with_uri("/v1/things/7").method(Method::PUT);
    let put = put.insert_header(("authorization", "Bearer good"));
    for (kind, status) in [("text/json", 200), ("application/json", 200), (PATCH, 415)] {
        let (uri, method) = ("/v1/things/7", Method::PUT);
        let request = TestRequest::with_uri(uri).method(method);
        let request = request.insert_header(("authorization", "Bearer good"));
        let request = request.insert_header(("content-type", kind)).set_payload("{}");
        assert_eq!(send(request).await.status, status, "{kind}");
    }
    let accepted = put.insert_header(("accept", "text/json")).set_payload("{}");
    let accepted = send(accepted).await;
    assert_eq!(accepted.header("content-type"), Some("application/json"));
}

#[actix_web::test]
async fn any_json_comes_as_it_was_sent() {
    let rest = |value: &str| {
        format!(
            r#""counts":{{"/a":1}},"words":{{"test":["/a"]}},"kinds":{{"test":"large"}},"ops":{{"test":{{"op":"test","path":"/a"{value}}}}}}}"#
        )
    };
    for (value, first) in [
        ("", "\"absent\""),
        (r#","value":null"#, "null"),
        (
            r#","value":{"Name":[1,null,{"op":1.5}]}"#,
            r#"{"Name":[1,null,{"op":1.5}]}"#,
        ),
        (r#","value":"x""#, "\"x\""),
    ] {
        let answer = patch(PATCH, &format!(r#"[{{"op":"test","path":"/a"{value}}}]"#)).await;
        assert_eq!(
            answer.body,
            format!(r#"{{"first":{first},{}"#, rest(value)),
            "{value}"
        );
    }
    for (value, expected) in [
        (
            r#"{"a":1,"a":2}"#,
            "Body /0/value/a duplicate: must not be given twice",
        ),
        (
            r#"[{"a":1,"A":2}]"#,
            "Body /0/value/0/A duplicate: must not be given twice",
        ),
        (
            r#"1},{"path":7"#,
            "Body /1/op required: is required\nBody /1/path type: expected text",
        ),
    ] {
        let body = format!(r#"[{{"op":"test","path":"/a","value":{value}}}]"#);
        assert_eq!(patch(PATCH, &body).await.told(), expected, "{body}");
    }
    let deep = format!(r#"[{{"op":"test","path":"/a","value":{}1"#, "[".repeat(200_000));
    let told = patch(PATCH, &deep).await.told();
    assert!(told.starts_with("Body  json: malformed JSON"), "{told}");
    assert_eq!(
        patch(PATCH, "[]").await.told(),
        "Body  minItems: must have at least 1 item"
    );
}

#[actix_web::test]
async fn paths_have_other_spellings() {
    for uri in [
        "/v1/things/7",
        "/v1/thing/7",
        "/V1/Thing/7/",
        "/all.v1/things/7",
        "/ALL.v1/THINGS/7",
    ] {
        let request = TestRequest::with_uri(uri).method(Method::PUT);
        let request = request.insert_header(("authorization", "Bearer good"));
        let answer = send(request.set_payload("{}")).await;
        assert_eq!(answer.status, 200, "{uri}");
        assert!(
            answer.calls[0].starts_with("changeThing 7 "),
            "{:?}",
            answer.calls
        );
        let get = send(TestRequest::with_uri(uri)).await;
        assert_eq!(
            (get.status, get.header("allow")),
            (405, Some("PATCH, PUT")),
            "{uri}"
        );
    }
    // Letters that only Unicode takes for the same are others.
    for uri in [
        "/v1/things",
        "/all.v1/thing/7",
        "/allxv1/things/7",
        "/v1/thing",
        "/v1/thing%C5%BF/7",
        "/v1/to%E2%84%AAens",
    ] {
        assert_eq!(send(TestRequest::with_uri(uri)).await.status, 404, "{uri}");
    }
    assert_eq!(
        send(TestRequest::with_uri("/v1/things/Special")).await.status,
        204
    );
    assert_eq!(
        CHANGE_THING.aliases,
        ["/v1/thing/{id}", "/all.v1/things/{thingId}"]
    );
}

#[actix_web::test]
async fn failures_and_strangers_have_the_answers_of_the_document() {
    for (query, told) in [("teapot", "broken"), ("broken", "broken")] {
        let answer = send(TestRequest::with_uri(&format!("/v1/things/special?{query}"))).await;
        assert_eq!((answer.status, answer.told().as_str()), (503, told), "{query}");
    }
    for (credential, status, told) in [
        (
            "Bearer good",
            400,
            "Body  required: a body is required: `application/json-patch+json`",
        ),
        ("Bearer broken", 503, "Fault"),
        ("Bearer bad", 401, "Unauthorized { reason: \"wrong\" }"),
        (
            "Signed well",
            400,
            "Body  required: a body is required: `application/json-patch+json`",
        ),
        ("Signed badly", 401, "Unauthorized { reason: \"badly signed\" }"),
        ("", 401, "Unauthorized { reason: \"badly signed\" }"),
    ] {
        let request = TestRequest::with_uri("/v1/things/7").method(Method::PATCH);
        let answer = send(request.insert_header(("authorization", credential))).await;
        assert_eq!(
            (answer.status, answer.told().as_str()),
            (status, told),
            "{credential}"
        );
        let challenge = (status == 401).then_some("SIGNED realm=\"things\"");
        assert_eq!(answer.header("www-authenticate"), challenge, "{credential}");
    }
    let nobody = send(TestRequest::with_uri("/v1/things/7").method(Method::PATCH)).await;
    assert_eq!(
        nobody.told(),
        "Unauthorized { reason: \"a credential is required\" }"
    );
}

#[actix_web::test]
async fn refusals_are_those_of_other_dialects() {
    let request = || TestRequest::with_uri("/v1/things/7").method(Method::PUT);
    let authorised = || request().insert_header(("authorization", "Bearer good"));
    for (request, status) in [
        (request(), 401),
        (
            authorised().insert_header(("content-type", "application/xml")),
            415,
        ),
        (authorised().insert_header(("accept", "application/xml")), 406),
        (authorised().set_payload("{"), 400),
        (TestRequest::with_uri("/v1/things/7"), 405),
        (request().insert_header(("authorization", "Bearer broken")), 503),
    ] {
        assert_eq!(send(request).await.status, status);
    }
    let stranger = send(request()).await;
    assert_eq!(
        stranger.header("www-authenticate"),
        Some("SIGNED realm=\"things\"")
    );
    let get = send(TestRequest::with_uri("/v1/things/7")).await;
    assert_eq!(get.header("allow"), Some("PATCH, PUT"));
}

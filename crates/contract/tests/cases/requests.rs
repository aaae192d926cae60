//! Paths, verbs, credentials and parameters.

use actix_web::test::TestRequest;

use super::api::{authorised, send};

#[actix_web::test]
async fn paths_and_verbs() {
    for (method, uri, status, allow) in [
        ("GET", "/things", 200, None),
        ("GET", "/things/", 200, None),
        ("GET", "/api/things/1/", 200, None),
        ("DELETE", "/things/1", 204, None),
        ("PATCH", "/things/special", 204, None),
        ("GET", "/things/special", 405, Some("PATCH, PUT")),
        ("PUT", "/things", 405, Some("GET, POST")),
        ("HEAD", "/api/things/1", 405, Some("DELETE, GET")),
        ("OPTIONS", "/things/", 405, Some("GET, POST")),
        ("GET", "/nothing", 404, None),
        ("GET", "/things//", 404, None),
    ] {
        let answer = send(authorised(method, uri)).await;
        assert_eq!(answer.status, status, "{method} {uri}: {}", answer.body);
        assert_eq!(answer.header("allow"), allow, "{method} {uri}");
        if status == 405 {
            assert_eq!(answer.json()["code"], 405, "the error has the dialect's shape");
        }
    }
}

#[actix_web::test]
async fn credentials() {
    let get = || TestRequest::get().uri("/things/1");
    for (request, status, call) in [
        (get(), 401, None),
        (get().insert_header(("authorization", "Bearer bad")), 401, None),
        (get().insert_header(("authorization", "Bearer broken")), 500, None),
        (
            get().insert_header(("authorization", "Bearer good")),
            200,
            Some("getThing bearer 1"),
        ),
        (
            get().insert_header(("authorization", "Basic YTpi")),
            200,
            Some("getThing basic 1"),
        ),
        (get().insert_header(("x-key", "key")), 200, Some("getThing key 1")),
        (get().insert_header(("x-key", "other")), 401, None),
        (
            TestRequest::get().uri("/things").insert_header(("x-key", "key")),
            401,
            None,
        ),
    ] {
        let answer = send(request).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.calls.first().map(String::as_str), call);
        assert_eq!(
            answer.header("www-authenticate"),
            (status == 401).then_some("Bearer")
        );
    }
}

#[actix_web::test]
async fn defaults_and_every_kind_of_parameter() {
    let answer = send(authorised("GET", "/things")).await;
    assert_eq!(
        answer.calls,
        [
            "listThings bearer ListThingsParams { start_index: 0, size: None, ratio: None, deep: true, kind: None, \
          after: None, ids: None, words: None, order: \"name\", fields: Selection { kept: None }, secret: None, x_tenant: None }"
        ]
    );
    let uri = "/things?startIndex=3&size=-5&ratio=-5e-1&deep=false&kind=extra-large&after=2026-11-22T15:04:05%2B01:00\
               &ids=1&ids=9&words=ab,c&order=a+b%20c&fields=total&secret=hidden&unknown=%zz";
    let answer = send(authorised("GET", uri).insert_header(("x-tenant", "7"))).await;
    assert_eq!(
        answer.calls,
        [
            "listThings bearer ListThingsParams { start_index: 3, size: Some(-5), ratio: Some(-0.5), deep: false, \
          kind: Some(ExtraLarge), after: Some(2026-11-22T14:04:05Z), ids: Some([1, 9]), \
          words: Some([\"ab\", \"c\"]), order: \"a b c\", fields: Selection { kept: Some([(\"total\", \
          Selection { kept: None })]) }, secret: Some(Secret(…)), x_tenant: Some(7) }"
        ]
    );
}

#[actix_web::test]
async fn all_violations_are_told_at_once() {
    let uri = "/things?startIndex=-1&startIndex=2&size=101&ratio=NaN&deep=yes&kind=medium&after=now&ids=0&words=a,B\
               &order=%FF&fields=items(name,nothing)";
    let answer = send(authorised("GET", uri).insert_header(("x-tenant", "0"))).await;
    assert_eq!(answer.status, 400);
    assert!(answer.calls.is_empty());
    assert_eq!(
        answer.text().lines().collect::<Vec<_>>(),
        [
            "Query after type: expected an RFC 3339 date and time",
            "Query deep type: expected `true` or `false`",
            "Query ids minimum: must be at least 1",
            "Query kind enum: must be `small` or `large` or `extra-large`",
            "Query order encoding: must be UTF-8 with well-formed percent-escapes",
            "Query ratio type: expected a number",
            "Query size maximum: must be at most 100",
            "Query startIndex duplicate: must not be given twice",
            "Query words pattern: must match the pattern ^[a-z]*$",
            "Header x-tenant minimum: must be at least 1",
        ]
    );
}

#[actix_web::test]
async fn violations_of_parameters_and_body_come_together() {
    let answer = send(authorised("POST", "/things").set_payload("{\"id\":0,\"name\":\"\"}")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.text().lines().collect::<Vec<_>>(),
        [
            "Header x-trace required: is required",
            "Body /secretary required: is required"
        ]
    );
}

#[actix_web::test]
async fn path_values_are_decoded_once() {
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let note = |uri: String| authorised("POST", &uri).set_payload("{\"type\":\"memo\",\"more\":1}");
    for (page, call) in [
        ("a%2Fb", "\"a/b\""),
        ("a%252F", "\"a%2F\""),
        ("gr%C3%BCn", "\"grün\""),
        ("a+b", "\"a+b\""),
    ] {
        for prefix in ["", "/api"] {
            let answer = send(note(format!("{prefix}/notes/{id}/{page}"))).await;
            assert_eq!(
                answer.calls,
                [format!("addNote {id} {call} memo")],
                "{}",
                answer.body
            );
        }
    }
    for (uri, expected) in [
        (format!("/notes/{id}/%FF"), "Path page encoding"),
        (format!("/notes/{id}/%zz"), "Path page encoding"),
        (format!("/notes/{id}/a"), "Path page minLength"),
        (format!("/notes/{id}/ab%0A"), "Path page pattern"),
        ("/notes/7/ab".to_owned(), "Path noteId type"),
    ] {
        let answer = send(note(uri.clone())).await;
        assert_eq!(answer.status, 400, "{uri}");
        assert!(answer.text().starts_with(expected), "{uri}: {}", answer.text());
    }
}

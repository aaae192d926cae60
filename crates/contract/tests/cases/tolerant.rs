//! Several media types, tolerated spellings, credentials in query and body.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use super::tolerant_api::{Answer, send};

const ID: &str = "01a203b07c9271d48e52a0f19c3b5d6e";
const ACCOUNT: &str = "Account=1&AccountKey=key";

fn request(method: Method, uri: &str) -> TestRequest {
    TestRequest::with_uri(uri).method(method)
}

async fn get(uri: &str) -> Answer {
    send(request(Method::GET, uri)).await
}

async fn post(kind: &str, body: &str) -> Answer {
    let request = request(Method::POST, "/v1/records");
    send(
        request
            .insert_header(("content-type", kind))
            .set_payload(body.to_owned()),
    )
    .await
}

#[actix_web::test]
async fn paths_parameters_and_words_of_any_letter_case() {
    let dashed = "01A203B0-7C92-71D4-8E52-A0F19C3B5D6E";
    let uri = format!("/V1/Records/{dashed}/?ACCOUNT=1&accountkey=key&KIND=Large&deep=FALSE&ids=1,2&x=%zz");
    let answer = get(&uri).await;
    assert_eq!(
        answer.calls,
        ["getRecord account Json Some(Large) false Some([1, 2])"],
        "{}",
        answer.body
    );
    assert_eq!(
        answer.body,
        format!(
            r#"{{"Id":"{ID}","Rank":7,"Name":"a & <b>","Made":"2026-11-22T15:04:05.2500000Z","Seen":null,"Flag":true,"Parents":["{ID}"]}}"#
        )
    );
    let uri = format!("/v1/records/{ID}x?{ACCOUNT}&Kind=tiny&Deep=1&Ids=0&ids=2&format=yaml&kind=small");
    let told = get(&uri).await.told();
    assert_eq!(
        told,
        "Path recordId pattern: must be 32 hexadecimal digits\n\
         Query Deep type: expected `true` or `false`\n\
         Query Ids duplicate: must not be given twice\n\
         Query Kind duplicate: must not be given twice\n\
         Query format enum: must be `xml` or `json`"
    );
}

#[actix_web::test]
async fn answers_in_both_media_types() {
    let uri = format!("/v1/records/{ID}?{ACCOUNT}");
    let xml = format!(
        "<RecordAnswer Rank=\"7\"><Id>{ID}</Id><Name>a &amp; &lt;b&gt;</Name>\
         <Made>2026-11-22T15:04:05.2500000Z</Made><Flag>true</Flag><Parents><guid>{ID}</guid></Parents></RecordAnswer>"
    );
    let answer = get(&format!("{uri}&format=XML")).await;
    assert_eq!((answer.kind.as_str(), answer.body), ("application/xml", xml));
    let answer = get(&format!("{uri}&format=xml&fields=Name")).await;
    assert_eq!(
        answer.body,
        "<RecordAnswer><Name>a &amp; &lt;b&gt;</Name></RecordAnswer>"
    );
    for (accept, kind) in [
        ("text/xml", "application/xml"),
        ("application/xml, */*;q=0.1", "application/xml"),
        ("*/*", "application/json"),
    ] {
        let answer = send(request(Method::GET, &uri).insert_header(("accept", accept))).await;
        assert_eq!((answer.status, answer.kind.as_str()), (200, kind), "{accept}");
    }
    let answer = send(request(Method::GET, &uri).insert_header(("accept", "text/html"))).await;
    assert_eq!((answer.status, answer.kind.as_str()), (406, "application/json"));
    let deep = get(&format!("{uri}&Deep=true&format=xml")).await;
    assert_eq!(
        (deep.status, deep.body.as_str()),
        (
            400,
            "<RecordAnswer xmlns:f=\"urn:faults\"><f:Text>deep</f:Text><f:Parts/></RecordAnswer>"
        ),
        "an error stands in the root element of the operation"
    );
    let wrong = get(&format!("/v1/records/x?{ACCOUNT}&format=xml")).await;
    assert_eq!(
        wrong.body,
        "<RecordAnswer xmlns:f=\"urn:faults\"><f:Text>invalid</f:Text><f:Parts><f:Part Where=\"Path recordId\">\
         <Rule>pattern: must be 32 hexadecimal digits</Rule></f:Part></f:Parts></RecordAnswer>"
    );
    let other = send(request(Method::PATCH, &format!("/v1/records/{ID}?format=xml"))).await;
    assert_eq!((other.status, other.allow.as_deref()), (405, Some("DELETE, GET")));
    assert!(other.body.starts_with("<Fault "), "{}", other.body);
}

#[actix_web::test]
async fn credentials_in_the_query() {
    for (query, caller) in [
        ("", None),
        ("Account=1", None),
        ("Account=1&AccountKey=wrong", None),
        ("Account=1&Account=1&AccountKey=key", None),
        ("Account=1&account=1&AccountKey=key", None),
        ("Account=1&AccountKey=%zz", None),
        (ACCOUNT, Some("account")),
    ] {
        let answer = get(&format!("/v1/records/{ID}?{query}")).await;
        assert_eq!(answer.status, if caller.is_some() { 200 } else { 401 }, "{query}");
    }
    let uri = format!("/v1/records/{ID}");
    let answer = send(request(Method::GET, &uri).insert_header(("x-token", "secret"))).await;
    assert_eq!(answer.calls, ["getRecord token Json None false None"]);
}

#[actix_web::test]
async fn bodies_in_both_media_types() {
    let expected = |format: &str| [format!("createRecord account {format} One Some(Small) 1")];
    let bare = format!(
        r#"{{"ACCOUNT": 1, "accountKey": "key", "name": "One", "Kind": "SMALL", "parents": ["{ID}"], "x": {{}}}}"#
    );
    let elements = format!(
        "<kind>Small</kind><any:Parents xmlns:any='urn:any'><a>{ID}</a></any:Parents><Name>One</Name>\
         <AccountKey>key</AccountKey><Account> 1 </Account><more/>"
    );
    for (kind, body, format) in [
        ("application/json", bare.clone(), "Json"),
        ("", bare.clone(), "Json"),
        ("application/json", format!("\u{feff}{bare}"), "Json"),
        ("application/json", format!(r#"{{"record": {bare}}}"#), "Json"),
        ("application/xml", format!("<Record>{elements}</Record>"), "Xml"),
        ("text/xml", format!("<record>{elements}</record>"), "Xml"),
    ] {
        let answer = post(kind, &body).await;
        assert_eq!(answer.calls, expected(format), "{kind} {body}: {}", answer.body);
        assert_eq!(answer.kind, format!("application/{}", format.to_lowercase()));
    }
    assert_eq!(post("text/plain", &bare).await.status, 415);
    let none = send(request(Method::POST, "/v1/records").set_payload(bare)).await;
    assert_eq!(none.calls, expected("Json"));
}

#[actix_web::test]
async fn credentials_in_the_body() {
    for (body, status) in [
        (r#"{"Name": "One"}"#, 401),
        (r#"{"Name": "One", "Account": 1, "AccountKey": null}"#, 401),
        (r#"{"Name": "One", "Account": "1", "AccountKey": "key"}"#, 401),
        (r#"{"Name": "One", "Account": 1.5, "AccountKey": "key"}"#, 401),
        (
            r#"{"Name": "One", "Account": 1, "account": 1, "AccountKey": "key"}"#,
            401,
        ),
        (r#"{"Name": "One", "Account": 1, "AccountKey": "other"}"#, 401),
        (r#"{"Name": "", "Account": 1.0, "AccountKey": "key"}"#, 400),
        (r#"{"Name": "One", "Account": 1, "#, 400),
        (
            r#"{"record": {"Name": "One", "Account": 1, "AccountKey": "key"}, "x": 1}"#,
            401,
        ),
        ("[]", 401),
        ("", 400),
    ] {
        assert_eq!(post("application/json", body).await.status, status, "{body}");
    }
    for (body, status) in [
        (
            "<Record><Account>1</Account><AccountKey>key</AccountKey><Name>One</Name></Record>",
            200,
        ),
        (
            "<Record><Account>1</Account><AccountKey>key</AccountKey><AccountKey>key</AccountKey></Record>",
            401,
        ),
        ("<Record><Account/><AccountKey>key</AccountKey></Record>", 401),
        (
            "<Record><Account>1</Account><AccountKey>key</AccountKey></Record",
            400,
        ),
        (
            "<Other><Account>1</Account><AccountKey>key</AccountKey></Other>",
            400,
        ),
    ] {
        let answer = post("application/xml", body).await;
        assert_eq!(
            (answer.status, answer.kind.as_str()),
            (status, "application/xml"),
            "{body}"
        );
    }
    let order = request(Method::POST, "/v1/records").insert_header(("accept", "text/html"));
    let order = order.set_payload(r#"{"Name": 1, "Account": 1, "AccountKey": "key"}"#);
    assert_eq!(
        send(order).await.status,
        406,
        "after the credential, before the members"
    );
    let touch = |body: &'static str| send(request(Method::PATCH, "/v1/records").set_payload(body));
    assert_eq!(
        touch(r#"{"token": "secret"}"#).await.calls,
        ["touchRecords token Json None"]
    );
    assert_eq!(touch(r#"{"token": "other"}"#).await.status, 401);
}

#[actix_web::test]
async fn everything_that_is_wrong_with_a_body_is_told() {
    let body = format!(
        r#"{{"Account": 1, "AccountKey": "key", "name": 7, "Kind": "tiny", "Parents": ["{ID}", "x", 1], "Count": 10,
            "Flag": "yes", "Note": {{"Text": "much too long"}}, "flag": true, "x": {{"a": 1, "A": 2}}}}"#
    );
    assert_eq!(
        post("application/json", &body).await.told(),
        "Body /Count maximum: must be at most 9\n\
         Body /Flag duplicate: must not be given twice\n\
         Body /Flag type: expected `true` or `false`\n\
         Body /Kind enum: must be `small` or `large`\n\
         Body /Name type: expected text\n\
         Body /Note/Text maxLength: must have at most 10 characters\n\
         Body /Parents/1 pattern: must be 32 hexadecimal digits\n\
         Body /Parents/2 type: expected 32 hexadecimal digits\n\
         Body /x/A duplicate: must not be given twice"
    );
    let many = format!(
        r#"{{"Account": 1, "AccountKey": "key", "Name": "One", "Parents": [{}1]}}"#,
        "1,".repeat(200_000)
    );
    let told = post("application/json", &many).await.told();
    assert_eq!(
        told.lines().count(),
        1001,
        "the answer to a large body is bounded"
    );
    let body = r#"{"Account": 1, "AccountKey": "key", "Name": "One", "Note": {"more": 1}}"#;
    assert_eq!(
        post("application/json", body).await.told(),
        "Body /Note/more additionalProperties: is not a known member"
    );
    let body =
        "<Record><Account>1</Account><AccountKey>key</AccountKey><Count>x</Count><Note>text</Note></Record>";
    let request = request(Method::POST, "/v1/records?format=json").set_payload(body);
    let told = send(request.insert_header(("content-type", "application/xml")))
        .await
        .told();
    assert!(
        told.starts_with("Body  xml: malformed XML at line 1 column "),
        "{told}"
    );
}

#[actix_web::test]
async fn closed_objects_are_closed_in_each_media_type() {
    let credential = "<Account>1</Account><AccountKey>key</AccountKey><Name>a</Name>";
    for (kind, body) in [
        (
            "application/json",
            r#"{"Account": 1, "AccountKey": "key", "Name": "a", "Open": 1, "Note": {"Text": "a", "More": {"a": 1}}}"#.to_owned(),
        ),
        (
            "application/xml",
            format!("<Record>{credential}<Open/><Note><Text>a</Text><More><a>1</a></More></Note></Record>"),
        ),
    ] {
        let request = request(Method::POST, "/v1/records?format=json").set_payload(body);
        let told = send(request.insert_header(("content-type", kind))).await.told();
        assert_eq!(told, "Body /Note/More additionalProperties: is not a known member", "{kind}");
    }
}

#[actix_web::test]
async fn parameters_in_a_body() {
    let uri = format!("/v1/records/{ID}");
    let delete = |query: &str, kind: &'static str, body: &str| {
        let request = request(Method::DELETE, &format!("{uri}{query}"));
        send(
            request
                .insert_header(("content-type", kind))
                .set_payload(body.to_owned()),
        )
    };
    let called = |format: &str, reason: &str| [format!("deleteRecord account {format} {ID} {reason}")];
    let (json, xml) = ("application/json", "application/xml");
    let whole = format!("?{ACCOUNT}&Reason=old");
    assert_eq!(delete(&whole, json, "").await.calls, called("Json", "old"));
    let body = r#"{"account": 1, "AccountKey": "key", "reason": "body", "more": []}"#;
    assert_eq!(delete("", json, body).await.calls, called("Json", "body"));
    assert_eq!(
        delete("?Reason=query", json, body).await.calls,
        called("Json", "query")
    );
    let body = "<Any><Account>1</Account><AccountKey>key</AccountKey><Reason>body</Reason><Format>json</Format></Any>";
    let answer = delete("", xml, body).await;
    assert_eq!(answer.calls, called("Json", "body"));
    assert_eq!((answer.kind.as_str(), answer.body.as_str()), (json, "{}"));
    let answer = delete(&whole, xml, "<a/>").await;
    assert_eq!(
        (answer.kind.as_str(), answer.body.as_str()),
        (xml, "<RecordAnswer/>")
    );
    for (query, kind, body, status) in [
        ("", json, "", 401),
        ("", json, "{", 400),
        ("?Account=1&AccountKey=wrong", json, "{", 401),
        (whole.as_str(), json, "{", 400),
        (whole.as_str(), json, "[]", 400),
        (whole.as_str(), "text/plain", "x", 415),
        (whole.as_str(), json, r#"{"a": 1, "A": 1}"#, 400),
        (&format!("?{ACCOUNT}"), json, "{}", 400),
    ] {
        assert_eq!(delete(query, kind, body).await.status, status, "{query} {body}");
    }
}

#[actix_web::test]
async fn lists_and_no_body() {
    let put = |kind: &'static str, body: &str| {
        let request = request(Method::PUT, &format!("/v1/records?{ACCOUNT}"));
        send(
            request
                .insert_header(("content-type", kind))
                .set_payload(body.to_owned()),
        )
    };
    let xml = "<Words><Word>a</Word><x>b</x></Words>";
    let answer = put("application/xml", xml).await;
    assert_eq!(answer.calls, ["replaceRecords account Xml Some(2)"]);
    assert_eq!(answer.body, "<Words><Word>a</Word><Word>b</Word></Words>");
    assert_eq!(
        put("application/json", "").await.calls,
        ["replaceRecords account Json None"]
    );
    assert_eq!(
        put("application/json", r#"["a","long"]"#).await.told(),
        "Body /1 maxLength: must have at most 3 characters"
    );
    assert_eq!(
        put("application/json", "[1]").await.told(),
        "Body /0 type: expected text"
    );
    assert_eq!(
        put("application/json", "{}").await.told(),
        "Body  type: expected a list"
    );
    assert_eq!(put("application/json", &" ".repeat(2001)).await.status, 413);
    let nobody = request(Method::PUT, "/v1/records").set_payload(" ".repeat(2001));
    assert_eq!(send(nobody).await.status, 401);
}

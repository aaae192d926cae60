//! Where `moreInfo` leads.

use super::samples::{Sample, reader};
use serde_json::json;
use testkit::App;
use testkit::propeller::{Client, USERGROUPS};

/// Every code of the catalogue, with its status.
const CODES: [(u32, u16, &str); 24] = [
    (10005, 400, "InvalidJSONPayload"),
    (10006, 400, "InvalidLookupKey"),
    (10007, 400, "SchemaValidationException"),
    (10008, 404, "NotFound"),
    (10015, 400, "PaginatedResponseException"),
    (10016, 400, "LookupKeyNotFound"),
    (10017, 400, "PayloadValidationError"),
    (10018, 404, "TranslationNotFound"),
    (10019, 404, "WarehouseNotFound"),
    (10020, 400, "WarehouseInvalidConfiguration"),
    (10401, 401, "Unauthorized"),
    (10403, 403, "Forbidden"),
    (10405, 405, "MethodNotAllowed"),
    (10406, 406, "NotAcceptable"),
    (10412, 412, "PreconditionFailed"),
    (10413, 413, "PayloadTooLarge"),
    (10415, 415, "UnsupportedMediaType"),
    (10500, 500, "InternalServerError"),
    (20004, 400, "UsergroupExists"),
    (20005, 400, "UsergroupMultipleFound"),
    (20006, 404, "UsergroupNotFound"),
    (70004, 400, "UserExists"),
    (70005, 400, "UserMultipleFound"),
    (70006, 404, "UserNotFound"),
];

fn page(app: &App, method: &str, path: &str) -> testkit::Reply {
    let host = app.url().trim_start_matches("http://");
    let bytes = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    app.raw(bytes.as_bytes())
}

#[test]
fn every_code_has_its_page() {
    let app = App::start();
    for (code, status, name) in CODES {
        let path = format!("/docs/errors/{code}");
        let got = page(&app, "GET", &path);
        assert_eq!(got.status, 200, "{code}");
        assert_eq!(
            got.header("content-type").as_deref(),
            Some("text/html; charset=utf-8")
        );
        let text = got.text();
        for words in [name, &format!("status {status}"), "What it means", "What to do"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert_eq!(page(&app, "HEAD", &path).status, 200);
    }
    for wrong in [
        "10004",
        "0",
        "010005",
        "+10005",
        "10005x",
        "a%2Fb",
        "%zz",
        "999999999999999999999",
    ] {
        let got = page(&app, "GET", &format!("/docs/errors/{wrong}"));
        assert_eq!(got.status, 404, "{wrong}");
        assert!(
            !got.text().contains(wrong),
            "what was asked for is not shown again"
        );
    }
    assert_ne!(
        page(&app, "GET", "/docs/").status,
        404,
        "the documentation stays where it is"
    );
}

#[test]
fn a_public_address_is_what_links_begin_with() {
    let app = App::start();
    Sample::prepare(&app);
    let answer = reader(&app).get("/usergroups/ids/1").send();
    assert_eq!(
        answer.text("/error/moreInfo"),
        format!("{}/docs/errors/10006", app.url())
    );
    let answer = Client::nobody(&app).post(USERGROUPS).json(&json!({})).send();
    assert_eq!(
        answer.text("/error/moreInfo"),
        format!("{}/docs/errors/10401", app.url())
    );
}

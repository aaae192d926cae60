//! Swagger UI in a real browser: a person authorises, tries a create, and finds the group in the directory.
//!
//! Needs Chromium and ChromeDriver. In CI they are mandatory; elsewhere the suite says that they are missing.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "these are tests, and their helpers stop them with the reason"
)]

mod driver;

use driver::{Browser, Programs};
use serde_json::json;
use testkit::{App, kibo};

/// The programs, or none outside of CI.
fn programs() -> Option<Programs> {
    match Programs::find() {
        Ok(programs) => Some(programs),
        Err(missing) if std::env::var_os("CI").is_some() => panic!("{missing}"),
        Err(missing) => {
            eprintln!("the browser suite did not run: {missing}");
            None
        }
    }
}

/// What every visit must hold: no script failed, and nothing was asked of another host.
fn assert_clean(browser: &Browser, app: &App) {
    assert_eq!(browser.complaints(), Vec::<String>::new());
    let requests = browser.requests();
    assert!(
        requests.iter().any(|url| url.ends_with("/docs/")),
        "the log tells of requests: {requests:?}"
    );
    let foreign: Vec<&String> = requests
        .iter()
        .filter(|url| !url.starts_with(app.url()) && !url.starts_with("data:") && !url.starts_with("chrome"))
        .collect();
    assert_eq!(foreign, Vec::<&String>::new());
}

/// Fills the fields of the Authorize dialog, in their order, and closes it.
fn authorize(browser: &Browser, values: &[&str]) {
    browser.find(".btn.authorize").click();
    for value in values {
        // An authorised scheme shows no field any more, so the first field left is the next one.
        browser.find(".auth-container input").write(value);
        browser.find(".auth-container form .btn.authorize").click();
        browser.find(".auth-container .btn.modal-btn:not(.authorize):not(.btn-done)");
    }
    browser.find(".btn-done").click();
}

/// Takes one value of a list, as a person would.
fn choose(browser: &Browser, select: &str, value: &str) {
    browser.find(select);
    let script = "const select = document.querySelector(arguments[0]);\
        Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, arguments[1]);\
        select.dispatchEvent(new Event('change', {bubbles: true}));";
    browser.run(script, &[select, value]);
}

/// Opens an operation, replaces its body if there is one, executes it, and answers with the status and body shown.
fn execute(
    browser: &Browser,
    operation: &str,
    media_type: Option<&str>,
    body: Option<&str>,
) -> (String, String) {
    browser
        .find(&format!("{operation} .opblock-summary-control"))
        .click();
    if let Some(media_type) = media_type {
        choose(
            browser,
            &format!("{operation} .opblock-section-request-body select"),
            media_type,
        );
    }
    if let Some(body) = body {
        browser
            .find(&format!("{operation} textarea.body-param__text"))
            .write(body);
    }
    browser.find(&format!("{operation} button.execute")).click();
    let live = format!("{operation} .live-responses-table tbody .response");
    let status = browser.find(&format!("{live} .response-col_status")).text();
    let body = browser.find(&format!("{live} .response-col_description")).text();
    (status, body)
}

#[test]
fn kibo_is_authorised_and_makes_a_group() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    browser.go(&format!("{}/docs", app.url()));
    browser.find("#operations-Groups-createGroup");
    authorize(&browser, &[app.editor().token().unwrap()]);
    let body = json!({"groupCode": "from-the-browser", "name": "From the browser"}).to_string();
    let (status, shown) = execute(&browser, "#operations-Groups-createGroup", None, Some(&body));
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("from-the-browser"), "{shown}");
    let group = app
        .reader()
        .get(&kibo::group("from-the-browser"))
        .send()
        .expect(200);
    assert_eq!(group.at("/name"), "From the browser");
    // The authorization outlives a visit.
    browser.go(&format!("{}/docs/", app.url()));
    browser.find(".btn.authorize.locked");
    assert_clean(&browser, &app);
}

#[test]
fn forms_on_fire_is_authorised_and_makes_groups_in_both_media_types() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    browser.go(&format!("{}/docs/", app.url()));
    choose(
        &browser,
        ".download-url-wrapper select",
        "/openapi/formsonfire.yaml",
    );
    let create = "#operations-UserGroups-createUserGroup";
    browser.find(create);
    let key = testkit::app::secret("admin");
    authorize(&browser, &["1", &key]);

    let xml = format!(
        "<UserGroup xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><CompanyId>1</CompanyId>\
         <IntegrationKey>{key}</IntegrationKey><Name>From XML</Name></UserGroup>"
    );
    let (status, shown) = execute(&browser, create, Some("application/xml"), Some(&xml));
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("From XML"), "{shown}");

    browser.find(&format!("{create} .btn-clear")).click();
    browser
        .find(&format!("{create} .opblock-summary-control"))
        .click();
    let json = json!({"CompanyId": 1, "IntegrationKey": key, "Name": "From JSON"}).to_string();
    let (status, shown) = execute(&browser, create, Some("application/json"), Some(&json));
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("From JSON"), "{shown}");

    // The query carries the credential that the dialog took.
    let (status, shown) = execute(&browser, "#operations-UserGroups-searchUserGroups", None, None);
    assert!(status.starts_with("200"), "{status}: {shown}");
    let groups = app.reader().get(kibo::GROUPS).send().expect(200);
    let names: Vec<&str> = groups
        .at("/items")
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|group| group["name"].as_str())
        .collect();
    assert_eq!(names, ["From XML", "From JSON"]);
    assert_clean(&browser, &app);
}

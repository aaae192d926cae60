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
use testkit::{App, kibo, mypreferences, propeller};

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

/// Fills the forms of the Authorize dialog, in their order and each with its fields in theirs, and closes it.
fn authorize(browser: &Browser, forms: &[&[(&str, &str)]]) {
    browser.find(".btn.authorize").click();
    for fields in forms {
        // An authorised scheme shows no field any more, so the first field left is the next one.
        for (field, value) in *fields {
            browser.find(&format!(".auth-container {field}")).write(value);
        }
        browser.find(".auth-container form .btn.authorize").click();
        browser.find(".auth-container .btn.modal-btn:not(.authorize):not(.btn-done)");
    }
    browser.find(".btn-done").click();
}

/// Shows the document of a dialect.
fn show(browser: &Browser, app: &App, dialect: &str) {
    browser.go(&format!("{}/docs/", app.url()));
    choose(
        browser,
        ".download-url-wrapper select",
        &format!("/openapi/{dialect}.yaml"),
    );
}

/// Takes one value of a list, as a person would.
fn choose(browser: &Browser, select: &str, value: &str) {
    browser.find(select);
    let script = "const select = document.querySelector(arguments[0]);\
        Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, arguments[1]);\
        select.dispatchEvent(new Event('change', {bubbles: true}));";
    browser.run(script, &[select, value]);
}

/// What a person fills in at an operation; what is left out stays as the page shows it.
#[derive(Default)]
struct Filled<'a> {
    /// Names and values.
    parameters: &'a [(&'a str, &'a str)],
    media_type: Option<&'a str>,
    body: Option<&'a str>,
}

/// Opens an operation, fills it in, executes it, and answers with the status and body shown.
fn execute(browser: &Browser, operation: &str, filled: &Filled) -> (String, String) {
    browser
        .find(&format!("{operation} .opblock-summary-control"))
        .click();
    for (name, value) in filled.parameters {
        browser
            .find(&format!("{operation} [data-param-name=\"{name}\"] input"))
            .write(value);
    }
    if let Some(media_type) = filled.media_type {
        choose(
            browser,
            &format!("{operation} .opblock-section-request-body select"),
            media_type,
        );
    }
    if let Some(body) = filled.body {
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

/// The names of all groups, in the order in which they were made.
fn group_names(app: &App) -> Vec<String> {
    let groups = app.reader().get(kibo::GROUPS).send().expect(200);
    let groups = groups.at("/items").as_array().unwrap();
    let name = |group: &serde_json::Value| group["name"].as_str().unwrap().to_owned();
    groups.iter().map(name).collect()
}

#[test]
fn kibo_is_authorised_and_makes_a_group() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    browser.go(&format!("{}/docs", app.url()));
    browser.find("#operations-Groups-createGroup");
    authorize(&browser, &[&[("input", app.editor().token().unwrap())]]);
    let body = json!({"groupCode": "from-the-browser", "name": "From the browser"}).to_string();
    let (status, shown) = execute(
        &browser,
        "#operations-Groups-createGroup",
        &Filled {
            body: Some(&body),
            ..Filled::default()
        },
    );
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("from-the-browser"), "{shown}");
    assert_eq!(group_names(&app), ["From the browser"]);
    // The page sends nothing that nobody asked for: no example of a filter hides the group, no example of a version stops the delete.
    let (status, shown) = execute(&browser, "#operations-Groups-listGroups", &Filled::default());
    assert!(
        status.starts_with("200") && shown.contains("from-the-browser"),
        "{status}: {shown}"
    );
    let named = Filled {
        parameters: &[("groupCode", "from-the-browser")],
        ..Filled::default()
    };
    let (status, shown) = execute(&browser, "#operations-Groups-deleteGroup", &named);
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(group_names(&app).is_empty());
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
    show(&browser, &app, "formsonfire");
    let create = "#operations-UserGroups-createUserGroup";
    browser.find(create);
    let key = testkit::app::secret("admin");
    authorize(&browser, &[&[("input", "1")], &[("input", &key)]]);

    let in_format = |media_type, body| Filled {
        media_type: Some(media_type),
        body: Some(body),
        ..Filled::default()
    };

    let xml = format!(
        "<UserGroup xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><CompanyId>1</CompanyId>\
         <IntegrationKey>{key}</IntegrationKey><Name>From XML</Name></UserGroup>"
    );
    let (status, shown) = execute(&browser, create, &in_format("application/xml", &xml));
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("From XML"), "{shown}");

    browser.find(&format!("{create} .btn-clear")).click();
    browser
        .find(&format!("{create} .opblock-summary-control"))
        .click();
    let json = json!({"CompanyId": 1, "IntegrationKey": key, "Name": "From JSON"}).to_string();
    let (status, shown) = execute(&browser, create, &in_format("application/json", &json));
    assert!(status.starts_with("200"), "{status}: {shown}");
    assert!(shown.contains("From JSON"), "{shown}");

    // The query carries the credential that the dialog took.
    let (status, shown) = execute(
        &browser,
        "#operations-UserGroups-searchUserGroups",
        &Filled::default(),
    );
    assert!(
        status.starts_with("200") && shown.contains("From XML"),
        "{status}: {shown}"
    );
    assert_eq!(group_names(&app), ["From XML", "From JSON"]);
    assert_clean(&browser, &app);
}

#[test]
fn taleo_learn_is_authorised_with_a_password_and_makes_a_group() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    show(&browser, &app, "taleolearn");
    let create = "#operations-Groups-createGroup";
    browser.find(create);
    let password = testkit::app::secret("editor");
    authorize(
        &browser,
        &[&[("[name=username]", "editor"), ("[name=password]", &password)]],
    );
    let body = json!({"name": "From the browser"}).to_string();
    let filled = Filled {
        parameters: &[("learnCenterId", "1")],
        body: Some(&body),
        ..Filled::default()
    };
    let (status, shown) = execute(&browser, create, &filled);
    assert!(status.starts_with("201"), "{status}: {shown}");
    assert!(shown.contains("From the browser"), "{shown}");
    assert_eq!(group_names(&app), ["From the browser"]);
    let filled = Filled {
        parameters: &[("learnCenterId", "1")],
        ..Filled::default()
    };
    let (status, shown) = execute(&browser, "#operations-Groups-listGroups", &filled);
    assert!(
        status.starts_with("200") && shown.contains("From the browser"),
        "{status}: {shown}"
    );
    assert_clean(&browser, &app);
}

#[test]
fn propeller_is_authorised_and_makes_a_group() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    show(&browser, &app, "propeller");
    let create = "#operations-Usergroups-createUsergroup";
    browser.find(create);
    let client = propeller::Client::of(&app, "editor");
    authorize(&browser, &[&[("input", client.token().unwrap())]]);
    let body = json!({"name": "From the browser"}).to_string();
    let filled = Filled {
        body: Some(&body),
        ..Filled::default()
    };
    let (status, shown) = execute(&browser, create, &filled);
    assert!(status.starts_with("201"), "{status}: {shown}");
    assert_eq!(group_names(&app), ["From the browser"]);
    let (status, shown) = execute(
        &browser,
        "#operations-Usergroups-listUsergroups",
        &Filled::default(),
    );
    assert!(
        status.starts_with("200") && shown.contains("From the browser"),
        "{status}: {shown}"
    );
    assert_clean(&browser, &app);
}

#[test]
fn my_preferences_is_authorised_and_makes_the_group_type_of_the_example() {
    let Some(programs) = programs() else { return };
    let app = App::start();
    let browser = Browser::open(&programs);
    show(&browser, &app, "mypreferences");
    let types = "#operations-Group_types-";
    browser.find(&format!("{types}createGroupTypes"));
    let client = mypreferences::Client::of(&app, "editor");
    authorize(&browser, &[&[("input", client.token())]]);
    let filled = Filled {
        parameters: &[("clientId", "default")],
        ..Filled::default()
    };
    let (status, shown) = execute(&browser, &format!("{types}createGroupTypes"), &filled);
    assert!(status.starts_with("201"), "{status}: {shown}");
    let (status, listed) = execute(&browser, &format!("{types}listGroupTypes"), &filled);
    assert!(status.starts_with("200"), "{status}: {listed}");
    let stored = client.get("GroupTypes").send().expect(200);
    let name = stored.text("/GroupTypes/0/TypeName");
    assert!(shown.contains(name) && listed.contains(name), "{shown}\n{listed}");
    assert_clean(&browser, &app);
}

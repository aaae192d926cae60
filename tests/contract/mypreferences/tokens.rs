//! Cases of the token endpoint.

use super::refusals::{OTHER, denied, fault, not_acceptable, too_large, unsupported};
use super::samples::{Sample, admin, editor, reader};
use crate::Case;
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::app::secret;
use testkit::mypreferences::{Client, FORM, Request, TOKEN, basic};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "createToken", status: 200, name: "in the form and in the header", run: create },
    Case { operation: "createToken", status: 200, name: "opens other dialects, until it is too old", run: opens },
    Case { operation: "createToken", status: 400, name: "members", run: invalid },
    Case { operation: "createToken", status: 401, name: "no valid credential", run: unauthorized },
    Case { operation: "createToken", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "createToken") },
    Case { operation: "createToken", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createToken") },
    Case { operation: "createToken", status: 415, name: "no form sent", run: |app| unsupported(app, "createToken") },
    Case { operation: "createToken", status: 503, name: "fault", run: |app| fault(app, "createToken", "credential_secret") },
];

fn ask(client: &Client, form: &str) -> Request {
    client.bare("POST", TOKEN).body(FORM, form)
}

fn create(app: &App) {
    let client = editor(app);
    let header = basic("editor", &secret("editor"));
    let form = "client_id=editor&client_secret=the+secret+of+editor%2C+for+tests%20only";
    for request in [
        ask(&client, &format!("grant_type=client_credentials&{form}")),
        ask(
            &client,
            &format!("GRANT_TYPE=Client_Credentials&{form}&scope=default%2Feditor&other=x"),
        ),
        ask(&client, &format!("{form}&grant_type=client_credentials&scope=")),
        ask(&client, "grant_type=client_credentials").header("Authorization", &header),
        ask(&client, "grant_type=client_credentials&scope=default/editor")
            .header("Authorization", &header.replace("Basic", "basic")),
        ask(&client, &format!("grant_type=client_credentials&{form}")).header("Authorization", &header),
        client
            .bare("POST", "/OAuth/Token/")
            .body(FORM, format!("grant_type=client_credentials&{form}")),
        client.ticket().without("Content-Type"),
    ] {
        let answer = unchanged(app, || request.send().expect(200));
        let token = answer.at("/access_token");
        let expected = json!({
            "access_token": token, "token_type": "Bearer", "expires_in": 3600, "scope": "default/editor",
        });
        assert_eq!(answer.json(), &expected);
        assert_eq!(answer.header("cache-control"), "no-store");
        let authorization = format!("Bearer {}", answer.text("/access_token"));
        let path = client.path("GroupTypes");
        let types = client.bare("GET", &path).header("Authorization", &authorization);
        types.send().expect(200);
    }
    let stranger = Client::of(app, "stranger").ticket().send().expect(200);
    assert_eq!(stranger.at("/scope"), "other/stranger");
}

fn opens(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let request = sample.request(&client, "getProfile");
    request.send().expect(200);
    let kibo = app.nobody().with_token(client.token());
    kibo.get(testkit::kibo::GROUPS).send().expect(200);
    let theirs = app.reader().token().unwrap().to_owned();
    let with = request
        .clone()
        .with("Authorization", &format!("bearer  {theirs}"));
    with.send().expect(200);
    app.advance(3599);
    request.send().expect(200);
    app.advance(1);
    denied(&request.send(), OTHER);
}

fn invalid(app: &App) {
    let client = editor(app);
    let good = "grant_type=client_credentials&client_id=editor";
    let long = "x".repeat(1025);
    for (form, names) in [
        (String::new(), &["body"][..]),
        ("client_id=editor".to_owned(), &["grant_type"]),
        ("grant_type=password".to_owned(), &["grant_type"]),
        (
            "grant_type=client_credentials&grant_type=client_credentials".to_owned(),
            &["grant_type"],
        ),
        (format!("{good}&CLIENT_ID=x"), &["client_id"]),
        (format!("{good}&client_secret={long}"), &["client_secret"]),
        (format!("{good}&client_secret=%zz"), &["client_secret"]),
        (format!("{good}&client_secret=%FF"), &["client_secret"]),
        (format!("{good}&client_secret=%01"), &["client_secret"]),
    ] {
        ask(&client, &form).send().invalid(names);
    }
    let secret = "client_secret=the+secret+of+editor%2C+for+tests+only";
    for scope in [
        "other/editor",
        "default/admin",
        "default",
        "default/editor/",
        "Default/editor",
    ] {
        let answer = ask(&client, &format!("{good}&{secret}&scope={scope}")).send();
        answer.invalid(&["scope"]);
    }
    let header = basic("editor", &testkit::app::secret("editor"));
    let both = |form: &str| ask(&client, form).header("Authorization", &header).send();
    both("grant_type=client_credentials&client_id=admin").invalid(&["client_id"]);
    both("grant_type=client_credentials&client_secret=x").invalid(&["client_secret"]);
}

fn unauthorized(app: &App) {
    Sample::prepare(app);
    let client = admin(app);
    let form = |id: &str, secret: &str| {
        format!("grant_type=client_credentials&client_id={id}&client_secret={secret}")
    };
    let own = secret("admin").replace(' ', "+");
    let other = secret("reader").replace(' ', "+");
    for form in [
        "grant_type=client_credentials".to_owned(),
        "grant_type=client_credentials&client_id=admin".to_owned(),
        format!("grant_type=client_credentials&client_secret={own}"),
        form("admin", "wrong"),
        form("admin", &other),
        form("ADMIN", &own),
        form("nobody", &own),
    ] {
        denied(&ask(&client, &form).send(), OTHER);
    }
    let plain = "grant_type=client_credentials";
    for header in [
        basic("admin", "wrong"),
        basic("nobody", &secret("admin")),
        "Basic %%%".to_owned(),
        "Basic YWRtaW4=".to_owned(),
        "Basic /w==".to_owned(),
        "Bearer x".to_owned(),
        client.signature("PNAUTHINFO3-HMAC-SHA256", "2026-11-22T12:00:00Z"),
    ] {
        denied(
            &ask(&client, plain).header("Authorization", &header).send(),
            OTHER,
        );
    }
}

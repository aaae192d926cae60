//! Cases of the token endpoint.

use super::refusals::{LIFE, fault, new_credential, not_acceptable, too_large, unsupported};
use super::samples::admin;
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use serde_json::json;
use testkit::App;
use testkit::app::{secret, start_of_time};
use testkit::propeller::{Client, TOKEN, USERGROUPS};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "createToken", status: 200, name: "half an hour", run: create },
    Case { operation: "createToken", status: 400, name: "forms", run: invalid },
    Case { operation: "createToken", status: 401, name: "wrong credentials", run: wrong },
    Case { operation: "createToken", status: 406, name: "JSON is not wanted", run: |app| not_acceptable(app, "createToken") },
    Case { operation: "createToken", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createToken") },
    Case { operation: "createToken", status: 415, name: "another media type", run: |app| unsupported(app, "createToken") },
    Case { operation: "createToken", status: 500, name: "fault", run: |app| fault(app, "createToken", "credential") },
];

fn create(app: &App) {
    for mount in ["", "/v2"] {
        let client = admin(app).under(mount);
        let answer = client.ask_token().tail("/").send().expect(200);
        let token = answer.text("/access_token");
        let expected = json!({
            "access_token": token, "token_type": "BearerToken", "expires_in": "1799",
            "issued_at": start_of_time().timestamp_millis().to_string(), "refresh_token_expires_in": "0",
            "refresh_count": "0", "status": "approved", "scope": "", "client_id": "admin",
            "application_name": "admin", "organization_name": "default", "api_product_list": "[roster]",
            "api_product_list_json": ["roster"], "developer.email": "",
        });
        assert_eq!(answer.json(), &expected);
        assert_eq!(answer.header("cache-control"), "no-store");
        let shown = client.with_token(token);
        shown.get(USERGROUPS).send().expect(200);
        // One token opens every dialect that takes a bearer.
        app.admin()
            .with_token(token)
            .get(testkit::kibo::GROUPS)
            .send()
            .expect(200);
    }
    let kibo = app.admin().token().unwrap();
    Client::nobody(app)
        .with_token(kibo)
        .get(USERGROUPS)
        .send()
        .expect(200);
    let client = admin(app);
    client.get(USERGROUPS).send().expect(200);
    app.advance(LIFE);
    client.get(USERGROUPS).send().refused(401, "10401");
}

fn invalid(app: &App) {
    let good = [
        ("grant_type", "client_credentials"),
        ("client_id", "admin"),
        ("client_secret", "x"),
    ];
    let bare = || admin(app).bare("POST", TOKEN);
    let form = "application/x-www-form-urlencoded";
    unchanged(app, || {
        for (i, (name, _)) in good.iter().enumerate() {
            let mut pairs = good.to_vec();
            pairs.remove(i);
            let answer = bare().form(&pairs).send();
            answer.refused(400, "10007");
            assert!(
                answer.text("/error/messages/0").starts_with(name),
                "{}",
                answer.told()
            );
            let mut twice = good.to_vec();
            twice.push(good[i]);
            bare().form(&twice).send().refused(400, "10007");
        }
        for (name, value) in [
            ("grant_type", "password"),
            ("grant_type", "Client_Credentials"),
            ("client_id", "a\u{1}"),
            ("client_secret", "a\u{ffff}"),
        ] {
            let pairs = good.map(|(known, old)| (known, if known == name { value } else { old }));
            bare().form(&pairs).send().refused(400, "10007");
        }
        for body in [
            "",
            "&&&",
            "{}",
            "grant_type=%zz",
            "grant_type=%ff&client_id=a&client_secret=b",
        ] {
            bare().body(form, body).send().refused(400, "10007");
        }
        let long = "x".repeat(1025);
        bare()
            .form(&[good[0], ("client_id", &long), good[2]])
            .send()
            .refused(400, "10007");
        bare()
            .form(&[good[0], good[1], ("client_secret", &long)])
            .send()
            .refused(400, "10007");
    });
    let mut pairs = good.to_vec();
    let right = secret("admin");
    pairs[2].1 = &right;
    pairs.push(("scope", "everything"));
    bare().form(&pairs).send().expect(200);
}

fn wrong(app: &App) {
    let brief = new_credential(app, "brief");
    app.wait(credentials::revoke(app.directory(), "brief"));
    unchanged(app, || {
        let right = secret("admin");
        for (id, secret) in [
            ("admin", "wrong"),
            ("admin", &right[1..]),
            ("Admin", &right),
            ("nobody", &right),
            ("editor", &right),
        ] {
            let form = [
                ("grant_type", "client_credentials"),
                ("client_id", id),
                ("client_secret", secret),
            ];
            let answer = admin(app).bare("POST", TOKEN).form(&form).send();
            answer.told_as(401, 10401, &["the client id or its secret is not valid"]);
            assert!(!answer.reply.text().contains(secret));
        }
        brief.ask_token().send().refused(401, "10401");
    });
}

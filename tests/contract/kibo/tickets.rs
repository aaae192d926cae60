//! Cases of the ticket endpoint.

use super::refusals::{bad_body, credentials_of_their_own, fault, not_acceptable, too_large, unsupported};
use super::samples::ticket;
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{Answer, GROUPS, TICKETS};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "createOAuthTicket", status: 200, name: "a client id and its secret", run: by_secret },
    Case { operation: "createOAuthTicket", status: 200, name: "a refresh token", run: by_refresh_token },
    Case { operation: "createOAuthTicket", status: 400, name: "members", run: invalid },
    Case { operation: "createOAuthTicket", status: 400, name: "bodies", run: |app| bad_body(app, "createOAuthTicket") },
    Case { operation: "createOAuthTicket", status: 401, name: "secrets", run: wrong_secret },
    Case { operation: "createOAuthTicket", status: 401, name: "refresh tokens", run: wrong_refresh_token },
    Case { operation: "createOAuthTicket", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "createOAuthTicket") },
    Case { operation: "createOAuthTicket", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createOAuthTicket") },
    Case { operation: "createOAuthTicket", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createOAuthTicket") },
    Case { operation: "createOAuthTicket", status: 500, name: "fault", run: |app| fault(app, "createOAuthTicket", "credential") },
];

fn ask(app: &App, body: &Value) -> Answer {
    app.nobody().post(TICKETS).json(body).send()
}

fn refresh(token: &str) -> Value {
    json!({"grant_type": "refresh_token", "refresh_token": token})
}

fn by_secret(app: &App) {
    let answer = ask(app, &ticket("reader")).expect(200);
    assert_eq!(answer.at("/token_type"), "bearer");
    assert_eq!(answer.at("/expires_in"), 3600);
    assert_eq!(answer.at("/refresh_token_expires_in"), 1_209_600);
    assert_eq!(answer.reply.header("cache-control").as_deref(), Some("no-store"));
    let reader = app.nobody().with_token(answer.text("/access_token"));
    reader.get(GROUPS).send().expect(200);
    app.advance(3599);
    reader.get(GROUPS).send().expect(200);
    app.advance(1);
    reader.get(GROUPS).send().refused(401, "UNAUTHORIZED");
}

fn by_refresh_token(app: &App) {
    let first = ask(app, &ticket("admin")).expect(200);
    app.advance(1_209_599);
    let token = first.text("/refresh_token");
    let second = ask(app, &refresh(token)).expect(200);
    app.nobody()
        .with_token(second.text("/access_token"))
        .get(GROUPS)
        .send()
        .expect(200);
    let mut as_the_sdk_does = ticket("admin");
    as_the_sdk_does["refresh_token"] = token.into();
    ask(app, &as_the_sdk_does).expect(200);
    let with_id = json!({"client_id": "admin", "grant_type": "client_credentials", "refresh_token": token});
    ask(app, &with_id).expect(200);
    app.advance(1);
    ask(app, &refresh(token)).refused(401, "UNAUTHORIZED");
    ask(app, &refresh(second.text("/refresh_token"))).expect(200);
}

fn invalid(app: &App) {
    unchanged(app, || {
        for (body, parameters) in [
            (json!({}), &["grant_type"][..]),
            (json!({"grant_type": "password"}), &["grant_type"]),
            (json!({"grant_type": null}), &["grant_type"]),
            (json!({"grant_type": 7}), &["grant_type"]),
            (json!({"grant_type": ["client_credentials"]}), &["grant_type"]),
            (
                json!({"grant_type": "client_credentials"}),
                &["client_id", "client_secret"],
            ),
            (
                json!({"grant_type": "refresh_token"}),
                &["client_id", "client_secret"],
            ),
            (
                json!({"grant_type": "client_credentials", "client_id": "admin"}),
                &["client_secret"],
            ),
            (
                json!({"grant_type": "client_credentials", "client_id": null, "client_secret": "x"}),
                &["client_id"],
            ),
            (
                json!({"grant_type": "client_credentials", "client_id": ""}),
                &["client_id"],
            ),
            (
                json!({"grant_type": "refresh_token", "refresh_token": "a".repeat(4097)}),
                &["refresh_token"],
            ),
            (
                json!({"grant_type": "client_credentials", "client_secret": "a\u{2}"}),
                &["client_secret"],
            ),
        ] {
            let answer = ask(app, &body);
            answer.invalid(parameters);
            assert!(
                !answer.reply.text().contains("password"),
                "the value is not repeated: {}",
                answer.told()
            );
        }
    });
}

fn wrong_secret(app: &App) {
    credentials_of_their_own(app, "brief");
    ask(app, &ticket("brief")).expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    unchanged(app, || {
        let wrong = |id: &str, secret: &str| json!({"client_id": id, "client_secret": secret, "grant_type": "client_credentials"});
        let secret = testkit::app::secret("admin");
        for body in [
            ticket("nobody"),
            ticket("brief"),
            wrong("admin", "wrong"),
            wrong("Admin", &secret),
            wrong("reader", &secret),
            wrong("stranger", &secret),
            wrong("admin", &format!("{secret} ")),
        ] {
            let answer = ask(app, &body);
            answer.refused(401, "UNAUTHORIZED");
            let first = ask(app, &ticket("nobody"));
            assert_eq!(
                answer.at("/message"),
                first.at("/message"),
                "all are told the same"
            );
        }
    });
}

fn wrong_refresh_token(app: &App) {
    credentials_of_their_own(app, "brief");
    let brief = ask(app, &ticket("brief"))
        .expect(200)
        .text("/refresh_token")
        .to_owned();
    ask(app, &refresh(&brief)).expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    let admin = ask(app, &ticket("admin")).expect(200);
    let token = admin.text("/refresh_token");
    unchanged(app, || {
        ask(app, &refresh(&brief)).refused(401, "UNAUTHORIZED");
        ask(app, &refresh("nonsense")).refused(401, "UNAUTHORIZED");
        ask(app, &refresh(admin.text("/access_token"))).refused(401, "UNAUTHORIZED");
        let mut other = ticket("reader");
        other["refresh_token"] = token.into();
        ask(app, &other).refused(401, "UNAUTHORIZED");
        let mut wrong = ticket("admin");
        wrong["client_secret"] = "wrong".into();
        wrong["refresh_token"] = token.into();
        ask(app, &wrong).refused(401, "UNAUTHORIZED");
    });
}

//! Cases of the older ticket endpoints, and of giving a refresh token back.

use super::refusals::{bad_body, credentials_of_their_own, fault, not_acceptable, too_large, unsupported};
use super::samples::{old_ticket, ticket};
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::App;
use testkit::kibo::{Answer, GROUPS, OLD_TICKETS, REFRESH_TICKETS, TICKETS};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "createAuthTicket", status: 200, name: "a client id and its secret", run: by_secret },
    Case { operation: "createAuthTicket", status: 400, name: "members", run: create_invalid },
    Case { operation: "createAuthTicket", status: 400, name: "bodies", run: |app| bad_body(app, "createAuthTicket") },
    Case { operation: "createAuthTicket", status: 401, name: "secrets", run: wrong_secret },
    Case { operation: "createAuthTicket", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "createAuthTicket") },
    Case { operation: "createAuthTicket", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createAuthTicket") },
    Case { operation: "createAuthTicket", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createAuthTicket") },
    Case { operation: "createAuthTicket", status: 500, name: "fault", run: |app| fault(app, "createAuthTicket", "credential") },

    Case { operation: "refreshAuthTicket", status: 200, name: "the older form", run: refresh_older },
    Case { operation: "refreshAuthTicket", status: 400, name: "members", run: |app| refresh_invalid(app, "PUT") },
    Case { operation: "refreshAuthTicket", status: 400, name: "bodies", run: |app| bad_body(app, "refreshAuthTicket") },
    Case { operation: "refreshAuthTicket", status: 401, name: "refresh tokens", run: |app| wrong_refresh_token(app, "PUT") },
    Case { operation: "refreshAuthTicket", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "refreshAuthTicket") },
    Case { operation: "refreshAuthTicket", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "refreshAuthTicket") },
    Case { operation: "refreshAuthTicket", status: 415, name: "no JSON sent", run: |app| unsupported(app, "refreshAuthTicket") },
    Case { operation: "refreshAuthTicket", status: 500, name: "fault", run: |app| fault(app, "refreshAuthTicket", "refused_token") },

    Case { operation: "refreshOAuthTicket", status: 200, name: "the newer form", run: refresh_newer },
    Case { operation: "refreshOAuthTicket", status: 400, name: "members", run: |app| refresh_invalid(app, "POST") },
    Case { operation: "refreshOAuthTicket", status: 400, name: "bodies", run: |app| bad_body(app, "refreshOAuthTicket") },
    Case { operation: "refreshOAuthTicket", status: 401, name: "refresh tokens", run: |app| wrong_refresh_token(app, "POST") },
    Case { operation: "refreshOAuthTicket", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "refreshOAuthTicket") },
    Case { operation: "refreshOAuthTicket", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "refreshOAuthTicket") },
    Case { operation: "refreshOAuthTicket", status: 415, name: "no JSON sent", run: |app| unsupported(app, "refreshOAuthTicket") },
    Case { operation: "refreshOAuthTicket", status: 500, name: "fault", run: |app| fault(app, "refreshOAuthTicket", "refused_token") },

    Case { operation: "deleteAuthTicket", status: 200, name: "the refresh token is refused", run: give_back },
    Case { operation: "deleteAuthTicket", status: 200, name: "tokens that are worth nothing", run: give_back_nothing },
    Case { operation: "deleteAuthTicket", status: 400, name: "no token", run: give_back_invalid },
    Case { operation: "deleteAuthTicket", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "deleteAuthTicket") },
    Case { operation: "deleteAuthTicket", status: 500, name: "fault", run: |app| fault(app, "deleteAuthTicket", "refused_token") },
];

fn ask(app: &App, body: &Value) -> Answer {
    app.nobody().post(OLD_TICKETS).json(body).send()
}

fn refresh(app: &App, verb: &str, token: &str) -> Answer {
    let request = app.nobody().request(verb, REFRESH_TICKETS);
    request.json(&json!({"refreshToken": token})).send()
}

fn delete(app: &App, token: &str) -> Answer {
    app.nobody().delete(&format!("{OLD_TICKETS}/{token}")).send()
}

/// Whether an access token opens the door.
#[track_caller]
fn opens(app: &App, token: &str) {
    let reader = app.nobody().with_token(token);
    reader.get(GROUPS).send().expect(200);
    let claims = app.nobody().get(GROUPS).header("x-vol-app-claims", token);
    claims.send().expect(200);
}

/// An answer in the older form: the right instants, not for caches, and a token that works.
#[track_caller]
fn older(app: &App, answer: &Answer) {
    let now = app.directory().now();
    let at = |seconds| json!(now + Duration::from_secs(seconds));
    assert_eq!(answer.at("/accessTokenExpiration"), &at(3600));
    assert_eq!(answer.at("/refreshTokenExpiration"), &at(1_209_600));
    assert_eq!(answer.reply.header("cache-control").as_deref(), Some("no-store"));
    opens(app, answer.text("/accessToken"));
}

fn by_secret(app: &App) {
    let answer = unchanged(app, || ask(app, &old_ticket("reader")).expect(200));
    older(app, &answer);
    app.advance(3600);
    let late = app.nobody().get(GROUPS);
    late.header("x-vol-app-claims", answer.text("/accessToken"))
        .send()
        .refused(401, "UNAUTHORIZED");
}

fn create_invalid(app: &App) {
    unchanged(app, || {
        for (body, parameters) in [
            (json!({}), &["applicationId"][..]),
            (json!({"applicationId": "admin"}), &["sharedSecret"]),
            (
                json!({"applicationId": "admin", "sharedSecret": null}),
                &["sharedSecret"],
            ),
            (
                json!({"applicationId": "", "sharedSecret": ""}),
                &["applicationId", "sharedSecret"],
            ),
            (
                json!({"applicationId": "a".repeat(256), "sharedSecret": "s3cret\u{1}"}),
                &["applicationId", "sharedSecret"],
            ),
            (
                json!({"applicationId": "a", "sharedSecret": "s3cret".repeat(200)}),
                &["sharedSecret"],
            ),
        ] {
            let answer = ask(app, &body);
            answer.invalid(parameters);
            assert!(!answer.reply.text().contains("s3cret"), "{}", answer.told());
        }
    });
}

fn wrong_secret(app: &App) {
    credentials_of_their_own(app, "brief");
    ask(app, &old_ticket("brief")).expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    let wrong = json!({"applicationId": "admin", "sharedSecret": "wrong"});
    let other = json!({"applicationId": "admin", "sharedSecret": testkit::app::secret("reader")});
    unchanged(app, || {
        for body in [&old_ticket("nobody"), &old_ticket("brief"), &wrong, &other] {
            let answer = ask(app, body);
            answer.refused(401, "UNAUTHORIZED");
            let newer = app.nobody().post(TICKETS).json(&ticket("nobody")).send();
            assert_eq!(
                answer.at("/message"),
                newer.at("/message"),
                "all are told the same"
            );
        }
    });
}

/// A refresh token of either form gets a ticket in either form.
fn refresh_older(app: &App) {
    let first = ask(app, &old_ticket("admin")).expect(200);
    app.advance(1_209_599);
    let second = refresh(app, "PUT", first.text("/refreshToken")).expect(200);
    older(app, &second);
    older(
        app,
        &refresh(app, "PUT", app.admin().ticket().text("/refresh_token")).expect(200),
    );
    app.advance(1);
    refresh(app, "PUT", first.text("/refreshToken")).refused(401, "UNAUTHORIZED");
    older(
        app,
        &refresh(app, "PUT", second.text("/refreshToken")).expect(200),
    );
}

fn refresh_newer(app: &App) {
    let first = ask(app, &old_ticket("reader")).expect(200);
    let answer = unchanged(app, || {
        refresh(app, "POST", first.text("/refreshToken")).expect(200)
    });
    assert_eq!(answer.at("/token_type"), "bearer");
    assert_eq!(
        (answer.at("/expires_in"), answer.at("/refresh_token_expires_in")),
        (&json!(3600), &json!(1_209_600))
    );
    assert_eq!(answer.reply.header("cache-control").as_deref(), Some("no-store"));
    opens(app, answer.text("/access_token"));
    refresh(app, "POST", answer.text("/refresh_token")).expect(200);
}

fn refresh_invalid(app: &App, verb: &str) {
    unchanged(app, || {
        let request = app.nobody().request(verb, REFRESH_TICKETS);
        for body in [
            json!({}),
            json!({"refreshToken": null}),
            json!({"refreshToken": ""}),
            json!({"refreshToken": "a".repeat(4097)}),
            json!({"refreshToken": "s3cret\u{1}"}),
        ] {
            let answer = request.clone().json(&body).send();
            answer.invalid(&["refreshToken"]);
            assert!(!answer.reply.text().contains("s3cret"), "{}", answer.told());
        }
    });
}

fn wrong_refresh_token(app: &App, verb: &str) {
    credentials_of_their_own(app, "brief");
    let brief = ask(app, &old_ticket("brief")).expect(200);
    let brief = brief.text("/refreshToken");
    refresh(app, verb, brief).expect(200);
    app.wait(credentials::revoke(app.directory(), "brief"));
    let admin = ask(app, &old_ticket("admin")).expect(200);
    let given_back = ask(app, &old_ticket("admin")).expect(200);
    delete(app, given_back.text("/refreshToken")).expect(200);
    unchanged(app, || {
        for token in [
            brief,
            "nonsense",
            admin.text("/accessToken"),
            given_back.text("/refreshToken"),
            &format!("{}x", admin.text("/refreshToken")),
        ] {
            refresh(app, verb, token).refused(401, "UNAUTHORIZED");
        }
    });
}

fn give_back(app: &App) {
    let mine = ask(app, &old_ticket("admin")).expect(200);
    let other = app.admin().ticket();
    let token = mine.text("/refreshToken");
    let answer = delete(app, token).expect(200);
    assert_eq!(answer.reply.body, b"");
    for verb in ["PUT", "POST"] {
        refresh(app, verb, token).refused(401, "UNAUTHORIZED");
    }
    let mut newer = ticket("admin");
    newer["refresh_token"] = token.into();
    let newer = app.nobody().post(TICKETS).json(&newer).send();
    newer.refused(401, "UNAUTHORIZED");
    opens(app, mine.text("/accessToken"));
    refresh(app, "PUT", other.text("/refresh_token")).expect(200);
    delete(app, other.text("/refresh_token")).expect(200);
    refresh(app, "PUT", other.text("/refresh_token")).refused(401, "UNAUTHORIZED");
}

fn give_back_nothing(app: &App) {
    let ticket = ask(app, &old_ticket("admin")).expect(200);
    let token = ticket.text("/refreshToken");
    delete(app, token).expect(200);
    unchanged(app, || {
        for worthless in [token, "nonsense", ticket.text("/accessToken"), "oauth2", "a.b.c"] {
            delete(app, worthless).expect(200);
        }
    });
    opens(app, ticket.text("/accessToken"));
    let late = ask(app, &old_ticket("admin")).expect(200);
    app.advance(1_209_600);
    unchanged(app, || delete(app, late.text("/refreshToken")).expect(200).told());
}

fn give_back_invalid(app: &App) {
    unchanged(app, || {
        for wrong in [
            "%20",
            "a%2",
            "%zz",
            "a%00",
            "s3cret%22",
            "s3cret%3A",
            &"s3cret".repeat(700),
        ] {
            let answer = delete(app, wrong);
            answer.invalid(&["refreshToken"]);
            assert!(!answer.reply.text().contains("s3cret"), "{}", answer.told());
        }
    });
}

/// Only a digest of what is given back is kept, and that no longer than the token would have lived.
#[test]
fn a_given_back_token_is_forgotten_once_it_has_expired() {
    let app = App::start();
    let kept = || {
        let count = "SELECT count(*) FROM refused_token";
        let database = crate::database::open(&app);
        database.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let first = ask(&app, &old_ticket("admin")).expect(200);
    delete(&app, first.text("/refreshToken")).expect(200);
    assert_eq!(kept(), 1);
    app.advance(1_209_600);
    let second = ask(&app, &old_ticket("admin")).expect(200);
    delete(&app, second.text("/refreshToken")).expect(200);
    assert_eq!(kept(), 1);
}

//! Cases of passwords and locks: all is accepted within bounds, and nothing is stored.

use super::accounts::absent;
use super::refusals::{bad_body, fault, forbidden, not_acceptable, too_large, unauthorized, unsupported};
use super::samples::Sample;
use crate::Case;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{RESET_PASSWORD, account};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "changePassword", status: 200, name: "any old password", run: change },
    Case { operation: "changePassword", status: 400, name: "members", run: |app| change_invalid(app, "Change-Password", &["newPassword", "oldPassword"]) },
    Case { operation: "changePassword", status: 400, name: "bodies", run: |app| bad_body(app, "changePassword") },
    Case { operation: "changePassword", status: 401, name: "no valid token", run: |app| unauthorized(app, "changePassword") },
    Case { operation: "changePassword", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "changePassword") },
    Case { operation: "changePassword", status: 404, name: "nobody has the id", run: |app| absent(app, "changePassword") },
    Case { operation: "changePassword", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "changePassword") },
    Case { operation: "changePassword", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "changePassword") },
    Case { operation: "changePassword", status: 415, name: "no JSON sent", run: |app| unsupported(app, "changePassword") },
    Case { operation: "changePassword", status: 500, name: "fault", run: |app| fault(app, "changePassword", "user_account") },

    Case { operation: "changeUserPassword", status: 200, name: "no version, no event", run: change_of_user },
    Case { operation: "changeUserPassword", status: 400, name: "members", run: |app| change_invalid(app, "Change-User-Password", &["newPassword"]) },
    Case { operation: "changeUserPassword", status: 400, name: "bodies", run: |app| bad_body(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 401, name: "no valid token", run: |app| unauthorized(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 404, name: "nobody has the id", run: |app| absent(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 415, name: "no JSON sent", run: |app| unsupported(app, "changeUserPassword") },
    Case { operation: "changeUserPassword", status: 500, name: "fault", run: |app| fault(app, "changeUserPassword", "user_account") },

    Case { operation: "unlockAccount", status: 200, name: "whatever is sent", run: unlock },
    Case { operation: "unlockAccount", status: 400, name: "parameters", run: unlock_invalid },
    Case { operation: "unlockAccount", status: 401, name: "no valid token", run: |app| unauthorized(app, "unlockAccount") },
    Case { operation: "unlockAccount", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "unlockAccount") },
    Case { operation: "unlockAccount", status: 404, name: "nobody has the id", run: |app| absent(app, "unlockAccount") },
    Case { operation: "unlockAccount", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "unlockAccount") },
    Case { operation: "unlockAccount", status: 500, name: "fault", run: |app| fault(app, "unlockAccount", "user_account") },

    Case { operation: "resetPassword", status: 200, name: "the same for everybody and nobody", run: reset },
    Case { operation: "resetPassword", status: 400, name: "members", run: reset_invalid },
    Case { operation: "resetPassword", status: 400, name: "bodies", run: |app| bad_body(app, "resetPassword") },
    Case { operation: "resetPassword", status: 401, name: "no valid token", run: |app| unauthorized(app, "resetPassword") },
    Case { operation: "resetPassword", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "resetPassword") },
    Case { operation: "resetPassword", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "resetPassword") },
    Case { operation: "resetPassword", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "resetPassword") },
    Case { operation: "resetPassword", status: 415, name: "no JSON sent", run: |app| unsupported(app, "resetPassword") },
    Case { operation: "resetPassword", status: 500, name: "fault", run: |app| fault(app, "resetPassword", "credential") },
];

/// Sends these bodies, each of which is thrown away without a trace.
fn thrown_away(app: &App, path: &str, bodies: &[Value]) {
    unchanged(app, || {
        for body in bodies {
            for client in [app.editor(), app.admin()] {
                let answer = client.post(path).json(body).send().expect(200);
                assert_eq!(answer.reply.body, b"", "{}", answer.told());
                assert_eq!(answer.reply.header("etag"), None);
            }
        }
    });
}

fn change(app: &App) {
    let sample = Sample::prepare(app);
    let etag = |id| app.reader().get(&account(id)).send().expect(200).etag();
    let before = etag(&sample.loner);
    let bodies = [
        json!({"oldPassword": "x", "newPassword": "y"}),
        json!({"oldPassword": null, "newPassword": "y"}),
        json!({"oldPassword": "", "newPassword": "y"}),
        json!({"newPassword": "群".repeat(255)}),
    ];
    thrown_away(
        app,
        &format!("{}/Change-Password", account(&sample.loner)),
        &bodies,
    );
    assert_eq!(etag(&sample.loner), before);
}

fn change_of_user(app: &App) {
    let sample = Sample::prepare(app);
    let got = |id| app.reader().get(&account(id)).send().expect(200).json().clone();
    let before = got(&sample.loner);
    app.advance(60);
    let bodies = [
        json!({"newPassword": "y"}),
        json!({"newPassword": "a".repeat(255)}),
    ];
    let path = format!("{}/Change-User-Password", account(&sample.loner));
    thrown_away(app, &path, &bodies);
    assert_eq!(got(&sample.loner), before);
}

/// Every member that is wrong is told, without its value.
fn change_invalid(app: &App, tail: &str, members: &[&str]) {
    let sample = Sample::prepare(app);
    let path = format!("{}/{tail}", account(&sample.loner));
    unchanged(app, || {
        let post = |body: Value| app.editor().post(&path).json(&body).send();
        post(json!({})).invalid(&["newPassword"]);
        post(json!({"newPassword": null})).invalid(&["newPassword"]);
        post(json!({"newPassword": ""})).invalid(&["newPassword"]);
        for member in members {
            for wrong in [
                json!("s3cret".repeat(50)),
                json!("s3cret\u{1}"),
                json!({"s3cret": 1}),
            ] {
                let mut body = json!({"newPassword": "fine"});
                body[*member] = wrong;
                let answer = post(body);
                answer.invalid(&[*member]);
                assert!(!answer.reply.text().contains("s3cret"), "{}", answer.told());
            }
        }
        let elsewhere = app.editor().post(&format!("{}/{tail}", account("x")));
        let elsewhere = elsewhere.json(&json!({"newPassword": ""})).send();
        elsewhere.invalid(&["userId", "newPassword"]);
    });
}

fn unlock(app: &App) {
    let sample = Sample::prepare(app);
    let path = account(&sample.loner);
    let idle = json!({"userName": "bob", "isActive": false});
    let before = app.editor().put(&path).json(&idle).send().expect(200);
    unchanged(app, || {
        let unlock = sample.request(app.editor(), "unlockAccount");
        for request in [
            unlock.clone(),
            unlock.clone().body("application/json", "{\"ignored\":"),
            unlock.body("text/plain", "ignored"),
        ] {
            assert_eq!(request.send().expect(200).reply.body, b"");
        }
    });
    let after = app.reader().get(&path).send().expect(200);
    assert_eq!((after.json(), after.etag()), (before.json(), before.etag()));
    assert_eq!(after.at("/isActive"), false);
}

fn unlock_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        let path = format!("{}/unlock", account("x"));
        app.editor().post(&path).send().invalid(&["userId"]);
        let unlock = sample.request(app.editor(), "unlockAccount");
        unlock
            .header("x-vol-tenant", "x")
            .send()
            .invalid(&["x-vol-tenant"]);
    });
}

fn reset(app: &App) {
    Sample::prepare(app);
    let addresses = ["bob@example.com", "nobody@example.com", "no address at all"];
    let bodies = addresses.map(|address| json!({"emailAddress": address}));
    thrown_away(app, RESET_PASSWORD, &bodies);
}

fn reset_invalid(app: &App) {
    unchanged(app, || {
        for wrong in [
            json!({}),
            json!({"emailAddress": null}),
            json!({"emailAddress": ""}),
            json!({"emailAddress": "a".repeat(255)}),
            json!({"emailAddress": "a\u{1}"}),
            json!({"emailAddress": 7}),
        ] {
            let post = app.editor().post(RESET_PASSWORD).json(&wrong);
            post.send().invalid(&["emailAddress"]);
        }
    });
}

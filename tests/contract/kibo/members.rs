//! Cases of adding users to groups and taking them out.

use super::groups::absent;
use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{CODE, Sample, create_group, ids, members};
use crate::Case;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{account, group};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "addGroupUsers", status: 200, name: "new and old members", run: add },
    Case { operation: "addGroupUsers", status: 400, name: "ids", run: |app| invalid_ids(app, "addusers") },
    Case { operation: "addGroupUsers", status: 400, name: "bodies", run: |app| bad_body(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 401, name: "no valid token", run: |app| unauthorized(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 404, name: "no such code", run: |app| absent(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 409, name: "an id that nobody has", run: |app| unknown_ids(app, "addusers") },
    Case { operation: "addGroupUsers", status: 412, name: "another version", run: |app| stale(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 415, name: "no JSON sent", run: |app| unsupported(app, "addGroupUsers") },
    Case { operation: "addGroupUsers", status: 500, name: "fault", run: |app| fault(app, "addGroupUsers", "membership") },

    Case { operation: "removeGroupUsers", status: 200, name: "members and others", run: remove },
    Case { operation: "removeGroupUsers", status: 400, name: "ids", run: |app| invalid_ids(app, "removeusers") },
    Case { operation: "removeGroupUsers", status: 400, name: "bodies", run: |app| bad_body(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 401, name: "no valid token", run: |app| unauthorized(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 403, name: "another tenant, a reader", run: |app| forbidden(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 404, name: "no such code", run: |app| absent(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 409, name: "an id that nobody has", run: |app| unknown_ids(app, "removeusers") },
    Case { operation: "removeGroupUsers", status: 412, name: "another version", run: |app| stale(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 415, name: "no JSON sent", run: |app| unsupported(app, "removeGroupUsers") },
    Case { operation: "removeGroupUsers", status: 500, name: "fault", run: |app| fault(app, "removeGroupUsers", "membership") },
];

fn add(app: &App) {
    let sample = Sample::prepare(app);
    let path = format!("{}/addusers", group(CODE));
    let both = json!([sample.loner, sample.member, sample.loner]);
    let answer = app.editor().post(&path).json(&both).send().expect(200);
    assert_eq!(
        ids(answer.at("/users")),
        [sample.member.clone(), sample.loner.clone()]
    );
    let got = app.reader().get(&group(CODE)).send().expect(200);
    assert_eq!((got.json(), got.etag()), (answer.json(), answer.etag()));
    let again = unchanged(app, || app.editor().post(&path).json(&both).send().expect(200));
    assert_eq!(again.etag(), answer.etag(), "who is in already changes nothing");
    let user = app.reader().get(&account(&sample.loner)).send().expect(200);
    assert_eq!(&answer.at("/users")[1], user.json());
}

fn remove(app: &App) {
    let sample = Sample::prepare(app);
    let path = format!("{}/removeusers", group(CODE));
    let both = json!([sample.member, sample.loner, sample.member]);
    let answer = app
        .editor()
        .post(&path)
        .query("responseFields", "ignored here")
        .json(&both)
        .send()
        .expect(200);
    assert_eq!(answer.reply.body, b"");
    assert_eq!(members(app.reader(), CODE), Vec::<String>::new());
    app.reader().get(&account(&sample.member)).send().expect(200);
    unchanged(app, || app.editor().post(&path).json(&both).send().expect(200));
}

/// 409: one id that nobody has, and nobody is added or removed.
fn unknown_ids(app: &App, action: &str) {
    let sample = Sample::prepare(app);
    let foreign = super::samples::create_account(app.stranger(), "eve");
    let post = |body: Value| {
        app.editor()
            .post(&format!("{}/{action}", group(CODE)))
            .json(&body)
            .send()
    };
    let (member, loner) = (&sample.member, &sample.loner);
    unchanged(app, || {
        post(json!([member, loner, "01a203ab-07b4-7b1e-8c55-41d7e0a96f02"])).contradicts(&["2"]);
        post(json!([member, foreign])).contradicts(&["1"]);
    });
    assert_eq!(members(app.reader(), CODE), std::slice::from_ref(&sample.member));
}

/// 400: one id that is none, and nobody is added or removed.
fn invalid_ids(app: &App, action: &str) {
    let sample = Sample::prepare(app);
    let post = |body: Value| {
        app.editor()
            .post(&format!("{}/{action}", group(CODE)))
            .json(&body)
            .send()
    };
    let (member, loner) = (&sample.member, &sample.loner);
    unchanged(app, || {
        post(json!([])).invalid(&["body"]);
        post(json!(vec![loner; 1001])).invalid(&["body"]);
        post(json!([member, loner, "x"])).invalid(&["2"]);
        post(json!([member, ""])).invalid(&["1"]);
        post(json!([member, 7])).invalid(&["1"]);
        post(json!([null])).invalid(&["0"]);
        post(json!([[member]])).invalid(&["0"]);
        post(json!([loner.replace('-', "")])).invalid(&["0"]);
    });
    assert_eq!(members(app.reader(), CODE), std::slice::from_ref(&sample.member));
    create_group(app.admin(), &json!({"groupCode": "other"}));
    let path = format!("{}/{action}", group("other"));
    app.editor()
        .post(&path)
        .json(&json!(vec![loner; 1000]))
        .send()
        .expect(200);
}

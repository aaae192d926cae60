//! Every change leaves exactly one audit event, and nothing else does.

use super::samples::{CODE, FORMALITIES, Sample, WRITES};
use crate::database::unchanged;
use directory::audit;
use model::audit::Event;
use model::{Dialect, error::Kind};
use serde_json::json;
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, group};

fn trail(app: &App, tenant: &str) -> Vec<Event> {
    app.wait(audit::events(app.directory(), tenant, 1, 1000))
}

#[track_caller]
fn assert_intact(app: &App) {
    for (tenant, verdict) in app.wait(audit::verify(app.directory(), None)) {
        assert!(verdict.holds(), "{tenant}: {verdict}");
    }
}

#[test]
fn each_write_has_one_event() {
    for operation in WRITES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let before = trail(&app, "default");
        app.advance(7);
        let answer = sample.request(app.editor(), operation).send().expect(200);
        let after = trail(&app, "default");
        assert_eq!(after[..before.len()], before, "{operation}");
        let [event] = &after[before.len()..] else {
            panic!("{operation}: {} events", after.len() - before.len())
        };
        assert_eq!(event.position, before.last().unwrap().position + 1);
        assert_eq!(
            (event.dialect, event.operation.as_str()),
            (Dialect::Kibo, operation)
        );
        assert_eq!(
            (event.actor.client_id.as_str(), event.actor.user),
            ("editor", None)
        );
        assert_eq!(event.at, app.directory().now());
        let request = answer.reply.header("x-vol-correlation").unwrap();
        assert_eq!(event.request.to_string(), request);
        let kind = if operation.contains("Account") {
            Kind::User
        } else {
            Kind::Group
        };
        assert!(
            event.changes.iter().any(|change| change.kind == kind),
            "{operation}: {:?}",
            event.changes
        );
        assert!(
            event.changes.iter().all(|change| change.before != change.after),
            "{operation}: {:?}",
            event.changes
        );
        assert_intact(&app);
    }
}

#[test]
fn a_create_with_users_is_one_event_with_all_of_it() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let before = trail(&app, "default").len();
    let body = json!({"groupCode": "g", "name": "G", "users": [{"userName": "x"}, {"id": sample.loner}, {"userName": "y"}]});
    app.editor().post(GROUPS).json(&body).send().expect(200);
    let after = trail(&app, "default");
    assert_eq!(after.len(), before + 1);
    let changes = &after[before].changes;
    let mut users: Vec<i64> = changes
        .iter()
        .filter(|change| change.kind == Kind::User)
        .map(|change| change.number)
        .collect();
    users.dedup();
    assert_eq!(users.len(), 2, "the new users: {changes:?}");
    let members = changes
        .iter()
        .filter(|change| change.kind == Kind::Group && change.field.starts_with("members/"));
    assert_eq!(members.count(), 3, "{changes:?}");
    let text = format!("{changes:?}");
    assert!(text.contains("\"G\"") && text.contains("\"g\""), "{text}");
}

#[test]
fn reads_and_refusals_leave_none() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        for path in [GROUPS, ACCOUNTS, &group(CODE), &group("nobody")] {
            app.reader().get(path).send();
        }
        for operation in WRITES {
            sample.request(app.reader(), operation).send().expect(403);
            sample
                .request(app.admin(), operation)
                .header("x-vol-tenant", "2")
                .send()
                .expect(403);
        }
        for operation in FORMALITIES {
            sample.request(app.admin(), operation).send().expect(200);
        }
        app.admin().ticket();
    });
}

#[test]
fn tenants_have_trails_of_their_own() {
    let app = App::start();
    Sample::prepare(&app);
    let (own, other) = (trail(&app, "default"), trail(&app, "other"));
    Sample::prepare_as(app.stranger());
    assert_eq!(trail(&app, "default"), own);
    let grown = trail(&app, "other");
    assert_eq!(grown[..other.len()], other);
    assert_eq!(grown.len(), other.len() + 3);
    for (at, event) in grown.iter().enumerate() {
        assert_eq!(event.position, i64::try_from(at).unwrap() + 1);
    }
    assert_intact(&app);
}

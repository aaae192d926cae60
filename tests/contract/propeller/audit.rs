//! Every change leaves exactly one audit event, a bulk request one for each item, and nothing else does.

use super::samples::{LOOKUPS, Sample, WRITES, editor, good};
use directory::audit;
use model::Dialect;
use model::audit::Event;
use model::error::Kind;
use testkit::App;

fn trail(app: &App) -> Vec<Event> {
    for (tenant, verdict) in app.wait(audit::verify(app.directory(), None)) {
        assert!(verdict.holds(), "{tenant}: {verdict}");
    }
    app.wait(audit::events(app.directory(), "default", 1, 1000))
}

#[test]
fn each_write_has_one_event() {
    for operation in WRITES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let before = trail(&app);
        app.advance(7);
        let answer = sample
            .request(&editor(&app), operation)
            .send()
            .expect(good(operation));
        let after = trail(&app);
        let [event] = &after[before.len()..] else {
            panic!("{operation}: {} events", after.len() - before.len())
        };
        assert_eq!(
            (event.dialect, event.operation.as_str()),
            (Dialect::Propeller, operation)
        );
        assert_eq!(
            (event.actor.client_id.as_str(), event.actor.user),
            ("editor", None)
        );
        assert_eq!(event.at, app.directory().now());
        assert_eq!(event.request.to_string(), answer.header("x-request-id"));
        let kind = if operation.contains("sergroup") {
            Kind::Group
        } else {
            Kind::User
        };
        assert!(
            event.changes.iter().any(|change| change.kind == kind),
            "{operation}"
        );
        assert!(
            event.changes.iter().all(|change| change.before != change.after),
            "{operation}"
        );
    }
}

#[test]
fn reads_leave_none() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let before = trail(&app);
    let reads = LOOKUPS.iter().filter(|operation| operation.starts_with("get"));
    let lists = [
        "listUsergroups",
        "searchUsergroups",
        "listUsers",
        "searchUsers",
        "createToken",
    ];
    for operation in reads.chain(&lists) {
        sample.request(&editor(&app), operation).send().expect(200);
    }
    assert_eq!(trail(&app), before);
}

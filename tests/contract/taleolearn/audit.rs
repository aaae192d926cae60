//! Every change leaves exactly one audit event, and nothing else does.

use super::refusals::elsewhere;
use super::samples::{READS, Sample, WRITES, admin, editor, good, reader};
use crate::database::unchanged;
use directory::audit;
use model::Dialect;
use model::audit::Event;
use model::error::Kind;
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{group, items, member};

fn trail(app: &App, tenant: &str) -> Vec<Event> {
    app.wait(audit::events(app.directory(), tenant, 1, 1000))
}

#[test]
fn each_write_has_one_event() {
    for operation in WRITES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let before = trail(&app, "default");
        app.advance(7);
        let answer = sample
            .request(&editor(&app), operation)
            .send()
            .expect(good(operation));
        let after = trail(&app, "default");
        assert_eq!(after[..before.len()], before, "{operation}");
        let [event] = &after[before.len()..] else {
            panic!("{operation}: {} events", after.len() - before.len())
        };
        assert_eq!(event.position, before.last().unwrap().position + 1);
        assert_eq!(
            (event.dialect, event.operation.as_str()),
            (Dialect::TaleoLearn, operation)
        );
        assert_eq!(
            (event.actor.client_id.as_str(), event.actor.user),
            ("editor", None)
        );
        assert_eq!(event.at, app.directory().now());
        assert_eq!(event.request.to_string(), answer.header("x-request-id"));
        for change in &event.changes {
            assert_eq!(change.kind, Kind::Group, "{operation}: {change:?}");
            assert_ne!(change.before, change.after, "{operation}");
        }
        for (tenant, verdict) in app.wait(audit::verify(app.directory(), None)) {
            assert!(verdict.holds(), "{tenant}: {verdict}");
        }
    }
}

#[test]
fn events_name_the_fields_before_and_after() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = editor(&app);
    let last = || {
        let event = trail(&app, "default").pop().unwrap();
        let told = event.changes.into_iter();
        told.map(|change| (change.field, change.before, change.after))
            .collect::<Vec<_>>()
    };
    let body = json!({"statusFlag": "inactive", "code": "crew", "owners": [sample.loner]});
    client.patch(&group(sample.group), &body).send().expect(200);
    let told = |field: String, before, after| (field, before, after);
    assert_eq!(
        last(),
        [
            told("code".into(), Some(json!("staff")), Some(json!("crew"))),
            told("status".into(), None, Some(json!("inactive"))),
            told(format!("owners/{}", sample.owner), Some(json!(true)), None),
            told(format!("owners/{}", sample.loner), None, Some(json!(true))),
        ]
    );
    let exclude = client.put(
        &member(sample.group, sample.member),
        &json!({"ExcludeFlag": true}),
    );
    exclude.send().expect(200);
    let row = |excluded: bool| Some(json!({"excluded": excluded, "isParent": false}));
    assert_eq!(
        last(),
        [told(format!("members/{}", sample.member), row(false), row(true))]
    );
    let map = json!({"itemid": "a/b", "itemtype": "learningplan", "retainMapping": true});
    client.post(&items(sample.group), &map).send().expect(201);
    let retain = Some(json!({"retain": true}));
    assert_eq!(last(), [told("items/learningPlan/a/b".into(), None, retain)]);
}

#[test]
fn reads_and_refusals_leave_none() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        for operation in READS {
            sample.request(&reader(&app), operation).send().expect(200);
        }
        for operation in WRITES {
            sample.request(&reader(&app), operation).send().expect(403);
            elsewhere(&sample.request(&admin(&app), operation), "2")
                .send()
                .expect(404);
        }
    });
}

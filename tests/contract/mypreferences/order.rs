//! Which of several refusals comes first, and that each change leaves exactly one event.

use super::refusals::{MISSING, denied};
use super::samples::{Sample, WRITES, admin, editor, good, reader};
use crate::database::{events, unchanged};
use directory::audit;
use model::Dialect;
use serde_json::json;
use testkit::App;
use testkit::mypreferences::Request;

#[test]
fn refusals_come_in_order() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let missing = format!("Profile/{}", sample.jo + 1000);
    let good_body = json!({"DefaultLocale": "de"});
    let bad_body = json!({"IsActive": 7});
    let spoilt = |request: Request| request.header("If-Match", "\"9\"");
    let elsewhere = |client: testkit::mypreferences::Client| client.in_account("nobody");
    let large = vec![b'<'; 1_048_577];
    unchanged(&app, || {
        let html = |request: Request| request.with("Accept", "text/html");
        let nobody = html(spoilt(elsewhere(admin(&app)).post(&missing, &bad_body))).without("Authorization");
        denied(&nobody.body("text/plain", large.clone()).send(), MISSING);
        let known = || html(spoilt(elsewhere(reader(&app)).post(&missing, &bad_body)));
        known().body("text/plain", large).send().expect(413);
        known().body("text/plain", "<").send().expect(415);
        known().send().expect(406);
        let reading = |body| spoilt(elsewhere(reader(&app)).post(&missing, body));
        reading(&bad_body).send().invalid(&["IsActive"]);
        reading(&good_body).send().expect(403);
        let writing = spoilt(elsewhere(editor(&app)).post(&missing, &good_body));
        writing.send().refused(404, "Account `nobody` not found.");
        let absent = spoilt(editor(&app).post(&missing, &good_body));
        absent
            .send()
            .refused(404, &format!("Profile `{}` not found.", sample.jo + 1000));
        let stale = spoilt(editor(&app).post(&format!("Profile/{}", sample.jo), &good_body));
        stale.send().expect(412);
    });
}

#[test]
fn each_write_has_one_event() {
    for operation in WRITES {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let before = events(&app);
        let answer = sample
            .request(&editor(&app), operation)
            .send()
            .expect(good(operation));
        assert_eq!(events(&app), before + 1, "{operation}");
        let trail = app.wait(audit::events(app.directory(), "default", 1, 1000));
        let event = trail.last().unwrap();
        assert_eq!(
            (event.dialect, event.operation.as_str()),
            (Dialect::MyPreferences, operation)
        );
        assert_eq!(event.actor.client_id, "editor");
        assert_eq!(event.request.to_string(), answer.header("x-request-id"));
        assert!(
            !format!("{trail:?}").contains(&testkit::app::secret("editor")),
            "a secret is in the trail"
        );
    }
}

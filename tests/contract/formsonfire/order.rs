//! Which of several refusals comes first, and that each change leaves exactly one event.

use super::samples::{Sample, WRITES, admin, editor, reader};
use crate::database::{events, unchanged};
use directory::audit;
use model::Dialect;
use serde_json::json;
use testkit::App;
use testkit::formsonfire::{Format, GROUP, Request};

/// With the credential in the query it is looked at before anything else.
#[test]
fn get_refuses_in_order() {
    let app = App::start();
    Sample::prepare(&app);
    for format in Format::ALL {
        let good = || admin(&app, format).get(GROUP).query("Id", "x");
        let bad = admin(&app, format).with(2, "wrong").get(GROUP).query("Id", "x");
        bad.with("Accept", "text/html")
            .send()
            .refused(401, "Unauthorized");
        good()
            .with("Accept", "text/html")
            .send()
            .refused(406, "NotAcceptable");
        good().send().refused(400, "ArgumentException");
    }
}

/// With the credential in the body what cannot be read comes first.
#[test]
fn put_refuses_in_order() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        for format in Format::ALL {
            let wrong = json!({"Id": sample.group, "Name": "a".repeat(256)});
            let unknown = json!({"Id": sample.member, "Name": "a", "ExternalId": "grp-staff"});
            let strange = admin(&app, format).with(1, "wrong");
            let spoilt = |request: Request| request.with("Accept", "text/html").header("If-Match", "\"9\"");
            let large = vec![b'<'; 1_048_577];
            spoilt(strange.put(GROUP, &wrong))
                .body("text/plain", large)
                .send()
                .refused(413, "PayloadTooLarge");
            spoilt(strange.put(GROUP, &wrong))
                .body("text/plain", "<")
                .send()
                .refused(415, "UnsupportedMediaType");
            let broken = spoilt(strange.put(GROUP, &wrong)).body(format.media_type(), "<{");
            broken.send().refused(400, "SerializationException");
            spoilt(strange.put(GROUP, &wrong))
                .send()
                .refused(401, "Unauthorized");
            spoilt(reader(&app, format).put(GROUP, &wrong))
                .send()
                .refused(406, "NotAcceptable");
            let invalid = reader(&app, format)
                .put(GROUP, &wrong)
                .header("If-Match", "\"9\"");
            invalid.send().invalid(&[("Name", "Length")]);
            let forbidden = reader(&app, format)
                .put(GROUP, &unknown)
                .header("If-Match", "\"9\"");
            forbidden.send().refused(403, "Forbidden");
            let absent = editor(&app, format)
                .put(GROUP, &unknown)
                .header("If-Match", "\"9\"");
            absent.send().refused(400, "NotFound");
        }
    });
}

#[test]
fn each_write_has_one_event() {
    for operation in WRITES {
        for format in Format::ALL {
            let app = App::start();
            let sample = Sample::prepare(&app);
            let before = events(&app);
            let answer = sample
                .request(&editor(&app, format), operation)
                .send()
                .expect(200);
            assert_eq!(events(&app), before + 1, "{operation}");
            let trail = app.wait(audit::events(app.directory(), "default", 1, 1000));
            let event = trail.last().unwrap();
            assert_eq!(
                (event.dialect, event.operation.as_str()),
                (Dialect::FormsOnFire, operation)
            );
            assert_eq!(event.actor.client_id, "editor");
            let id = answer.reply.header("x-request-id").unwrap();
            assert_eq!(event.request.to_string(), id);
            let told = format!("{trail:?}");
            assert!(
                !told.contains(&testkit::app::secret("editor")),
                "a secret is in the trail"
            );
        }
    }
}

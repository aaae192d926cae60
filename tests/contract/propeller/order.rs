//! Which of several refusals comes first: path, 401, 413, 415, 406, 400, 403, 404, then what is taken and 412.

use super::samples::{GROUP_KEY, Sample, admin, reader};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::propeller::{Request, USERGROUPS, by};

/// Spoils a request.
type Fault = fn(&App, Request) -> Request;

/// Everything that can be wrong with a request at once, in the order of the refusals.
const FAULTS: [(u16, Fault); 6] = [
    (401, |_, request| request.without("Authorization")),
    (413, |_, request| {
        request.body("text/plain", vec![b'x'; 1_048_577])
    }),
    (415, |_, request| request.with("Content-Type", "text/plain")),
    (406, |_, request| request.header("Accept", "text/html")),
    (400, |_, request| request.query("source", "\u{1}")),
    (403, |app, request| {
        let client = reader(app);
        request.with("Authorization", &format!("Bearer {}", client.token().unwrap()))
    }),
];

#[test]
fn the_earlier_refusal_wins() {
    let app = App::start();
    Sample::prepare(&app);
    unchanged(&app, || {
        for (at, (first, _)) in FAULTS.iter().enumerate() {
            for (other, (second, _)) in FAULTS.iter().enumerate().skip(at) {
                let nobody = by(USERGROUPS, "id", "99");
                let mut request = admin(&app)
                    .patch(&nobody)
                    .json(&json!({}))
                    .header("If-Match", "\"9\"");
                // In reverse, so that a fault that replaces a header does not undo an earlier one.
                for (fault, (_, spoil)) in FAULTS.iter().enumerate().rev() {
                    if fault == at || fault == other {
                        request = spoil(&app, request);
                    }
                }
                let status = request.send().reply.status;
                assert_eq!(status, *first, "{first} before {second}");
            }
        }
    });
}

#[test]
fn the_path_comes_before_everything() {
    let app = App::start();
    let spoil = |mut request: Request| {
        for (_, fault) in FAULTS.iter().rev() {
            request = fault(&app, request);
        }
        request.send()
    };
    spoil(admin(&app).post("/v2/nothing")).refused(404, "10008");
    spoil(admin(&app).put(USERGROUPS)).refused(405, "10405");
}

#[test]
fn the_object_comes_before_its_state() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        let taken = json!({"sourceId": GROUP_KEY, "source": "erp"});
        let nobody = admin(&app).patch(&by(USERGROUPS, "id", "99")).json(&taken);
        nobody.header("If-Match", "\"9\"").send().refused(404, "20006");
        let top = by(USERGROUPS, "id", &sample.top.to_string());
        let stale = admin(&app).patch(&top).json(&taken).header("If-Match", "\"9\"");
        stale.send().refused(412, "10412");
        admin(&app).patch(&top).json(&taken).send().refused(400, "20004");
        let key = admin(&app)
            .patch("/usergroups/ids/1")
            .json(&json!({"name": 1}))
            .query("source", "\u{1}");
        key.send().refused(400, "10006");
    });
}

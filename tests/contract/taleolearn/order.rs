//! Which of several refusals comes first: path, 401, 413, 415, 406, 400, 403, 404, then 409, 412 and 422.

use super::samples::{Sample, admin, editor, reader};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::app::secret;
use testkit::taleolearn::{GROUPS, Request, basic, group};

/// Spoils a request.
type Fault = fn(Request) -> Request;

/// Everything that can be wrong with a request at once, in the order of the refusals.
const FAULTS: [(u16, Fault); 6] = [
    (401, |request| request.without("Authorization")),
    (413, |request| request.body("text/plain", vec![b'x'; 1_048_577])),
    (415, |request| request.with("Content-Type", "text/plain")),
    (406, |request| request.header("Accept", "text/html")),
    (400, |request| request.header("If-Match", &"x".repeat(1025))),
    (403, |request| {
        request.with("Authorization", &basic("reader", &secret("reader")))
    }),
];

/// Of each two faults the earlier one is told, for a group that is not there, at a learnCenter that is not there.
#[test]
fn the_earlier_refusal_wins() {
    let app = App::start();
    Sample::prepare(&app);
    unchanged(&app, || {
        for (at, (first, _)) in FAULTS.iter().enumerate() {
            for (other, (second, _)) in FAULTS.iter().enumerate().skip(at) {
                for path in [group(999), group(999).replace("/1/", "/7/")] {
                    let mut request = admin(&app).put(&path, &json!({"name": "N"}));
                    // In reverse, so that a fault that replaces a header does not undo an earlier one.
                    for fault in (0..FAULTS.len()).rev() {
                        if fault == at || fault == other {
                            request = FAULTS[fault].1(request);
                        }
                    }
                    let status = request.send().reply.status;
                    assert_eq!(status, *first, "{first} before {second}");
                }
            }
        }
    });
}

#[test]
fn the_path_comes_before_everything() {
    let app = App::start();
    let spoil = |mut request: Request| {
        for (_, fault) in FAULTS.iter().rev() {
            request = fault(request);
        }
        request.send()
    };
    let nothing = admin(&app).request("POST", "/learn.rest/v1/nothing");
    spoil(nothing).refused(404, "NOT_FOUND");
    spoil(admin(&app).request("DELETE", GROUPS)).refused(405, "METHOD_NOT_ALLOWED");
}

#[test]
fn the_object_comes_before_its_state() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        let unfit = json!({"name": "", "code": "staff", "parentGroupId": 999});
        for path in [group(999), group(sample.group).replace("/1/", "/2/")] {
            let put = editor(&app).put(&path, &unfit).header("If-Match", "\"9\"");
            put.send().refused(404, "NOT_FOUND");
        }
        let put = editor(&app)
            .put(&group(sample.group), &unfit)
            .header("If-Match", "\"9\"");
        put.send().refused(412, "PRECONDITION_FAILED");
        let dates = json!({"name": "N", "activeFromDate": "2017-02-29T00:00:00"});
        for path in [group(999), group(sample.group)] {
            reader(&app)
                .put(&path, &dates)
                .send()
                .invalid(&["/activeFromDate"]);
        }
        reader(&app)
            .put(&group(sample.group), &unfit)
            .send()
            .refused(403, "FORBIDDEN");
        let wrong_path = group(sample.group).replace("/1/", "/0/");
        let told = admin(&app).nobody().get(&wrong_path).send();
        told.refused(401, "UNAUTHORIZED");
    });
}

//! Which of several refusals comes first: path, 401, 413, 415, 406, 400, 403, 404, then 409 and 412.

use super::samples::{CODE, Sample, create_group};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::kibo::{GROUPS, Request, account, group};

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
    (400, |_, request| request.query("responseFields", "\u{1}")),
    (403, |app, request| {
        request.with(
            "Authorization",
            &format!("Bearer {}", app.reader().token().unwrap()),
        )
    }),
];

/// Of each two faults the earlier one is told, for an object that is not there.
#[test]
fn the_earlier_refusal_wins() {
    let app = App::start();
    Sample::prepare(&app);
    unchanged(&app, || {
        for (at, (first, _)) in FAULTS.iter().enumerate() {
            for (other, (second, _)) in FAULTS.iter().enumerate().skip(at) {
                let mut request = app
                    .admin()
                    .put(&group("nobody"))
                    .json(&json!({}))
                    .header("If-Match", "\"9\"");
                // In reverse, so that a fault that replaces a header does not undo an earlier one.
                for fault in (0..FAULTS.len())
                    .rev()
                    .filter(|fault| *fault == at || *fault == other)
                {
                    request = FAULTS[fault].1(&app, request);
                }
                let status = request.send().reply.status;
                assert_eq!(status, *first, "{first} before {second}");
            }
        }
        let mut request = app.admin().put(&group("nobody")).json(&json!({}));
        for (_, fault) in FAULTS.iter().rev() {
            request = fault(&app, request);
        }
        request.send().refused(401, "UNAUTHORIZED");
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
    spoil(app.admin().post("/platform/nothing")).refused(404, "ITEM_NOT_FOUND");
    spoil(app.admin().request("PATCH", GROUPS)).refused(405, "METHOD_NOT_ALLOWED");
}

#[test]
fn the_object_comes_before_its_state() {
    let app = App::start();
    Sample::prepare(&app);
    create_group(app.admin(), &json!({"users": [{"userName": "taken"}]}));
    unchanged(&app, || {
        let taken = json!({"users": [{"userName": "taken"}]});
        let unknown = json!({"users": [{"id": "01a203ab-07b4-7b1e-8c55-41d7e0a96f02"}]});
        for body in [&taken, &unknown] {
            let put = app
                .admin()
                .put(&group("nobody"))
                .header("If-Match", "\"9\"")
                .json(body);
            put.send().refused(404, "ITEM_NOT_FOUND");
        }
        let reader = app
            .reader()
            .put(&group("nobody"))
            .header("If-Match", "\"9\"")
            .json(&taken);
        reader.send().refused(403, "FORBIDDEN");
        let elsewhere = app.admin().delete(&group("nobody")).header("x-vol-tenant", "2");
        elsewhere.send().refused(403, "FORBIDDEN");
        app.reader().delete(&account("x")).send().invalid(&["userId"]);
        // What the request contradicts in itself is told before anything is looked up.
        for path in [group(CODE), group("nobody")] {
            let wrong_code = app.reader().put(&path).json(&json!({"groupCode": "other"}));
            wrong_code.send().contradicts(&["groupCode"]);
        }
        let filter = app
            .admin()
            .get(GROUPS)
            .query("filter", "nonsense")
            .header("x-vol-tenant", "2");
        filter.send().invalid(&["filter"]);
    });
}

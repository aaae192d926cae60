//! The older way to show an access token: `x-vol-app-claims`.

use super::samples::{CODE, Sample};
use testkit::App;
use testkit::document::KIBO;
use testkit::kibo::{GROUPS, group};

#[test]
fn every_operation_takes_the_token_in_either_header() {
    for operation in KIBO.operations().iter().filter(|operation| operation.secured) {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let token = app.admin().token().unwrap();
        let request = sample.request(app.nobody(), &operation.id);
        request.clone().send().refused(401, "UNAUTHORIZED");
        request.header("x-vol-app-claims", token).send().expect(200);
    }
}

#[test]
fn the_bearer_token_counts_where_both_are_sent() {
    let app = App::start();
    Sample::prepare(&app);
    let reader = app.reader().token().unwrap();
    let delete = app
        .editor()
        .delete(&group(CODE))
        .header("x-vol-app-claims", reader);
    let read_only = app.reader().delete(&group(CODE));
    let editor = app.editor().token().unwrap();
    read_only
        .header("x-vol-app-claims", editor)
        .send()
        .refused(403, "FORBIDDEN");
    let wrong = app.nobody().get(GROUPS).header("x-vol-app-claims", editor);
    wrong
        .clone()
        .header("Authorization", "Bearer nonsense")
        .send()
        .refused(401, "UNAUTHORIZED");
    wrong
        .header("Authorization", "Basic bm9uc2Vuc2U6")
        .send()
        .expect(200);
    delete.send().expect(200);
}

#[test]
fn claims_are_sent_once() {
    let app = App::start();
    let token = app.admin().token().unwrap();
    let twice = app.nobody().get(GROUPS).header("x-vol-app-claims", token);
    twice
        .header("x-vol-app-claims", token)
        .send()
        .refused(401, "UNAUTHORIZED");
}

/// The token names the credential, whichever header it comes in: the tenant is the credential's.
#[test]
fn claims_name_the_tenant() {
    let app = App::start();
    Sample::prepare(&app);
    let token = app.stranger().token().unwrap();
    let get = app.nobody().get(&group(CODE)).header("x-vol-app-claims", token);
    get.clone().send().refused(404, "ITEM_NOT_FOUND");
    get.header("x-vol-tenant", "1").send().refused(403, "FORBIDDEN");
}

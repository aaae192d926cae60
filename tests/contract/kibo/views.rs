//! Cases of the further views of an account: by its id, and its tenants.

use super::accounts::{absent, full};
use super::refusals::{fault, forbidden, not_acceptable, unauthorized};
use super::samples::Sample;
use crate::Case;
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::kibo::{ACCOUNTS, account};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "getAccountById", status: 200, name: "what the account's own path answers", run: get },
    Case { operation: "getAccountById", status: 304, name: "still the same", run: get_again },
    Case { operation: "getAccountById", status: 400, name: "parameters", run: |app| invalid(app, "userbyid") },
    Case { operation: "getAccountById", status: 401, name: "no valid token", run: |app| unauthorized(app, "getAccountById") },
    Case { operation: "getAccountById", status: 403, name: "another tenant", run: |app| forbidden(app, "getAccountById") },
    Case { operation: "getAccountById", status: 404, name: "nobody has the id", run: |app| absent(app, "getAccountById") },
    Case { operation: "getAccountById", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getAccountById") },
    Case { operation: "getAccountById", status: 500, name: "fault", run: |app| fault(app, "getAccountById", "user_account") },

    Case { operation: "listAccountTenants", status: 200, name: "the credential's own", run: tenants },
    Case { operation: "listAccountTenants", status: 400, name: "parameters", run: |app| invalid(app, "tenants") },
    Case { operation: "listAccountTenants", status: 401, name: "no valid token", run: |app| unauthorized(app, "listAccountTenants") },
    Case { operation: "listAccountTenants", status: 403, name: "another tenant", run: |app| forbidden(app, "listAccountTenants") },
    Case { operation: "listAccountTenants", status: 404, name: "nobody has the id", run: |app| absent(app, "listAccountTenants") },
    Case { operation: "listAccountTenants", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listAccountTenants") },
    Case { operation: "listAccountTenants", status: 500, name: "fault", run: |app| fault(app, "listAccountTenants", "tenant_alias") },
];

fn get(app: &App) {
    let created = app.editor().post(ACCOUNTS).json(&full()).send().expect(200);
    let path = account(created.text("/id"));
    let view = app.reader().get(&format!("{path}/userbyid"));
    let got = unchanged(app, || view.send().expect(200));
    assert_eq!((got.json(), got.etag()), (created.json(), created.etag()));
    let some = view.query("responseFields", "id,roles(roleId)");
    assert_eq!(
        some.send().expect(200).json(),
        &json!({"id": created.text("/id"), "roles": [{"roleId": 1}, {"roleId": 2}]})
    );
    let put = app.editor().put(&path).json(got.json());
    put.header("If-Match", &got.etag()).send().expect(200);
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let get = sample.request(app.reader(), "getAccountById");
    let etag = get.send().expect(200).etag();
    let again = get.clone().header("If-None-Match", &etag).send().expect(304);
    assert_eq!((again.etag(), again.reply.body.len()), (etag.clone(), 0));
    let grant = app.editor().post(&format!("{}/roles/3", account(&sample.loner)));
    grant.send().expect(200);
    get.header("If-None-Match", &etag).send().expect(200);
}

fn invalid(app: &App, tail: &str) {
    let sample = Sample::prepare(app);
    for id in ["x", "%20", "01a203ab07b47b1e8c5541d7e0a96f02"] {
        let get = app.reader().get(&format!("{}/{tail}", account(id)));
        get.send().invalid(&["userId"]);
    }
    let get = app.reader().get(&format!("{}/{tail}", account(&sample.loner)));
    for fields in ["\u{1}", "id\u{1f}", "a\u{fffe}"] {
        let get = get.clone().query("responseFields", fields);
        get.send().invalid(&["responseFields"]);
    }
    get.header("x-vol-tenant", "one")
        .send()
        .invalid(&["x-vol-tenant"]);
}

fn tenants(app: &App) {
    let sample = Sample::prepare(app);
    let other = Sample::prepare_as(app.stranger());
    let list = sample.request(app.reader(), "listAccountTenants");
    let item = |id: i32, name: &str| {
        json!({
            "id": id, "name": name, "isDevTenant": false, "sites": [], "masterCatalogs": [], "domain": null,
            "attributes": [], "expiry": null, "isUnified": false,
        })
    };
    let page =
        |item| json!({"startIndex": 0, "pageSize": 1, "pageCount": 1, "totalCount": 1, "items": [item]});
    unchanged(app, || {
        assert_eq!(list.send().expect(200).json(), &page(item(1, "default")));
        let theirs = other.request(app.stranger(), "listAccountTenants");
        assert_eq!(theirs.send().expect(200).json(), &page(item(2, "other")));
        other
            .request(app.reader(), "listAccountTenants")
            .send()
            .refused(404, "ITEM_NOT_FOUND");
    });
    let some = list.query("responseFields", "items(id,name)");
    assert_eq!(
        some.send().expect(200).json(),
        &json!({"items": [{"id": 1, "name": "default"}]})
    );
}

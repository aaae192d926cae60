//! Writes that change nothing, and what a PUT does to the users of a group.

use super::accounts::full;
use super::samples::{create_account, create_group, ids, members};
use crate::database::{events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, account, group};

#[test]
fn what_get_answers_put_accepts() {
    let app = App::start();
    let body =
        json!({"groupCode": "g", "name": "G", "description": "d", "scopeId": 1, "users": [full(), {}]});
    create_group(app.admin(), &body);
    create_group(app.admin(), &json!({"groupCode": "empty"}));
    app.advance(60);
    for code in ["g", "empty"] {
        let got = app.reader().get(&group(code)).send().expect(200);
        let put = unchanged(&app, || {
            app.editor().put(&group(code)).json(got.json()).send().expect(200)
        });
        assert_eq!((put.json(), put.etag()), (got.json(), got.etag()));
    }
    for id in ids(app.reader().get(&group("g")).send().expect(200).at("/users")) {
        let got = app.reader().get(&account(&id)).send().expect(200);
        let put = unchanged(&app, || {
            app.editor()
                .put(&account(&id))
                .json(got.json())
                .send()
                .expect(200)
        });
        assert_eq!((put.json(), put.etag()), (got.json(), got.etag()));
    }
}

/// A user without an address who has a name of his own keeps it; one whose name follows the address follows it.
#[test]
fn names_follow_addresses_only_where_they_did() {
    let app = App::start();
    let id = create_account(app.admin(), "ada");
    let put = |body: Value| app.editor().put(&account(&id)).json(&body).send().expect(200);
    assert_eq!(
        put(json!({"emailAddress": "a2@example.com"})).at("/userName"),
        "a2@example.com"
    );
    assert_eq!(
        put(json!({"emailAddress": "a3@example.com", "userName": "ada"})).at("/userName"),
        "ada"
    );
    assert_eq!(
        put(json!({"emailAddress": "a3@example.com", "userName": null})).at("/userName"),
        "a3@example.com"
    );
    assert_eq!(put(json!({})).at("/userName"), &json!(id));
}

#[test]
fn put_keeps_or_replaces_the_users() {
    let app = App::start();
    let users: Vec<String> = ["a", "b", "c"]
        .iter()
        .map(|name| create_account(app.admin(), name))
        .collect();
    let named = |ids: &[&String]| -> Value { ids.iter().map(|id| json!({"id": id})).collect() };
    create_group(
        app.admin(),
        &json!({"groupCode": "g", "users": named(&[&users[0], &users[1]])}),
    );
    let put = |body: Value| app.editor().put(&group("g")).json(&body).send().expect(200);
    let kept = put(json!({"name": "x"}));
    assert_eq!(ids(kept.at("/users")), users[..2]);
    assert_eq!(
        ids(put(json!({"name": "y", "users": null})).at("/users")),
        users[..2]
    );
    assert_eq!(
        ids(put(json!({"users": named(&[&users[2], &users[1]])})).at("/users")),
        users[1..]
    );
    let with_new = put(json!({"users": [{"id": users[0]}, {"userName": "new"}]}));
    assert_eq!(with_new.at("/users/1/userName"), "new");
    assert_eq!(ids(with_new.at("/users"))[0], users[0]);
    assert_eq!(put(json!({"users": []})).at("/users"), &json!([]));
    assert_eq!(
        app.reader().get(ACCOUNTS).send().expect(200).at("/totalCount"),
        4,
        "all users are still there"
    );
    app.editor()
        .put(&account(&users[0]))
        .json(&json!({"firstName": "other"}))
        .send()
        .expect(200);
    let ignored = put(json!({"users": [{"id": users[0], "firstName": "ignored", "isActive": false}]}));
    assert_eq!(
        (ignored.at("/users/0/firstName"), ignored.at("/users/0/isActive")),
        (&json!("other"), &json!(true))
    );
}

/// The one event of a PUT that fails late is not there, nor is anything else of it.
#[test]
fn a_put_is_whole_or_absent() {
    let app = App::start();
    create_group(
        app.admin(),
        &json!({"groupCode": "g", "users": [{"userName": "first"}]}),
    );
    let before = events(&app);
    unchanged(&app, || {
        let body = json!({"name": "changed", "users": [{"userName": "new"}, {"userName": "other"}, {"userName": "First"}]});
        app.editor()
            .put(&group("g"))
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
        let body = json!({"groupCode": "h", "users": [{"userName": "new"}, {"userName": "new2", "externalId": "e"}, {"externalId": "e"}]});
        app.editor()
            .post(GROUPS)
            .json(&body)
            .send()
            .refused(409, "ITEM_ALREADY_EXISTS");
    });
    assert_eq!(events(&app), before);
}

/// Beyond a thousand users a group shows none, keeps them all, and its answer can still be sent back.
#[test]
fn large_groups_show_no_users() {
    let app = App::start();
    let many: Vec<Value> = (0..1000).map(|_| json!({})).collect();
    let created = app
        .admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "g", "users": many}))
        .send()
        .expect(200);
    assert_eq!(created.at("/users").as_array().unwrap().len(), 1000);
    let one_more = create_account(app.admin(), "ada");
    let added = app
        .admin()
        .post(&format!("{}/addusers", group("g")))
        .json(&json!([one_more]))
        .send()
        .expect(200);
    assert_eq!(added.at("/users"), &Value::Null);
    let got = app.reader().get(&group("g")).send().expect(200);
    assert_eq!((got.json(), got.etag()), (added.json(), added.etag()));
    let put = unchanged(&app, || {
        app.editor().put(&group("g")).json(got.json()).send().expect(200)
    });
    assert_eq!(put.etag(), got.etag());
    let page = app
        .reader()
        .get(GROUPS)
        .query("responseFields", "items(users(id))")
        .send()
        .expect(200);
    assert_eq!(page.at("/items/0/users"), &Value::Null);
    app.admin()
        .post(&format!("{}/removeusers", group("g")))
        .json(&json!([one_more]))
        .send()
        .expect(200);
    assert_eq!(members(app.reader(), "g").len(), 1000);
}

/// A page shows the users of its groups until they are ten thousand together; the groups behind show none.
#[test]
fn a_page_shows_ten_thousand_users_at_most() {
    let app = App::start();
    let many: Vec<Value> = (0..1000).map(|_| json!({})).collect();
    let answer = app
        .admin()
        .post(GROUPS)
        .json(&json!({"groupCode": "g0", "users": many}))
        .send()
        .expect(200);
    let members: Vec<Value> = ids(answer.at("/users"))
        .iter()
        .map(|id| json!({"id": id}))
        .collect();
    for at in 1..11 {
        let create = app.admin().post(GROUPS).query("responseFields", "groupCode");
        create
            .json(&json!({"groupCode": format!("g{at}"), "users": members}))
            .send()
            .expect(200);
    }
    create_group(app.admin(), &json!({"groupCode": "small", "users": [members[0]]}));
    let selection = "items(groupCode,users(id))";
    let page = app
        .reader()
        .get(GROUPS)
        .query("responseFields", selection)
        .send()
        .expect(200);
    let shown: Vec<Option<usize>> = page
        .at("/items")
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["users"].as_array().map(Vec::len))
        .collect();
    let mut expected = vec![Some(1000); 10];
    expected.extend([None, None]);
    assert_eq!(shown, expected);
}

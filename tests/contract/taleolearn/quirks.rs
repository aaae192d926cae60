//! What a real client depends on: letter case, other spellings, asymmetric shapes.

use super::samples::{Sample, admin, create_group, editor, reader};
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{GROUPS, group, members};

#[test]
fn paths_are_matched_without_regard_to_case() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = reader(&app);
    let (of, who) = (sample.group, sample.member);
    for (path, others) in [
        (
            GROUPS.to_owned(),
            vec![
                "/LEARN.REST/V1/LEARNCENTERS/1/GROUPS",
                "/Learn.Rest/v1/learncenters/1/groups/",
            ],
        ),
        (
            "/learn.rest/v1/metadata-catalog".to_owned(),
            vec!["/learn.rest/V1/Metadata-Catalog"],
        ),
    ] {
        let expected = client.get(&path).send().expect(200);
        for other in others {
            assert_eq!(
                client.get(other).send().expect(200).json(),
                expected.json(),
                "{other}"
            );
        }
    }
    for (path, other) in [
        (
            format!("/learnCenters/1/groups/{of}"),
            format!("/learncenters/1/Groups/{of}/"),
        ),
        (
            format!("/learnCenters/1/groups/{of}/users"),
            format!("/learnCenters/1/groups/{of}/Users"),
        ),
        (
            format!("/learnCenters/1/groups/{of}/Users/{who}"),
            format!("/learnCenters/1/groups/{of}/USERS/{who}/"),
        ),
        (
            format!("/learnCenters/1/groups/{of}/owners/{}", sample.owner),
            format!("/learnCenters/1/groups/{of}/Owners/{}", sample.owner),
        ),
        (
            format!("/learnCenters/1/groups/{of}/mappedItems"),
            format!("/learnCenters/1/groups/{of}/mappeditems"),
        ),
        (
            format!("/users/{who}/memberships"),
            format!("/Users/{who}/Memberships/"),
        ),
    ] {
        let at = |path: &str| client.get(&format!("/learn.rest/v1{path}")).send().expect(200);
        let (expected, found) = (at(&path), at(&other));
        assert_eq!(found.json(), expected.json(), "{other}");
        assert_eq!(found.reply.header("etag"), expected.reply.header("etag"));
    }
    let post = editor(&app).post(
        &members(of).replace("users", "Users"),
        &json!({"UserId": sample.loner}),
    );
    post.send().expect(201);
}

#[test]
fn parameters_have_names_in_any_letter_case() {
    let app = App::start();
    Sample::prepare(&app);
    let page = reader(&app)
        .get(GROUPS)
        .tail("?LIMIT=1&Offset=1&totalresults=True");
    let page = page.send().expect(200);
    assert_eq!(
        (page.at("/limit"), page.at("/count"), page.at("/totalResults")),
        (&json!(1), &json!(1), &json!(2))
    );
}

#[test]
fn members_and_words_are_taken_in_any_letter_case_and_under_both_names() {
    let app = App::start();
    let parent = create_group(
        &editor(&app),
        &json!({"name": "All", "onlyAllowOwnersToEditGroup": false}),
    );
    for body in [
        json!({"name": "N", "parentGroupId": parent, "statusFlag": "inactive", "selfServiceOptions": "requiresApproval"}),
        json!({"groupname": "N", "parentgroupid": parent, "statusflag": "Inactive", "selfserviceoptions": "REQUIRESAPPROVAL"}),
        json!({"GROUPNAME": "N", "PARENTGROUPID": parent, "STATUSFLAG": "INACTIVE", "SelfServiceOptions": "requiresapproval"}),
    ] {
        let mut body = body;
        body["onlyallowownerstoeditgroup"] = json!(false);
        let made = editor(&app).post(GROUPS, &body).send().expect(201);
        let put = editor(&app)
            .put(&group(made.at("/id").as_i64().unwrap()), &body)
            .send()
            .expect(200);
        assert_eq!(put.etag(), made.etag(), "nothing changed");
        for (pointer, value) in [
            ("/name", json!("N")),
            ("/parentGroupId", json!(parent)),
            ("/statusFlag", json!("inactive")),
            ("/selfServiceOptions", json!("requiresApproval")),
            ("/onlyAllowOwnersToEditGroup", json!(false)),
        ] {
            assert_eq!(made.at(pointer), &value, "{pointer}");
        }
    }
}

/// Requests say `private` where answers say `open`; both are taken.
#[test]
fn private_is_open() {
    let app = App::start();
    for (given, shown) in [
        ("private", "open"),
        ("open", "open"),
        ("Private", "open"),
        ("requiresApproval", "requiresApproval"),
        ("doesNotRequireApprovals", "doesNotRequireApprovals"),
    ] {
        let body = json!({"name": "N", "selfServiceOptions": given});
        let made = editor(&app).post(GROUPS, &body).send().expect(201);
        assert_eq!(made.text("/selfServiceOptions"), shown, "{given}");
    }
}

/// Owners come as numbers and go out as links; a change takes both.
#[test]
fn owners_are_taken_as_they_are_answered() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let path = group(sample.group);
    let ids =
        |owners: &[i64]| json!({"name": "Staff", "onlyAllowOwnersToEditGroup": false, "owners": owners});
    let plain = editor(&app)
        .put(&path, &ids(&[sample.loner, sample.member]))
        .send()
        .expect(200);
    let linked = json!({"owners": plain.at("/owners")});
    assert_eq!(
        editor(&app).patch(&path, &linked).send().expect(200).json(),
        plain.json()
    );
    let short = json!({"owners": {"Items": [{"ID": sample.owner}]}});
    let one = editor(&app).patch(&path, &short).send().expect(200);
    assert_eq!(one.at("/owners/items/0/id"), &json!(sample.owner));
    let none = editor(&app)
        .patch(&path, &json!({"owners": {"items": []}}))
        .send()
        .expect(200);
    assert_eq!(none.at("/owners/items"), &json!([]));
}

#[test]
fn a_group_has_many_owners_and_no_more() {
    let app = App::start();
    let users: Vec<i64> = {
        let mut database = crate::database::open(&app);
        let first = super::samples::create_user(&app, "first");
        let transaction = database.transaction().unwrap();
        let columns: Vec<String> = transaction
            .prepare("SELECT name FROM pragma_table_info('user_account') WHERE name NOT IN ('number', 'id', 'user_name', 'user_name_folded')")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let columns = columns.join(", ");
        transaction
            .execute_batch(&format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                 INSERT INTO user_account (id, user_name, user_name_folded, {columns})
                 SELECT randomblob(16), 'u' || i, 'u' || i, {columns} FROM user_account, n WHERE number = {first}"
            ))
            .unwrap();
        transaction.commit().unwrap();
        (first..=first + 1000).collect()
    };
    let body = json!({"name": "N", "owners": users[..1000]});
    let made = admin(&app).post(GROUPS, &body);
    let made = made.send().expect(201);
    assert_eq!(made.at("/owners/items").as_array().unwrap().len(), 1000);
    admin(&app)
        .post(GROUPS, &json!({"name": "N", "owners": users}))
        .send()
        .invalid(&["/owners"]);
}

//! The vendor's own examples, and those of the document, played through.

use super::samples::{Sample, admin, bound, create_group, create_user};
use crate::database::open;
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::{Client, GROUPS, group, member, members};

fn example(name: &str) -> Value {
    let document: Value = serde_json::from_str(contract::taleolearn::DOCUMENT_JSON).unwrap();
    document["components"]["examples"][name]["value"].clone()
}

/// Gives the next group and user these numbers.
fn count_from(app: &App, groups: i64, users: i64) {
    open(app)
        .execute_batch(&format!(
            "INSERT OR REPLACE INTO sqlite_sequence(rowid, name, seq)
               SELECT (SELECT rowid FROM sqlite_sequence WHERE name = 'directory_group'), 'directory_group', {groups} - 1;
             INSERT OR REPLACE INTO sqlite_sequence(rowid, name, seq)
               SELECT (SELECT rowid FROM sqlite_sequence WHERE name = 'user_account'), 'user_account', {users} - 1;"
        ))
        .unwrap();
}

/// What the examples call the server and the learnCenter.
fn localised(app: &App, value: &Value) -> Value {
    let text = value.to_string();
    let text = text.replace("https://roster.example.com", app.url());
    serde_json::from_str(&text.replace("learnCenters/178409", "learnCenters/1")).unwrap()
}

/// What is not the same in every run.
fn settled(value: &Value) -> Value {
    let mut value = value.clone();
    for volatile in ["createdDate", "lastUpdatedDate", "code"] {
        if let Some(member) = value.get_mut(volatile) {
            *member = json!(member.as_str().is_some());
        }
    }
    value
}

/// The vendor's request, word for word, and its answer, word for word but for the instants that the server sets.
#[test]
fn the_vendors_own_examples() {
    let app = App::start();
    count_from(&app, 546, 1000);
    assert_eq!(create_user(&app, "changer"), 1000);
    let parent = create_group(
        &admin(&app),
        &json!({"name": "ck parent", "onlyAllowOwnersToEditGroup": false}),
    );
    assert_eq!(parent, 546);
    count_from(&app, 766, 112_867);
    assert_eq!(create_user(&app, "maker"), 112_867);
    count_from(&app, 766, 112_898);
    create_user(&app, "owner");
    count_from(&app, 766, 113_458);
    create_user(&app, "other owner");
    let maker = bound(&app, "maker", Access::Editor, 112_867);
    let changer = bound(&app, "changer", Access::Editor, 1000);

    let answer = example("VendorGroup");
    let mut body = answer.clone();
    body["owners"] = json!([112_867]);
    let made = maker.post(GROUPS, &body).send().expect(201);
    assert_eq!(made.at("/id"), &json!(766));
    let again = changer
        .patch(&group(766), &json!({"name": "x"}))
        .send()
        .expect(200);
    let back = changer
        .patch(&group(766), &json!({"name": "ck test group"}))
        .send()
        .expect(200);
    assert_ne!(again.json(), back.json());
    let mut expected = settled(&localised(&app, &answer));
    let shown = settled(back.json());
    assert_eq!(shown, expected);
    assert_eq!(back.text("/code"), answer["code"]);
    expected["lastUpdatedByUserId"] = json!(112_867);
    assert_eq!(made.at("/lastUpdatedByUserId"), &expected["lastUpdatedByUserId"]);

    let request = example("VendorGroupToCreate");
    let second = maker.post(GROUPS, &request).send().expect(201);
    assert_eq!(second.at("/parentGroupId"), &json!(766));
    assert_eq!(second.text("/name"), "ck test group test 123");
    assert_eq!(second.text("/code"), "481werfa-dc63-4d92-8a08-12f807eab82d");
    let owners = [second.at("/owners/items/0/id"), second.at("/owners/items/1/id")];
    assert_eq!(owners, [&json!(112_898), &json!(113_458)]);
    assert_eq!(
        second.at("/createdByUserId"),
        &json!(112_867),
        "what the request says is ignored"
    );
    let put = maker.put(&group(767), &request).send().expect(200);
    assert_eq!(put.json(), second.json());

    count_from(&app, 768, 1_137_389);
    create_user(&app, "member");
    let added = maker
        .post(&members(766), &example("MemberToAdd"))
        .send()
        .expect(201);
    assert_eq!(added.json(), &localised(&app, &example("Member")));
    let path = member(766, 1_137_389);
    let excluded = maker.put(&path, &example("MemberToChange")).send().expect(200);
    assert_eq!(excluded.json(), &localised(&app, &example("MemberExcluded")));
}

/// The story that the document's examples of a group tell.
#[test]
fn groups_are_as_in_the_examples() {
    let app = App::start();
    count_from(&app, 766, 112_867);
    create_user(&app, "jdoe");
    let open = json!({"name": "All", "onlyAllowOwnersToEditGroup": false});
    assert_eq!(create_group(&admin(&app), &open), 766);
    let client = admin(&app);
    let told = |name: &str| settled(&localised(&app, &example(name)));
    let made = client.post(GROUPS, &example("GroupNamed")).send().expect(201);
    assert_eq!(settled(made.json()), told("GroupCreated"));
    let put = client
        .put(&group(767), &example("GroupToReplace"))
        .send()
        .expect(200);
    assert_eq!(settled(put.json()), told("GroupReplaced"));
    let patched = client
        .patch(&group(767), &example("GroupToPatch"))
        .send()
        .expect(200);
    assert_eq!(settled(patched.json()), told("GroupPatched"));
}

#[test]
fn errors_are_as_in_the_examples() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = admin(&app);
    let code = json!({"name": "x", "code": "staff"});
    let add = json!({"UserId": sample.member});
    let dates = json!({
        "name": "x", "activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-05-05T00:00:00",
    });
    let path = group(sample.group);
    for (name, answer) in [
        ("GroupConflict", client.post(GROUPS, &code).send()),
        ("MemberConflict", client.post(&members(sample.group), &add).send()),
        ("NotFound", client.get(&group(9999)).send()),
        ("Unauthorized", client.nobody().get(GROUPS).send()),
        ("DatesSwapped", client.post(GROUPS, &dates).send()),
        (
            "PreconditionFailed",
            client.patch(&path, &code).header("If-Match", "\"77\"").send(),
        ),
        (
            "NotAcceptable",
            client.get(GROUPS).header("Accept", "application/xml").send(),
        ),
        (
            "UnsupportedMediaType",
            client.request("POST", GROUPS).body("text/plain", "x").send(),
        ),
        (
            "PayloadTooLarge",
            client
                .request("POST", GROUPS)
                .body("application/json", vec![b' '; 1_048_577])
                .send(),
        ),
    ] {
        let numbers = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        let told = (answer.json().to_string(), example(name).to_string());
        assert_eq!(numbers(&told.0), numbers(&told.1), "{name}");
    }
}

/// What a careful client does: get, change one member, put the whole object back if nobody was faster.
#[test]
fn a_client_gets_changes_and_puts_back() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = Client::of(&app, "editor");
    let client = client.with_token(&client.token());
    let got = client.get(&group(sample.group)).send().expect(200);
    let mut body = got.json().clone();
    body["selfServiceOptions"] = json!("requiresApproval");
    let put = client
        .put(&group(sample.group), &body)
        .header("If-Match", &got.etag());
    let answer = put.send().expect(200);
    assert_eq!(settled(answer.json()), settled(&body));
    put.send().refused(412, "PRECONDITION_FAILED");
}

//! Another tenant's object is answered exactly like one that does not exist.

use super::refusals::elsewhere;
use super::samples::{READS, Sample, WRITES, admin, create_user_as};
use crate::database::unchanged;
use serde_json::json;
use testkit::App;
use testkit::taleolearn::{Client, MOUNT, user};

fn stranger(app: &App) -> Client {
    Client::of(app, "stranger")
}

#[test]
fn objects_of_another_tenant_do_not_exist() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    stranger(&app).token();
    unchanged(&app, || {
        for operation in READS.into_iter().chain(WRITES) {
            if ["createGroup", "listGroups", "getMetadataCatalog"].contains(&operation) {
                continue;
            }
            let theirs = elsewhere(&sample.request(&stranger(&app), operation), "2").send();
            let nobodys = elsewhere(&sample.absent(&stranger(&app), operation), "2").send();
            theirs.refused(404, "NOT_FOUND");
            nobodys.refused(404, "NOT_FOUND");
            let number = if operation == "getUser" || operation == "listMemberships" {
                sample.member
            } else {
                sample.group
            };
            let same = theirs
                .text("/detail")
                .replace(&format!("`{number}`"), "`9007199254740991`");
            assert_eq!(same, nobodys.text("/detail"), "{operation}");
        }
    });
}

#[test]
fn nothing_refers_across_tenants() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = stranger(&app);
    let groups = format!("{MOUNT}/learnCenters/2/groups");
    let own = client.post(
        &groups,
        &json!({"name": "Own", "onlyAllowOwnersToEditGroup": false}),
    );
    let own = own.send().expect(201);
    let path = format!("{groups}/{}", own.at("/id"));
    let ours = create_user_as(&app, "stranger", "ann");
    unchanged(&app, || {
        for (theirs, nothing) in [(sample.group, 9_007_199_254_740_991_i64)] {
            for parent in [theirs, nothing] {
                let told = client
                    .post(&groups, &json!({"name": "N", "parentGroupId": parent}))
                    .send();
                told.unprocessable(&["/parentGroupId"]);
                let told = client.patch(&path, &json!({"parentGroupId": parent})).send();
                told.unprocessable(&["/parentGroupId"]);
            }
        }
        for user in [sample.member, 9_007_199_254_740_991_i64] {
            let told = client
                .post(&groups, &json!({"name": "N", "owners": [ours, user]}))
                .send();
            told.unprocessable(&["/owners/1"]);
            let told = client.patch(&path, &json!({"owners": [user]})).send();
            told.unprocessable(&["/owners/0"]);
            let told = client
                .post(&format!("{path}/users"), &json!({"UserId": user}))
                .send();
            told.unprocessable(&["/UserId"]);
        }
    });
    // Codes are a tenant's own.
    let same = client.patch(&path, &json!({"code": "staff"})).send().expect(200);
    assert_eq!(same.text("/code"), "staff");
    let list = client
        .get(&groups)
        .query("totalResults", "true")
        .send()
        .expect(200);
    assert_eq!(list.at("/totalResults"), &json!(1));
    admin(&app).get(&user(ours)).send().refused(404, "NOT_FOUND");
    client.get(&user(ours)).send().expect(200);
}

/// A tenant that has no number here.
#[test]
fn a_tenant_without_a_learn_center_has_nothing_here() {
    let app = App::start();
    app.wait(directory::tenants::create(app.directory(), "third", vec![]));
    let secret = testkit::app::secret("third");
    app.wait(directory::credentials::create(
        app.directory(),
        "third",
        Some("third".to_owned()),
        model::Access::Admin,
        None,
        Some(secret),
    ));
    let client = Client::of(&app, "third");
    let ann = create_user_as(&app, "third", "ann");
    let catalog = client.get(testkit::taleolearn::CATALOG).send().expect(200);
    assert_eq!(catalog.at("/items"), &json!([]));
    for path in [
        testkit::taleolearn::GROUPS.to_owned(),
        user(ann),
        testkit::taleolearn::memberships(ann),
    ] {
        client.get(&path).send().refused(404, "NOT_FOUND");
    }
}

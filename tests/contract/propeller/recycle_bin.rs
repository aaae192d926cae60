//! What happens to a deleted usergroup, as clients see it.

use super::samples::{GROUP_KEY, Sample, USER_KEY, admin, each, read};
use directory::groups;
use model::ids::GroupNumber;
use serde_json::json;
use testkit::App;
use testkit::propeller::{USERGROUPS, USERS, by};

#[test]
fn a_restored_usergroup_is_back_with_its_user() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = admin(&app);
    let before = read(&client, USERGROUPS, sample.group);
    client
        .delete(&by(USERGROUPS, "sourceId", GROUP_KEY))
        .send()
        .expect(200);
    // Who sends back what he was shown takes nothing away.
    let user = read(&client, USERS, sample.user);
    assert_eq!(user["parent"], json!({}));
    client
        .patch(&by(USERS, "sourceId", USER_KEY))
        .json(&user)
        .send()
        .expect(200);
    let taken = json!({"usergroups": [{"sourceId": GROUP_KEY, "source": "erp"}]});
    let answer = client
        .post("/usergroups/bulk/sourceId")
        .json(&taken)
        .send()
        .expect(200);
    assert_eq!(answer.at("/data/0/error/code"), 20004);
    let number = GroupNumber::new(sample.group).unwrap();
    app.wait(groups::restore(app.directory(), "default", number));
    assert_eq!(read(&client, USERGROUPS, sample.group), before);
    assert_eq!(read(&client, USERS, sample.user)["parent"]["id"], sample.group);
}

#[test]
fn a_purged_usergroup_frees_its_key() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let client = admin(&app);
    client
        .delete(&by(USERGROUPS, "sourceId", GROUP_KEY))
        .send()
        .expect(200);
    let number = GroupNumber::new(sample.group).unwrap();
    app.wait(groups::purge(app.directory(), "default", number));
    let again = json!({"sourceId": GROUP_KEY, "source": "erp"});
    let made = super::samples::create(&client, USERGROUPS, &again);
    assert!(made > sample.group, "numbers are not used again");
    assert_eq!(read(&client, USERS, sample.user)["parent"], json!({}));
    assert_eq!(each(&client.get(USERGROUPS).send(), "id"), [sample.top, made]);
}

//! `roster group`: the recycle bin from the command line, beside a running server.

use crate::{Place, operator};
use serde_json::json;
use testkit::process::{fail, succeed};
use testkit::propeller::{Client, USERGROUPS, by};

#[test]
fn the_recycle_bin_is_shown_restored_and_emptied() {
    let place = Place::new();
    let server = place.serve();
    let url = place.url();
    let at = ["--database", url.as_str()];
    let run = |arguments: &[&str]| succeed(&[&["group"], arguments, &at[..]].concat());
    let refuse = |arguments: &[&str]| fail(&[&["group"], arguments, &at[..]].concat());
    let client = Client::connect(server.url(), crate::ID, crate::SECRET);
    let mut numbers = Vec::new();
    for name in ["Belgium", "Lux\u{9}emb\nourg"] {
        let body = json!({"name": name, "sourceId": name, "source": "erp"});
        let made = client.post(USERGROUPS).json(&body).send().expect(201);
        numbers.push(made.at("/data/id").to_string());
        client
            .delete(&by(USERGROUPS, "sourceId", name))
            .send()
            .expect(200);
    }
    let [belgium, luxembourg] = [numbers[0].as_str(), numbers[1].as_str()];
    let listed = run(&["list-deleted"]);
    let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 2, "{listed}");
    assert_eq!(
        (lines[0][0], lines[1][0]),
        (luxembourg, belgium),
        "the last deleted first"
    );
    assert_eq!(
        (lines[1][2], lines[1][4], lines[0][4]),
        (crate::ID, "Belgium", "Lux emb ourg")
    );

    let path = by(USERGROUPS, "id", belgium);
    client.get(&path).send().refused(404, "20006");
    let said = run(&["restore", belgium]);
    assert!(
        said.contains(&format!("group {belgium} `Belgium` was restored")),
        "{said}"
    );
    client.get(&path).send().expect(200);
    let said = run(&["purge", luxembourg]);
    assert!(said.contains("was purged"), "{said}");
    assert_eq!(run(&["list-deleted"]), "");

    for arguments in [
        ["restore", belgium],
        ["purge", belgium],
        ["restore", luxembourg],
        ["purge", "4711"],
    ] {
        let said = refuse(&arguments);
        assert!(
            said.contains("has no group") && said.contains("list-deleted"),
            "{said}"
        );
    }
    assert!(refuse(&["restore", "staff"]).contains("number of a group"));
    assert!(refuse(&["purge", "0"]).contains("number of a group"));
    assert!(refuse(&["purge"]).contains("NUMBER"));
    assert!(refuse(&["list-deleted", "--tenant", "nowhere"]).contains("nowhere"));
    // What is purged one after the other ends at the first that is not there.
    client.delete(&path).send().expect(200);
    refuse(&["purge", belgium, "4711"]);
    assert_eq!(run(&["list-deleted"]), "");
    assert_eq!(
        operator(&server)
            .get(testkit::kibo::GROUPS)
            .send()
            .expect(200)
            .at("/totalCount"),
        0
    );
}

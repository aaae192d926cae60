//! Another tenant's object is answered exactly as one that does not exist.

use super::samples::{GROUP_KEY, LOOKUPS, Sample, USER_KEY, each, stranger};
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{Answer, Request, USERGROUPS, USERS, by};

/// The answer without what the caller himself sent.
fn told(answer: &Answer, key: &str) -> (u16, Value) {
    let text = answer.json().to_string().replace(&format!("[{key}]"), "[]");
    (answer.reply.status, serde_json::from_str(&text).unwrap())
}

#[test]
fn objects_of_another_tenant_do_not_exist() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        let client = stranger(&app);
        client.token();
        for operation in LOOKUPS {
            let own = if operation.ends_with("Usergroup") {
                sample.group
            } else {
                sample.user
            };
            let theirs = sample.request(&client, operation).send();
            let nobodys = sample.absent(&client, operation).send();
            let nobody = "9007199254740991";
            assert_eq!(
                told(&theirs, &own.to_string()),
                told(&nobodys, nobody),
                "{operation}"
            );
            assert_eq!(theirs.reply.status, 404);
        }
        for path in [USERGROUPS, USERS] {
            let page = client.get(path).send().expect(200);
            assert_eq!((each(&page, "id"), page.at("/itemsFound")), (vec![], &json!(0)));
            for body in [
                json!({"sourceId": GROUP_KEY}),
                json!({"parent": {"id": sample.group}}),
            ] {
                let found = client
                    .post(&format!("{path}/search"))
                    .json(&body)
                    .send()
                    .expect(200);
                assert_eq!(found.at("/itemsFound"), 0);
            }
            let key = if path == USERS { USER_KEY } else { GROUP_KEY };
            assert_eq!(client.get(&by(path, "sourceId", key)).send().reply.status, 404);
        }
    });
}

#[test]
fn nothing_refers_to_another_tenant() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        let client = stranger(&app);
        client.token();
        let send = |request: Request| request.send().refused(400, "10017").json().clone();
        for path in [USERGROUPS, USERS] {
            let theirs = send(client.post(path).json(&json!({"parent": {"id": sample.group}})));
            let nobodys = send(client.post(path).json(&json!({"parent": {"id": 9999}})));
            assert_eq!(theirs, nobodys);
            send(
                client
                    .post(path)
                    .json(&json!({"parent": {"sourceId": GROUP_KEY, "source": "erp"}})),
            );
        }
        let items = json!({"usergroups": [{"id": sample.group, "name": "x"}]});
        let answer = client.post("/usergroups/bulk/id").json(&items).send().expect(200);
        assert_eq!(answer.at("/data/0/error/code"), 20006);
    });
    // The same keys are free there.
    let theirs = Sample::prepare_as(&stranger(&app));
    let body = json!({"users": [{"sourceId": USER_KEY, "source": "erp", "title": "Dr"}]});
    let answer = stranger(&app)
        .post("/users/bulk/sourceId")
        .json(&body)
        .send()
        .expect(200);
    assert_eq!(answer.at("/data/0/id"), theirs.user);
}

//! Both mount points, the slash at the end, unknown paths and verbs.

use super::samples::{Sample, admin, create, reader};
use serde_json::json;
use testkit::App;
use testkit::propeller::{Client, TOKEN, USERGROUPS, USERS, by};

#[test]
fn both_mounts_and_the_slash_at_the_end_are_the_same() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let plain = reader(&app);
    let mounted = plain.under("/v2");
    let group = by(USERGROUPS, "id", &sample.group.to_string());
    for path in [USERGROUPS, &group, USERS, &by(USERS, "sourceId", "erp-7")] {
        let expected = plain.get(path).send().expect(200);
        for other in [
            plain.get(path).tail("/"),
            plain.get(path).tail("/?expands=x"),
            mounted.get(path),
            mounted.get(path).tail("/?expands=x"),
        ] {
            let answer = other.send().expect(200);
            assert_eq!(answer.json(), expected.json());
            assert_eq!(answer.reply.header("etag"), expected.reply.header("etag"));
        }
    }
    let writer = admin(&app).under("/v2");
    let made = create(&writer, "/usergroups/", &json!({"name": "x"}));
    writer
        .patch(&by(USERGROUPS, "id", &made.to_string()))
        .tail("/")
        .json(&json!({}))
        .send()
        .expect(200);
    writer
        .post("/usergroups/search/")
        .json(&json!({}))
        .send()
        .expect(200);
    writer
        .delete(&by(USERGROUPS, "id", &made.to_string()))
        .tail("/")
        .send()
        .expect(200);
}

#[test]
fn unknown_paths_are_answered_in_this_dialect() {
    let app = App::start();
    for client in [reader(&app), Client::nobody(&app)] {
        for path in [
            "/v2",
            "/v2/",
            "/v2/nothing",
            "/v2/v2/usergroups",
            "/usergroups/id",
            "/usergroups/id/1/2",
            "/usergroups//1",
            "/users/a",
            "/users/bulk",
            "/oauth2",
            "/oauth2/tokens",
            "/v2/platform/adminuser/groups",
            "/users/x/y/z/",
            "/usergroups/id/",
            "/v2/Usergroups",
        ] {
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
                if method == "GET" && path == "/usergroups//1" {
                    continue;
                }
                let answer = client.request(method, path).send();
                answer.told_as(404, 10008, &["there is nothing at this path"]);
                assert_eq!(answer.header("return-format"), "json");
            }
        }
    }
}

#[test]
fn verbs_that_a_path_does_not_offer_are_named() {
    let app = App::start();
    Sample::prepare(&app);
    for (path, allow, others) in [
        (
            USERGROUPS,
            "GET, POST",
            vec!["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
        ),
        ("/usergroups/search", "POST", vec!["GET", "PUT", "DELETE"]),
        ("/users/bulk/sourceId/", "POST", vec!["GET", "PATCH", "DELETE"]),
        ("/v2/users/id/1", "DELETE, GET, PATCH", vec!["PUT", "POST"]),
        (TOKEN, "POST", vec!["GET", "PUT", "DELETE"]),
    ] {
        for method in others {
            let answer = Client::nobody(&app).request(method, path).send();
            let found = answer.header("allow");
            let mut verbs: Vec<&str> = found.split(", ").collect();
            verbs.sort_unstable();
            assert_eq!(
                (answer.reply.status, verbs.join(", ").as_str()),
                (405, allow),
                "{method} {path}"
            );
            if method != "HEAD" {
                answer.told_as(405, 10405, &[&format!("this path offers {found} only")]);
            }
        }
    }
}

//! Requests that are wrong in ways no single operation is about.

use super::samples::{Sample, admin, editor};
use crate::database::unchanged;
use std::collections::BTreeSet;
use testkit::App;
use testkit::document::TALEOLEARN;
use testkit::taleolearn::{GROUPS, MOUNT, group};

#[test]
fn unknown_paths_have_their_owners_answer() {
    let app = App::start();
    admin(&app).token();
    unchanged(&app, || {
        for path in [
            "/learn.rest",
            "/learn.rest/",
            "/LEARN.REST/v1",
            "/learn.rest/v1/",
            "/learn.rest/v2/metadata-catalog",
            "/learn.rest/v1/metadata",
            "/learn.rest/v1/users",
            "/learn.rest/v1/users/1/groups",
            "/learn.rest/v1/learnCenters",
            "/learn.rest/v1/learnCenters/1",
            "/learn.rest/v1/learnCenter/1/groups/1",
            "/learn.rest/v1/learnCenters/1/groups/1/members",
            "/learn.rest/v1/learnCenters/1/groups/1/mappedItems/1",
            "/learn.rest/v1/learnCenters/1/groups/1/users/2/3",
            "/learn.rest/v1/learnCenters/1/groups/1/owners/2/3",
            "/learn.rest/v1/learnCenters//groups",
            "/learn.rest/v1/learnCenters/1/groups//owners",
            "/learn.rest//v1/metadata-catalog",
            "/learn.rest/v1/v1/metadata-catalog",
            "/learn.rest/v1/u%C5%BFers/1",
        ] {
            for client in [admin(&app), admin(&app).nobody()] {
                let told = client.get(path).send();
                told.refused(404, "NOT_FOUND");
                assert_eq!(told.header("content-type"), "application/json");
                let post = client.request("POST", path).body("text/plain", "x");
                post.header("Accept", "text/html")
                    .send()
                    .refused(404, "NOT_FOUND");
            }
        }
        for path in [
            "/learnXrest/v1/metadata-catalog",
            "/learn.re%C5%BFt/v1/metadata-catalog",
            "/learn.restx",
            "/learn",
            "/v1/metadata-catalog",
        ] {
            let raw = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let reply = app.raw(raw.as_bytes());
            assert_eq!(reply.status, 404, "{path}");
            let media_type = reply.header("content-type");
            assert_eq!(media_type.as_deref(), Some("application/problem+json"), "{path}");
        }
    });
}

#[test]
fn wrong_verbs_are_told_the_right_ones() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    let paths: BTreeSet<String> = TALEOLEARN
        .operations()
        .iter()
        .map(|operation| operation.path.clone())
        .collect();
    unchanged(&app, || {
        for path in paths {
            let offered: BTreeSet<&str> = TALEOLEARN
                .operations()
                .iter()
                .filter(|o| o.path == path)
                .map(|o| o.method.as_str())
                .collect();
            let here = path
                .replace("{learnCenterId}", "1")
                .replace("{groupId}", &sample.group.to_string())
                .replace("{ownerId}", &sample.owner.to_string())
                .replace("{userId}", &sample.member.to_string());
            for verb in [
                "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND",
            ] {
                if offered.contains(verb) {
                    continue;
                }
                for (client, tail) in [(admin(&app), ""), (admin(&app).nobody(), "/")] {
                    let request = client.request(verb, &format!("{MOUNT}{here}{tail}"));
                    let answer = request.send().expect(405);
                    if verb != "HEAD" {
                        answer.refused(405, "METHOD_NOT_ALLOWED");
                    }
                    let allow = answer.header("allow");
                    let allow: BTreeSet<&str> = allow.split(',').map(str::trim).collect();
                    assert_eq!(allow, offered, "{}", answer.told());
                }
            }
        }
    });
}

#[test]
fn parameters_are_sent_once_and_others_are_ignored() {
    let app = App::start();
    let list = admin(&app).get(GROUPS);
    for (twice, name) in [
        ("limit=1&limit=1", "limit"),
        ("limit=1&Limit=2", "limit"),
        ("off%53et=1&offset=1", "offset"),
        ("totalResults=true&TOTALRESULTS=true", "totalResults"),
    ] {
        let told = list.clone().tail(&format!("?{twice}")).send();
        told.refused(400, "BAD_REQUEST");
        let places = told.places();
        assert!(
            places.len() == 1 && places[0].eq_ignore_ascii_case(name),
            "{}",
            told.told()
        );
    }
    list.clone()
        .tail("?q=x&orderBy=name&expand=all&colour=%20&colour=x&=&&")
        .send()
        .expect(200);
    list.clone().tail("?limit=%zz").send().invalid(&["limit"]);
    list.clone().tail("?offset=%FF").send().invalid(&["offset"]);
    let ignored = list
        .header("If-Match", "nonsense")
        .header("If-None-Match", "nonsense");
    ignored.send().expect(200);
}

#[test]
fn members_are_sent_once_however_they_are_spelled() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        for (body, place) in [
            (r#"{"name":"a","name":"a"}"#, "/name"),
            (r#"{"name":"a","NAME":"secret one"}"#, "/name"),
            (r#"{"groupname":"a","name":"secret one"}"#, "/name"),
            (r#"{"name":"a","GroupName":"secret one"}"#, "/name"),
            (
                r#"{"name":"a","parentGroupId":null,"parentgroupid":null}"#,
                "/parentGroupId",
            ),
            (r#"{"name":"a","owners":[],"Owners":[]}"#, "/owners"),
        ] {
            for request in [
                admin(&app).request("POST", GROUPS),
                admin(&app).request("PUT", &group(sample.group)),
                admin(&app).request("PATCH", &group(sample.group)),
            ] {
                let told = request.body("application/json", body).send();
                told.invalid(&[place]);
                assert!(!told.reply.text().contains("secret"), "{}", told.told());
            }
        }
    });
}

#[test]
fn odd_bodies() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    unchanged(&app, || {
        let patch = editor(&app).request("PATCH", &group(sample.group));
        for body in [
            r#"{"name":"\ud800"}"#,
            r#"{"parentGroupId":1e400}"#,
            r#"{"parentGroupId":01}"#,
            r#"{"name":"a"}}"#,
            "{\"name\":\"a\n\"}",
            r#"{"name":"a",}"#,
        ] {
            let told = patch.clone().body("application/json", body).send();
            told.refused(400, "BAD_REQUEST");
        }
        let long = format!("{{\"{}\":[[1]]}}", "n".repeat(500_000));
        patch.clone().body("application/json", long).send().expect(200);
        let many: Vec<String> = (0..300).map(|_| "\"x\"".to_owned()).collect();
        let body = format!("{{\"owners\":[{}]}}", many.join(","));
        let told = patch.clone().body("application/json", body).send();
        told.refused(400, "BAD_REQUEST");
        assert_eq!(told.places().len(), 100, "the first hundred are told");
    });
}

/// A refused request does not spoil the connection for the next one.
#[test]
fn a_connection_outlives_a_refusal() {
    use std::io::Write;
    let app = App::start();
    let sample = Sample::prepare(&app);
    let credential = testkit::taleolearn::basic("admin", &testkit::app::secret("admin"));
    let mut stream = testkit::http::connect(app.url()).unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nHost: x\r\nAuthorization: {credential}\r\n",
        group(sample.group)
    );
    let sized = |media_type: &str, length: usize| {
        let body = " ".repeat(length - 2);
        format!("{head}Content-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{{}}{body}")
    };
    for (request, status) in [
        (sized("application/json", 2_000_000), 413),
        (sized("text/plain", 2), 415),
        (sized("application/json", 2), 200),
        (sized("application/json", 2_000_000), 413),
        (sized("application/json", 2), 200),
    ] {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(testkit::http::read(&mut stream, false).unwrap().status, status);
    }
}

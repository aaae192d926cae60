//! Requests that are wrong in ways no single operation is about.

use super::samples::{CODE, Sample};
use crate::database::unchanged;
use std::collections::BTreeSet;
use testkit::App;
use testkit::document::KIBO;
use testkit::kibo::{GROUPS, group};

#[test]
fn unknown_paths_have_their_owners_answer() {
    let app = App::start();
    unchanged(&app, || {
        for path in [
            "/platform",
            "/platform/",
            "/platform/adminuser",
            "/platform/adminuser/group",
            "/platform/adminuser/groupss",
            "/platform/adminuser/groups/a/b",
            "/platform/adminuser/groups/a/addusers/b",
            "/platform/adminuser/groups//addusers",
            "/platform/adminuser/groups//",
            "/platform//adminuser/groups",
            "/platform/AdminUser/groups",
            "/platform/adminuser/groups/a/AddUsers",
            "/platform/adminuser/accounts/01a203ab-07b4-7b1e-8c55-41d7e0a96f02/role",
            "/platform/adminuser/accounts/01a203ab-07b4-7b1e-8c55-41d7e0a96f02/roles/1/2",
            "/platform/adminuser/accounts/01a203ab-07b4-7b1e-8c55-41d7e0a96f02/change-password",
            "/platform/adminuser/roles/1",
            "/platform/applications",
            "/platform/applications/authtickets/a/b",
            "/api",
            "/api/",
            "/api/anything",
            "/api/api/platform/adminuser/groups",
            "/api/platform/other?responseFields=x",
        ] {
            for client in [app.admin(), app.nobody()] {
                client.get(path).send().refused(404, "ITEM_NOT_FOUND");
                client
                    .post(path)
                    .body("text/plain", "x")
                    .header("Accept", "text/html")
                    .send()
                    .refused(404, "ITEM_NOT_FOUND");
            }
        }
        for path in [
            "/x",
            "/platformx",
            "/apis",
            "/Platform/adminuser/groups",
            "//platform/adminuser/groups",
            "/openapi/other.yaml",
        ] {
            let reply =
                app.raw(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes());
            assert_eq!(reply.status, 404, "{path}");
            assert_eq!(
                reply.header("content-type").as_deref(),
                Some("application/problem+json"),
                "{path}"
            );
            let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
            assert_eq!(
                (&body["status"], body["title"].as_str()),
                (&404.into(), Some("Not Found")),
                "{path}"
            );
            assert_eq!(
                body["requestId"].as_str(),
                reply.header("x-request-id").as_deref(),
                "{path}"
            );
        }
    });
}

#[test]
fn wrong_verbs_are_told_the_right_ones() {
    let app = App::start();
    Sample::prepare(&app);
    let paths: BTreeSet<&str> = KIBO
        .operations()
        .iter()
        .map(|operation| operation.path.as_str())
        .collect();
    unchanged(&app, || {
        for path in paths {
            let offered: BTreeSet<&str> = KIBO
                .operations()
                .iter()
                .filter(|o| o.path == path)
                .map(|o| o.method.as_str())
                .collect();
            let here = path
                .replace("{groupCode}", CODE)
                .replace("{userId}", "x")
                .replace("{roleId}", "1")
                .replace("{refreshToken}", "x");
            for verb in [
                "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND",
            ] {
                if offered.contains(verb) {
                    continue;
                }
                for (client, mount, tail) in [(app.admin(), "", ""), (app.nobody(), "/api", "/")] {
                    let answer = client
                        .under(mount)
                        .request(verb, &format!("{here}{tail}"))
                        .send()
                        .expect(405);
                    if verb != "HEAD" {
                        answer.refused(405, "METHOD_NOT_ALLOWED");
                    }
                    let allow = answer.reply.header("allow").unwrap();
                    let allow: BTreeSet<&str> = allow.split(',').map(str::trim).collect();
                    assert_eq!(allow, offered, "{}", answer.told());
                }
            }
        }
    });
}

#[test]
fn percent_escapes_have_to_be_right() {
    let app = App::start();
    unchanged(&app, || {
        for code in [
            "%",
            "%2",
            "%zz",
            "a%",
            "%FF",
            "%C3",
            "%ED%A0%80",
            "%00",
            "%0A",
            "%7F",
            "%C2%85",
            "%EF%BF%BE",
            ".",
            "..",
            "%2e",
            "%2E%2e",
            ".%2E",
        ] {
            for mount in ["", "/api"] {
                let admin = app.admin().under(mount);
                admin
                    .get(&format!("{GROUPS}/{code}"))
                    .send()
                    .invalid(&["groupCode"]);
                admin
                    .delete(&format!("{GROUPS}/{code}/"))
                    .send()
                    .invalid(&["groupCode"]);
                let action = admin.post(&format!("{GROUPS}/{code}/addusers"));
                action
                    .json(&serde_json::json!(["01a203ab-07b4-7b1e-8c55-41d7e0a96f02"]))
                    .send()
                    .invalid(&["groupCode"]);
            }
        }
        let list = app.admin().get(GROUPS);
        list.clone().tail("?filter=%zz").send().invalid(&["filter"]);
        list.clone()
            .tail("?filter=name+eq+%FF")
            .send()
            .invalid(&["filter"]);
        list.clone().tail("?sortBy=%").send().invalid(&["sortBy"]);
        list.tail("?responseFields=%C3")
            .send()
            .invalid(&["responseFields"]);
    });
}

#[test]
fn parameters_are_sent_once_and_others_are_ignored() {
    let app = App::start();
    let list = app.admin().get(GROUPS);
    for twice in [
        "pageSize=1&pageSize=1",
        "filter=&filter=",
        "responseFields=&responseFields=",
        "page%53ize=1&pageSize=1",
    ] {
        let name = twice.rsplit('&').next().unwrap().split('=').next().unwrap();
        list.clone().tail(&format!("?{twice}")).send().invalid(&[name]);
    }
    list.clone()
        .tail("?PageSize=0&colour=%20&colour=x&=&&")
        .send()
        .expect(200);
    list.clone()
        .header("x-vol-tenant", "1")
        .header("x-vol-tenant", "1")
        .send()
        .invalid(&["x-vol-tenant"]);
    let ignored = list
        .header("x-vol-site", "none")
        .header("x-vol-locale", "x")
        .header("If-Match", "nonsense");
    ignored.send().expect(200);
}

#[test]
fn members_are_sent_once() {
    let app = App::start();
    Sample::prepare(&app);
    unchanged(&app, || {
        for (body, parameter) in [
            (r#"{"name":"a","name":"a"}"#, "name"),
            (r#"{"groupCode":"a","name":"b","groupCode":null}"#, "groupCode"),
            (
                r#"{"users":[{},{"userName":"a","userName":"b"}]}"#,
                "users/1/userName",
            ),
            (
                r#"{"users":[{"password":"first one","password":"second one"}]}"#,
                "users/0/password",
            ),
            (
                r#"{"users":[{"roles":[{"roleId":1,"assignedInScope":{"id":1,"id":1}}]}]}"#,
                "users/0/roles/0/assignedInScope/id",
            ),
        ] {
            let answer = app
                .admin()
                .put(&group(CODE))
                .body("application/json", body)
                .send();
            answer.invalid(&[parameter]);
            assert!(
                !answer.reply.text().contains("one\""),
                "the value is not repeated: {}",
                answer.told()
            );
        }
    });
}

#[test]
fn no_body_is_too_deep_or_too_odd() {
    let app = App::start();
    Sample::prepare(&app);
    unchanged(&app, || {
        let put = app.admin().put(&group(CODE));
        let deep = format!("{{\"users\":{}", "[".repeat(200_000));
        put.clone()
            .body("application/json", deep)
            .send()
            .refused(400, "MISSING_OR_INVALID_PARAMETER");
        let long = format!("{{\"{}\":1}}", "n".repeat(500_000));
        let answer = put.clone().body("application/json", long).send();
        answer.refused(400, "MISSING_OR_INVALID_PARAMETER");
        assert!(
            answer.reply.body.len() < 2000,
            "an answer stays small whatever was sent"
        );
        let many: Vec<String> = (0..300).map(|_| "{\"emailAddress\":\"\"}".to_owned()).collect();
        let body = format!("{{\"users\":[{}]}}", many.join(","));
        let answer = put.clone().body("application/json", body).send();
        assert_eq!(
            answer
                .refused(400, "MISSING_OR_INVALID_PARAMETER")
                .parameters()
                .len(),
            100,
            "the first hundred are told"
        );
        for body in [
            r#"{"name":"\ud800"}"#,
            r#"{"scopeId":1e400}"#,
            r#"{"scopeId":01}"#,
            r#"{"name":"a"}}"#,
            "{\"name\":\"a\n\"}",
        ] {
            put.clone()
                .body("application/json", body)
                .send()
                .refused(400, "MISSING_OR_INVALID_PARAMETER");
        }
    });
}

/// Bytes that are no HTTP end in 400 or a closed connection, and the server goes on.
#[test]
fn malformed_requests_disturb_nobody() {
    use std::io::{Read, Write};
    let app = App::start();
    unchanged(&app, || {
        for bytes in [
            &b"GET /platform/adminuser/groups/a b HTTP/1.1\r\nHost: x\r\n\r\n"[..],
            b"GET /platform/adminuser/groups/\xff HTTP/1.1\r\nHost: x\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
            b"POST /platform/adminuser/groups HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
            b"POST /platform/adminuser/groups HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            b"GET / HTTP/9.9\r\n\r\n",
        ] {
            let mut stream = testkit::http::connect(app.url()).unwrap();
            stream.write_all(bytes).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            let mut answer = Vec::new();
            // A reset is as good an end as any.
            drop(stream.read_to_end(&mut answer));
            let line = String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned();
            assert!(answer.is_empty() || line.starts_with("HTTP/1.1 4"), "{line}");
        }
        app.admin().get(GROUPS).send().expect(200);
    });
}

/// A refused request does not spoil the connection for the next one.
#[test]
fn a_connection_outlives_a_refusal() {
    use std::io::Write;
    let app = App::start();
    let token = app.admin().token().unwrap();
    let mut stream = testkit::http::connect(app.url()).unwrap();
    let body = " ".repeat(2_000_000);
    let head = format!("POST {GROUPS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n");
    let large = format!(
        "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let other = format!("{head}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{{}}");
    let good = format!("{head}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");
    for (request, status) in [
        (&large, 413),
        (&other, 415),
        (&good, 200),
        (&large, 413),
        (&good, 200),
    ] {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(testkit::http::read(&mut stream, false).unwrap().status, status);
    }
}

//! What is wrong with a request, as tables.

use super::refusals::bad_texts;
use super::samples::{GROUP_KEY, Sample, admin, create, reader};
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{Request, USERGROUPS, USERS, by};

/// Values that no number from 1 on takes.
fn bad_numbers() -> Vec<Value> {
    vec![
        json!(null),
        json!("1"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([]),
        json!(9_007_199_254_740_992_i64),
        json!(u64::MAX),
        json!(1e300),
    ]
}

/// References that name nothing or are none.
fn bad_parents() -> Vec<(u32, Value)> {
    let mut all: Vec<(u32, Value)> = bad_numbers()
        .into_iter()
        .map(|id| (10007, json!({"id": id})))
        .collect();
    for wrong in [
        json!(null),
        json!(1),
        json!("1"),
        json!([]),
        json!({"sourceId": ""}),
        json!({"source": 1}),
    ] {
        all.push((10007, wrong));
    }
    for wrong in [
        json!({"id": 9_007_199_254_740_991_i64}),
        json!({"sourceId": "nothing"}),
        json!({"sourceId": GROUP_KEY, "source": "crm"}),
        json!({"sourceId": GROUP_KEY.to_uppercase()}),
        json!({"source": "erp"}),
    ] {
        all.push((10017, wrong));
    }
    all
}

/// Half of a key.
fn bad_keys() -> Vec<(u32, Value)> {
    vec![
        (10017, json!({"sourceId": "1"})),
        (10017, json!({"source": "erp"})),
        (10007, json!({"sourceId": "", "source": "erp"})),
        (10007, json!({"sourceId": 1, "source": "erp"})),
        (10007, json!({"sourceId": null, "source": null})),
        (10007, json!({"sourceId": "1", "source": null})),
        (10007, json!({"sourceId": "1", "source": "ä".repeat(256)})),
    ]
}

fn refuses(app: &App, request: &dyn Fn() -> Request, bodies: Vec<(u32, Value)>) {
    unchanged(app, || {
        for (code, body) in bodies {
            let answer = request().json(&body).send();
            answer.refused(400, &code.to_string());
            let messages = answer.at("/error/messages").as_array().unwrap();
            assert!(!messages.is_empty(), "{}", answer.told());
        }
    });
}

/// What a usergroup cannot be.
pub fn bad_usergroups(app: &App, request: impl Fn() -> Request) {
    let mut bodies = bad_keys();
    for (code, parent) in bad_parents() {
        bodies.push((code, json!({"parent": parent})));
    }
    for (name, longest) in [
        ("name", 255),
        ("language", 255),
        ("company", 255),
        ("department", 255),
        ("office", 255),
        ("notes", 4000),
    ] {
        for value in bad_texts(longest) {
            bodies.push((10007, json!({name: value})));
        }
    }
    for name in [
        "budgetInherit",
        "inheritOrderList",
        "inheritProductList",
        "budget",
        "orderListAllowAll",
    ] {
        for value in [
            json!(null),
            json!(true),
            json!(""),
            json!("y"),
            json!("X"),
            json!("YES"),
            json!(["Y"]),
        ] {
            bodies.push((10007, json!({name: value})));
        }
    }
    refuses(app, &request, bodies);
    two_at_once(app, &request);
    let longest =
        json!({"name": "ä".repeat(255), "notes": "☂".repeat(4000), "company": "\u{9}\u{a}\u{d}\u{7f}"});
    request().json(&longest).send();
    let answer = request().json(&longest).send();
    assert!([200, 201].contains(&answer.reply.status), "{}", answer.told());
}

/// All violations are told, in the words of the document.
fn two_at_once(app: &App, request: &dyn Fn() -> Request) {
    unchanged(app, || {
        let body = json!({"name": "x".repeat(256), "budget": "Z", "parent": {"id": "1"}});
        let answer = request().json(&body).send();
        let messages = answer.at("/error/messages").as_array().unwrap();
        for place in ["name ", "budget ", "parent/id "] {
            let is_told = messages
                .iter()
                .any(|message| message.as_str().unwrap().starts_with(place));
            assert!(is_told, "{place}: {}", answer.told());
        }
    });
}

/// What a user cannot be.
pub fn bad_users(app: &App, request: impl Fn() -> Request) {
    let mut bodies = bad_keys();
    for (code, parent) in bad_parents() {
        bodies.push((code, json!({"parent": parent})));
    }
    for (name, longest) in [
        ("firstName", 255),
        ("middleName", 255),
        ("lastName", 255),
        ("fullName", 255),
        ("title", 255),
        ("login", 255),
        ("phone", 64),
        ("email", 254),
        ("company", 255),
        ("taxNumber", 255),
        ("cocNumber", 255),
        ("primaryLanguage", 35),
    ] {
        for value in bad_texts(longest) {
            bodies.push((10007, json!({name: value})));
        }
    }
    for value in [
        json!(null),
        json!(1.5),
        json!(true),
        json!([]),
        json!("a\u{0}b"),
        json!("x".repeat(256)),
    ] {
        bodies.push((10007, json!({"debtorId": value})));
    }
    for day in [
        "1906-13-01",
        "1906-12-32",
        "1906-12",
        "06-12-09",
        "1906-12-09T00:00",
        "today",
        "1906-02-30",
        "1906-11-31",
        "1900-02-29",
    ] {
        bodies.push((10007, json!({"dateOfBirth": day})));
    }
    for gender in [json!(null), json!("M"), json!(""), json!("x"), json!(1)] {
        bodies.push((10007, json!({"gender": gender})));
    }
    refuses(app, &request, bodies);
    request().json(&json!({"dateOfBirth": "2000-02-29"})).send();
}

/// Searches that are none.
pub fn bad_searches(app: &App, path: &str) {
    Sample::prepare(app);
    let request = || reader(app).post(&format!("{path}/search"));
    let mut bodies = Vec::new();
    for name in ["page", "offset"] {
        for value in bad_numbers() {
            bodies.push((10015, json!({name: value})));
        }
    }
    bodies.push((10015, json!({"page": 1_000_001})));
    bodies.push((10015, json!({"offset": 101})));
    bodies.push((10015, json!({"offset": 101, "sourceId": ""})));
    for body in [
        json!({"sourceId": ""}),
        json!({"source": 1}),
        json!({"parent": null}),
        json!({"parent": {"id": 0}}),
        json!({"parent": []}),
    ] {
        bodies.push((10007, body));
    }
    bodies.push((10017, json!({"parent": {"source": "erp"}})));
    let texts = if path == USERS {
        ["firstName", "email"]
    } else {
        ["name", "language"]
    };
    for name in texts {
        for value in bad_texts(255) {
            bodies.push((10007, json!({name: value})));
        }
    }
    refuses(app, &request, bodies);
    let twice = request()
        .query("expands", "a")
        .query("expands", "b")
        .json(&json!({}));
    twice.send().refused(400, "10017");
}

/// `page` and `offset` of a list.
pub fn bad_pages(app: &App, path: &str) {
    Sample::prepare(app);
    let client = reader(app);
    unchanged(app, || {
        for name in ["page", "offset"] {
            for value in ["", "0", "-1", "1.0", "one", "+1", "99999999999", " 1", "1000001"] {
                let answer = client.get(path).query(name, value).send();
                answer.refused(400, "10015");
                let told = answer.text("/error/messages/0");
                assert!(told.starts_with(&format!("{name} ")), "{}", answer.told());
            }
            client
                .get(path)
                .tail(&format!("?{name}=1&{name}=1"))
                .send()
                .refused(400, "10015");
            client
                .get(path)
                .tail(&format!("?{name}=%zz"))
                .send()
                .refused(400, "10015");
        }
        client
            .get(path)
            .query("offset", "101")
            .send()
            .told_as(400, 10015, &["offset must be at most 100"]);
        client.get(path).tail("?expands=%ff").send().refused(400, "10017");
        let many = ["a"; 17].join(",");
        client
            .get(path)
            .tail(&format!("?expands={many}"))
            .send()
            .refused(400, "10017");
        client
            .get(path)
            .query("expands", &"a".repeat(65))
            .send()
            .refused(400, "10017");
    });
    client
        .get(path)
        .query("expands", "")
        .query("Page", "0")
        .query("other", "x")
        .send()
        .expect(200);
}

/// Lookup keys and values.
pub fn bad_lookups(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let path = if operation.ends_with("Usergroup") {
        USERGROUPS
    } else {
        USERS
    };
    let method = match &operation[..3] {
        "get" => "GET",
        "upd" => "PATCH",
        _ => "DELETE",
    };
    let send = |path: &str| {
        let request = admin(app).request(method, path);
        match method {
            "PATCH" => request.json(&json!({"title": "x", "name": "x"})).send(),
            _ => request.send(),
        }
    };
    let twice = json!({"sourceId": "twice", "source": "a"});
    create(&admin(app), path, &twice);
    create(&admin(app), path, &json!({"sourceId": "twice", "source": "b"}));
    unchanged(app, || {
        for key in [
            "ids",
            "sourceid",
            "ID",
            "SourceId",
            "source",
            "externalId",
            "a b",
            "ä",
        ] {
            let told = format!(
                "Invalid lookup key [{key}], key must contain one of the following values: [id,sourceId,]"
            );
            let spelled = testkit::http::encode(key);
            send(&format!("{path}/{spelled}/1")).told_as(400, 10006, &[&told]);
            send(&format!("/v2{path}/{spelled}/x%2Fy?source=erp").replace("/v2", "")).told_as(
                400,
                10006,
                &[&told],
            );
        }
        for value in [
            "0",
            "-1",
            "01",
            "+1",
            "1.0",
            "one",
            "9007199254740992",
            "99999999999999999999",
            " 1",
            "%31a",
        ] {
            let told = "lookupValue must be a whole number from 1 to 9007199254740991";
            send(&by(path, "id", value)).told_as(400, 10017, &[told]);
        }
        for tail in [
            "sourceId/a%zz",
            "sourceId/%ff",
            "sourceId/a%01",
            "sourceId/%EF%BF%BE",
        ] {
            send(&format!("{path}/{tail}")).refused(400, "10017");
        }
        send(&by(path, "sourceId", &"ä".repeat(256))).refused(400, "10017");
        for query in [
            "source=a&source=a",
            "language=%ff",
            "source=%01",
            "language=a&language=b",
        ] {
            send(&format!("{}?{query}", by(path, "id", "1"))).refused(400, "10017");
        }
        let several = send(&by(path, "sourceId", "twice"));
        let (code, told) = match path {
            USERS => (70005, "Multiple users with sourceId [twice] found"),
            _ => (20005, "Multiple usergroups with sourceId [twice] found"),
        };
        several.told_as(400, code, &[told]);
    });
    send(&format!("{}?source=b", by(path, "sourceId", "twice"))).expect(200);
    let number = if path == USERS { sample.user } else { sample.group };
    send(&by(path, "id", &number.to_string())).expect(200);
}

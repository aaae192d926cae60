//! Pages and their order.

use super::samples::{create_group, person};
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, Answer, GROUPS};

fn prepare() -> App {
    let app = App::start();
    for (at, (name, scope)) in [("b", 2), ("a", 1), ("C", 2), ("b", 1), ("ä", 3)]
        .into_iter()
        .enumerate()
    {
        create_group(
            app.admin(),
            &json!({"groupCode": format!("g{at}"), "name": name, "scopeId": scope}),
        );
        app.advance(1);
    }
    app
}

fn codes(answer: &Answer) -> Vec<&str> {
    answer
        .at("/items")
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["groupCode"].as_str().unwrap())
        .collect()
}

fn frame(answer: &Answer) -> [Option<i64>; 4] {
    ["startIndex", "pageSize", "pageCount", "totalCount"].map(|name| answer.json()[name].as_i64())
}

#[test]
fn pages_count_items() {
    let app = prepare();
    for (start, size, expected, pages) in [
        ("0", "2", &["g0", "g1"][..], 3),
        ("1", "2", &["g1", "g2"], 3),
        ("4", "2", &["g4"], 3),
        ("5", "2", &[], 3),
        ("1000000", "200", &[], 1),
        ("0", "5", &["g0", "g1", "g2", "g3", "g4"], 1),
        ("0", "1", &["g0"], 5),
    ] {
        let answer = app
            .reader()
            .get(GROUPS)
            .query("startIndex", start)
            .query("pageSize", size)
            .send()
            .expect(200);
        assert_eq!(codes(&answer), expected, "{start} {size}");
        let numbers = [start.parse().ok(), size.parse().ok(), Some(pages), Some(5)];
        assert_eq!(frame(&answer), numbers, "{start} {size}");
    }
    let filtered = app
        .reader()
        .get(GROUPS)
        .query("filter", "name eq b")
        .query("pageSize", "1")
        .send()
        .expect(200);
    assert_eq!(
        (codes(&filtered), frame(&filtered)),
        (vec!["g0"], [Some(0), Some(1), Some(2), Some(2)])
    );
    let none = app
        .reader()
        .get(GROUPS)
        .query("filter", "name eq nobody")
        .send()
        .expect(200);
    assert_eq!(
        (codes(&none), frame(&none)),
        (vec![], [Some(0), Some(100), Some(0), Some(0)])
    );
}

#[test]
fn sizes_out_of_bounds_are_refused() {
    let app = App::start();
    for path in [GROUPS, ACCOUNTS] {
        for size in [
            "0",
            "-1",
            "201",
            "2147483648",
            "99999999999999999999",
            "",
            "x",
            "1.5",
            "+1",
            " 1",
            "0x1",
        ] {
            app.reader()
                .get(path)
                .query("pageSize", size)
                .send()
                .invalid(&["pageSize"]);
        }
        for start in ["-1", "1000001", "2147483648", "", "x", "1e3"] {
            app.reader()
                .get(path)
                .query("startIndex", start)
                .send()
                .invalid(&["startIndex"]);
        }
        let both = app
            .reader()
            .get(path)
            .query("pageSize", "0")
            .query("startIndex", "-1")
            .send();
        let mut told = both.refused(400, "MISSING_OR_INVALID_PARAMETER").parameters();
        told.sort_unstable();
        assert_eq!(told, ["pageSize", "startIndex"]);
    }
}

#[test]
fn every_field_sorts_and_age_breaks_ties() {
    let app = prepare();
    app.advance(60);
    app.editor()
        .put("/platform/adminuser/groups/g1")
        .json(&json!({"name": "a", "scopeId": 1, "description": "x"}))
        .send()
        .expect(200);
    for (sort, expected) in [
        ("", ["g0", "g1", "g2", "g3", "g4"]),
        ("groupCode", ["g0", "g1", "g2", "g3", "g4"]),
        ("groupCode desc", ["g4", "g3", "g2", "g1", "g0"]),
        ("name", ["g2", "g1", "g0", "g3", "g4"]),
        ("name asc", ["g2", "g1", "g0", "g3", "g4"]),
        ("name desc", ["g4", "g0", "g3", "g1", "g2"]),
        ("scopeId,name desc", ["g3", "g1", "g0", "g2", "g4"]),
        ("scopeId desc, createDate desc", ["g4", "g2", "g0", "g3", "g1"]),
        ("createDate desc", ["g4", "g3", "g2", "g1", "g0"]),
        ("updateDate desc", ["g1", "g4", "g3", "g2", "g0"]),
        ("scopeTypeId", ["g0", "g1", "g2", "g3", "g4"]),
    ] {
        let answer = app.reader().get(GROUPS).query("sortBy", sort).send().expect(200);
        assert_eq!(codes(&answer), expected, "{sort}");
    }
    let described = app
        .reader()
        .get(GROUPS)
        .query("sortBy", "description desc")
        .query("pageSize", "1")
        .send()
        .expect(200);
    assert_eq!(
        codes(&described),
        ["g1"],
        "a group without a description comes before one with, so last when turned round"
    );
    let plus = app
        .reader()
        .get(GROUPS)
        .tail("?sortBy=name+desc&pageSize=1")
        .send()
        .expect(200);
    assert_eq!(codes(&plus), ["g4"]);
}

#[test]
fn accounts_sort_by_every_field() {
    let app = App::start();
    for (name, last) in [("bea", "X"), ("Abe", "Y"), ("cy", "X")] {
        let mut body = person(name);
        body["lastName"] = last.into();
        body["isActive"] = (name != "Abe").into();
        body["externalId"] = format!("x{}", name.len()).into();
        if name == "cy" {
            body["externalId"] = Value::Null;
        }
        if name == "bea" {
            body["externalId"] = "x9".into();
        }
        app.admin().post(ACCOUNTS).json(&body).send().expect(200);
        app.advance(1);
    }
    for (sort, expected) in [
        ("", ["bea", "Abe", "cy"]),
        ("emailAddress", ["Abe", "bea", "cy"]),
        ("userName desc", ["cy", "bea", "Abe"]),
        ("firstName", ["Abe", "bea", "cy"]),
        ("lastName,firstName desc", ["cy", "bea", "Abe"]),
        ("isActive", ["Abe", "bea", "cy"]),
        ("externalId desc", ["bea", "Abe", "cy"]),
        ("createdOn desc", ["cy", "Abe", "bea"]),
        ("id", ["bea", "Abe", "cy"]),
    ] {
        let answer = app
            .reader()
            .get(ACCOUNTS)
            .query("sortBy", sort)
            .send()
            .expect(200);
        let names: Vec<&str> = answer
            .at("/items")
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["firstName"].as_str().unwrap())
            .collect();
        assert_eq!(names, expected, "{sort}");
    }
}

#[test]
fn malformed_orders_are_refused() {
    let app = App::start();
    for sort in [
        "colour",
        "name up",
        "name asc desc",
        "name,",
        ",name",
        "name;scopeId",
        "Name",
        "name ASC",
        "users",
        "-name",
    ] {
        app.reader()
            .get(GROUPS)
            .query("sortBy", sort)
            .send()
            .invalid(&["sortBy"]);
    }
    for sort in ["groupCode", "password", "roles", "phoneNumber"] {
        app.reader()
            .get(ACCOUNTS)
            .query("sortBy", sort)
            .send()
            .invalid(&["sortBy"]);
    }
    let long = vec!["name"; 300].join(",");
    app.reader()
        .get(GROUPS)
        .query("sortBy", &long)
        .send()
        .invalid(&["sortBy"]);
}

//! Filters: each operator on each field, what a value may hold, and what no filter is.

use super::samples::{create_group, person};
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, group};

/// Four groups, ten seconds apart, the first at noon; the second was renamed at 12:01.
fn groups() -> App {
    let app = App::start();
    for body in [
        json!({"groupCode": "alpha", "name": "Alpha team", "description": "first", "scopeTypeId": 1, "scopeId": 10}),
        json!({"groupCode": "beta", "name": "b", "description": null, "scopeTypeId": 2, "scopeId": null}),
        json!({"groupCode": "gamma", "name": r"100% \_ salt and pepper", "description": "First", "scopeTypeId": null, "scopeId": -5}),
        json!({"groupCode": "delta", "name": "", "description": "", "scopeTypeId": 1, "scopeId": 20}),
    ] {
        create_group(app.admin(), &body);
        app.advance(10);
    }
    app.advance(20);
    app.admin()
        .put(&group("beta"))
        .json(&json!({"name": "beta", "scopeTypeId": 2}))
        .send()
        .expect(200);
    app
}

#[track_caller]
fn check(app: &App, path: &str, name: &str, filters: &[(&str, &[&str])]) {
    for (filter, expected) in filters {
        let answer = app
            .reader()
            .get(path)
            .query("filter", filter)
            .query("pageSize", "200")
            .send()
            .expect(200);
        let found: Vec<&str> = answer
            .at("/items")
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item[name].as_str().unwrap())
            .collect();
        assert_eq!(&found, expected, "{filter}");
        assert_eq!(answer.at("/totalCount"), &json!(expected.len()), "{filter}");
    }
}

#[test]
fn texts_of_groups() {
    check(
        &groups(),
        GROUPS,
        "groupCode",
        &[
            ("groupCode eq beta", &["beta"]),
            ("groupCode eq Beta", &[]),
            ("groupCode ne beta", &["alpha", "gamma", "delta"]),
            ("groupCode gt beta", &["gamma", "delta"]),
            ("groupCode ge beta", &["beta", "gamma", "delta"]),
            ("groupCode lt beta", &["alpha"]),
            ("groupCode le beta", &["alpha", "beta"]),
            ("groupCode cont lt", &["delta"]),
            ("groupCode cont a", &["alpha", "beta", "gamma", "delta"]),
            ("groupCode sw ga", &["gamma"]),
            ("groupCode sw a", &["alpha"]),
            ("groupCode sw A", &[]),
            ("name eq beta", &["beta"]),
            ("name eq ", &["delta"]),
            ("name ne ", &["alpha", "beta", "gamma"]),
            ("name gt Alpha team", &["beta"]),
            ("name ge Alpha team", &["alpha", "beta"]),
            ("name lt Alpha team", &["gamma", "delta"]),
            ("name le ", &["delta"]),
            ("name cont team", &["alpha"]),
            ("name cont TEAM", &[]),
            ("name sw 100", &["gamma"]),
            ("description eq first", &["alpha"]),
            ("description ne first", &["beta", "gamma", "delta"]),
            ("description gt First", &["alpha"]),
            ("description ge First", &["alpha", "gamma"]),
            ("description lt first", &["gamma", "delta"]),
            ("description le ", &["delta"]),
            ("description cont irst", &["alpha", "gamma"]),
            ("description sw f", &["alpha"]),
        ],
    );
}

#[test]
fn numbers_and_dates_of_groups() {
    check(
        &groups(),
        GROUPS,
        "groupCode",
        &[
            ("scopeTypeId eq 1", &["alpha", "delta"]),
            ("scopeTypeId ne 1", &["beta", "gamma"]),
            ("scopeTypeId gt 1", &["beta"]),
            ("scopeTypeId ge 1", &["alpha", "beta", "delta"]),
            ("scopeTypeId lt 2", &["alpha", "delta"]),
            ("scopeTypeId le 2", &["alpha", "beta", "delta"]),
            ("scopeId eq -5", &["gamma"]),
            ("scopeId ne -5", &["alpha", "beta", "delta"]),
            ("scopeId gt -5", &["alpha", "delta"]),
            ("scopeId ge 9", &["alpha", "delta"]),
            ("scopeId lt 10", &["gamma"]),
            ("scopeId le 10", &["alpha", "gamma"]),
            ("createDate eq 2026-11-22T12:00:10Z", &["beta"]),
            ("createDate ne 2026-11-22T12:00:10Z", &["alpha", "gamma", "delta"]),
            ("createDate gt 2026-11-22T12:00:10z", &["gamma", "delta"]),
            (
                "createDate ge 2026-11-22T12:00:10.000Z",
                &["beta", "gamma", "delta"],
            ),
            ("createDate ge 2026-11-22T12:00:10.000001Z", &["gamma", "delta"]),
            ("createDate lt 2026-11-22T13:00:10+01:00", &["alpha"]),
            ("createDate le 2026-11-22T12:00:10Z", &["alpha", "beta"]),
            ("updateDate eq 2026-11-22T12:01:00Z", &["beta"]),
            ("updateDate ne 2026-11-22T12:01:00Z", &["alpha", "gamma", "delta"]),
            ("updateDate gt 2026-11-22T12:00:30Z", &["beta"]),
            ("updateDate ge 2026-11-22T12:00:30Z", &["beta", "delta"]),
            ("updateDate lt 2026-11-22T12:00:20Z", &["alpha"]),
            ("updateDate le 2026-11-22T12:00:20Z", &["alpha", "gamma"]),
        ],
    );
}

#[test]
fn values_may_hold_anything() {
    check(
        &groups(),
        GROUPS,
        "groupCode",
        &[
            ("", &["alpha", "beta", "gamma", "delta"]),
            (r"name eq 100% \_ salt and pepper", &["gamma"]),
            ("name cont salt and pepper", &["gamma"]),
            ("name cont salt and name", &[]),
            ("name cont %", &["gamma"]),
            ("name cont _", &["gamma"]),
            (r"name cont \", &["gamma"]),
            (r"name sw 100% \_", &["gamma"]),
            ("name sw %", &[]),
            ("name sw _", &[]),
            ("name cont '", &[]),
            ("name cont \"", &[]),
            ("name eq x' or 'a' = 'a", &[]),
            ("scopeTypeId eq 1 and name sw Alpha", &["alpha"]),
            (
                "scopeTypeId eq 1 and name ne Alpha team and scopeId gt 0",
                &["delta"],
            ),
            (
                r"name eq 100% \_ salt and pepper and groupCode eq gamma",
                &["gamma"],
            ),
            (r"name cont salt and groupCode eq beta", &[]),
            ("groupCode ge a and groupCode ge b and groupCode lt d", &["beta"]),
        ],
    );
}

#[test]
fn fields_of_accounts() {
    let app = App::start();
    let mut ids = Vec::new();
    for (at, (name, external)) in [("Ada", Some("hr-1")), ("bob", None), ("Öz", Some("HR-2"))]
        .into_iter()
        .enumerate()
    {
        let mut body = person(name);
        body["userName"] = format!("{name}-user").into();
        body["emailAddress"] = format!("{name}@Example.com").into();
        body["lastName"] = ["X", "Y", "X"][at].into();
        body["externalId"] = external.map_or(Value::Null, Value::from);
        body["isActive"] = (at != 1).into();
        ids.push(
            app.admin()
                .post(ACCOUNTS)
                .json(&body)
                .send()
                .expect(200)
                .text("/id")
                .to_owned(),
        );
        app.advance(10);
    }
    check(
        &app,
        ACCOUNTS,
        "firstName",
        &[
            (&format!("id eq {}", ids[1]), &["bob"]),
            (&format!("id ne {}", ids[1]), &["Ada", "Öz"]),
            (&format!("id eq {}", ids[1].to_uppercase()), &["bob"]),
            ("emailAddress eq ADA@example.com", &["Ada"]),
            ("emailAddress ne ada@EXAMPLE.com", &["bob", "Öz"]),
            ("emailAddress cont EXAMPLE", &["Ada", "bob", "Öz"]),
            ("emailAddress sw BO", &["bob"]),
            ("emailAddress gt ada@example.com", &["bob", "Öz"]),
            ("userName eq öz-USER", &["Öz"]),
            ("userName sw B", &["bob"]),
            ("userName lt b", &["Ada"]),
            ("firstName eq Ada", &["Ada"]),
            ("firstName eq ada", &[]),
            ("firstName cont b", &["bob"]),
            ("lastName eq X", &["Ada", "Öz"]),
            ("lastName ne X", &["bob"]),
            ("externalId eq hr-1", &["Ada"]),
            ("externalId ne hr-1", &["bob", "Öz"]),
            ("externalId sw HR", &["Öz"]),
            ("isActive eq true", &["Ada", "Öz"]),
            ("isActive eq false", &["bob"]),
            ("isActive ne true", &["bob"]),
            ("createdOn gt 2026-11-22T12:00:00Z", &["bob", "Öz"]),
            ("createdOn eq 2026-11-22T12:00:20Z", &["Öz"]),
            (
                "isActive eq true and lastName sw X and createdOn le 2026-11-22T12:00:00Z",
                &["Ada"],
            ),
        ],
    );
    let both = app
        .reader()
        .get(ACCOUNTS)
        .query("emailAddress", "ada@example.com")
        .query("filter", "firstName eq bob");
    assert_eq!(both.send().expect(200).at("/totalCount"), 0);
}

#[test]
fn what_no_filter_is() {
    let app = App::start();
    for filter in [
        "name",
        "name eq",
        "eq name x",
        "name like x",
        "name EQ x",
        "Name eq x",
        "colour eq red",
        "users eq x",
        "scopeId eq x",
        "scopeId eq 1.5",
        "scopeId eq ",
        "scopeId cont 1",
        "scopeId sw 1",
        "scopeId eq 9223372036854775808",
        "createDate gt yesterday",
        "createDate gt 2026-11-22",
        "createDate gt 2026-13-01T00:00:00Z",
        "createDate sw 2026",
        "name eq x or name eq y and colour",
        "name  eq x",
    ] {
        let answer = app.reader().get(GROUPS).query("filter", filter).send();
        if filter.starts_with("name eq x or") {
            assert_eq!(answer.expect(200).at("/totalCount"), 0, "it is all one value");
        } else {
            answer.invalid(&["filter"]);
        }
    }
    for filter in [
        "isActive eq yes",
        "isActive gt true",
        "isActive sw t",
        "id eq x",
        "id sw 0",
        "id gt 01a203ab-07b4-7b1e-8c55-41d7e0a96f02",
        "password eq x",
        "name eq x",
        "createdOn eq x",
    ] {
        app.reader()
            .get(ACCOUNTS)
            .query("filter", filter)
            .send()
            .invalid(&["filter"]);
    }
    app.reader()
        .get(GROUPS)
        .query("filter", &format!("name eq {}", "a".repeat(4096)))
        .send()
        .invalid(&["filter"]);
    app.reader()
        .get(GROUPS)
        .query("filter", "name eq a\u{0}")
        .send()
        .invalid(&["filter"]);
    let long = vec!["scopeId gt 0"; 200].join(" and ");
    app.reader().get(GROUPS).query("filter", &long).send().expect(200);
}

//! Cases of groups themselves.

use super::changes;
use super::refusals::{
    absent, bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, admin, bound, create_group, create_user, editor, reader};
use crate::Case;
use crate::database::unchanged;
use model::Access;
use serde_json::{Value, json};
use testkit::App;
use testkit::taleolearn::{Client, GROUPS, group};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listGroups", status: 200, name: "pages show groups, the oldest first", run: list },
    Case { operation: "listGroups", status: 400, name: "parameters", run: list_invalid },
    Case { operation: "listGroups", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listGroups") },
    Case { operation: "listGroups", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "listGroups") },
    Case { operation: "listGroups", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "listGroups") },
    Case { operation: "listGroups", status: 500, name: "fault", run: |app| fault(app, "listGroups", "directory_group") },

    Case { operation: "createGroup", status: 201, name: "all members", run: create },
    Case { operation: "createGroup", status: 201, name: "only a name", run: create_named },
    Case { operation: "createGroup", status: 400, name: "members", run: create_invalid },
    Case { operation: "createGroup", status: 422, name: "what only the directory can judge", run: create_unfit },
    Case { operation: "createGroup", status: 409, name: "the code is taken", run: create_twice },
    Case { operation: "createGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "createGroup") },
    Case { operation: "createGroup", status: 403, name: "a reader", run: |app| forbidden(app, "createGroup") },
    Case { operation: "createGroup", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "createGroup") },
    Case { operation: "createGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "createGroup") },
    Case { operation: "createGroup", status: 400, name: "bodies", run: |app| bad_body(app, "createGroup") },
    Case { operation: "createGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createGroup") },
    Case { operation: "createGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "createGroup") },
    Case { operation: "createGroup", status: 500, name: "fault", run: |app| fault(app, "createGroup", "directory_group") },

    Case { operation: "getGroup", status: 200, name: "the group as it was created", run: get },
    Case { operation: "getGroup", status: 304, name: "still the same", run: get_again },
    Case { operation: "getGroup", status: 400, name: "parameters", run: |app| bad_numbers(app, "getGroup") },
    Case { operation: "getGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getGroup") },
    Case { operation: "getGroup", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "getGroup") },
    Case { operation: "getGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "getGroup") },
    Case { operation: "getGroup", status: 500, name: "fault", run: |app| fault(app, "getGroup", "directory_group") },

    Case { operation: "replaceGroup", status: 200, name: "what is left out falls back, but not the code and the owners", run: changes::replace },
    Case { operation: "replaceGroup", status: 200, name: "what was read is put back", run: changes::put_back_what_was_read },
    Case { operation: "replaceGroup", status: 400, name: "members", run: changes::replace_invalid },
    Case { operation: "replaceGroup", status: 409, name: "the code is taken", run: |app| changes::code_taken(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 412, name: "another version", run: |app| stale(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 422, name: "what only the directory can judge", run: |app| changes::unfit(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 403, name: "a reader", run: |app| forbidden(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 400, name: "bodies", run: |app| bad_body(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "replaceGroup") },
    Case { operation: "replaceGroup", status: 500, name: "fault", run: |app| fault(app, "replaceGroup", "directory_group") },

    Case { operation: "updateGroup", status: 200, name: "what is left out stays, null takes away", run: changes::update },
    Case { operation: "updateGroup", status: 400, name: "members", run: changes::update_invalid },
    Case { operation: "updateGroup", status: 409, name: "the code is taken", run: |app| changes::code_taken(app, "updateGroup") },
    Case { operation: "updateGroup", status: 412, name: "another version", run: |app| stale(app, "updateGroup") },
    Case { operation: "updateGroup", status: 422, name: "what only the directory can judge", run: |app| changes::unfit(app, "updateGroup") },
    Case { operation: "updateGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateGroup") },
    Case { operation: "updateGroup", status: 403, name: "a reader", run: |app| forbidden(app, "updateGroup") },
    Case { operation: "updateGroup", status: 404, name: "another learnCenter, nothing there", run: |app| absent(app, "updateGroup") },
    Case { operation: "updateGroup", status: 406, name: "no JSON wanted", run: |app| not_acceptable(app, "updateGroup") },
    Case { operation: "updateGroup", status: 400, name: "bodies", run: |app| bad_body(app, "updateGroup") },
    Case { operation: "updateGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateGroup") },
    Case { operation: "updateGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "updateGroup") },
    Case { operation: "updateGroup", status: 500, name: "fault", run: |app| fault(app, "updateGroup", "directory_group") },
];

/// When the clock of the tests stands, as groups show it.
pub const NOW: &str = "2026-11-22T12:00:00";

fn list(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let answer = client.get(GROUPS).send().expect(200);
    assert_eq!(answer.numbers("id"), [sample.parent, sample.group]);
    for (at, number) in [sample.parent, sample.group].into_iter().enumerate() {
        let alone = client.get(&group(number)).send().expect(200);
        assert_eq!(answer.at(&format!("/items/{at}")), alone.json());
    }
    assert_eq!(
        (answer.at("/limit"), answer.at("/count"), answer.at("/hasMore")),
        (&json!(100), &json!(2), &json!(false))
    );
    assert_eq!(answer.json().get("totalResults"), None);
    assert_eq!(answer.reply.header("etag"), None);
}

fn list_invalid(app: &App) {
    bad_numbers(app, "listGroups");
    let list = || reader(app).get(GROUPS);
    for (name, value) in [
        ("limit", "0"),
        ("limit", "501"),
        ("limit", "x"),
        ("limit", "1.5"),
        ("limit", ""),
        ("limit", "99999999999999999999"),
        ("offset", "-1"),
        ("offset", "1000001"),
        ("totalResults", "yes"),
        ("totalResults", "1"),
    ] {
        list().query(name, value).send().invalid(&[name]);
    }
    let all = list()
        .query("limit", "0")
        .query("offset", "x")
        .query("totalResults", "");
    all.send().invalid(&["limit", "offset", "totalResults"]);
}

/// Numbers in the path that are none, or none of a thing.
pub fn bad_numbers(app: &App, operation: &str) {
    let sample = Sample::prepare(app);
    let request = sample.request(&admin(app), operation);
    let target = request.target().to_owned();
    let numbers: Vec<&str> = target
        .split('/')
        .filter(|part| part.parse::<i64>().is_ok())
        .collect();
    assert!(!numbers.is_empty());
    unchanged(app, || {
        for wrong in [
            "0",
            "-1",
            "+1",
            "1.0",
            "1e3",
            "x",
            "%31x",
            "9007199254740992",
            "9223372036854775808",
            "99999999999999999999999999",
            "%",
            "%FF",
        ] {
            let bad = format!("/{wrong}");
            let spoilt = request
                .clone()
                .at(&target.replace(&format!("/{}", numbers[0]), &bad));
            let told = spoilt.send();
            told.refused(400, "BAD_REQUEST");
            assert!(!told.places().is_empty(), "{}", told.told());
        }
    });
}

fn create(app: &App) {
    let (ann, bob) = (create_user(app, "ann"), create_user(app, "bob"));
    let parent = create_group(&editor(app), &json!({"name": "All"}));
    let body = json!({
        "name": "ck test\tgroup ☂", "parentGroupId": parent, "statusFlag": "inactive", "code": "a/b ☂",
        "activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-06-06T01:02:03.5+01:00",
        "onlyAllowOwnersToEditGroup": false, "selfServiceOptions": "requiresApproval", "owners": [bob, ann, bob],
    });
    let answer = editor(app).post(GROUPS, &body).send().expect(201);
    let number = answer.at("/id").as_i64().unwrap();
    let here = format!("{}{}", app.url(), group(number));
    let link = |tail: &str| json!([{"rel": "canonical", "href": format!("{here}{tail}")}]);
    let owner = |user: i64| json!({"id": user, "links": link(&format!("/owners/{user}"))});
    let expected = json!({
        "id": number, "name": "ck test\tgroup ☂", "parentGroupId": parent, "statusFlag": "inactive",
        "code": "a/b ☂", "activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-06-06T00:02:03.500",
        "createdDate": NOW, "lastUpdatedDate": NOW, "onlyAllowOwnersToEditGroup": false,
        "selfServiceOptions": "requiresApproval",
        "owners": {"items": [owner(ann), owner(bob)], "links": link("/owners")}, "links": link(""),
    });
    assert_eq!(answer.json(), &expected);
    assert_eq!(answer.header("location"), here);
    assert!(answer.etag().starts_with("\"1-"), "{}", answer.told());
    let got = reader(app).get(&group(number)).send().expect(200);
    assert_eq!((got.json(), got.etag()), (&expected, answer.etag()));
}

fn create_named(app: &App) {
    let nulls = json!({
        "name": "New", "parentGroupId": null, "code": null, "activeFromDate": null, "activeUntilDate": null,
        "owners": null, "createdDate": null, "links": 7, "colour": {"x": [1]},
    });
    for body in [json!({"name": "New"}), nulls] {
        let answer = editor(app).post(GROUPS, &body).send().expect(201);
        let code = answer.text("/code");
        assert_eq!(
            (code.len(), code.matches('-').count()),
            (36, 4),
            "its own UUID: {code}"
        );
        for (pointer, value) in [
            ("/name", json!("New")),
            ("/parentGroupId", Value::Null),
            ("/statusFlag", json!("active")),
            ("/activeFromDate", Value::Null),
            ("/activeUntilDate", Value::Null),
            ("/onlyAllowOwnersToEditGroup", json!(true)),
            ("/selfServiceOptions", json!("open")),
            ("/owners/items", json!([])),
        ] {
            assert_eq!(answer.at(pointer), &value, "{pointer}");
        }
        for absent in [
            "createdBy",
            "createdByUserId",
            "lastUpdatedBy",
            "lastUpdatedByUserId",
        ] {
            assert_eq!(answer.json().get(absent), None, "the credential has no user");
        }
        assert_eq!(answer.etag(), "\"1\"");
    }
}

/// Members that no group may have, whatever the verb.
fn wrong_members() -> Vec<(Value, &'static str)> {
    let long = "ä".repeat(256);
    vec![
        (json!({"name": 7}), "/name"),
        (json!({"name": null}), "/name"),
        (json!({"name": "a\u{0}b"}), "/name"),
        (json!({"name": "a\u{b}b"}), "/name"),
        (json!({"name": "a\u{ffff}b"}), "/name"),
        (json!({"name": long}), "/name"),
        (json!({"parentGroupId": "1"}), "/parentGroupId"),
        (json!({"parentGroupId": 0}), "/parentGroupId"),
        (json!({"parentGroupId": 1.5}), "/parentGroupId"),
        (
            json!({"parentGroupId": 9_007_199_254_740_992_i64}),
            "/parentGroupId",
        ),
        (
            json!({"parentGroupId": 18_446_744_073_709_551_615_u64}),
            "/parentGroupId",
        ),
        (json!({"parentGroupId": true}), "/parentGroupId"),
        (json!({"statusFlag": "sleeping"}), "/statusFlag"),
        (json!({"statusFlag": null}), "/statusFlag"),
        (json!({"statusFlag": true}), "/statusFlag"),
        (json!({"code": ""}), "/code"),
        (json!({"code": "."}), "/code"),
        (json!({"code": ".."}), "/code"),
        (json!({"code": "a\tb"}), "/code"),
        (json!({"code": long}), "/code"),
        (json!({"code": 7}), "/code"),
        (
            json!({"onlyAllowOwnersToEditGroup": "true"}),
            "/onlyAllowOwnersToEditGroup",
        ),
        (
            json!({"onlyAllowOwnersToEditGroup": null}),
            "/onlyAllowOwnersToEditGroup",
        ),
        (
            json!({"selfServiceOptions": "requiresApprovals"}),
            "/selfServiceOptions",
        ),
        (json!({"selfServiceOptions": 1}), "/selfServiceOptions"),
        (json!({"owners": 5}), "/owners"),
        (json!({"owners": ["5"]}), "/owners/0"),
        (json!({"owners": [1, 0]}), "/owners/1"),
        (json!({"owners": [1, null]}), "/owners/1"),
        (json!({"owners": vec![1; 1001]}), "/owners"),
    ]
}

/// The members over an object that is good.
pub fn over(members: &Value) -> Value {
    let mut body = json!({"name": "N"});
    body.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    body
}

#[track_caller]
pub fn refuses(app: &App, send: impl Fn(&Client, &Value) -> testkit::taleolearn::Answer) {
    let client = editor(app);
    for (members, place) in wrong_members() {
        send(&client, &over(&members)).invalid(&[place]);
    }
    let several = json!({"name": 7, "code": "", "owners": [0], "statusFlag": 1});
    send(&client, &several).invalid(&["/code", "/name", "/owners/0", "/statusFlag"]);
}

fn create_invalid(app: &App) {
    editor(app).token();
    unchanged(app, || {
        refuses(app, |client, body| client.post(GROUPS, body).send());
        let post = |body: Value| editor(app).post(GROUPS, &body).send();
        post(json!({})).invalid(&["/name"]);
        post(json!({"name": ""})).invalid(&["/name"]);
        post(json!({"name": "ä".repeat(51)})).invalid(&["/name"]);
        post(json!({"name": "N", "createdDate": 7})).invalid(&["/createdDate"]);
    });
    let fits = json!({"name": "ä".repeat(50), "code": "ä".repeat(255)});
    editor(app).post(GROUPS, &fits).send().expect(201);
}

fn create_unfit(app: &App) {
    let ann = create_user(app, "ann");
    let nobody = 9_007_199_254_740_991_i64;
    editor(app).token();
    unchanged(app, || {
        for (members, place) in [
            (json!({"parentGroupId": nobody}), "/parentGroupId"),
            (json!({"owners": [ann, nobody]}), "/owners/1"),
            (
                json!({"activeFromDate": "2017-05-06T00:00:00", "activeUntilDate": "2017-05-05T23:59:59.999999"}),
                "/activeUntilDate",
            ),
        ] {
            let told = editor(app).post(GROUPS, &over(&members)).send();
            told.unprocessable(&[place]);
        }
    });
    let same =
        json!({"activeFromDate": "2017-05-06T00:00:00Z", "activeUntilDate": "2017-05-06T01:00:00+01:00"});
    editor(app).post(GROUPS, &over(&same)).send().expect(201);
}

fn create_twice(app: &App) {
    Sample::prepare(app);
    unchanged(app, || {
        let told = editor(app)
            .post(GROUPS, &json!({"name": "Other", "code": "staff"}))
            .send();
        told.refused(409, "CONFLICT");
        assert_eq!(told.text("/detail"), "a group with this `code` already exists");
    });
    create_group(&editor(app), &json!({"name": "Staff", "code": "Staff"}));
}

fn get(app: &App) {
    let sample = Sample::prepare(app);
    let owner = bound(app, "owner", Access::Editor, sample.owner);
    let made = owner.post(GROUPS, &json!({"name": "Mine", "owners": [sample.owner]}));
    let made = made.send().expect(201);
    let path = group(made.at("/id").as_i64().unwrap());
    let got = reader(app).get(&path).send().expect(200);
    assert_eq!(got.json(), made.json());
    let user = json!({"links": [
        {"rel": "canonical", "href": format!("{}/learn.rest/v1/users/{}", app.url(), sample.owner)},
    ]});
    for (holder, number) in [
        ("/createdBy", "/createdByUserId"),
        ("/lastUpdatedBy", "/lastUpdatedByUserId"),
    ] {
        assert_eq!((got.at(holder), got.at(number)), (&user, &json!(sample.owner)));
    }
    assert!(
        got.etag().starts_with("\"1-"),
        "the tag covers who did it: {}",
        got.told()
    );
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let get = || reader(app).get(&group(sample.group));
    let first = get().send().expect(200);
    let etag = first.etag();
    for tags in [
        etag.clone(),
        format!("\"0\", {etag}"),
        format!("W/{etag}"),
        "*".to_owned(),
    ] {
        let again = get().header("If-None-Match", &tags).send().expect(304);
        assert_eq!((again.etag(), again.reply.body.len()), (etag.clone(), 0));
        assert!(
            again.reply.header(testkit::taleolearn::TOKEN).is_some(),
            "a token comes with it"
        );
    }
    get().header("If-None-Match", "\"0\"").send().expect(200);
    get().header("If-None-Match", "nonsense").send().expect(200);
    editor(app)
        .patch(&group(sample.group), &json!({"name": "Crew"}))
        .send()
        .expect(200);
    get().header("If-None-Match", &etag).send().expect(200);
}

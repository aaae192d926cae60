//! `responseFields`: which members an answer holds.

use super::accounts::full;
use super::samples::create_group;
use serde_json::{Value, json};
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, group};

/// A group with a user who has a value everywhere.
fn prepare() -> App {
    let app = App::start();
    create_group(
        app.admin(),
        &json!({"groupCode": "g", "name": "G", "users": [full()]}),
    );
    app
}

/// The names of all members, nested ones in brackets; of lists the first item counts.
fn shape(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let words: Vec<String> = members
                .iter()
                .map(|(name, value)| match shape(value) {
                    below if below.is_empty() => name.clone(),
                    below => format!("{name}({below})"),
                })
                .collect();
            words.join(",")
        }
        Value::Array(items) => items.first().map(shape).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The members of an answer in the order of the alphabet, as `serde_json` keeps them.
#[track_caller]
fn check(app: &App, path: &str, cases: &[(&str, &str)]) {
    for (selection, expected) in cases {
        let answer = app
            .reader()
            .get(path)
            .query("responseFields", selection)
            .send()
            .expect(200);
        assert_eq!(&shape(answer.json()), expected, "{selection}");
    }
}

#[test]
fn of_a_group() {
    let app = prepare();
    let all = shape(app.reader().get(&group("g")).send().expect(200).json());
    let without_users =
        "auditInfo(createBy,createDate,updateBy,updateDate),description,groupCode,name,scopeId,scopeTypeId";
    check(
        &app,
        &group("g"),
        &[
            ("", &all),
            ("  ", &all),
            ("groupCode", "groupCode"),
            ("name,groupCode", "groupCode,name"),
            (" name , groupCode ", "groupCode,name"),
            ("name,name", "name"),
            ("auditInfo", "auditInfo(createBy,createDate,updateBy,updateDate)"),
            ("auditInfo(createBy)", "auditInfo(createBy)"),
            ("users(id,emailAddress)", "users(emailAddress,id)"),
            (
                "groupCode,users(id,roles(roleId,assignedInScope(name)))",
                "groupCode,users(id,roles(assignedInScope(name),roleId))",
            ),
            ("users(id),users(userName)", "users(id,userName)"),
            ("-users", without_users),
            (
                "-users,-auditInfo",
                "description,groupCode,name,scopeId,scopeTypeId",
            ),
            ("name,users,-users", "name"),
            ("name,groupCode,-name", "groupCode"),
            ("users(id,userName,-id)", "users(userName)"),
            (
                "users(-systemData),groupCode",
                "groupCode,users(emailAddress,externalId,firstName,id,identityProviderId,isActive,lastName,localeCode,optInToEmail,optInToTextMessage,phoneNumber,roles(assignedInScope(id,name,type),auditInfo(createBy,createDate,updateBy,updateDate),roleId,roleName,roleResources(id,type),roleTags,userId),userName)",
            ),
            (
                "-name,-groupCode,-description,-scopeId,-scopeTypeId,-users,-auditInfo",
                "",
            ),
        ],
    );
}

#[test]
fn of_a_page_of_groups() {
    let app = prepare();
    let all = shape(app.reader().get(GROUPS).send().expect(200).json());
    check(
        &app,
        GROUPS,
        &[
            ("", &all),
            ("items(groupCode,name)", "items(groupCode,name)"),
            ("totalCount,items(groupCode)", "items(groupCode),totalCount"),
            ("totalCount", "totalCount"),
            ("items(users(id))", "items(users(id))"),
            (
                "items(-users,-auditInfo)",
                "items(description,groupCode,name,scopeId,scopeTypeId)",
            ),
            ("-items", "pageCount,pageSize,startIndex,totalCount"),
        ],
    );
}

#[test]
fn of_accounts() {
    let app = prepare();
    let id = app
        .reader()
        .get(ACCOUNTS)
        .send()
        .expect(200)
        .text("/items/0/id")
        .to_owned();
    let path = testkit::kibo::account(&id);
    check(
        &app,
        &path,
        &[
            ("id", "id"),
            ("externalId,roles(roleName)", "externalId,roles(roleName)"),
            ("systemData(createdOn,isLocked)", "systemData(createdOn,isLocked)"),
            (
                "-systemData,-roles,-externalId",
                "emailAddress,firstName,id,identityProviderId,isActive,lastName,localeCode,optInToEmail,optInToTextMessage,phoneNumber,userName",
            ),
        ],
    );
    check(
        &app,
        ACCOUNTS,
        &[
            ("items(id)", "items(id)"),
            (
                "pageCount,items(-systemData,-roles)",
                "items(emailAddress,externalId,firstName,id,identityProviderId,isActive,lastName,localeCode,optInToEmail,optInToTextMessage,phoneNumber,userName),pageCount",
            ),
        ],
    );
}

/// What is selected is the same as in the whole answer; a page of it has the same groups.
#[test]
fn values_stay_the_same() {
    let app = prepare();
    let whole = app.reader().get(&group("g")).send().expect(200);
    let part = app
        .reader()
        .get(&group("g"))
        .query("responseFields", "name,users(externalId,roles(roleId))")
        .send()
        .expect(200);
    let user = &whole.json()["users"][0];
    let roles: Vec<Value> = user["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| json!({"roleId": role["roleId"]}))
        .collect();
    assert_eq!(
        part.json(),
        &json!({"name": "G", "users": [{"externalId": user["externalId"], "roles": roles}]})
    );
}

#[test]
fn a_selection_trims_the_answer_of_a_write_only() {
    let app = App::start();
    let created = app
        .admin()
        .post(GROUPS)
        .query("responseFields", "groupCode")
        .json(&json!({"groupCode": "g", "name": "G", "users": [{}]}));
    assert_eq!(created.send().expect(200).json(), &json!({"groupCode": "g"}));
    let got = app.reader().get(&group("g")).send().expect(200);
    assert_eq!(
        (got.text("/name"), got.at("/users").as_array().unwrap().len()),
        ("G", 1)
    );
    let put = app
        .admin()
        .put(&group("g"))
        .query("responseFields", "-users")
        .json(&json!({"name": "H", "users": []}));
    assert_eq!(put.send().expect(200).json().get("users"), None);
    let got = app.reader().get(&group("g")).send().expect(200);
    assert_eq!((got.text("/name"), got.at("/users")), ("H", &json!([])));
    let made = app
        .admin()
        .post(ACCOUNTS)
        .query("responseFields", "userName,roles")
        .json(&super::samples::person("ada"));
    assert_eq!(
        made.send().expect(200).json(),
        &json!({"userName": "ada@example.com", "roles": []})
    );
}

/// The tag stands for the object: a selection changes it only by leaving the users out, and every form of it is
/// good for both conditions.
#[test]
fn the_tag_depends_on_the_users_only() {
    let app = prepare();
    let whole = app.reader().get(&group("g")).send().expect(200).etag();
    let (version, _) = whole.split_once('-').unwrap();
    let short = format!("{version}\"");
    for (selection, etag) in [
        ("users", &whole),
        ("users(id)", &whole),
        ("users(roles(roleId))", &whole),
        ("-groupCode", &whole),
        ("groupCode", &short),
        ("-users", &short),
    ] {
        let get = app.reader().get(&group("g")).query("responseFields", selection);
        assert_eq!(&get.send().expect(200).etag(), etag, "{selection}");
        get.header("If-None-Match", etag).send().expect(304);
        let put = app
            .editor()
            .put(&group("g"))
            .query("responseFields", selection)
            .header("If-Match", etag);
        let put = put
            .json(&json!({"groupCode": "g", "name": "G"}))
            .send()
            .expect(200);
        assert_eq!(&put.etag(), etag, "nothing changed: {selection}");
    }
    let id = app
        .reader()
        .get(&group("g"))
        .send()
        .expect(200)
        .text("/users/0/id")
        .to_owned();
    app.editor()
        .put(&testkit::kibo::account(&id))
        .json(&json!({}))
        .send()
        .expect(200);
    let get = app.reader().get(&group("g"));
    get.clone().header("If-None-Match", &whole).send().expect(200);
    get.query("responseFields", "-users")
        .header("If-None-Match", &short)
        .send()
        .expect(304);
}

#[test]
fn what_means_nothing_is_passed_over() {
    let app = prepare();
    check(
        &app,
        &group("g"),
        &[
            ("nothing", ""),
            ("Name", ""),
            ("name,", "name"),
            (",name,,groupCode", "groupCode,name"),
            ("name groupCode", "groupCode,name"),
            ("users(id", "users(id)"),
            ("users(id)),name", "name,users(id)"),
            ("users(name),name", "name,users"),
            ("name(x)", "name"),
            ("items(groupCode),name", "name"),
            ("users.id,users/id,*,name", "name"),
        ],
    );
    let put = app.admin().put(&group("g")).query("responseFields", "nothing");
    let answer = put.json(&json!({"name": "new"})).send().expect(200);
    assert_eq!(answer.json(), &json!({}));
    let pages = app.reader().get(GROUPS).query("responseFields", "groupCode");
    assert_eq!(pages.send().expect(200).json(), &json!({}));
    let long = vec!["name"; 1000].join(",");
    app.reader()
        .get(&group("g"))
        .query("responseFields", &long)
        .send()
        .invalid(&["responseFields"]);
}

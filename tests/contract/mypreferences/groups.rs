//! Cases of groups: their names, a new name, those who share one.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, other_account, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, admin, create, editor, groups, person, profile, reader, replace};
use crate::Case;
use crate::database::{self, events, unchanged};
use serde_json::{Value, json};
use testkit::App;
use testkit::mypreferences::{Client, Request};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "listGroupNames", status: 200, name: "of all types and of one", run: names },
    Case { operation: "listGroupNames", status: 400, name: "parameters", run: names_invalid },
    Case { operation: "listGroupNames", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listGroupNames") },
    Case { operation: "listGroupNames", status: 403, name: "more than 100000", run: names_too_many },
    Case { operation: "listGroupNames", status: 404, name: "no such type", run: names_absent },
    Case { operation: "listGroupNames", status: 404, name: "another account", run: |app| other_account(app, "listGroupNames") },
    Case { operation: "listGroupNames", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "listGroupNames") },
    Case { operation: "listGroupNames", status: 503, name: "fault", run: |app| fault(app, "listGroupNames", "directory_group") },

    Case { operation: "renameGroup", status: 200, name: "on every profile", run: rename },
    Case { operation: "renameGroup", status: 200, name: "into another group", run: merge },
    Case { operation: "renameGroup", status: 400, name: "members", run: rename_invalid },
    Case { operation: "renameGroup", status: 400, name: "the new name exists", run: rename_taken },
    Case { operation: "renameGroup", status: 400, name: "bodies", run: |app| bad_body(app, "renameGroup") },
    Case { operation: "renameGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "renameGroup") },
    Case { operation: "renameGroup", status: 403, name: "a reader", run: |app| forbidden(app, "renameGroup") },
    Case { operation: "renameGroup", status: 404, name: "no such type or group", run: rename_absent },
    Case { operation: "renameGroup", status: 404, name: "another account", run: |app| other_account(app, "renameGroup") },
    Case { operation: "renameGroup", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "renameGroup") },
    Case { operation: "renameGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "renameGroup") },
    Case { operation: "renameGroup", status: 415, name: "no JSON sent", run: |app| unsupported(app, "renameGroup") },
    Case { operation: "renameGroup", status: 503, name: "fault", run: |app| fault(app, "renameGroup", "directory_group") },

    Case { operation: "listGroupProfiles", status: 200, name: "by address, number and profile", run: sharing },
    Case { operation: "listGroupProfiles", status: 400, name: "parameters", run: sharing_invalid },
    Case { operation: "listGroupProfiles", status: 401, name: "no valid credential", run: |app| unauthorized(app, "listGroupProfiles") },
    Case { operation: "listGroupProfiles", status: 403, name: "more than 50", run: sharing_too_many },
    Case { operation: "listGroupProfiles", status: 404, name: "nobody, no such type", run: sharing_absent },
    Case { operation: "listGroupProfiles", status: 404, name: "another account", run: |app| other_account(app, "listGroupProfiles") },
    Case { operation: "listGroupProfiles", status: 406, name: "XML wanted", run: |app| not_acceptable(app, "listGroupProfiles") },
    Case { operation: "listGroupProfiles", status: 503, name: "fault", run: |app| fault(app, "listGroupProfiles", "membership") },
];

fn names(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    for name in ["adams", "Zoë", "Jones"] {
        create(&client, &person("x", &[("Household", name)]));
    }
    Sample::prepare_as(&Client::of(app, "stranger"));
    let household =
        |names: &[&str]| json!({"TypeId": sample.household, "TypeName": "Household", "GroupNames": names});
    let team = json!({"TypeId": sample.team, "TypeName": "Team", "GroupNames": []});
    let all = json!({"GroupTypeNames": [household(&["adams", "Jones", "Smith", "Zoë"]), team]});
    let client = reader(app);
    for path in [
        "GroupNames",
        "groupnames/",
        "GroupTypeNames",
        "GroupNames?id=0&x=y",
    ] {
        assert_eq!(client.get(path).send().expect(200).json(), &all, "{path}");
    }
    let one = client
        .get("GroupNames")
        .query("Id", &sample.team.to_string())
        .send()
        .expect(200);
    assert_eq!(one.json(), &json!({"GroupTypeNames": [team]}));
    // A group leaves the names with its last profile.
    for number in [sample.jo, sample.kim] {
        let none = replace("/Groups", &json!([]));
        admin(app)
            .patch(&format!("Profile/{number}"), &none)
            .send()
            .expect(200);
    }
    let left = client.get("GroupNames").send().expect(200);
    assert_eq!(
        left.at("/GroupTypeNames/0"),
        &household(&["adams", "Jones", "Zoë"])
    );
}

fn names_invalid(app: &App) {
    let client = reader(app);
    for number in ["x", "-1", "1.5", "2147483648"] {
        client
            .get("GroupNames")
            .query("Id", number)
            .send()
            .invalid(&["Id"]);
    }
    client.get("GroupNames?Id=1&ID=2").send().invalid(&["Id"]);
}

/// So many groups are written behind the server's back.
fn names_too_many(app: &App) {
    let sample = Sample::prepare(app);
    let columns = "tenant, status, group_type, inherit_product_list, inherit_order_list, budget, budget_inherit, \
                   order_list_allow_all, only_owners_edit, self_service, version, member_count, created_at, updated_at, \
                   created_by, updated_by";
    let fill = |from: u32, to: u32| {
        let sql = format!(
            "WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to})
             INSERT INTO directory_group (id, code, name, name_folded, {columns})
             SELECT randomblob(16), 'bulk ' || i, 'bulk ' || i, 'bulk ' || i, {columns}
             FROM n, (SELECT * FROM directory_group WHERE member_count > 0 LIMIT 1)"
        );
        database::open(app).execute_batch(&sql).unwrap();
    };
    let client = reader(app);
    fill(1, 99_999);
    let last = client.get("GroupNames").send().expect(200);
    assert_eq!(
        last.at("/GroupTypeNames/0/GroupNames").as_array().map(Vec::len),
        Some(100_000)
    );
    fill(100_000, 100_000);
    let message = "There are more than 100000 group names; ask for those of one type with Id.";
    client.get("GroupNames").send().refused(403, message);
    client
        .get("GroupNames")
        .query("Id", &sample.team.to_string())
        .send()
        .expect(200);
}

fn names_absent(app: &App) {
    Sample::prepare(app);
    let theirs = Sample::prepare_as(&Client::of(app, "stranger"));
    let client = reader(app);
    for number in [theirs.team, 2_147_483_647] {
        let answer = client.get("GroupNames").query("Id", &number.to_string()).send();
        answer.refused(404, &format!("Group type `{number}` not found."));
    }
}

fn renaming(client: &Client, of: &str, body: &Value) -> Request {
    client.post(&format!("GroupTypes/{of}/RenameGroup"), body)
}

fn to(old: &str, new: &str) -> Value {
    json!({"OldGroupName": old, "NewGroupName": new})
}

fn rename(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let before = events(app);
    let answer = renaming(&client, "Household", &to("SMITH", "Jones"))
        .send()
        .expect(200);
    assert_eq!(
        answer.json(),
        &json!({"GroupType": "Household", "GroupName": "Jones"})
    );
    assert_eq!(events(app), before + 1);
    for number in [sample.jo, sample.kim] {
        assert_eq!(groups(&profile(&client, number)), ["Household/Jones"]);
    }
    unchanged(app, || {
        let same = renaming(&client, "HOUSEHOLD", &to("jones", "Jones"))
            .send()
            .expect(200);
        assert_eq!(
            same.json(),
            &json!({"GroupType": "Household", "GroupName": "Jones"})
        );
    });
    let body = json!({"oldgroupname": "jones", "NEWGROUPNAME": "JONES", "AllowMerge": true, "Other": 1});
    for path in [
        "GroupType/household/renamegroup",
        "GroupTypes/household/Rename",
        "grouptypes/%68ousehold/RenameGroup/",
    ] {
        let answer = client.post(path, &body).send().expect(200);
        assert_eq!(
            answer.at("/GroupName"),
            "JONES",
            "another letter case is a rename"
        );
    }
}

fn merge(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    let max = create(&client, &person("max", &[("Household", "Jones")]));
    let both = create(
        &client,
        &person("both", &[("Household", "Jones"), ("Household", "Smith")]),
    );
    let mut body = to("smith", "JONES");
    body["AllowMerge"] = json!(true);
    let before = events(app);
    let answer = renaming(&client, "Household", &body).send().expect(200);
    assert_eq!(
        answer.json(),
        &json!({"GroupType": "Household", "GroupName": "Jones"})
    );
    assert_eq!(events(app), before + 1);
    for number in [sample.jo, sample.kim, max, both] {
        assert_eq!(groups(&profile(&client, number)), ["Household/Jones"]);
    }
    let names = client.get("GroupNames").send().expect(200);
    assert_eq!(names.at("/GroupTypeNames/0/GroupNames"), &json!(["Jones"]));
    let again = renaming(&client, "Household", &body).send();
    again.refused(404, "Group `smith` not found.");
}

fn rename_invalid(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    let long = "x".repeat(256);
    unchanged(app, || {
        for (body, names) in [
            (json!({}), &["NewGroupName", "OldGroupName"][..]),
            (
                json!({"OldGroupName": null, "NewGroupName": 1}),
                &["NewGroupName", "OldGroupName"],
            ),
            (to("", "a"), &["OldGroupName"]),
            (to("a", ""), &["NewGroupName"]),
            (to(&long, &long), &["NewGroupName", "OldGroupName"]),
            (to("Smith", "a\u{b}"), &["NewGroupName"]),
            (
                json!({"OldGroupName": "Smith", "NewGroupName": "a", "AllowMerge": "maybe"}),
                &["AllowMerge"],
            ),
            (
                json!({"OldGroupName": "Smith", "NewGroupName": "a", "AllowMerge": null}),
                &["AllowMerge"],
            ),
        ] {
            renaming(&client, "Household", &body).send().invalid(names);
        }
        let wrong = to("Smith", "a");
        renaming(&client, "%zz", &wrong).send().invalid(&["groupType"]);
        renaming(&client, "%FF", &wrong).send().invalid(&["groupType"]);
        renaming(&client, &"x".repeat(101), &wrong)
            .send()
            .invalid(&["groupType"]);
    });
}

fn rename_taken(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    create(
        &client,
        &person("max", &[("Household", "Jones"), ("Team", "Smith")]),
    );
    unchanged(app, || {
        for merge in [Value::Null, json!(false)] {
            let mut body = to("Smith", "jones");
            if !merge.is_null() {
                body["AllowMerge"] = merge;
            }
            let answer = renaming(&client, "Household", &body).send();
            answer.invalid(&["NewGroupName"]);
            let message = "group `jones` exists; set AllowMerge to merge the groups";
            assert_eq!(answer.at("/ModelState/NewGroupName/0"), message);
        }
    });
    renaming(&client, "Team", &to("Smith", "Jones"))
        .send()
        .expect(200);
}

fn rename_absent(app: &App) {
    Sample::prepare(app);
    let client = editor(app);
    Sample::prepare_as(&Client::of(app, "stranger"));
    let theirs = json!({"GroupTypes": [super::samples::type_named("Club")]});
    Client::of(app, "stranger")
        .post("GroupTypes", &theirs)
        .send()
        .expect(201);
    unchanged(app, || {
        for (of, old, message) in [
            ("Club", "Smith", "Group type `Club` not found."),
            ("Household", "Jones", "Group `Jones` not found."),
            ("Team", "Smith", "Group `Smith` not found."),
        ] {
            renaming(&client, of, &to(old, "a")).send().refused(404, message);
        }
    });
}

fn look_up(client: &Client, name: &str, value: &str) -> Request {
    let request = client.get("GroupProfiles").query("groupType", "household");
    request.query(name, value)
}

fn numbers(request: &Request) -> Vec<i64> {
    let answer = request.send().expect(200);
    let all = answer.at("/Profiles").as_array().unwrap();
    all.iter().map(|one| one["ProfileId"].as_i64().unwrap()).collect()
}

fn sharing(app: &App) {
    let Sample { jo, kim, .. } = Sample::prepare(app);
    let client = editor(app);
    let mut max = person(
        "max",
        &[("Household", "Jones"), ("Household", "Smith"), ("Team", "Blue")],
    );
    max["PhoneNumbers"] = json!([{"PhoneType": "Mobile", "PhoneNumber": "+1 555 0100"}]);
    let max = create(&client, &max);
    let eve = create(
        &client,
        &person("eve", &[("Household", "Jones"), ("Team", "Red")]),
    );
    let alone = create(&client, &person("alone", &[("Team", "Blue")]));
    let client = reader(app);
    let everybody = [jo, kim, max, eve];
    for (name, value, expected) in [
        ("emailAddress", "jo@example.com", &[jo, kim, max][..]),
        ("EMAILADDRESS", "JO@Example.COM", &[jo, kim, max]),
        ("emailAddress", "max@example.com", &everybody),
        ("phoneNumber", "+1 555 0100", &everybody),
        ("profileId", &max.to_string(), &everybody),
        ("profileid", &eve.to_string(), &[max, eve]),
        ("profileId", &alone.to_string(), &[]),
    ] {
        assert_eq!(
            numbers(&look_up(&client, name, value)),
            expected,
            "{name}={value}"
        );
    }
    let by_max = look_up(&client, "profileId", &max.to_string());
    for (name, value, expected) in [
        ("groupName", "JONES", &[max, eve][..]),
        ("groupname", "", &everybody),
        ("groupName", "Miller", &[]),
        ("implied", "True", &everybody),
        ("includeConsentHistory", "false", &everybody),
        ("other", "x", &everybody),
    ] {
        assert_eq!(
            numbers(&by_max.clone().query(name, value)),
            expected,
            "{name}={value}"
        );
    }
    let typed = look_up(&client, "phoneNumber", "+1 555 0100");
    assert_eq!(numbers(&typed.clone().query("phoneType", "mobile")), everybody);
    assert_eq!(numbers(&typed.query("phoneType", "")), everybody);
    let by_type = look_up(&client, "emailAddress", "eve@example.com").query("emailType", "HOME");
    assert_eq!(numbers(&by_type), [max, eve]);
    let answer = by_max.send();
    assert_eq!(answer.at("/Profiles/2"), &profile(&client, max), "whole profiles");
    let singular = client
        .get("GroupProfile")
        .query("groupType", "Team")
        .query("profileId", &max.to_string());
    assert_eq!(numbers(&singular), [max, alone]);
}

fn sharing_invalid(app: &App) {
    let sample = Sample::prepare(app);
    let client = reader(app);
    let three = ["emailAddress", "phoneNumber", "profileId"];
    let get = || client.get("GroupProfiles");
    let typed = || get().query("groupType", "Household");
    let jo = sample.jo.to_string();
    get().send().invalid(&["groupType"]);
    typed().send().invalid(&three);
    typed()
        .query("emailAddress", "a")
        .query("profileId", &jo)
        .send()
        .invalid(&three);
    typed()
        .query("emailAddress", "a")
        .query("phoneNumber", "1")
        .send()
        .invalid(&three);
    for number in ["0", "-1", "x", "9007199254740992", "1.0", ""] {
        typed().query("profileId", number).send().invalid(&["profileId"]);
    }
    typed()
        .query("emailAddress", "")
        .send()
        .invalid(&["emailAddress"]);
    typed()
        .query("emailAddress", &"x".repeat(255))
        .send()
        .invalid(&["emailAddress"]);
    typed()
        .query("phoneNumber", &"1".repeat(65))
        .send()
        .invalid(&["phoneNumber"]);
    typed()
        .query("profileId", &jo)
        .query("implied", "x")
        .send()
        .invalid(&["implied"]);
    typed()
        .query("profileId", &jo)
        .query("GROUPTYPE", "Team")
        .send()
        .invalid(&["groupType"]);
    get()
        .query("groupType", "")
        .query("profileId", &jo)
        .send()
        .invalid(&["groupType"]);
}

fn sharing_too_many(app: &App) {
    let sample = Sample::prepare(app);
    let client = editor(app);
    for i in 0..48 {
        create(&client, &person(&format!("p{i}"), &[("Household", "Smith")]));
    }
    let by = look_up(&reader(app), "profileId", &sample.jo.to_string());
    assert_eq!(numbers(&by).len(), 50);
    create(&client, &person("last", &[("Household", "Smith")]));
    by.send()
        .refused(403, "More than 50 profiles share these groups.");
}

fn sharing_absent(app: &App) {
    let sample = Sample::prepare(app);
    let theirs = Sample::prepare_as(&Client::of(app, "stranger"));
    let client = reader(app);
    for number in [theirs.jo, 9_007_199_254_740_991] {
        let answer = look_up(&client, "profileId", &number.to_string()).send();
        answer.refused(404, &format!("Profile `{number}` not found."));
    }
    let address = look_up(&client, "emailAddress", "nobody@example.com").send();
    address.refused(404, "No profile has this e-mail address.");
    let work = look_up(&client, "emailAddress", "jo@example.com").query("emailType", "Work");
    work.send().refused(404, "No profile has this e-mail address.");
    let phone = look_up(&client, "phoneNumber", "+1").send();
    phone.refused(404, "No profile has this phone number.");
    let club = client.get("GroupProfiles").query("groupType", "Club");
    let answer = club.query("profileId", &sample.jo.to_string()).send();
    answer.refused(404, "Group type `Club` not found.");
}

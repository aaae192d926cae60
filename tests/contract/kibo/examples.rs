//! The examples of the document, played through, and the vendor's own request.

use super::samples::{Sample, create_group};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::App;
use testkit::kibo::{ACCOUNTS, GROUPS, ROLES, account, group};

fn example(name: &str) -> Value {
    let document: Value = serde_json::from_str(contract::kibo::DOCUMENT_JSON).unwrap();
    document["components"]["examples"][name]["value"].clone()
}

/// Replaces texts that differ from run to run: ids, instants and client ids.
fn with(value: &Value, words: &BTreeMap<String, String>) -> Value {
    let mut text = value.to_string();
    for (from, to) in words {
        text = text.replace(from, to);
    }
    serde_json::from_str(&text).unwrap()
}

/// Instants and who did it are not what the examples are about.
fn settled(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let keep = |(name, value): (&String, &Value)| {
                let volatile = [
                    "updateDate",
                    "createDate",
                    "createdOn",
                    "updatedOn",
                    "createBy",
                    "updateBy",
                ];
                (
                    name.clone(),
                    if volatile.contains(&name.as_str()) {
                        Value::Bool(!value.is_null())
                    } else {
                        settled(value)
                    },
                )
            };
            Value::Object(members.iter().map(keep).collect())
        }
        Value::Array(items) => items.iter().map(settled).collect(),
        other => other.clone(),
    }
}

#[test]
fn groups_are_as_in_the_examples() {
    let app = App::start();
    let ada = json!({"emailAddress": "ada@example.com", "localeCode": "en-GB", "firstName": "Ada", "lastName": "Lovelace"});
    let ada = app.admin().post(ACCOUNTS).json(&ada).send().expect(200);
    let sample = example("GroupToCreate");
    let mut words = BTreeMap::from([(
        sample["users"][0]["id"].as_str().unwrap().to_owned(),
        ada.text("/id").to_owned(),
    )]);
    let created = app
        .admin()
        .post(GROUPS)
        .json(&with(&sample, &words))
        .send()
        .expect(200);
    let documented = example("GroupCreated");
    words.insert(
        documented["users"][1]["id"].as_str().unwrap().to_owned(),
        created.text("/users/1/id").to_owned(),
    );
    assert_eq!(settled(created.json()), settled(&with(&documented, &words)));
    app.advance(1);
    let updated = app
        .admin()
        .put(&group("content-editors"))
        .json(&example("GroupToUpdate"))
        .send()
        .expect(200);
    assert_eq!(
        settled(updated.json()),
        settled(&with(&example("GroupUpdated"), &words))
    );
}

#[test]
fn accounts_are_as_in_the_examples() {
    let app = App::start();
    let created = app
        .admin()
        .post(ACCOUNTS)
        .json(&example("AccountToCreate"))
        .send()
        .expect(200);
    let documented = example("AccountCreated");
    let words = BTreeMap::from([(
        documented["id"].as_str().unwrap().to_owned(),
        created.text("/id").to_owned(),
    )]);
    assert_eq!(settled(created.json()), settled(&with(&documented, &words)));
    let body = with(&example("AccountToUpdate"), &words);
    let updated = app
        .admin()
        .put(&account(created.text("/id")))
        .json(&body)
        .send()
        .expect(200);
    assert_eq!(
        settled(updated.json()),
        settled(&with(&example("AccountUpdated"), &words))
    );
}

#[test]
fn roles_and_tenants_are_as_in_the_examples() {
    let app = App::start();
    let created = app
        .admin()
        .post(ACCOUNTS)
        .json(&example("AccountToCreate"))
        .send()
        .expect(200);
    let documented = example("AccountCreated");
    let id = created.text("/id");
    let words = BTreeMap::from([(documented["id"].as_str().unwrap().to_owned(), id.to_owned())]);
    let get = |path: &str| app.reader().get(path).send().expect(200).json().clone();
    assert_eq!(
        settled(&get(&format!("{}/roles", account(id)))),
        settled(&with(&example("AccountRoles"), &words))
    );
    assert_eq!(get(ROLES), example("RolePage"));
    assert_eq!(get(&format!("{}/tenants", account(id))), example("TenantPage"));
}

#[test]
fn passwords_of_the_examples_are_taken() {
    let app = App::start();
    let sample = Sample::prepare(&app);
    for (operation, name) in [
        ("changePassword", "PasswordToChange"),
        ("changeUserPassword", "UserPasswordToChange"),
        ("resetPassword", "PasswordToReset"),
    ] {
        let request = sample.request(app.editor(), operation).json(&example(name));
        assert_eq!(request.send().expect(200).reply.body, b"");
    }
}

/// The request of the vendor's page, every member given, with values that can be stored.
#[test]
fn the_vendors_request_is_answered_in_the_vendors_shape() {
    let app = App::start();
    let at = "2023-11-07T05:31:56Z";
    let by = json!({"updateDate": at, "createDate": at, "updateBy": "x", "createBy": "x"});
    let user = json!({
        "emailAddress": "a@example.com", "userName": "a", "phoneNumber": "1", "externalId": "e", "localeCode": "en",
        "firstName": "A", "lastName": "B", "password": "p", "optInToEmail": true, "optInToTextMessage": true, "id": null,
        "systemData": {
            "isPasswordChangeRequired": true, "lastPasswordChangeOn": at, "isLocked": true, "lastLockedOn": at,
            "failedLoginAttemptCount": 123, "remainingLoginAttempts": 123, "firstFailedLoginAttemptOn": at,
            "lastLoginOn": at, "createdOn": at, "updatedOn": at,
        },
        "roles": [{
            "userId": "01a203ab-07b4-7b1e-8c55-41d7e0a96f02", "assignedInScope": {"type": "t", "id": 123, "name": "n"},
            "roleId": 3, "roleName": "x", "roleResources": [{"type": "t", "id": "i"}], "roleTags": ["t"], "auditInfo": by,
        }],
        "isActive": true, "identityProviderId": "i",
    });
    let body = json!({
        "groupCode": "vendor", "scopeTypeId": 123, "scopeId": 123, "name": "n", "description": "d", "users": [user],
        "auditInfo": by,
    });
    let answer = app.editor().post(GROUPS).json(&body).send().expect(200);
    let mut expected = body;
    let id = answer.at("/users/0/id").clone();
    let known = &mut expected["users"][0];
    known.as_object_mut().unwrap().remove("password");
    known["id"] = id.clone();
    known["roles"][0]["userId"] = id;
    known["roles"][0]["roleName"] = "Admin".into();
    known["systemData"] = json!({
        "isPasswordChangeRequired": false, "lastPasswordChangeOn": null, "isLocked": false, "lastLockedOn": null,
        "failedLoginAttemptCount": 0, "remainingLoginAttempts": 5, "firstFailedLoginAttemptOn": null,
        "lastLoginOn": null, "createdOn": at, "updatedOn": at,
    });
    assert_eq!(settled(answer.json()), settled(&expected));
    assert_eq!(
        answer.at("/auditInfo/createBy"),
        "editor",
        "members that the server owns are ignored"
    );
    assert_ne!(answer.at("/auditInfo/createDate"), at);
}

/// What an SDK does: get, change one member, put the whole object back.
#[test]
fn an_sdk_gets_changes_and_puts_back() {
    let app = App::start();
    create_group(
        app.admin(),
        &json!({"groupCode": "sdk group/1", "name": "G", "users": [super::accounts::full()]}),
    );
    let path = format!("/api{}/", group("sdk group/1"));
    let got = app
        .editor()
        .get(&path)
        .tail("?responseFields=")
        .header("x-vol-tenant", "1")
        .header("x-vol-site", "1")
        .send()
        .expect(200);
    let mut body = got.json().clone();
    body["description"] = "changed".into();
    let put = app
        .editor()
        .put(&path)
        .tail("?responseFields=")
        .json(&body)
        .send()
        .expect(200);
    body["auditInfo"] = put.at("/auditInfo").clone();
    assert_eq!(put.json(), &body);
}

//! One directory behind two dialects: what one writes, the other sees, and neither loses what only the other knows.

use super::samples::{Sample, admin, create_group, dashed, editor, group, user};
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::{Format, GROUP, GROUPS, USER};
use testkit::kibo::{self, ACCOUNTS};

/// An object with some members replaced.
fn with(value: &Value, members: &Value) -> Value {
    let mut value = value.clone();
    value
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    value
}

/// What changes with every write is not compared.
fn settled(value: &Value) -> Value {
    with(
        value,
        &json!({"auditInfo": null, "systemData": null, "LastUpdated": null}),
    )
}

#[test]
fn a_group_made_here_is_changed_and_deleted_there() {
    for format in Format::ALL {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let client = editor(&app, format);
        let path = kibo::group(&dashed(&sample.group));
        let seen = app.reader().get(&path).send().expect(200);
        assert_eq!(
            seen.at("/groupCode"),
            &json!(dashed(&sample.group)),
            "the id is the code"
        );
        assert_eq!(
            (seen.at("/name"), seen.at("/users/0/id")),
            (&json!("Staff"), &json!(dashed(&sample.member)))
        );
        let before = client.get(GROUP).query("Id", &sample.group).send().etag();
        let body = with(
            seen.json(),
            &json!({"name": "Crew", "description": "of the ship", "scopeId": 7}),
        );
        app.editor().put(&path).json(&body).send().expect(200);
        let shown = client.get(GROUP).query("Id", &sample.group).send().expect(200);
        let expected = json!({
            "Id": sample.group, "Name": "Crew", "ExternalId": "grp-staff", "UserIds": [sample.member], "CompanyId": 1,
        });
        assert_eq!(shown.at("/UserGroup"), &expected, "the identifier stays");
        let stale = client
            .put(GROUP, &json!({"Id": sample.group, "Name": "x"}))
            .header("If-Match", &before);
        stale.send().refused(412, "PreconditionFailed");
        app.editor().delete(&path).send().expect(200);
        sample
            .request(&client, "getUserGroup")
            .send()
            .refused(400, "NotFound");
        create_group(&client, &json!({"Name": "Next", "ExternalId": "grp-staff"}));
    }
}

#[test]
fn a_group_made_there_is_changed_and_deleted_here() {
    for format in Format::ALL {
        let app = App::start();
        let client = editor(&app, format);
        let person = json!({"emailAddress": "ann@example.com", "firstName": "Ann", "roles": [{"roleId": 2}]});
        let body = json!({"groupCode": "a/b", "name": "Staff", "description": "d", "scopeTypeId": 1, "scopeId": 2, "users": [person]});
        app.editor().post(kibo::GROUPS).json(&body).send().expect(200);
        let path = kibo::group("a/b");
        let before = app.reader().get(&path).send().expect(200).json().clone();
        let found = client.get(GROUPS).query("Name", "staff").send().expect(200);
        let id = found.text("/UserGroups/0/Id").to_owned();
        let ann = found.text("/UserGroups/0/UserIds/0").to_owned();
        assert_eq!(before["users"][0]["id"], dashed(&ann));
        let body = json!({"Id": id, "Name": "Crew", "ExternalId": "grp"});
        client.put(GROUP, &body).send().expect(200);
        let after = app.reader().get(&path).send().expect(200);
        let expected = with(&before, &json!({"name": "Crew"}));
        assert_eq!(settled(after.json()), settled(&expected), "nothing else moved");
        // The whole of what GET answers comes back without a change.
        let shown = group(&client, &id);
        assert_eq!(
            client.put(GROUP, &shown).send().expect(200).at("/UserGroup"),
            &shown
        );
        assert_eq!(app.reader().get(&path).send().expect(200).etag(), after.etag());
        client.delete(GROUP).query("Id", &id).send().expect(200);
        app.reader().get(&path).send().refused(404, "ITEM_NOT_FOUND");
        app.reader().get(&kibo::account(&dashed(&ann))).send().expect(200);
    }
}

#[test]
fn a_user_made_here_is_changed_there() {
    for format in Format::ALL {
        let app = App::start();
        let client = editor(&app, format);
        let group = create_group(&client, &json!({"Name": "Staff"}));
        let body = with(&super::users::full(), &json!({"Groups": [group]}));
        let before = client.post(USER, &body).send().expect(200).at("/User").clone();
        let id = before["Id"].as_str().unwrap();
        let path = kibo::account(&dashed(id));
        let seen = app.reader().get(&path).send().expect(200);
        for (name, value) in [
            ("emailAddress", json!("Grace@Example.com")),
            ("userName", json!("Grace@Example.com")),
            ("firstName", json!("Grace")),
            ("externalId", json!("hr-1906")),
            ("isActive", json!(false)),
        ] {
            assert_eq!(seen.json()[name], value, "{name}");
        }
        let change =
            json!({"lastName": "Murray", "isActive": true, "externalId": "hr-2", "roles": [{"roleId": 1}]});
        app.editor()
            .put(&path)
            .json(&with(seen.json(), &change))
            .send()
            .expect(200);
        let expected = with(
            &before,
            &json!({"LastName": "Murray", "Status": "Active", "ExternalId": "hr-2"}),
        );
        assert_eq!(
            settled(&user(&client, id)),
            settled(&expected),
            "Country, folders and the like stay"
        );
        app.editor().delete(&path).send().expect(200);
        client.get(USER).query("Id", id).send().refused(400, "NotFound");
    }
}

#[test]
fn a_user_made_there_is_changed_here() {
    for format in Format::ALL {
        let app = App::start();
        let client = editor(&app, format);
        let body = json!({
            "emailAddress": "ann@example.com", "userName": "ann", "phoneNumber": "1", "externalId": "e", "localeCode": "en-GB",
            "firstName": "Ann", "lastName": "Lee", "optInToEmail": true, "roles": [{"roleId": 3}], "identityProviderId": "sso",
        });
        let made = app.editor().post(ACCOUNTS).json(&body).send().expect(200);
        let path = kibo::account(made.text("/id"));
        let body = json!({"Id": made.text("/id"), "FirstName": "Anna", "Email": "anna@example.com", "Country": "US"});
        client.put(USER, &body).send().expect(200);
        let after = app.reader().get(&path).send().expect(200);
        let expected = with(
            made.json(),
            &json!({"firstName": "Anna", "emailAddress": "anna@example.com"}),
        );
        assert_eq!(
            settled(after.json()),
            settled(&expected),
            "user name, phone, roles and the like stay"
        );
        let body = json!({"Id": made.text("/id"), "ExternalId": "", "Type": "Full"});
        client.put(USER, &body).send().expect(200);
        assert_eq!(
            app.reader().get(&path).send().expect(200).at("/externalId"),
            &Value::Null
        );
        client
            .delete(USER)
            .query("Id", made.text("/id"))
            .send()
            .expect(200);
        app.reader().get(&path).send().refused(404, "ITEM_NOT_FOUND");
    }
}

/// Both add and remove members; each sees the other's.
#[test]
fn members_through_both_doors() {
    for format in Format::ALL {
        let app = App::start();
        let sample = Sample::prepare(&app);
        let client = editor(&app, format);
        let path = kibo::group(&dashed(&sample.group));
        let there = || {
            let answer = app.reader().get(&path).send().expect(200);
            let users = answer.at("/users").as_array().unwrap().clone();
            users
                .iter()
                .map(|user| user["id"].as_str().unwrap().replace('-', ""))
                .collect::<Vec<_>>()
        };
        let here = || {
            let ids = group(&client, &sample.group)["UserIds"].clone();
            let ids = ids.as_array().unwrap().iter();
            ids.map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let (member, loner) = (sample.member.as_str(), sample.loner.as_str());
        let many = |verb: &str, ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| dashed(id)).collect();
            app.editor()
                .post(&format!("{path}/{verb}"))
                .json(&json!(ids))
                .send()
                .expect(200)
        };
        many("addusers", &[loner]);
        assert_eq!(
            (here(), there()),
            (vec![member.to_owned(), loner.to_owned()], here())
        );
        client
            .put(GROUP, &json!({"Id": sample.group, "UserIds": [loner]}))
            .send()
            .expect(200);
        assert_eq!((there(), here()), (vec![loner.to_owned()], there()));
        many("removeusers", &[loner]);
        assert_eq!((here(), there()), (vec![], vec![]));
        let joined = client
            .put(USER, &json!({"Id": member, "Groups": [sample.group]}))
            .send()
            .expect(200);
        assert_eq!(joined.at("/User/Groups"), &json!([sample.group]));
        assert_eq!(there(), [member]);
        let body =
            json!({"name": "Staff", "users": [{"id": dashed(loner)}, {"emailAddress": "new@example.com"}]});
        app.editor().put(&path).json(&body).send().expect(200);
        assert_eq!((here(), here().len()), (there(), 2));
        assert_eq!(user(&client, member)["Groups"], json!([]));
        assert_eq!(user(&client, loner)["Groups"], json!([sample.group]));
        client
            .put(GROUP, &json!({"Id": sample.group, "UserIds": []}))
            .send()
            .expect(200);
        assert_eq!(there(), Vec::<String>::new());
    }
}

/// The same identifier in both dialects, and one credential for both.
#[test]
fn identifiers_are_one_and_rights_are_one() {
    let app = App::start();
    let body =
        json!({"emailAddress": "a@example.com", "firstName": "A", "lastName": "B", "externalId": "hr-1"});
    app.editor().post(ACCOUNTS).json(&body).send().expect(200);
    let mut other = super::samples::person("Eve");
    other["ExternalId"] = "hr-1".into();
    let answer = admin(&app, Format::Xml).post(USER, &other).send();
    answer.refused(400, "AlreadyExists");
    let reader = super::samples::reader(&app, Format::Json);
    reader
        .post(USER, &super::samples::person("Eve"))
        .send()
        .refused(403, "Forbidden");
    app.reader()
        .post(ACCOUNTS)
        .json(&body)
        .send()
        .refused(403, "FORBIDDEN");
}

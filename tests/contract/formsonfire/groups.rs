//! Cases of groups.

use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, admin, create_group, create_user, editor, group, reader, user};
use crate::Case;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::Format::{self, Json, Xml};
use testkit::formsonfire::{Client, GROUP, GROUPS};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "getUserGroup", status: 200, name: "as it was created, in XML", run: |app| get(app, Xml) },
    Case { operation: "getUserGroup", status: 200, name: "as it was created, in JSON", run: |app| get(app, Json) },
    Case { operation: "getUserGroup", status: 304, name: "still the same", run: get_again },
    Case { operation: "getUserGroup", status: 400, name: "parameters", run: get_invalid },
    Case { operation: "getUserGroup", status: 400, name: "no such group", run: |app| absent(app, "getUserGroup") },
    Case { operation: "getUserGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getUserGroup") },
    Case { operation: "getUserGroup", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "getUserGroup") },
    Case { operation: "getUserGroup", status: 500, name: "fault", run: |app| fault(app, "getUserGroup", "membership") },

    Case { operation: "createUserGroup", status: 200, name: "all members, in XML", run: |app| create(app, Xml) },
    Case { operation: "createUserGroup", status: 200, name: "all members, in JSON", run: |app| create(app, Json) },
    Case { operation: "createUserGroup", status: 200, name: "what is needed", run: create_least },
    Case { operation: "createUserGroup", status: 400, name: "members", run: create_invalid },
    Case { operation: "createUserGroup", status: 400, name: "identifier taken", run: create_twice },
    Case { operation: "createUserGroup", status: 400, name: "bodies", run: |app| bad_body(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 403, name: "a reader", run: |app| forbidden(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported(app, "createUserGroup") },
    Case { operation: "createUserGroup", status: 500, name: "fault", run: |app| fault(app, "createUserGroup", "directory_group") },

    Case { operation: "updateUserGroup", status: 200, name: "what it names, in XML", run: |app| update(app, Xml) },
    Case { operation: "updateUserGroup", status: 200, name: "what it names, in JSON", run: |app| update(app, Json) },
    Case { operation: "updateUserGroup", status: 400, name: "members", run: update_invalid },
    Case { operation: "updateUserGroup", status: 400, name: "identifier taken", run: update_taken },
    Case { operation: "updateUserGroup", status: 400, name: "no such group", run: |app| absent(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 400, name: "bodies", run: |app| bad_body(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 403, name: "a reader", run: |app| forbidden(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 412, name: "another version", run: |app| stale(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported(app, "updateUserGroup") },
    Case { operation: "updateUserGroup", status: 500, name: "fault", run: |app| fault(app, "updateUserGroup", "directory_group") },

    Case { operation: "deleteUserGroup", status: 200, name: "for good, in XML", run: |app| delete(app, Xml) },
    Case { operation: "deleteUserGroup", status: 200, name: "for good, in JSON", run: |app| delete(app, Json) },
    Case { operation: "deleteUserGroup", status: 200, name: "parameters in the body", run: delete_by_body },
    Case { operation: "deleteUserGroup", status: 400, name: "no such group", run: |app| absent(app, "deleteUserGroup") },
    Case { operation: "deleteUserGroup", status: 401, name: "no valid credential", run: |app| unauthorized(app, "deleteUserGroup") },
    Case { operation: "deleteUserGroup", status: 403, name: "a reader", run: |app| forbidden(app, "deleteUserGroup") },
    Case { operation: "deleteUserGroup", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "deleteUserGroup") },
    Case { operation: "deleteUserGroup", status: 412, name: "another version", run: |app| stale(app, "deleteUserGroup") },
    Case { operation: "deleteUserGroup", status: 413, name: "more than a mebibyte", run: |app| too_large_without_credential(app, GROUP) },
    Case { operation: "deleteUserGroup", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported_without_credential(app, GROUP) },
    Case { operation: "deleteUserGroup", status: 500, name: "fault", run: |app| fault(app, "deleteUserGroup", "membership") },

    Case { operation: "searchUserGroups", status: 200, name: "pages, in XML", run: |app| search(app, Xml) },
    Case { operation: "searchUserGroups", status: 200, name: "pages, in JSON", run: |app| search(app, Json) },
    Case { operation: "searchUserGroups", status: 400, name: "parameters", run: search_invalid },
    Case { operation: "searchUserGroups", status: 401, name: "no valid credential", run: |app| unauthorized(app, "searchUserGroups") },
    Case { operation: "searchUserGroups", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "searchUserGroups") },
    Case { operation: "searchUserGroups", status: 500, name: "fault", run: |app| fault(app, "searchUserGroups", "directory_group") },
];

fn get(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let request = sample.request(&reader(app, format), "getUserGroup");
    let answer = request.send().expect(200).in_format(format);
    let expected = json!({"UserGroup": {
        "Id": sample.group, "Name": "Staff", "ExternalId": "grp-staff", "UserIds": [sample.member], "CompanyId": 1,
    }});
    assert_eq!(answer.json(), &expected);
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let mut tags = Vec::new();
    for format in Format::ALL {
        let request = sample.request(&reader(app, format), "getUserGroup");
        let tag = request.send().expect(200).etag();
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let answer = request.clone().header("If-None-Match", &known).send().expect(304);
            assert_eq!(answer.etag(), tag);
        }
        request
            .clone()
            .header("If-None-Match", "\"1\"")
            .send()
            .expect(200);
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1], "XML is not JSON");
    sample
        .request(&admin(app, Xml), "updateUserGroup")
        .send()
        .expect(200);
    let request = sample.request(&reader(app, Xml), "getUserGroup");
    request.header("If-None-Match", &tags[0]).send().expect(200);
}

fn get_invalid(app: &App) {
    Sample::prepare(app);
    for format in Format::ALL {
        let client = reader(app, format);
        client
            .get(GROUP)
            .send()
            .in_format(format)
            .invalid(&[("Id", "NotEmpty")]);
        let answer = client.get(GROUP).query("Id", "x").query("format", "yaml").send();
        answer.invalid(&[("Id", "RegularExpression"), ("format", "Enum")]);
    }
}

/// An id of nobody, and one of another company.
fn absent(app: &App, operation: &str) {
    let mut sample = Sample::prepare(app);
    let theirs = Sample::prepare_as(&Client::of(app, "stranger", Json));
    unchanged(app, || {
        for format in Format::ALL {
            for id in ["01a203ab07b47b1e8c5541d7e0a96f02", theirs.group.as_str()] {
                id.clone_into(&mut sample.group);
                let request = sample.request(&editor(app, format), operation);
                let answer = request.send().in_format(format);
                answer.refused(400, "NotFound");
                assert_eq!(answer.violations(), [("Id", "NotFound")]);
                let message = format!("group `{id}` not found");
                assert_eq!(answer.at("/ResponseStatus/Message"), &json!(message));
            }
        }
    });
}

fn create(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = editor(app, format);
    let body = json!({
        "Name": "R&D <\"ünï\"> \u{1F600}", "ExternalId": "grp\tnew", "Id": sample.group,
        "UserIds": [sample.loner, sample.member, sample.loner.to_uppercase()],
    });
    let answer = client.post(GROUP, &body).send().expect(200).in_format(format);
    let id = answer.text("/UserGroup/Id");
    assert_ne!(id, sample.group, "a client cannot choose the id");
    let expected = json!({
        "Id": id, "Name": body["Name"], "ExternalId": "grp\tnew", "UserIds": [sample.member, sample.loner], "CompanyId": 1,
    });
    assert_eq!(answer.at("/UserGroup"), &expected);
    assert_eq!(group(&client, id), expected);
    let get = client.get(GROUP).query("Id", id).send();
    assert_eq!(get.etag(), answer.etag());
}

fn create_least(app: &App) {
    for format in Format::ALL {
        let client = editor(app, format);
        for body in [
            json!({"Name": "Same"}),
            json!({"Name": "Same", "ExternalId": null, "UserIds": null}),
            json!({"Name": "Same", "ExternalId": "", "UserIds": []}),
        ] {
            let answer = client.post(GROUP, &body).send().expect(200);
            let id = answer.at("/UserGroup/Id");
            let expected = json!({"Id": id, "Name": "Same", "UserIds": [], "CompanyId": 1});
            assert_eq!(answer.at("/UserGroup"), &expected, "names may repeat");
        }
    }
}

fn create_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let post = |body: Value| editor(app, format).post(GROUP, &body).send().in_format(format);
            post(json!({})).invalid(&[("Name", "NotEmpty")]);
            post(json!({"Name": ""})).invalid(&[("Name", "NotEmpty")]);
            post(json!({"Name": "a".repeat(256)})).invalid(&[("Name", "Length")]);
            post(json!({"Name": "a", "ExternalId": "a".repeat(256)})).invalid(&[("ExternalId", "Length")]);
            let users = json!([sample.member, "x", format!("{{{}}}", sample.member), ""]);
            post(json!({"Name": "", "UserIds": users})).invalid(&[
                ("Name", "NotEmpty"),
                ("UserIds[1]", "RegularExpression"),
                ("UserIds[2]", "RegularExpression"),
                ("UserIds[3]", "RegularExpression"),
            ]);
            let users = json!([sample.group, sample.member, "01a203ab07b47b1e8c5541d7e0a96f02"]);
            post(json!({"Name": "a", "UserIds": users}))
                .invalid(&[("UserIds[0]", "NotFound"), ("UserIds[2]", "NotFound")]);
        }
        let post = |body: Value| editor(app, Json).post(GROUP, &body).send();
        post(json!({"Name": "a\u{1}"})).invalid(&[("Name", "RegularExpression")]);
        post(json!({"Name": 7})).invalid(&[("Name", "Type")]);
        post(json!({"Name": "a", "UserIds": "x"})).invalid(&[("UserIds", "Type")]);
    });
}

fn create_twice(app: &App) {
    Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let body = json!({"Name": "Other", "ExternalId": "grp-staff"});
            let answer = editor(app, format).post(GROUP, &body).send().in_format(format);
            answer.refused(400, "AlreadyExists");
            assert_eq!(answer.violations(), [("ExternalId", "AlreadyExists")]);
            let message = "another group has this `ExternalId` already";
            assert_eq!(answer.at("/ResponseStatus/Message"), message);
        }
    });
    let body = json!({"Name": "Theirs", "ExternalId": "grp-staff"});
    let stranger = Client::of(app, "stranger", Xml);
    let theirs = stranger.post(GROUP, &body).send().expect(200);
    assert_eq!(
        theirs.at("/UserGroup/CompanyId"),
        2,
        "in another company it is free"
    );
}

fn update(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = editor(app, format);
    let before = group(&client, &sample.group);
    let put = |body: &Value| client.put(GROUP, body).send().expect(200).in_format(format);
    let unmoved = client.get(GROUP).query("Id", &sample.group).send().etag();
    for nothing in [
        json!({"Id": sample.group}),
        json!({"Id": sample.group, "Name": null, "ExternalId": null, "UserIds": null}),
        before.clone(),
    ] {
        let answer = put(&nothing);
        assert_eq!(
            (answer.at("/UserGroup"), answer.etag()),
            (&before, unmoved.clone())
        );
    }
    let renamed = put(&json!({"Id": sample.group, "Name": "Crew"}));
    assert_eq!(renamed.at("/UserGroup/ExternalId"), "grp-staff");
    assert_eq!(renamed.at("/UserGroup/UserIds"), &json!([sample.member]));
    assert_ne!(renamed.etag(), unmoved);
    let moved = put(&json!({"Id": sample.group, "ExternalId": "", "UserIds": [sample.loner]}));
    let expected = json!({"Id": sample.group, "Name": "Crew", "UserIds": [sample.loner], "CompanyId": 1});
    assert_eq!(moved.at("/UserGroup"), &expected);
    let empty = put(&json!({"Id": sample.group, "Name": "", "ExternalId": "new", "UserIds": []}));
    let expected =
        json!({"Id": sample.group, "Name": "", "ExternalId": "new", "UserIds": [], "CompanyId": 1});
    assert_eq!(empty.at("/UserGroup"), &expected);
    let matched = client.put(GROUP, &json!({"Id": sample.group, "Name": "Last"}));
    matched.header("If-Match", &empty.etag()).send().expect(200);
}

fn update_invalid(app: &App) {
    let sample = Sample::prepare(app);
    unchanged(app, || {
        for format in Format::ALL {
            let put = |body: Value| editor(app, format).put(GROUP, &body).send().in_format(format);
            put(json!({"Name": "a"})).invalid(&[("Id", "NotEmpty")]);
            put(json!({"Id": "x", "Name": "a".repeat(256)}))
                .invalid(&[("Id", "RegularExpression"), ("Name", "Length")]);
            let body = json!({"Id": sample.group, "Name": "never", "UserIds": [sample.group]});
            put(body).invalid(&[("UserIds[0]", "NotFound")]);
        }
    });
}

fn update_taken(app: &App) {
    let sample = Sample::prepare(app);
    create_group(
        &admin(app, Json),
        &json!({"Name": "Other", "ExternalId": "taken"}),
    );
    unchanged(app, || {
        for format in Format::ALL {
            let body = json!({"Id": sample.group, "Name": "never", "ExternalId": "taken"});
            let answer = editor(app, format).put(GROUP, &body).send();
            answer.refused(400, "AlreadyExists");
            assert_eq!(answer.violations(), [("ExternalId", "AlreadyExists")]);
        }
    });
}

fn delete(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = editor(app, format);
    let answer = sample
        .request(&client, "deleteUserGroup")
        .send()
        .expect(200)
        .in_format(format);
    assert_eq!(answer.json(), &json!({}));
    sample
        .request(&client, "deleteUserGroup")
        .send()
        .refused(400, "NotFound");
    sample
        .request(&client, "getUserGroup")
        .send()
        .refused(400, "NotFound");
    assert_eq!(
        user(&client, &sample.member)["Groups"],
        json!([]),
        "its users stay"
    );
    create_group(&client, &json!({"Name": "Again", "ExternalId": "grp-staff"}));
}

/// The vendor's pages show the parameters of a DELETE in a body, too.
fn delete_by_body(app: &App) {
    for format in Format::ALL {
        let client = editor(app, format);
        let bare = || client.bare("DELETE", GROUP);
        let id = create_group(&client, &json!({"Name": "a"}));
        bare()
            .object(&client.signed(&json!({"Id": id})))
            .send()
            .expect(200)
            .in_format(format);
        let id = create_group(&client, &json!({"Name": "b"}));
        bare()
            .query("Id", &id)
            .object(&client.signed(&json!({"Id": "x"})))
            .send()
            .expect(200);
        let id = create_group(&client, &json!({"Name": "c"}));
        client
            .delete(GROUP)
            .object(&json!({"id": id, "Other": 1}))
            .send()
            .expect(200);
        let wrong = client.with(2, &testkit::app::secret("editor"));
        bare()
            .object(&wrong.signed(&json!({"Id": id})))
            .send()
            .refused(401, "Unauthorized");
    }
}

/// The credential may be in the body of a DELETE, so the body is read when the query lacks it.
pub fn too_large_without_credential(app: &App, path: &str) {
    for format in Format::ALL {
        let request = admin(app, format).bare("DELETE", path);
        let answer = request.body(format.media_type(), vec![b' '; 1_048_577]).send();
        answer.in_format(format).refused(413, "PayloadTooLarge");
    }
}

pub fn unsupported_without_credential(app: &App, path: &str) {
    for format in Format::ALL {
        let request = admin(app, format).bare("DELETE", path);
        let answer = request.body("text/plain", "Id=1").send();
        answer.in_format(format).refused(415, "UnsupportedMediaType");
    }
}

fn search(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = reader(app, format);
    let body = |name: &str, id: &str| json!({"Name": name, "ExternalId": id});
    let second = create_group(&editor(app, format), &body("staff", "x"));
    let third = create_group(&editor(app, format), &body("Staff and more", "GRP-STAFF"));
    let ids = |parameters: &[(&str, &str)]| {
        let request = parameters
            .iter()
            .fold(client.get(GROUPS), |request, (name, value)| {
                request.query(name, value)
            });
        let answer = request.send().expect(200).in_format(format);
        let groups = answer.at("/UserGroups").as_array().unwrap().clone();
        for shown in &groups {
            assert_eq!(shown, &group(&client, shown["Id"].as_str().unwrap()));
        }
        groups
            .iter()
            .map(|group| group["Id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (first, second, third) = (sample.group.clone(), second, third);
    let all = [first.clone(), second.clone(), third.clone()];
    assert_eq!(ids(&[]), all, "oldest first");
    assert_eq!(ids(&[("Name", ""), ("ExternalId", "")]), all);
    assert_eq!(ids(&[("Name", "STAFF")]), [first.as_str(), second.as_str()]);
    assert_eq!(ids(&[("ExternalId", "GRP-STAFF")]), [third.as_str()]);
    assert_eq!(
        ids(&[("name", "Staff"), ("externalid", "grp-staff")]),
        [first.as_str()]
    );
    assert_eq!(ids(&[("Name", "Sta")]), Vec::<String>::new());
    assert_eq!(ids(&[("PageSize", "2")]), [first.as_str(), second.as_str()]);
    assert_eq!(ids(&[("PageSize", "2"), ("PageNo", "1")]), [third.as_str()]);
    assert_eq!(
        ids(&[("PageSize", "250"), ("PageNo", "1000000")]),
        Vec::<String>::new()
    );
    let theirs = Client::of(app, "stranger", format).get(GROUPS).send().expect(200);
    assert_eq!(theirs.at("/UserGroups"), &json!([]));
}

fn search_invalid(app: &App) {
    create_user(&admin(app, Json), "Ada");
    for format in Format::ALL {
        let list = reader(app, format).get(GROUPS);
        let long = "a".repeat(256);
        for (name, value, code) in [
            ("PageSize", "251", "InclusiveBetween"),
            ("PageSize", "0", "InclusiveBetween"),
            ("PageSize", "x", "Type"),
            ("PageNo", "-1", "InclusiveBetween"),
            ("PageNo", "1000001", "InclusiveBetween"),
            ("Name", long.as_str(), "Length"),
            ("Name", "a\u{1}", "RegularExpression"),
            ("ExternalId", long.as_str(), "Length"),
            ("format", "yaml", "Enum"),
        ] {
            let answer = list.clone().query(name, value).send().in_format(format);
            answer.invalid(&[(name, code)]);
        }
        let twice = list.clone().query("Name", "a").query("NAME", "b").send();
        twice.invalid(&[("Name", "Duplicate")]);
        list.query("Unknown", "1").send().expect(200);
    }
}

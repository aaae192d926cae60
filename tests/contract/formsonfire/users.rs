//! Cases of users.

use super::groups::{too_large_without_credential, unsupported_without_credential};
use super::refusals::{
    bad_body, fault, forbidden, not_acceptable, stale, too_large, unauthorized, unsupported,
};
use super::samples::{Sample, admin, create_group, create_user, dashed, editor, group, person, reader, user};
use super::user_updates;
use crate::Case;
use crate::database::unchanged;
use directory::credentials;
use model::Access;
use model::ids::UserId;
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::Format::{self, Json, Xml};
use testkit::formsonfire::{Client, USER, USERS};

#[rustfmt::skip]
pub static CASES: &[Case] = &[
    Case { operation: "getUser", status: 200, name: "as created, in XML", run: |app| get(app, Xml) },
    Case { operation: "getUser", status: 200, name: "as created, in JSON", run: |app| get(app, Json) },
    Case { operation: "getUser", status: 304, name: "still the same", run: get_again },
    Case { operation: "getUser", status: 400, name: "parameters", run: get_invalid },
    Case { operation: "getUser", status: 400, name: "no such user", run: |app| absent(app, "getUser") },
    Case { operation: "getUser", status: 401, name: "no valid credential", run: |app| unauthorized(app, "getUser") },
    Case { operation: "getUser", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "getUser") },
    Case { operation: "getUser", status: 500, name: "fault", run: |app| fault(app, "getUser", "user_email") },

    Case { operation: "createUser", status: 200, name: "all members, in XML", run: |app| create(app, Xml) },
    Case { operation: "createUser", status: 200, name: "all members, in JSON", run: |app| create(app, Json) },
    Case { operation: "createUser", status: 200, name: "what is needed", run: create_least },
    Case { operation: "createUser", status: 400, name: "members", run: create_invalid },
    Case { operation: "createUser", status: 400, name: "groups", run: create_in_wrong_groups },
    Case { operation: "createUser", status: 400, name: "identifier taken", run: create_twice },
    Case { operation: "createUser", status: 400, name: "bodies", run: |app| bad_body(app, "createUser") },
    Case { operation: "createUser", status: 401, name: "no valid credential", run: |app| unauthorized(app, "createUser") },
    Case { operation: "createUser", status: 403, name: "a reader", run: |app| forbidden(app, "createUser") },
    Case { operation: "createUser", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "createUser") },
    Case { operation: "createUser", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "createUser") },
    Case { operation: "createUser", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported(app, "createUser") },
    Case { operation: "createUser", status: 500, name: "fault", run: |app| fault(app, "createUser", "user_email") },

    Case { operation: "updateUser", status: 200, name: "what it names, in XML", run: |app| user_updates::update(app, Xml) },
    Case { operation: "updateUser", status: 200, name: "what it names, in JSON", run: |app| user_updates::update(app, Json) },
    Case { operation: "updateUser", status: 200, name: "groups", run: user_updates::groups },
    Case { operation: "updateUser", status: 400, name: "members", run: user_updates::invalid },
    Case { operation: "updateUser", status: 400, name: "no such user", run: |app| absent(app, "updateUser") },
    Case { operation: "updateUser", status: 400, name: "bodies", run: |app| bad_body(app, "updateUser") },
    Case { operation: "updateUser", status: 401, name: "no valid credential", run: |app| unauthorized(app, "updateUser") },
    Case { operation: "updateUser", status: 403, name: "a reader", run: |app| forbidden(app, "updateUser") },
    Case { operation: "updateUser", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "updateUser") },
    Case { operation: "updateUser", status: 412, name: "another version", run: |app| stale(app, "updateUser") },
    Case { operation: "updateUser", status: 413, name: "more than a mebibyte", run: |app| too_large(app, "updateUser") },
    Case { operation: "updateUser", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported(app, "updateUser") },
    Case { operation: "updateUser", status: 500, name: "fault", run: |app| fault(app, "updateUser", "user_account") },

    Case { operation: "deleteUser", status: 200, name: "also from groups, in XML", run: |app| delete(app, Xml) },
    Case { operation: "deleteUser", status: 200, name: "also from groups, in JSON", run: |app| delete(app, Json) },
    Case { operation: "deleteUser", status: 400, name: "no such user", run: |app| absent(app, "deleteUser") },
    Case { operation: "deleteUser", status: 400, name: "a credential is bound to the user", run: delete_bound },
    Case { operation: "deleteUser", status: 401, name: "no valid credential", run: |app| unauthorized(app, "deleteUser") },
    Case { operation: "deleteUser", status: 403, name: "a reader", run: |app| forbidden(app, "deleteUser") },
    Case { operation: "deleteUser", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "deleteUser") },
    Case { operation: "deleteUser", status: 412, name: "another version", run: |app| stale(app, "deleteUser") },
    Case { operation: "deleteUser", status: 413, name: "more than a mebibyte", run: |app| too_large_without_credential(app, USER) },
    Case { operation: "deleteUser", status: 415, name: "neither XML nor JSON sent", run: |app| unsupported_without_credential(app, USER) },
    Case { operation: "deleteUser", status: 500, name: "fault", run: |app| fault(app, "deleteUser", "membership") },

    Case { operation: "searchUsers", status: 200, name: "pages, in XML", run: |app| search(app, Xml) },
    Case { operation: "searchUsers", status: 200, name: "pages, in JSON", run: |app| search(app, Json) },
    Case { operation: "searchUsers", status: 400, name: "parameters", run: search_invalid },
    Case { operation: "searchUsers", status: 401, name: "no valid credential", run: |app| unauthorized(app, "searchUsers") },
    Case { operation: "searchUsers", status: 406, name: "neither XML nor JSON wanted", run: |app| not_acceptable(app, "searchUsers") },
    Case { operation: "searchUsers", status: 500, name: "fault", run: |app| fault(app, "searchUsers", "user_account") },
];

/// A user with a value in every member that answers show.
pub fn full() -> Value {
    json!({
        "Type": "Premium", "FirstName": "Grace", "LastName": "Hopper", "Email": "Grace@Example.com",
        "ExternalId": "hr-1906", "TimeZone": "Eastern Standard Time", "Country": "US", "WebsiteRole": "EnterpriseAdmin",
        "Status": "Inactive", "Folders": ["9b1d7c3a5e2f4860a7c4d1e8f0b35296", "", "Plans"], "ColorCode": "#1F6FEB",
        "Metadata": [{"Key": "Badge", "Value": "B-0042"}, {"Key": "Note", "Value": ""}],
    })
}

fn get(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let request = reader(app, format).get(USER).query("Id", &dashed(&sample.member));
    let answer = request.send().expect(200).in_format(format);
    let user = answer.at("/User");
    let expected = json!({
        "Id": sample.member, "Type": "Standard", "FirstName": "Ada", "LastName": "Doe", "Email": "Ada@example.com",
        "Status": "Active", "WebsiteRole": "ReadOnly", "CreatedDate": user["CreatedDate"], "LastUpdated": user["LastUpdated"],
        "UserDevices": [], "Groups": [sample.group], "Folders": [],
    });
    assert_eq!(user, &expected);
    let created = answer.text("/User/CreatedDate");
    assert_eq!(
        created.len(),
        "2026-11-22T15:04:05.2501370Z".len(),
        "seven digits: {created}"
    );
}

fn get_again(app: &App) {
    let sample = Sample::prepare(app);
    let mut tags = Vec::new();
    for format in Format::ALL {
        let request = sample.request(&reader(app, format), "getUser");
        let tag = request.send().expect(200).etag();
        let answer = request.header("If-None-Match", &tag).send().expect(304);
        assert_eq!(answer.etag(), tag);
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1], "XML is not JSON");
    let body = json!({"Id": sample.group, "UserIds": [sample.loner]});
    admin(app, Xml)
        .put(testkit::formsonfire::GROUP, &body)
        .send()
        .expect(200);
    let request = sample.request(&reader(app, Xml), "getUser");
    let tag = request
        .clone()
        .header("If-None-Match", &tags[0])
        .send()
        .expect(200)
        .etag();
    let version = |tag: &str| tag.split('-').next().map(str::to_owned);
    assert_eq!(
        version(&tag),
        version(&tags[0]),
        "a user's version does not move with the groups"
    );
    let put = sample
        .request(&admin(app, Xml), "updateUser")
        .header("If-Match", &tags[0]);
    put.send().expect(200);
}

fn get_invalid(app: &App) {
    Sample::prepare(app);
    for format in Format::ALL {
        let client = reader(app, format);
        client
            .get(USER)
            .send()
            .in_format(format)
            .invalid(&[("Id", "NotEmpty")]);
        client
            .get(USER)
            .query("Id", "x")
            .send()
            .invalid(&[("Id", "RegularExpression")]);
    }
}

/// An id of nobody, and one of another company.
fn absent(app: &App, operation: &str) {
    let mut sample = Sample::prepare(app);
    let theirs = Sample::prepare_as(&Client::of(app, "stranger", Json));
    unchanged(app, || {
        for format in Format::ALL {
            for id in ["01a203ab07b47b1e8c5541d7e0a96f02", theirs.loner.as_str()] {
                id.clone_into(&mut sample.loner);
                let answer = sample
                    .request(&editor(app, format), operation)
                    .send()
                    .in_format(format);
                answer.refused(400, "NotFound");
                assert_eq!(answer.violations(), [("Id", "NotFound")]);
                let message = format!("user `{id}` not found");
                assert_eq!(answer.at("/ResponseStatus/Message"), &json!(message));
            }
        }
    });
}

fn create(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = editor(app, format);
    let mut body = full();
    body["Groups"] = json!([sample.group, dashed(&sample.group).to_uppercase()]);
    body["Password"] = "a long pass phrase".into();
    body["DoNotEmail"] = true.into();
    body["UseNames"] = false.into();
    body["Id"] = json!(sample.member);
    let answer = client.post(USER, &body).send().expect(200).in_format(format);
    let shown = answer.at("/User").clone();
    let id = shown["Id"].as_str().unwrap();
    assert_ne!(id, sample.member, "a client cannot choose the id");
    let mut expected = full();
    expected["Id"] = json!(id);
    expected["Groups"] = json!([sample.group]);
    expected["UserDevices"] = json!([]);
    for name in ["CreatedDate", "LastUpdated"] {
        expected[name] = shown[name].clone();
    }
    assert_eq!(shown, expected);
    let get = client.get(USER).query("Id", id).send().expect(200);
    assert_eq!((get.at("/User"), get.etag()), (&expected, answer.etag()));
    assert_eq!(
        group(&client, &sample.group)["UserIds"],
        json!([sample.member, id])
    );
}

fn create_least(app: &App) {
    for format in Format::ALL {
        let client = editor(app, format);
        let invited =
            json!({"Status": "invited", "Country": "", "Metadata": [], "Folders": null, "UseNames": true});
        for more in [json!({}), invited] {
            let mut body = person("Ada");
            body.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let user = client.post(USER, &body).send().expect(200).at("/User").clone();
            let expected = json!({
                "Id": user["Id"], "Type": "Standard", "FirstName": "Ada", "LastName": "Doe", "Email": "Ada@example.com",
                "Status": "Active", "WebsiteRole": "ReadOnly", "CreatedDate": user["CreatedDate"],
                "LastUpdated": user["CreatedDate"], "UserDevices": [], "Groups": [], "Folders": [],
            });
            assert_eq!(user, expected, "addresses may repeat");
        }
    }
}

fn create_invalid(app: &App) {
    unchanged(app, || {
        for format in Format::ALL {
            let with = |name: &str, value: Value| {
                let mut body = person("Ada");
                body[name] = value;
                editor(app, format).post(USER, &body).send().in_format(format)
            };
            let nothing = editor(app, format).post(USER, &json!({})).send();
            nothing.invalid(&[
                ("Email", "NotEmpty"),
                ("FirstName", "NotEmpty"),
                ("LastName", "NotEmpty"),
            ]);
            for (name, value, violation) in [
                ("FirstName", json!(""), ("FirstName", "NotEmpty")),
                ("LastName", json!("a".repeat(256)), ("LastName", "Length")),
                ("Email", json!("a".repeat(255)), ("Email", "Length")),
                ("Type", json!("Deluxe"), ("Type", "Enum")),
                ("Status", json!("Gone"), ("Status", "Enum")),
                ("WebsiteRole", json!("King"), ("WebsiteRole", "Enum")),
                ("TimeZone", json!("a".repeat(65)), ("TimeZone", "Length")),
                ("ColorCode", json!("a".repeat(33)), ("ColorCode", "Length")),
                ("Groups", json!([""]), ("Groups[0]", "NotEmpty")),
                ("Groups", json!(["Staff"]), ("Groups[0]", "RegularExpression")),
                ("Folders", json!(["a", "b".repeat(256)]), ("Folders[1]", "Length")),
                (
                    "Metadata",
                    json!([{"Key": "a"}, {"Key": ""}]),
                    ("Metadata[1].Key", "NotEmpty"),
                ),
                (
                    "Metadata",
                    json!([{"Value": "a"}]),
                    ("Metadata[0].Key", "NotEmpty"),
                ),
                ("DoNotEmail", json!("maybe"), ("DoNotEmail", "Type")),
            ] {
                with(name, value).invalid(&[violation]);
            }
            let many: Vec<String> = (0..1001).map(|at| at.to_string()).collect();
            with("Folders", json!(many)).invalid(&[("Folders", "Count")]);
        }
    });
}

/// Unknown groups, names of several, and two ways to name them at once.
fn create_in_wrong_groups(app: &App) {
    let sample = Sample::prepare(app);
    let twin = create_group(&admin(app, Json), &json!({"Name": "staff"}));
    let theirs = Sample::prepare_as(&Client::of(app, "stranger", Json));
    unchanged(app, || {
        for format in Format::ALL {
            let post = |groups: Value, flags: Value| {
                let mut body = person("Cleo");
                body["Groups"] = groups;
                body.as_object_mut()
                    .unwrap()
                    .extend(flags.as_object().unwrap().clone());
                editor(app, format).post(USER, &body).send()
            };
            let names = json!({"UseNames": true});
            let external = json!({"UseExternalIds": true});
            let both = json!({"UseNames": true, "UseExternalIds": true});
            post(json!([sample.group, theirs.group]), json!({})).invalid(&[("Groups[1]", "NotFound")]);
            post(json!(["Nothing"]), names.clone()).invalid(&[("Groups[0]", "NotFound")]);
            post(json!(["STAFF"]), names).invalid(&[("Groups[0]", "Conflict")]);
            post(json!(["GRP-STAFF"]), external).invalid(&[("Groups[0]", "NotFound")]);
            post(json!([]), both).invalid(&[("UseExternalIds", "Conflict")]);
        }
    });
    assert_eq!(group(&admin(app, Json), &twin)["UserIds"], json!([]));
}

fn create_twice(app: &App) {
    let taken = |name: &str| {
        let mut body = person(name);
        body["ExternalId"] = "hr-1".into();
        body
    };
    editor(app, Json).post(USER, &taken("Ada")).send().expect(200);
    unchanged(app, || {
        for format in Format::ALL {
            let answer = editor(app, format)
                .post(USER, &taken("Bob"))
                .send()
                .in_format(format);
            answer.refused(400, "AlreadyExists");
            assert_eq!(answer.violations(), [("ExternalId", "AlreadyExists")]);
        }
    });
}

fn delete(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = editor(app, format);
    let answer = client
        .delete(USER)
        .query("Id", &sample.member)
        .send()
        .expect(200)
        .in_format(format);
    assert_eq!(answer.json(), &json!({}));
    client
        .get(USER)
        .query("Id", &sample.member)
        .send()
        .refused(400, "NotFound");
    assert_eq!(group(&client, &sample.group)["UserIds"], json!([]));
    let body = client.signed(&json!({"Id": sample.loner}));
    client.bare("DELETE", USER).object(&body).send().expect(200);
}

fn delete_bound(app: &App) {
    let id = create_user(&admin(app, Json), "Olga");
    let bound = Some(UserId(dashed(&id).parse().unwrap()));
    let secret = Some(testkit::app::secret("owner"));
    let own = Some("owner".to_owned());
    app.wait(credentials::create(
        app.directory(),
        "default",
        own,
        Access::Editor,
        bound,
        secret,
    ));
    unchanged(app, || {
        for format in Format::ALL {
            let answer = admin(app, format).delete(USER).query("Id", &id).send();
            answer.in_format(format).refused(400, "Conflict");
        }
    });
}

fn search(app: &App, format: Format) {
    let sample = Sample::prepare(app);
    let client = reader(app, format);
    let mut body = full();
    body["FirstName"] = "ada".into();
    let third = editor(app, format)
        .post(USER, &body)
        .send()
        .expect(200)
        .text("/User/Id")
        .to_owned();
    let found = |parameters: &[(&str, &str)]| {
        let request = parameters
            .iter()
            .fold(client.get(USERS), |request, (name, value)| {
                request.query(name, value)
            });
        let answer = request.send().expect(200).in_format(format);
        let users = answer.at("/Users").as_array().unwrap().clone();
        for shown in &users {
            assert_eq!(shown, &user(&client, shown["Id"].as_str().unwrap()));
        }
        users
            .iter()
            .map(|user| user["Id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (first, second) = (sample.member.clone(), sample.loner.clone());
    let nobody = Vec::<String>::new();
    assert_eq!(
        found(&[("Name", "ADA")]),
        [first.clone(), third.clone()],
        "oldest first"
    );
    assert_eq!(found(&[("Name", "doe")]), [first.as_str(), second.as_str()]);
    assert_eq!(found(&[("Name", "Ada Hopper")]), [third.as_str()]);
    assert_eq!(found(&[("Name", "Ad")]), nobody);
    assert_eq!(found(&[("Email", "grace@example.COM")]), [third.as_str()]);
    assert_eq!(
        found(&[("ExternalId", "hr-1906"), ("Name", "")]),
        [third.as_str()]
    );
    assert_eq!(found(&[("ExternalId", "HR-1906")]), nobody);
    assert_eq!(
        found(&[("Name", "ada"), ("Status", "inactive")]),
        [third.as_str()]
    );
    assert_eq!(found(&[("Name", "ada"), ("Status", "Active")]), [first.as_str()]);
    assert_eq!(found(&[("Name", "ada"), ("Status", "Invited")]), nobody);
    assert_eq!(
        found(&[("Name", "doe"), ("PageSize", "1"), ("PageNo", "1")]),
        [second.as_str()]
    );
    assert_eq!(
        found(&[("Name", "hopper"), ("IncludeDeletedUserAudits", "True")]),
        [third.as_str()]
    );
}

fn search_invalid(app: &App) {
    for format in Format::ALL {
        let list = reader(app, format).get(USERS);
        list.clone()
            .send()
            .in_format(format)
            .invalid(&[("Name", "NotEmpty")]);
        let empty = list
            .clone()
            .query("Name", "")
            .query("Email", "")
            .query("Status", "Active");
        empty.send().invalid(&[("Name", "NotEmpty")]);
        list.clone()
            .query("Status", "Invited")
            .send()
            .invalid(&[("Name", "NotEmpty")]);
        let list = list.query("Email", "a@example.com");
        for (name, value, code) in [
            ("PageSize", "251", "InclusiveBetween"),
            ("PageNo", "-1", "InclusiveBetween"),
            ("Status", "Gone", "Enum"),
            ("UseNames", "maybe", "Type"),
        ] {
            list.clone().query(name, value).send().invalid(&[(name, code)]);
        }
        let both = list.query("UseNames", "true").query("UseExternalIds", "true");
        both.send().invalid(&[("UseExternalIds", "Conflict")]);
    }
}

//! Updates of users: what a PUT names, keeps and clears.

use super::samples::{Sample, admin, create_group, dashed, editor, group, person, user};
use super::users::full;
use crate::database::unchanged;
use serde_json::{Value, json};
use testkit::App;
use testkit::formsonfire::Format::{self, Json};
use testkit::formsonfire::{USER, USERS};

pub fn update(app: &App, format: Format) {
    let client = editor(app, format);
    let made = client.post(USER, &full()).send().expect(200);
    let before = made.at("/User").clone();
    let id = &before["Id"];
    app.advance(5);
    let put = |body: &Value| client.put(USER, body).send().expect(200).in_format(format);
    let mut nulls = json!({"Id": id});
    for name in [
        "Type",
        "FirstName",
        "Email",
        "ExternalId",
        "Country",
        "Status",
        "Groups",
        "Folders",
        "Metadata",
    ] {
        nulls[name] = Value::Null;
    }
    for nothing in [json!({"Id": id}), nulls, before.clone()] {
        let answer = put(&nothing);
        assert_eq!((answer.at("/User"), answer.etag()), (&before, made.etag()));
    }
    let one = put(&json!({"Id": id, "Country": "DE"}));
    let mut expected = before.clone();
    expected["Country"] = "DE".into();
    expected["LastUpdated"] = one.at("/User/LastUpdated").clone();
    assert_eq!(one.at("/User"), &expected, "single members change");
    assert_ne!(expected["LastUpdated"], before["LastUpdated"]);
    let cleared = put(&json!({
        "Id": id, "FirstName": "", "LastName": "", "Email": "", "ExternalId": "", "TimeZone": "", "Country": "",
        "Folders": [], "ColorCode": "", "Metadata": [], "Status": "INVITED", "Type": "lite", "WebsiteRole": "User",
    }));
    let expected = json!({
        "Id": id, "Type": "Lite", "Status": "Active", "WebsiteRole": "User", "CreatedDate": before["CreatedDate"],
        "LastUpdated": cleared.at("/User/LastUpdated"), "UserDevices": [], "Groups": [], "Folders": [],
    });
    assert_eq!(cleared.at("/User"), &expected);
    assert_eq!(user(&client, id.as_str().unwrap()), expected);
}

pub fn groups(app: &App) {
    let sample = Sample::prepare(app);
    let nameless = {
        let json = admin(app, Json);
        let id = create_group(&json, &json!({"Name": "Gone"}));
        json.put(testkit::formsonfire::GROUP, &json!({"Id": id, "Name": ""}))
            .send()
            .expect(200);
        id
    };
    for format in Format::ALL {
        let client = editor(app, format);
        let put = |groups: Value, flag: &str| {
            let body = json!({"Id": sample.loner, "Groups": groups, flag: true});
            client
                .put(USER, &body)
                .send()
                .expect(200)
                .at("/User/Groups")
                .clone()
        };
        let both = json!([sample.group, nameless]);
        assert_eq!(put(both.clone(), "DoNotEmail"), both);
        assert_eq!(group(&client, &nameless)["UserIds"], json!([sample.loner]));
        // What an answer shows, a request may name.
        let names = put(json!(["STAFF", dashed(&nameless)]), "UseNames");
        assert_eq!(names, json!(["Staff", nameless]));
        assert_eq!(put(names.clone(), "UseNames"), names);
        let external = put(json!(["grp-staff", nameless]), "UseExternalIds");
        assert_eq!(external, json!(["grp-staff", nameless]));
        assert_eq!(user(&client, &sample.loner)["Groups"], both, "GET shows ids");
        let search = client.get(USERS).query("Name", "Bob");
        for (flag, expected) in [("UseNames", &names), ("UseExternalIds", &external)] {
            let found = search.clone().query(flag, "TRUE").send().expect(200);
            assert_eq!(found.at("/Users/0/Groups"), expected);
        }
        assert_eq!(put(json!([]), "UseNames"), json!([]));
        assert_eq!(group(&client, &sample.group)["UserIds"], json!([sample.member]));
    }
}

pub fn invalid(app: &App) {
    let sample = Sample::prepare(app);
    let mut other = person("Eve");
    other["ExternalId"] = "taken".into();
    admin(app, Json).post(USER, &other).send().expect(200);
    unchanged(app, || {
        for format in Format::ALL {
            let put = |body: Value| editor(app, format).put(USER, &body).send().in_format(format);
            put(json!({"LastName": "a"})).invalid(&[("Id", "NotEmpty")]);
            put(json!({"Id": "x", "Type": "y"})).invalid(&[("Id", "RegularExpression"), ("Type", "Enum")]);
            let body =
                json!({"Id": sample.loner, "LastName": "never", "Groups": [sample.group, sample.loner]});
            put(body).invalid(&[("Groups[1]", "NotFound")]);
            let both = json!({"Id": sample.loner, "UseNames": true, "UseExternalIds": true});
            put(both).invalid(&[("UseExternalIds", "Conflict")]);
            let taken = put(json!({"Id": sample.loner, "LastName": "never", "ExternalId": "taken"}));
            taken.refused(400, "AlreadyExists");
        }
    });
}

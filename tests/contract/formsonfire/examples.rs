//! The examples of the document, played through in both media types, and the vendor's own request.

use super::samples::{admin, create_group, create_user, editor};
use serde_json::{Value, json};
use testkit::App;
use testkit::app::secret;
use testkit::formsonfire::{Client, Format, GROUP, USER};

fn example(name: &str) -> Value {
    let document: Value = serde_json::from_str(contract::formsonfire::DOCUMENT_JSON).unwrap();
    document["components"]["examples"][name]["value"].clone()
}

/// An example with the ids and the credential of this run.
fn told(client: &Client, name: &str, ids: &[(&str, &str)]) -> Value {
    let text = example(name).to_string();
    let text = ids.iter().fold(text, |text, (from, to)| {
        text.replace(from, to).replace(&super::samples::dashed(from), to)
    });
    let body: Value = serde_json::from_str(&text).unwrap();
    let key = client.signed(&json!({}))["IntegrationKey"].clone();
    match body.get("IntegrationKey") {
        Some(_) => {
            let mut body = body;
            body["IntegrationKey"] = key;
            body
        }
        None => body,
    }
}

/// Instants differ from run to run.
fn settled(value: &Value) -> Value {
    let mut value = value.clone();
    for name in ["CreatedDate", "LastUpdated"] {
        if let Some(at) = value["User"].get_mut(name) {
            *at = json!(at.as_str().map(str::len));
        }
    }
    value
}

const ADA: &str = "01a203ab07b47b1e8c5541d7e0a96f02";
const GRACE: &str = "01a203c92b827c439f0d6f0a1c2b3d4e";
const INSPECTORS: &str = "01a203b07c9271d48e52a0f19c3b5d6e";

#[test]
fn groups_are_as_in_the_examples() {
    for format in Format::ALL {
        let app = App::start();
        let client = editor(&app, format);
        let (ada, grace) = (create_user(&client, "Ada"), create_user(&client, "Grace"));
        let users = [(ADA, ada.as_str()), (GRACE, grace.as_str())];
        let body = told(&client, "UserGroupToCreate", &users);
        let made = client.bare("POST", GROUP).object(&body).send().expect(200);
        let id = made.text("/UserGroup/Id");
        let ids = [users[0], users[1], (INSPECTORS, id)];
        assert_eq!(made.json(), &told(&client, "UserGroupCreated", &ids));
        let body = told(&client, "UserGroupToUpdate", &ids);
        let changed = client.bare("PUT", GROUP).object(&body).send().expect(200);
        assert_eq!(changed.json(), &told(&client, "UserGroupUpdated", &ids));
    }
}

#[test]
fn users_are_as_in_the_examples() {
    for format in Format::ALL {
        let app = App::start();
        let client = editor(&app, format);
        let group = create_group(&client, &json!({"Name": "Site inspectors"}));
        create_group(&client, &json!({"Name": "Office"}));
        let body = told(&client, "UserToCreate", &[(INSPECTORS, &group)]);
        let made = client.bare("POST", USER).object(&body).send().expect(200);
        let ids = [(INSPECTORS, group.as_str()), (GRACE, made.text("/User/Id"))];
        assert_eq!(settled(made.json()), settled(&told(&client, "UserCreated", &ids)));
        let body = told(&client, "UserToUpdate", &ids);
        let changed = client.bare("PUT", USER).object(&body).send().expect(200);
        assert_eq!(
            settled(changed.json()),
            settled(&told(&client, "UserUpdated", &ids))
        );
    }
}

/// The request of the vendor's page: no media type, its own order of elements, and the answer as that page has it.
#[test]
fn the_vendors_request_is_answered_in_the_vendors_shape() {
    let app = App::start();
    let id = create_group(&admin(&app, Format::Json), &json!({"Name": "The_UserGroup_Name"}));
    let body = format!(
        "<UserGroup xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><CompanyId>1</CompanyId>\
         <ExternalId>grp_the_updated_group_extid</ExternalId><Id>{id}</Id><IntegrationKey>{}</IntegrationKey>\
         <Name>The_Updated_UserGroup_Name</Name><UserIds i:nil=\"true\" /></UserGroup>",
        secret("admin")
    );
    let put = admin(&app, Format::Xml)
        .bare("PUT", GROUP)
        .body("", body)
        .without("Accept");
    let put = put.without("Content-Type");
    let answer = put
        .clone()
        .query("format", "json")
        .send()
        .expect(200)
        .in_format(Format::Json);
    let expected = format!(
        "{{\"UserGroup\":{{\"Id\":\"{id}\",\"Name\":\"The_Updated_UserGroup_Name\",\
         \"ExternalId\":\"grp_the_updated_group_extid\",\"UserIds\":[],\"CompanyId\":1}}}}"
    );
    assert_eq!(answer.reply.text(), expected, "to the letter");
    let expected = format!(
        "<UserGroupResponse><UserGroup><CompanyId>1</CompanyId><ExternalId>grp_the_updated_group_extid</ExternalId>\
         <Id>{id}</Id><Name>The_Updated_UserGroup_Name</Name><UserIds/></UserGroup></UserGroupResponse>"
    );
    let answer = put.send().expect(200).in_format(Format::Xml);
    assert_eq!(answer.reply.text(), expected, "to the letter");
}

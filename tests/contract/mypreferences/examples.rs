//! The examples of the document, played through, and a request in the vendor's own shape.

use super::samples::{editor, reader};
use serde_json::{Value, json};
use testkit::App;

fn example(name: &str) -> Value {
    let document: Value = serde_json::from_str(contract::mypreferences::DOCUMENT_JSON).unwrap();
    document["components"]["examples"][name]["value"].clone()
}

/// Without what differs from run to run: numbers, instants, who wrote.
fn settled(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(settled).collect(),
        Value::Object(members) => {
            let kept = members.iter().map(|(name, member)| {
                let member = match name.as_str() {
                    "TypeId" | "ProfileId" => json!(member.is_i64()),
                    "CreateDate" | "ModifiedDate" | "CreatedBy" | "ModifiedBy" => json!(member.is_string()),
                    _ => settled(member),
                };
                (name.clone(), member)
            });
            Value::Object(kept.collect())
        }
        other => other.clone(),
    }
}

#[track_caller]
fn alike(found: &Value, name: &str) {
    assert_eq!(settled(found), settled(&example(name)), "{name}");
}

#[test]
fn group_types_are_as_in_the_examples() {
    let app = App::start();
    let client = editor(&app);
    let made = client
        .post("GroupTypes", &example("TypesToCreate"))
        .send()
        .expect(201);
    alike(made.json(), "TypesCreated");
    let taken = client
        .post("GroupTypes", &example("TypesToCreate"))
        .send()
        .expect(409);
    alike(taken.json(), "TypeConflict");
    let app = App::start();
    let client = editor(&app);
    let made = client
        .post("GroupTypes", &example("TwoTypesToCreate"))
        .send()
        .expect(201);
    alike(made.json(), "TwoTypesCreated");
    alike(reader(&app).get("GroupTypes").send().json(), "Types");
    let narrow = reader(&app).get("GroupTypes").query("locale", "en-us").send();
    alike(narrow.json(), "TypesOfLocale");
    let path = format!("GroupType/{}", made.at("/GroupTypes/0/TypeId"));
    let patched = client.patch(&path, &example("TypePatch")).send().expect(200);
    alike(patched.json(), "TypePatched");
    let gone = reader(&app)
        .get("GroupTypes")
        .query("locale", "fr-ca")
        .send()
        .expect(404);
    alike(gone.json(), "NoSuchLocale");
}

#[test]
fn profiles_are_as_in_the_examples() {
    let app = App::start();
    let client = editor(&app);
    client
        .post("GroupTypes", &example("TwoTypesToCreate"))
        .send()
        .expect(201);
    let made = client
        .post("Profile", &example("ProfileToCreate"))
        .send()
        .expect(201);
    alike(made.json(), "Profile");
    let number = made.at("/ProfileId");
    let path = format!("Profile/{number}");
    let kim = json!({
        "CustomerType": "Customer", "CustomerName": {"FirstName": "Kim", "LastName": "Smith"}, "DefaultLocale": "en-us",
        "EmailAddresses": [{"EmailType": "Home", "EmailAddress": "kim.smith@example.com"}],
        "Groups": [{"GroupType": "Household", "GroupName": "Smith"}],
    });
    client.post("Profile", &kim).send().expect(201);
    let shared = client
        .get("GroupProfiles")
        .query("groupType", "Household")
        .query("profileId", &number.to_string());
    alike(shared.send().json(), "GroupProfiles");
    let updated = client.post(&path, &example("ProfileToUpdate")).send().expect(200);
    alike(updated.json(), "ProfileUpdated");
    let patched = client.patch(&path, &example("ProfilePatch")).send().expect(200);
    alike(patched.json(), "ProfilePatched");
    let conflict = client
        .post("Profile", &example("ProfileToCreate"))
        .send()
        .expect(409);
    alike(conflict.json(), "ProfileConflict");
    let rename = client
        .post("GroupTypes/Household/RenameGroup", &example("GroupRename"))
        .send()
        .expect(200);
    alike(rename.json(), "GroupRenamed");
}

/// The vendor's body: no media type, members in the order of its older help pages, an older spelling of the path.
#[test]
fn the_vendors_request_is_answered_in_the_vendors_shape() {
    let app = App::start();
    let body = r#"{"GroupTypes":[{"IsActive":true,"IsDefault":false,"LocalizedFields":[{"Description":"People at one address","Locale":"en-us","Name":"Household"}],"TypeName":"Household"}]}"#;
    let client = editor(&app);
    let request = client
        .request("POST", "GroupTypes")
        .body("application/json", body)
        .without("Content-Type");
    let answer = request.send().expect(201);
    assert_eq!(answer.header("content-type"), "application/json");
    alike(answer.json(), "TypesCreated");
    let names: Vec<&str> = answer
        .at("/GroupTypes/0")
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "Edited",
            "IsActive",
            "IsDefault",
            "LocalizedFields",
            "TypeId",
            "TypeName"
        ]
    );
}

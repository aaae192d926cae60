//! The vendor's own examples, and those of the document, played through.

use super::samples::{admin, create, editor};
use serde_json::{Value, json};
use testkit::App;
use testkit::propeller::{USERGROUPS, USERS, by};

fn example(name: &str) -> Value {
    let document: Value = serde_json::from_str(contract::propeller::DOCUMENT_JSON).unwrap();
    document["components"]["examples"][name]["value"].clone()
}

/// An example with the numbers of this run.
fn told(name: &str, numbers: &[(i64, i64)]) -> Value {
    fn replace(value: &mut Value, numbers: &[(i64, i64)]) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match numbers
                        .iter()
                        .find(|(from, _)| name == "id" && *member == json!(from))
                    {
                        Some((_, to)) => *member = json!(to),
                        None => replace(member, numbers),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, numbers)),
            _ => {}
        }
    }
    let mut value = example(name);
    replace(&mut value, numbers);
    value
}

#[test]
fn usergroups_are_as_in_the_examples() {
    let app = App::start();
    let client = editor(&app);
    let top = create(&client, USERGROUPS, &json!({"name": "Benelux"}));
    let body = told("UsergroupToCreate", &[(119, top)]);
    let made = client.post(USERGROUPS).json(&body).send().expect(201);
    let numbers = [(119, top), (213, made.at("/data/id").as_i64().unwrap())];
    assert_eq!(made.json(), &told("UsergroupCreated", &numbers));
    let path = by(USERGROUPS, "sourceId", "erp-1005");
    assert_eq!(client.get(&path).send().json(), &told("UsergroupFound", &numbers));
    let more = json!({"sourceId": "c-77", "source": "crm"});
    client
        .patch(&by(USERGROUPS, "id", &numbers[1].1.to_string()))
        .json(&more)
        .send()
        .expect(200);
    let expanded = client.get(&path).query("expands", "sources").send();
    assert_eq!(expanded.json(), &told("UsergroupExpanded", &numbers));
    let changed = client
        .patch(&path)
        .json(&told("UsergroupToUpdate", &numbers))
        .send();
    assert_eq!(changed.json(), &told("UsergroupUpdated", &numbers));
    assert_eq!(client.delete(&path).send().json(), &example("UsergroupDeleted"));
    let wrong = client.get("/usergroups/sourceid/1").send();
    let expected = &example("InvalidLookupKey")["error"]["messages"];
    assert_eq!(wrong.at("/error/messages"), expected);
}

#[test]
fn users_are_as_in_the_examples() {
    let app = App::start();
    let client = editor(&app);
    let group = create(&client, USERGROUPS, &json!({"name": "Netherlands"}));
    let other = json!({"sourceId": "erp-1006", "source": "erp"});
    let other = create(&client, USERGROUPS, &other);
    let made = client
        .post(USERS)
        .json(&told("UserToCreate", &[(213, group)]))
        .send()
        .expect(201);
    let numbers = [
        (213, group),
        (214, other),
        (7, made.at("/data/id").as_i64().unwrap()),
    ];
    assert_eq!(made.json(), &told("UserCreated", &numbers));
    let path = by(USERS, "sourceId", "erp-7");
    assert_eq!(client.get(&path).send().json(), &told("UserFound", &numbers));
    let expanded = client.get(&path).query("expands", "sources").send();
    assert_eq!(expanded.json(), &told("UserExpanded", &numbers));
    assert_eq!(client.get(USERS).send().json(), &told("UserPage", &numbers));
    let changed = client.patch(&path).json(&told("UserToUpdate", &numbers)).send();
    assert_eq!(changed.json(), &told("UserUpdated", &numbers));
    assert_eq!(client.delete(&path).send().json(), &example("UserDeleted"));
}

/// The example of the vendor's page on creating a usergroup: every member of its answer is in ours, with that value.
#[test]
fn the_vendors_create_is_answered_in_the_vendors_shape() {
    let app = App::start();
    let top = create(&admin(&app), USERGROUPS, &json!({"name": "Benelux"}));
    let body = json!({
        "name": "Netherlands", "language": "NL", "parent": {"id": top}, "notes": "Usergroup created from API",
        "inheritProductList": "Y", "inheritOrderList": "N", "budget": "N", "budgetInherit": "N",
    });
    let made = editor(&app).post("/usergroups/").json(&body).send().expect(201);
    let numbers = [(119, top), (213, made.at("/data/id").as_i64().unwrap())];
    let vendors = told("VendorUsergroupCreated", &numbers);
    for (name, value) in vendors["data"].as_object().unwrap() {
        assert_eq!(&made.json()["data"][name], value, "{name}");
    }
    assert_eq!(
        (made.at("/messages"), made.at("/total")),
        (&vendors["messages"], &vendors["total"])
    );
    for header in ["x-request-id", "return-format", "content-length", "date"] {
        assert!(made.reply.header(header).is_some(), "{header}");
    }
    let broken = editor(&app)
        .post("/usergroups/")
        .body("application/json", "{\"name\":")
        .send();
    let vendors = &example("InvalidJson")["error"];
    for name in ["code", "messages", "status", "type"] {
        assert_eq!(&broken.json()["error"][name], &vendors[name], "{name}");
    }
    assert!(broken.text("/error/moreInfo").ends_with("/docs/errors/10005"));
}

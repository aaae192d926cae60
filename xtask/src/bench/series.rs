//! What is measured: the same reads and writes through each dialect.

use serde_json::json;

pub const CLIENT: &str = "bench";
pub const SECRET: &str = "a-secret-of-the-benchmark-only";

pub const KIBO_GROUPS: &str = "/platform/adminuser/groups";
const FORMSONFIRE_GROUPS: &str = "/api/v2/usergroup";
const TALEOLEARN_GROUPS: &str = "/learn.rest/v1/learnCenters/1/groups";
const PROPELLER_GROUPS: &str = "/usergroups";
pub const MYPREFERENCES: &str = "/Profiles/v4/default";

/// How a request shows who calls. Some dialects have it in the query or the body.
#[derive(Clone, Copy)]
pub enum Credential {
    Nobody,
    Bearer,
    Basic,
}

/// Verb, target and body of a request.
pub type Request = (&'static str, String, String);

/// One kind of request. `number` differs for every request of a run.
pub struct Series {
    pub name: &'static str,
    pub credential: Credential,
    pub request: fn(number: u64) -> Request,
}

pub const ALL: [Series; 14] = [
    series("Kibo: GET one group of 2 users", Credential::Bearer, |_| {
        get(format!("{KIBO_GROUPS}/bench"))
    }),
    series(
        "Kibo: GET one group, code and name only",
        Credential::Bearer,
        |_| get(format!("{KIBO_GROUPS}/bench?responseFields=groupCode,name")),
    ),
    series("Kibo: GET a list of 50 groups", Credential::Bearer, |_| {
        get(format!("{KIBO_GROUPS}?pageSize=50&responseFields=items(-users)"))
    }),
    series("Kibo: POST a group (durable)", Credential::Bearer, |number| {
        let body = json!({"groupCode": format!("b{number}"), "name": "Bench"});
        ("POST", KIBO_GROUPS.to_owned(), body.to_string())
    }),
    series("Kibo: POST an account (durable)", Credential::Bearer, |number| {
        let body =
            json!({"emailAddress": format!("b{number}@example.com"), "firstName": "B", "lastName": "C"});
        (
            "POST",
            "/platform/adminuser/accounts".to_owned(),
            body.to_string(),
        )
    }),
    series("Forms On Fire: GET a search in XML", Credential::Nobody, |_| {
        let credential = format!("CompanyId=1&IntegrationKey={SECRET}");
        get(format!(
            "{FORMSONFIRE_GROUPS}/search?format=xml&Name=Seed&{credential}"
        ))
    }),
    series("Forms On Fire: GET a search in JSON", Credential::Nobody, |_| {
        let credential = format!("CompanyId=1&IntegrationKey={SECRET}");
        get(format!(
            "{FORMSONFIRE_GROUPS}/search?format=json&Name=Seed&{credential}"
        ))
    }),
    series(
        "Forms On Fire: POST a group (durable)",
        Credential::Nobody,
        |number| {
            let body = json!({"CompanyId": 1, "IntegrationKey": SECRET, "Name": format!("Bench {number}")});
            ("POST", FORMSONFIRE_GROUPS.to_owned(), body.to_string())
        },
    ),
    series("Taleo Learn: GET a list of 50 groups", Credential::Basic, |_| {
        get(format!("{TALEOLEARN_GROUPS}?limit=50"))
    }),
    series(
        "Taleo Learn: POST a group (durable)",
        Credential::Basic,
        |number| {
            let body = json!({"name": format!("Bench {number}")});
            ("POST", TALEOLEARN_GROUPS.to_owned(), body.to_string())
        },
    ),
    series(
        "Propeller: GET a list of 50 usergroups",
        Credential::Bearer,
        |_| get(format!("{PROPELLER_GROUPS}?offset=50")),
    ),
    series(
        "Propeller: POST a usergroup (durable)",
        Credential::Bearer,
        |number| {
            let body = json!({"name": "Bench", "sourceId": format!("b{number}"), "source": "bench"});
            ("POST", PROPELLER_GROUPS.to_owned(), body.to_string())
        },
    ),
    series(
        "MyPreferences: GET the names of a group type",
        Credential::Bearer,
        |_| get(format!("{MYPREFERENCES}/GroupNames")),
    ),
    series(
        "MyPreferences: POST a profile of a group (durable)",
        Credential::Bearer,
        |number| {
            let group = json!({"GroupType": "Bench", "GroupName": format!("Bench {}", number % 50)});
            let body = json!({"CustomerName": {"FirstName": "B", "LastName": "C"}, "Groups": [group]});
            ("POST", format!("{MYPREFERENCES}/Profile"), body.to_string())
        },
    ),
];

const fn series(name: &'static str, credential: Credential, request: fn(u64) -> Request) -> Series {
    Series {
        name,
        credential,
        request,
    }
}

fn get(target: String) -> Request {
    ("GET", target, String::new())
}

//! Directories from files: what a seed makes, and what is said of a file that is wrong.

use crate::content::stored;
use crate::rebuild::replay;
use crate::support::*;
use directory::archive::{self, Summary};
use directory::{audit, credentials, tenants};
use model::groups::Status;
use model::{Access, Error, Result};
use serde_json::{Value, json};
use std::io::{self, Cursor, Read};

/// A seed of one tenant with this name and these members.
fn seed(name: &str, members: &Value) -> String {
    let order = ["aliases", "roles", "groupTypes", "users", "groups", "credentials"];
    let of = |member: &str| Some(format!(r#","{member}":{}"#, members.get(member)?));
    // In the order of the format, which a map of JSON does not keep.
    let members: String = order.into_iter().filter_map(of).collect();
    format!(r#"{{"roster":"seed","version":1,"tenants":[{{"name":"{name}"{members}}}]}}"#)
}

async fn import(w: &World, text: impl Into<Vec<u8>>) -> Result<Summary> {
    archive::import(&w.directory, Cursor::new(text.into())).await
}

#[tokio::test]
async fn a_seed_makes_what_it_says_and_its_events_tell_all() {
    let w = World::new().await;
    let text = seed(
        "shop",
        &json!({
            "aliases": {"kibo": "7", "taleolearn": "8"},
            "roles": [{"number": 5, "name": "Buyer"}],
            "groupTypes": [
                {"name": "Household", "localized": [{"locale": "en", "name": "Household"}], "isDefault": true},
                {"name": "Club", "active": false},
            ],
            "users": [
                {"userName": "Ann", "email": "ann@example.com", "emails": [{"value": "a@b", "kind": "work"}],
                 "phone": "1", "givenName": "Ann", "active": false, "extras": {"kibo": {"optInToEmail": true}},
                 "externalIds": {"": "1", "erp": "2"},
                 "grants": [{"role": "buyer", "tags": ["t"]}, {"role": 5, "scope": {"id": 3}}]},
                {"email": "bob@example.com"},
                {},
            ],
            "groups": [
                {"code": "all"},
                {"code": "staff", "name": "Staff", "parent": "all", "groupType": "CLUB", "status": "inactive",
                 "activeFrom": "2027-01-01T00:00:00Z", "budget": "Y", "owners": ["ann"],
                 "members": ["ANN", {"user": "bob@example.com", "excluded": true}],
                 "externalIds": {"erp": "g"}, "items": [{"kind": "skill", "id": "rust", "retain": true}]},
                {"code": "home", "members": [{"user": "ann", "isParent": true}]},
            ],
            "credentials": [
                {"clientId": "ci", "access": "editor", "secret": "a secret of the pipeline", "user": "ann"},
            ],
        }),
    );
    let summary = import(&w, text).await.unwrap();
    let counted = (
        summary.tenants,
        summary.users,
        summary.groups,
        summary.memberships,
        summary.credentials,
    );
    assert_eq!(counted, (1, 3, 3, 3, 1));
    let caller = credentials::authenticate(&w.directory, "ci", "a secret of the pipeline")
        .await
        .unwrap();
    assert_eq!(caller.access, Access::Editor);
    let content = stored(&w, caller.tenant).await;
    assert_eq!(content.roles, [(5, "Buyer".to_owned())]);
    let ann = &content.users[0];
    assert_eq!(caller.actor.user, Some((ann.user.number, ann.user.id)));
    assert_eq!(
        (
            ann.user.fields.emails.len(),
            ann.grants.len(),
            ann.external_ids.len()
        ),
        (2, 2, 2)
    );
    assert_eq!(content.users[1].user.fields.user_name, "bob@example.com");
    let staff = &content.groups[1];
    assert_eq!(
        (staff.group.member_count, staff.members.len(), staff.items.len()),
        (1, 2, 1)
    );
    assert_eq!(staff.group.fields.parent, Some(content.groups[0].group.number));
    assert_eq!(staff.group.fields.status, Status::Inactive);
    assert!(content.groups[2].members[0].is_parent);
    let events = audit::events(&w.directory, "shop", 1, 1000).await.unwrap();
    assert!(events.iter().all(|event| event.operation == "import"));
    assert_eq!(replay::rebuild(caller.tenant, &events), content);
    let report = audit::verify(&w.directory, None).await.unwrap();
    assert!(report.iter().all(|(_, verdict)| verdict.holds()), "{report:?}");
}

#[tokio::test]
async fn the_least_seed_is_a_tenant_like_any_other() {
    let w = World::new().await;
    import(&w, seed("plain", &json!({}))).await.unwrap();
    let made = tenants::find(&w.directory, "plain").await.unwrap();
    assert!(made.aliases.is_empty());
    assert_eq!(stored(&w, made.number).await.roles.len(), 3);
    let none = import(&w, r#"{"roster":"seed","version":1,"tenants":[]}"#).await;
    assert_eq!(none.unwrap(), Summary::default());
}

/// Files that are wrong outside of a tenant: the text, the place, a word of the message.
const WHOLE: &[(&str, &str, &str)] = &[
    ("", "1:1", "ends where an object is due"),
    ("\u{feff}{}", "1:5", "`roster` is missing"),
    ("\u{feff}", "1:4", "the file ends"),
    ("null", "1:1", "expected an object"),
    ("{}", "1:2", "`roster` is missing"),
    (r#"{"version":1}"#, "1:2", "`roster`"),
    (r#"{"roster":"dump","version":1}"#, "1:1", "`seed`"),
    ("{\"roster\":\"seed\",\n \"version\":2}", "2:2", "version 2"),
    (
        r#"{"roster":"seed","version":"1"}"#,
        "1:30",
        "expected a whole number",
    ),
    (
        r#"{"roster":"seed","version":1.0}"#,
        "1:30",
        "expected a whole number",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[]} x"#,
        "1:44",
        "nothing more",
    ),
    (r#"{"roster":"seed","version":1,"tenants":{}}"#, "1:40", "a list"),
    (
        r#"{"roster":"seed","version":1,"tenant":[]}"#,
        "1:30",
        "`tenants`",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[],"tenants":[]}"#,
        "1:43",
        "twice",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[{"users":[]}]}"#,
        "1:41",
        "`name`",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[{"name":"default"}]}"#,
        "1:41",
        "exists already",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[{"name":"new","users":["#,
        "1:64",
        "the file ends",
    ),
    (
        r#"{"roster":"seed","version":1,"tenants":[{"name":"new","users":[{"locale":"a"#,
        "1:76",
        "the file ends",
    ),
];

/// Members of a tenant `new` that are wrong: the text, the place, a word of the message.
const IN_TENANT: &[(&str, &str, &str)] = &[
    (r#""aliases":{"sap":"1"}"#, "1:41", "aliases/sap"),
    (r#""aliases":{"kibo":"1"}"#, "1:41", "exists already"),
    (
        r#""aliases":{"taleolearn":"north"}"#,
        "1:41",
        "aliases/taleolearn` must be a whole number",
    ),
    (r#""roles":[{"name":"x","number":0}]"#, "1:41", "roles/0/number"),
    (
        r#""groupTypes":[{"name":"a"},{"name":"A"}]"#,
        "1:82",
        "exists already",
    ),
    (r#""groupTypes":[{"name":""}]"#, "1:69", "at least 1"),
    (
        r#""users":[{"userName":"a"},{"userName":"A"}]"#,
        "1:81",
        "userName exists",
    ),
    (r#""users":[{"userNam":"a"}]"#, "1:73", "unknown field `userNam`"),
    (r#""users":[{"userName":5}]"#, "1:76", "integer `5`"),
    // A list of the values of an object's members is no object, at no depth.
    (r#""users":[["a"]]"#, "1:64", "expected an object"),
    (
        r#""users":[{"emails":[["a@example.com"]]}]"#,
        "1:74",
        "expected an object",
    ),
    (
        r#""groupTypes":[{"name":"a","localized":[["en","A","B"]]}]"#,
        "1:93",
        "expected an object",
    ),
    (
        r#""groups":[{"items":[["skill","rust",true]]}]"#,
        "1:74",
        "expected an object",
    ),
    (r#""roles":[[5,"Buyer"]]"#, "1:63", "expected an object"),
    (r#""users":[null]"#, "1:67", "expected an object"),
    (
        r#""roles":[{"number":1e0,"name":"x"}]"#,
        "1:76",
        "expected a whole number",
    ),
    (
        r#""users":[{"grants":[{"role":"Nobody"}]}]"#,
        "1:64",
        "grants/0/role",
    ),
    (r#""users":[{"extras":{"kibo":1}}]"#, "1:64", "extras/kibo"),
    (r#""users":[{"extras":{"roster":{}}}]"#, "1:64", "extras/roster"),
    (
        r#""groups":[{"code":"a","parent":"b"},{"code":"b"}]"#,
        "1:65",
        "existing group",
    ),
    (
        r#""groups":[{"code":"a","parent":"a"}]"#,
        "1:65",
        "existing group",
    ),
    (
        r#""groups":[{"activeFrom":"9999-12-31T23:59:60Z"}]"#,
        "1:65",
        "leap second",
    ),
    (
        r#""groups":[{"activeUntil":"+12027-01-01T00:00:00Z"}]"#,
        "1:65",
        "0 to 9999",
    ),
    (r#""groups":[{"groupType":"none"}]"#, "1:65", "group type above"),
    (
        r#""groups":[{"code":"a"},{"code":"a"}]"#,
        "1:78",
        "code exists already",
    ),
    (r#""groups":[{"code":".."}]"#, "1:65", "`..`"),
    (r#""groups":[{"members":["nobody"]}]"#, "1:65", "members/0"),
    (r#""groups":[{"owners":["nobody"]}]"#, "1:65", "owners/0"),
    (
        r#""groups":[{"items":[{"id":"x","kind":"book"}]}]"#,
        "1:97",
        "unknown variant `book`",
    ),
    (
        r#""credentials":[{"access":"admin","clientId":"x","secret":"short"}]"#,
        "1:70",
        "24",
    ),
    (r#""users":[{"locale":"x\u0000"}]"#, "1:64", "control characters"),
    (
        r#""users":[{"emails":[{"value":"a","primary":true},{"value":"b","primary":true}]}]"#,
        "1:64",
        "one primary",
    ),
    (
        r#""groups":[{"activeFrom":"2027-01-02T00:00:00Z","activeUntil":"2027-01-01T00:00:00Z"}]"#,
        "1:65",
        "activeUntil",
    ),
    (
        r#""credentials":[{"access":"root","clientId":"x","secret":"yyyyyyyyyyyyyyyyyyyyyyyyyyyy"}]"#,
        "1:85",
        "unknown variant",
    ),
    (
        r#""credentials":[{"access":"admin","clientId":"admin","secret":"yyyyyyyyyyyyyyyyyyyyyyyyyyyy"}]"#,
        "1:70",
        "clientId exists",
    ),
    (r#""users":[{"locale":"a","locale":"b"}]"#, "1:90", "twice"),
    (
        r#""users":[{"extras":{"kibo":{"a":{"b":1,"b":2}}}}]"#,
        "1:99",
        "`b` is there twice",
    ),
    (r#""users":[{}{}]"#, "1:66", "`,` or `]`"),
    (r#""users":[{},]"#, "1:67", "a value"),
    (r#""users":[tru]"#, "1:66", "no JSON"),
    (r#""users":[],"users":[]"#, "1:66", "twice"),
    (r#""groups":[],"users":[]"#, "1:67", "out of place"),
];

/// All of them, and those that are too long to be written down.
fn broken() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let inside =
        |members: &str| format!(r#"{{"roster":"seed","version":1,"tenants":[{{"name":"new",{members}}}]}}"#);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let long = "x".repeat(256);
    let mut cases = vec![
        (seed(&long, &json!({})).into_bytes(), "1:41", "255"),
        (
            inside(&format!(r#""users":[{{"userName":"{long}"}}]"#)).into_bytes(),
            "1:64",
            "`userName`",
        ),
        (
            inside(&format!(r#""users":[{{"extras":{{"kibo":{deep}}}}}]"#)).into_bytes(),
            "1:200",
            "nested deeper",
        ),
    ];
    let latin = inside(r#""users":[{"givenName":"Zo?"}]"#);
    let latin = latin.bytes().map(|byte| if byte == b'?' { 0xEB } else { byte });
    cases.push((latin.collect(), "1:80", "UTF-8"));
    cases.push((vec![0xFF, 0xFE, b'{', 0], "1:1", "UTF-8"));
    cases.extend(
        WHOLE
            .iter()
            .map(|(text, place, word)| (text.as_bytes().to_vec(), *place, *word)),
    );
    cases.extend(
        IN_TENANT
            .iter()
            .map(|(text, place, word)| (inside(text).into_bytes(), *place, *word)),
    );
    cases
}

#[tokio::test]
async fn a_broken_file_is_told_by_its_place_and_changes_nothing() {
    let w = World::new().await;
    let before = (w.position().await, tenants::list(&w.directory).await.unwrap());
    let mut wrong = Vec::new();
    for (text, place, word) in broken() {
        let shown = String::from_utf8_lossy(&text).into_owned();
        match import(&w, text).await {
            Err(Error::Invalid(found))
                if found.len() == 1 && found[0].field == place && found[0].message.contains(word) => {}
            other => wrong.push(format!(
                "{shown:.200}\n  expected at {place}: {word}\n  got {other:?}"
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        (w.position().await, tenants::list(&w.directory).await.unwrap()),
        before
    );
}

/// A seed whose one user has a name that never ends.
struct Endless(Cursor<&'static [u8]>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => {
                buffer.fill(b'x');
                Ok(buffer.len())
            }
            read => Ok(read),
        }
    }
}

/// A file that breaks off with an error of the system.
struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[tokio::test]
async fn what_never_ends_or_cannot_be_read_is_refused() {
    let w = World::new().await;
    let start = br#"{"roster":"seed","version":1,"tenants":[{"name":"new","users":[{"userName":""#;
    let error = archive::import(&w.directory, Endless(Cursor::new(start)))
        .await
        .unwrap_err();
    let Error::Invalid(found) = error else {
        panic!("{error:?}")
    };
    assert!(
        found[0].message.contains("longer than") && found[0].field == "1:64",
        "{found:?}"
    );
    let error = archive::import(&w.directory, Failing).await.unwrap_err();
    assert!(format!("{error:?}").contains("the disk is gone"), "{error:?}");
    assert!(tenants::find(&w.directory, "new").await.is_err());
}

/// A secret that stands in the wrong place is not repeated.
#[tokio::test]
async fn no_error_repeats_a_text_of_the_file() {
    let w = World::new().await;
    let text = seed("new", &json!({"users": [{"active": "my \"secret\" text"}]}));
    let error = import(&w, text).await.unwrap_err();
    let said = format!("{error:?}");
    assert!(said.contains("a boolean") && !said.contains("secret"), "{said}");
}

//! Exports: what they hold comes back as it was, and what was changed in them is noticed.

use crate::content::{Content, read};
use crate::support::*;
use directory::archive::{self, Summary};
use directory::{
    Clock, Directory, Ids, Keys, Options, StoreOptions, audit, credentials, groups, tenants, users,
};
use model::groups::NewGroup;
use model::users::{UserKey, UserPatch};
use model::{Access, Error, Patch, Result};
use serde_json::json;
use std::io::{self, Cursor, Write};
use tempfile::TempDir;

/// An empty directory with keys of its own.
struct Fresh {
    directory: Directory,
    folder: TempDir,
}

impl Fresh {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let directory = Directory::open(Options {
            store: options(&folder),
            keys: Keys::derive(&[9; 32]),
            clock: Clock::system(),
            ids: Ids::random(),
        });
        Self {
            directory: directory.unwrap(),
            folder,
        }
    }

    async fn import(&self, text: &str) -> Result<Summary> {
        archive::import(&self.directory, Cursor::new(text.to_owned())).await
    }
}

async fn export(directory: &Directory) -> String {
    let mut out = Vec::new();
    archive::export(directory, &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

async fn contents(directory: &Directory, store: &store::Store) -> Vec<Content> {
    let mut all = Vec::new();
    for tenant in tenants::list(directory).await.unwrap() {
        let content = store.read(async |db| read(db, tenant.number).await).await;
        let mut content = content.unwrap().sorted();
        // Secrets stay behind.
        content
            .credentials
            .iter_mut()
            .for_each(|credential| credential.secrets = 0);
        all.push(content);
    }
    all
}

/// Takes the whole directory to another database and finds the same there, now and when both go on.
pub async fn comes_back(w: &World) {
    let exported = export(&w.directory).await;
    let fresh = Fresh::new();
    let summary = fresh.import(&exported).await.unwrap();
    assert!(summary.users > 20 && summary.events > 500, "{summary:?}");
    assert!(
        exported == export(&fresh.directory).await,
        "another export differs"
    );
    let there = store::Store::open(&options(&fresh.folder)).unwrap();
    assert_eq!(
        contents(&fresh.directory, &there).await,
        contents(&w.directory, &w.store()).await
    );
    let report = audit::verify(&fresh.directory, None).await.unwrap();
    assert!(report.iter().all(|(_, verdict)| verdict.holds()), "{report:?}");
    assert_eq!(report, audit::verify(&w.directory, None).await.unwrap());
    // The next numbers are the same, too.
    let here = w.group(NewGroup::default()).await.group.number;
    let (made, secret) = credentials::create(&fresh.directory, "default", None, Access::Admin, None, None)
        .await
        .unwrap();
    let caller = credentials::authenticate(&fresh.directory, &made.client_id, secret.reveal())
        .await
        .unwrap();
    let there = groups::create(&fresh.directory, w.by(&caller), NewGroup::default(), GROUP_ALL).await;
    assert_eq!(there.unwrap().group.number, here);
}

/// A small directory with something of everything.
async fn small() -> (World, String) {
    let w = World::new().await;
    let ann = w.user("ann").await;
    let bob = w.user("bob").await;
    let numbers = json!({ "x": [0.1, 0.300_000_000_000_000_04, 1e-7, 1.234_567_890_123_456_7e300, 9_007_199_254_740_993_u64, -0.0] });
    let patch = UserPatch {
        extra: Patch::Set(("kibo".to_owned(), Some(numbers))),
        ..UserPatch::default()
    };
    let key = UserKey::Number(bob.user.number);
    let changed = users::update(&w.directory, w.context(), key, patch, None, USER_ALL).await;
    changed.unwrap();
    w.group_type("Club").await;
    w.group_of("staff", &[&ann, &bob]).await;
    w.group_of("gone", &[&bob]).await;
    w.delete("gone", groups::Deletion::RecycleBin).await.unwrap();
    w.caller("default", Access::Reader, Some(ann.user.id)).await;
    let text = export(&w.directory).await;
    (w, text)
}

#[tokio::test]
async fn an_export_names_no_secret_and_a_file_may_name_one() {
    let (w, text) = small().await;
    assert!(!text.contains(SECRET) && !text.contains("\"secret\""), "{text}");
    let fresh = Fresh::new();
    let named = text.replace(
        r#""clientId":"admin","access":"admin","#,
        r#""clientId":"admin","secret":"another secret, named in a file","access":"admin","#,
    );
    assert_ne!(named, text);
    fresh.import(&named).await.unwrap();
    let wrong = credentials::authenticate(&fresh.directory, ADMIN, SECRET).await;
    assert_eq!(wrong.unwrap_err(), Error::Unauthenticated);
    let admin = credentials::authenticate(&fresh.directory, ADMIN, "another secret, named in a file").await;
    assert_eq!(admin.unwrap().credential, w.admin.credential);
    assert_eq!(export(&fresh.directory).await, text);
}

#[tokio::test]
async fn an_export_goes_into_an_empty_database_only() {
    let (w, text) = small().await;
    let before = w.position().await;
    let error = archive::import(&w.directory, Cursor::new(text))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Conflict { ref reason } if reason.contains("empty")),
        "{error:?}"
    );
    assert_eq!(w.position().await, before);
}

/// A part of an export, what is put in its place, and a word of what is said about it.
const CHANGES: &[(&str, &str, &str)] = &[
    (r#""version":1"#, r#""version":2"#, "version 2"),
    (
        r#""lastNumbers":{"tenant":1,"#,
        r#""lastNumbers":{"tenant":-1,"#,
        "`tenant` must be from 0",
    ),
    (r#""lastNumbers""#, r#""lastNumber""#, "`lastNumbers`"),
    (
        r#""aliases":{"formsonfire""#,
        r#""aliases":{"sap""#,
        "aliases/sap",
    ),
    (
        r#"{"number":2,"name":"Editor"}"#,
        r#"{"number":1,"name":"Editor"}"#,
        "is there already",
    ),
    (
        r#""userName":"bob""#,
        r#""userName":"ANN""#,
        "`userName` is there already",
    ),
    (
        r#""userName":"bob""#,
        r#""userName":"bob","nickName":"b""#,
        "unknown field `nickName`",
    ),
    (r#""userName":"bob","#, "", "missing field `userName`"),
    (r#""userName":"bob""#, r#""userName":"""#, "at least 1"),
    (r#""code":"staff""#, r#""code":".""#, "`..`"),
    (r#""code":"gone""#, r#""code":"staff""#, "code"),
    (r#""parent":null"#, r#""parent":1"#, "leads back"),
    (r#""parent":null"#, r#""parent":99"#, "not in the file"),
    (r#""groupType":null"#, r#""groupType":77"#, "not in the file"),
    (r#""owners":[]"#, r#""owners":[77]"#, "not in the file"),
    (
        r#"{"group":1,"user":2,"#,
        r#"{"group":1,"user":77,"#,
        "not in the file",
    ),
    (
        r#"{"group":1,"user":2,"#,
        r#"{"group":1,"user":1,"#,
        "is there already",
    ),
    (
        r#""excluded":false,"isParent":false"#,
        r#""excluded":true,"isParent":true"#,
        "exclude",
    ),
    (
        r#""by":{"clientId":""#,
        r#""by":{"clientId":"\u0001"#,
        "control characters",
    ),
    (
        r#""deletedAt":null"#,
        r#""deletedAt":"9999-12-31T23:59:60Z""#,
        "leap second",
    ),
    (
        r#""activeFrom":null"#,
        r#""activeFrom":"+12027-01-01T00:00:00Z""#,
        "0 to 9999",
    ),
    (r#""access":"reader""#, r#""access":"owner""#, "unknown variant"),
    (
        r#""operation":"bootstrap""#,
        r#""operation":"boots""#,
        "does not hold",
    ),
    (r#"{"position":2,"#, r#"{"position":3,"#, "the event is missing"),
    (r#""after":"\"bob\"""#, r#""after":"\"rob\"""#, "does not hold"),
    (r#""after":"\"bob\"""#, r#""after":"bob""#, "JSON"),
    (r#""salt":""#, r#""salt":"0"#, "hexadecimal"),
    (r#""dialect":"kibo""#, r#""dialect":"sap""#, "dialect"),
    (r#""events":["#, r#""event":["#, "`events`"),
    (r#""memberships":["#, r#""users":["#, "expected `memberships`"),
];

#[tokio::test]
async fn a_changed_export_is_refused_whole() {
    let (_w, text) = small().await;
    let fresh = Fresh::new();
    let mut wrong = Vec::new();
    for (part, other, word) in CHANGES {
        let changed = text.replacen(part, other, 1);
        assert_ne!(changed, text, "{part} is not in: {text}");
        match fresh.import(&changed).await {
            Err(Error::Invalid(found)) if found[0].message.contains(word) && found[0].field.contains(':') => {
            }
            got => wrong.push(format!("{part} -> {other}: {got:?}")),
        }
    }
    for at in (0..text.len() - 2).step_by(97) {
        let cut = fresh.import(&text[..at]).await;
        if !matches!(cut, Err(Error::Invalid(_))) {
            wrong.push(format!("cut at {at}: {cut:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(tenants::list(&fresh.directory).await.unwrap(), []);
    fresh.import(&text).await.unwrap();
}

/// Takes a little and then fails.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or_else(|| io::Error::other("no space left"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_output_that_fails_is_told() {
    let (w, _) = small().await;
    let error = archive::export(&w.directory, Full(1000)).await.unwrap_err();
    assert!(format!("{error:?}").contains("no space left"), "{error:?}");
    w.group(NewGroup::default()).await;
}

fn options(folder: &TempDir) -> StoreOptions {
    StoreOptions::new(format!("sqlite://{}", folder.path().join("roster.db").display()))
}

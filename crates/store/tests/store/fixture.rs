//! A fresh database per test, and short ways to fill it.

use model::group_types::GroupTypeFields;
use model::groups::{Group, GroupFields};
use model::ids::{GroupId, TenantNumber, UserId, UserNumber};
use model::text::{Code, Name};
use model::users::{Contact, User, UserFields};
use model::{Actor, Instant, Result};
use std::path::PathBuf;
use store::group_types::GroupTypeDraft;
use store::groups::GroupDraft;
use store::users::UserDraft;
use store::{Db, Options, Store, groups, tenants, users};
use tempfile::TempDir;
use uuid::Uuid;

/// A store with the tenants 1 and 2.
pub struct Fixture {
    pub store: Store,
    pub one: TenantNumber,
    pub two: TenantNumber,
    folder: TempDir,
}

impl Fixture {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&Options::new(url(&folder))).unwrap();
        let numbers = store
            .write(async |tx: &Db| {
                let one = tenants::insert(tx, "one", &[], at(0)).await?;
                let two = tenants::insert(tx, "two", &[], at(0)).await?;
                Ok((one.number, two.number))
            })
            .await
            .unwrap();
        Self {
            store,
            one: numbers.0,
            two: numbers.1,
            folder,
        }
    }

    pub fn url(&self) -> String {
        url(&self.folder)
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("roster.db")
    }

    /// Another program's connection to the same file.
    pub fn outside(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    pub async fn group(&self, code: &str) -> Group {
        let draft = group(self.one, code);
        self.insert(draft).await.unwrap()
    }

    pub async fn insert(&self, draft: GroupDraft) -> Result<Group> {
        self.store
            .write(async move |tx: &Db| groups::insert(tx, draft.clone()).await)
            .await
    }

    pub async fn user(&self, name: &str) -> User {
        self.insert_user(user(self.one, name)).await.unwrap()
    }

    pub async fn insert_user(&self, draft: UserDraft) -> Result<User> {
        self.store
            .write(async move |tx: &Db| users::insert(tx, draft.clone()).await)
            .await
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("roster.db").display())
}

/// An instant some microseconds after a fixed one.
pub fn at(micros: i64) -> Instant {
    Instant::from_timestamp_micros(1_790_000_000_000_000 + micros).unwrap()
}

/// A UUID that is always the same for one text.
pub fn uuid(text: &str) -> Uuid {
    let mut bytes = [0; 16];
    for (i, byte) in text.bytes().enumerate() {
        bytes[i % 16] = bytes[i % 16] * 31 + byte;
    }
    Uuid::from_bytes(bytes)
}

pub fn actor() -> Actor {
    Actor {
        client_id: "test".to_owned(),
        user: None,
    }
}

pub fn bound_actor() -> Actor {
    Actor {
        client_id: "bound".to_owned(),
        user: Some((UserNumber::new(7).unwrap(), UserId(uuid("seven")))),
    }
}

pub fn name(text: &str) -> Name {
    Name::parse("name", text).unwrap()
}

pub fn code(text: &str) -> Code {
    Code::parse("code", text).unwrap()
}

/// A group with nothing but a name.
pub fn group(tenant: TenantNumber, code_and_name: &str) -> GroupDraft {
    GroupDraft {
        tenant,
        id: GroupId(uuid(&format!("{tenant} {code_and_name}"))),
        code: code(code_and_name),
        fields: GroupFields {
            name: name(code_and_name),
            ..GroupFields::default()
        },
        member_count: 0,
        at: at(0),
        by: actor(),
    }
}

/// A group type with nothing but a name.
pub fn group_type(tenant: TenantNumber, text: &str) -> GroupTypeDraft {
    GroupTypeDraft {
        tenant,
        fields: GroupTypeFields {
            name: name(text),
            ..GroupTypeFields::default()
        },
        at: at(0),
        by: actor(),
    }
}

/// A user with nothing but a user name.
pub fn user(tenant: TenantNumber, user_name: &str) -> UserDraft {
    UserDraft {
        tenant,
        id: UserId(uuid(&format!("{tenant} {user_name}"))),
        fields: UserFields {
            user_name: user_name.to_owned(),
            active: true,
            ..UserFields::default()
        },
        at: at(0),
        by: actor(),
    }
}

pub fn contact(value: &str, kind: &str, primary: bool) -> Contact {
    Contact {
        value: value.to_owned(),
        kind: kind.to_owned(),
        primary,
    }
}

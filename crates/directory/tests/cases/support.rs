//! A directory on a temporary database, with a clock and ids that repeat, and short words for common steps.

use chrono::Duration;
use directory::{Clock, Directory, Ids, Keys, Options, bootstrap, credentials, group_types, groups, users};
use model::audit::Event;
use model::error::Kind;
use model::group_types::{GroupType, GroupTypeFields};
use model::groups::{
    ExternalIdChange, GroupChange, GroupKey, GroupParts, GroupPatch, GroupView, MemberEntry, MemberParts,
    Members, NewGroup,
};
use model::ids::{RequestId, UserId, UserNumber};
use model::query::Window;
use model::text::{Code, Name};
use model::users::{NewUser, UserGroupParts, UserKey, UserParts, UserPatch, UserView};
use model::{Access, Caller, Context, Dialect, Error, Instant, Patch, Result};
use std::path::PathBuf;
use tempfile::TempDir;

pub const ADMIN: &str = "admin";
pub const SECRET: &str = "a secret of more than 24 characters";
/// What a group or a user can be shown with, the groups of users apart.
pub const USER_ALL: UserParts = UserParts {
    external_ids: true,
    grants: true,
    groups: UserGroupParts::None,
    parent: false,
};
pub const GROUP_ALL: GroupParts = GroupParts {
    members: MemberParts::Users(USER_ALL),
    external_ids: true,
    owners: true,
    present_actors: true,
};
pub const NO_PARTS: GroupParts = GroupParts {
    members: MemberParts::None,
    external_ids: false,
    owners: false,
    present_actors: false,
};

/// The beginning of a list, counted.
pub const WINDOW: Window = Window {
    start: 0,
    limit: 100,
    counted: true,
};

/// The identifier of one source gets this value, or goes.
pub fn external_id(source: &str, value: Option<&str>) -> ExternalIdChange {
    ExternalIdChange {
        source: source.into(),
        value: value.map(str::to_owned),
    }
}

pub struct World {
    pub directory: Directory,
    pub clock: Clock,
    pub admin: Caller,
    folder: TempDir,
}

impl World {
    /// An admin in tenant `default`.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(Instant::from_timestamp_micros(1_800_000_000_123_456).unwrap());
        let directory = open(&folder, &Keys::derive(&[7; 32]), &clock).unwrap();
        let given = Some((ADMIN.to_owned(), SECRET.to_owned()));
        bootstrap::bootstrap(&directory, given).await.unwrap();
        let admin = credentials::authenticate(&directory, ADMIN, SECRET)
            .await
            .unwrap();
        Self {
            directory,
            clock,
            admin,
            folder,
        }
    }

    /// The same database once more, as another process would open it.
    pub fn reopen(&self, keys: &Keys) -> Result<Directory> {
        open(&self.folder, keys, &self.clock)
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("roster.db")
    }

    /// The store below, for what no use case shows.
    pub fn store(&self) -> store::Store {
        store::Store::open(&options(&self.folder)).unwrap()
    }

    /// A write of this caller, a second after the last one.
    pub fn by(&self, caller: &Caller) -> Context {
        self.clock.advance(Duration::seconds(1));
        Context {
            caller: caller.clone(),
            dialect: Dialect::Kibo,
            operation: "test",
            request: RequestId(self.directory.ids().uuid(self.directory.now()).unwrap()),
        }
    }

    pub fn context(&self) -> Context {
        self.by(&self.admin)
    }

    /// A new credential's caller.
    pub async fn caller(&self, tenant: &str, access: Access, user: Option<UserId>) -> Caller {
        let (credential, secret) = credentials::create(&self.directory, tenant, None, access, user, None)
            .await
            .unwrap();
        credentials::authenticate(&self.directory, &credential.client_id, secret.reveal())
            .await
            .unwrap()
    }

    pub async fn events(&self) -> Vec<Event> {
        directory::audit::events(&self.directory, "default", 1, 100_000)
            .await
            .unwrap()
    }

    /// How many events there are.
    pub async fn position(&self) -> usize {
        self.events().await.len()
    }

    pub async fn user(&self, name: &str) -> UserView {
        users::create(&self.directory, self.context(), named(name), USER_ALL)
            .await
            .unwrap()
    }

    /// A group type of this name.
    pub async fn group_type(&self, name: &str) -> GroupType {
        let made = group_types::create(&self.directory, self.context(), vec![type_named(name)]).await;
        made.unwrap().remove(0)
    }

    pub async fn group(&self, new: NewGroup) -> GroupView {
        groups::create(&self.directory, self.context(), new, GROUP_ALL)
            .await
            .unwrap()
    }

    /// A group of existing users.
    pub async fn group_of(&self, text: &str, members: &[&UserView]) -> GroupView {
        let members = members.iter().map(|user| existing(user.user.id)).collect();
        self.group(NewGroup {
            code: Some(code(text)),
            members,
            ..NewGroup::default()
        })
        .await
    }

    pub async fn get(&self, text: &str) -> Result<GroupView> {
        groups::get(&self.directory, &self.admin, &by_code(text), GROUP_ALL).await
    }

    pub async fn update(&self, text: &str, change: GroupChange) -> Result<GroupView> {
        groups::update(
            &self.directory,
            self.context(),
            by_code(text),
            change,
            None,
            GROUP_ALL,
        )
        .await
    }

    pub async fn add(&self, text: &str, entries: Vec<MemberEntry>) -> Result<GroupView> {
        groups::add_members(
            &self.directory,
            self.context(),
            by_code(text),
            entries,
            None,
            GROUP_ALL,
        )
        .await
    }

    pub async fn remove(&self, text: &str, users: &[&UserView]) -> Result<()> {
        let keys = users.iter().map(|user| UserKey::Id(user.user.id)).collect();
        groups::remove_members(&self.directory, self.context(), by_code(text), keys, None).await
    }

    pub async fn delete(&self, text: &str, deletion: groups::Deletion) -> Result<()> {
        groups::delete(&self.directory, self.context(), by_code(text), None, deletion).await
    }
}

fn options(folder: &TempDir) -> store::Options {
    store::Options::new(format!("sqlite://{}", folder.path().join("roster.db").display()))
}

fn open(folder: &TempDir, keys: &Keys, clock: &Clock) -> Result<Directory> {
    Directory::open(Options {
        store: options(folder),
        keys: keys.clone(),
        clock: clock.clone(),
        ids: Ids::seeded(1),
    })
}

pub fn code(text: &str) -> Code {
    Code::parse("code", text).unwrap()
}

pub fn name(text: &str) -> Name {
    Name::parse("name", text).unwrap()
}

pub fn by_code(text: &str) -> GroupKey {
    GroupKey::Code(code(text))
}

/// The fields of a type of this name.
pub fn type_named(text: &str) -> GroupTypeFields {
    GroupTypeFields {
        name: name(text),
        ..GroupTypeFields::default()
    }
}

/// A user to be made with this user name.
pub fn named(name: &str) -> NewUser {
    NewUser {
        patch: UserPatch {
            user_name: Patch::Set(Some(name.to_owned())),
            ..UserPatch::default()
        },
    }
}

pub fn existing(user: UserId) -> MemberEntry {
    MemberEntry::Existing {
        field: format!("users/{user}"),
        user,
    }
}

pub fn new_member(field: &str, user: NewUser) -> MemberEntry {
    MemberEntry::New {
        field: field.to_owned(),
        user: Box::new(user),
    }
}

/// A change of fields alone.
pub fn patch(patch: GroupPatch) -> GroupChange {
    GroupChange {
        patch,
        ..GroupChange::default()
    }
}

/// A change of members alone.
pub fn members(entries: Vec<MemberEntry>) -> GroupChange {
    GroupChange {
        members: Some(entries),
        ..GroupChange::default()
    }
}

/// The members that a view shows.
pub fn shown(view: &GroupView) -> Vec<UserNumber> {
    match &view.members {
        Members::All(users) => users.iter().map(|user| user.user.number).collect(),
        other => panic!("the members are {other:?}"),
    }
}

/// The places and rules that an answer complains about.
pub fn complaints<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, &'static str)> {
    match result.unwrap_err() {
        Error::Invalid(all) => all
            .into_iter()
            .map(|violation| (violation.field, violation.rule))
            .collect(),
        other => panic!("not invalid input: {other:?}"),
    }
}

/// One complaint.
pub fn complaint(field: &str, rule: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), rule)]
}

/// The kind that is not found.
pub fn missing<T: std::fmt::Debug>(result: Result<T>) -> Kind {
    match result.unwrap_err() {
        Error::NotFound { kind, .. } => kind,
        other => panic!("not a missing object: {other:?}"),
    }
}

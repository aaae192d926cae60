//! What the use cases cost: the statements that they send, and how SQLite carries them out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod lookups;
mod rows;
mod statements;
mod types;

use directory::groups::Deletion;
use directory::{
    Clock, Directory, Ids, Keys, Options, access_tokens, bootstrap, credentials, groups, roles, tenants,
    tokens, users,
};
use model::groups::{
    ExternalId, ExternalIdChange, GroupEntry, GroupKey, GroupParts, GroupPatch, GroupRef, MemberEntry,
    MemberParts, NewGroup,
};
use model::ids::{RequestId, UserId};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, UserField, Value, Window};
use model::roles::Grant;
use model::text::{Code, Name};
use model::users::{NewUser, UserGroupParts, UserKey, UserParts, UserPatch};
use model::{Caller, Context, Dialect, Patch};
use statements::{Statements, sorts, walks};
use std::path::Path;

const SECRET: &str = "a secret of more than 24 characters";
const USER_ALL: UserParts = UserParts {
    external_ids: true,
    grants: true,
    groups: UserGroupParts::ExternalIds,
    parent: true,
};
const GROUP_ALL: GroupParts = GroupParts {
    members: MemberParts::Users(USER_ALL),
    external_ids: true,
    owners: true,
    present_actors: true,
};

fn external_id(source: &str, value: &str) -> ExternalIdChange {
    ExternalIdChange {
        source: source.into(),
        value: Some(value.into()),
    }
}

struct World {
    directory: Directory,
    admin: Caller,
    statements: Statements,
}

impl World {
    async fn new(database: &Path, statements: Statements) -> Self {
        let directory = Directory::open(Options {
            store: store::Options::new(format!("sqlite://{}", database.display())),
            keys: Keys::derive(&[7; 32]),
            clock: Clock::system(),
            ids: Ids::seeded(1),
        })
        .unwrap();
        let given = Some(("admin".to_owned(), SECRET.to_owned()));
        bootstrap::bootstrap(&directory, given).await.unwrap();
        let admin = credentials::authenticate(&directory, "admin", SECRET)
            .await
            .unwrap();
        Self {
            directory,
            admin,
            statements,
        }
    }

    fn context(&self) -> Context {
        Context {
            caller: self.admin.clone(),
            dialect: Dialect::Kibo,
            operation: "test",
            request: RequestId(uuid::Uuid::nil()),
        }
    }

    async fn group(&self, code: &str, members: usize) -> Vec<UserId> {
        let member = |i| {
            let user = Box::new(NewUser {
                patch: named(&format!("{code} {i}")),
            });
            MemberEntry::New {
                field: String::new(),
                user,
            }
        };
        let new = NewGroup {
            code: Some(Code::parse("code", code).unwrap()),
            members: (0..members).map(member).collect(),
            ..NewGroup::default()
        };
        let made = groups::create(&self.directory, self.context(), new, GROUP_ALL)
            .await
            .unwrap();
        match made.members {
            model::groups::Members::All(users) => users.iter().map(|user| user.user.id).collect(),
            _ => Vec::new(),
        }
    }

    /// Adds a user and removes him again; the statements that it takes.
    async fn one_member(&self, code: &str, user: UserId) -> Vec<String> {
        self.statements.clear();
        let entries = vec![MemberEntry::Existing {
            field: String::new(),
            user,
        }];
        let parts = GroupParts::default();
        groups::add_members(&self.directory, self.context(), key(code), entries, None, parts)
            .await
            .unwrap();
        let users = vec![UserKey::Id(user)];
        groups::remove_members(&self.directory, self.context(), key(code), users, None)
            .await
            .unwrap();
        self.statements.seen()
    }
}

fn key(code: &str) -> GroupKey {
    GroupKey::Code(Code::parse("code", code).unwrap())
}

fn named(name: &str) -> UserPatch {
    UserPatch {
        user_name: Patch::Set(Some(name.to_owned())),
        ..UserPatch::default()
    }
}

fn external() -> ExternalId {
    ExternalId {
        source: "erp".into(),
        value: "1".into(),
    }
}

/// One binary, one test: all statements of the process are counted.
#[tokio::test]
async fn costs_do_not_grow_with_the_directory() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("roster.db");
    let w = World::new(&database, Statements::watch()).await;

    let users = w.group("small", 10).await;
    w.group("large", 3000).await;
    w.group("empty", 0).await;
    w.group("binned", 2).await;
    let empty = w.one_member("empty", users[0]).await;
    assert!(empty.len() > 5, "the statements are seen");
    assert_eq!(
        w.one_member("large", users[0]).await,
        empty,
        "the same statements, whatever the size"
    );
    w.statements.expect(&database, "a member", walks);

    write(&w).await;
    w.statements.expect(&database, "writing", walks);
    write_single_rows(&w, users[0]).await;
    w.statements.expect(&database, "writing single rows", walks);
    types::write(&w).await;
    w.statements.expect(&database, "writing group types", walks);
    types::read(&w).await;
    w.statements.expect(&database, "reading group types", walks);
    read(&w, users[0]).await;
    w.statements.expect(&database, "reading", walks);
    lookups::write(&w, users[0]).await;
    w.statements
        .expect(&database, "parents, bulk and the recycle bin", walks);
    lookups::read(&w).await;
    w.statements.expect(&database, "looking up", walks);
    list(&w).await;
    w.statements.expect(&database, "listing", sorts);
    lookups::list(&w).await;
    w.statements.expect(&database, "listing by other tables", sorts);
}

async fn write(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    let role = model::ids::RoleNumber::new(1).unwrap();
    let grant = Grant {
        role,
        scope: None,
        resources: vec![],
        tags: vec![],
    };
    let patch = UserPatch {
        primary_email: Patch::Set(Some("anna@example.com".into())),
        external_ids: vec![external_id("erp", "1")],
        grants: Patch::Set(vec![grant]),
        ..UserPatch::default()
    };
    let anna = users::create(d, w.context(), NewUser { patch }, USER_ALL)
        .await
        .unwrap()
        .user;
    let by_id = || UserKey::Id(anna.id);
    users::update(d, w.context(), by_id(), named("anna"), None, USER_ALL)
        .await
        .unwrap();

    let new = |code: &str, parent| NewGroup {
        code: Some(Code::parse("code", code).unwrap()),
        patch: GroupPatch {
            parent: Patch::Set(parent),
            ..GroupPatch::default()
        },
        members: vec![MemberEntry::Existing {
            field: String::new(),
            user: anna.id,
        }],
        owners: vec![anna.number],
        external_ids: vec![ExternalId {
            source: code.to_owned(),
            ..external()
        }],
    };
    let a = groups::create(d, w.context(), new("a", None), GROUP_ALL)
        .await
        .unwrap()
        .group
        .number;
    let b = groups::create(d, w.context(), new("b", Some(GroupKey::Number(a))), GROUP_ALL)
        .await
        .unwrap()
        .group
        .number;
    groups::create(d, w.context(), new("c", Some(GroupKey::Number(b))), GROUP_ALL)
        .await
        .unwrap();
    let change = model::groups::GroupChange {
        patch: GroupPatch {
            name: Patch::Set(Name::parse("name", "A").unwrap()),
            parent: Patch::Set(Some(GroupKey::Number(a))),
            only_owners_edit: Patch::Set(true),
            ..GroupPatch::default()
        },
        members: Some(vec![]),
        external_ids: vec![external_id("", "c")],
        code: Patch::Set(Code::parse("code", "c").unwrap()),
        owners: Some(vec![]),
        unless_same_name: None,
    };
    groups::update(d, w.context(), key("c"), change, None, GROUP_ALL)
        .await
        .unwrap();
    groups::delete(d, w.context(), key("c"), None, Deletion::RecycleBin)
        .await
        .unwrap();
    groups::delete(d, w.context(), key("a"), None, Deletion::ForGood)
        .await
        .unwrap();
    users::delete(d, w.context(), by_id(), None).await.unwrap();
}

/// What changes one row or two: a role, a token, the groups of a user.
async fn write_single_rows(w: &World, user: UserId) {
    w.statements.clear();
    let d = &w.directory;
    let id = || UserKey::Id(user);
    let role = model::ids::RoleNumber::new(1).unwrap();
    users::grant(d, w.context(), id(), role, None).await.unwrap();
    users::revoke(d, w.context(), id(), role, None).await.unwrap();
    let tomorrow = d.now() + chrono::Duration::days(1);
    tokens::refuse(d, [1; 32], tomorrow).await.unwrap();

    let large = groups::get(d, &w.admin, &key("large"), GroupParts::default())
        .await
        .unwrap()
        .group;
    let entry = |group| GroupEntry {
        field: String::new(),
        group,
        or: Some(large.id),
    };
    let mut named = vec![entry(GroupRef::Name("nobody".into()))];
    for key in [
        GroupKey::Number(large.number),
        GroupKey::Id(large.id),
        key("empty"),
    ] {
        named.push(entry(GroupRef::Key(key)));
    }
    rows::change(w, &large, user).await;
    for groups in [
        named,
        vec![entry(GroupRef::Key(GroupKey::External(external())))],
        vec![],
    ] {
        let patch = UserPatch {
            groups: Patch::Set(groups),
            ..UserPatch::default()
        };
        users::update(d, w.context(), id(), patch, None, USER_ALL)
            .await
            .unwrap();
    }
}

async fn read(w: &World, user: UserId) {
    w.statements.clear();
    let d = &w.directory;
    let credential = w.admin.credential;
    credentials::caller(d, credential).await.unwrap();
    credentials::authenticate(d, "admin", SECRET).await.unwrap();
    credentials::authenticate_secret(d, Dialect::FormsOnFire, "1", SECRET)
        .await
        .unwrap();
    tokens::is_refused(d, &[1; 32]).await.unwrap();
    tenants::own(d, &w.admin).await.unwrap();
    roles::list(d, &w.admin).await.unwrap();
    users::grants(d, &w.admin, &UserKey::Id(user)).await.unwrap();
    let ids = GroupParts {
        members: MemberParts::Ids,
        external_ids: true,
        owners: false,
        present_actors: false,
    };
    groups::get(d, &w.admin, &key("large"), ids).await.unwrap();
    let group = groups::get(d, &w.admin, &key("small"), GROUP_ALL)
        .await
        .unwrap()
        .group;
    for key in [GroupKey::Number(group.number), GroupKey::Id(group.id)] {
        groups::get(d, &w.admin, &key, GroupParts::default())
            .await
            .unwrap();
    }
    let external_group = GroupKey::External(external());
    groups::get(d, &w.admin, &external_group, GROUP_ALL)
        .await
        .unwrap_err();
    let number = users::get(d, &w.admin, &UserKey::Id(user), USER_ALL)
        .await
        .unwrap()
        .user
        .number;
    users::get(d, &w.admin, &UserKey::Number(number), USER_ALL)
        .await
        .unwrap();
    users::get(d, &w.admin, &UserKey::External(external()), USER_ALL)
        .await
        .unwrap_err();
    let window = Window {
        start: 5,
        limit: 10,
        counted: true,
    };
    let large = key("large");
    groups::list_members(d, &w.admin, &large, window).await.unwrap();
    groups::list_owners(d, &w.admin, &large, window).await.unwrap();
    groups::list_items(d, &w.admin, &large, window).await.unwrap();
    groups::get_owner(d, &w.admin, &large, number, USER_ALL)
        .await
        .unwrap_err();
    groups::get_member(d, &w.admin, &large, number).await.unwrap_err();
    users::memberships(d, &w.admin, &UserKey::Number(number), window)
        .await
        .unwrap();
    access_tokens::find(d, &[1; 32]).await.unwrap();
    directory::audit::events(d, "default", 3, 2).await.unwrap();
}

async fn list(w: &World) {
    w.statements.clear();
    let d = &w.directory;
    let text = |text: &str| Value::Text(text.to_owned());
    let list = async |filter, field, descending| {
        let query = ListQuery {
            filter,
            sort: vec![Sort { field, descending }],
            start: 0,
            limit: 10,
        };
        groups::list(d, &w.admin, &query, GroupParts::default())
            .await
            .unwrap();
    };
    for field in [
        GroupField::Code,
        GroupField::Name,
        GroupField::FoldedName,
        GroupField::ExternalId,
        GroupField::CreatedAt,
        GroupField::UpdatedAt,
    ] {
        list(vec![], field, false).await;
        list(vec![], field, true).await;
    }
    for field in [GroupField::FoldedName, GroupField::ExternalId] {
        let operator = Operator::Equal;
        let value = text("A");
        let filter = vec![Comparison {
            field,
            operator,
            value,
        }];
        list(filter, field, false).await;
    }
    let operator = Operator::StartsWith;
    let prefix = vec![Comparison {
        field: GroupField::Code,
        operator,
        value: text("s"),
    }];
    list(prefix, GroupField::Code, false).await;
    let page = ListQuery {
        filter: vec![],
        sort: vec![],
        start: 0,
        limit: 10,
    };
    groups::list(d, &w.admin, &page, GROUP_ALL).await.unwrap();
    let window = Window {
        start: 1,
        limit: 1,
        counted: true,
    };
    groups::stretch(d, &w.admin, window, GROUP_ALL).await.unwrap();
    for field in [
        UserField::UserName,
        UserField::Email,
        UserField::ExternalId,
        UserField::CreatedAt,
    ] {
        let filter = match field {
            UserField::CreatedAt => vec![],
            field => vec![Comparison {
                field,
                operator: Operator::Equal,
                value: text("small 1"),
            }],
        };
        let query = ListQuery {
            filter,
            sort: vec![Sort {
                field,
                descending: false,
            }],
            start: 0,
            limit: 10,
        };
        users::list(d, &w.admin, &query, USER_ALL).await.unwrap();
    }
}

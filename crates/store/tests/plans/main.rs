//! No statement of the store looks at rows that it does not need: every text that runs here is explained by SQLite.
#![expect(clippy::unwrap_used, reason = "a test's helpers fail by panicking")]

mod kept;
mod types;

use model::audit::Change;
use model::error::Kind;
use model::groups::{ExternalId, GroupFields, GroupKey, GroupRef, Membership};
use model::ids::{GroupId, RequestId, RoleNumber, TenantNumber, UserId};
use model::items::{ItemKey, ItemType, MappedItem};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, UserField, Value, Window};
use model::roles::{Grant, Role};
use model::text::{Code, Name};
use model::users::{Contact, UserFields, UserGroupParts, UserKey, UserParts};
use model::{Access, Actor, Dialect, Instant, Result};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};
use store::access_tokens::AccessToken;
use store::audit::EventDraft;
use store::credentials::{CredentialDraft, StoredSecret};
use store::groups::GroupDraft;
use store::users::UserDraft;
use store::{
    Db, Options, Store, access_tokens, audit, credentials, groups, items, members, refused_tokens, roles,
    settings, tenants, users,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use uuid::Uuid;

const PARTS: UserParts = UserParts {
    external_ids: true,
    grants: true,
    groups: UserGroupParts::ExternalIds,
    parent: true,
};

/// Collects the texts that the store traces, each once.
#[derive(Clone, Default)]
struct Texts(Arc<Mutex<BTreeSet<String>>>);

impl Subscriber for Texts {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "store::sql"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Collect(&self.0));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Collect<'a>(&'a Mutex<BTreeSet<String>>);

impl Visit for Collect<'_> {
    fn record_str(&mut self, _: &Field, value: &str) {
        self.0.lock().unwrap().insert(value.to_owned());
    }
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

#[tokio::test]
async fn no_statement_scans_a_table_or_sorts_what_an_index_has_in_order() {
    let texts = Texts::default();
    // The writer has a thread of its own, so this has to be the only test of its program.
    tracing::subscriber::set_global_default(texts.clone()).unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("roster.db");
    let store = Store::open(&Options::new(format!("sqlite://{}", path.display()))).unwrap();
    store.write(everything_that_writes).await.unwrap();
    store.write(kept::writes).await.unwrap();
    store.read(kept::reads).await.unwrap();
    store.read(single_reads).await.unwrap();
    for length in [1, 2, 50, 512] {
        store
            .read(async |db: &Db| reads_of_many(db, length).await)
            .await
            .unwrap();
    }
    store.read(lists).await.unwrap();
    store.close();

    let connection = rusqlite::Connection::open(&path).unwrap();
    // The look-ups that references cost are explained, too.
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    let texts = texts.0.lock().unwrap();
    assert!(texts.len() > 80, "only {} statements were seen", texts.len());
    let mut wrong = Vec::new();
    for sql in texts.iter() {
        for step in plan(&connection, sql) {
            // A statement without any condition is meant to read it all; a walk goes over what it made.
            // SQLite's own counters are a row for each of a few tables.
            let whole = !sql.contains("WHERE") || step == "SCAN line" || step == "SCAN sqlite_sequence";
            let scans = step.starts_with("SCAN") && !step.contains("CONSTANT ROW") && !whole;
            let sorts = step.contains("TEMP B-TREE FOR ORDER BY") && !may_sort(sql);
            let whole_tenant = step.ends_with("(tenant=?)") && !may_read_a_tenant(sql);
            // A new parent is looked up among orphans only if there can be some, which takes deferred references.
            let new_parent =
                sql.starts_with("INSERT INTO \"tenant\"") || sql.starts_with("INSERT INTO \"group_type\"");
            if scans || sorts || (whole_tenant && !new_parent) {
                wrong.push(format!("{step}\n    {sql}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all_groups = texts
        .iter()
        .find(|sql| sql.contains(" AS \"total\"") && sql.ends_with("\"deleted_at\" IS NULL"));
    let counting = plan(&connection, all_groups.unwrap());
    assert_eq!(
        counting,
        ["SEARCH directory_group USING COVERING INDEX directory_group_live (tenant=?)"]
    );
}

/// Orders without an index: long or rarely used fields, several keys, and ties of a falling order.
fn may_sort(sql: &str) -> bool {
    ["\"description\" ", "\"scope_", "\"active\" ", "DESC"]
        .iter()
        .any(|order| sql.split("ORDER BY").nth(1).is_some_and(|by| by.contains(order)))
        // Found through three indexes: only the namesakes are sorted.
        || sql.contains("\"full_name_folded\" = ? OR ")
}

/// Lists that are not filtered by a field with an index, and catalogues that are read whole.
fn may_read_a_tenant(sql: &str) -> bool {
    let indexed = [
        "code",
        "name",
        "name_folded",
        "sort_external_id",
        "updated_at",
        "id",
        "sort_email",
        "user_name_folded",
        "given_name",
        "family_name",
        "full_name_folded",
        "created_at",
    ];
    if indexed
        .iter()
        .any(|field| sql.contains(&format!("\"{field}\" = ?")))
    {
        return false;
    }
    let catalogue = ["\"tenant_alias\"", "\"role\"", "\"group_type\""];
    let from = |table: &&str| sql.contains(&format!(" FROM {table} "));
    // An import counts the members of every group of a tenant, once.
    let counting = sql.starts_with("UPDATE \"directory_group\" SET \"member_count\" = (SELECT COUNT(");
    counting
        || sql.contains(" OFFSET ")
        || sql.contains(" AS \"total\"")
        || catalogue.iter().any(from)
        || sql.ends_with("WHERE \"credential\".\"tenant\" = ? ORDER BY \"credential\".\"number\" ASC")
}

fn plan(connection: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec![1_i64; explain.parameter_count()];
    let rows = explain.query_map(rusqlite::params_from_iter(values), |row| row.get(3));
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

async fn everything_that_writes(tx: &Db) -> Result<()> {
    let tenant = tenants::insert(tx, "one", &[(Dialect::Kibo, "1".to_owned())], at())
        .await?
        .number;
    tenants::lock(tx, tenant).await?;
    settings::put(tx, "check", b"value").await?;
    let kind = types::writes(tx, tenant).await?;
    let user = users::insert(tx, user(tenant)).await?;
    let mut changed = user.clone();
    changed.fields.emails.pop();
    changed.version = 2;
    users::update(tx, &user, &changed).await?;
    users::put_external_id(tx, tenant, user.number, &external()).await?;
    let role = Role {
        number: RoleNumber::new(1).unwrap(),
        name: "Reader".to_owned(),
    };
    let grant = Grant {
        role: role.number,
        scope: None,
        resources: Vec::new(),
        tags: Vec::new(),
    };
    roles::insert(tx, tenant, &[role]).await?;
    roles::put_grant(tx, tenant, user.number, &grant, at(), &actor()).await?;
    let mut draft = group(tenant);
    draft.fields.group_type = Some(kind.number);
    let group = groups::insert(tx, draft).await?;
    let mut changed = group.clone();
    changed.version = 2;
    groups::update(tx, &group, &changed).await?;
    groups::put_external_id(tx, tenant, group.number, &external()).await?;
    groups::add_owners(tx, tenant, group.number, &[user.number]).await?;
    let membership = Membership {
        group: group.number,
        user: user.number,
        excluded: false,
        is_parent: false,
    };
    members::insert(tx, tenant, &[membership]).await?;
    members::set_excluded(tx, tenant, group.number, &[user.number], true).await?;
    members::set_parent(tx, tenant, group.number, user.number, true).await?;
    let item = item();
    items::lock(tx, tenant, group.number, &item.key).await?;
    items::count(tx, tenant, group.number).await?;
    items::insert(tx, tenant, group.number, &item).await?;
    items::set_retain(tx, tenant, group.number, &item).await?;
    let draft = CredentialDraft {
        tenant,
        client_id: "c".to_owned(),
        access: Access::Admin,
        user: Some(user.number),
        at: at(),
    };
    let secret = StoredSecret {
        lookup: [1; 32],
        sealed: vec![1],
        created_at: at(),
    };
    let credential = credentials::insert(tx, draft, &[secret]).await?;
    let token = AccessToken {
        credential: credential.number,
        last_used_at: at(),
    };
    access_tokens::insert(tx, tenant, &[1; 32], token).await?;
    access_tokens::touch(tx, &[1; 32], at()).await?;
    access_tokens::remove_unused_since(tx, at()).await?;
    credentials::revoke(tx, credential.number, at()).await?;
    refused_tokens::insert(tx, &[1; 32], at()).await?;
    refused_tokens::remove_expired(tx, at()).await?;
    audit::append(tx, &event(tenant), [1; 32]).await?;
    audit::erase(tx, tenant, 1, 1).await?;
    // And back again.
    items::delete(tx, tenant, group.number, &item.key).await?;
    items::clear(tx, tenant, group.number).await?;
    members::delete(tx, tenant, group.number, &[user.number]).await?;
    groups::remove_owners(tx, tenant, group.number, &[user.number]).await?;
    groups::remove_external_id(tx, tenant, group.number, "").await?;
    groups::delete(tx, &changed).await?;
    roles::remove_grant(tx, tenant, user.number, grant.role, None).await?;
    users::remove_external_id(tx, tenant, user.number, "").await?;
    credentials::unbind(tx, tenant, user.number).await?;
    users::delete(tx, &user).await
}

async fn single_reads(db: &Db) -> Result<()> {
    let tenant = TenantNumber::new(1).unwrap();
    let group = model::ids::GroupNumber::new(1).unwrap();
    let user = model::ids::UserNumber::new(1).unwrap();
    let id = Uuid::nil();
    for key in [
        GroupKey::Number(group),
        GroupKey::Id(GroupId(id)),
        GroupKey::Code(Code::stored("a".to_owned())),
        GroupKey::External(external()),
    ] {
        groups::find(db, tenant, &key).await?;
        groups::lock(db, tenant, &key).await?;
    }
    for key in [
        UserKey::Number(user),
        UserKey::Id(UserId(id)),
        UserKey::External(external()),
    ] {
        users::view(db, tenant, &key, PARTS).await?;
        users::lock(db, tenant, &key).await?;
    }
    groups::children(db, tenant, group).await?;
    groups::is_self_or_descendant(db, tenant, group, group).await?;
    groups::owners(db, tenant, group).await?;
    groups::owned_by(db, tenant, user).await?;
    members::of_group(db, tenant, group).await?;
    members::of_user(db, tenant, user).await?;
    let window = Window {
        start: 5,
        limit: 50,
        counted: true,
    };
    members::list(db, tenant, group, window).await?;
    members::list_of_user(db, tenant, user, window).await?;
    members::view(db, tenant, group, user).await?;
    items::list(db, tenant, group, window).await?;
    items::of_group(db, tenant, group).await?;
    access_tokens::find(db, &[1; 32]).await?;
    users::user_name_taken(db, tenant, "a").await?;
    roles::list(db, tenant).await?;
    types::single_reads(db, tenant, user).await?;
    tenants::list(db).await?;
    tenants::find(db, "a").await?;
    tenants::get(db, tenant).await?;
    tenants::by_alias(db, Dialect::Kibo, "1").await?;
    tenants::any(db).await?;
    let credential = model::ids::CredentialNumber::new(1).unwrap();
    credentials::list(db, Some(tenant)).await?;
    credentials::find(db, "c").await?;
    credentials::lock(db, "c").await?;
    credentials::secrets(db, credential).await?;
    credentials::by_secret(db, tenant, &[1; 32]).await?;
    credentials::caller_by_secret(db, tenant, &[1; 32]).await?;
    refused_tokens::contains(db, &[1; 32]).await?;
    credentials::caller(db, credential).await?;
    credentials::bound_to(db, tenant, user).await?;
    audit::events(db, tenant, 1, 10).await?;
    audit::verify(db, tenant).await?;
    settings::get(db, "check").await.map(drop)
}

async fn reads_of_many(db: &Db, length: usize) -> Result<()> {
    let tenant = TenantNumber::new(1).unwrap();
    let all_groups = vec![model::ids::GroupNumber::new(1).unwrap(); length];
    let all_users = vec![model::ids::UserNumber::new(1).unwrap(); length];
    groups::lock_many(db, tenant, &all_groups).await?;
    groups::live_among(db, tenant, &all_groups).await?;
    groups::external_ids(db, tenant, &all_groups).await?;
    groups::owners_of(db, tenant, &all_groups).await?;
    members::among(db, tenant, all_groups[0], &all_users).await?;
    members::users(db, tenant, &all_groups, PARTS).await?;
    members::ids(db, tenant, &all_groups).await?;
    for named in [
        GroupRef::Key(GroupKey::Number(all_groups[0])),
        GroupRef::Key(GroupKey::Id(GroupId(Uuid::nil()))),
        GroupRef::Key(GroupKey::Code(Code::stored("a".to_owned()))),
        GroupRef::Key(GroupKey::External(external())),
        GroupRef::Name("a".to_owned()),
    ] {
        groups::resolve(db, tenant, &vec![named; length]).await?;
    }
    users::views(db, tenant, &all_users, PARTS).await?;
    types::reads_of_many(db, tenant, &all_users).await?;
    users::external_ids(db, tenant, &all_users).await?;
    users::resolve(db, tenant, &vec![UserId(Uuid::nil()); length]).await?;
    users::ids(db, tenant, &all_users).await?;
    users::active_among(db, tenant, &all_users).await?;
    roles::grants(db, tenant, &all_users).await.map(drop)
}

async fn lists(db: &Db) -> Result<()> {
    let tenant = TenantNumber::new(1).unwrap();
    let text = || Value::Text("a".to_owned());
    for (field, value) in [
        (GroupField::Code, text()),
        (GroupField::Name, text()),
        (GroupField::FoldedName, text()),
        (GroupField::ExternalId, text()),
        (GroupField::Description, text()),
        (GroupField::ScopeId, Value::Integer(1)),
        (GroupField::CreatedAt, Value::Instant(at())),
        (GroupField::UpdatedAt, Value::Instant(at())),
    ] {
        let equal = Comparison {
            field,
            operator: Operator::Equal,
            value,
        };
        groups::list(db, tenant, &page(vec![equal], vec![])).await?;
        for descending in [false, true] {
            let sort = vec![Sort { field, descending }];
            groups::list(db, tenant, &page(vec![], sort)).await?;
        }
    }
    for (field, value) in [
        (UserField::Id, Value::Uuid(Uuid::nil())),
        (UserField::Email, text()),
        (UserField::UserName, text()),
        (UserField::GivenName, text()),
        (UserField::FamilyName, text()),
        (UserField::AnyName, text()),
        (UserField::ExternalId, text()),
        (UserField::Active, Value::Boolean(true)),
        (UserField::CreatedAt, Value::Instant(at())),
    ] {
        let equal = Comparison {
            field,
            operator: Operator::Equal,
            value,
        };
        users::list(db, tenant, &page(vec![equal], vec![]), PARTS).await?;
        for descending in [false, true] {
            let sort = vec![Sort { field, descending }];
            users::list(db, tenant, &page(vec![], sort), PARTS).await?;
        }
    }
    groups::list(db, tenant, &page(vec![], vec![])).await?;
    let window = Window {
        start: 5,
        limit: 50,
        counted: true,
    };
    groups::stretch(db, tenant, window).await?;
    users::list(db, tenant, &page(vec![], vec![]), PARTS).await?;
    Ok(())
}

fn page<F>(filter: Vec<Comparison<F>>, sort: Vec<Sort<F>>) -> ListQuery<F> {
    ListQuery {
        filter,
        sort,
        // Beyond the end, so that the total has to be counted.
        start: 5,
        limit: 50,
    }
}

fn at() -> Instant {
    Instant::from_timestamp_micros(1_790_000_000_000_000).unwrap()
}

fn name(text: &str) -> Name {
    Name::stored(text.to_owned())
}

fn actor() -> Actor {
    Actor {
        client_id: "test".to_owned(),
        user: None,
    }
}

fn item() -> MappedItem {
    MappedItem {
        key: ItemKey {
            kind: ItemType::Skill,
            id: "SQL".to_owned(),
        },
        retain: false,
    }
}

fn external() -> ExternalId {
    ExternalId {
        source: String::new(),
        value: "1".to_owned(),
    }
}

fn user(tenant: TenantNumber) -> UserDraft {
    let contact = |primary| Contact {
        value: "a@b".to_owned(),
        kind: String::new(),
        primary,
    };
    UserDraft {
        tenant,
        id: UserId(Uuid::from_u128(1)),
        fields: UserFields {
            user_name: "ann".to_owned(),
            emails: vec![contact(true), contact(false)],
            phones: vec![contact(true)],
            ..UserFields::default()
        },
        at: at(),
        by: actor(),
    }
}

fn group(tenant: TenantNumber) -> GroupDraft {
    GroupDraft {
        tenant,
        id: GroupId(Uuid::from_u128(1)),
        code: Code::stored("a".to_owned()),
        fields: GroupFields::default(),
        member_count: 0,
        at: at(),
        by: actor(),
    }
}

fn event(tenant: TenantNumber) -> EventDraft {
    let change = Change {
        kind: Kind::Group,
        number: 1,
        field: "name".to_owned(),
        before: None,
        after: None,
    };
    EventDraft {
        tenant,
        at: at(),
        actor: actor(),
        dialect: Dialect::Roster,
        operation: "test".to_owned(),
        request: RequestId(Uuid::nil()),
        changes: vec![change.clone(), change],
    }
}

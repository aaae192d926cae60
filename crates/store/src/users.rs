//! Users, their contacts and external identifiers.

pub(crate) mod contacts;
mod external;
mod groups;
mod named;
pub(crate) mod parts;
pub(crate) mod rows;

pub use external::{external_ids, put_external_id, remove_external_id};
pub use named::named;

use crate::db::Db;
use crate::entities::user_account::{Column, Entity, Model};
use crate::external_ids::USER;
use crate::faults::{USER_NAME, affected, expecting, internal};
use crate::rows::{actor_columns, column, in_lists, keep_changes, user_number};
use crate::{list, roles};
use contacts::{EMAILS, PHONES};
use model::ids::{TenantNumber, UserId, UserNumber};
use model::query::{ListQuery, Page, UserField};
use model::users::{User, UserFields, UserKey, UserParts, UserView};
use model::{Actor, Error, Instant, Result, text};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use uuid::Uuid;

/// A user that is about to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct UserDraft {
    pub tenant: TenantNumber,
    pub id: UserId,
    pub fields: UserFields,
    pub at: Instant,
    pub by: Actor,
}

/// Makes a user with his contacts, version 1. A user name that is taken is [`Error::Exists`].
pub async fn insert(tx: &Db, draft: UserDraft) -> Result<User> {
    let mut row = rows::of_fields(&draft.fields)?;
    let (client, user, user_id) = actor_columns(&draft.by);
    row.tenant = Set(draft.tenant.get());
    row.id = Set(draft.id.0);
    row.version = Set(1);
    row.created_at = Set(draft.at);
    row.created_by = Set(client);
    row.created_by_user = Set(user);
    row.created_by_user_id = Set(user_id);
    rows::updated(&mut row, draft.at, &draft.by);
    let inserted = Entity::insert(row)
        .exec(tx)
        .await
        .map_err(expecting(&[USER_NAME]))?;
    let number = inserted.last_insert_id;
    let (tenant, fields) = (draft.tenant, &draft.fields);
    EMAILS.replace(tx, tenant, number, &[], &fields.emails).await?;
    PHONES.replace(tx, tenant, number, &[], &fields.phones).await?;
    Ok(User {
        number: user_number(number)?,
        id: draft.id,
        tenant,
        fields: draft.fields,
        version: 1,
        created_at: draft.at,
        created_by: draft.by.clone(),
        updated_at: draft.at,
        updated_by: draft.by,
    })
}

/// The user with this key.
pub async fn find(db: &Db, tenant: TenantNumber, key: &UserKey) -> Result<Option<User>> {
    let Some(select) = by_key(db, tenant, key).await? else {
        return Ok(None);
    };
    let row = db.one(select).await.map_err(internal)?;
    Ok(with_contacts(db, tenant, row.into_iter().collect()).await?.pop())
}

/// The user with this key, locked until the unit ends: every read that decides something.
pub async fn lock(tx: &Db, tenant: TenantNumber, key: &UserKey) -> Result<Option<User>> {
    let Some(select) = by_key(tx, tenant, key).await? else {
        return Ok(None);
    };
    let row = tx.one(select.lock_exclusive()).await.map_err(internal)?;
    Ok(with_contacts(tx, tenant, row.into_iter().collect()).await?.pop())
}

/// The user with this key, as an answer shows him.
pub async fn view(
    db: &Db,
    tenant: TenantNumber,
    key: &UserKey,
    parts: UserParts,
) -> Result<Option<UserView>> {
    let user = find(db, tenant, key).await?;
    Ok(parts::read(db, tenant, user.into_iter().collect(), parts)
        .await?
        .pop())
}

/// These users as an answer shows them, by number. Unknown numbers are left out.
pub async fn views(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
    parts: UserParts,
) -> Result<Vec<UserView>> {
    let mut numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut rows = Vec::with_capacity(numbers.len());
    for list in in_lists(&numbers) {
        let select = of_tenant(tenant)
            .filter(Column::Number.is_in(list))
            .order_by_asc(Column::Number);
        rows.extend(db.all(select).await.map_err(internal)?);
    }
    let users = with_contacts(db, tenant, rows).await?;
    parts::read(db, tenant, users, parts).await
}

/// Writes what differs: fields, contacts, version, last change. [`Error::Stale`] if the stored version is not that of `before`.
pub async fn update(tx: &Db, before: &User, after: &User) -> Result<()> {
    let mut row = rows::changeable(after)?;
    if keep_changes(&rows::changeable(before)?, &mut row) {
        let done = Entity::update_many()
            .set(row)
            .filter(Column::Number.eq(before.number.get()))
            .filter(Column::Tenant.eq(before.tenant.get()))
            .filter(Column::Version.eq(before.version))
            .exec(tx)
            .await
            .map_err(expecting(&[USER_NAME]))?;
        match done.rows_affected {
            0 => return Err(Error::Stale),
            rows => affected("update a user", 1, rows)?,
        }
    }
    let (tenant, number) = (before.tenant, before.number.get());
    for (contacts, before, after) in [
        (EMAILS, &before.fields.emails, &after.fields.emails),
        (PHONES, &before.fields.phones, &after.fields.phones),
    ] {
        contacts.replace(tx, tenant, number, before, after).await?;
    }
    Ok(())
}

/// Deletes the user with his contacts, external identifiers and grants. Memberships, ownerships and references of
/// credentials have to be gone.
pub async fn delete(tx: &Db, user: &User) -> Result<()> {
    let (tenant, number) = (user.tenant, user.number.get());
    EMAILS.clear(tx, tenant, number).await?;
    PHONES.clear(tx, tenant, number).await?;
    USER.clear(tx, tenant, number).await?;
    roles::clear_grants(tx, tenant, user.number).await?;
    let done = Entity::delete_many()
        .filter(Column::Number.eq(number))
        .filter(Column::Tenant.eq(tenant.get()))
        .exec(tx)
        .await
        .map_err(internal)?;
    affected("delete a user", 1, done.rows_affected)
}

/// A page of the tenant's users.
pub async fn list(
    db: &Db,
    tenant: TenantNumber,
    query: &ListQuery<UserField>,
    parts: UserParts,
) -> Result<Page<UserView>> {
    let (found, total) = list::page(db, tenant, of_tenant(tenant), query).await?;
    let users = with_contacts(db, tenant, found).await?;
    let items = parts::read(db, tenant, users, parts).await?;
    Ok(Page { items, total })
}

/// The numbers of these users. Unknown ones are left out.
pub async fn resolve(tx: &Db, tenant: TenantNumber, users: &[UserId]) -> Result<HashMap<UserId, UserNumber>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.0).collect();
    numbers_and_ids(tx, tenant, "id", &ids, |number, id| (id, number)).await
}

/// The UUIDs of these users. Unknown ones are left out.
pub async fn ids(db: &Db, tenant: TenantNumber, users: &[UserNumber]) -> Result<HashMap<UserNumber, UserId>> {
    let numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    numbers_and_ids(db, tenant, "number", &numbers, |number, id| (number, id)).await
}

/// Which of these users are active.
pub async fn active_among(
    db: &Db,
    tenant: TenantNumber,
    users: &[UserNumber],
) -> Result<HashSet<UserNumber>> {
    let mut numbers: Vec<i64> = users.iter().map(|user| user.get()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut found = HashSet::with_capacity(numbers.len());
    for list in in_lists(&numbers) {
        let select = Query::select()
            .column("number")
            .from("user_account")
            .and_where(Expr::col("number").is_in(list))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .and_where(Expr::col("active").eq(true))
            .take();
        for row in db.query_all(&select).await.map_err(internal)? {
            found.insert(user_number(column(&row, "number")?)?);
        }
    }
    Ok(found)
}

/// The user who has this user name, without regard to case.
pub async fn user_name_taken(tx: &Db, tenant: TenantNumber, name: &str) -> Result<Option<UserNumber>> {
    let select = Query::select()
        .column("number")
        .from("user_account")
        .and_where(Expr::col("tenant").eq(tenant.get()))
        .and_where(Expr::col("user_name_folded").eq(text::fold(name)))
        .take();
    let row = tx.query_one(&select).await.map_err(internal)?;
    row.map(|row| user_number(column(&row, "number")?)).transpose()
}

fn of_tenant(tenant: TenantNumber) -> Select<Entity> {
    Entity::find().filter(Column::Tenant.eq(tenant.get()))
}

async fn by_key(db: &Db, tenant: TenantNumber, key: &UserKey) -> Result<Option<Select<Entity>>> {
    let condition = match key {
        UserKey::Number(number) => Column::Number.eq(number.get()),
        UserKey::Id(id) => Column::Id.eq(id.0),
        UserKey::External(id) => match USER.find(db, tenant, id).await? {
            Some(number) => Column::Number.eq(number),
            None => return Ok(None),
        },
        UserKey::Lookup(lookup) => match USER.lookup(db, tenant, lookup).await? {
            Some(number) => Column::Number.eq(number),
            None => return Ok(None),
        },
    };
    Ok(Some(of_tenant(tenant).filter(condition)))
}

/// Reads the contacts of all these users at once.
pub(crate) async fn with_contacts(db: &Db, tenant: TenantNumber, rows: Vec<Model>) -> Result<Vec<User>> {
    let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
    let mut emails = EMAILS.read(db, tenant, &numbers).await?;
    let mut phones = PHONES.read(db, tenant, &numbers).await?;
    rows.into_iter()
        .map(|row| {
            let emails = emails.remove(&row.number).unwrap_or_default();
            let phones = phones.remove(&row.number).unwrap_or_default();
            rows::user(row, emails, phones)
        })
        .collect()
}

async fn numbers_and_ids<T, K, V>(
    db: &Db,
    tenant: TenantNumber,
    name: &'static str,
    keys: &[T],
    pair: impl Fn(UserNumber, UserId) -> (K, V),
) -> Result<HashMap<K, V>>
where
    T: Clone + Into<sea_orm::Value>,
    K: Eq + Hash,
{
    let mut found = HashMap::with_capacity(keys.len());
    for list in in_lists(keys) {
        let select = Query::select()
            .columns(["number", "id"])
            .from("user_account")
            .and_where(Expr::col(name).is_in(list))
            .and_where(Expr::col("tenant").eq(tenant.get()))
            .take();
        for row in db.query_all(&select).await.map_err(internal)? {
            let number = user_number(column(&row, "number")?)?;
            let (key, value) = pair(number, UserId(column(&row, "id")?));
            found.insert(key, value);
        }
    }
    Ok(found)
}

//! What all tables share on their way to the model and back.

use crate::db::Db;
use crate::faults::{inconsistent, internal};
use model::ids::{GroupNumber, TenantNumber, UserId, UserNumber};
use model::{Actor, Error, Result};
use sea_orm::{ActiveModelTrait, ActiveValue, DbErr, EntityTrait, IntoActiveModel, Iterable};
use std::mem;
use uuid::Uuid;

/// The most rows of one INSERT and the most numbers of one IN list.
const MOST: usize = 512;

/// Keys for IN lists: few lengths, so that few statements have to be prepared; the last key fills up.
pub(crate) fn in_lists<T: Clone>(keys: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    keys.chunks(MOST).map(|chunk| {
        let mut list = chunk.to_vec();
        if let Some(last) = chunk.last() {
            list.resize(chunk.len().next_power_of_two(), last.clone());
        }
        list
    })
}

/// Inserts rows by the hundred, in few lengths, so that few statements have to be prepared.
pub(crate) async fn insert_all<A>(tx: &Db, mut rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    while !rows.is_empty() {
        // The largest power of two that does not exceed what is left.
        let length = (1_usize << rows.len().ilog2()).min(MOST / 8);
        let rest = rows.split_off(length);
        let chunk = mem::replace(&mut rows, rest);
        A::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Leaves only what differs from `before` to be written; false if nothing does.
pub(crate) fn keep_changes<A: ActiveModelTrait>(before: &A, after: &mut A) -> bool {
    let mut any = false;
    for column in <A::Entity as EntityTrait>::Column::iter() {
        if before.get(column) == after.get(column) {
            after.not_set(column);
        } else {
            any = true;
        }
    }
    any
}

/// A row that goes into a table whose key the database counts.
pub(crate) fn unnumbered() -> ActiveValue<i64> {
    ActiveValue::NotSet
}

/// The three columns that name an actor.
pub(crate) fn actor_columns(actor: &Actor) -> (String, Option<i64>, Option<Uuid>) {
    (
        actor.client_id.clone(),
        actor.user.map(|(number, _)| number.get()),
        actor.user.map(|(_, id)| id.0),
    )
}

/// The actor of three columns.
pub(crate) fn actor(client_id: String, number: Option<i64>, id: Option<Uuid>) -> Actor {
    let user = number.and_then(UserNumber::new).zip(id.map(UserId));
    Actor { client_id, user }
}

pub(crate) fn tenant_number(number: i64) -> Result<TenantNumber> {
    TenantNumber::new(number).ok_or_else(|| inconsistent("tenant", "number", number))
}

pub(crate) fn group_number(number: i64) -> Result<GroupNumber> {
    GroupNumber::new(number).ok_or_else(|| inconsistent("directory_group", "number", number))
}

pub(crate) fn user_number(number: i64) -> Result<UserNumber> {
    UserNumber::new(number).ok_or_else(|| inconsistent("user_account", "number", number))
}

/// The value that a stored word stands for.
pub(crate) fn meaning<T: Copy>(
    words: &[(T, &'static str)],
    word: &str,
    wrong: impl FnOnce() -> Error,
) -> Result<T> {
    words
        .iter()
        .find(|(_, name)| *name == word)
        .map(|(value, _)| *value)
        .ok_or_else(wrong)
}

/// The word under which a value is stored. The tables of words are complete, so there is always one.
pub(crate) fn word<T: PartialEq>(words: &[(T, &'static str)], value: &T) -> String {
    words
        .iter()
        .find(|(known, _)| known == value)
        .map_or_else(String::new, |(_, name)| (*name).to_owned())
}

/// A column of one row of a statement that is not an entity's.
pub(crate) fn column<T: sea_orm::TryGetable>(row: &sea_orm::QueryResult, name: &str) -> Result<T> {
    row.try_get("", name).map_err(internal)
}

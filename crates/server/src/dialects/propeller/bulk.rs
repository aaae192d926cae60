//! Bulk requests: each item is carried out or refused by itself, and the answer tells of each.

mod directives;

use super::{Propeller, context, convert, problem};
use contract::propeller::models::{
    BulkAction, BulkItem, BulkResult, BulkUsergroups, BulkUsers, ErrorDetail, LookupKey, UserInput,
    UsergroupInput,
};
use contract::runtime::Call;
use directives::Directives;
use directory::bulk::{Done, Item, Step};
use directory::groups::{self, GroupItem};
use directory::users::{self, UserItem};
use model::error::Kind;
use model::groups::{ExternalId, GroupKey};
use model::ids::{GroupNumber, UserNumber};
use model::lookup::{Lookup, LookupBy};
use model::users::UserKey;
use model::{Caller, Error, Result};
use std::sync::Arc;

pub async fn usergroups_by_id(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: BulkUsergroups,
) -> Result<BulkResult> {
    usergroups(propeller, call, body, LookupKey::Id).await
}

pub async fn usergroups_by_source_id(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: BulkUsergroups,
) -> Result<BulkResult> {
    usergroups(propeller, call, body, LookupKey::SourceId).await
}

pub async fn users_by_id(propeller: &Propeller, call: &Call<Caller>, body: BulkUsers) -> Result<BulkResult> {
    users_by(propeller, call, body, LookupKey::Id).await
}

pub async fn users_by_source_id(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: BulkUsers,
) -> Result<BulkResult> {
    users_by(propeller, call, body, LookupKey::SourceId).await
}

async fn usergroups(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: BulkUsergroups,
    by: LookupKey,
) -> Result<BulkResult> {
    let directives = Arc::new(Directives::new(body.directives));
    let (mut keys, mut items) = (Vec::new(), Vec::new());
    for item in body.usergroups.into_iter().map(convert::item) {
        let key = Key::of(by, item.id, item.source_id.as_ref(), item.source.as_ref());
        items.extend(key.group().map(|key| group_item(key, item, by, &directives)));
        keys.push(key);
    }
    let done = groups::bulk(propeller.directory(), context(call), items).await?;
    let done = done
        .into_iter()
        .map(|done| done.map(|done| done.map(GroupNumber::get)));
    Ok(result(propeller, call, by, keys, done))
}

async fn users_by(
    propeller: &Propeller,
    call: &Call<Caller>,
    body: BulkUsers,
    by: LookupKey,
) -> Result<BulkResult> {
    let directives = Arc::new(Directives::new(body.directives));
    let (mut keys, mut items) = (Vec::new(), Vec::new());
    for item in body.users.into_iter().map(convert::user_item) {
        let key = Key::of(by, item.id, item.source_id.as_ref(), item.source.as_ref());
        items.extend(key.user().map(|key| user_item(key, item, by, &directives)));
        keys.push(key);
    }
    let done = users::bulk(propeller.directory(), context(call), items).await?;
    let done = done
        .into_iter()
        .map(|done| done.map(|done| done.map(UserNumber::get)));
    Ok(result(propeller, call, by, keys, done))
}

/// How an item names its object.
enum Key {
    Number(i64),
    External(ExternalId),
    /// It does not.
    Missing,
}

impl Key {
    fn of(by: LookupKey, id: Option<i64>, source_id: Option<&String>, source: Option<&String>) -> Self {
        match (by, id, source_id, source) {
            (LookupKey::Id, Some(id), _, _) => Self::Number(id),
            (LookupKey::SourceId, _, Some(value), Some(source)) => Self::External(ExternalId {
                source: source.clone(),
                value: value.clone(),
            }),
            _ => Self::Missing,
        }
    }

    fn lookup(number: i64) -> Lookup {
        Lookup {
            by: LookupBy::Number(number),
            source: None,
            language: None,
        }
    }

    fn group(&self) -> Option<GroupKey> {
        match self {
            Self::Number(number) => Some(GroupKey::Lookup(Self::lookup(*number))),
            Self::External(id) => Some(GroupKey::External(id.clone())),
            Self::Missing => None,
        }
    }

    fn user(&self) -> Option<UserKey> {
        match self {
            Self::Number(number) => Some(UserKey::Lookup(Self::lookup(*number))),
            Self::External(id) => Some(UserKey::External(id.clone())),
            Self::Missing => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::External(id) => id.value.clone(),
            Self::Missing => String::new(),
        }
    }
}

fn group_item(key: GroupKey, body: UsergroupInput, by: LookupKey, directives: &Arc<Directives>) -> GroupItem {
    let directives = Arc::clone(directives);
    let decide = move |stored: Option<&model::groups::GroupView>| match (stored, by) {
        (Some(view), _) => {
            let kept = directives.usergroup(&body, view)?;
            convert::group_change(kept).map(|(change, _)| Step::Change(change))
        }
        (None, LookupKey::SourceId) => convert::new_group(body.clone()).map(|(new, _)| Step::Create(new)),
        (None, LookupKey::Id) => Err(absent(Kind::Group, body.id)),
    };
    Item {
        key,
        decide: Box::new(decide),
    }
}

fn user_item(key: UserKey, body: UserInput, by: LookupKey, directives: &Arc<Directives>) -> UserItem {
    let directives = Arc::clone(directives);
    let decide = move |stored: Option<&model::users::UserView>| match (stored, by) {
        (Some(view), _) => {
            let kept = directives.user(&body, view)?;
            convert::user_patch(kept).map(|(patch, _)| Step::Change(patch))
        }
        (None, LookupKey::SourceId) => convert::new_user(body.clone()).map(|(new, _)| Step::Create(new)),
        (None, LookupKey::Id) => Err(absent(Kind::User, body.id)),
    };
    Item {
        key,
        decide: Box::new(decide),
    }
}

fn absent(kind: Kind, id: Option<i64>) -> Error {
    Error::not_found(kind, id.map_or_else(String::new, |id| id.to_string()))
}

/// What became of each item: `done` has those that have a key, in their order.
fn result(
    propeller: &Propeller,
    call: &Call<Caller>,
    by: LookupKey,
    keys: Vec<Key>,
    mut done: impl Iterator<Item = Result<Done<i64>>>,
) -> BulkResult {
    let (origin, request) = (&propeller.state.origin, &call.request);
    let data: Vec<BulkItem> = keys
        .into_iter()
        .map(|key| {
            let outcome = match &key {
                Key::Missing => Err(problem::keyless(origin, request, required(by))),
                _ => done
                    .next()
                    .unwrap_or_else(|| Err(Error::internal("an item has no outcome")))
                    .map_err(|error| problem::of_item(origin, request, &error, by.as_str())),
            };
            item(by, &key, outcome)
        })
        .collect();
    BulkResult {
        total: i32::try_from(data.len()).unwrap_or(i32::MAX),
        data,
        messages: vec!["Completed".to_owned()],
    }
}

fn required(by: LookupKey) -> &'static str {
    match by {
        LookupKey::Id => "id is required",
        LookupKey::SourceId => "sourceId and source are required",
    }
}

fn item(by: LookupKey, key: &Key, outcome: Result<Done<i64>, ErrorDetail>) -> BulkItem {
    let (done, error) = match outcome {
        Ok(done) => (Some(done), None),
        Err(error) => (None, Some(error)),
    };
    let action = |done: &Done<i64>| {
        if done.created {
            BulkAction::Create
        } else {
            BulkAction::Update
        }
    };
    BulkItem {
        action: done.as_ref().map(action),
        id: done.map(|done| done.number),
        key: key.text(),
        lookup_key: by,
        success: error.is_none(),
        error,
    }
}

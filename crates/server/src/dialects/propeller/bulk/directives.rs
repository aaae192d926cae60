//! What the directives of a bulk request take out of an item whose object exists already.

use super::convert;
use contract::propeller::models::{BulkDirective, BulkOperation, UserInput, UsergroupInput};
use model::groups::{ExternalId, GroupView};
use model::users::UserView;
use model::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const PARENT: &str = "parent";
const KEY: [&str; 2] = ["sourceId", "source"];

/// The directives of one request together.
#[derive(Debug, Default)]
pub struct Directives {
    /// Members that stay where they are not empty.
    skip_filled: BTreeSet<String>,
    /// The parent stays.
    skip_move: bool,
}

impl Directives {
    pub fn new(given: Option<Vec<BulkDirective>>) -> Self {
        let mut all = Self::default();
        for directive in given.unwrap_or_default() {
            match directive.operation {
                BulkOperation::SkipIfNotEmpty => all.skip_filled.extend(directive.fields),
                BulkOperation::SkipMoveOnUpdate => all.skip_move = true,
            }
        }
        all
    }

    /// The item as far as it may change this usergroup.
    pub fn usergroup(&self, item: &UsergroupInput, stored: &GroupView) -> Result<UsergroupInput> {
        self.kept(item, || convert::stored_group(stored), &stored.external_ids)
    }

    /// The item as far as it may change this user.
    pub fn user(&self, item: &UserInput, stored: &UserView) -> Result<UserInput> {
        self.kept(item, || convert::stored_user(stored), &stored.external_ids)
    }

    fn kept<T>(&self, item: &T, stored: impl FnOnce() -> T, ids: &[ExternalId]) -> Result<T>
    where
        T: Clone + Serialize + DeserializeOwned,
    {
        if self.skip_filled.is_empty() && !self.skip_move {
            return Ok(item.clone());
        }
        let (mut members, stored) = (members(item)?, members(&stored())?);
        if self.skip_move {
            members.remove(PARENT);
        }
        let of_source = |source: &Value| ids.iter().any(|id| *source == id.source.as_str());
        let has_key = members.get("source").is_some_and(of_source);
        for name in &self.skip_filled {
            if KEY.contains(&name.as_str()) {
                if has_key {
                    members.retain(|name, _| !KEY.contains(&name.as_str()));
                }
            } else if stored.get(name).is_some_and(is_filled) {
                members.remove(name);
            }
        }
        serde_json::from_value(Value::Object(members)).map_err(|error| unreadable(&error))
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

fn members<T: Serialize>(body: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Error::internal("an item of a bulk request is no object")),
        Err(error) => Err(unreadable(&error)),
    }
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error::internal(format!("an item of a bulk request does not read again: {error}"))
}

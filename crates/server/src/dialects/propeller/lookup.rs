//! Look-ups and references: by number, or by the caller's own key.

use contract::propeller::models::{LookupKey, UsergroupReference};
use model::groups::{ExternalId, ExternalIdChange, GroupKey};
use model::ids::{GroupNumber, MAX_NUMBER};
use model::lookup::{Lookup, LookupBy};
use model::{Patch, Result, Violation};

/// What the path and the query look up. A source that is given and empty means keys without one.
pub fn lookup(
    key: LookupKey,
    value: String,
    source: Option<String>,
    language: Option<String>,
) -> Result<Lookup, Violation> {
    let by = match key {
        LookupKey::SourceId => LookupBy::External(value),
        LookupKey::Id => LookupBy::Number(number(&value).ok_or_else(|| {
            let message = format!("must be a whole number from 1 to {MAX_NUMBER}");
            Violation::new("lookupValue", "type", message)
        })?),
    };
    Ok(Lookup {
        by,
        source,
        language: language.filter(|language| !language.is_empty()),
    })
}

/// Digits only: no sign, no leading zero.
fn number(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let number = text.parse().ok().filter(|_| plain)?;
    GroupNumber::new(number).map(GroupNumber::get)
}

/// What a reference names; `{}` names nothing.
pub fn named(reference: UsergroupReference) -> Result<Option<GroupKey>, Violation> {
    let UsergroupReference {
        id,
        source_id,
        source,
    } = reference;
    match (id, source_id, source) {
        (Some(id), _, _) => match GroupNumber::new(id) {
            Some(number) => Ok(Some(GroupKey::Number(number))),
            None => Err(Violation::new(
                "parent/id",
                "unknown",
                "must be an existing group",
            )),
        },
        (None, Some(value), source) => Ok(Some(GroupKey::Lookup(Lookup {
            by: LookupBy::External(value),
            source,
            language: None,
        }))),
        (None, None, Some(_)) => Err(Violation::new(
            "parent/sourceId",
            "required",
            "is required with `source`",
        )),
        (None, None, None) => Ok(None),
    }
}

/// What a write says about a parent.
pub fn parent(reference: Option<UsergroupReference>) -> Result<Patch<Option<GroupKey>>, Violation> {
    match reference {
        None => Ok(Patch::Keep),
        Some(reference) => named(reference).map(Patch::Set),
    }
}

/// The key that a body gives its object: both of its halves, or none.
pub fn key(source_id: Option<String>, source: Option<String>) -> Result<Option<ExternalId>, Violation> {
    match (source_id, source) {
        (Some(value), Some(source)) => Ok(Some(ExternalId { source, value })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Violation::new(
            "source",
            "required",
            "is required with `sourceId`",
        )),
        (None, Some(_)) => Err(Violation::new(
            "sourceId",
            "required",
            "is required with `source`",
        )),
    }
}

/// The key as a change.
pub fn change(key: Option<ExternalId>) -> Vec<ExternalIdChange> {
    let set = |id: ExternalId| ExternalIdChange {
        source: id.source,
        value: Some(id.value),
    };
    key.into_iter().map(set).collect()
}

/// Which of an object's keys an answer shows: the one that was written, else the one that was looked up, else the first
/// in the order of sources.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub written: Option<ExternalId>,
    pub looked_up: Option<Lookup>,
}

impl Shown {
    pub fn pick<'a>(&self, ids: &'a [ExternalId]) -> Option<&'a ExternalId> {
        let is_written = |id: &&ExternalId| self.written.as_ref() == Some(*id);
        let is_looked_up = |id: &&ExternalId| {
            self.looked_up.as_ref().is_some_and(|lookup| {
                let source = lookup.source.as_ref().is_none_or(|source| *source == id.source);
                match &lookup.by {
                    LookupBy::External(value) => source && *value == id.value,
                    LookupBy::Number(_) => source && lookup.source.is_some(),
                }
            })
        };
        ids.iter()
            .find(is_written)
            .or_else(|| ids.iter().find(is_looked_up))
            .or_else(|| ids.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_digits() {
        for (text, expected) in [
            ("1", Some(1)),
            ("9007199254740991", Some(MAX_NUMBER)),
            ("9007199254740992", None),
            ("99999999999999999999", None),
            ("0", None),
            ("01", None),
            ("+1", None),
            ("-1", None),
            ("1.0", None),
            ("", None),
            ("١", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}

//! What the objects of an export have to keep although nobody decides about them any more: the bounds of the directory.

use crate::archive::place::Place;
use crate::archive::records::{
    ChangeRecord, EventRecord, GroupRecord, ItemRecord, RoleRecord, UserRecord, whole,
};
use crate::archive::seed::{check_extras, check_items, refuse};
use model::error::Kind;
use model::group_types::GroupTypeFields;
use model::groups::{ExternalId, ExternalIdChange, GroupFields, GroupPatch, NewGroup};
use model::ids::{GroupNumber, MAX_NUMBER};
use model::items::{ItemKey, MappedItem};
use model::text::{Code, MAX_NAME, Name, bounded};
use model::users::UserPatch;
use model::{Dialect, Error, Instant, Patch, Result};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::kept::{KeptChange, KeptEvent};

pub fn role(record: &RoleRecord) -> Result<()> {
    bounded("name", record.name.clone(), 1, MAX_NAME)?;
    if i32::try_from(record.number.get()).is_ok() {
        Ok(())
    } else {
        Err(Error::invalid("number", "range", "must be from 1 to 2147483647"))
    }
}

pub fn group_type(fields: &GroupTypeFields) -> Result<()> {
    refuse(fields.violations("fields/"))
}

pub fn user(record: &UserRecord) -> Result<()> {
    let fields = &record.fields;
    version(record.version)?;
    check_extras(&fields.extras)?;
    let names = [
        ("givenName", &fields.given_name),
        ("middleName", &fields.middle_name),
        ("familyName", &fields.family_name),
        ("displayName", &fields.display_name),
    ];
    for (field, name) in names {
        if let Some(name) = name {
            Name::parse(field, name.as_str())?;
        }
    }
    let external_ids = record
        .external_ids
        .iter()
        .map(|(source, value)| ExternalIdChange {
            source: source.clone(),
            value: Some(value.clone()),
        });
    let patch = UserPatch {
        user_name: Patch::Set(Some(fields.user_name.clone())),
        emails: Patch::Set(fields.emails.clone()),
        phones: Patch::Set(fields.phones.clone()),
        locale: Patch::Set(fields.locale.clone()),
        time_zone: Patch::Set(fields.time_zone.clone()),
        external_ids: external_ids.collect(),
        grants: Patch::Set(record.grants.iter().map(|grant| grant.grant.clone()).collect()),
        ..UserPatch::default()
    };
    refuse(patch.violations(""))
}

/// The group's code, if everything is within its bounds.
pub fn group(record: &GroupRecord) -> Result<Code> {
    let fields = &record.fields;
    version(record.version)?;
    Name::parse("name", fields.name.as_str())?;
    let new = NewGroup {
        patch: GroupPatch {
            description: Patch::Set(fields.description.clone()),
            language: Patch::Set(fields.language.clone()),
            company: Patch::Set(fields.company.clone()),
            department: Patch::Set(fields.department.clone()),
            office: Patch::Set(fields.office.clone()),
            notes: Patch::Set(fields.notes.clone()),
            ..GroupPatch::default()
        },
        owners: record.owners.clone(),
        external_ids: external_ids(record.external_ids.clone()),
        ..NewGroup::default()
    };
    refuse(new.violations())?;
    if let (Some(from), Some(until)) = (fields.active_from, fields.active_until)
        && until < from
    {
        let message = "must not be before the beginning";
        return Err(Error::invalid("activeUntil", "conflict", message));
    }
    Ok(Code::parse("code", record.code.clone())?)
}

/// Instants as they are kept.
pub fn settled(mut fields: GroupFields) -> Result<GroupFields> {
    let settle = |field: &str, at: Option<Instant>| at.map(|at| whole(field, at)).transpose();
    fields.active_from = settle("activeFrom", fields.active_from)?;
    fields.active_until = settle("activeUntil", fields.active_until)?;
    Ok(fields)
}

pub fn items(records: &[ItemRecord]) -> Result<Vec<MappedItem>> {
    let item = |one: &ItemRecord| MappedItem {
        key: ItemKey {
            kind: one.kind,
            id: one.id.clone(),
        },
        retain: one.retain,
    };
    let items: Vec<MappedItem> = records.iter().map(item).collect();
    check_items(&items)?;
    Ok(items)
}

pub fn external_ids(ids: BTreeMap<String, String>) -> Vec<ExternalId> {
    ids.into_iter()
        .map(|(source, value)| ExternalId { source, value })
        .collect()
}

pub fn membership(excluded: bool, is_parent: bool) -> Result<()> {
    if excluded && is_parent {
        let message = "must not exclude the user whose parent the group is";
        return Err(Error::invalid("excluded", "conflict", message));
    }
    Ok(())
}

/// No group is its own ancestor.
pub fn tree(parents: &HashMap<GroupNumber, (GroupNumber, Place)>) -> Result<()> {
    let mut good: HashSet<GroupNumber> = HashSet::new();
    for (start, (_, place)) in parents {
        let mut path = HashSet::new();
        let mut at = *start;
        while let Some((parent, _)) = parents.get(&at) {
            if good.contains(&at) {
                break;
            }
            if !path.insert(at) {
                let message = "`fields/parent` leads back to the group itself";
                return Err(place.wrong("conflict", message));
            }
            at = *parent;
        }
        good.extend(path);
    }
    Ok(())
}

/// The event as it is kept. Whether it holds is for the chain to say.
pub fn event(record: EventRecord) -> Result<KeptEvent> {
    if Dialect::parse(&record.dialect).is_none() {
        return Err(Error::invalid("dialect", "enum", "must name a dialect"));
    }
    let changes = record.changes.into_iter().map(change).collect::<Result<_>>()?;
    Ok(KeptEvent {
        position: record.position,
        at: whole("at", record.at)?,
        actor: record.by.actor()?,
        dialect: record.dialect,
        operation: record.operation,
        request: record.request,
        changes,
        digest: bytes("digest", &record.digest)?,
    })
}

fn change(record: ChangeRecord) -> Result<KeptChange> {
    if !Kind::ALL.iter().any(|kind| kind.as_str() == record.kind) {
        return Err(Error::invalid(
            "changes/kind",
            "enum",
            "must name a kind of object",
        ));
    }
    for value in [&record.before, &record.after].into_iter().flatten() {
        if serde_json::from_str::<serde_json::Value>(value).is_err() {
            return Err(Error::invalid("changes", "format", "must have JSON as values"));
        }
    }
    let salt = record.salt.map(|salt| bytes("changes/salt", &salt)).transpose()?;
    Ok(KeptChange {
        kind: record.kind,
        number: record.number,
        field: record.field,
        before: record.before,
        after: record.after,
        salt,
        digest: bytes("changes/digest", &record.digest)?,
    })
}

fn version(version: i64) -> Result<()> {
    if (1..=MAX_NUMBER).contains(&version) {
        Ok(())
    } else {
        Err(Error::invalid("version", "range", "must be 1 or more"))
    }
}

fn bytes(field: &str, text: &str) -> Result<Vec<u8>> {
    let wrong = || Error::invalid(field, "format", "must be pairs of hexadecimal digits");
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    if !text.len().is_multiple_of(2) {
        return Err(wrong());
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| Some(digit(pair.first()?)? << 4 | digit(pair.last()?)?))
        .collect::<Option<_>>()
        .ok_or_else(wrong)
}

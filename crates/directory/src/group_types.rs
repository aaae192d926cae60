//! Group types, such as "Household": a group with a type has a name that no other live group of that type has.
//!
//! Groups that have a name and no type count as groups of the tenant's default type, if it has one: so what a dialect
//! without types makes is seen by one that knows groups by type and name only.

mod sharing;

pub use sharing::sharing;

use crate::Directory;
use crate::changes::{Fields, diff, of_group_type};
use crate::unit::Unit;
use model::error::Kind;
use model::group_types::{GroupNames, GroupType, GroupTypeFields, MAX_GROUP_TYPES};
use model::ids::GroupTypeNumber;
use model::text::Name;
use model::{Caller, Context, Error, Result, Violation};
use std::collections::BTreeMap;
use store::group_types::GroupTypeDraft;

/// The names of one look-up are at most as many.
pub const MAX_GROUP_NAMES: u64 = 100_000;

/// The tenant's types, by number.
pub async fn list(directory: &Directory, caller: &Caller) -> Result<Vec<GroupType>> {
    let tenant = caller.reads().tenant();
    store::group_types::list(&directory.store.reads(), tenant).await
}

/// One type.
pub async fn get(directory: &Directory, caller: &Caller, number: GroupTypeNumber) -> Result<GroupType> {
    let tenant = caller.reads().tenant();
    store::group_types::get(&directory.store.reads(), tenant, number)
        .await?
        .ok_or_else(|| unknown(number.to_string()))
}

/// The names of the groups that have members, by type: of all types, those without such groups too, or of one.
/// None when they are more than [`MAX_GROUP_NAMES`].
pub async fn names(
    directory: &Directory,
    caller: &Caller,
    of: Option<GroupTypeNumber>,
) -> Result<Option<Vec<GroupNames>>> {
    let tenant = caller.reads().tenant();
    let (types, names) = directory
        .store
        .read(async |db| {
            let types = match of {
                None => store::group_types::list(db, tenant).await?,
                Some(number) => {
                    let found = store::group_types::get(db, tenant, number).await?;
                    vec![found.ok_or_else(|| unknown(number.to_string()))?]
                }
            };
            let default = types.iter().find(|one| one.fields.is_default);
            let untyped = default.map(|default| default.number);
            let names = store::group_types::names(db, tenant, of, untyped, MAX_GROUP_NAMES + 1).await?;
            Ok((types, names))
        })
        .await?;
    if names.len() as u64 > MAX_GROUP_NAMES {
        return Ok(None);
    }
    let mut by_type: BTreeMap<GroupTypeNumber, Vec<Name>> = BTreeMap::new();
    for (number, name) in names {
        by_type.entry(number).or_default().push(name);
    }
    let shown = types.into_iter().map(|group_type| {
        let mut names = by_type.remove(&group_type.number).unwrap_or_default();
        if group_type.fields.is_default {
            names.sort_by_cached_key(Name::folded);
            names.dedup_by_key(|name| name.folded());
        }
        GroupNames { names, group_type }
    });
    Ok(Some(shown.collect()))
}

/// Makes types, all of them or none. When one of them is the default, the others of the tenant are not any more; more
/// than one of them is invalid input at the second.
///
/// `Error::Conflict` when the tenant would have more than [`MAX_GROUP_TYPES`].
pub async fn create(
    directory: &Directory,
    context: Context,
    new: Vec<GroupTypeFields>,
) -> Result<Vec<GroupType>> {
    let mut found: Vec<Violation> = Vec::new();
    for (i, fields) in new.iter().enumerate() {
        found.extend(fields.violations(&format!("types/{i}/")));
    }
    if let Some((i, _)) = new.iter().enumerate().filter(|(_, one)| one.is_default).nth(1) {
        let message = "must be true for one type at most";
        found.push(Violation::new(
            format!("types/{i}/isDefault"),
            "conflict",
            message,
        ));
    }
    refuse(found)?;
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let held = store::group_types::count(unit.tx, unit.tenant).await?;
            if held + new.len() > MAX_GROUP_TYPES {
                let reason = format!("there cannot be more than {MAX_GROUP_TYPES} group types");
                return Err(Error::Conflict { reason });
            }
            let mut made = Vec::with_capacity(new.len());
            for fields in &new {
                made.push(insert(unit, fields).await?);
            }
            Ok(made)
        })
        .await
}

/// Changes a type: `change` is given it as it is in the moment of the write, and says what its fields shall be.
pub async fn change<F>(
    directory: &Directory,
    context: Context,
    number: GroupTypeNumber,
    change: F,
) -> Result<GroupType>
where
    F: Fn(&GroupType) -> Result<GroupTypeFields> + Send + Sync + 'static,
{
    context.caller.writes()?;
    directory
        .write(context, async move |unit| {
            let before = store::group_types::lock(unit.tx, unit.tenant, number)
                .await?
                .ok_or_else(|| unknown(number.to_string()))?;
            let fields = change(&before)?;
            refuse(fields.violations(""))?;
            if fields.is_default && !before.fields.is_default {
                dethrone(unit).await?;
            }
            save(unit, before, fields).await
        })
        .await
}

/// Makes a type inside a unit. Its bounds are the caller's business.
pub(crate) async fn insert(unit: &mut Unit<'_>, fields: &GroupTypeFields) -> Result<GroupType> {
    if fields.is_default {
        dethrone(unit).await?;
    }
    let draft = GroupTypeDraft {
        tenant: unit.tenant,
        fields: fields.clone(),
        at: unit.at,
        by: unit.actor().clone(),
    };
    let made = store::group_types::insert(unit.tx, draft).await?;
    let (kind, number) = (Kind::GroupType, made.number.get());
    unit.record(diff(kind, number, Fields::new(), of_group_type(&made.fields)));
    Ok(made)
}

/// The type that is the default so far is so no longer.
async fn dethrone(unit: &mut Unit<'_>) -> Result<()> {
    if let Some(before) = store::group_types::default(unit.tx, unit.tenant).await? {
        let fields = GroupTypeFields {
            is_default: false,
            ..before.fields.clone()
        };
        save(unit, before, fields).await?;
    }
    Ok(())
}

/// Stores and records a changed type. Nothing changed: nothing is written.
async fn save(unit: &mut Unit<'_>, before: GroupType, fields: GroupTypeFields) -> Result<GroupType> {
    let (kind, number) = (Kind::GroupType, before.number.get());
    let changes = diff(
        kind,
        number,
        of_group_type(&before.fields),
        of_group_type(&fields),
    );
    if changes.is_empty() {
        return Ok(before);
    }
    let after = GroupType {
        fields,
        updated_at: unit.at,
        updated_by: unit.actor().clone(),
        ..before.clone()
    };
    store::group_types::update(unit.tx, &before, &after).await?;
    unit.record(changes);
    Ok(after)
}

fn refuse(violations: Vec<Violation>) -> Result<()> {
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(violations))
    }
}

/// There is no type of this number or name.
pub(crate) fn unknown(key: impl Into<String>) -> Error {
    Error::not_found(Kind::GroupType, key)
}

//! A user's own fields: what a patch does to them, and the user name that he gets when none is given.

use crate::unit::Unit;
use model::ids::{UserId, UserNumber};
use model::users::{Contact, User, UserFields, UserPatch};
use model::{Patch, Result};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Writes everything over `fields` but the user name, which [`user_name`] decides.
pub(super) fn apply(patch: &UserPatch, fields: &mut UserFields) {
    patch.emails.clone().apply(&mut fields.emails);
    patch.phones.clone().apply(&mut fields.phones);
    set_primary(&patch.primary_email, &mut fields.emails);
    set_primary(&patch.primary_phone, &mut fields.phones);
    patch.given_name.clone().apply(&mut fields.given_name);
    patch.middle_name.clone().apply(&mut fields.middle_name);
    patch.family_name.clone().apply(&mut fields.family_name);
    patch.display_name.clone().apply(&mut fields.display_name);
    patch.locale.clone().apply(&mut fields.locale);
    patch.time_zone.clone().apply(&mut fields.time_zone);
    patch.active.clone().apply(&mut fields.active);
    match &patch.extra {
        Patch::Keep => {}
        Patch::Set((dialect, None)) => {
            fields.extras.remove(dialect);
        }
        Patch::Set((dialect, Some(value))) => {
            fields.extras.insert(dialect.clone(), value.clone());
        }
    }
    if let Patch::Set((dialect, members)) = &patch.extra_members {
        merge(&mut fields.extras, dialect, members);
    }
}

/// Writes single members over a dialect's object. Null removes a member, and nothing is left of an empty object.
fn merge(extras: &mut BTreeMap<String, Value>, dialect: &str, members: &Map<String, Value>) {
    let mut all = match extras.remove(dialect) {
        Some(Value::Object(all)) => all,
        _ => Map::new(),
    };
    for (name, value) in members {
        if value.is_null() {
            all.remove(name);
        } else {
            all.insert(name.clone(), value.clone());
        }
    }
    if !all.is_empty() {
        extras.insert(dialect.to_owned(), Value::Object(all));
    }
}

/// Replaces the primary entry and keeps the others.
fn set_primary(patch: &Patch<Option<String>>, contacts: &mut Vec<Contact>) {
    let Patch::Set(value) = patch else { return };
    let primary = contacts.iter().position(|contact| contact.primary);
    match (value, primary) {
        (Some(value), Some(i)) => contacts[i].value.clone_from(value),
        (Some(value), None) => {
            contacts.push(Contact {
                value: value.clone(),
                kind: String::new(),
                primary: true,
            });
        }
        (None, Some(i)) => {
            contacts.remove(i);
        }
        (None, None) => {}
    }
}

/// The name that an existing user gets: the wanted one, else his default.
pub(super) async fn user_name(unit: &Unit<'_>, wanted: Option<&str>, user: &User) -> Result<String> {
    choose(unit, wanted, &user.fields, user.id, Some(user.number)).await
}

/// The name that a new user gets.
pub(super) async fn new_user_name(
    unit: &Unit<'_>,
    wanted: Option<&str>,
    fields: &UserFields,
    id: UserId,
) -> Result<String> {
    choose(unit, wanted, fields, id, None).await
}

/// The default is the primary e-mail address, unless there is none or somebody else has it as his name; then it is
/// the UUID. A wanted name that somebody else has is for the store to refuse.
async fn choose(
    unit: &Unit<'_>,
    wanted: Option<&str>,
    fields: &UserFields,
    id: UserId,
    own: Option<UserNumber>,
) -> Result<String> {
    if let Some(wanted) = wanted {
        return Ok(wanted.to_owned());
    }
    if let Some(email) = fields.emails.iter().find(|email| email.primary) {
        let holder = store::users::user_name_taken(unit.tx, unit.tenant, &email.value).await?;
        if holder.is_none() || holder == own {
            return Ok(email.value.clone());
        }
    }
    Ok(id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn email(value: &str, primary: bool) -> Contact {
        Contact {
            value: value.into(),
            kind: String::new(),
            primary,
        }
    }

    #[test]
    fn only_the_primary_entry_is_replaced() {
        let both = vec![email("home", false), email("work", true)];
        let patched = |patch: Patch<Option<String>>, contacts: &[Contact]| {
            let mut contacts = contacts.to_vec();
            set_primary(&patch, &mut contacts);
            contacts
        };
        let new = || Patch::Set(Some("new".to_owned()));
        assert_eq!(patched(Patch::Keep, &both), both);
        assert_eq!(patched(new(), &both), [email("home", false), email("new", true)]);
        assert_eq!(
            patched(new(), &both[..1]),
            [email("home", false), email("new", true)]
        );
        assert_eq!(patched(Patch::Set(None), &both), both[..1]);
        assert_eq!(patched(Patch::Set(None), &both[..1]), both[..1]);
    }

    #[test]
    fn a_dialect_replaces_its_own_extras_only() {
        let mut fields = UserFields::default();
        fields.extras.insert("taleolearn".into(), json!({ "a": 1 }));
        let patch = |value| UserPatch {
            extra: Patch::Set(("kibo".into(), value)),
            ..UserPatch::default()
        };
        apply(&patch(Some(json!({ "b": 2 }))), &mut fields);
        assert_eq!(fields.extras.len(), 2);
        apply(&patch(None), &mut fields);
        assert_eq!(fields.extras.keys().collect::<Vec<_>>(), ["taleolearn"]);
    }
}

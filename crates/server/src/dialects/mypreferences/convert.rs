//! Group types between the document's words and the directory's.

mod lists;
pub mod profiles;

use contract::mypreferences::models::{self as wire_models, Edited, LocalizedField};
use contract::mypreferences::{forms, shapes};
use contract::runtime::{intake, wire};
use model::access::Actor;
use model::group_types::{GroupType, GroupTypeFields, Localized};
use model::ids::GroupTypeNumber;
use model::text::{Name, fold};
use model::{Error, Instant, Result, Violation};
use serde::Serialize;
use serde_json::Value;

/// What only the server says of a group type.
pub const OWNED_BY_TYPES: [&str; 2] = ["TypeId", "Edited"];

/// The fields of a type as a client gives them. Faults are named below `prefix`.
pub fn fields(given: wire_models::GroupType, prefix: &str) -> Result<GroupTypeFields> {
    Ok(GroupTypeFields {
        name: Name::parse(&format!("{prefix}TypeName"), given.type_name)?,
        localized: given.localized_fields.into_iter().map(localized).collect(),
        is_default: given.is_default.unwrap_or(false),
        active: given.is_active.unwrap_or(true),
    })
}

fn localized(given: LocalizedField) -> Localized {
    Localized {
        locale: given.locale,
        name: given.name,
        description: given.description,
    }
}

/// A type as an answer shows it.
pub fn group_type(known: GroupType) -> wire_models::GroupType {
    let edited = edited(
        known.created_at,
        &known.created_by,
        known.updated_at,
        &known.updated_by,
    );
    let fields = known.fields.localized.into_iter().map(|one| LocalizedField {
        locale: one.locale,
        name: one.name,
        description: one.description,
    });
    wire_models::GroupType {
        type_name: known.fields.name.as_str().to_owned(),
        localized_fields: fields.collect(),
        is_default: Some(known.fields.is_default),
        is_active: Some(known.fields.active),
        type_id: type_id(known.number),
        edited: Some(edited),
    }
}

/// The number, which the store keeps within 32 bits.
pub fn type_id(number: GroupTypeNumber) -> Option<i32> {
    i32::try_from(number.get()).ok()
}

/// Whether a type has fields of this locale.
pub fn has_locale(known: &GroupType, locale: &str) -> bool {
    let locale = fold(locale);
    known
        .fields
        .localized
        .iter()
        .any(|one| fold(&one.locale) == locale)
}

/// Leaves only the fields of this locale.
pub fn narrow(known: &mut GroupType, locale: &str) {
    let locale = fold(locale);
    known.fields.localized.retain(|one| fold(&one.locale) == locale);
}

pub fn edited(created_at: Instant, created_by: &Actor, updated_at: Instant, updated_by: &Actor) -> Edited {
    Edited {
        create_date: created_at,
        created_by: who(created_by),
        modified_date: updated_at,
        modified_by: who(updated_by),
    }
}

/// The user that the credential was bound to, else the client id.
fn who(actor: &Actor) -> String {
    match actor.user {
        Some((_, id)) => id.to_string(),
        None => actor.client_id.clone(),
    }
}

/// An object as the document that a JSON Patch is about.
pub fn document(shown: &impl Serialize) -> Result<Value> {
    serde_json::to_value(shown).map_err(|error| Error::internal(format!("an answer is no JSON: {error}")))
}

/// What a JSON Patch made of a group type.
pub fn patched_type(document: &Value) -> Result<GroupTypeFields> {
    let check = |body: &wire_models::GroupType| shapes::GROUP_TYPE.check("", body);
    let folding = forms::PROTOCOL.folding;
    let read =
        intake::value::<wire::Object<wire_models::GroupType>>(document, &forms::GROUP_TYPE, folding, check);
    fields(read.map_err(told)?, "")
}

/// Violations of a document that was made here, in the directory's form.
pub fn told(violations: Vec<contract::runtime::Violation>) -> Error {
    let told = violations.into_iter().map(|one| {
        let field = one.pointer.trim_start_matches('/');
        Violation::new(field, one.rule, one.message)
    });
    Error::Invalid(told.collect())
}

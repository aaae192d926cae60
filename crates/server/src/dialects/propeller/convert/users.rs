//! Users. What only this dialect knows of them is kept in its extras.

use super::{all, reference, shown, split, text};
use crate::dialects::propeller::lookup::{self, Shown};
use contract::propeller::models::{BulkUser, Gender, User, UserInput};
use model::groups::ExternalId;
use model::text::Name;
use model::users::{Contact, NewUser, UserPatch, UserView};
use model::{Dialect, Patch, Result, Violation};
use serde_json::{Map, Value as Json};

/// Members of the extras.
const DEBTOR: &str = "debtorId";
const TITLE: &str = "title";
const BIRTH: &str = "dateOfBirth";
const GENDER: &str = "gender";
const COMPANY: &str = "company";
const TAX: &str = "taxNumber";
const COC: &str = "cocNumber";

/// A user to be made, and his key.
pub fn new_user(body: UserInput) -> Result<(NewUser, Option<ExternalId>)> {
    let (patch, key) = user_patch(body)?;
    Ok((NewUser { patch }, key))
}

/// A change of a user, and the key that it gives him.
pub fn user_patch(body: UserInput) -> Result<(UserPatch, Option<ExternalId>)> {
    let key = lookup::key(body.source_id, body.source)?;
    let mut own = Map::new();
    for (name, given) in [
        (DEBTOR, body.debtor_id),
        (TITLE, body.title),
        (BIRTH, body.date_of_birth),
        (GENDER, body.gender.map(kept_gender)),
        (COMPANY, body.company),
        (TAX, body.tax_number),
        (COC, body.coc_number),
    ] {
        if let Some(given) = given {
            let kept = Some(given).filter(|text| !text.is_empty());
            own.insert(name.to_owned(), kept.map_or(Json::Null, Json::String));
        }
    }
    let own = Some(own).filter(|own| !own.is_empty());
    let patch = UserPatch {
        user_name: text(body.login),
        primary_email: text(body.email),
        primary_phone: text(body.phone),
        given_name: name("firstName", body.first_name)?,
        middle_name: name("middleName", body.middle_name)?,
        family_name: name("lastName", body.last_name)?,
        display_name: name("fullName", body.full_name)?,
        locale: text(body.primary_language),
        extra_members: own.map_or(Patch::Keep, |own| {
            Patch::Set((Dialect::Propeller.as_str().to_owned(), own))
        }),
        external_ids: lookup::change(key.clone()),
        parent: lookup::parent(body.parent)?,
        ..UserPatch::default()
    };
    Ok((patch, key))
}

fn name(field: &str, given: Option<String>) -> Result<Patch<Option<Name>>, Violation> {
    Ok(match text(given) {
        Patch::Keep => Patch::Keep,
        Patch::Set(text) => Patch::Set(text.map(|text| Name::parse(field, text)).transpose()?),
    })
}

/// What is not defined is not kept.
fn kept_gender(gender: Gender) -> String {
    match gender {
        Gender::U => String::new(),
        known => known.as_str().to_owned(),
    }
}

/// An item of a bulk request as a body of its own.
pub fn item(item: BulkUser) -> UserInput {
    UserInput {
        id: item.id,
        debtor_id: item.debtor_id,
        first_name: item.first_name,
        middle_name: item.middle_name,
        last_name: item.last_name,
        full_name: item.full_name,
        title: item.title,
        date_of_birth: item.date_of_birth,
        gender: item.gender,
        login: item.login,
        phone: item.phone,
        email: item.email,
        company: item.company,
        parent: item.parent,
        tax_number: item.tax_number,
        coc_number: item.coc_number,
        primary_language: item.primary_language,
        source_id: item.source_id,
        source: item.source,
    }
}

/// A user as an answer shows him. `sources`: with all his keys.
pub fn user(view: UserView, key: &Shown, sources: bool) -> User {
    let (user, ids) = (view.user, view.external_ids);
    let (source_id, source) = split(key.pick(&ids));
    let fields = user.fields;
    let own = fields.extras.get(Dialect::Propeller.as_str());
    let kept = |name: &str| {
        let kept = own.and_then(|own| own.get(name)).and_then(Json::as_str);
        kept.unwrap_or_default().to_owned()
    };
    let shown_name = |name: Option<Name>| name.map(|name| name.as_str().to_owned()).unwrap_or_default();
    User {
        id: user.number.get(),
        debtor_id: kept(DEBTOR),
        first_name: shown_name(fields.given_name),
        middle_name: shown_name(fields.middle_name),
        last_name: shown_name(fields.family_name),
        full_name: shown_name(fields.display_name),
        title: kept(TITLE),
        date_of_birth: kept(BIRTH),
        gender: match kept(GENDER).as_str() {
            "m" => Gender::M,
            "f" => Gender::F,
            _ => Gender::U,
        },
        login: fields.user_name,
        phone: primary(fields.phones),
        email: primary(fields.emails),
        company: kept(COMPANY),
        parent: reference(view.parent),
        tax_number: kept(TAX),
        coc_number: kept(COC),
        primary_language: shown(fields.locale),
        source_id,
        source,
        sources: sources.then(|| all(ids)),
    }
}

fn primary(contacts: Vec<Contact>) -> String {
    let primary = contacts.into_iter().find(|contact| contact.primary);
    primary.map(|contact| contact.value).unwrap_or_default()
}

/// A stored user as a body that would write him.
pub fn stored_user(view: &UserView) -> UserInput {
    let shown = user(view.clone(), &Shown::default(), false);
    UserInput {
        id: Some(shown.id),
        debtor_id: Some(shown.debtor_id),
        first_name: Some(shown.first_name),
        middle_name: Some(shown.middle_name),
        last_name: Some(shown.last_name),
        full_name: Some(shown.full_name),
        title: Some(shown.title),
        date_of_birth: Some(shown.date_of_birth),
        gender: Some(shown.gender).filter(|gender| *gender != Gender::U),
        login: Some(shown.login),
        phone: Some(shown.phone),
        email: Some(shown.email),
        company: Some(shown.company),
        parent: Some(shown.parent),
        tax_number: Some(shown.tax_number),
        coc_number: Some(shown.coc_number),
        primary_language: Some(shown.primary_language),
        source_id: shown.source_id,
        source: shown.source,
    }
}

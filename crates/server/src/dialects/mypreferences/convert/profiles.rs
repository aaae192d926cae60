//! Profiles between the document's words and the directory's.

use super::lists::{
    alternate_id, email, emails, groups, identifiers, merge, phone, phones, refuse_two, replaced,
    shown_groups, with_primary,
};
use super::{document, edited, told};
use contract::mypreferences::models::{CustomerName, Profile};
use contract::mypreferences::{forms, shapes};
use contract::runtime::{intake, wire};
use model::text::Name;
use model::users::{Contact, NewUser, UserGroupParts, UserGroups, UserParts, UserPatch, UserView};
use model::{Dialect, Patch, Result};
use serde_json::{Map, Value, json};

/// What a profile is shown with.
pub const PARTS: UserParts = UserParts {
    external_ids: true,
    grants: false,
    groups: UserGroupParts::Typed,
    parent: false,
};
/// What only the server says of a profile.
pub const OWNED: [&str; 2] = ["ProfileId", "Edited"];

/// Members that nobody else knows, with what they are where nothing was said.
const FLAGS: [(&str, bool); 3] = [
    ("RegistrationConfirmed", false),
    ("PreserveConsents", true),
    ("PreservePreferences", true),
];

/// A user to be made.
pub fn new_user(given: &Profile) -> Result<NewUser> {
    let patch = lists(given, &[], &[])?;
    Ok(NewUser { patch })
}

/// What an update changes: members that are there, and entries of lists, which are added or replace those of their
/// type.
pub fn update(given: &Profile, view: &UserView) -> Result<UserPatch> {
    let fields = &view.user.fields;
    lists(given, &fields.emails, &fields.phones)
}

/// Members, and lists that are added to those that there are.
fn lists(given: &Profile, held_emails: &[Contact], held_phones: &[Contact]) -> Result<UserPatch> {
    let merged = |held: &[Contact], new: Option<Vec<Contact>>, name| match new {
        None => Ok(Patch::Keep),
        Some(new) => refuse_two(&new, name).map(|()| Patch::Set(with_primary(merge(held, new)))),
    };
    let (new_emails, new_phones) = (given.email_addresses.clone(), given.phone_numbers.clone());
    Ok(UserPatch {
        emails: merged(held_emails, new_emails.map(emails), "EmailAddresses")?,
        phones: merged(held_phones, new_phones.map(phones), "PhoneNumbers")?,
        external_ids: identifiers(given.alternate_ids.clone().unwrap_or_default())?,
        typed_groups: groups(given.groups.clone(), true)?,
        ..members(given)?
    })
}

/// What a JSON Patch made of a profile: the profile is this from now on.
pub fn patched(result: &Value, view: &UserView) -> Result<UserPatch> {
    let check = |body: &Profile| shapes::PROFILE.check("", body);
    let folding = forms::PROTOCOL.folding;
    let read = intake::value::<wire::Object<Profile>>(result, &forms::PROFILE, folding, check);
    let wanted = read.map_err(told)?;
    let name = wanted.customer_name.clone().unwrap_or(NAMELESS);
    let text = |text: Option<String>| Some(text.unwrap_or_default());
    let whole = Profile {
        is_active: Some(wanted.is_active.unwrap_or(true)),
        registration_confirmed: Some(wanted.registration_confirmed.unwrap_or(FLAGS[0].1)),
        preserve_consents: Some(wanted.preserve_consents.unwrap_or(FLAGS[1].1)),
        preserve_preferences: Some(wanted.preserve_preferences.unwrap_or(FLAGS[2].1)),
        customer_type: text(wanted.customer_type),
        default_locale: text(wanted.default_locale),
        customer_name: Some(CustomerName {
            prefix: text(name.prefix),
            first_name: text(name.first_name),
            middle_name: text(name.middle_name),
            last_name: text(name.last_name),
            suffix: text(name.suffix),
        }),
        ..wanted
    };
    let mut patch = members(&whole)?;
    let all = emails(whole.email_addresses.unwrap_or_default());
    refuse_two(&all, "EmailAddresses")?;
    patch.emails = Patch::Set(with_primary(all));
    let all = phones(whole.phone_numbers.unwrap_or_default());
    refuse_two(&all, "PhoneNumbers")?;
    patch.phones = Patch::Set(with_primary(all));
    patch.external_ids = replaced(
        identifiers(whole.alternate_ids.unwrap_or_default())?,
        &view.external_ids,
    );
    // Groups that were too many to be shown cannot be taken away unseen.
    if whole.groups.is_some() || matches!(view.groups, UserGroups::All(_)) {
        patch.typed_groups = groups(Some(whole.groups.unwrap_or_default()), false)?;
    }
    Ok(patch)
}

/// The profile as the document that a JSON Patch is about.
pub fn as_document(view: &UserView) -> Result<Value> {
    document(&profile(view.clone()))
}

/// A profile as an answer shows it.
pub fn profile(view: UserView) -> Profile {
    let user = view.user;
    let edited = edited(
        user.created_at,
        &user.created_by,
        user.updated_at,
        &user.updated_by,
    );
    let fields = user.fields;
    let own = fields.extras.get(Dialect::MyPreferences.as_str());
    let text = |name: &str| own?.get(name)?.as_str().map(str::to_owned);
    let flag =
        |(name, default): (&str, bool)| Some(own.and_then(|own| own.get(name)?.as_bool()).unwrap_or(default));
    let name = |name: Option<Name>| name.map(|name| name.as_str().to_owned());
    Profile {
        profile_id: Some(user.number.get()),
        is_active: Some(fields.active),
        edited: Some(edited),
        registration_confirmed: flag(FLAGS[0]),
        customer_type: text("CustomerType"),
        preserve_consents: flag(FLAGS[1]),
        preserve_preferences: flag(FLAGS[2]),
        customer_name: Some(CustomerName {
            prefix: text("Prefix"),
            first_name: name(fields.given_name),
            middle_name: name(fields.middle_name),
            last_name: name(fields.family_name),
            suffix: text("Suffix"),
        }),
        default_locale: fields.locale,
        alternate_ids: Some(view.external_ids.into_iter().map(alternate_id).collect()),
        email_addresses: Some(fields.emails.into_iter().map(email).collect()),
        phone_numbers: Some(fields.phones.into_iter().map(phone).collect()),
        groups: shown_groups(view.groups),
    }
}

const NAMELESS: CustomerName = CustomerName {
    prefix: None,
    first_name: None,
    middle_name: None,
    last_name: None,
    suffix: None,
};

/// Everything but lists. Absent and null keep; an empty text takes a value away.
fn members(given: &Profile) -> Result<UserPatch> {
    let name = given.customer_name.as_ref().unwrap_or(&NAMELESS);
    let called = |text: &Option<String>, field: &str| -> Result<Patch<Option<Name>>> {
        Ok(match text.as_deref() {
            None => Patch::Keep,
            Some("") => Patch::Set(None),
            Some(text) => Patch::Set(Some(Name::parse(&format!("CustomerName/{field}"), text)?)),
        })
    };
    let mut own = Map::new();
    let texts = [
        ("Prefix", &name.prefix),
        ("Suffix", &name.suffix),
        ("CustomerType", &given.customer_type),
    ];
    for (member, text) in texts {
        if let Some(text) = text {
            own.insert(
                member.to_owned(),
                if text.is_empty() { Value::Null } else { json!(text) },
            );
        }
    }
    let flags = [
        given.registration_confirmed,
        given.preserve_consents,
        given.preserve_preferences,
    ];
    for ((member, default), flag) in FLAGS.into_iter().zip(flags) {
        if let Some(flag) = flag {
            own.insert(
                member.to_owned(),
                if flag == default { Value::Null } else { json!(flag) },
            );
        }
    }
    let own = (Dialect::MyPreferences.as_str().to_owned(), own);
    Ok(UserPatch {
        active: given.is_active.map_or(Patch::Keep, Patch::Set),
        given_name: called(&name.first_name, "FirstName")?,
        middle_name: called(&name.middle_name, "MiddleName")?,
        family_name: called(&name.last_name, "LastName")?,
        locale: match given.default_locale.clone() {
            None => Patch::Keep,
            Some(text) => Patch::Set(Some(text).filter(|text| !text.is_empty())),
        },
        extra_members: if own.1.is_empty() {
            Patch::Keep
        } else {
            Patch::Set(own)
        },
        ..UserPatch::default()
    })
}

//! The lists of a profile: addresses, phone numbers, identifiers in other systems, groups.

use contract::mypreferences::models::{AlternateIdEntry, EmailEntry, GroupEntry, PhoneEntry};
use model::group_types::{TypedEntry, TypedGroups};
use model::groups::{ExternalId, ExternalIdChange};
use model::text::{Name, fold};
use model::users::{Contact, UserGroups};
use model::{Error, Patch, Result, Violation};
use std::collections::BTreeSet;

pub fn emails(all: Vec<EmailEntry>) -> Vec<Contact> {
    let contact = |one: EmailEntry| Contact {
        value: one.email_address,
        kind: one.email_type.unwrap_or_default(),
        primary: one.is_primary.unwrap_or(false),
    };
    all.into_iter().map(contact).collect()
}

pub fn phones(all: Vec<PhoneEntry>) -> Vec<Contact> {
    let contact = |one: PhoneEntry| Contact {
        value: one.phone_number,
        kind: one.phone_type.unwrap_or_default(),
        primary: one.is_primary.unwrap_or(false),
    };
    all.into_iter().map(contact).collect()
}

/// Refuses more than one primary entry; `list` is the member that holds them.
pub fn refuse_two(all: &[Contact], list: &str) -> Result<()> {
    match all.iter().enumerate().filter(|(_, one)| one.primary).nth(1) {
        None => Ok(()),
        Some((second, _)) => {
            let field = format!("{list}/{second}/IsPrimary");
            Err(Error::invalid(
                field,
                "conflict",
                "must be true for one entry at most",
            ))
        }
    }
}

/// The entries with a primary one: the first where none says so.
pub fn with_primary(mut all: Vec<Contact>) -> Vec<Contact> {
    if !all.iter().any(|one| one.primary)
        && let Some(first) = all.first_mut()
    {
        first.primary = true;
    }
    all
}

/// The entries that a user has with new ones, which stand in the places of those of the same type. When none of them
/// says that it is primary, the primary one is where it was.
pub fn merge(held: &[Contact], mut new: Vec<Contact>) -> Vec<Contact> {
    let has_primary = new.iter().any(|one| one.primary);
    let kinds: BTreeSet<String> = new.iter().map(|one| fold(&one.kind)).collect();
    let mut all = Vec::with_capacity(held.len() + new.len());
    for old in held {
        let kind = fold(&old.kind);
        let is_primary = old.primary && !has_primary;
        if !kinds.contains(&kind) {
            let kept = old.clone();
            all.push(Contact {
                primary: is_primary,
                ..kept
            });
            continue;
        }
        let (mut same, rest): (Vec<_>, Vec<_>) = new.into_iter().partition(|one| fold(&one.kind) == kind);
        new = rest;
        if let Some(first) = same.first_mut() {
            first.primary |= is_primary;
        }
        all.extend(same);
    }
    all.extend(new);
    all
}

/// Identifiers to be set, at most one for each type.
pub fn identifiers(all: Vec<AlternateIdEntry>) -> Result<Vec<ExternalIdChange>> {
    let mut seen = BTreeSet::new();
    let mut twice = Vec::new();
    for (i, one) in all.iter().enumerate() {
        if !seen.insert(&one.alternate_id_type) {
            let field = format!("AlternateIds/{i}/AlternateIdType");
            twice.push(Violation::new(field, "uniqueItems", "must be there once"));
        }
    }
    if !twice.is_empty() {
        return Err(Error::Invalid(twice));
    }
    let change = |one: AlternateIdEntry| ExternalIdChange {
        source: one.alternate_id_type,
        value: Some(one.alternate_id),
    };
    Ok(all.into_iter().map(change).collect())
}

/// These identifiers and no others.
pub fn replaced(mut wanted: Vec<ExternalIdChange>, held: &[ExternalId]) -> Vec<ExternalIdChange> {
    let gone: Vec<ExternalIdChange> = held
        .iter()
        .filter(|held| wanted.iter().all(|one| one.source != held.source))
        .map(|held| ExternalIdChange {
            source: held.source.clone(),
            value: None,
        })
        .collect();
    wanted.extend(gone);
    wanted
}

pub fn groups(given: Option<Vec<GroupEntry>>, keep_others: bool) -> Result<Patch<TypedGroups>> {
    let Some(given) = given else {
        return Ok(Patch::Keep);
    };
    let mut entries = Vec::with_capacity(given.len());
    for (i, one) in given.into_iter().enumerate() {
        let name = format!("Groups/{i}/GroupName");
        entries.push(TypedEntry {
            field: format!("Groups/{i}"),
            group_type: one.group_type,
            name: Name::parse(&name, one.group_name)?,
        });
    }
    Ok(Patch::Set(TypedGroups { entries, keep_others }))
}

pub fn alternate_id(id: ExternalId) -> AlternateIdEntry {
    AlternateIdEntry {
        alternate_id_type: id.source,
        alternate_id: id.value,
    }
}

pub fn email(contact: Contact) -> EmailEntry {
    EmailEntry {
        email_type: kind(contact.kind),
        email_address: contact.value,
        is_primary: Some(contact.primary),
    }
}

pub fn phone(contact: Contact) -> PhoneEntry {
    PhoneEntry {
        phone_type: kind(contact.kind),
        phone_number: contact.value,
        is_primary: Some(contact.primary),
    }
}

fn kind(kind: String) -> Option<String> {
    Some(kind).filter(|kind| !kind.is_empty())
}

pub fn shown_groups(groups: UserGroups) -> Option<Vec<GroupEntry>> {
    match groups {
        UserGroups::All(all) => Some(
            all.into_iter()
                .map(|group| GroupEntry {
                    group_type: group
                        .type_name
                        .map_or_else(String::new, |name| name.as_str().to_owned()),
                    group_name: group.name.as_str().to_owned(),
                })
                .collect(),
        ),
        UserGroups::Unread | UserGroups::TooMany => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(kind: &str, value: &str, primary: bool) -> Contact {
        Contact {
            value: value.into(),
            kind: kind.into(),
            primary,
        }
    }

    #[test]
    fn entries_take_the_places_of_their_type() {
        let held = [
            contact("Home", "a", true),
            contact("Work", "b", false),
            contact("", "c", false),
        ];
        let merged = |new: &[(&str, &str, bool)]| {
            let new = new
                .iter()
                .map(|(kind, value, primary)| contact(kind, value, *primary));
            let all = with_primary(merge(&held, new.collect()));
            let told = all.iter().map(|one| {
                let mark = if one.primary { "!" } else { "" };
                format!("{}={}{mark}", one.kind, one.value)
            });
            told.collect::<Vec<_>>().join(" ")
        };
        for (new, expected) in [
            (&[][..], "Home=a! Work=b =c"),
            (&[("home", "x", false)], "home=x! Work=b =c"),
            (&[("WORK", "x", true)], "Home=a WORK=x! =c"),
            (
                &[("Else", "x", false), ("", "y", false)],
                "Home=a! Work=b =y Else=x",
            ),
            (
                &[("Home", "x", false), ("Home", "y", true)],
                "Home=x Home=y! Work=b =c",
            ),
        ] {
            assert_eq!(merged(new), expected);
        }
    }

    #[test]
    fn one_entry_is_primary() {
        let contacts = [contact("", "a", true), contact("", "b", true)];
        let Err(Error::Invalid(found)) = refuse_two(&contacts, "PhoneNumbers") else {
            panic!()
        };
        assert_eq!(found[0].field, "PhoneNumbers/1/IsPrimary");
        assert_eq!(refuse_two(&contacts[..1], "PhoneNumbers"), Ok(()));
        assert!(with_primary(vec![contact("", "a", false)])[0].primary);
        assert!(with_primary(vec![]).is_empty());
    }
}

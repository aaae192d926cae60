//! The bounds of what a write says, beyond those that its types hold by themselves.
//!
//! Documents state the same bounds, so that a dialect's caller meets them earlier; here they hold for every door.

use crate::Instant;
use crate::error::Violation;
use crate::groups::{ExternalIdChange, GroupChange, GroupPatch, MAX_EXTERNAL_IDS, MAX_OWNERS, NewGroup};
use crate::ids::UserNumber;
use crate::patch::Patch;
use crate::roles::Grant;
use crate::text::{MAX_DESCRIPTION, MAX_NAME, MAX_SHORT, bounded, is_forbidden};
use crate::users::{Contact, MAX_CONTACTS, MAX_USER_GROUPS, UserPatch};
use chrono::Datelike;
use serde_json::Value;

/// Longest e-mail address, in characters (RFC 5321's path without its brackets).
pub const MAX_EMAIL: usize = 254;
/// Longest phone number, in characters.
pub const MAX_PHONE: usize = 64;
/// Longest kind of an address or phone number, in characters.
pub const MAX_KIND: usize = 64;
/// Longest language tag of a user, in characters.
pub const MAX_LOCALE: usize = 35;
/// Longest name of a time zone, in characters.
pub const MAX_TIME_ZONE: usize = 64;
/// Most grants of one user.
pub const MAX_GRANTS: usize = 100;
/// Longest identifier of a learning item, in characters.
pub const MAX_ITEM_ID: usize = 50;
/// Most resources, and most tags, of one grant.
pub const MAX_GRANT_ITEMS: usize = 100;

/// Refuses an instant that not every answer could write: outside of the years 0 to 9999, or in a leap second.
pub fn instant(field: &str, at: Instant) -> Result<(), Violation> {
    let is_leap = at.timestamp_subsec_nanos() >= 1_000_000_000;
    if (0..=9999).contains(&at.year()) && !is_leap {
        return Ok(());
    }
    let message = "must be in the years 0 to 9999, and in no leap second";
    Err(Violation::new(field, "range", message))
}

/// Gathers violations; fields are named below a prefix such as `users/2/`.
struct Found {
    prefix: String,
    all: Vec<Violation>,
}

impl Found {
    fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            all: Vec::new(),
        }
    }

    fn add(&mut self, field: &str, rule: &'static str, message: impl Into<String>) {
        self.all
            .push(Violation::new(format!("{}{field}", self.prefix), rule, message));
    }

    fn text(&mut self, field: &str, text: &str, min: usize, max: usize) {
        let field = format!("{}{field}", self.prefix);
        self.all.extend(bounded(&field, text.to_owned(), min, max).err());
    }

    fn optional(&mut self, field: &str, text: Option<&String>, min: usize, max: usize) {
        if let Some(text) = text {
            self.text(field, text, min, max);
        }
    }

    fn patch(&mut self, field: &str, patch: &Patch<Option<String>>, min: usize, max: usize) {
        self.optional(field, patch.as_set().and_then(Option::as_ref), min, max);
    }
}

impl GroupPatch {
    /// What breaks a bound.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Found::new("");
        found.patch("description", &self.description, 0, MAX_DESCRIPTION);
        found.patch("language", &self.language, 0, MAX_SHORT);
        found.patch("company", &self.company, 0, MAX_SHORT);
        found.patch("department", &self.department, 0, MAX_SHORT);
        found.patch("office", &self.office, 0, MAX_SHORT);
        found.patch("notes", &self.notes, 0, MAX_DESCRIPTION);
        for (field, at) in [
            ("activeFrom", &self.active_from),
            ("activeUntil", &self.active_until),
        ] {
            if let Patch::Set(Some(at)) = at {
                found.all.extend(instant(field, *at).err());
            }
        }
        found.all
    }
}

impl NewGroup {
    /// What breaks a bound, its members apart.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Found::new("");
        found.all.extend(self.patch.violations());
        let ids: Vec<_> = self
            .external_ids
            .iter()
            .map(|id| (id.source.as_str(), Some(id.value.as_str())))
            .collect();
        external_ids(&mut found, &ids);
        owners(&mut found, &self.owners);
        found.all
    }
}

impl GroupChange {
    /// What breaks a bound, its members apart.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Found::new("");
        found.all.extend(self.patch.violations());
        external_ids(&mut found, &changed(&self.external_ids));
        owners(&mut found, self.owners.as_deref().unwrap_or_default());
        found.all
    }
}

impl UserPatch {
    /// What breaks a bound; fields are named below `prefix`, which is empty or ends with a slash.
    pub fn violations(&self, prefix: &str) -> Vec<Violation> {
        let mut found = Found::new(prefix);
        found.patch("userName", &self.user_name, 1, MAX_NAME);
        contacts(&mut found, "emails", &self.emails, MAX_EMAIL);
        contacts(&mut found, "phones", &self.phones, MAX_PHONE);
        found.patch("primaryEmail", &self.primary_email, 1, MAX_EMAIL);
        found.patch("primaryPhone", &self.primary_phone, 1, MAX_PHONE);
        found.patch("locale", &self.locale, 0, MAX_LOCALE);
        found.patch("timeZone", &self.time_zone, 0, MAX_TIME_ZONE);
        if let Patch::Set((_, Some(value))) = &self.extra
            && !(value.is_object() && clean(value))
        {
            found.add("extra", "pattern", "must be an object without control characters");
        }
        if let Patch::Set((_, members)) = &self.extra_members
            && !members.iter().all(clean_member)
        {
            found.add("extra", "pattern", "must not contain control characters");
        }
        external_ids(&mut found, &changed(&self.external_ids));
        if let Patch::Set(all) = &self.grants {
            grants(&mut found, all);
        }
        if let Patch::Set(all) = &self.groups
            && all.len() > MAX_USER_GROUPS
        {
            let message = format!("must have at most {MAX_USER_GROUPS} entries");
            found.add("groups", "maxItems", message);
        }
        let groups = self.groups.as_set().is_some() || self.typed_groups.as_set().is_some();
        if groups && self.parent.as_set().is_some() {
            found.add("parent", "unsupported", "must not be given together with groups");
        }
        typed_groups(&mut found, self);
        found.all
    }
}

fn changed(ids: &[ExternalIdChange]) -> Vec<(&str, Option<&str>)> {
    ids.iter()
        .map(|id| (id.source.as_str(), id.value.as_deref()))
        .collect()
}

/// Sources, and the values that they get.
fn external_ids(found: &mut Found, ids: &[(&str, Option<&str>)]) {
    if ids.len() > MAX_EXTERNAL_IDS {
        let message = format!("must have at most {MAX_EXTERNAL_IDS} entries");
        return found.add("externalIds", "maxItems", message);
    }
    for (i, (source, value)) in ids.iter().enumerate() {
        let field = format!("externalIds/{i}");
        found.text(&field, source, 0, MAX_SHORT);
        if let Some(value) = value {
            found.text(&field, value, 1, MAX_SHORT);
        }
        if ids[..i].iter().any(|(other, _)| other == source) {
            found.add(&field, "uniqueItems", "must name each source once");
        }
    }
}

fn owners(found: &mut Found, owners: &[UserNumber]) {
    if owners.len() > MAX_OWNERS {
        let message = format!("must have at most {MAX_OWNERS} entries");
        found.add("owners", "maxItems", message);
    }
}

fn contacts(found: &mut Found, field: &str, all: &Patch<Vec<Contact>>, longest: usize) {
    let Patch::Set(all) = all else { return };
    if all.len() > MAX_CONTACTS {
        let message = format!("must have at most {MAX_CONTACTS} entries");
        return found.add(field, "maxItems", message);
    }
    for (i, one) in all.iter().enumerate() {
        found.text(&format!("{field}/{i}/value"), &one.value, 1, longest);
        found.text(&format!("{field}/{i}/kind"), &one.kind, 0, MAX_KIND);
    }
    if all.iter().filter(|one| one.primary).count() > 1 {
        found.add(field, "conflict", "must have one primary entry at most");
    }
}

fn typed_groups(found: &mut Found, patch: &UserPatch) {
    let Patch::Set(typed) = &patch.typed_groups else {
        return;
    };
    if patch.groups != Patch::Keep {
        found.add(
            "groups",
            "unsupported",
            "must not be set together with typed groups",
        );
    }
    if typed.entries.len() > MAX_USER_GROUPS {
        let message = format!("must have at most {MAX_USER_GROUPS} entries");
        found.add("typedGroups", "maxItems", message);
    }
    for entry in &typed.entries {
        if entry.name.as_str().is_empty() {
            let message = "must have at least 1 characters";
            found.all.push(Violation::new(&entry.field, "minLength", message));
        }
    }
}

fn grants(found: &mut Found, all: &[Grant]) {
    if all.len() > MAX_GRANTS {
        return found.add(
            "grants",
            "maxItems",
            format!("must have at most {MAX_GRANTS} entries"),
        );
    }
    for (i, grant) in all.iter().enumerate() {
        let field = |name: &str| format!("grants/{i}/{name}");
        if let Some(scope) = &grant.scope {
            found.optional(&field("scope/kind"), scope.kind.as_ref(), 0, MAX_SHORT);
            found.optional(&field("scope/name"), scope.name.as_ref(), 0, MAX_SHORT);
        }
        for (name, count) in [("resources", grant.resources.len()), ("tags", grant.tags.len())] {
            if count > MAX_GRANT_ITEMS {
                let message = format!("must have at most {MAX_GRANT_ITEMS} entries");
                found.add(&field(name), "maxItems", message);
            }
        }
        for resource in &grant.resources {
            found.optional(&field("resources"), resource.kind.as_ref(), 0, MAX_SHORT);
            found.optional(&field("resources"), resource.id.as_ref(), 0, MAX_SHORT);
        }
        for tag in &grant.tags {
            found.text(&field("tags"), tag, 0, MAX_SHORT);
        }
        let same = |other: &Grant| other.role == grant.role && other.scope == grant.scope;
        if all[..i].iter().any(same) {
            found.add(
                &field("role"),
                "uniqueItems",
                "must be granted once in each scope",
            );
        }
    }
}

/// No text anywhere in the value, names of members included, has a forbidden character.
fn clean(value: &Value) -> bool {
    let good = |text: &str| !text.chars().any(is_forbidden);
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => good(text),
        Value::Array(all) => all.iter().all(clean),
        Value::Object(all) => all.iter().all(clean_member),
    }
}

fn clean_member((name, value): (&String, &Value)) -> bool {
    !name.chars().any(is_forbidden) && clean(value)
}

#[cfg(test)]
mod tests;

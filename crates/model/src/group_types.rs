//! Group types, such as "Household": a group with a type has a name that no other live group of that type has.

use crate::Instant;
use crate::access::Actor;
use crate::error::Violation;
use crate::ids::{GroupTypeNumber, TenantNumber, UserNumber};
use crate::text::{MAX_DESCRIPTION, MAX_NAME, Name, bounded, fold};
use crate::users::UserView;
use serde::{Deserialize, Serialize};

/// Most group types of a tenant, and of one write.
pub const MAX_GROUP_TYPES: usize = 1000;
/// Most languages of one type.
pub const MAX_LOCALIZED: usize = 100;
/// Longest language tag of a type, in characters.
pub const MAX_TYPE_LOCALE: usize = 15;

/// What a type is called in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// 1 to 15 characters, kept as given; a type has each at most once, without regard to case.
    pub locale: String,
    /// 1 to 255 characters.
    pub name: String,
    /// At most 4000 characters.
    pub description: Option<String>,
}

/// What a group type says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupTypeFields {
    /// Not empty; unique per tenant without regard to case.
    pub name: Name,
    pub localized: Vec<Localized>,
    /// At most one type of a tenant is the default.
    pub is_default: bool,
    /// A type that is not active takes no new members; those that its groups have stay.
    pub active: bool,
}

impl Default for GroupTypeFields {
    fn default() -> Self {
        Self {
            name: Name::default(),
            localized: Vec::new(),
            is_default: false,
            active: true,
        }
    }
}

/// A stored group type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupType {
    pub number: GroupTypeNumber,
    pub tenant: TenantNumber,
    pub fields: GroupTypeFields,
    pub created_at: Instant,
    pub created_by: Actor,
    pub updated_at: Instant,
    pub updated_by: Actor,
}

impl GroupTypeFields {
    /// What breaks a bound; fields are named below `prefix`, which is empty or ends with a slash.
    pub fn violations(&self, prefix: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        let text = |field: String, text: &str, min, max| bounded(&field, text.to_owned(), min, max).err();
        found.extend(text(format!("{prefix}name"), self.name.as_str(), 1, MAX_NAME));
        if self.localized.len() > MAX_LOCALIZED {
            let message = format!("must have at most {MAX_LOCALIZED} entries");
            found.push(Violation::new(format!("{prefix}localized"), "maxItems", message));
            return found;
        }
        for (i, one) in self.localized.iter().enumerate() {
            let field = |name: &str| format!("{prefix}localized/{i}/{name}");
            found.extend(text(field("locale"), &one.locale, 1, MAX_TYPE_LOCALE));
            found.extend(text(field("name"), &one.name, 1, MAX_NAME));
            let description = one.description.as_deref().unwrap_or_default();
            found.extend(text(field("description"), description, 0, MAX_DESCRIPTION));
            let locale = fold(&one.locale);
            if self.localized[..i]
                .iter()
                .any(|other| fold(&other.locale) == locale)
            {
                found.push(Violation::new(
                    field("locale"),
                    "uniqueItems",
                    "must be there once, in any letter case",
                ));
            }
        }
        found
    }
}

/// A type and the names of its groups that have a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNames {
    pub group_type: GroupType,
    /// In order.
    pub names: Vec<Name>,
}

/// A group named by its type and its own name, both without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedEntry {
    /// Where it is named, for complaints: an empty name, a type that takes no new members.
    pub field: String,
    /// An unknown type is not found.
    pub group_type: String,
    /// A group of this name is made where the type has none.
    pub name: Name,
}

/// The groups with a type that a user shall be in. Groups that have a name and no type count as of the default type;
/// the others without a type are left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedGroups {
    /// At most as many as a user is shown with.
    pub entries: Vec<TypedEntry>,
    /// Whether he stays in the groups that are not named.
    pub keep_others: bool,
}

/// A user as a look-up of those who share his groups names him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    Number(UserNumber),
    /// All who have this e-mail address, without regard to case; of this kind if one is given.
    Email {
        value: String,
        kind: Option<String>,
    },
    /// All who have exactly this phone number; of this kind if one is given.
    Phone {
        value: String,
        kind: Option<String>,
    },
}

/// The users who share groups with somebody, himself included.
#[derive(Clone, Debug, PartialEq)]
pub enum Sharing {
    /// There is no such user.
    Nobody,
    /// More than [`MAX_SHARING`].
    TooMany,
    /// By number.
    All(Vec<UserView>),
}

/// A look-up of users who share groups shows at most as many.
pub const MAX_SHARING: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    fn localized(locale: &str, name: &str) -> Localized {
        Localized {
            locale: locale.into(),
            name: name.into(),
            description: None,
        }
    }

    #[test]
    fn bounds() {
        let bad = GroupTypeFields {
            localized: vec![
                localized("en-US", "Household"),
                localized("en-us", ""),
                localized(&"x".repeat(16), "\u{1}"),
            ],
            ..GroupTypeFields::default()
        };
        let places: Vec<_> = bad
            .violations("types/0/")
            .into_iter()
            .map(|one| (one.field, one.rule))
            .collect();
        let expected = [
            ("types/0/name", "minLength"),
            ("types/0/localized/1/name", "minLength"),
            ("types/0/localized/1/locale", "uniqueItems"),
            ("types/0/localized/2/locale", "maxLength"),
            ("types/0/localized/2/name", "pattern"),
        ];
        assert_eq!(places, expected.map(|(field, rule)| (field.to_owned(), rule)));
        let many = GroupTypeFields {
            name: Name::stored("a".into()),
            localized: vec![localized("en", "a"); MAX_LOCALIZED + 1],
            ..GroupTypeFields::default()
        };
        assert_eq!(many.violations("").len(), 1);
    }
}

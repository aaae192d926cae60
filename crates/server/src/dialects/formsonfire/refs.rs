//! How a request and its answer name groups: by id, by name or by external identifier.

use super::convert::SOURCE;
use contract::runtime::Guid;
use contract::runtime::text::FromText;
use model::groups::{ExternalId, GroupEntry, GroupKey, GroupRef};
use model::ids::GroupId;
use model::users::{UserGroup, UserGroupParts, UserParts};
use model::{Result, Violation};

/// What the entries of `Groups` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refs {
    Ids,
    Names,
    ExternalIds,
}

impl Refs {
    /// What `UseNames` and `UseExternalIds` say; both together contradict each other.
    pub fn of(names: Option<bool>, external_ids: Option<bool>) -> Result<Self> {
        match (names.unwrap_or_default(), external_ids.unwrap_or_default()) {
            (false, false) => Ok(Self::Ids),
            (true, false) => Ok(Self::Names),
            (false, true) => Ok(Self::ExternalIds),
            (true, true) => {
                let message = "must not be true together with `UseNames`";
                Err(Violation::new("UseExternalIds", "conflict", message).into())
            }
        }
    }

    /// What has to be read of a user, so that his groups can be shown.
    pub fn parts(self) -> UserParts {
        UserParts {
            external_ids: true,
            groups: match self {
                Self::Ids | Self::Names => UserGroupParts::Names,
                Self::ExternalIds => UserGroupParts::ExternalIds,
            },
            ..UserParts::default()
        }
    }

    /// The groups that a request names. Where a group has no name or identifier its id is taken as well, since that
    /// is how answers show it.
    pub fn entries(self, groups: Vec<String>) -> Result<Vec<GroupEntry>> {
        let entry = |(at, text): (usize, String)| {
            let field = format!("Groups/{at}");
            let id = Guid::from_text(&text).map(|id| GroupId(id.0));
            let (group, or) = match (self, id) {
                (Self::Names, or) => (GroupRef::Name(text), or),
                (Self::ExternalIds, or) => {
                    let source = SOURCE.to_owned();
                    let key = ExternalId { source, value: text };
                    (GroupRef::Key(GroupKey::External(key)), or)
                }
                (Self::Ids, Some(id)) => (GroupRef::Key(GroupKey::Id(id)), None),
                (Self::Ids, None) => {
                    let message = format!("must be {}", Guid::EXPECTED);
                    return Err(Violation::new(field, Guid::RULE, message));
                }
            };
            Ok(GroupEntry { field, group, or })
        };
        let (entries, wrong) = groups.into_iter().enumerate().map(entry).fold(
            (Vec::new(), Vec::new()),
            |(mut entries, mut wrong), entry| {
                match entry {
                    Ok(entry) => entries.push(entry),
                    Err(violation) => wrong.push(violation),
                }
                (entries, wrong)
            },
        );
        if wrong.is_empty() {
            Ok(entries)
        } else {
            Err(model::Error::Invalid(wrong))
        }
    }

    /// A group as an answer names it.
    pub fn show(self, group: UserGroup) -> String {
        let text = match self {
            Self::Ids => None,
            Self::Names => Some(group.name.as_str().to_owned()).filter(|name| !name.is_empty()),
            Self::ExternalIds => super::convert::own(group.external_ids),
        };
        text.unwrap_or_else(|| Guid(group.id.0).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_to_name_groups_at_a_time() {
        for (names, ids, expected) in [
            (None, None, Some(Refs::Ids)),
            (Some(false), Some(true), Some(Refs::ExternalIds)),
            (Some(true), None, Some(Refs::Names)),
            (Some(true), Some(true), None),
        ] {
            assert_eq!(Refs::of(names, ids).ok(), expected);
        }
    }

    #[test]
    fn only_ids_have_to_look_like_ids() {
        let id = "01A203B0-7C92-71D4-8E52-A0F19C3B5D6E";
        let groups = || vec!["Office".to_owned(), id.to_owned(), String::new()];
        let model::Error::Invalid(wrong) = Refs::Ids.entries(groups()).unwrap_err() else {
            panic!("invalid is due");
        };
        let fields: Vec<&str> = wrong.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["Groups/0", "Groups/2"]);
        let entries = Refs::Names.entries(groups()).unwrap();
        assert_eq!(entries[0].group, GroupRef::Name("Office".to_owned()));
        assert!(entries[0].or.is_none() && entries[1].or.is_some());
    }
}

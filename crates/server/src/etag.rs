//! Versions as entity tags. A user: `"version"`. A group: `"version-hash"`, where the hash covers the versions
//! of the users that the answer embeds; without embedded users it is `"version"`.

use directory::Precondition;
use model::groups::{GroupView, Members};
use model::ids::GroupNumber;
use model::users::UserView;
use sha2::{Digest, Sha256};

/// How many hexadecimal digits of the hash a tag carries.
const DIGITS: usize = 16;

/// A group's tag.
pub fn group(view: &GroupView) -> String {
    let version = view.group.version;
    match &view.members {
        Members::All(users) => {
            let mut hash = Sha256::new();
            for view in users {
                hash.update(view.user.number.get().to_be_bytes());
                hash.update(view.user.version.to_be_bytes());
            }
            let mut digits = format!("{:x}", hash.finalize());
            digits.truncate(DIGITS);
            format!("\"{version}-{digits}\"")
        }
        // Who is a member, moves the group's own version.
        Members::Unread | Members::TooMany | Members::Ids(_) => format!("\"{version}\""),
    }
}

/// A tag whose hash covers these texts beside the version.
pub fn hashed<'a>(version: i64, parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // With its length, so that no two lists of texts read alike.
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut digits = format!("{:x}", hash.finalize());
    digits.truncate(DIGITS);
    format!("\"{version}-{digits}\"")
}

/// A tag that changes also when the parent that an answer shows comes or goes without a new version.
pub fn with_parent(version: i64, parent: Option<GroupNumber>) -> String {
    match parent {
        Some(parent) => hashed(version, [parent.to_string().as_str()]),
        None => format!("\"{version}\""),
    }
}

/// A user's tag.
pub fn user(view: &UserView) -> String {
    format!("\"{}\"", view.user.version)
}

/// The versions that `If-Match` names; `*` and an absent header demand none. A weak tag never matches.
pub fn precondition(if_match: Option<&str>) -> Option<Precondition> {
    let tags = if_match.filter(|tags| tags.trim() != "*")?;
    let versions = tags_of(tags)
        .filter_map(|tag| {
            let text = tag.strip_prefix('"')?.strip_suffix('"')?;
            let (version, _) = text.split_once('-').unwrap_or((text, ""));
            version.parse().ok()
        })
        .collect();
    Some(Precondition { versions })
}

/// True when `If-None-Match` names this tag, weak or not.
pub fn known(if_none_match: Option<&str>, tag: &str) -> bool {
    if_none_match.is_some_and(|tags| {
        tags.trim() == "*" || tags_of(tags).any(|known| known.strip_prefix("W/").unwrap_or(known) == tag)
    })
}

/// The tags of a header whose form was checked. A comma inside quotes belongs to its tag.
fn tags_of(header: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    header
        .split(move |c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_names_versions() {
        assert_eq!(precondition(None), None);
        assert_eq!(precondition(Some("*")), None);
        for (header, versions) in [
            ("\"3-9f86d081884c7d65\"", vec![3]),
            ("\"3\", \"4-ab\"", vec![3, 4]),
            ("W/\"3\"", vec![]),
            ("\"other\"", vec![]),
            ("\"a,3\"", vec![]),
        ] {
            assert_eq!(
                precondition(Some(header)),
                Some(Precondition { versions }),
                "{header}"
            );
        }
    }

    #[test]
    fn hashes_tell_lists_apart() {
        let tag = hashed(3, ["ab", "c"]);
        assert_eq!(tag.len(), "\"3-\"".len() + DIGITS);
        assert_ne!(tag, hashed(3, ["a", "bc"]));
        assert_eq!(precondition(Some(&tag)), Some(Precondition { versions: vec![3] }));
    }

    #[test]
    fn if_none_match_compares_weakly() {
        assert!(known(Some("*"), "\"1\""));
        assert!(known(Some("\"2\", W/\"1\""), "\"1\""));
        assert!(!known(Some("\"2\""), "\"1\""));
        assert!(!known(None, "\"1\""));
    }
}

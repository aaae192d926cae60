//! How far a version has to rise: what breaks needs a new major version, everything else a new minor one. Below
//! 1.0 the minor version and the patch stand for them.

use semver::{BuildMetadata, Prerelease, Version};

use super::rules::Severity;
use crate::document::Document;

/// The version that a document says, if it is a semantic one.
pub fn of(document: &Document) -> Option<Version> {
    let text = document.value.pointer("/info/version")?.as_str()?;
    Version::parse(text).ok()
}

/// The lowest version that a change of this weight may have.
pub fn needed(from: &Version, severity: Severity) -> Version {
    let is_break = severity == Severity::Breaking;
    match (from.major, is_break) {
        (0, true) => Version::new(0, from.minor + 1, 0),
        (0, false) => Version::new(0, from.minor, from.patch + 1),
        (_, true) => Version::new(from.major + 1, 0, 0),
        (_, false) => Version::new(from.major, from.minor + 1, 0),
    }
}

/// Whether `to` is far enough; a pre-release of what is needed is.
pub fn suffices(to: &Version, needed: &Version) -> bool {
    let plain = Version {
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
        ..to.clone()
    };
    plain >= *needed
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::{needed, suffices};
    use crate::compare::rules::Severity::{Breaking, Info, Warning};

    #[test]
    fn below_one_the_minor_version_stands_for_the_major() {
        for (from, severity, least, too_little) in [
            ("0.1.0", Breaking, "0.2.0", "0.1.9"),
            ("0.1.3", Warning, "0.1.4", "0.1.3"),
            ("0.1.3", Info, "0.1.4", "0.1.3"),
            ("1.4.2", Breaking, "2.0.0", "1.9.9"),
            ("1.4.2", Warning, "1.5.0", "1.4.9"),
            ("1.4.2", Info, "1.5.0", "1.4.9"),
        ] {
            let (from, least) = (Version::parse(from).unwrap(), Version::parse(least).unwrap());
            assert_eq!(needed(&from, severity), least, "{from} {severity:?}");
            assert!(suffices(&least, &least));
            assert!(!suffices(&Version::parse(too_little).unwrap(), &least));
            assert!(suffices(
                &Version::parse(&format!("{least}-rc.1")).unwrap(),
                &least
            ));
        }
    }
}

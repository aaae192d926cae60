use std::collections::BTreeSet;

use super::{is_allowed, licences, read, twice};
use crate::check::fixture::shown;
use crate::manifest::Manifest;
use crate::source::place_of;

const TREE: &str = "
model v0.0.0 (crates/model)|MIT OR Apache-2.0
serde v1.0.2|MIT OR Apache-2.0
serde v1.0.2|MIT OR Apache-2.0 (*)
serde_derive v1.0.2 (proc-macro)|MIT OR Apache-2.0
";

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"viral\"\nversion = \"2.0.0\"\n";

const TABLE: &str = "[workspace.dependencies]\nserde = \"1\" # wire\n";

#[test]
fn licence_expressions() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 / MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("(MIT AND GPL-3.0) OR AGPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("MPL-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), expected, "{expression}");
    }
}

#[test]
fn a_package_with_another_licence_is_found_in_the_lock_file() {
    let own = BTreeSet::from(["model"]);
    assert!(licences(&read(TREE), &own, LOCK).is_empty());
    let found = shown(&licences(
        &read(&format!("{TREE}viral v2.0.0|GPL-3.0\nmodel v0.0.0|\n")),
        &own,
        LOCK,
    ));
    assert_eq!(
        found,
        ["Cargo.lock:4:1: tidy-licence: viral 2.0.0 has the licence `GPL-3.0`"]
    );
    assert_eq!(
        licences(&read("none v1.0.0|\n"), &own, LOCK).len(),
        1,
        "a package without licence"
    );
}

#[test]
fn a_direct_dependency_in_two_versions_is_found_unless_it_is_listed() {
    let root = Manifest::parse("Cargo.toml", TABLE);
    assert!(twice(&read(TREE), &root, &[]).is_empty());
    let two = read(&format!("{TREE}serde v0.9.0|MIT\nserde_derive v0.9.0|MIT\n"));
    let found = shown(&twice(&two, &root, &[]));
    assert_eq!(
        found,
        ["Cargo.toml:2:1: tidy-twice: `serde` is built in the versions 0.9.0 and 1.0.2"]
    );
    assert!(twice(&two, &root, &[("serde", "old")]).is_empty());
    let found = shown(&twice(&read(TREE), &root, &[("base64", "old")]));
    let (line, column) = place_of(include_str!("../dependencies.rs"), "(\"base64\"");
    assert!(line > 1, "{line}");
    let text = "tidy-twice: `base64` is built in one version only";
    assert_eq!(found, [format!("dependencies.rs:{line}:{column}: {text}")]);
}

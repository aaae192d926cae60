use std::collections::BTreeMap;
use std::path::PathBuf;

use super::compare;
use crate::check::fixture::{file, shown};
use crate::workspace::GENERATED;

const PATH: &str = "crates/contract/src/generated/kibo/models.rs";
const TEXT: &str = "// header\npub struct Group {\n    pub name: String,\n}\n";

fn expected() -> BTreeMap<PathBuf, String> {
    BTreeMap::from([(PathBuf::from(PATH), TEXT.to_owned())])
}

#[test]
fn equal_files_are_clean() {
    let files = [
        file(PATH, TEXT),
        file("crates/contract/src/lib.rs", "mod generated;"),
    ];
    assert!(compare(&expected(), &files).is_empty());
}

#[test]
fn differing_missing_and_surplus_files_are_found_at_their_line() {
    let other = "crates/contract/src/generated/old.rs";
    let renamed = TEXT.replace("name", "nmae");
    let cases = [
        (vec![file(PATH, &renamed)], "models.rs:3:10: generated-differs: "),
        (
            vec![file(PATH, &format!("{TEXT}// more\n"))],
            "models.rs:5:1: generated-differs: ",
        ),
        (vec![file(PATH, "")], "models.rs:1:1: generated-differs: "),
        (vec![], "models.rs:1:1: generated-missing: "),
        (
            vec![file(PATH, TEXT), file(other, "")],
            "old.rs:1:1: generated-surplus: ",
        ),
        (
            vec![file(PATH, TEXT), file("src/hand.rs", GENERATED)],
            "hand.rs:1:1: generated-surplus: ",
        ),
    ];
    for (files, start) in cases {
        let findings = compare(&expected(), &files);
        let [only] = shown(&findings)
            .try_into()
            .unwrap_or_else(|all| panic!("{all:?}"));
        let only: String = only;
        assert!(only.starts_with(start), "{only}");
        assert_eq!(findings[0].mend.as_deref(), Some("cargo xtask generate"));
    }
}

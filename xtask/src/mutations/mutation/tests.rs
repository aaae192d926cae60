use std::path::PathBuf;

use super::{Expected, Place, edited, shown};
use crate::finding::Finding;

#[test]
fn what_is_edited_has_lines_and_blocks_around_them() {
    let before = "a:\n  - name: b\n    c:\n      d: 1\n      e: 2\nf: 3\n";
    for (after, lines) in [
        (before.replace("e: 2", "e: 3"), vec![5, 3, 2, 1]),
        (before.replace("      d: 1\n", ""), vec![4, 3, 2, 1]),
        (before.replace("f: 3", "f: 4"), vec![6]),
        (before.replace("f: 3", "g: 1\nf: 3"), vec![6]),
    ] {
        assert_eq!(edited(before, &after), lines, "{after}");
    }
}

#[test]
fn a_finding_is_expected_by_rule_file_and_place() {
    let finding = Finding {
        rule: "yaml",
        file: PathBuf::from("a.yaml"),
        line: 2,
        column: 3,
        text: String::new(),
        mend: None,
    };
    let (before, after) = ("a: 1\n- b: 1\n", "a: 1\n- b: 2\n");
    for (rule, file, place, expected) in [
        ("yaml", "a.yaml", Place::At(2, 3), true),
        ("yaml", "a.yaml", Place::At(2, 4), false),
        ("yaml", "b.yaml", Place::At(2, 3), false),
        ("path", "a.yaml", Place::At(2, 3), false),
        ("yaml", "a.yaml", Place::Of("b: 2".to_owned()), true),
        ("yaml", "a.yaml", Place::Of("a: 1".to_owned()), false),
        ("yaml", "a.yaml", Place::Edited, true),
        ("yaml", "a.yaml", Place::Anywhere, true),
    ] {
        let is = Expected::new(rule, file, place.clone()).is(&finding, before, after);
        assert_eq!(is, expected, "{rule} {file} {place:?}");
    }
    // A text that is there twice is no place.
    let twice = Expected::new("yaml", "a.yaml", Place::Of("b: 2".to_owned()));
    assert!(!twice.is(&finding, before, "a: 1\n- b: 2\n- b: 2\n"));
}

#[test]
fn an_edit_is_shown_by_what_differs() {
    assert_eq!(shown("maxLength: 3, x", "maxLength: 4, x"), "`3, x` -> `4, x`");
    assert_eq!(shown("a: 1\nb: 2\n", "a: 1\n"), "`b: 2` -> nothing");
}

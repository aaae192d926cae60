use std::path::PathBuf;

use super::{Expected, Place, shown};
use crate::finding::Finding;

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
    let after = "a: 1\n- b: 2\n";
    for (rule, file, place, expected) in [
        ("yaml", "a.yaml", Place::At(2, 3), true),
        ("yaml", "a.yaml", Place::At(2, 4), false),
        ("yaml", "b.yaml", Place::At(2, 3), false),
        ("path", "a.yaml", Place::At(2, 3), false),
        ("yaml", "a.yaml", Place::Of("b: 2".to_owned()), true),
        ("yaml", "a.yaml", Place::Of("a: 1".to_owned()), false),
    ] {
        let is = Expected::new(rule, file, place.clone()).is(&finding, after);
        assert_eq!(is, expected, "{rule} {file} {place:?}");
    }
    // A text that is there twice is no place.
    let twice = Expected::new("yaml", "a.yaml", Place::Of("b: 2".to_owned()));
    assert!(!twice.is(&finding, "a: 1\n- b: 2\n- b: 2\n"));
}

#[test]
fn a_pointer_leads_to_its_place_or_to_what_is_around_it() {
    let after = "a:\n  b: {c: 1}\n";
    for (pointer, place) in [
        ("/a/b", (2, 3)),
        ("/a/b/c", (2, 7)),
        ("/a/b/d", (2, 3)),
        ("/e", (1, 1)),
    ] {
        let finding = Finding {
            rule: "derived",
            file: PathBuf::from("a.yaml"),
            line: place.0,
            column: place.1,
            text: String::new(),
            mend: None,
        };
        let expected = Expected::at_node(&format!("derived {pointer}"), "a.yaml");
        assert!(expected.is(&finding, after), "{pointer}");
        let other = Finding {
            column: 99,
            ..finding
        };
        assert!(!expected.is(&other, after), "{pointer}");
    }
}

#[test]
fn an_edit_is_shown_by_what_differs() {
    assert_eq!(shown("maxLength: 3, x", "maxLength: 4, x"), "`3, x` -> `4, x`");
    assert_eq!(shown("a: 1\nb: 2\n", "a: 1\n"), "`b: 2` -> nothing");
}

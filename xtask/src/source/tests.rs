use std::path::PathBuf;

use super::Source;
use crate::workspace::TextFile;

fn source(text: &str) -> Source {
    Source::parse(&TextFile {
        path: PathBuf::from("a.rs"),
        text: text.to_owned(),
    })
    .unwrap()
}

#[test]
fn patterns_match_tokens_and_neither_comments_nor_texts() {
    let source = source("// A::B\nfn f() {\n    g(\"A::B\");\n    h(A::B);\n}\n");
    let found: Vec<_> = source
        .matches(&["A", ":", ":", "_"])
        .map(|w| (w[0].line, w[0].column))
        .collect();
    assert_eq!(found, [(4, 7)]);
}

#[test]
fn lines_of_test_items_are_known() {
    let source = source("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
    let lines: Vec<_> = (1..=7).filter(|line| source.is_test_line(*line)).collect();
    assert_eq!(lines, [3, 4, 5, 6]);
}

#[test]
fn text_that_is_no_rust_is_a_finding_with_its_place() {
    let file = TextFile {
        path: PathBuf::from("a.rs"),
        text: "fn a() {}\nfn {}\n".to_owned(),
    };
    let finding = Source::parse(&file).unwrap_err();
    assert_eq!(
        (finding.rule, finding.line, finding.column),
        ("rust-syntax", 2, 4)
    );
}

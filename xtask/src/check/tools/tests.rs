use super::{read_fmt, read_fmt_errors};
use crate::check::fixture::shown;

#[test]
fn places_of_rustfmt_are_counted_by_file() {
    let lines = "Diff in /p/a.rs:3:\n fn a() {\n-  x\nDiff in /p/a.rs:17:\n+ y\nDiff in /p/b.rs:9:\n";
    let text = "fmt: not formatted as rustfmt does (places in this file:";
    assert_eq!(
        shown(&read_fmt(lines)),
        [format!("a.rs:4:1: {text} 2)"), format!("b.rs:9:1: {text} 1)")]
    );
    assert!(read_fmt("").is_empty());
}

#[test]
fn a_file_that_is_no_rust_is_found_at_its_place() {
    let lines = "error: expected one of `!` or `::`, found `x`\n --> /p/a.rs:4:7\n  |\n4 | let x x\n";
    let found = shown(&read_fmt_errors(lines));
    assert_eq!(found, ["a.rs:4:7: fmt: expected one of `!` or `::`, found `x`"]);
    assert!(read_fmt_errors("warning: something\n").is_empty());
}

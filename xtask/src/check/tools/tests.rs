use super::read_fmt;
use crate::check::fixture::shown;

#[test]
fn places_of_rustfmt_are_read() {
    let lines = "Diff in /p/a.rs:3:\n fn a() {\n-  x\nDiff in /p/a.rs:17:\n+ y\n";
    let findings = read_fmt(lines);
    let text = "fmt: not formatted as rustfmt does";
    assert_eq!(
        shown(&findings),
        [format!("a.rs:3:1: {text}"), format!("a.rs:17:1: {text}")]
    );
    assert!(read_fmt("").is_empty());
}

use std::path::Path;

use super::read_messages;

#[test]
fn programs_and_complaints_are_read() {
    let lines = r#"
{"reason":"compiler-artifact","target":{"name":"serde"},"executable":null}
{"reason":"compiler-message","message":{"level":"error","message":"no field `nmae`","code":{"code":"E0609"},"spans":[{"is_primary":false,"file_name":"a.rs","line_start":1,"column_start":1},{"is_primary":true,"file_name":"b.rs","line_start":7,"column_start":3}]}}
{"reason":"compiler-message","message":{"level":"error","message":"aborting due to 1 previous error","code":null,"spans":[]}}
{"reason":"compiler-artifact","target":{"name":"roster"},"executable":"/t/debug/roster"}
not json
"#;
    let messages = read_messages(lines, "build", "cargo build");
    assert_eq!(
        messages.programs,
        [("roster".to_owned(), "/t/debug/roster".into())]
    );
    let [finding] = messages.findings.as_slice() else {
        panic!("{:?}", messages.findings)
    };
    assert_eq!(
        (finding.file.as_path(), finding.line, finding.column),
        (Path::new("b.rs"), 7, 3)
    );
    assert_eq!(finding.text, "error [E0609]: no field `nmae`");
    assert_eq!(finding.mend.as_deref(), Some("cargo build"));
}

#[test]
fn a_complaint_within_a_macro_stands_where_the_macro_is_called() {
    let line = r#"{"reason":"compiler-message","message":{"level":"warning","message":"w","spans":[{"is_primary":true,"file_name":"/rustc/macros.rs","line_start":44,"column_start":24,"expansion":{"span":{"file_name":"c.rs","line_start":5,"column_start":9,"expansion":null}}}]}}"#;
    let messages = read_messages(line, "clippy", "cargo clippy");
    assert_eq!(messages.findings[0].to_string(), "c.rs:5:9: clippy: warning: w");
}

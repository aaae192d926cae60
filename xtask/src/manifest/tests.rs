use super::Manifest;

const TEXT: &str = r#"
[workspace]
members = ["crates/*", "xtask"]
# a note
[dependencies]
serde.workspace = true # wire
odd = { version = "1", features = [
  "a#b",
] } # two lines
[dev-dependencies.late]
path = "../late"
"#;

#[test]
fn entries_keep_section_line_and_comment() {
    let manifest = Manifest::parse("Cargo.toml", TEXT);
    let odd = manifest.section("dependencies").find(|e| e.key == "odd").unwrap();
    assert_eq!(odd.line, 7);
    assert_eq!(odd.value, r#"{ version = "1", features = ["a#b",] }"#);
    let serde = manifest.section("dependencies").next().unwrap();
    assert_eq!(
        (serde.key.as_str(), serde.comment.as_deref()),
        ("serde.workspace", Some("wire"))
    );
    assert_eq!(manifest.comments, [(4, "workspace".to_owned())]);
}

#[test]
fn dependencies_are_found_in_both_notations() {
    let manifest = Manifest::parse("Cargo.toml", TEXT);
    let found: Vec<_> = manifest
        .dependencies()
        .into_iter()
        .map(|(t, n, e)| (t, n, e.line))
        .collect();
    assert_eq!(
        found,
        [
            ("dependencies", "serde", 6),
            ("dependencies", "odd", 7),
            ("dev-dependencies", "late", 11)
        ]
    );
}

#[test]
fn lists_of_texts() {
    let manifest = Manifest::parse("Cargo.toml", TEXT);
    assert_eq!(manifest.strings("workspace", "members"), ["crates/*", "xtask"]);
}

use std::path::PathBuf;

use super::check;
use crate::check::fixture::{file, shown};
use crate::manifest::Manifest;
use crate::workspace::{Member, TextFile};

const ROOT: &str = "[workspace.dependencies]
# internal
store = { path = \"crates/store\" } # persistence
# external
base64 = \"0.22\" # credentials
serde-json = \"1\" # JSON
";

const MEMBER: &str = "[package]
name = \"server\"
[lints]
workspace = true
[dependencies]
base64.workspace = true
serde-json = { workspace = true, features = [\"preserve_order\"] }
store.workspace = true
";

const SOURCE: &str = "use base64::encode;\nuse serde_json::Value;\nuse store::Store;\n";

fn findings(root: &str, member: &str, source: &str) -> Vec<String> {
    let folder = PathBuf::from("crates/server");
    let manifest = Manifest::parse(folder.join("Cargo.toml"), member);
    let members = [Member {
        name: "server".to_owned(),
        folder,
        manifest,
    }];
    let texts: [TextFile; 1] = [file("crates/server/src/lib.rs", source)];
    shown(&check(&Manifest::parse("Cargo.toml", root), &members, &texts))
}

#[test]
fn a_sorted_table_with_reasons_that_all_use_is_clean() {
    assert_eq!(findings(ROOT, MEMBER, SOURCE), Vec::<String>::new());
}

#[test]
fn each_rule_finds_its_line() {
    let cases = [
        (
            ROOT.replace(" # JSON", ""),
            MEMBER.to_owned(),
            SOURCE.to_owned(),
            "Cargo.toml:6:1: tidy-table: `serde-json` has no reason",
        ),
        (
            ROOT.replace("base64", "zlib")
                .replace("# external\n", "# external\nbase64 = \"1\" # a\n"),
            MEMBER.replace(
                "base64.workspace = true",
                "base64.workspace = true\nzlib.workspace = true",
            ),
            format!("{SOURCE}use zlib;"),
            "Cargo.toml:7:1: tidy-table: `serde-json` stands behind `zlib`",
        ),
        (
            format!("{ROOT}uuid = \"1\" # ids\n"),
            MEMBER.to_owned(),
            SOURCE.to_owned(),
            "Cargo.toml:7:1: tidy-unused: no member uses `uuid`",
        ),
        (
            ROOT.to_owned(),
            MEMBER.replace("base64.workspace = true", "base64 = \"0.22\""),
            SOURCE.to_owned(),
            "Cargo.toml:6:1: tidy-bypass: `base64` bypasses",
        ),
        (
            ROOT.to_owned(),
            MEMBER.replace(
                "store.workspace = true",
                "[dependencies.store]\npath = \"../store\"",
            ),
            SOURCE.to_owned(),
            "Cargo.toml:9:1: tidy-bypass: `store` bypasses",
        ),
        (
            ROOT.to_owned(),
            MEMBER.replace("[lints]\nworkspace = true\n", ""),
            SOURCE.to_owned(),
            "Cargo.toml:1:1: tidy-lints: ",
        ),
        (
            ROOT.to_owned(),
            MEMBER.to_owned(),
            SOURCE.replace("base64::", "my_base64::"),
            "Cargo.toml:6:1: tidy-unused: `server` does not use `base64`",
        ),
    ];
    for (root, member, source, start) in cases {
        let found = findings(&root, &member, &source);
        let [only] = found.as_slice() else {
            panic!("{start}: {found:?}")
        };
        assert!(only.starts_with(start), "{only}");
    }
}

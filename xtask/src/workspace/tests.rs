use std::fs;
use std::path::{Path, PathBuf};

use super::{TextFile, Workspace};

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn the_root_is_found_from_a_member() {
    let folder = tree(&[
        ("Cargo.toml", "[workspace]\n"),
        ("crates/a/Cargo.toml", "[package]\n"),
    ]);
    let found = Workspace::around(&folder.path().join("crates/a")).unwrap();
    assert_eq!(found.root(), folder.path());
}

#[test]
fn members_follow_the_patterns() {
    let folder = tree(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\", \"xtask\"]\n"),
        ("crates/b/Cargo.toml", "[package]\nname = \"b\"\n"),
        ("crates/a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("crates/a/src/lib.rs", ""),
        ("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n"),
    ]);
    let members = Workspace::at(folder.path()).members().unwrap();
    let names: Vec<_> = members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "xtask"]);
    assert_eq!(members[0].manifest.path, Path::new("crates/a/Cargo.toml"));
}

#[test]
fn build_output_and_hidden_folders_are_no_texts() {
    let folder = tree(&[
        ("out/CACHEDIR.TAG", ""),
        ("out/lib.rs", ""),
        (".git/config", ""),
        (".ci/run", ""),
        ("src/lib.rs", ""),
        ("Cargo.lock", ""),
    ]);
    fs::write(folder.path().join("image.png"), [0xff, 0xfe]).unwrap();
    let texts = Workspace::at(folder.path()).texts().unwrap();
    let paths: Vec<_> = texts.iter().map(|t| t.path.to_str().unwrap()).collect();
    assert_eq!(paths, [".ci/run", "src/lib.rs"]);
}

#[test]
fn kinds_of_files() {
    for (path, generated, test) in [
        ("crates/contract/src/generated/kibo.rs", true, false),
        ("crates/contract/src/generated/kibo/models.rs", true, false),
        ("crates/contract/src/runtime.rs", false, false),
        ("tests/contract/main.rs", false, true),
        ("xtask/src/check/tests.rs", false, true),
        ("crates/testkit/src/lib.rs", false, true),
    ] {
        let file = TextFile {
            path: PathBuf::from(path),
            text: String::new(),
        };
        assert_eq!((file.is_generated(), file.is_test()), (generated, test), "{path}");
    }
}

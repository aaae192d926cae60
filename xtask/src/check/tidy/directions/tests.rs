use std::path::PathBuf;

use super::check;
use crate::check::fixture::shown;
use crate::manifest::Manifest;
use crate::workspace::Member;

fn member(name: &str, dependencies: &str) -> Member {
    let folder = PathBuf::from("crates").join(name);
    let manifest = Manifest::parse(folder.join("Cargo.toml"), dependencies);
    Member {
        name: name.to_owned(),
        folder,
        manifest,
    }
}

fn findings(name: &str, dependencies: &str) -> Vec<String> {
    let known = [
        "contract",
        "model",
        "store",
        "directory",
        "server",
        "testkit",
        "xtask",
    ];
    let mut members: Vec<Member> = known.iter().map(|known| member(known, "")).collect();
    members.retain(|known| known.name != name);
    members.push(member(name, dependencies));
    shown(&check(&members))
}

#[test]
fn what_the_directions_allow_is_clean() {
    let cases = [
        (
            "store",
            "[dependencies]\nmodel.workspace = true\nsea-orm.workspace = true\n",
        ),
        ("directory", "[dependencies]\nstore.workspace = true\n"),
        (
            "server",
            "[dependencies]\nactix-web.workspace = true\n[dev-dependencies]\ntestkit.workspace = true\n",
        ),
        ("directory", "[dev-dependencies]\nrusqlite.workspace = true\n"),
    ];
    for (name, dependencies) in cases {
        assert_eq!(findings(name, dependencies), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_goes_against_the_directions_is_found_at_its_line() {
    let cases = [
        (
            "model",
            "[dependencies]\nstore.workspace = true\n",
            "Cargo.toml:2:1: tidy-direction: `model` must not depend on `store`",
        ),
        (
            "contract",
            "[dependencies]\n\nmodel.workspace = true\n",
            "Cargo.toml:3:1: tidy-direction: `contract` must not depend on `model`",
        ),
        (
            "xtask",
            "[dev-dependencies]\nserver.workspace = true\n",
            "Cargo.toml:2:1: tidy-direction: `xtask` must not depend on `server`",
        ),
        (
            "server",
            "[dependencies]\ntestkit.workspace = true\n",
            "Cargo.toml:2:1: tidy-direction: `server` must not depend on `testkit`",
        ),
        (
            "directory",
            "[dependencies]\nsea-orm.workspace = true\n",
            "Cargo.toml:2:1: tidy-framework: `directory` must not name `sea-orm`",
        ),
        (
            "directory",
            "[dependencies]\nrusqlite.workspace = true\n",
            "Cargo.toml:2:1: tidy-framework: `directory` must not name `rusqlite`",
        ),
        (
            "model",
            "[dependencies]\nutoipa.workspace = true\n",
            "Cargo.toml:2:1: tidy-framework: `model` must not name `utoipa`",
        ),
        (
            "extra",
            "",
            "Cargo.toml:1:1: tidy-direction: `extra` has no place in the directions",
        ),
    ];
    for (name, dependencies, expected) in cases {
        assert_eq!(findings(name, dependencies), [expected], "{name}");
    }
}

//! Mutations that cargo's own tools find, in a small workspace with the names and the lints of ours, but nothing to build.

use super::mutation::{Edit, Expected, Mutation, Place};
use super::row::Row;
use super::stage::target;
use super::tree::{apply, restore, texts, write};
use crate::check::{Context, Step};
use crate::workspace::{Fault, Workspace};

const LIB: &str = "crates/server/src/lib.rs";
const MAIN: &str = "crates/server/src/main.rs";

const SOURCES: [(&str, &str); 5] = [
    (
        "crates/server/Cargo.toml",
        "[package]\nname = \"server\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[[bin]]\nname = \"roster\"\npath = \"src/main.rs\"\n\n\
         [features]\nintrospection = []\n\n[lints]\nworkspace = true\n",
    ),
    (
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"server\"\nversion = \"0.0.0\"\n",
    ),
    (
        LIB,
        "//! A server.\n\n/// Twice as much.\npub fn double(number: u32) -> u32 {\n    number * 2\n}\n",
    ),
    (MAIN, "//! A program.\n\nfn main() {\n    server::double(2);\n}\n"),
    ("clippy.toml", "allow-unwrap-in-tests = true\n"),
];

pub fn rows(workspace: &Workspace) -> Result<Vec<Row>, Fault> {
    let folder = target(workspace)?.join("mutations");
    let small = Workspace::at(folder.join("tools")).built_in(folder.join("tools-target"));
    let manifest = workspace.read("Cargo.toml")?.unwrap_or_default();
    write(&small.root().join("Cargo.toml"), root(&manifest).as_bytes())?;
    for (path, text) in SOURCES {
        write(&small.root().join(path), text.as_bytes())?;
    }
    let rustfmt = workspace.read("rustfmt.toml")?.unwrap_or_default();
    write(&small.root().join("rustfmt.toml"), rustfmt.as_bytes())?;
    for step in [Step::Fmt, Step::Clippy, Step::Derived] {
        super::clean(step, &step.find(&Context::new(small.clone()))?)?;
    }
    let tried = |mutation: &Mutation| {
        let applied = apply(small.root(), &mutation.edits)?;
        let found = mutation.step.find(&Context::new(small.clone()));
        let texts = texts(&applied);
        restore(applied)?;
        Ok(super::judged(mutation, &found?, &texts))
    };
    mutations().iter().map(tried).collect()
}

/// A root manifest with the lints of ours.
fn root(manifest: &str) -> String {
    let lints = manifest.split("\n[workspace.lints").skip(1);
    let lints = lints.map(|part| part.split("\n[profile").next().unwrap_or_default());
    let lints: Vec<String> = lints.map(|part| format!("\n[workspace.lints{part}\n")).collect();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n{}",
        lints.concat()
    )
}

fn mutations() -> Vec<Mutation> {
    let mutation = |name: &str, step, (file, from, to): (&str, &str, &str), rule, text: &str| Mutation {
        name: name.to_owned(),
        step,
        edits: vec![Edit::replace(file, from, to)],
        expected: vec![Expected::new(rule, file, Place::Of(text.to_owned()))],
    };
    let end = "    number * 2\n}\n";
    vec![
        mutation(
            "two statements on one line",
            Step::Fmt,
            (
                MAIN,
                "    server::double(2);\n",
                "    server::double(2); server::double(3);\n",
            ),
            "fmt",
            "    server::double(2);",
        ),
        mutation(
            "a source that rustfmt cannot read",
            Step::Fmt,
            (MAIN, "fn main() {", "fn main() -> {"),
            "fmt",
            "{\n",
        ),
        mutation(
            "a variable that nobody uses",
            Step::Clippy,
            (LIB, end, "    let unused = 1;\n    number * 2\n}\n"),
            "clippy",
            "unused",
        ),
        mutation(
            "a program that prints",
            Step::Clippy,
            (LIB, end, "    println!(\"{number}\");\n    number * 2\n}\n"),
            "clippy",
            "println!",
        ),
        mutation(
            "a lint that is switched off",
            Step::Clippy,
            (LIB, "/// Twice", "#[allow(unused)]\n/// Twice"),
            "clippy",
            "allow(unused)",
        ),
        mutation(
            "a type that does not fit",
            Step::Derived,
            (LIB, "number * 2\n", "\"2\"\n"),
            "build",
            "\"2\"",
        ),
        mutation(
            "a server that calls what does not exist",
            Step::Routes,
            (MAIN, "server::double", "server::triple"),
            "build",
            "triple",
        ),
    ]
}
